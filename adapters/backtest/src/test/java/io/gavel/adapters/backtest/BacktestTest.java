package io.gavel.adapters.backtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.adapters.backtest.result.FillRow;
import io.gavel.adapters.backtest.result.RuleRow;
import io.gavel.adapters.backtest.result.RunResult;
import io.gavel.adapters.backtest.run.Progress;
import io.gavel.adapters.backtest.run.RunException;
import io.gavel.adapters.backtest.scenario.ScenarioException;
import io.gavel.adapters.backtest.tape.TapeException;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.RuleState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Small scenarios, worked out by hand: one account of ten base units, a fee of 1 % for takers, ticks and lots of 1. */
class BacktestTest {

  private static final String HEAD = """
      name: small
      data: { %s }
      instrument: { instId: BTC-USD, tickSz: 1, lotSz: 1, baseScale: 0, quoteScale: 2, takerFee: 0.01 }
      accounts: [ { name: alice, deposits: { BTC: 10, USD: 1000 }, basisPx: 90 } ]
      """;

  @TempDir
  private Path dir;

  private final List<String> lines = new ArrayList<>();

  @BeforeEach
  void clear() {
    lines.clear();
  }

  @Test
  void shouldSellWhatATakeProfitAsksForWhenThePriceIsReached() throws IOException {
    trades("10,100,50", "11,119,50", "12,120,50", "13,110,50");
    rule("tp", "conditional, tpTriggerPx: 120, sz: 4");

    final RunResult result = run("trades: t.csv");

    assertEquals(List.of("12 sell 4 at 120 fee 480 TAKER slippage 0"), fills(result));
    assertEquals(List.of("tp FINISHED filled 4: OK TRIGGER_CROSSED CHILD_SENT CHILD_FILLED"), rules(result));
    assertEquals(List.of(
        "equity 200000 drawdown 0", "equity 219000 drawdown 0", "equity 219520 drawdown 0",
        "equity 213520 drawdown 273"), result.equity().stream()
        .map(point -> "equity " + point.equityUnits() + " drawdown " + point.drawdownBps()).toList());
    assertEquals(4, result.header().rows());
    assertEquals(12_000, result.accounts().get(0).realisedUnits());
    assertEquals(480, result.accounts().get(0).feeUnits());
    assertEquals(List.of(100, 119, 120, 110), result.prices().stream().map(point -> point.priceTicks()).toList());
  }

  @Test
  void shouldFollowInSteps() throws IOException {
    trades("10,100,50", "11,104,50", "12,99,50", "13,95,50");
    rule("step", "move_order_stop, sz: 4, callbackSpread: 5, callbackStep: 6, priority: 1");

    final RunResult result = run("trades: t.csv");

    assertEquals(List.of("13 sell 4 at 95 fee 380 TAKER slippage 0"), fills(result), "104 is too little to follow");
  }

  @Test
  void shouldSellWhenTheWholeConditionIsTrue() throws IOException {
    trades("10,100,50", "11,95,50", "12,121,50", "13,96,50", "14,95,50");
    rule("when", "conditional, sz: 4, "
        + "when: { then: [{ price: last, crossesUp: 120 }, { price: last, atOrBelow: 95 }], within: PT5S }");

    final RunResult result = run("trades: t.csv");

    assertEquals(List.of("14 sell 4 at 95 fee 380 TAKER slippage 0"), fills(result));
    assertEquals(List.of("when FINISHED filled 4: OK TRIGGER_CONDITION CHILD_SENT CHILD_FILLED"), rules(result));
  }

  @Test
  void shouldFillOverSeveralPrintsWithShareAndSlippage() throws IOException {
    trades("10,100,50", "12,120,3", "13,118,3", "14,117,50");
    rule("tp", "conditional, tpTriggerPx: 120, sz: 4");
    lines.add("venue: { share: 0.5, slippageTicks: 2 }");

    assertEquals(List.of(
        "12 sell 1 at 118 fee 118 TAKER slippage 16667",
        "13 sell 1 at 116 fee 116 TAKER slippage 33334",
        "14 sell 2 at 115 fee 230 TAKER slippage 41667"), fills(run("trades: t.csv")));
  }

