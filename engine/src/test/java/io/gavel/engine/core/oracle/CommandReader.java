package io.gavel.engine.core.oracle;

import io.gavel.codecs.FrameFlyweight;
import io.gavel.codecs.Text32;
import io.gavel.codecs.sbe.AdvanceTimeDecoder;
import io.gavel.codecs.sbe.AmendOrderDecoder;
import io.gavel.codecs.sbe.AmendRuleDecoder;
import io.gavel.codecs.sbe.ArmRuleDecoder;
import io.gavel.codecs.sbe.CancelOrderDecoder;
import io.gavel.codecs.sbe.CancelRuleDecoder;
import io.gavel.codecs.sbe.CommandHeaderDecoder;
import io.gavel.codecs.sbe.DegradedDecoder;
import io.gavel.codecs.sbe.EngineConfigDecoder;
import io.gavel.codecs.sbe.Flag;
import io.gavel.codecs.sbe.MassCancelDecoder;
import io.gavel.codecs.sbe.PlaceOrderDecoder;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.SetFeesDecoder;
import io.gavel.codecs.sbe.SetHaltDecoder;
import io.gavel.codecs.sbe.SetLimitsDecoder;
import io.gavel.codecs.sbe.SetPriceDecoder;
import io.gavel.codecs.sbe.TapePrintDecoder;
import io.gavel.codecs.sbe.Text32Decoder;
import java.util.ArrayList;
import java.util.List;
import org.agrona.MutableDirectBuffer;

/**
 * Has the oracle foretell what a frame will make the core tell. Knows the bytes of commands, and nothing of the core;
 * sessions and expiry come first, as for every command.
 */
public final class CommandReader {

  private final Oracle oracle;
  private final Registry registry;
  private final Sessions sessions;
  private final FrameFlyweight frame = new FrameFlyweight();
  private final CommandHeaderDecoder header = new CommandHeaderDecoder();
  private final PlaceOrderDecoder placeOrder = new PlaceOrderDecoder();
  private final CancelOrderDecoder cancelOrder = new CancelOrderDecoder();
  private final AmendOrderDecoder amendOrder = new AmendOrderDecoder();
  private final MassCancelDecoder massCancel = new MassCancelDecoder();
  private final ArmRuleDecoder armRule = new ArmRuleDecoder();
  private final CancelRuleDecoder cancelRule = new CancelRuleDecoder();
  private final AmendRuleDecoder amendRule = new AmendRuleDecoder();
  private final SetPriceDecoder setPrice = new SetPriceDecoder();
  private final TapePrintDecoder tapePrint = new TapePrintDecoder();
  private final SetFeesDecoder setFees = new SetFeesDecoder();
  private final SetLimitsDecoder setLimits = new SetLimitsDecoder();
  private final SetHaltDecoder setHalt = new SetHaltDecoder();
  private final DegradedDecoder degraded = new DegradedDecoder();

  public CommandReader(final Oracle oracle, final int sessionsMax, final int answersPerSession) {
    this.oracle = oracle;
    registry = new Registry(oracle);
    sessions = new Sessions(sessionsMax, answersPerSession);
  }

  /** Foretells the frame, which must be the next one. */
  public Tale foretell(final MutableDirectBuffer buffer, final int offset) {
    frame.wrap(buffer, offset);
    header.wrap(buffer, frame.bodyOffset());
    return oracle.run(frame.engineTimeNs(), header.account(), this::command);
  }

  private ReasonCode command() {
    final long sessionId = header.sessionId();
    if (0 == sessionId) {
      return isExpired() ? ReasonCode.COMMAND_EXPIRED : execute();
    }
    final Sessions.Command known = sessions.find(sessionId, header.sessionSequence(), frame);
    if (ReasonCode.SESSION_SEQUENCE_GAP == sessions.fault()) {
      return oracle.refuseNaming(sessions.fault(), sessions.expected(sessionId));
    }
    if (ReasonCode.OK != sessions.fault()) {
      return sessions.fault();
    }
    if (null != known) {
      oracle.repeat(known.code(), known.id(), known.sequence());
      return ReasonCode.OK;
    }
    final ReasonCode code = isExpired() ? ReasonCode.COMMAND_EXPIRED : execute();
    sessions.remember(sessionId, code, ReasonCode.OK == code ? oracle.answeredId() : 0, frame.sequence());
    return code;
  }

  private boolean isExpired() {
    return 0 != header.expiryTimeNs() && frame.engineTimeNs() > header.expiryTimeNs();
  }

