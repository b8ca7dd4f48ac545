package io.gavel.adapters.backtest.study;

import io.gavel.adapters.backtest.result.InstrumentFacts;
import io.gavel.adapters.backtest.result.RunResult;
import io.gavel.adapters.backtest.run.Progress;
import io.gavel.adapters.backtest.run.Run;
import io.gavel.adapters.backtest.run.RunException;
import io.gavel.adapters.backtest.run.TapeOpener;
import io.gavel.adapters.backtest.scenario.Scenario;
import io.gavel.adapters.backtest.tape.IntrabarPath;
import io.gavel.adapters.backtest.tape.KlineCsvTape;
import io.gavel.adapters.backtest.tape.RecordedTape;
import io.gavel.adapters.backtest.tape.Tape;
import io.gavel.adapters.backtest.tape.TapeInput;
import io.gavel.adapters.backtest.tape.TapeRow;
import io.gavel.adapters.backtest.tape.TapeScale;
import io.gavel.adapters.backtest.tape.ZeroSize;
import io.gavel.codecs.sbe.Side;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What bars make of a scenario: its rules over its trades, and over the bars that these trades are built into, on each
 * path through a bar. The difference of the exits is what bars of that length cannot say. One thread.
 */
public final class BarTruth {

  private static final BigInteger BPS_E2 = BigInteger.valueOf(1_000_000);
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  /**
   * One rule on one path.
   *
   * @param differenceBpsE2 how much better (above 0) the bars say the exit was, in 1/100 of 1/10,000, rounded down; 0
   *                        when either did not fill
   */
  public record Row(String rule, IntrabarPath path, Trial trades, Trial bars, long differenceBpsE2) {

    /** Whether one fired and the other did not, or another leg did. */
    public boolean isOtherOutcome() {
      return trades.kind() != bars.kind();
    }
  }

  /** All rows by rule, then path. */
  public record Result(InstrumentFacts instrument, long bars, List<Row> rows) {
  }

  private BarTruth() {
  }

  /** Compares over bars of {@code barNs}; the scenario's own tapes must be trades. */
  public static Result of(final Scenario scenario, final long barNs) {
    if (scenario.data().trades().isEmpty() || !scenario.data().klines().isEmpty()) {
      throw new RunException("bars are built from trades: " + scenario.name() + " must have these and no bars");
    }
    final RecordedTape tape = RecordedTape.of(TapeOpener.open(scenario, Run.INSTRUMENT_ID));
    final RunResult trades = play(scenario, tape.cursor());
    final TapeScale scale = TapeScale.of(
        Run.INSTRUMENT_ID, scenario.market().tickSizeE10(), scenario.market().lotSizeE10());
    final boolean lowHurts = scenario.rules().stream().anyMatch(rule -> Side.SELL == rule.side());
    final List<Row> rows = new ArrayList<>();
    try {
      final Path file = Files.createTempFile("gavel-bars", ".csv");
      try {
        final long bars = write(tape, scale, barNs, file);
        for (final IntrabarPath path : IntrabarPath.values()) {
          final RunResult run = play(scenario,
              new KlineCsvTape(TapeInput.of(file), scale, ZeroSize.ERROR, path, lowHurts));
          for (final Scenario.RuleSpec rule : scenario.rules()) {
            rows.add(row(rule, path, trades, run));
          }
        }
        return new Result(trades.header().instrument(), bars, List.copyOf(rows));
      } finally {
        Files.delete(file);
      }
    } catch (final IOException e) {
      throw new UncheckedIOException("bars cannot be written", e);
    }
  }

  private static RunResult play(final Scenario scenario, final Tape tape) {
    try (Run run = new Run(scenario, null, () -> tape)) {
      return run.play(Progress.NONE);
    }
  }

  private static Row row(
      final Scenario.RuleSpec rule, final IntrabarPath path, final RunResult trades, final RunResult bars) {
    final Trial one = Trial.of(trades, rule.algoClOrdId(), rule.armAtNs());
    final Trial two = Trial.of(bars, rule.algoClOrdId(), rule.armAtNs());
    long bpsE2 = 0;
    if (one.filledLots() > 0 && two.filledLots() > 0) {
      // (two / lots - one / lots) / (one / lots), cross-multiplied; a buy is better when it is cheaper.
      final BigInteger first = one.paidTickLots().multiply(BigInteger.valueOf(two.filledLots()));
      final BigInteger second = two.paidTickLots().multiply(BigInteger.valueOf(one.filledLots()));
      final BigInteger better = Side.SELL == rule.side() ? second.subtract(first) : first.subtract(second);
      final BigInteger[] parts = better.multiply(BPS_E2).divideAndRemainder(first);
      bpsE2 = parts[0].longValueExact() - (parts[1].signum() < 0 ? 1 : 0);
    }
    return new Row(rule.algoClOrdId(), path, one, two, bpsE2);
  }

  /** Bars begin at multiples of their length since the epoch; one without a trade is none. */
  private static long write(final RecordedTape tape, final TapeScale scale, final long barNs, final Path file)
      throws IOException {
    final StringBuilder text = new StringBuilder("timestamp,open,high,low,close,volume\n");
    final TapeRow row = new TapeRow();
    long bars = 0;
    long barStartNs = Long.MIN_VALUE;
    int open = 0;
    int high = 0;
    int low = 0;
    int close = 0;
    long lots = 0;
    try (Tape cursor = tape.cursor()) {
      boolean more = cursor.next(row);
      while (more) {
        final long startNs = row.timeNs - Math.floorMod(row.timeNs, barNs);
        final boolean isNew = startNs != barStartNs;
        barStartNs = startNs;
        open = isNew ? row.priceTicks : open;
        high = isNew ? row.priceTicks : Math.max(high, row.priceTicks);
        low = isNew ? row.priceTicks : Math.min(low, row.priceTicks);
        lots = (isNew ? 0 : lots) + row.sizeLots;
        close = row.priceTicks;
        more = cursor.next(row);
        if (!more || row.timeNs - Math.floorMod(row.timeNs, barNs) != barStartNs) {
          bars++;
          text.append(stamp(barStartNs)).append(',').append(scale.tick().format(open)).append(',')
              .append(scale.tick().format(high)).append(',').append(scale.tick().format(low)).append(',')
              .append(scale.tick().format(close)).append(',').append(scale.lot().format(lots)).append('\n');
        }
      }
    }
    Files.writeString(file, text);
    return bars;
  }

  private static String stamp(final long timeNs) {
    return Instant.ofEpochSecond(Math.floorDiv(timeNs, NANOS_PER_SECOND), Math.floorMod(timeNs, NANOS_PER_SECOND))
        .toString();
  }
}