  @Test
  void shouldSendTheOrderOfAFiredRuleAfterTheActivationDelay() throws IOException {
    trades("10,100,50", "12,120,50", "13,117,50", "14,110,50");
    rule("tp", "conditional, tpTriggerPx: 120, sz: 4");

    assertEquals(List.of("13.5 sell 4 at 117 fee 468 TAKER slippage 25000"),
        fills(run("trades: t.csv", "venue.activationDelayMs=1500")));
    assertEquals(List.of("12.9 sell 4 at 120 fee 480 TAKER slippage 0"),
        fills(run("trades: t.csv", "venue.activationDelayMs=999")));
  }

  @Test
  void shouldArmBeforeTheFirstRowAtOrAfterTheTimeAskedFor() throws IOException {
    trades("10,100,50", "12,120,50", "13,120,50", "20,125,50");
    rule("late", "conditional, tpTriggerPx: 125, sz: 1, armAt: 13");
    rule("crossed", "conditional, tpTriggerPx: 110, sz: 1, armAt: 12.5");
    rule("edge", "conditional, tpTriggerPx: 120, sz: 1, armAt: 12");
    rule("after", "conditional, tpTriggerPx: 200, sz: 1, armAt: 30");

    final RunResult result = run("trades: t.csv");

    assertEquals(List.of("late FINISHED filled 1: OK TRIGGER_CROSSED CHILD_SENT CHILD_FILLED",
        "crossed REJECTED filled 0: ALREADY_CROSSED",
        "edge FINISHED filled 1: OK TRIGGER_CROSSED CHILD_SENT CHILD_FILLED",
        "after LIVE filled 0: OK"), rules(result));
    assertEquals(List.of(13L, 12L, 12L, 30L),
        result.rules().stream().map(rule -> rule.steps().get(0).timeNs() / 1_000_000_000L).toList());
    assertEquals(List.of("ArmRule crossed ALREADY_CROSSED x1"), result.rejects().stream()
        .map(row -> row.command() + " " + row.subject() + " " + row.code() + " x" + row.count()).toList());
  }

  @Test
  void shouldFollowATrailingStopAndRecordItsLevelOnlyWhenItChanges() throws IOException {
    trades("10,100,50", "11,110,50", "12,105,50", "13,120,50", "14,120,50", "15,109,50", "16,108,50");
    rule("ts", "move_order_stop, callbackSpread: 12, activePx: 110, sz: 2");

    final RunResult result = run("trades: t.csv");

    assertEquals(List.of("11 98", "13 108", "16 0"), result.trail().stream()
        .map(step -> step.timeNs() / 1_000_000_000L + " " + step.levelTicks()).toList());
    assertEquals(List.of("16 sell 2 at 108 fee 216 TAKER slippage 0"), fills(result));
    assertEquals(108, result.rules().get(0).legs().get(0).levelTicks());
    assertEquals(120, result.triggers().get(0).extremumTicks());
  }

  @Test
  void shouldTellTheNearestMissOfARuleThatNeverFired() throws IOException {
    trades("10,100,50", "11,118,50", "12,90,50", "13,118,50");
    rule("tp", "conditional, tpTriggerPx: 120, sz: 2");
    rule("sl", "conditional, slTriggerPx: 85, sz: 2");

    final RunResult result = run("trades: t.csv");

    assertEquals(List.of(), fills(result));
    assertEquals(List.of("tp 118 of 120 missing 2 at 11", "sl 90 of 85 missing 5 at 12"), result.rules().stream()
        .map(rule -> rule.clRuleId() + " " + miss(rule)).toList());
  }

  @Test
  void shouldPlaceOrdersBeforeRulesAndFillARestingOneAsMaker() throws IOException {
    trades("10,100,50", "11,94,3", "12,93,50");
    lines.add("orders: [ { clOrdId: o1, side: buy, ordType: limit, px: 95, sz: 5 },");
    lines.add("  { clOrdId: o2, side: sell, ordType: market, sz: 1, at: 11 } ]");

    final RunResult result = run("trades: t.csv");

    assertEquals(List.of("11 sell 1 at 100 fee 100 TAKER slippage none", "11 buy 3 at 95 fee 0 MAKER slippage none",
        "12 buy 2 at 95 fee 0 MAKER slippage none"), fills(result));
    assertEquals(List.of("o1 5 of 5 FILLED", "o2 1 of 1 FILLED"), result.orders().stream()
        .map(order -> order.clOrdId() + " " + order.filledLots() + " of " + order.quantityLots() + " "
            + order.closeReason()).toList());
  }

