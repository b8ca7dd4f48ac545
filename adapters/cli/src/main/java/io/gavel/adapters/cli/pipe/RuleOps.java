package io.gavel.adapters.cli.pipe;

import io.gavel.codecs.sbe.AmendRuleEncoder;
import io.gavel.codecs.sbe.ArmPolicy;
import io.gavel.codecs.sbe.ArmRuleEncoder;
import io.gavel.codecs.sbe.CancelRuleEncoder;
import io.gavel.codecs.sbe.ExpiryAction;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.ReserveMode;
import io.gavel.codecs.sbe.ReviewDefault;
import io.gavel.codecs.sbe.ReviewEncoder;
import io.gavel.codecs.sbe.RuleKind;
import io.gavel.codecs.sbe.Side;
import io.gavel.engine.Condition;
import io.gavel.engine.ConditionWords;
import io.gavel.engine.Directory;
import io.gavel.engine.RefusedException;
import io.gavel.engine.core.StateMachine;
import io.gavel.engine.trigger.RuleBook;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Auto-sell rules: arm, cancel, amend. What a line says of take-profit, stop-loss, trailing stop and point in time
 * becomes one leg each, in this order; the price source has no default.
 */
final class RuleOps {

  /** How people name the shape of a rule; said, it must agree with the legs. */
  private enum Kind { CONDITIONAL, OCO, MOVE_ORDER_STOP }

  private static final int RATIO_E8_PER_BPS = 10_000;
  private static final int BPS_MAX = 10_000;
  private static final Words<Kind> KINDS = Words.of(Kind.class);
  private static final Words<Side> SIDES = Words.of(Side.class);
  private static final Words<PriceSource> SOURCES = Words.of(PriceSource.class);
  private static final Words<ArmPolicy> ARM_POLICIES = Words.of(ArmPolicy.class);
  private static final Words<ExpiryAction> EXPIRY_ACTIONS = Words.of(ExpiryAction.class);
  private static final Words<ReserveMode> RESERVE_MODES = Words.of(ReserveMode.class);
  private static final Words<ReviewDefault> DECISIONS = Words.of(ReviewDefault.class);
  private static final String[] TRAIL_FIELDS = {"callbackRatio", "callbackBps", "callbackSpread"};

  private final ArmRuleEncoder arm = new ArmRuleEncoder();
  private final CancelRuleEncoder cancel = new CancelRuleEncoder();
  private final AmendRuleEncoder amend = new AmendRuleEncoder();
  private final ReviewEncoder review = new ReviewEncoder();

  List<Op> ops() {
    return List.of(
        new Op("rule", this::arm, withRelations("acct", "instId", "side", "ordType", "algoClOrdId", "sz",
            "closeFraction", "tpTriggerPx", "tpOrdPx", "tpTriggerPxType", "slTriggerPx", "slOrdPx", "slTriggerPxType",
            "callbackRatio", "callbackBps", "callbackSpread", "activePx", "callbackOrdPx", "atStartTime",
            "atTimeOrdPx", "when", "whenOrdPx", "triggerPxType", "armPolicy", "startTime", "endTime",
            "expiryAction", "reserveMode", "protectionBps", "now")),
        new Op("review", this::review, "acct", "algoId", "decision"),
        new Op("cancel-rule", this::cancel, "acct", "algoId", "algoClOrdId"),
        new Op("amend-rule", this::amend, "acct", "instId", "algoId", "algoClOrdId", "newSz", "newTpTriggerPx",
            "newTpOrdPx", "newSlTriggerPx", "newSlOrdPx", "newCallbackRatio", "newCallbackSpread",
            "newCallbackOrdPx"));
  }

  private static String[] withRelations(final String... names) {
    return Stream.of(Stream.of(names), Stream.of(RelationFields.NAMES), ActionFields.NAMES.stream())
        .flatMap(each -> each).toArray(String[]::new);
  }

  private void review(final Fields line, final CommandScope scope) throws LineFault {
    final long account = scope.account(line);
    final long ruleId = line.whole("algoId", 1, Long.MAX_VALUE);
    final ReviewDefault decision = line.word("decision", DECISIONS);
    final ReviewEncoder command = scope.ingress().begin(review);
    scope.header(command.header(), account);
    command.ruleId(ruleId).decision(decision);
  }

