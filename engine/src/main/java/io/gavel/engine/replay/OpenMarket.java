package io.gavel.engine.replay;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.gavel.codecs.EventDescriptor;
import io.gavel.codecs.FrameDescriptor;
import io.gavel.codecs.FrameFlyweight;
import io.gavel.codecs.Text32;
import io.gavel.codecs.sbe.ArmRuleEncoder;
import io.gavel.codecs.sbe.CancelOrderEncoder;
import io.gavel.codecs.sbe.CancelRuleEncoder;
import io.gavel.codecs.sbe.CommandHeaderEncoder;
import io.gavel.codecs.sbe.Flag;
import io.gavel.codecs.sbe.OrdType;
import io.gavel.codecs.sbe.OrderAcceptedDecoder;
import io.gavel.codecs.sbe.OrderClosedDecoder;
import io.gavel.codecs.sbe.PlaceOrderEncoder;
import io.gavel.codecs.sbe.RuleArmedDecoder;
import io.gavel.codecs.sbe.RuleState;
import io.gavel.codecs.sbe.RuleStateChangedDecoder;
import io.gavel.codecs.sbe.Side;
import io.gavel.codecs.sbe.TimeInForce;
import io.gavel.engine.egress.EventKey;
import java.util.ArrayDeque;
import java.util.Deque;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.collections.Long2LongHashMap;
import org.agrona.collections.LongHashSet;

/**
 * Keeps what other people's rules do as it was journalled. In the changed run such a rule is armed as it was, so that
 * ids and reservations stay, but its window never opens; where it sent an order, was over, or an order of it was taken
 * back, a command that says so is put behind the frame. A market order becomes one that must fill at once at the
 * protection price it had: what it could have paid does not move with the changed book.
 */
final class OpenMarket {

  /** The year 2200: no journal reaches it, and no deadline overflows. */
  private static final long NEVER_NS = 7_258_118_400_000_000_000L;
  private static final long NULL_ACCOUNT = Long.MIN_VALUE;

  private enum Kind { CANCEL_RULE, PLACE, CANCEL_ORDER }

  /** A command that the journal does not have: what a rule did there by itself. */
  private record Act(Kind kind, long account, long id, Placed placed) {
  }

  private record Placed(int instrumentId, int limitTicks, long lots, long quoteUnits, long expireTimeNs, long display,
      Side side, OrdType ordType, TimeInForce timeInForce, Flag postOnly, Flag hidden, Flag reduceOnly,
      String clOrdId) {

    private static final Placed NOTHING = new Placed(0, 0, 0, 0, 0, 0, Side.SELL, OrdType.LIMIT, TimeInForce.GTC,
        Flag.NO, Flag.NO, Flag.NO, "");
  }

  private final boolean isOpen;
  private final long account;
  private final Long2LongHashMap owners = new Long2LongHashMap(NULL_ACCOUNT);
  private final LongHashSet over = new LongHashSet();
  private final Long2LongHashMap sentAt = new Long2LongHashMap(0);
  private final Deque<Act> acts = new ArrayDeque<>();
  private final RuleArmedDecoder armed = new RuleArmedDecoder();
  private final RuleStateChangedDecoder state = new RuleStateChangedDecoder();
  private final OrderAcceptedDecoder accepted = new OrderAcceptedDecoder();
  private final OrderClosedDecoder closed = new OrderClosedDecoder();
  private final FrameFlyweight header = new FrameFlyweight();
  private final ArmRuleEncoder arm = new ArmRuleEncoder();
  private final PlaceOrderEncoder place = new PlaceOrderEncoder();
  private final CancelRuleEncoder cancelRule = new CancelRuleEncoder();
  private final CancelOrderEncoder cancelOrder = new CancelOrderEncoder();
  private long placedId;

  OpenMarket(final boolean isOpen, final long account) {
    this.isOpen = isOpen;
    this.account = account;
  }

  /** Closes the window of somebody else's rule. */
  void silence(final MutableDirectBuffer frame, final int offset) {
    if (isOpen && ArmRuleEncoder.TEMPLATE_ID == FrameFlyweight.templateIdOf(frame, offset)) {
      arm.wrap(frame, offset + FrameDescriptor.HEADER_LENGTH);
      final int at = offset + FrameDescriptor.HEADER_LENGTH + CommandHeaderEncoder.accountEncodingOffset();
      if (account != frame.getLong(at, LITTLE_ENDIAN)) {
        arm.startTimeNs(NEVER_NS).endTimeNs(0);
      }
    }
  }

  /** An event of the journalled run. */
  void onOriginal(final DirectBuffer buffer, final int offset) {
    if (!isOpen) {
      return;
    }
    final int body = offset + EventDescriptor.HEADER_LENGTH;
    final int block = EventKey.blockLength(buffer, offset);
    final int version = EventKey.version(buffer, offset);
    switch (EventKey.templateId(buffer, offset)) {
      case RuleArmedDecoder.TEMPLATE_ID -> {
        armed.wrap(buffer, body, block, version);
        if (account != armed.header().account()) {
          owners.put(armed.ruleId(), armed.header().account());
        }
      }
      case RuleStateChangedDecoder.TEMPLATE_ID -> changed(state.wrap(buffer, body, block, version));
      case OrderAcceptedDecoder.TEMPLATE_ID -> sent(accepted.wrap(buffer, body, block, version));
      case OrderClosedDecoder.TEMPLATE_ID -> takenBack(closed.wrap(buffer, body, block, version));
      default -> {
        // Nothing else is done by a rule.
      }
    }
  }

