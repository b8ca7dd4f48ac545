package io.gavel.engine;

import io.gavel.codecs.DecimalStep;
import io.gavel.codecs.sbe.AmendRuleEncoder;
import io.gavel.codecs.sbe.ArmRuleEncoder;
import io.gavel.codecs.sbe.CancelRuleEncoder;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.RuleKind;
import io.gavel.codecs.sbe.TargetUnit;
import io.gavel.engine.ring.Ingress;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Auto-sell rules in the words of the trade. Every method answers a position in the ring, or a negative code; what
 * does not fit throws {@link RefusedException} before anything is sent. Any thread; takes a lock.
 */
public final class Rules extends Facade {

  /** 1/10,000 in units of 10^-8. */
  private static final int RATIO_E8_PER_BPS = 10_000;

  private final ArmRuleEncoder arm = new ArmRuleEncoder();
  private final CancelRuleEncoder cancel = new CancelRuleEncoder();
  private final AmendRuleEncoder amend = new AmendRuleEncoder();

  Rules(final Directory directory, final Ingress ingress) {
    super(directory, ingress);
  }

  /** Arms one rule of one to four legs. */
  public synchronized long arm(final Consumer<RuleTicket> fill) {
    final RuleTicket ticket = new RuleTicket();
    fill.accept(ticket);
    final long account = directory.requireAccount(ticket.acct);
    final Directory.InstrumentEntry instrument = directory.requireInstrument(ticket.instId);
    final ArmRuleEncoder command = ingress.begin(arm);
    header(command.header(), account, ticket);
    command.instrumentId(instrument.id()).shareE8(ratioE8(ticket.closeFraction, "closeFraction"))
        .quantityLots(steps(instrument.lot(), ticket.sz, "sz")).startTimeNs(ticket.startTimeNs)
        .endTimeNs(ticket.endTimeNs).side(ticket.side).armPolicy(ticket.armPolicy)
        .expiryAction(ticket.expiryAction).reserveMode(ticket.reserveMode);
    text(command.clRuleId(), "algoClOrdId", ticket.algoClOrdId);
    relations(command, ticket, instrument.tick());
    action(command, ticket.action, instrument);
    legs(command, ticket, instrument);
    if (null == ticket.when) {
      command.nodesCount(0);
    } else {
      ticket.when.encode(command, directory, instrument);
    }
    curve(command, ticket.action);
    return ingress.intendedTimeNs(ticket.intendedTimeNs).offer();
  }

  public synchronized long cancel(final Consumer<CancelTicket> fill) {
    final CancelTicket ticket = new CancelTicket();
    fill.accept(ticket);
    final CancelRuleEncoder command = ingress.begin(cancel);
    header(command.header(), directory.requireAccount(ticket.acct), ticket);
    command.ruleId(ticket.engineId);
    text(command.clRuleId(), "algoClOrdId", ticket.clientId);
    return ingress.intendedTimeNs(ticket.intendedTimeNs).offer();
  }

  /** By the host's id. */
  public long cancel(final String acct, final String algoClOrdId) {
    return cancel(c -> c.acct(acct).algoClOrdId(algoClOrdId));
  }

  public synchronized long amend(final Consumer<RuleAmendTicket> fill) {
    final RuleAmendTicket ticket = new RuleAmendTicket();
    fill.accept(ticket);
    final Directory.InstrumentEntry instrument = directory.requireInstrument(ticket.instId);
    final DecimalStep tick = instrument.tick();
    final AmendRuleEncoder command = ingress.begin(amend);
    header(command.header(), directory.requireAccount(ticket.acct), ticket);
    command.ruleId(ticket.algoId).legIndex(ticket.legIndex)
        .newQuantityLots(steps(instrument.lot(), ticket.newSz, "newSz"))
        .newLevelTicks(ticks(tick, ticket.newTriggerPx, "newTriggerPx"))
        .newTrailRatioE8(ratioE8(ticket.newCallbackRatio, "newCallbackRatio"))
        .newTrailSpreadTicks(ticks(tick, ticket.newCallbackSpread, "newCallbackSpread"))
        .newChildLimitTicks(ticks(tick, ticket.newOrdPx, "newOrdPx"));
    text(command.clRuleId(), "algoClOrdId", ticket.algoClOrdId);
    return ingress.intendedTimeNs(ticket.intendedTimeNs).offer();
  }

