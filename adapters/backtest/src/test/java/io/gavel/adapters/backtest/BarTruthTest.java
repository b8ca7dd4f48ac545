package io.gavel.adapters.backtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.adapters.backtest.result.RunResult;
import io.gavel.adapters.backtest.run.Progress;
import io.gavel.adapters.backtest.study.BarTruth;
import io.gavel.adapters.backtest.tape.IntrabarPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Goal: the table of the README, bar by bar, and bars that say what they cannot know. */
class BarTruthTest {

  private static final String SCENARIO = """
      name: bars
      data: { %s, path: %s }
      instrument: { instId: BTC-USD, tickSz: 0.01, lotSz: 0.001, baseScale: 8, quoteScale: 6 }
      accounts:
        - { name: alice, deposits: { BTC: 10 } }
      rules:
        - { algoClOrdId: exit, side: sell, ordType: oco, tpTriggerPx: 105, slTriggerPx: 95, triggerPxType: last,
            sz: 0.1 }
      """;

  @TempDir
  private Path dir;

  /** The rule is armed at 100, in the bar before; what happens in the bar itself is all that fires it. */
  @ParameterizedTest
  @CsvSource({
      "90,92,88,91, PESSIMISTIC, STOP_LOSS, 90, 0", "90,92,88,91, OHLC, STOP_LOSS, 90, 0",
      "110,112,94,108, PESSIMISTIC, TAKE_PROFIT, 110, 1", "110,112,94,108, OLHC, TAKE_PROFIT, 110, 1",
      "100,106,94,101, PESSIMISTIC, STOP_LOSS, 94, 1", "100,106,94,101, OLHC, STOP_LOSS, 94, 1",
      "100,106,94,101, OHLC, TAKE_PROFIT, 106, 1",
      "100,106,97,101, PESSIMISTIC, TAKE_PROFIT, 106, 0", "100,104,94,101, OHLC, STOP_LOSS, 94, 0",
      "100,105,96,100, PESSIMISTIC, TAKE_PROFIT, 105, 0"})
  void shouldExitABarAsTheTableSays(final String open, final String high, final String low, final String close,
      final IntrabarPath path, final String leg, final String exit, final int ambiguous) throws IOException {
    Files.writeString(dir.resolve("bars.csv"), "60,100,100,100,100,100\n120," + open + ',' + high + ',' + low + ','
        + close + ",100\n");
    final Path file = Files.writeString(dir.resolve("s.yaml"), SCENARIO.formatted("klines: bars.csv", path));

    final RunResult run = Backtest.scenario(file).run(Progress.NONE).rows();

    // One quantity, two exits: never both, whatever the bar holds.
    assertEquals(1, run.triggers().size());
    assertEquals(leg, run.triggers().get(0).kind().name());
    assertEquals(exit + " 100", run.fills().stream().map(fill -> run.header().instrument().price(fill.priceTicks())
        .replaceAll("\\.00$", "") + " " + fill.lots()).collect(Collectors.joining(",")));
    assertEquals(ambiguous, run.header().ambiguousBars());
  }

  @Test
  void shouldSayHowFarBarsAreFromTheTradesTheyWereBuiltOf() throws IOException {
    // The stop is met to the cent at 95 and the target would be met later in the same minute.
    Files.writeString(dir.resolve("tape.csv"), "60,100,9\n125,100,9\n130,95,9\n140,94,9\n150,106,9\n200,101,9\n");
    final Path file = Files.writeString(dir.resolve("s.yaml"), SCENARIO.formatted("trades: tape.csv", "PESSIMISTIC"));

    final BarTruth.Result result = BarTruth.of(Backtest.scenario(file).read(), TimeUnit.MINUTES.toNanos(1));

    assertEquals(3, result.bars());
    // Sold at 95 on trades; at 94, the low, on the pessimistic path: 1.0527 % worse; at 106 if the high comes first.
    assertEquals("PESSIMISTIC -10527 false,OHLC 115789 true,OLHC -10527 false", result.rows().stream()
        .map(row -> row.path() + " " + row.differenceBpsE2() + " " + row.isOtherOutcome())
        .collect(Collectors.joining(",")));
  }

  @Test
  void shouldSayItOfTheDemoWeek() {
    final BarTruth.Result result = BarTruth.of(Backtest.demo().read(), TimeUnit.HOURS.toNanos(1));

    assertTrue(result.bars() > 100, "bars " + result.bars());
    assertEquals(30, result.rows().size());
  }
}
