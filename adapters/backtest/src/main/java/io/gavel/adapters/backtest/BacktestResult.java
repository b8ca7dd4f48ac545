package io.gavel.adapters.backtest;

import io.gavel.adapters.backtest.export.TableFiles;
import io.gavel.adapters.backtest.report.ConsoleReport;
import io.gavel.adapters.backtest.report.HtmlReport;
import io.gavel.adapters.backtest.result.RunResult;
import io.gavel.adapters.backtest.run.RunException;
import io.gavel.adapters.backtest.scenario.Scenario;
import io.gavel.codecs.ReasonTexts;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A finished backtest: its numbers, and the ways to look at them. One thread. */
public final class BacktestResult {

  private static final String REPORT = "report.html";

  private final RunResult result;
  private @Nullable Path reportFile;
  private @Nullable Path tablesDir;

  BacktestResult(final RunResult result) {
    this.result = result;
  }

  /** Everything the run left behind. */
  public RunResult rows() {
    return result;
  }

  /** The engine's state hash after the last row: equal hashes, equal outcome. */
  public String stateHash() {
    return result.header().stateHash();
  }

  /** The HTML report, if one was written. */
  public @Nullable Path reportFile() {
    return reportFile;
  }

  /** Where the tables are, if any were written. */
  public @Nullable Path tablesDir() {
    return tablesDir;
  }

  /** Prints the run as tables, in English and without colours. */
  public void print(final PrintStream out) {
    out.print(text(ReasonTexts.Language.EN, false));
  }

  /** The run as tables for a terminal. */
  public String text(final ReasonTexts.Language language, final boolean ansi) {
    final Path report = reportFile;
    final Path tables = tablesDir;
    return ConsoleReport.text(result, language, ansi, null == report ? null : report.toString(),
        null == tables ? null : tables.toString());
  }

  /** Writes the HTML report: one file that opens offline. */
  public BacktestResult report(final Path file, final ReasonTexts.Language language) {
    try {
      HtmlReport.write(result, file, language);
    } catch (final IOException e) {
      throw new RunException(file + " cannot be written: " + e.getMessage(), e);
    }
    reportFile = file;
    return this;
  }

  /** As {@link #report(Path, ReasonTexts.Language)}, in English. */
  public BacktestResult report(final Path file) {
    return report(file, ReasonTexts.Language.EN);
  }

  /** Writes fills, equity, rules and events into {@code dir}; the files. */
  public List<Path> export(final Path dir, final Scenario.Format... formats) {
    final List<Path> files = new ArrayList<>();
    try {
      for (final Scenario.Format format : formats) {
        files.addAll(Scenario.Format.CSV == format ? TableFiles.csv(result, dir) : TableFiles.json(result, dir));
      }
    } catch (final IOException e) {
      throw new RunException(dir + " cannot be written: " + e.getMessage(), e);
    }
    tablesDir = dir;
    return files;
  }

  void write(final Path dir, final Scenario.ReportSpec spec) {
    if (spec.html()) {
      report(dir.resolve(REPORT));
    }
    if (!spec.export().isEmpty()) {
      export(dir, spec.export().toArray(new Scenario.Format[0]));
    }
  }
}
