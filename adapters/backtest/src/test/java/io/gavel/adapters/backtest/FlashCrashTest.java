package io.gavel.adapters.backtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.adapters.backtest.result.AccountRow;
import io.gavel.adapters.backtest.result.LiquidationRow;
import io.gavel.adapters.backtest.result.LiquidationRow.Stage;
import io.gavel.adapters.backtest.result.MarginPoint;
import io.gavel.adapters.backtest.result.RunResult;
import io.gavel.adapters.backtest.run.Progress;
import io.gavel.codecs.sbe.RuleState;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The bundled flash crash: who is liquidated and who is not, and that nobody is without a reason. */
class FlashCrashTest {

  private static final Path SCENARIO = Path.of("scenarios", "flash-crash.yaml");

  @Test
  void shouldLiquidateByStagesWhoFallsShortAndNobodyElse() {
    final RunResult result = Backtest.scenario(SCENARIO).run(Progress.NONE).rows();
    final List<LiquidationRow> steps = result.margin().liquidations();

    assertEquals(List.of("alice", "bob", "dave"), steps.stream().filter(step -> Stage.STARTED == step.stage())
        .map(LiquidationRow::account).distinct().sorted().toList());
    // Strictly below, at the step that begins it and at every one that takes something away in one blow.
    assertTrue(steps.stream().filter(step -> Stage.STARTED == step.stage())
        .allMatch(step -> step.equityUnits() < step.maintenanceUnits()));
    // The isolated one goes through the whole waterfall, and the fund pays what its margin did not cover.
    assertEquals(List.of(Stage.STARTED, Stage.REDUCING, Stage.PAUSED, Stage.REDUCING, Stage.PAUSED, Stage.TAKEN_OVER,
        Stage.INSURANCE, Stage.ENDED), steps.stream().filter(step -> "dave".equals(step.account()))
        .map(LiquidationRow::stage).toList());
    final long paid = steps.stream().filter(step -> Stage.INSURANCE == step.stage())
        .mapToLong(LiquidationRow::fundUnits).sum();
    assertTrue(paid < 0 && paid > -5_000_000_000L, "paid " + paid);
    // A stop of one's own comes first: erin holds what alice held, and is never short.
    assertEquals(RuleState.FINISHED, result.rules().get(0).finalState());
    assertTrue(account(result, "erin").endEquityUnits() > account(result, "alice").endEquityUnits());
    assertTrue(account(result, "carol").endEquityUnits() > account(result, "carol").startEquityUnits());
    // No account ends with less than nothing, and each step stays on the line of its account.
    assertTrue(result.accounts().stream().allMatch(row -> row.endEquityUnits() >= 0));
    assertTrue(steps.stream().filter(step -> Stage.STARTED == step.stage()).allMatch(step -> result.margin().accounts()
        .stream().filter(account -> account.account().equals(step.account())).flatMap(a -> a.points().stream())
        .map(MarginPoint::timeNs).anyMatch(timeNs -> timeNs == step.timeNs())));
  }

  private static AccountRow account(final RunResult result, final String name) {
    return result.accounts().stream().filter(row -> row.name().equals(name)).findFirst().orElseThrow();
  }
}