  @Test
  void shouldTakeTheStopFirstWhenABarSpansBothLegsAndCountTheBar() throws IOException {
    bars("60,100,100,100,100,40", "120,100,125,75,100,40", "180,100,100,100,100,40");
    rule("oco", "oco, tpTriggerPx: 120, slTriggerPx: 80, sz: 4");

    final RunResult pessimistic = run("klines: k.csv");
    final RunResult hopeful = run("klines: k.csv, path: OHLC");

    assertEquals(List.of("140 sell 4 at 75 fee 300 TAKER slippage 0"), fills(pessimistic));
    assertEquals(List.of("140 sell 4 at 125 fee 500 TAKER slippage 0"), fills(hopeful));
    assertEquals(1, pessimistic.header().ambiguousBars());
    assertEquals(1, hopeful.header().ambiguousBars());
  }

  @Test
  void shouldMeetAGapAtTheOpen() throws IOException {
    bars("60,100,100,100,100,40", "120,70,110,60,100,40");
    rule("sl", "conditional, slTriggerPx: 80, sz: 4");

    assertEquals(List.of("120 sell 4 at 70 fee 280 TAKER slippage 0"), fills(run("klines: k.csv")));
  }

  @Test
  void shouldGiveBarsTheOutcomeOfTheTradesTheyStandFor() throws IOException {
    final StringBuilder bars = new StringBuilder();
    final List<String> prints = new ArrayList<>();
    final java.util.Random random = new java.util.Random(5);
    int price = 1_000;
    for (int i = 1; i <= 300; i++) {
      final int open = price;
      final int close = Math.max(100, open + random.nextInt(41) - 20);
      final int high = Math.max(open, close) + random.nextInt(10);
      final int low = Math.min(open, close) - random.nextInt(10);
      bars.append(i * 60).append(',').append(open).append(',').append(high).append(',').append(low).append(',')
          .append(close).append(",40\n");
      prints.add(i * 60 + "," + open + ",10");
      prints.add(i * 60 + 20 + "," + low + ",10");
      prints.add(i * 60 + 40 + "," + high + ",10");
      prints.add(i * 60 + 59 + ".999999999," + close + ",10");
      price = close;
    }
    Files.writeString(dir.resolve("k.csv"), bars);
    trades(prints.toArray(new String[0]));
    rule("oco", "oco, tpTriggerPx: 1040, slTriggerPx: 960, sz: 4");
    rule("ts", "move_order_stop, callbackRatio: 0.03, sz: 3");

    final RunResult fromBars = run("klines: k.csv");
    final RunResult fromTrades = run("trades: t.csv");

    assertEquals(2, fromBars.fills().size());
    assertEquals(fills(fromTrades), fills(fromBars));
    assertEquals(fromTrades.header().stateHash(), fromBars.header().stateHash());
    assertEquals(fromTrades.header().eventHash(), fromBars.header().eventHash());
  }

  @Test
  void shouldLoopTheTapeAndTellProgress() throws IOException {
    final List<String> rows = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      rows.add(i + "," + (100 + i % 7) + ",50");
    }
    trades(rows.toArray(new String[0]));
    final List<Long> told = new ArrayList<>();

    final BacktestResult result = backtest("trades: t.csv", "venue.loop=2").run((done, expected) -> {
      assertTrue(expected >= done);
      told.add(done);
    });

