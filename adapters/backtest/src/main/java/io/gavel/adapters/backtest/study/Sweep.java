package io.gavel.adapters.backtest.study;

import io.gavel.adapters.backtest.result.AccountRow;
import io.gavel.adapters.backtest.result.InstrumentFacts;
import io.gavel.adapters.backtest.result.RunResult;
import io.gavel.adapters.backtest.run.Progress;
import io.gavel.adapters.backtest.run.Run;
import io.gavel.adapters.backtest.run.RunException;
import io.gavel.adapters.backtest.run.TapeOpener;
import io.gavel.adapters.backtest.scenario.Scenario;
import io.gavel.adapters.backtest.tape.RecordedTape;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Plays every choice of parameters over every stretch of a tape, and walks forward: what was best in one stretch is
 * held against the others in the next, which nobody had seen when it was chosen. The tape is read once and shared;
 * equal inputs come to an equal hash. One thread.
 */
public final class Sweep {

  /** More runs than this nobody waits for. */
  public static final int RUNS_MAX = 1_000;

  private static final BigInteger BPS_E2 = BigInteger.valueOf(1_000_000);

  /** One run: all accounts together at its end, in quote units. */
  public record Cell(long equityUnits, int firings, String stateHash) {
  }

  /**
   * One step forward. Advantages are against the mean of all choices in that stretch, in 1/100 of 1/10,000.
   *
   * @param chosen      the best choice of the stretch before
   * @param bestAfter   the best choice of the stretch behind, which nobody could know
   */
  public record Step(long fromNs, long splitNs, long toNs, int chosen, long inSampleBpsE2, long outOfSampleBpsE2,
      int bestAfter, long bestAfterBpsE2) {
  }

  /** Cells by choice, then by stretch; {@code hash}: of every choice and the state it came to in each stretch. */
  public record Result(List<String> choices, List<Long> boundsNs, List<List<Cell>> cells, List<Step> steps,
      InstrumentFacts instrument, String dataHash, String hash) {

    /** The mean of the steps, rounded down. */
    public long meanInSampleBpsE2() {
      return Math.floorDiv(steps.stream().mapToLong(Step::inSampleBpsE2).sum(), steps.size());
    }

    /** The mean of the steps, rounded down. */
    public long meanOutOfSampleBpsE2() {
      return Math.floorDiv(steps.stream().mapToLong(Step::outOfSampleBpsE2).sum(), steps.size());
    }
  }

  private Sweep() {
  }

  /**
   * Plays all of it.
   *
   * @param choices   what each scenario is called, for the result and the hash
   * @param scenarios of one tape, as many as choices
   * @param folds     steps forward, so that the tape is cut into one stretch more, equal in time
   */
  public static Result of(final List<String> choices, final List<Scenario> scenarios, final int folds) {
    final int stretches = folds + 1;
    if ((long) choices.size() * stretches > RUNS_MAX) {
      throw new RunException((long) choices.size() * stretches + " runs are more than " + RUNS_MAX
          + ": fewer values, or fewer folds");
    }
    final RecordedTape tape = RecordedTape.of(TapeOpener.open(scenarios.get(0), Run.INSTRUMENT_ID));
    final List<Long> bounds = new ArrayList<>();
    final long lengthNs = tape.lastNs() - tape.firstNs() + 1;
    for (int i = 0; i <= stretches; i++) {
      bounds.add(tape.firstNs() + lengthNs / stretches * i + lengthNs % stretches * i / stretches);
    }
    final List<List<Cell>> cells = new ArrayList<>();
    RunResult run = null;
    for (final Scenario scenario : scenarios) {
      final List<Cell> row = new ArrayList<>();
      for (int i = 0; i < stretches; i++) {
        final long fromNs = bounds.get(i);
        final long beforeNs = bounds.get(i + 1);
        final Scenario moved = Specs.moved(scenario, fromNs - tape.firstNs());
        try (Run one = new Run(moved, null, () -> tape.cursor(fromNs, beforeNs))) {
          run = one.play(Progress.NONE);
        }
        row.add(new Cell(run.accounts().stream().mapToLong(AccountRow::endEquityUnits).reduce(0, Math::addExact),
            run.triggers().size(), run.header().stateHash()));
      }
      cells.add(List.copyOf(row));
    }
    if (null == run) {
      throw new RunException("nothing to play");
    }
    final List<Step> steps = new ArrayList<>();
    for (int i = 0; i < folds; i++) {
      steps.add(step(cells, bounds, i));
    }
    return new Result(List.copyOf(choices), List.copyOf(bounds), List.copyOf(cells), List.copyOf(steps),
        run.header().instrument(), tape.dataHash(), hash(choices, cells, tape.dataHash()));
  }

  private static Step step(final List<List<Cell>> cells, final List<Long> bounds, final int stretch) {
    final int chosen = best(cells, stretch);
    final int after = best(cells, stretch + 1);
    return new Step(bounds.get(stretch), bounds.get(stretch + 1), bounds.get(stretch + 2), chosen,
        advantageBpsE2(cells, chosen, stretch), advantageBpsE2(cells, chosen, stretch + 1), after,
        advantageBpsE2(cells, after, stretch + 1));
  }

  /** The first of the best: whoever asks in another order asks something else. */
  private static int best(final List<List<Cell>> cells, final int stretch) {
    int best = 0;
    for (int i = 1; i < cells.size(); i++) {
      best = cells.get(i).get(stretch).equityUnits() > cells.get(best).get(stretch).equityUnits() ? i : best;
    }
    return best;
  }

  /** Above the mean of all choices, rounded down. */
  private static long advantageBpsE2(final List<List<Cell>> cells, final int choice, final int stretch) {
    BigInteger sum = BigInteger.ZERO;
    for (final List<Cell> row : cells) {
      sum = sum.add(BigInteger.valueOf(row.get(stretch).equityUnits()));
    }
    if (sum.signum() <= 0) {
      return 0;
    }
    final BigInteger[] part = BigInteger.valueOf(cells.get(choice).get(stretch).equityUnits())
        .multiply(BigInteger.valueOf(cells.size())).subtract(sum).multiply(BPS_E2).divideAndRemainder(sum);
    return part[0].longValueExact() - (part[1].signum() < 0 ? 1 : 0);
  }

  private static String hash(final List<String> choices, final List<List<Cell>> cells, final String dataHash) {
    try {
      final MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(dataHash.getBytes(StandardCharsets.UTF_8));
      for (int i = 0; i < cells.size(); i++) {
        digest.update(("\n" + choices.get(i)).getBytes(StandardCharsets.UTF_8));
        for (final Cell cell : cells.get(i)) {
          digest.update((" " + cell.stateHash()).getBytes(StandardCharsets.UTF_8));
        }
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (final NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
