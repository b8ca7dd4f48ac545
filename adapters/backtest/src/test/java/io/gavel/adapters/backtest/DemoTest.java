package io.gavel.adapters.backtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.adapters.backtest.result.RuleRow;
import io.gavel.adapters.backtest.result.RunResult;
import io.gavel.adapters.backtest.run.Progress;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.engine.Gavel;
import io.gavel.engine.GavelContext;
import io.gavel.engine.GavelEvents;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bundled week, played with a journal and without. */
class DemoTest {

  @TempDir
  private Path dir;

  @Test
  void shouldReachOneHashInMemoryOnDiskAndByReplay() throws Exception {
    final RunResult inMemory = Backtest.demo().run(Progress.NONE).rows();
    final BacktestResult onDisk = Backtest.demo().out(dir).run(Progress.NONE);

    assertEquals(inMemory.header().stateHash(), onDisk.stateHash());
    assertEquals(inMemory.header().eventHash(), onDisk.rows().header().eventHash());
    assertEquals(inMemory.fills(), onDisk.rows().fills());
    assertEquals(inMemory.events(), onDisk.rows().events());
    final long lastNs = onDisk.rows().header().toNs();
    try (Gavel engine = Gavel.launch(
        new GavelContext().dir(dir.resolve("journal")).clock(() -> lastNs), GavelEvents.NONE)) {
      assertEquals(onDisk.stateHash(), engine.stateHash());
      assertEquals(onDisk.rows().header().sequence(), engine.sequence());
    }
    for (final String file : List.of("report.html", "fills.csv", "fills.json", "events.csv", "rules.json")) {
      assertTrue(Files.size(dir.resolve(file)) > 0, file);
    }
    assertStory(inMemory);
    assertEquals(onDisk.stateHash(), Backtest.demo().out(dir).run(Progress.NONE).stateHash());
  }

  private static void assertStory(final RunResult result) {
    assertEquals(99_982, result.header().rows());
    assertEquals(18, result.header().skippedRows());
    assertEquals(0, result.header().ambiguousBars());
    assertEquals("460765e9515a7fbb0ed7c1aae784c659b64663c7e732330d82c2058e179504d8", result.header().dataHash());
    assertEquals(List.of(
        "tp-900 FINISHED 200000000", "tp-1000 FINISHED 200000000", "tp-1100 FINISHED 200000000",
        "trail-8 FINISHED 300000000", "oco FINISHED 200000000", "saturday FINISHED 100000000", "moon LIVE 0",
        "sl-780 FINISHED 200000000", "too-late REJECTED 0", "too-much REJECTED 0"),
        result.rules().stream().map(rule -> rule.clRuleId() + " " + rule.finalState() + " " + rule.filledLots())
            .toList());
    assertEquals(List.of(ReasonCode.ALREADY_CROSSED, ReasonCode.INSUFFICIENT_BALANCE),
        result.rejects().stream().map(row -> row.code()).toList());
    assertEquals(List.of("sl-780 STOP_LOSS", "tp-900 TAKE_PROFIT", "tp-1000 TAKE_PROFIT", "tp-1100 TAKE_PROFIT",
        "oco STOP_LOSS", "saturday AT_TIME", "trail-8 TRAILING_STOP"),
        result.triggers().stream().map(row -> row.clRuleId() + " " + row.kind()).toList());
    final RuleRow moon = result.rules().get(6);
    assertEquals(new RuleRow.NearestMiss(0, 1_385_782_579_000_000_000L,
        null == moon.nearestMiss() ? 0 : moon.nearestMiss().sequence(), 116_300, 120_000, 3_700), moon.nearestMiss());
    assertTrue(result.prices().size() > 1_000 && result.prices().size() < 4_100, "prices " + result.prices().size());
    assertTrue(result.equity().size() > 1_000 && result.equity().size() < 4_100, "equity " + result.equity().size());
  }
}
