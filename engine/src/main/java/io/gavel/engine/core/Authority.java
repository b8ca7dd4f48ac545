package io.gavel.engine.core;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.gavel.codecs.FrameFlyweight;
import io.gavel.codecs.KeyScope;
import io.gavel.codecs.sbe.AmendOrderDecoder;
import io.gavel.codecs.sbe.AmendRuleDecoder;
import io.gavel.codecs.sbe.ApproveDecoder;
import io.gavel.codecs.sbe.ArmRuleDecoder;
import io.gavel.codecs.sbe.CancelAllAfterDecoder;
import io.gavel.codecs.sbe.CancelOnDisconnectDecoder;
import io.gavel.codecs.sbe.CancelOrderDecoder;
import io.gavel.codecs.sbe.CancelRuleDecoder;
import io.gavel.codecs.sbe.CancelScope;
import io.gavel.codecs.sbe.CommandHeaderDecoder;
import io.gavel.codecs.sbe.MassCancelDecoder;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.RuleAction;
import io.gavel.codecs.sbe.SettleHoldDecoder;
import io.gavel.engine.book.OrderPool;
import io.gavel.engine.trigger.RuleBook;
import org.agrona.DirectBuffer;

/**
 * The ladder in front of the business ladder while commands need a key. First who asks: a session without a valid key,
 * or without the signature that its key asks for, is refused without its numbers moving on, so that nobody can use up
 * another one's. Then what it asks: scope, account, instrument, amounts, rate. What is refused changes nothing.
 */
final class Authority {

  private static final int NOTHING = CommandScopes.NONE;

  private final Rooms rooms;
  private final Principals principals;
  private final CommandAmount amount;
  private final CommandHeaderDecoder header = new CommandHeaderDecoder();
  private final CancelOrderDecoder cancelOrder = new CancelOrderDecoder();
  private final AmendOrderDecoder amendOrder = new AmendOrderDecoder();
  private final CancelRuleDecoder cancelRule = new CancelRuleDecoder();
  private final AmendRuleDecoder amendRule = new AmendRuleDecoder();
  private final ArmRuleDecoder armRule = new ArmRuleDecoder();
  private final MassCancelDecoder massCancel = new MassCancelDecoder();
  private final CancelAllAfterDecoder cancelAllAfter = new CancelAllAfterDecoder();
  private final CancelOnDisconnectDecoder cancelOnDisconnect = new CancelOnDisconnectDecoder();
  private long sessionId;
  private int row;
  private int templateId;

  Authority(final Rooms rooms) {
    this.rooms = rooms;
    principals = rooms.principals;
    amount = new CommandAmount(rooms);
  }

  /** Whether the session has a key that is valid, and the frame is signed by it where it asks for that. */
  ReasonCode identify(final FrameFlyweight frame, final long session) {
    final ReasonCode code = find(session);
    if (ReasonCode.OK != code) {
      return code;
    }
    return principals.isSignedAsAsked(row, frame) ? ReasonCode.OK : ReasonCode.SIGNATURE_REQUIRED;
  }

  /** Whether the key just found is good for the command, and has amounts and rate left for it. */
  ReasonCode permit(final FrameFlyweight frame) {
    templateId = frame.templateId();
    final ReasonCode code = allow(frame);
    if (ReasonCode.OK != code) {
      return code;
    }
    final ReasonCode amounts = principals.limitsAmounts(row) ? amounts(frame) : ReasonCode.OK;
    if (ReasonCode.OK != amounts) {
      return amounts;
    }
    return CommandScopes.isCancel(templateId) || principals.rateHasRoom(
        row, rooms.risk.limits().cost(templateId), rooms.clock.timeNs())
        ? ReasonCode.OK : ReasonCode.KEY_RATE_LIMITED;
  }

  /** What was permitted last has been accepted. By then the command may have moved or taken away the key itself. */
  void take() {
    row = principals.rowOf(sessionId);
    if (Principals.NULL_ROW != row && !CommandScopes.isCancel(templateId)) {
      principals.take(row, amount.units(), rooms.risk.limits().cost(templateId), rooms.clock.timeNs());
    }
  }

  /** Whether a session may still ask for a command, amounts and rate aside: before an approved one takes effect. */
  ReasonCode mayAsk(final long session, final FrameFlyweight frame) {
    final ReasonCode code = find(session);
    return ReasonCode.OK == code ? allow(frame) : code;
  }

  private ReasonCode find(final long session) {
    sessionId = session;
    row = principals.rowOf(sessionId);
    if (0 == sessionId || Principals.NULL_ROW == row) {
      return ReasonCode.NOT_AUTHORISED;
    }
    return principals.isExpired(row, rooms.clock.timeNs()) ? ReasonCode.KEY_EXPIRED : ReasonCode.OK;
  }

  /** Who holds the key found last. */
  long principalId() {
    return principals.principalId(row);
  }

  private ReasonCode allow(final FrameFlyweight frame) {
    final DirectBuffer buffer = frame.buffer();
    final int template = frame.templateId();
    if (!hasScope(principals.scopes(row), frame, template)) {
      return ReasonCode.SCOPE_MISSING;
    }
    if (ApproveDecoder.TEMPLATE_ID == template) {
      return ReasonCode.OK;
    }
    header.wrap(buffer, frame.bodyOffset());
    if (!principals.allowsAccount(row, header.account())) {
      return ReasonCode.KEY_ACCOUNT_NOT_ALLOWED;
    }
    final int instrumentId = instrumentOf(frame, template);
    return NOTHING == instrumentId || principals.allowsInstrument(row, instrumentId)
        ? ReasonCode.OK : ReasonCode.KEY_INSTRUMENT_NOT_ALLOWED;
  }

