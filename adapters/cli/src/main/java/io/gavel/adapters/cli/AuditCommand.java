package io.gavel.adapters.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gavel.adapters.backtest.study.BarTruth;
import io.gavel.adapters.backtest.study.TapeAudit;
import io.gavel.adapters.backtest.study.Trial;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.RuleKind;
import java.math.BigDecimal;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code gavel check}: whether a scenario's data can be believed; 1 when there is a reason to look. */
@Command(name = "check")
final class AuditCommand extends ScenarioVerb {

  private static final int NANOS_SCALE = 9;
  private static final int BARS_MAX = 1_440;
  private static final long GAP_MAX = TimeUnit.DAYS.toSeconds(366);

  @Option(names = "--gap", paramLabel = "SECONDS", descriptionKey = "audit.gap")
  private long gapSeconds = TimeUnit.HOURS.toSeconds(1);

  @Option(names = "--bars", paramLabel = "MINUTES", descriptionKey = "audit.bars")
  private int barMinutes;

  AuditCommand(final Terminal terminal) {
    super(terminal);
  }

  @Override
  ExitCode run() {
    if (gapSeconds < 1 || gapSeconds > GAP_MAX) {
      throw UserError.unusable(text("error.outOfRange", "--gap", gapSeconds, 1, GAP_MAX));
    }
    if (barMinutes < 0 || barMinutes > BARS_MAX) {
      throw UserError.unusable(text("error.outOfRange", "--bars", barMinutes, 0, BARS_MAX));
    }
    final TapeAudit.Result result =
        studying(() -> TapeAudit.of(scenario(), TimeUnit.SECONDS.toNanos(gapSeconds)));
    final BarTruth.Result bars = 0 == barMinutes ? null
        : studying(() -> BarTruth.of(scenario(), TimeUnit.MINUTES.toNanos(barMinutes)));
    if (json()) {
      final ObjectNode node = json(result);
      bars(node, bars);
      terminal().json(node);
    } else {
      terminal().line(text("audit.head", result.rows(), result.tapes(), Times.text(result.fromNs()),
          Times.text(result.toNs())));
      for (final TapeAudit.Finding finding : result.findings()) {
        terminal().line(text("audit." + finding.kind(), finding.tape(), finding.row(), Times.text(finding.timeNs()),
            finding.count(), value(finding), finding.detail()));
      }
      terminal().line(result.findings().isEmpty() ? text("audit.clean")
          : text("audit.found", result.findings().size()));
      tell(bars);
    }
    return result.findings().isEmpty() ? ExitCode.OK : ExitCode.FINDING;
  }

  private void tell(final BarTruth.@Nullable Result bars) {
    if (null == bars) {
      return;
    }
    terminal().line(text("audit.barsHead", bars.bars(), barMinutes));
    final Table table = new Table("llllrrr");
    for (final BarTruth.Row row : bars.rows()) {
      table.row(row.rule(), row.path(), outcome(row.trades()), outcome(row.bars()), price(bars, row.trades()),
          price(bars, row.bars()), difference(row));
    }
    terminal().lines(table.lines());
  }

  private static void bars(final ObjectNode node, final BarTruth.@Nullable Result bars) {
    if (null == bars) {
      return;
    }
    final ArrayNode rows = node.putObject("bars").put("count", bars.bars()).putArray("rows");
    for (final BarTruth.Row row : bars.rows()) {
      rows.addObject().put("rule", row.rule()).put("path", row.path().name()).put("trades", outcome(row.trades()))
          .put("bars", outcome(row.bars())).put("tradesAvgPx", price(bars, row.trades()))
          .put("barsAvgPx", price(bars, row.bars())).put("differenceBps", difference(row));
    }
  }

  private static String outcome(final Trial trial) {
    final RuleKind kind = trial.kind();
    final ReasonCode refusal = trial.refusal();
    return null != refusal ? refusal.name() : null == kind ? "-" : StoryText.word(kind);
  }

  private static String price(final BarTruth.Result bars, final Trial trial) {
    return 0 == trial.filledLots() ? "-" : DiffText.average(bars.instrument().tickSizeE10(),
        bars.instrument().priceDecimals(), trial.paidTickLots(), trial.filledLots());
  }

  private static String difference(final BarTruth.Row row) {
    return 0 == row.trades().filledLots() || 0 == row.bars().filledLots() ? "-"
        : DiffText.signed(StoryText.bps(row.differenceBpsE2()));
  }

  /** Seconds of a stretch of time, parts of 100 of anything else. */
  private static String value(final TapeAudit.Finding finding) {
    return switch (finding.kind()) {
      case GAP, OVERLAP, LOOK_AHEAD_BARS -> BigDecimal.valueOf(finding.value(), NANOS_SCALE).stripTrailingZeros()
          .toPlainString();
      default -> Long.toString(finding.value());
    };
  }

  private static ObjectNode json(final TapeAudit.Result result) {
    final ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("rows", result.rows()).put("tapes", result.tapes()).put("from", Times.text(result.fromNs()))
        .put("to", Times.text(result.toNs())).put("clean", result.findings().isEmpty());
    final ArrayNode findings = node.putArray("findings");
    for (final TapeAudit.Finding finding : result.findings()) {
      findings.addObject().put("kind", StoryText.word(finding.kind())).put("tape", finding.tape())
          .put("row", finding.row()).put("ts", Long.toString(finding.timeNs())).put("count", finding.count())
          .put("value", value(finding)).put("detail", finding.detail());
    }
    return node;
  }
}
