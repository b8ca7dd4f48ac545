package io.gavel.adapters.backtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.adapters.backtest.result.EventRow;
import io.gavel.adapters.backtest.result.RunResult;
import io.gavel.adapters.backtest.run.Progress;
import io.gavel.adapters.backtest.scenario.ScenarioException;
import io.gavel.codecs.ReasonTexts;
import io.gavel.codecs.sbe.RuleState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules of a scenario whose orders are worked over time: a print of 50 at 100 each second for a minute. */
class WorkedRunTest {

  @TempDir
  private Path dir;

  @Test
  void shouldSellInEqualLegsOverTime() throws IOException {
    final BacktestResult result = run("sz: 6, action: twap, durationSec: 30, intervalSec: 10");
    final RunResult rows = result.rows();

    assertEquals(List.of("2 at 100", "2 at 100", "2 at 100"), rows.fills().stream()
        .map(fill -> fill.lots() + " at " + fill.priceTicks()).toList());
    assertEquals(6, rows.rules().get(0).filledLots());
    assertEquals(RuleState.FINISHED, rows.rules().get(0).finalState());
    final List<EventRow> steps = rows.events().stream().filter(row -> "AlgoStep".equals(row.event())).toList();
    assertTrue(steps.get(0).detail().startsWith("action=TWAP step=0 what=PLACE why=SCHEDULED filled=0 open=2 total=6"),
        steps.get(0).detail());
    assertTrue(steps.get(steps.size() - 1).detail().contains("what=FINISH why=FILLED filled=6"), steps.toString());
    assertEquals(rows.rules().get(0).ruleId(), steps.get(0).ruleId());
    assertTrue(result.text(ReasonTexts.Language.EN, false).contains("twap"), "the console says how it was worked");
    assertTrue(result.text(ReasonTexts.Language.ZH, false).contains("twap"));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "sz: 6, action: vwap, durationSec: 30, curve: [3, 2, 1]|6|3 2 1",
    "sz: 6, action: vwap, durationSec: 30, curve: [1, 1], participation: 0.1, forecastSz: 1000|6|3 3",
    "sz: 6, tpOrdPx: 100, action: iceberg, displaySz: 2|6|2 2 2",
    "sz: 6, action: scale, firstPx: 100, lastPx: 100, orderCount: 2|-|scale needs a range",
    "sz: 6, action: scale, firstPx: 100, lastPx: 102, orderCount: 3|2|2",
    "sz: 6, action: ladder, durationSec: 30, stepSec: 5, widerBps: 200|6|6",
    "sz: 6, action: chase, intervalSec: 1|0|-",
    "sz: 6, reviewSec: 5|6|6",
    "sz: 6, reviewSec: 5, reviewDefault: cancel|0|-",
    "sz: 6, action: twap, durationSec: 20, intervalSec: 10, reviewSec: 5|6|3 3"})
  void shouldWorkAnOrderInEveryWayThereIs(final String words, final String filled, final String fills)
      throws IOException {
    final RunResult rows = run(words).rows();

    if ("-".equals(filled)) {
      assertEquals(RuleState.REJECTED, rows.rules().get(0).finalState(), fills);
      return;
    }
    assertEquals(Long.parseLong(filled), rows.rules().get(0).filledLots(), rows.events().toString());
    // A chase of a price that stands still rests above it to the end.
    assertEquals("-".equals(fills) ? "" : fills, String.join(" ", rows.fills().stream()
        .map(fill -> String.valueOf(fill.lots())).toList()));
  }

  @Test
  void shouldTakeAShareOfWhatTheMarketTrades() throws IOException {
    final RunResult rows = run("sz: 6, action: pov, durationSec: 40, intervalSec: 10, participation: 0.01").rows();

    assertTrue(rows.rules().get(0).filledLots() > 0, rows.events().toString());
    assertTrue(rows.events().stream().anyMatch(row -> row.detail().startsWith("action=POV")));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "sz: 6, action: twap, durationSec: 30|rules[0].intervalSec: missing; 'twap' needs durationSec, intervalSec",
    "sz: 6, action: twap, durationSec: 30, intervalSec: 60|intervalSec: '60' is longer than durationSec",
    "sz: 6, action: twap, durationSec: 30, intervalSec: 5, displaySz: 2|displaySz: 'twap' does not read it; it reads"
        + " durationSec, intervalSec, collar, depthShare, tolerance, end",
    "sz: 6, durationSec: 30|durationSec: means nothing without an action that reads it",
    "sz: 6, action: iceberg, displaySz: 2|tpOrdPx: missing; 'iceberg' rests at a limit, and the market has none",
    "sz: 6, action: vwap, durationSec: 30, curve: [0, 0]|curve: has no weight above 0",
    "sz: 6, action: vwap, durationSec: 30, curve: [1, x]|curve[1]: 'x' is not a whole number such as 5",
    "sz: 6, action: vwap, durationSec: 30, curve: [1], participation: 0.1|forecastSz: missing; participation is",
    "sz: 6, action: ladder, durationSec: 10, stepSec: 5, widerBps: 9|stepSec: '5' twice leaves nothing of",
    "sz: 6, action: chase, intervalSec: 1, end: finish|durationSec: missing; end says what happens when it is over",
    "sz: 6, action: pov, durationSec: 9, intervalSec: 1, participation: 1.5|participation: '1.5' is not from",
    "sz: 6, action: twop|action: 'twop' is not one of order, twap",
    "sz: 6, reviewDefault: cancel|reviewDefault: means nothing without reviewSec"})
  void shouldTeachWhatAnActionNeeds(final String words, final String message) {
    final ScenarioException e = assertThrows(ScenarioException.class, () -> run(words));

    assertTrue(e.getMessage().contains(message), e.getMessage());
  }

  private BacktestResult run(final String words) throws IOException {
    final StringBuilder trades = new StringBuilder("timestamp,price,amount\n");
    for (int second = 0; second < 60; second++) {
      trades.append(10 + second).append(",100,50\n");
    }
    Files.writeString(dir.resolve("t.csv"), trades);
    Files.writeString(dir.resolve("s.yaml"), """
        name: worked
        data: { trades: t.csv }
        instrument: { instId: BTC-USD, tickSz: 1, lotSz: 1, baseScale: 0, quoteScale: 2, takerFee: 0.01 }
        accounts: [ { name: alice, deposits: { BTC: 10, USD: 1000 }, basisPx: 90 } ]
        rules:
          - { algoClOrdId: w, side: sell, ordType: conditional, tpTriggerPx: 100, triggerPxType: last, %s,
              armPolicy: fire, armAt: 12 }
        """.formatted(words));
    return Backtest.scenario(dir.resolve("s.yaml")).run(Progress.NONE);
  }
}
