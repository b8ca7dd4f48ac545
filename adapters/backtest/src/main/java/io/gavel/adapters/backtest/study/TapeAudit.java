package io.gavel.adapters.backtest.study;

import io.gavel.adapters.backtest.run.Run;
import io.gavel.adapters.backtest.run.TapeOpener;
import io.gavel.adapters.backtest.scenario.Scenario;
import io.gavel.adapters.backtest.tape.Tape;
import io.gavel.adapters.backtest.tape.TapeException;
import io.gavel.adapters.backtest.tape.TapeRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Looks at a scenario's data before anybody believes what came of it: prices that know the future, stretches without
 * any, rows that contradict one another, and rules that listen when there is nothing to hear. What it finds is a
 * reason to look, not a proof. One thread; each tape is read once.
 */
public final class TapeAudit {

  /** A print this much away from the one before, in parts of 100. */
  private static final int JUMP_PERCENT = 10;
  /** A mark or index this much away from the last trade. */
  private static final int APART_PERCENT = 10;
  /** Fewer marks that moved than this say nothing. */
  private static final int MARKS_MIN = 20;
  private static final int PERCENT = 100;

  /** What can be found. */
  public enum Kind {
    /** A row that cannot be read, or lies before the one above it. */
    DAMAGED,
    /** Marks or indices equal the trade that follows them more often than the one before. */
    LOOK_AHEAD_MARK,
    /** Bars beside trades of the same time: a bar's extremes are told before the trades that made them. */
    LOOK_AHEAD_BARS,
    /** No row for longer than allowed, or bars that are missing. */
    GAP,
    /** Two files of one kind cover the same time: what was traded once is played twice. */
    OVERLAP,
    /** A print far away from the one before. */
    JUMP,
    /** A mark or index far away from the last trade. */
    APART,
    /** A rule or order that is to be sent when the tape is over, or whose window lies outside of it. */
    NEVER_HEARD
  }

  /**
   * One finding.
   *
   * @param tape  name of the tape; of a rule or an order: its own
   * @param row   data row from 1, 0: of no row
   * @param count how many of this kind there are on that tape; the place is that of the worst
   * @param value how much: nanoseconds of a gap, parts of 100 of a jump, marks of 100 that know what follows
   */
  public record Finding(Kind kind, String tape, long row, long timeNs, long count, long value, String detail) {
  }

  /** What was looked at, and what was found, in order of kind. */
  public record Result(long rows, int tapes, long fromNs, long toNs, List<Finding> findings) {
  }

  private final Scenario scenario;
  private final long gapMaxNs;
  private final List<Finding> findings = new ArrayList<>();
  private final List<Span> spans = new ArrayList<>();
  private long rows;

  private record Span(String name, boolean isBars, boolean isTraded, long fromNs, long toNs) {
  }

  private TapeAudit(final Scenario scenario, final long gapMaxNs) {
    this.scenario = scenario;
    this.gapMaxNs = gapMaxNs;
  }

  /** Looks at every tape of {@code scenario}; a stretch without a row longer than {@code gapMaxNs} is a gap. */
  public static Result of(final Scenario scenario, final long gapMaxNs) {
    final TapeAudit audit = new TapeAudit(scenario, gapMaxNs);
    for (final TapeOpener.Named tape : TapeOpener.each(scenario, Run.INSTRUMENT_ID)) {
      audit.look(tape);
    }
    audit.lookAcross();
    audit.lookAhead();
    audit.lookAtRules();
    final long fromNs = audit.spans.stream().mapToLong(Span::fromNs).min().orElse(0);
    final long toNs = audit.spans.stream().mapToLong(Span::toNs).max().orElse(0);
    audit.findings.sort(Comparator.comparing(Finding::kind).thenComparing(Finding::tape));
    return new Result(audit.rows, audit.spans.size(), fromNs, toNs, List.copyOf(audit.findings));
  }

  private void look(final TapeOpener.Named named) {
    final TapeRow row = new TapeRow();
    final Worst gap = new Worst();
    final Worst jump = new Worst();
    long firstNs = 0;
    long lastNs = 0;
    int lastTicks = 0;
    long barNs = 0;
    long barStartNs = 0;
    try (Tape tape = named.tape()) {
      while (tape.next(row)) {
        firstNs = 0 == firstNs ? row.timeNs : firstNs;
        if (row.isBarStart()) {
          barNs = 0 == barNs && 0 != barStartNs ? row.timeNs - barStartNs : barNs;
          if (0 != barNs && row.timeNs - barStartNs > barNs) {
            gap.at(row, row.timeNs - barStartNs);
          }
          barStartNs = row.timeNs;
        } else if (!named.isBars() && 0 != lastNs && row.timeNs - lastNs > gapMaxNs) {
          gap.at(row, row.timeNs - lastNs);
        }
        if (0 != lastTicks) {
          final long moved = Math.abs((long) row.priceTicks - lastTicks) * PERCENT / lastTicks;
          if (moved >= JUMP_PERCENT) {
            jump.at(row, moved);
          }
        }
        lastNs = row.timeNs;
        lastTicks = row.priceTicks;
        rows++;
      }
    } catch (final TapeException e) {
      findings.add(new Finding(Kind.DAMAGED, named.name(), 0, lastNs, 1, 0, String.valueOf(e.getMessage())));
    }
    spans.add(new Span(named.name(), named.isBars(), named.isTraded(), firstNs, lastNs));
    gap.tell(Kind.GAP, named.name());
    jump.tell(Kind.JUMP, named.name());
  }

