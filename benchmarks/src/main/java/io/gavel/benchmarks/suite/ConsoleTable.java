package io.gavel.benchmarks.suite;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** The run as text for a terminal. Rows in which a peer is ahead stand there like the others, and say so. */
final class ConsoleTable {

  private static final int HASH_LENGTH = 12;

  private final BenchResults results;
  private final List<String> lines = new ArrayList<>();

  ConsoleTable(final BenchResults results) {
    this.results = results;
  }

  List<String> lines() {
    host();
    flows();
    books();
    engine();
    stages();
    micro();
    if (!results.problems().isEmpty()) {
      head("not measured");
      results.problems().forEach(problem -> lines.add("  " + problem));
    }
    return lines;
  }

  private void host() {
    lines.add("gavel bench, profile " + results.profile() + ", " + results.began() + ", " + results.seconds() + " s");
    final Columns facts = new Columns();
    results.host().facts().forEach((name, value) -> facts.row(name, value));
    lines.addAll(facts.lines());
    results.host().notes().forEach(note -> lines.add("  ! " + note));
    if (Profile.SMOKE.label().equals(results.profile())) {
      lines.add("  ! Profile smoke shows that everything runs and agrees: its figures mean nothing.");
    }
  }

  private void flows() {
    if (results.flows().isEmpty()) {
      return;
    }
    head("order-flow tapes, each report handed to a second thread, warm: million messages a second");
    rates(results.flows(), BookRow.Entry::handedOffRate);
    if (isBusy()) {
      head("the same, the quickest pass: others keep this machine busy");
      rates(results.flows(), BookRow.Entry::handedOffBest);
    }
    head("the same tapes, the book alone, warm: million messages a second");
    rates(results.flows(), entry -> 1e9 / entry.bookNs());
    if (isBusy()) {
      head("the same, by processor time of the quickest pass");
      rates(results.flows(), entry -> 1e9 / entry.bookCpuNs());
    }
    head("the same tapes, first cold pass: seconds from process start to last report");
    books(results.flows(), entry -> format("%.3f", entry.coldSeconds()),
        row -> row.timesShorter(BookRow.Entry::coldSeconds));
    disagreements(results.flows());
  }

  private void books() {
    if (results.books().isEmpty()) {
      return;
    }
    head("the book alone, 9 % GTC 3 % IOC 6 % cancel 82 % move, drawn evenly: ns an operation");
    books(results.books(), entry -> format("%.1f", entry.bookNs()), row -> row.timesShorter(BookRow.Entry::bookNs));
    if (isBusy()) {
      head("the same, processor time of the quickest pass: others keep this machine busy");
      books(results.books(), entry -> format("%.1f", entry.bookCpuNs()),
          row -> row.timesShorter(BookRow.Entry::bookCpuNs));
    }
    head("the same, allocated: B an operation");
    books(results.books(), entry -> format("%.1f", entry.bytes()), row -> Optional.empty());
    disagreements(results.books());
  }

  private boolean isBusy() {
    return results.host().busyCores() > HostCheck.BUSY_CORES;
  }

  private void rates(final List<BookRow> rows, final ToDoubleFunction<BookRow.Entry> rate) {
    books(rows, entry -> million(rate.applyAsDouble(entry)), row -> row.timesTheBest(rate));
  }

  private void books(final List<BookRow> rows, final Function<BookRow.Entry, String> figure,
      final Function<BookRow, Optional<Double>> ratio) {
    final Columns columns = new Columns();
    final List<String> names = new ArrayList<>(List.of(""));
    rows.get(0).entries().forEach(entry -> names.add(entry.engine()));
    names.add("to best peer");
    names.add("reports");
    columns.row(names);
    for (final BookRow row : rows) {
      final List<String> cells = new ArrayList<>(List.of(row.tape()));
      row.entries().forEach(entry -> cells.add(entry.stands() ? figure.apply(entry) : "-"));
      cells.add(ratio.apply(row).map(ConsoleTable::ratio).orElse("-"));
      cells.add(row.ours().isPresent() ? hash(row.sha256()) : "-");
      columns.row(cells);
    }
    lines.addAll(columns.lines());
  }

