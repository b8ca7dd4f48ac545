package io.gavel.adapters.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gavel.adapters.backtest.Backtest;
import io.gavel.adapters.backtest.BacktestResult;
import io.gavel.adapters.backtest.result.AccountRow;
import io.gavel.adapters.backtest.result.InstrumentFacts;
import io.gavel.adapters.backtest.result.RejectRow;
import io.gavel.adapters.backtest.result.RunHeader;
import io.gavel.adapters.backtest.result.RunResult;
import io.gavel.adapters.backtest.run.RunException;
import io.gavel.adapters.backtest.scenario.ScenarioException;
import io.gavel.adapters.backtest.tape.TapeException;
import io.gavel.codecs.DecimalText;
import io.gavel.codecs.ReasonTexts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What {@code demo} and {@code backtest} share: run a scenario, show progress, tell the outcome. */
abstract class RunVerb extends Verb {

  @Option(names = "--open", descriptionKey = "run.open")
  private boolean open;

  RunVerb(final Terminal terminal) {
    super(terminal);
  }

  final ExitCode run(final Backtest backtest) {
    final ReasonTexts.Language language = ReasonTexts.Language.of(terminal().texts().language());
    final BacktestResult result = play(backtest);
    final Path report = result.reportFile();
    if (null != report && ReasonTexts.Language.EN != language) {
      result.report(report, language);
    }
    if (json()) {
      terminal().json(json(result));
    } else {
      terminal().print(result.text(language, terminal().colour() && terminal().outIsTerminal()));
    }
    if (open && null != report) {
      open(report);
    }
    return ExitCode.OK;
  }

  private BacktestResult play(final Backtest backtest) {
    try (Progress progress = new Progress(terminal(), "replay", text("unit.rows"))) {
      return Journals.reading(terminal(), () -> backtest.run(progress::at));
    } catch (final ScenarioException | TapeException | RunException e) {
      throw UserError.unusable(String.valueOf(e.getMessage()));
    }
  }

  private ObjectNode json(final BacktestResult result) {
    final RunResult rows = result.rows();
    final RunHeader header = rows.header();
    final InstrumentFacts facts = header.instrument();
    final ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("name", header.name()).put("stateHash", header.stateHash()).put("eventHash", header.eventHash())
        .put("configHash", header.configHash()).put("dataHash", header.dataHash()).put("seed", header.seed())
        .put("instId", facts.symbol()).put("from", Times.text(header.fromNs())).put("to", Times.text(header.toNs()))
        .put("rows", header.rows()).put("skippedRows", header.skippedRows())
        .put("ambiguousBars", header.ambiguousBars()).put("seq", header.sequence())
        .put("ccy", facts.quoteSymbol()).put("startEquity", equity(rows, facts, AccountRow::startEquityUnits))
        .put("endEquity", equity(rows, facts, AccountRow::endEquityUnits))
        .put("fees", sum(rows, AccountRow::feeUnits, facts.feeScale())).put("feeCcy", facts.feeSymbol())
        .put("orders", rows.orders().size()).put("fills", rows.fills().size()).put("rules", rows.rules().size())
        .put("triggers", rows.triggers().size())
        .put("rejects", rows.rejects().stream().mapToLong(RejectRow::count).sum())
        .put("wallMillis", header.wallMillis()).put("rowsPerSecond", header.rowsPerSecond());
    put(node, "journal", header.journal());
    put(node, "report", pathText(result.reportFile()));
    put(node, "tables", pathText(result.tablesDir()));
    return node;
  }

  private static String equity(
      final RunResult rows, final InstrumentFacts facts, final ToLongFunction<AccountRow> field) {
    return sum(rows, field, facts.quoteScale());
  }

  private static String sum(final RunResult rows, final ToLongFunction<AccountRow> field, final int scale) {
    long sum = 0;
    for (final AccountRow account : rows.accounts()) {
      sum = Math.addExact(sum, field.applyAsLong(account));
    }
    return DecimalText.format(sum, scale);
  }

  private static @Nullable String pathText(final @Nullable Path path) {
    return null == path ? null : path.toString();
  }

  private static void put(final ObjectNode node, final String field, final @Nullable String value) {
    if (null != value) {
      node.put(field, value);
    }
  }

  /** Hands the report to the desktop; a machine without one says where the file is. */
  private void open(final Path report) {
    try {
      new ProcessBuilder("xdg-open", report.toAbsolutePath().toString())
          .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    } catch (final IOException e) {
      terminal().remark(text("run.notOpened", report));
    }
  }
}
