package io.gavel.engine.core;

import static io.gavel.codecs.sbe.Side.BUY;
import static io.gavel.codecs.sbe.Side.SELL;
import static io.gavel.engine.core.Core.ALICE;
import static io.gavel.engine.core.Core.BOB;
import static io.gavel.engine.core.Core.BTC;
import static io.gavel.engine.core.Core.PAIR;
import static io.gavel.engine.core.Core.USD;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.codecs.sbe.AmendOrderEncoder;
import io.gavel.codecs.sbe.DepositEncoder;
import io.gavel.codecs.sbe.FeeAsset;
import io.gavel.codecs.sbe.Flag;
import io.gavel.codecs.sbe.HaltMode;
import io.gavel.codecs.sbe.HaltScope;
import io.gavel.codecs.sbe.OrdType;
import io.gavel.codecs.sbe.PlaceOrderEncoder;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.ReserveMode;
import io.gavel.codecs.sbe.RiskLimitKind;
import io.gavel.codecs.sbe.RuleKind;
import io.gavel.codecs.sbe.RuleState;
import io.gavel.codecs.sbe.Side;
import io.gavel.codecs.sbe.TimeInForce;
import io.gavel.engine.core.Core.RuleDraft;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The risk table, pauses, pacing and the kill switch through the whole core. */
class LimitFlowTest {

  private static final int COMMANDS = Integer.getInteger("gavel.coreCommands", 3_000);

  private final Core core = Core.spot();

  private static RuleDraft stop(final long lots, final int levelTicks) {
    return rule(SELL, lots, levelTicks, 0);
  }

  private static RuleDraft rule(final Side side, final long lots, final int levelTicks, final int childLimitTicks) {
    final RuleDraft draft = new RuleDraft();
    draft.side = side;
    draft.lots = lots;
    draft.legs.add(leg -> leg.levelTicks(levelTicks).trailRatioE8(0).trailSpreadTicks(0).activationTicks(0)
        .childLimitTicks(childLimitTicks).protectionBps(0).kind(RuleKind.STOP_LOSS).source(PriceSource.MARK));
    return draft;
  }

  private void trade(final long buyer, final long seller, final int priceTicks, final long lots) {
    assertEquals(ReasonCode.OK, core.limit(seller, SELL, priceTicks, lots));
    assertEquals(ReasonCode.OK, core.limit(buyer, BUY, priceTicks, lots));
  }

  private ReasonCode buyFor(final long account, final long quoteUnits) {
    return core.order(account, BUY, 0, 0, c -> c.ordType(OrdType.MARKET).timeInForce(TimeInForce.IOC)
        .quoteAmountUnits(quoteUnits));
  }

  private long lastRuleId() {
    int slot = core.machine.ruleTable().firstOf(0);
    while (core.machine.ruleTable().nextOf(slot) >= 0) {
      slot = core.machine.ruleTable().nextOf(slot);
    }
    return core.machine.rules().ruleId(slot);
  }

  private List<String> eventsOf(final String start) {
    return core.events.stream().filter(line -> line.startsWith(start)).toList();
  }

  @Test
  void shouldCountOpenOrdersRulesAndFillsAgainstThePosition() {
    core.limit(ALICE, BUY, 90, 4);
    assertEquals(ReasonCode.OK, core.riskLimit(5, RiskLimitKind.POSITION_LOTS, 10));

    assertEquals(ReasonCode.POSITION_ABOVE_MAX, core.limit(ALICE, BUY, 90, 7), "four were open before the row");
    assertEquals(ReasonCode.OK, core.arm(ALICE, rule(BUY, 3, 120, 130)));
    assertEquals(ReasonCode.POSITION_ABOVE_MAX, core.limit(ALICE, BUY, 90, 4), "a rule that buys has taken three");
    trade(ALICE, BOB, 100, 3);
    assertEquals(ReasonCode.POSITION_ABOVE_MAX, core.limit(ALICE, BUY, 90, 1));
    assertEquals(ReasonCode.OK, core.limit(ALICE, SELL, 110, 3), "what reduces is never asked");
    assertEquals(ReasonCode.POSITION_ABOVE_MAX, core.limit(ALICE, BUY, 90, 1), "and is not set off before it fills");
    assertEquals(ReasonCode.OK, core.limit(BOB, BUY, 110, 2));
    assertEquals(ReasonCode.OK, core.limit(ALICE, BUY, 90, 2));
    assertEquals(ReasonCode.POSITION_ABOVE_MAX, core.limit(ALICE, BUY, 90, 1));
  }