    assertEquals(10_000, result.rows().header().rows());
    assertEquals(10_000L, told.get(told.size() - 1));
    assertEquals((4_999L + 5_000) * 1_000_000_000L, result.rows().header().toNs());
  }

  @Test
  void shouldNameTheRowThatEndsARun() throws IOException {
    trades("10,100,50", "11,100.5,50");

    assertEquals("t.csv line 2 column price: '100.5' is not a whole number of ticks of 1",
        assertThrows(TapeException.class, () -> run("trades: t.csv")).getMessage());
    Files.writeString(dir.resolve("t.csv"), "timestamp,price,amount\n");
    assertEquals("the tape has no rows", assertThrows(RunException.class, () -> run("trades: t.csv")).getMessage());
    assertThrows(ScenarioException.class, () -> run("trades: nowhere.csv"));
  }

  @Test
  void shouldRefuseToReplaceWhatNoBacktestWrote() throws IOException {
    trades("10,100,50", "11,100,50");
    final Path out = dir.resolve("out");
    Files.createDirectories(out.resolve("journal"));
    Files.writeString(out.resolve("journal/precious"), "x");

    assertTrue(assertThrows(RunException.class, () -> backtest("trades: t.csv").out(out).run(Progress.NONE))
        .getMessage().contains("holds a journal that no backtest wrote"));
    assertTrue(Files.exists(out.resolve("journal/precious")));
  }

  @Test
  void shouldTellApartWhatDiffers() throws IOException {
    trades("10,100,50", "12,120,50", "13,110,50");
    rule("tp", "conditional, tpTriggerPx: 120, sz: 4");

    final RunResult one = run("trades: t.csv");
    final RunResult same = run("trades: t.csv");
    final RunResult other = run("trades: t.csv", "rules.tp.sz=3");

    assertEquals(one.header().stateHash(), same.header().stateHash());
    assertEquals(one.header().configHash(), same.header().configHash());
    assertNotEquals(one.header().stateHash(), other.header().stateHash());
    assertNotEquals(one.header().configHash(), other.header().configHash());
    assertEquals(one.header().dataHash(), other.header().dataHash());
  }

  private RunResult run(final String data, final String... overrides) throws IOException {
    return backtest(data, overrides).run(Progress.NONE).rows();
  }

  private Backtest backtest(final String data, final String... overrides) throws IOException {
    final List<String> rules = lines.stream().filter(line -> line.startsWith("  - ")).toList();
    final String rest = lines.stream().filter(line -> !line.startsWith("  - ")).collect(Collectors.joining("\n"));
    Files.writeString(dir.resolve("s.yaml"), HEAD.formatted(data) + rest + "\n"
        + (rules.isEmpty() ? "" : "rules:\n" + String.join("\n", rules) + "\n"));
    final Backtest backtest = Backtest.scenario(dir.resolve("s.yaml"));
    for (final String override : overrides) {
      backtest.override(override);
    }
    return backtest;
  }

  private void trades(final String... rows) throws IOException {
    Files.writeString(dir.resolve("t.csv"), String.join("\n", rows) + "\n");
  }

  private void bars(final String... rows) throws IOException {
    Files.writeString(dir.resolve("k.csv"), String.join("\n", rows) + "\n");
  }

  private void rule(final String id, final String fields) {
    lines.add("  - { algoClOrdId: " + id + ", side: sell, triggerPxType: last, ordType: " + fields + " }");
  }

  private static List<String> fills(final RunResult result) {
    final List<String> texts = new ArrayList<>();
    for (final FillRow fill : result.fills()) {
      final long tenths = fill.timeNs() / 100_000_000L;
      texts.add(tenths / 10 + (0 == tenths % 10 ? "" : "." + tenths % 10) + " "
          + fill.side().name().toLowerCase(java.util.Locale.ROOT) + " " + fill.lots() + " at " + fill.priceTicks()
          + " fee " + fill.feeUnits() + " " + fill.liquidity() + " slippage "
          + (FillRow.NO_SLIPPAGE == fill.slippageBpsE2() ? "none" : fill.slippageBpsE2()));
    }
    return texts;
  }

  private static List<String> rules(final RunResult result) {
    return result.rules().stream().map(rule -> rule.clRuleId() + " " + rule.finalState() + " filled "
        + rule.filledLots() + ": " + rule.steps().stream().map(RuleRow.Step::reason).map(ReasonCode::name)
        .collect(Collectors.joining(" "))).toList();
  }

  private static String miss(final RuleRow rule) {
    final RuleRow.NearestMiss miss = rule.nearestMiss();
    assertEquals(RuleState.LIVE, rule.finalState());
    return null == miss ? "none" : miss.priceTicks() + " of " + miss.levelTicks() + " missing " + miss.missingTicks()
        + " at " + miss.timeNs() / 1_000_000_000L;
  }
}
