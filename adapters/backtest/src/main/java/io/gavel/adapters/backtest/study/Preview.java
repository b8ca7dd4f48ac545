package io.gavel.adapters.backtest.study;

import io.gavel.adapters.backtest.result.InstrumentFacts;
import io.gavel.adapters.backtest.result.RunResult;
import io.gavel.adapters.backtest.run.Progress;
import io.gavel.adapters.backtest.run.Run;
import io.gavel.adapters.backtest.run.RunException;
import io.gavel.adapters.backtest.run.TapeOpener;
import io.gavel.adapters.backtest.scenario.Scenario;
import io.gavel.adapters.backtest.tape.RecordedTape;
import java.util.ArrayList;
import java.util.List;

/**
 * Says of a rule, before it is armed, what it would have done: it is armed again and again along a tape, alone, each
 * time in a run of its own, so that one trial never takes the other's liquidity. One thread.
 */
public final class Preview {

  /** More runs than this nobody waits for. */
  public static final int TRIALS_MAX = 400;

  /** What was asked and what came of it, in order of arming. */
  public record Result(String rule, InstrumentFacts instrument, long fromNs, long toNs, long everyNs, long rows,
      String dataHash, List<Trial> trials) {

    public long firedCount() {
      return trials.stream().filter(Trial::hasFired).count();
    }

    public long refusedCount() {
      return trials.stream().filter(trial -> null != trial.refusal()).count();
    }

    public long worstGapTicks() {
      return trials.stream().mapToLong(Trial::gapTicks).max().orElse(0);
    }

    /** The worst of those that fired and filled; 0: none did. */
    public long worstSlippageBpsE2() {
      return trials.stream().filter(trial -> trial.filledLots() > 0).mapToLong(Trial::slippageBpsE2).max().orElse(0);
    }

    /** The nearest that a trial which did not fire came; -1: none did, or no price came beside a level. */
    public long nearestMissTicks() {
      return trials.stream().mapToLong(Trial::missingTicks).filter(ticks -> ticks >= 0).min().orElse(-1);
    }
  }

  private Preview() {
  }

  /**
   * Arms the rule of that name every {@code everyNs} over the last {@code lastNs} of the tape.
   *
   * @param lastNs 0: all of the tape
   * @throws RunException when the scenario has no such rule, or there would be more than {@link #TRIALS_MAX} trials
   */
  public static Result of(final Scenario scenario, final String ruleName, final long lastNs, final long everyNs) {
    final Scenario.RuleSpec rule = scenario.rules().stream()
        .filter(spec -> ruleName.equals(spec.algoClOrdId())).findFirst()
        .orElseThrow(() -> new RunException("no rule " + ruleName + " in " + scenario.name() + "; it has: "
            + String.join(", ", scenario.rules().stream().map(Scenario.RuleSpec::algoClOrdId).toList())));
    final RecordedTape tape = RecordedTape.of(TapeOpener.open(scenario, Run.INSTRUMENT_ID));
    final long fromNs = 0 == lastNs ? tape.firstNs() : Math.max(tape.firstNs(), tape.lastNs() - lastNs);
    if ((tape.lastNs() - fromNs) / everyNs >= TRIALS_MAX) {
      throw new RunException((tape.lastNs() - fromNs) / everyNs + 1 + " armings are more than " + TRIALS_MAX
          + ": arm less often, or look at less of the tape");
    }
    final List<Trial> trials = new ArrayList<>();
    RunResult run = null;
    for (long armNs = fromNs; armNs <= tape.lastNs(); armNs += everyNs) {
      final Scenario alone = Specs.withRules(scenario, List.of(Specs.armedAt(rule, armNs, tape.firstNs())));
      try (Run one = new Run(alone, null, tape::cursor)) {
        run = one.play(Progress.NONE);
      }
      trials.add(Trial.of(run, ruleName, armNs));
    }
    if (null == run) {
      throw new IllegalStateException("a tape has rows");
    }
    return new Result(ruleName, run.header().instrument(), fromNs, tape.lastNs(), everyNs, tape.size(),
        tape.dataHash(), List.copyOf(trials));
  }
}