  private void changed(final RuleStateChangedDecoder change) {
    final RuleState to = change.toState();
    if (RuleState.FINISHED == to || RuleState.CANCELLED == to || RuleState.EXPIRED == to || RuleState.REJECTED == to) {
      end(change.ruleId());
    }
  }

  private void sent(final OrderAcceptedDecoder order) {
    if (NULL_ACCOUNT == owners.get(order.ruleId())) {
      return;
    }
    end(order.ruleId());
    sentAt.put(order.orderId(), order.header().sequence());
    acts.add(new Act(Kind.PLACE, order.header().account(), order.orderId(), new Placed(order.instrumentId(),
        order.limitPriceTicks(), order.quantityLots(), order.quoteAmountUnits(), order.expireTimeNs(),
        order.displayLots(), order.side(), order.ordType(), order.timeInForce(), order.postOnly(), order.hidden(),
        order.reduceOnly(), EventWords.text(order.clOrdId()))));
  }

  private void takenBack(final OrderClosedDecoder order) {
    final boolean isOthers = NULL_ACCOUNT != owners.get(order.ruleId());
    if (isOthers && order.cancelledLots() > 0 && sentAt.get(order.orderId()) < order.header().sequence()) {
      acts.add(new Act(Kind.CANCEL_ORDER, order.header().account(), order.orderId(), Placed.NOTHING));
    }
  }

  /** The rule did its part, or will do none: what it reserved is free again. */
  private void end(final long ruleId) {
    final long owner = owners.get(ruleId);
    if (NULL_ACCOUNT != owner && over.add(ruleId)) {
      acts.add(new Act(Kind.CANCEL_RULE, owner, ruleId, Placed.NOTHING));
    }
  }

  /** Writes the next command that is to follow into {@code frame}; false: there is none. */
  boolean next(final MutableDirectBuffer frame, final IdMap ids) {
    final Act act = acts.poll();
    if (null == act) {
      return false;
    }
    frame.setMemory(0, FrameDescriptor.FRAME_LENGTH_MAX, (byte) 0);
    placedId = Kind.PLACE == act.kind() ? act.id() : 0;
    switch (act.kind()) {
      case CANCEL_RULE -> {
        begin(frame, CancelRuleEncoder.TEMPLATE_ID, CancelRuleEncoder.BLOCK_LENGTH);
        cancelRule.wrap(frame, FrameDescriptor.HEADER_LENGTH).ruleId(ids.changed(act.id())).header()
            .account(act.account());
      }
      case CANCEL_ORDER -> {
        begin(frame, CancelOrderEncoder.TEMPLATE_ID, CancelOrderEncoder.BLOCK_LENGTH);
        cancelOrder.wrap(frame, FrameDescriptor.HEADER_LENGTH).orderId(ids.changed(act.id())).header()
            .account(act.account());
      }
      case PLACE -> place(frame, act.account(), act.placed());
      default -> throw new IllegalStateException("no act " + act.kind());
    }
    return true;
  }

  private void place(final MutableDirectBuffer frame, final long owner, final Placed order) {
    begin(frame, PlaceOrderEncoder.TEMPLATE_ID, PlaceOrderEncoder.BLOCK_LENGTH);
    final boolean sweeps = OrdType.MARKET == order.ordType() && 0 == order.quoteUnits();
    final PlaceOrderEncoder command = place.wrap(frame, FrameDescriptor.HEADER_LENGTH);
    command.header().account(owner);
    command.instrumentId(order.instrumentId()).quantityLots(order.lots()).quoteAmountUnits(order.quoteUnits())
        .limitPriceTicks(OrdType.MARKET == order.ordType() && !sweeps ? 0 : order.limitTicks()).side(order.side())
        .ordType(sweeps ? OrdType.LIMIT : order.ordType())
        .timeInForce(sweeps ? TimeInForce.IOC : order.timeInForce()).expireTimeNs(order.expireTimeNs())
        .postOnly(order.postOnly()).hidden(order.hidden()).displayLots(order.display())
        .reduceOnly(order.reduceOnly());
    if (!order.clOrdId().isEmpty()) {
      command.clOrdId().w0(Text32.word(order.clOrdId(), 0)).w1(Text32.word(order.clOrdId(), 1))
          .w2(Text32.word(order.clOrdId(), 2)).w3(Text32.word(order.clOrdId(), 3));
    }
  }

  /** What was put in is done; {@code id} is what it made. */
  void answered(final long id, final IdMap ids) {
    if (0 != placedId) {
      ids.made(PlaceOrderEncoder.TEMPLATE_ID, placedId, id);
    }
  }

  private void begin(final MutableDirectBuffer frame, final int templateId, final int blockLength) {
    header.wrap(frame, 0).begin(PlaceOrderEncoder.SCHEMA_ID, templateId, PlaceOrderEncoder.SCHEMA_VERSION, blockLength,
        blockLength);
  }
}