  private void lookAcross() {
    for (int i = 0; i < spans.size(); i++) {
      for (int j = i + 1; j < spans.size(); j++) {
        final Span one = spans.get(i);
        final Span two = spans.get(j);
        final boolean isOver = one.isTraded() && two.isTraded() && one.fromNs() <= two.toNs()
            && two.fromNs() <= one.toNs();
        if (isOver) {
          findings.add(new Finding(one.isBars() == two.isBars() ? Kind.OVERLAP : Kind.LOOK_AHEAD_BARS, one.name(), 0,
              Math.max(one.fromNs(), two.fromNs()), 1,
              Math.min(one.toNs(), two.toNs()) - Math.max(one.fromNs(), two.fromNs()), two.name()));
        }
      }
    }
  }

  /** A mark that moved with the trade before it is late, one that moved with the trade behind it knew it. */
  private void lookAhead() {
    if (findings.stream().anyMatch(finding -> Kind.DAMAGED == finding.kind())
        || (scenario.data().mark().isEmpty() && scenario.data().index().isEmpty())) {
      return;
    }
    final TapeRow row = new TapeRow();
    final Worst apart = new Worst();
    final List<Integer> waiting = new ArrayList<>();
    int lastTicks = 0;
    long known = 0;
    long late = 0;
    long looked = 0;
    try (Tape tape = TapeOpener.open(scenario, Run.INSTRUMENT_ID)) {
      while (tape.next(row)) {
        if (TapeRow.Kind.TRADE == row.kind) {
          for (final int mark : waiting) {
            known += mark == row.priceTicks && mark != lastTicks ? 1 : 0;
            late += mark == lastTicks && mark != row.priceTicks ? 1 : 0;
            looked += row.priceTicks != lastTicks ? 1 : 0;
          }
          waiting.clear();
          lastTicks = row.priceTicks;
        } else if (TapeRow.Kind.SOURCE != row.kind && 0 != lastTicks) {
          waiting.add(row.priceTicks);
          final long off = Math.abs((long) row.priceTicks - lastTicks) * PERCENT / lastTicks;
          if (off >= APART_PERCENT) {
            apart.at(row, off);
          }
        }
      }
    }
    apart.tell(Kind.APART, "mark, index");
    if (looked >= MARKS_MIN && known > late && known * 2 > looked) {
      findings.add(new Finding(Kind.LOOK_AHEAD_MARK, "mark, index", 0, 0, known, known * PERCENT / looked,
          known + " / " + looked));
    }
  }

  private void lookAtRules() {
    final long fromNs = spans.stream().mapToLong(Span::fromNs).min().orElse(0);
    final long toNs = spans.stream().mapToLong(Span::toNs).max().orElse(0);
    for (final Scenario.RuleSpec rule : scenario.rules()) {
      if (rule.armAtNs() > toNs) {
        neverHeard(rule.algoClOrdId(), rule.armAtNs(), "armAt");
      } else if (rule.startTimeNs() > toNs) {
        neverHeard(rule.algoClOrdId(), rule.startTimeNs(), "startTime");
      } else if (0 != rule.endTimeNs() && rule.endTimeNs() <= fromNs) {
        neverHeard(rule.algoClOrdId(), rule.endTimeNs(), "endTime");
      }
    }
    for (final Scenario.OrderSpec order : scenario.orders()) {
      if (order.atNs() > toNs) {
        neverHeard(order.clOrdId(), order.atNs(), "at");
      }
    }
  }

  private void neverHeard(final String name, final long timeNs, final String field) {
    findings.add(new Finding(Kind.NEVER_HEARD, name, 0, timeNs, 1, 0, field));
  }

  /** How often something happened, and where it was worst. */
  private final class Worst {
    private long count;
    private long value;
    private long row;
    private long timeNs;

    void at(final TapeRow place, final long howMuch) {
      count++;
      if (howMuch > value) {
        value = howMuch;
        row = place.rowNumber;
        timeNs = place.timeNs;
      }
    }

    void tell(final Kind kind, final String tape) {
      if (count > 0) {
        findings.add(new Finding(kind, tape, row, timeNs, count, value, ""));
      }
    }
  }
}