  private void arm(final Fields line, final CommandScope scope) throws LineFault {
    final long account = scope.account(line);
    final Directory.InstrumentEntry instrument = scope.instrument(line);
    checkLegs(line);
    final long lots = scope.lots(instrument, line, "sz");
    final @Nullable String clientId = line.nameOrNull("algoClOrdId");
    final @Nullable Condition when = line.has("when") ? condition(line) : null;
    final ArmRuleEncoder command = scope.ingress().begin(arm);
    scope.header(command.header(), account);
    command.instrumentId(instrument.id()).shareE8(scope.ratioE8(line, "closeFraction")).quantityLots(lots)
        .startTimeNs(line.timeOr("startTime", 0)).endTimeNs(line.timeOr("endTime", 0))
        .side(line.wordOr("side", SIDES, Side.SELL))
        .armPolicy(line.wordOr("armPolicy", ARM_POLICIES, ArmPolicy.REJECT))
        .expiryAction(line.wordOr("expiryAction", EXPIRY_ACTIONS, ExpiryAction.CANCEL))
        .reserveMode(line.wordOr("reserveMode", RESERVE_MODES, ReserveMode.RESERVE));
    CommandScope.text(command.clRuleId(), clientId);
    RelationFields.block(command, line, scope, instrument);
    ActionFields.block(command, line, scope, instrument);
    legs(command, line, scope, instrument);
    if (null == when) {
      command.nodesCount(0);
    } else {
      encode(when, command, scope, instrument);
    }
    ActionFields.curve(command, line);
  }

  private static void checkLegs(final Fields line) throws LineFault {
    requireWith(line, "tpTriggerPx", "tpOrdPx", "tpTriggerPxType");
    requireWith(line, "slTriggerPx", "slOrdPx", "slTriggerPxType");
    if (!line.has("now")) {
      requireWith(line, "atStartTime", "atTimeOrdPx");
    }
    requireWith(line, "when", "whenOrdPx");
    RelationFields.check(line);
    if (line.count(TRAIL_FIELDS) > 1) {
      throw line.fault(ReasonCode.TRAIL_DISTANCE_INVALID, "pipe.oneDistance");
    }
    if (!isTrailing(line) && line.count("activePx", "callbackOrdPx") > 0) {
      throw line.fault(ReasonCode.MALFORMED, "pipe.trailNeedsDistance");
    }
    if (line.has("ordType")) {
      final Kind kind = line.word("ordType", KINDS);
      final int plain = line.count("tpTriggerPx", "slTriggerPx");
      final boolean agrees = switch (kind) {
        case CONDITIONAL -> 1 == plain && !isTrailing(line);
        case OCO -> 2 <= legCount(line);
        case MOVE_ORDER_STOP -> 0 == plain && isTrailing(line);
      };
      if (!agrees) {
        throw line.fault(ReasonCode.FLAGS_CONFLICT, "pipe.kindConflict", Words.word(kind));
      }
    }
  }

  private static void requireWith(final Fields line, final String field, final String... dependent)
      throws LineFault {
    for (final String name : dependent) {
      if (line.has(name) && !line.has(field)) {
        throw line.fault(ReasonCode.MALFORMED, "pipe.needs", name, field);
      }
    }
  }

  private static boolean isTrailing(final Fields line) {
    return line.count(TRAIL_FIELDS) > 0;
  }

  private static boolean isAtTime(final Fields line) throws LineFault {
    return line.has("atStartTime") && line.flag("atStartTime");
  }

  private static boolean isNow(final Fields line) throws LineFault {
    return line.has("now") && line.flag("now");
  }

  private static int legCount(final Fields line) throws LineFault {
    return line.count("tpTriggerPx", "slTriggerPx") + (isTrailing(line) ? 1 : 0) + (isAtTime(line) ? 1 : 0)
        + line.count("when") + (isNow(line) ? 1 : 0) + RelationFields.legCount(line);
  }