  private boolean hasScope(final int scopes, final FrameFlyweight frame, final int template) {
    if (0 == (scopes & CommandScopes.scopes(template))) {
      return false;
    }
    final DirectBuffer buffer = frame.buffer();
    final int body = frame.bodyOffset();
    return switch (template) {
      case MassCancelDecoder.TEMPLATE_ID ->
          maySweep(scopes, massCancel.wrap(buffer, body, frame.blockLength(), frame.version()).scope());
      case CancelAllAfterDecoder.TEMPLATE_ID ->
          maySweep(scopes, cancelAllAfter.wrap(buffer, body, frame.blockLength(), frame.version()).scope());
      case CancelOnDisconnectDecoder.TEMPLATE_ID ->
          maySweep(scopes, cancelOnDisconnect.wrap(buffer, body, frame.blockLength(), frame.version()).scope());
      case ArmRuleDecoder.TEMPLATE_ID ->
          mayPay(scopes, armRule.wrap(buffer, body, frame.blockLength(), frame.version()).action());
      default -> true;
    };
  }

  /** A rule that moves money takes who may move it; one that two people must settle cannot be armed by one. */
  private boolean mayPay(final int scopes, final RuleAction action) {
    final boolean settles = 0 != (scopes & KeyScope.SETTLE.bit());
    return switch (action) {
      case RELEASE_HOLD -> settles && !rooms.proposals.isDual(SettleHoldDecoder.TEMPLATE_ID);
      case REFUND_HOLD -> settles || 0 != (scopes & KeyScope.WITHDRAW.bit());
      default -> true;
    };
  }

  /** A key for orders alone cannot sweep away the rules that protect them. */
  private static boolean maySweep(final int scopes, final CancelScope what) {
    int needed = CancelScope.RULES == what ? 0 : KeyScope.TRADE.bit();
    needed |= CancelScope.ORDERS == what ? 0 : KeyScope.RULES.bit();
    return 0 != (scopes & KeyScope.CANCEL.bit()) || needed == (scopes & needed);
  }

  /** The instrument a command is about; 0: all, or one that is not known here; {@link #NOTHING}: none. */
  private int instrumentOf(final FrameFlyweight frame, final int template) {
    final DirectBuffer buffer = frame.buffer();
    final int body = frame.bodyOffset();
    final int where = CommandScopes.instrument(template);
    return switch (where) {
      case CommandScopes.NONE -> NOTHING;
      case CommandScopes.ALL -> 0;
      case CommandScopes.OF_ORDER -> ofOrder(frame, template);
      case CommandScopes.OF_RULE -> ofRule(frame, template);
      default -> buffer.getInt(body + where, LITTLE_ENDIAN);
    };
  }

  private int ofOrder(final FrameFlyweight frame, final int template) {
    final int slot;
    if (AmendOrderDecoder.TEMPLATE_ID == template) {
      amendOrder.wrap(frame.buffer(), frame.bodyOffset(), frame.blockLength(), frame.version());
      slot = rooms.orderSlot(header.account(), amendOrder.orderId(), amendOrder.clOrdId());
    } else {
      cancelOrder.wrap(frame.buffer(), frame.bodyOffset(), frame.blockLength(), frame.version());
      slot = rooms.orderSlot(header.account(), cancelOrder.orderId(), cancelOrder.clOrdId());
    }
    // An order that is not there is the handler's to refuse.
    return OrderPool.NULL_SLOT == slot ? NOTHING : rooms.orders.instrumentId(slot);
  }

  private int ofRule(final FrameFlyweight frame, final int template) {
    final int slot;
    if (AmendRuleDecoder.TEMPLATE_ID == template) {
      amendRule.wrap(frame.buffer(), frame.bodyOffset(), frame.blockLength(), frame.version());
      slot = rooms.ruleSlot(header.account(), amendRule.ruleId(), amendRule.clRuleId());
    } else {
      cancelRule.wrap(frame.buffer(), frame.bodyOffset(), frame.blockLength(), frame.version());
      slot = rooms.ruleSlot(header.account(), cancelRule.ruleId(), cancelRule.clRuleId());
    }
    return RuleBook.NULL_SLOT == slot ? NOTHING : rooms.rules.instrumentId(slot);
  }

  private ReasonCode amounts(final FrameFlyweight frame) {
    final ReasonCode code = amount.measure(
        templateId, frame.buffer(), frame.bodyOffset(), frame.blockLength(), frame.version());
    if (ReasonCode.OK != code || 0 == amount.assetId()) {
      return code;
    }
    if (!principals.allowsAmount(row, amount.assetId(), amount.units())) {
      return ReasonCode.KEY_NOTIONAL_ABOVE_MAX;
    }
    return principals.windowHasRoom(row, amount.units(), rooms.clock.timeNs())
        ? ReasonCode.OK : ReasonCode.KEY_WINDOW_ABOVE_MAX;
  }
}