  @Test
  void shouldAskAboutAnAmendmentThatGrowsAndAboutNoOther() {
    core.riskLimit(5, RiskLimitKind.POSITION_LOTS, 10);
    core.limit(ALICE, BUY, 90, 8, "a");
    final long id = core.machine.idOf(ALICE, 'a', 0, 0, 0);

    assertEquals(ReasonCode.POSITION_ABOVE_MAX, core.amend(ALICE, id, 11, 0));
    assertEquals(ReasonCode.OK, core.amend(ALICE, id, 10, 95));
    core.riskLimit(5, RiskLimitKind.POSITION_LOTS, 2);
    assertEquals(ReasonCode.OK, core.amend(ALICE, id, 10, 94), "no larger than it was");
    assertEquals(ReasonCode.OK, core.amend(ALICE, id, 6, 0));
  }

  @Test
  void shouldBoundABuyByQuoteAmountByWhatTheBookCanGive() {
    core.riskLimit(5, RiskLimitKind.POSITION_LOTS, 10);
    core.limit(BOB, SELL, 100, 50);
    core.price(PriceSource.MARK, 1_000);

    assertEquals(ReasonCode.POSITION_ABOVE_MAX, buyFor(ALICE, 1_100));
    assertEquals(ReasonCode.OK, buyFor(ALICE, 1_099));
    assertEquals(10, core.machine.risk().positions().lots(ALICE, PAIR));
    assertEquals(ReasonCode.POSITION_ABOVE_MAX, buyFor(ALICE, 100));
  }

  @Test
  void shouldSwapTheWholeTableAtOneSequence() {
    core.riskLimit(1, RiskLimitKind.ORDER_LOTS, 5);
    assertEquals(ReasonCode.OK, core.riskLimit(0, 1, RiskLimitKind.ORDER_LOTS, 9, c -> c.staged(Flag.YES)));
    assertEquals(ReasonCode.OK, core.riskLimit(0, 2, RiskLimitKind.POSITION_LOTS, 8, c -> c.staged(Flag.YES)));
    assertEquals(ReasonCode.SIZE_ABOVE_MAX, core.limit(ALICE, BUY, 90, 6));
    core.restart();
    assertEquals(ReasonCode.SIZE_ABOVE_MAX, core.limit(ALICE, BUY, 90, 6));

    final long sequence = core.machine.sequence();
    assertEquals(ReasonCode.OK, core.riskLimit(64, RiskLimitKind.NONE, 0));

    assertEquals(ReasonCode.OK, core.limit(ALICE, BUY, 90, 6));
    assertEquals(sequence + 2, core.machine.sequence(), "from the very next command on");
    assertEquals(ReasonCode.POSITION_ABOVE_MAX, core.limit(ALICE, BUY, 90, 3));
  }

  @Test
  void shouldTakeNoNewRiskWhileExcludedButReduceCancelAndProtect() {
    core.at(1_000);
    core.limit(ALICE, BUY, 90, 5, "open");
    core.arm(ALICE, rule(BUY, 3, 120, 130));
    core.price(PriceSource.MARK, 1_000);
    core.take();

    assertEquals(ReasonCode.OUT_OF_RANGE, core.selfExclude(ALICE, 1_000));
    assertEquals(ReasonCode.OK, core.selfExclude(ALICE, 5_000));
    assertEquals(List.of("cooling SELF_EXCLUSION of 1/0 row=0 until 5000"), eventsOf("cooling"));
    assertEquals(ReasonCode.EXCLUSION_SHORTER, core.selfExclude(ALICE, 4_999));
    assertEquals(ReasonCode.OK, core.selfExclude(ALICE, 6_000));

    assertEquals(ReasonCode.COOLING_OFF, core.limit(ALICE, BUY, 90, 1));
    assertTrue(core.events.get(core.events.size() - 1).contains("6000"), "until when: " + core.tail());
    assertEquals(ReasonCode.COOLING_OFF, buyFor(ALICE, 1_000));
    assertEquals(ReasonCode.COOLING_OFF, core.arm(ALICE, rule(BUY, 3, 120, 130)));
    assertEquals(ReasonCode.COOLING_OFF, core.amend(ALICE, core.machine.idOf(ALICE, 0x6e65706f, 0, 0, 0), 5, 95));
    assertEquals(ReasonCode.OK, core.amend(ALICE, core.machine.idOf(ALICE, 0x6e65706f, 0, 0, 0), 4, 0));
    assertEquals(ReasonCode.OK, core.limit(ALICE, SELL, 130, 5));
    assertEquals(ReasonCode.OK, core.arm(ALICE, stop(5, 95)));
    assertEquals(ReasonCode.OK, core.cancel(ALICE, "open"));
    core.take();
    core.price(PriceSource.MARK, 1_200);
    assertEquals(1, eventsOf("refused").size() + eventsOf("child").size(), "an old rule that buys: " + core.tail());
    core.restart();
    core.at(5_999);
    assertEquals(ReasonCode.COOLING_OFF, core.limit(ALICE, BUY, 90, 1));
    core.at(6_000);
    assertEquals(ReasonCode.OK, core.limit(ALICE, BUY, 90, 1));
  }