  private ReasonCode execute() {
    final MutableDirectBuffer buffer = frame.buffer();
    final int body = frame.bodyOffset();
    final int block = frame.blockLength();
    final long account = header.account();
    switch (frame.templateId()) {
      case PlaceOrderDecoder.TEMPLATE_ID -> {
        return oracle.place(order(placeOrder.wrap(buffer, body, block, 0)));
      }
      case CancelOrderDecoder.TEMPLATE_ID -> {
        final CancelOrderDecoder c = cancelOrder.wrap(buffer, body, block, 0);
        return oracle.cancel(account, c.orderId(), text(c.clOrdId()));
      }
      case AmendOrderDecoder.TEMPLATE_ID -> {
        final AmendOrderDecoder c = amendOrder.wrap(buffer, body, block, 0);
        return oracle.amend(account, c.orderId(), c.newQuantityLots(), c.newLimitPriceTicks());
      }
      case MassCancelDecoder.TEMPLATE_ID -> {
        final MassCancelDecoder c = massCancel.wrap(buffer, body, block, 0);
        return oracle.massCancel(account, c.instrumentId(), c.scope());
      }
      case ArmRuleDecoder.TEMPLATE_ID -> {
        return oracle.arm(rule(armRule.wrap(buffer, body, block, 0)));
      }
      case CancelRuleDecoder.TEMPLATE_ID -> {
        return oracle.cancelRule(account, cancelRule.wrap(buffer, body, block, 0).ruleId());
      }
      case AmendRuleDecoder.TEMPLATE_ID -> {
        final AmendRuleDecoder c = amendRule.wrap(buffer, body, block, 0);
        return oracle.amendRule(account, c.ruleId(), c.legIndex(), c.newQuantityLots(), c.newLevelTicks(),
            c.newTrailRatioE8(), c.newTrailSpreadTicks(), c.newChildLimitTicks());
      }
      default -> {
        return executeControl(buffer, body, block, account);
      }
    }
  }

  private ReasonCode executeControl(final MutableDirectBuffer buffer, final int body, final int block,
      final long account) {
    switch (frame.templateId()) {
      case SetPriceDecoder.TEMPLATE_ID -> {
        final SetPriceDecoder c = setPrice.wrap(buffer, body, block, 0);
        return oracle.price(c.instrumentId(), c.source(), c.priceUnits());
      }
      case TapePrintDecoder.TEMPLATE_ID -> {
        final TapePrintDecoder c = tapePrint.wrap(buffer, body, block, 0);
        return oracle.print(account, c.instrumentId(), c.priceTicks(), c.sizeLots(), c.shareE8(), c.slippageTicks());
      }
      case SetFeesDecoder.TEMPLATE_ID -> {
        final SetFeesDecoder c = setFees.wrap(buffer, body, block, 0);
        return oracle.fees(c.instrumentId(), c.makerFeeE8(), c.takerFeeE8());
      }
      case SetLimitsDecoder.TEMPLATE_ID -> {
        final SetLimitsDecoder c = setLimits.wrap(buffer, body, block, 0);
        return oracle.limits(c.instrumentId(), c.collarBps(), c.minLots(), c.maxLots(), c.minNotionalUnits(),
            c.maxNotionalUnits());
      }
      case SetHaltDecoder.TEMPLATE_ID -> {
        final SetHaltDecoder c = setHalt.wrap(buffer, body, block, 0);
        return oracle.halt(c.scope(), account, c.instrumentId(), Flag.YES == c.on());
      }
      case DegradedDecoder.TEMPLATE_ID -> {
        final DegradedDecoder c = degraded.wrap(buffer, body, block, 0);
        return oracle.degraded(c.cause(), Flag.YES == c.on());
      }
      case AdvanceTimeDecoder.TEMPLATE_ID -> {
        return oracle.time();
      }
      case EngineConfigDecoder.TEMPLATE_ID -> {
        return 1 == frame.sequence() ? oracle.created(0) : ReasonCode.NOT_CONFIGURED;
      }
      default -> {
        return registry.execute(frame, account);
      }
    }
  }

  private NewOrder order(final PlaceOrderDecoder c) {
    return new NewOrder(header.account(), c.instrumentId(), c.side(), c.ordType(), c.timeInForce(), c.stpMode(),
        Flag.YES == c.postOnly(), c.limitPriceTicks(), c.protectionBps(), c.quantityLots(), c.quoteAmountUnits(),
        c.expireTimeNs(), text(c.clOrdId()));
  }

  private NewRule rule(final ArmRuleDecoder c) {
    final int pair = c.instrumentId();
    final String name = text(c.clRuleId());
    final List<NewRule.Leg> legs = new ArrayList<>(4);
    for (final ArmRuleDecoder.LegsDecoder leg : c.legs()) {
      legs.add(new NewRule.Leg(leg.kind(), leg.source(), leg.levelTicks(), leg.trailRatioE8(), leg.trailSpreadTicks(),
          leg.activationTicks(), leg.childLimitTicks(), leg.protectionBps()));
    }
    return new NewRule(header.account(), pair, c.shareE8(), c.quantityLots(), c.startTimeNs(), c.endTimeNs(),
        c.side(), c.armPolicy(), c.expiryAction(), c.reserveMode(), name, legs);
  }

  private static String text(final Text32Decoder text) {
    final long w0 = text.w0();
    return 0 == w0 ? "" : Text32.toString(w0, text.w1(), text.w2(), text.w3());
  }
}