  private static void legs(
      final ArmRuleEncoder command, final Fields line, final CommandScope scope,
      final Directory.InstrumentEntry instrument) throws LineFault {
    final int protectionBps = line.intOr("protectionBps", 0, BPS_MAX, 0);
    final ArmRuleEncoder.LegsEncoder legs = command.legsCount(legCount(line));
    if (line.has("tpTriggerPx")) {
      legs.next().levelTicks(scope.ticks(instrument, line, "tpTriggerPx")).trailRatioE8(0).trailSpreadTicks(0)
          .activationTicks(0).childLimitTicks(scope.orderTicks(instrument, line, "tpOrdPx"))
          .protectionBps(protectionBps).kind(RuleKind.TAKE_PROFIT).source(source(line, "tpTriggerPxType"));
    }
    if (line.has("slTriggerPx")) {
      legs.next().levelTicks(scope.ticks(instrument, line, "slTriggerPx")).trailRatioE8(0).trailSpreadTicks(0)
          .activationTicks(0).childLimitTicks(scope.orderTicks(instrument, line, "slOrdPx"))
          .protectionBps(protectionBps).kind(RuleKind.STOP_LOSS).source(source(line, "slTriggerPxType"));
    }
    if (isTrailing(line)) {
      legs.next().levelTicks(0).trailRatioE8(trailRatioE8(line, scope))
          .trailSpreadTicks(scope.ticks(instrument, line, "callbackSpread"))
          .activationTicks(scope.ticks(instrument, line, "activePx"))
          .ratchetTicks(scope.ticks(instrument, line, "callbackStep"))
          .childLimitTicks(scope.orderTicks(instrument, line, "callbackOrdPx"))
          .protectionBps(protectionBps).kind(RuleKind.TRAILING_STOP).source(source(line, "triggerPxType"));
    }
    final int timedTicks = scope.orderTicks(instrument, line, "atTimeOrdPx");
    if (isAtTime(line)) {
      timed(legs.next(), line, timedTicks, RuleKind.AT_TIME);
    }
    if (isNow(line)) {
      timed(legs.next(), line, timedTicks, RuleKind.NOW);
    }
    if (line.has("when")) {
      legs.next().childLimitTicks(scope.orderTicks(instrument, line, "whenOrdPx")).protectionBps(protectionBps)
          .kind(RuleKind.CONDITION).source(line.wordOr("triggerPxType", SOURCES, PriceSource.LAST));
    }
    RelationFields.legs(legs, line, scope, instrument, protectionBps);
  }

  private static void timed(final ArmRuleEncoder.LegsEncoder leg, final Fields line, final int limitTicks,
      final RuleKind kind) throws LineFault {
    leg.levelTicks(0).trailRatioE8(0).trailSpreadTicks(0).activationTicks(0).childLimitTicks(limitTicks)
        .protectionBps(line.intOr("protectionBps", 0, BPS_MAX, 0)).kind(kind)
        .source(line.wordOr("triggerPxType", SOURCES, PriceSource.LAST));
  }

  private static Condition condition(final Fields line) throws LineFault {
    try {
      return ConditionWords.read(line.tree("when"));
    } catch (final RefusedException e) {
      throw new LineFault(e.code(), String.valueOf(e.getMessage()));
    }
  }

  private static void encode(final Condition when, final ArmRuleEncoder command, final CommandScope scope,
      final Directory.InstrumentEntry instrument) throws LineFault {
    try {
      when.encode(command, scope.engine().directory(), instrument);
    } catch (final RefusedException e) {
      throw new LineFault(e.code(), String.valueOf(e.getMessage()));
    }
  }

  private static PriceSource source(final Fields line, final String ownField) throws LineFault {
    return line.word(line.has(ownField) ? ownField : "triggerPxType", SOURCES);
  }

  private static int trailRatioE8(final Fields line, final CommandScope scope) throws LineFault {
    return line.has("callbackBps")
        ? (int) line.whole("callbackBps", 1, BPS_MAX) * RATIO_E8_PER_BPS
        : scope.ratioE8(line, "callbackRatio");
  }