  @Test
  void shouldCoolOffAfterStopsThatLose() {
    core.riskLimit(0, 2, RiskLimitKind.STOP_OUTS, 2, c -> c.windowNs(1_000).durationNs(5_000));
    core.at(100);
    trade(ALICE, BOB, 200, 20);
    core.price(PriceSource.MARK, 2_000);
    core.limit(BOB, BUY, 140, 5);
    core.limit(BOB, BUY, 135, 50);
    core.arm(ALICE, stop(8, 150));
    core.arm(ALICE, stop(4, 120));
    core.take();

    core.at(200).price(PriceSource.MARK, 1_450);
    assertEquals(List.of(), eventsOf("cooling"), "one stop, however many fills");
    core.at(300).price(PriceSource.MARK, 1_100);

    assertEquals(List.of("cooling STOP_OUTS of 1/0 row=2 until 5300"), eventsOf("cooling"));
    assertEquals(ReasonCode.COOLING_OFF, core.limit(ALICE, BUY, 90, 1));
    assertEquals(ReasonCode.OK, core.limit(BOB, BUY, 90, 1));
  }

  @Test
  void shouldCoolOffAfterALossAndNotAfterAProfit() {
    core.riskLimit(0, 2, RiskLimitKind.LOSS, 100, c -> c.assetId(USD).windowNs(1_000).durationNs(50));
    core.at(100);
    trade(ALICE, BOB, 200, 20);
    trade(BOB, ALICE, 300, 10);
    trade(BOB, ALICE, 190, 10);
    assertEquals(List.of(), eventsOf("cooling"), "a hundred is not over a hundred");
    trade(ALICE, BOB, 200, 1);
    core.take();
    trade(BOB, ALICE, 199, 1);
    assertEquals(List.of("cooling LOSS of 1/0 row=2 until 150"), eventsOf("cooling"));
  }

  @Test
  void shouldHoldWhatRulesSendWhileAutoSellIsHalted() {
    core.limit(BOB, BUY, 90, 50);
    core.arm(ALICE, stop(5, 95));
    assertEquals(ReasonCode.OK, core.halt(HaltScope.AUTO_SELL, 0, 0, true));
    core.price(PriceSource.MARK, 900);

    assertEquals(RuleState.HELD, state(0));
    assertEquals(ReasonCode.OK, core.limit(ALICE, SELL, 90, 1), "people go on");
    core.restart();
    assertEquals(ReasonCode.OK, core.halt(HaltScope.AUTO_SELL, 0, 0, false));
    assertEquals(6, 1_000_000 - core.free(ALICE, BTC));
  }

  private RuleState state(final int index) {
    int slot = core.machine.ruleTable().firstOf(0);
    for (int i = 0; i < index; i++) {
      slot = core.machine.ruleTable().nextOf(slot);
    }
    return core.machine.rules().state(slot);
  }

  @Test
  void shouldLetReductionsThroughWhereAHaltSaysSo() {
    core.limit(BOB, BUY, 90, 50);
    core.arm(ALICE, stop(5, 95));
    for (final HaltScope scope : new HaltScope[] {HaltScope.ENGINE, HaltScope.INSTRUMENT, HaltScope.ACCOUNT}) {
      final ReasonCode refusal = ReasonCode.valueOf("HALTED_" + scope);
      assertEquals(ReasonCode.OK, core.halt(scope, ALICE, PAIR, 0, true, HaltMode.REDUCE_ONLY));
      assertEquals(refusal, core.limit(ALICE, BUY, 80, 1), "the very next command");
      assertEquals(refusal, core.arm(ALICE, rule(BUY, 3, 120, 130)));
      assertEquals(ReasonCode.OK, core.limit(ALICE, SELL, 120, 1));
      assertEquals(ReasonCode.OK, core.arm(ALICE, stop(1, 80)));
      assertEquals(ReasonCode.OK, core.halt(scope, ALICE, PAIR, 0, true, HaltMode.FULL));
      assertEquals(refusal, core.limit(ALICE, SELL, 120, 1), "a full halt stays what it was");
      assertEquals(ReasonCode.OK, core.halt(scope, ALICE, PAIR, 0, false, HaltMode.FULL));
      assertEquals(ReasonCode.OK, core.limit(ALICE, BUY, 80, 1));
    }
    core.halt(HaltScope.ACCOUNT, ALICE, PAIR, 0, true, HaltMode.FULL);
    core.price(PriceSource.MARK, 940);
    assertEquals(RuleState.HELD, state(0));
    core.halt(HaltScope.ACCOUNT, ALICE, PAIR, 0, true, HaltMode.REDUCE_ONLY);
    assertEquals(45, core.machine.book(PAIR).fillableLots(SELL, 90, 99, io.gavel.codecs.sbe.StpMode.NONE, 99),
        "the held rule may sell now");
  }

