package io.gavel.adapters.backtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.adapters.backtest.result.RunResult;
import io.gavel.adapters.backtest.run.Progress;
import io.gavel.adapters.backtest.run.RunException;
import io.gavel.adapters.backtest.scenario.ScenarioException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Goal: each preset does on the demo week what its page says, to the firing; a new version is a new file. */
class PresetsTest {

  private static final Path FOLDER =
      Path.of(System.getProperty("gavel.root"), "adapters/backtest/scenarios/presets");

  /** What fires, at which reference and level in cents, in order. */
  private static final Map<String, List<String>> EXPECTED = Map.of(
      "fixed-tp-sl.v1.yaml", List.of("exit TAKE_PROFIT 95000 95000"),
      "trailing.v1.yaml", List.of("trail TRAILING_STOP 104520 104670"),
      "ladder-exit.v1.yaml", List.of("rung-1 TAKE_PROFIT 90000 90000", "rung-2 TAKE_PROFIT 100000 100000",
          "rung-3 TAKE_PROFIT 110000 110000"),
      "atr-stop.v1.yaml", List.of("atr TRAILING_STOP 91112 91113"),
      "time-stop.v1.yaml", List.of("deadline AT_TIME 113199 0"),
      "twap-exit.v1.yaml", List.of("twap TAKE_PROFIT 100000 100000"));

  @Test
  void shouldFireAsExpectedOnTheDemoWeek() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      for (final Path file : files.sorted().toList()) {
        final RunResult run = Backtest.scenario(file).run(Progress.NONE).rows();
        final List<String> fired = run.triggers().stream().map(row -> row.clRuleId() + " " + row.kind() + " "
            + row.referenceTicks() + " " + row.levelTicks()).toList();
        assertEquals(EXPECTED.get(String.valueOf(file.getFileName())), fired, file.toString());
        assertTrue(run.header().name().startsWith("preset-"), run.header().name());
      }
    }
  }

  @Test
  void shouldSellInLegsFromTheTargetOn() {
    final RunResult run = Backtest.scenario(FOLDER.resolve("twap-exit.v1.yaml")).run(Progress.NONE).rows();

    final long step = 600_000_000_000L;
    final long fromNs = run.triggers().get(0).timeNs();
    final Map<Long, Long> lotsByLeg = new TreeMap<>();
    run.fills().forEach(fill -> lotsByLeg.merge((fill.timeNs() - fromNs) / step, fill.lots(), Long::sum));
    assertEquals("{0=500000, 1=5000000, 2=9450000, 3=9450000, 4=9450000, 5=9450000, 6=1937739, 7=10952453, 8=10952452,"
        + " 9=10952452, 10=10952452, 11=476058}", lotsByLeg.toString(), "what a leg could not sell the others share");
    assertEquals(89_523_606, run.rules().get(0).filledLots());
    assertEquals(12, run.orders().size());
  }

  @Test
  void shouldAskForBarsBeforeADistanceInTrueRangesIsWorkedOut() {
    final Path file = FOLDER.resolve("atr-stop.v1.yaml");

    final RunException early = assertThrows(RunException.class, () -> Backtest.scenario(file)
        .set("rules.atr.armAt", "2013-11-25T03:00:00Z").run(Progress.NONE));
    assertTrue(early.getMessage().contains("its distance needs 14"), early.getMessage());
    final ScenarioException two = assertThrows(ScenarioException.class, () -> Backtest.scenario(file)
        .set("rules.atr.callbackRatio", "0.1").read());
    assertTrue(two.getMessage().contains("another distance is said too"), two.getMessage());
  }
}