  private void cancel(final Fields line, final CommandScope scope) throws LineFault {
    final long account = scope.account(line);
    final long ruleId = OrderOps.orderId(line, "algoId", "algoClOrdId");
    final @Nullable String clientId = line.nameOrNull("algoClOrdId");
    final CancelRuleEncoder command = scope.ingress().begin(cancel);
    scope.header(command.header(), account);
    command.ruleId(ruleId);
    CommandScope.text(command.clRuleId(), clientId);
  }

  private void amend(final Fields line, final CommandScope scope) throws LineFault {
    final long account = scope.account(line);
    final long ruleId = OrderOps.orderId(line, "algoId", "algoClOrdId");
    final @Nullable String clientId = line.nameOrNull("algoClOrdId");
    final int found = scope.engine().ask(state -> instrumentOf(state, account, ruleId, clientId));
    final Directory.InstrumentEntry instrument = OrderOps.checkInstrument(line, scope, found);
    final @Nullable RuleKind kind = amendedKind(line);
    final int legIndex = null == kind ? 0
        : scope.engine().ask(state -> legIndex(state, ruleSlot(state, account, ruleId, clientId), kind));
    if (null != kind && legIndex < 0) {
      throw line.fault(ReasonCode.LEVEL_NOT_ALLOWED, "pipe.noSuchLeg", Words.word(kind));
    }
    final AmendRuleEncoder command = scope.ingress().begin(amend);
    scope.header(command.header(), account);
    command.ruleId(ruleId).newQuantityLots(scope.lots(instrument, line, "newSz")).legIndex(legIndex)
        .newLevelTicks(scope.ticks(instrument, line, RuleKind.STOP_LOSS == kind ? "newSlTriggerPx" : "newTpTriggerPx"))
        .newTrailRatioE8(scope.ratioE8(line, "newCallbackRatio"))
        .newTrailSpreadTicks(scope.ticks(instrument, line, "newCallbackSpread"))
        .newChildLimitTicks(scope.ticks(instrument, line, orderPriceField(kind)));
    CommandScope.text(command.clRuleId(), clientId);
  }

  /** Which leg a line is about; null: only the quantity. */
  private static @Nullable RuleKind amendedKind(final Fields line) throws LineFault {
    final boolean takeProfit = line.count("newTpTriggerPx", "newTpOrdPx") > 0;
    final boolean stopLoss = line.count("newSlTriggerPx", "newSlOrdPx") > 0;
    final boolean trailing = line.count("newCallbackRatio", "newCallbackSpread", "newCallbackOrdPx") > 0;
    if ((takeProfit ? 1 : 0) + (stopLoss ? 1 : 0) + (trailing ? 1 : 0) > 1) {
      throw line.fault(ReasonCode.AMEND_NOT_ALLOWED, "pipe.oneLeg");
    }
    return takeProfit ? RuleKind.TAKE_PROFIT
        : stopLoss ? RuleKind.STOP_LOSS : trailing ? RuleKind.TRAILING_STOP : null;
  }

  private static String orderPriceField(final @Nullable RuleKind kind) {
    return RuleKind.STOP_LOSS == kind ? "newSlOrdPx"
        : RuleKind.TRAILING_STOP == kind ? "newCallbackOrdPx" : "newTpOrdPx";
  }

  private static int instrumentOf(
      final StateMachine state, final long account, final long ruleId, final @Nullable String clientId) {
    final int slot = ruleSlot(state, account, ruleId, clientId);
    return RuleBook.NULL_SLOT == slot ? 0 : state.rules().instrumentId(slot);
  }

  private static int ruleSlot(
      final StateMachine state, final long account, final long ruleId, final @Nullable String clientId) {
    final long id = null == clientId ? ruleId : OrderOps.liveId(state, account, clientId);
    return 0 == id ? RuleBook.NULL_SLOT : state.rules().slotOf(id);
  }

  /** Place of the leg of this kind; 0 for a rule that is not there, which the engine refuses; -1: no such leg. */
  private static int legIndex(final StateMachine state, final int slot, final RuleKind kind) {
    if (RuleBook.NULL_SLOT == slot) {
      return 0;
    }
    for (int leg = 0; leg < state.rules().legCount(slot); leg++) {
      if (kind == state.rules().kind(slot, leg)) {
        return leg;
      }
    }
    return -1;
  }
}