  @Test
  void shouldHaltTheAccountsOfAGroup() {
    core.profile(ALICE, 0, 4, 0, 0);
    assertEquals(ReasonCode.OK, core.halt(HaltScope.GROUP, 0, 0, 4, true, HaltMode.REDUCE_ONLY));
    assertEquals(ReasonCode.HALTED_ACCOUNT, core.limit(ALICE, BUY, 80, 1));
    assertEquals(ReasonCode.OK, core.limit(ALICE, SELL, 120, 1));
    assertEquals(ReasonCode.OK, core.limit(BOB, BUY, 80, 1));
    core.halt(HaltScope.GROUP, 0, 0, 4, true, HaltMode.FULL);
    assertEquals(ReasonCode.HALTED_ACCOUNT, core.limit(ALICE, SELL, 120, 1));
    core.profile(ALICE, 0, 5, 0, 0);
    assertEquals(ReasonCode.OK, core.limit(ALICE, BUY, 80, 1));
  }

  @Test
  void shouldPauseAMarketWhoseMarkJumps() {
    core.riskLimit(0, 1, RiskLimitKind.VOLATILITY, 500, c -> c.instrumentId(PAIR).windowNs(1_000).durationNs(400));
    core.at(100).price(PriceSource.MARK, 1_000);
    core.take();
    core.at(200).price(PriceSource.MARK, 900);

    assertEquals(List.of("cooling VOLATILITY of 0/1 row=1 until 600"), eventsOf("cooling"));
    assertEquals(ReasonCode.VOLATILITY_HALT, core.limit(ALICE, BUY, 80, 1));
    assertEquals(ReasonCode.OK, core.limit(ALICE, SELL, 120, 1));
    core.restart();
    core.at(599);
    assertEquals(ReasonCode.VOLATILITY_HALT, core.limit(ALICE, BUY, 80, 1));
    core.at(600);
    assertEquals(ReasonCode.OK, core.limit(ALICE, BUY, 80, 1));
  }

  /** Twelve stops at one mark: three a slice, in the order in which they fired, none lost, none twice. */
  @Test
  void shouldCarryACascadeFromSliceToSlice() {
    core.riskLimit(0, 1, RiskLimitKind.CASCADE, 3, c -> c.instrumentId(PAIR).windowNs(100));
    core.limit(BOB, BUY, 90, 500);
    final List<Long> armed = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      core.arm(ALICE, stop(1 + i, 95));
      armed.add(lastRuleId());
    }
    core.take();
    core.at(1_000).price(PriceSource.MARK, 940);

    assertEquals(9, eventsOf("rule").stream().filter(line -> line.contains("CASCADE_CARRIED")).count());
    final List<Long> sent = new ArrayList<>(sentRules());
    assertEquals(armed.subList(0, 3), sent);
    assertEquals(1_100, core.machine.nextDeadlineNs());
    core.cancelRule(ALICE, armed.get(4));
    core.restart();
    for (long timeNs = 1_100; timeNs <= 1_300; timeNs += 100) {
      core.take();
      core.at(timeNs).time(timeNs);
      sent.addAll(sentRules());
      core.restart();
    }