  private static void relations(final ArmRuleEncoder command, final RuleTicket ticket, final DecimalStep tick) {
    command.attach(ticket.attach).posSide(ticket.posSide).parentId(ticket.parentOrdId).priority(ticket.priority)
        .coolDownNs(nanos(ticket.coolDown, ReasonCode.OUT_OF_RANGE, "coolDown")).updatesRuleId(ticket.updatesAlgoId)
        .updatesLevelTicks(ticks(tick, ticket.updatesPx, "updatesPx"));
  }

  private static void action(
      final ArmRuleEncoder command, final ActionTicket action, final Directory.InstrumentEntry instrument) {
    final DecimalStep tick = instrument.tick();
    final DecimalStep lot = instrument.lot();
    command.action(action.action).durationNs(action.durationNs).intervalNs(action.intervalNs).stepNs(action.stepNs)
        .participationE8(ratioE8(action.participation, "participation")).collarE8(ratioE8(action.collar, "collar"))
        .depthShareE8(ratioE8(action.depthShare, "depthShare")).toleranceE8(ratioE8(action.tolerance, "tolerance"))
        .sliceLots(steps(lot, action.displaySz, "displaySz")).forecastLots(steps(lot, action.forecastSz, "forecastSz"))
        .firstTicks(ticks(tick, action.firstPx, "first")).lastTicks(ticks(tick, action.lastPx, "last"))
        .offsetTicks(ticks(tick, action.offsetPx, "offsetPx")).orderCount(action.orderCount)
        .repricesMax(action.repricesMax).widerBps(action.widerBps).algoEnd(action.end).algoBasis(action.basis)
        .algoSizes(action.sizes).reviewNs(action.reviewNs).reviewDefault(action.reviewDefault).holdId(action.holdId);
  }

  private static void curve(final ArmRuleEncoder command, final ActionTicket action) {
    final ArmRuleEncoder.CurveEncoder curve = command.curveCount(action.curve.length);
    for (final int weight : action.curve) {
      curve.next().weight(weight);
    }
  }

  private void legs(
      final ArmRuleEncoder command, final RuleTicket ticket, final Directory.InstrumentEntry instrument) {
    final DecimalStep tick = instrument.tick();
    final boolean takeProfit = null != ticket.tpTriggerPx;
    final boolean stopLoss = null != ticket.slTriggerPx;
    final boolean trailing = isTrailing(ticket);
    final int count = (takeProfit ? 1 : 0) + (stopLoss ? 1 : 0) + (trailing ? 1 : 0) + (ticket.atTime ? 1 : 0)
        + (ticket.now ? 1 : 0)
        + (null == ticket.when ? 0 : 1) + (null == ticket.profit ? 0 : 1) + (null == ticket.loss ? 0 : 1);
    final ArmRuleEncoder.LegsEncoder legs = command.legsCount(count);
    if (takeProfit) {
      plain(legs.next(), ticket, tick, RuleKind.TAKE_PROFIT);
    }
    if (stopLoss) {
      plain(legs.next(), ticket, tick, RuleKind.STOP_LOSS);
    }
    if (trailing) {
      final ArmRuleEncoder.LegsEncoder leg = legs.next();
      leg.levelTicks(0).trailRatioE8(trailRatioE8(ticket))
          .trailSpreadTicks(ticks(tick, ticket.callbackSpread, "callbackSpread"))
          .activationTicks(ticks(tick, ticket.activePx, "activePx"))
          .ratchetTicks(ticks(tick, ticket.callbackStep, "callbackStep"))
          .childLimitTicks(orderPrice(tick, ticket.callbackOrdPx, "callbackOrdPx"))
          .protectionBps(ticket.protectionBps).kind(RuleKind.TRAILING_STOP).source(source(null, ticket));
    }
    if (ticket.atTime) {
      timed(legs.next(), ticket, tick, RuleKind.AT_TIME);
    }
    if (null != ticket.when) {
      legs.next().childLimitTicks(orderPrice(tick, ticket.whenOrdPx, "whenOrdPx"))
          .protectionBps(ticket.protectionBps).kind(RuleKind.CONDITION)
          .source(null == ticket.triggerPxType ? PriceSource.LAST : ticket.triggerPxType);
    }
    if (ticket.now) {
      timed(legs.next(), ticket, tick, RuleKind.NOW);
    }
    targets(legs, ticket, instrument);
  }