  private void disagreements(final List<BookRow> rows) {
    for (final BookRow row : rows) {
      for (final BookRow.Entry entry : row.entries()) {
        if (!entry.stands()) {
          lines.add("  ! " + row.tape() + ", " + entry.engine() + ": " + entry.problem());
        }
      }
    }
  }

  private void engine() {
    if (results.engine().isEmpty()) {
      return;
    }
    head("the whole engine (validate, reserve, match, settle, events), 1,000 accounts");
    final Columns columns = new Columns().row("", "ns/command", "commands/s", "B/command", "");
    for (final EngineRow row : results.engine()) {
      columns.row(row.run(), format("%.1f", row.nsPerCommand()), format("%,.0f", row.commandsPerSecond()),
          format("%.3f", row.bytesPerCommand()), "");
    }
    lines.addAll(columns.lines());
    if (results.closedLoopNs() > 0) {
      lines.add(format("  closed loop, ring in to event out, p50 %,.0f ns (indicative: %d cores)",
          results.closedLoopNs(), results.host().cores()));
    }
    lines.add("  state " + hash(results.engineHash()) + ", in every run");
  }

  private void stages() {
    if (results.stages().isEmpty()) {
      return;
    }
    head("open loop, whole engine: microseconds from the intended send time");
    final Columns columns = new Columns().row("", "rate", "achieved", "50%", "90%", "99%", "99.9%", "99.99%", "worst",
        "B/op", "jitter 99.99%", "worst", "");
    for (final StageRow stage : results.stages()) {
      final List<String> cells = new ArrayList<>(List.of(stage.mode(), rate(stage.rate()), rate(stage.achievedRate())));
      for (int i = 0; i < 6; i++) {
        cells.add(i < stage.latencyNs().size() ? micros(stage.latencyNs().get(i)) : "-");
      }
      cells.add(format("%.1f", stage.bytesPerCommand()));
      cells.add(stage.jitterNs().size() < 6 ? "-" : micros(stage.jitterNs().get(4)));
      cells.add(stage.jitterNs().size() < 6 ? "-" : micros(stage.jitterNs().get(5)));
      cells.add(stage.refusal().isEmpty() ? stage.sustained() ? "" : "the queue grew" : stage.refusal());
      columns.row(cells);
    }
    lines.addAll(columns.lines());
    lines.add("  state " + hash(results.latencyHash()) + ", in every mode");
  }

  private void micro() {
    if (results.micro().isEmpty()) {
      return;
    }
    head("JMH");
    final Columns columns = new Columns();
    for (final MicroRow row : results.micro()) {
      columns.row(row.name(), format("%.1f", row.score()), format("± %.1f", row.error()), row.unit(),
          row.bytes() < 0 ? "" : format("%.3f B/op", row.bytes()), "");
    }
    lines.addAll(columns.lines());
  }

  private void head(final String text) {
    lines.add("");
    lines.add(text);
  }

  static String ratio(final double ratio) {
    return format("%.2f x", ratio) + (ratio < 1 ? ", behind" : "");
  }

  private static String million(final double perSecond) {
    return format("%.2f", perSecond / 1e6);
  }

  static String rate(final double perSecond) {
    return perSecond >= 999_500 ? format("%.2fM", perSecond / 1e6) : format("%.0fk", perSecond / 1e3);
  }

  static String micros(final long nanos) {
    return format("%,.1f", nanos / 1e3);
  }

  static String hash(final String hash) {
    return hash.isEmpty() ? "-" : hash.substring(0, Math.min(HASH_LENGTH, hash.length())) + " ✓";
  }

  private static String format(final String format, final Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