    final List<Long> expected = new ArrayList<>(armed);
    expected.remove(4);
    assertEquals(expected, sent);
    assertEquals(Long.MAX_VALUE, core.machine.nextDeadlineNs());
    assertEquals(78 - 5, 1_000_000 - core.free(ALICE, BTC));
  }

  private List<Long> sentRules() {
    return eventsOf("rule").stream().filter(line -> line.contains("CHILD_SENT"))
        .map(line -> Long.valueOf(line.replaceAll("^\\D*(\\d+).*$", "$1"))).toList();
  }

  /** Rows, pauses, slices and halts come and go; who restarts every so often tells the same. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void shouldComeToTheSameStateByEveryWayUnderLimits(final long seed) {
    System.out.println("limit traffic seed " + seed);
    final FeeAsset feeAsset = 0 == seed % 2 ? FeeAsset.QUOTE : FeeAsset.BASE;
    final CoreConfig config = Core.small().withActivationDelayNs(0 == seed % 3 ? 120 : 0);
    final Core plain = Core.spot(config, 50_000, 100_000, feeAsset);
    final Core restarted = Core.spot(config, 50_000, 100_000, feeAsset);
    final LimitTraffic first = new LimitTraffic(seed);
    final LimitTraffic second = new LimitTraffic(seed);
    final Map<ReasonCode, Integer> codes = new EnumMap<>(ReasonCode.class);
    int carried = 0;

    for (int i = 0; i < COMMANDS; i++) {
      final List<String> before = i % 16 == 0 ? plain.state() : List.of();
      final long deadlineNs = plain.machine.nextDeadlineNs();
      final ReasonCode code = first.next(plain);
      codes.merge(code, 1, Integer::sum);
      if (!before.isEmpty() && ReasonCode.OK != code && deadlineNs > plain.timeNs()) {
        assertEquals(before, plain.state(), "a refusal changed the state: " + code);
      }
      if (i % 61 == 0) {
        restarted.restart();
      }
      assertEquals(code, second.next(restarted), "command " + i);
      carried += (int) plain.events.stream().filter(line -> line.contains("CASCADE_CARRIED")).count();
      assertEquals(plain.take(), restarted.take(), "command " + i);
    }

    assertEquals(plain.state(), restarted.state());
    assertEquals(plain.controlState(), restarted.controlState());
    System.out.println("carried " + carried + ", " + codes);
    assertTrue(codes.containsKey(ReasonCode.COOLING_OFF),
        "the traffic met few limits: " + codes);
  }

  @Test
  void shouldTakeAsManyTokensAsACommandCosts() {
    core.at(1_000_000_000L).accountLimits(ALICE, l -> l.ratePerSecond(3).rateBurst(6));
    core.riskLimit(0, 1, RiskLimitKind.COMMAND_COST, 4, c -> c.commandTemplateId(PlaceOrderEncoder.TEMPLATE_ID));
    core.riskLimit(0, 2, RiskLimitKind.COMMAND_COST, 2, c -> c.commandTemplateId(AmendOrderEncoder.TEMPLATE_ID));

    assertEquals(ReasonCode.OK, core.limit(ALICE, BUY, 90, 8, "a"));
    final long id = core.machine.idOf(ALICE, 'a', 0, 0, 0);
    assertEquals(ReasonCode.RATE_LIMITED, core.limit(ALICE, BUY, 90, 8));
    assertEquals(ReasonCode.OK, core.amend(ALICE, id, 9, 0));
    assertEquals(ReasonCode.RATE_LIMITED, core.amend(ALICE, id, 10, 0));
    // Six tokens are gone: a third of a second a token, and four of them take 1,333,333,333 and a third.
    core.at(2_333_333_333L);
    assertEquals(ReasonCode.RATE_LIMITED, core.limit(ALICE, BUY, 90, 8));
    core.at(2_333_333_334L);
    assertEquals(ReasonCode.OK, core.limit(ALICE, BUY, 90, 8));
    core.at(3_666_666_666L);
    assertEquals(ReasonCode.RATE_LIMITED, core.limit(ALICE, BUY, 90, 8));
    core.at(3_666_666_667L);
    assertEquals(ReasonCode.OK, core.limit(ALICE, BUY, 90, 8), "thirds of a nanosecond are not lost");
    core.at(5_000_000_000L);
    assertEquals(ReasonCode.OK, core.limit(ALICE, BUY, 90, 8), "twelve tokens in four seconds, to the nanosecond");
    assertEquals(ReasonCode.LIMITS_INVALID, core.riskLimit(0, 1, RiskLimitKind.COMMAND_COST, 4,
        c -> c.commandTemplateId(io.gavel.codecs.sbe.CancelOrderEncoder.TEMPLATE_ID)), "cancels are free");
  }

  @Test
  void shouldLeaveTheStateAsItWasWithoutLimits() {
    final List<String> names = core.state();
    core.riskLimit(1, RiskLimitKind.POSITION_LOTS, 10);
    core.riskLimit(1, RiskLimitKind.NONE, 0);
    core.send(new DepositEncoder(), ALICE, c -> c.assetId(BTC).amountUnits(0));
    assertEquals(ReserveMode.RESERVE, new RuleDraft().reserveMode);
    assertEquals(names, core.state());
  }
}