  private static void timed(
      final ArmRuleEncoder.LegsEncoder leg, final RuleTicket ticket, final DecimalStep tick, final RuleKind kind) {
    final PriceSource source = null == ticket.triggerPxType ? PriceSource.LAST : ticket.triggerPxType;
    leg.levelTicks(0).trailRatioE8(0).trailSpreadTicks(0).activationTicks(0)
        .childLimitTicks(orderPrice(tick, ticket.atTimeOrdPx, "atTimeOrdPx"))
        .protectionBps(ticket.protectionBps).kind(kind).source(source);
  }

  /** Profit and loss come last. */
  private void targets(final ArmRuleEncoder.LegsEncoder legs, final RuleTicket ticket,
      final Directory.InstrumentEntry instrument) {
    if (null != ticket.profit) {
      legs.next().childLimitTicks(orderPrice(instrument.tick(), ticket.profitOrdPx, "profitOrdPx"))
          .protectionBps(ticket.protectionBps).kind(RuleKind.PROFIT).source(source(ticket.tpTriggerPxType, ticket))
          .target(target(instrument, ticket.profit, ticket.profitUnit, "profit")).targetUnit(ticket.profitUnit);
    }
    if (null != ticket.loss) {
      legs.next().childLimitTicks(orderPrice(instrument.tick(), ticket.lossOrdPx, "lossOrdPx"))
          .protectionBps(ticket.protectionBps).kind(RuleKind.LOSS).source(source(ticket.slTriggerPxType, ticket))
          .target(target(instrument, ticket.loss, ticket.lossUnit, "loss")).targetUnit(ticket.lossUnit);
    }
  }

  private long target(final Directory.InstrumentEntry instrument, final String decimal, final TargetUnit unit,
      final String field) {
    return TargetUnit.AMOUNT == unit ? units(settle(instrument), decimal, field) : numberE8(decimal, field);
  }

  private static void plain(
      final ArmRuleEncoder.LegsEncoder leg, final RuleTicket ticket, final DecimalStep tick, final RuleKind kind) {
    final boolean takeProfit = RuleKind.TAKE_PROFIT == kind;
    final int levelTicks = takeProfit
        ? ticks(tick, ticket.tpTriggerPx, "tpTriggerPx") : ticks(tick, ticket.slTriggerPx, "slTriggerPx");
    final int limitTicks = takeProfit
        ? orderPrice(tick, ticket.tpOrdPx, "tpOrdPx") : orderPrice(tick, ticket.slOrdPx, "slOrdPx");
    leg.levelTicks(levelTicks).trailRatioE8(0).trailSpreadTicks(0).activationTicks(0).childLimitTicks(limitTicks)
        .protectionBps(ticket.protectionBps).kind(kind)
        .source(source(takeProfit ? ticket.tpTriggerPxType : ticket.slTriggerPxType, ticket));
  }

  private static boolean isTrailing(final RuleTicket ticket) {
    return null != ticket.callbackRatio || null != ticket.callbackSpread || 0 != ticket.callbackBps;
  }

  private static int trailRatioE8(final RuleTicket ticket) {
    if (0 == ticket.callbackBps) {
      return ratioE8(ticket.callbackRatio, "callbackRatio");
    }
    if (null != ticket.callbackRatio || ticket.callbackBps < 0 || ticket.callbackBps > RATIO_E8_PER_BPS) {
      throw new RefusedException(ReasonCode.TRAIL_DISTANCE_INVALID, "callbackBps",
          String.valueOf(ticket.callbackBps), "is 1 to 10000 (100 is 1 %), and excludes callbackRatio");
    }
    return ticket.callbackBps * RATIO_E8_PER_BPS;
  }

  private static int orderPrice(final DecimalStep tick, final String decimal, final String field) {
    return RuleTicket.MARKET.equals(decimal) ? 0 : ticks(tick, decimal, field);
  }

  private static PriceSource source(final @Nullable PriceSource own, final RuleTicket ticket) {
    return required(null == own ? ticket.triggerPxType : own, "triggerPxType");
  }
}
