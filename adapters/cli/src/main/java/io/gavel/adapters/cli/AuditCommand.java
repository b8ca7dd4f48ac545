package io.gavel.adapters.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gavel.adapters.backtest.study.TapeAudit;
import java.math.BigDecimal;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code gavel check}: whether a scenario's data can be believed; 1 when there is a reason to look. */
@Command(name = "check")
final class AuditCommand extends ScenarioVerb {

  private static final int NANOS_SCALE = 9;
  private static final long GAP_MAX = TimeUnit.DAYS.toSeconds(366);

  @Option(names = "--gap", paramLabel = "SECONDS", descriptionKey = "audit.gap")
  private long gapSeconds = TimeUnit.HOURS.toSeconds(1);

  AuditCommand(final Terminal terminal) {
    super(terminal);
  }

  @Override
  ExitCode run() {
    if (gapSeconds < 1 || gapSeconds > GAP_MAX) {
      throw UserError.unusable(text("error.outOfRange", "--gap", gapSeconds, 1, GAP_MAX));
    }
    final TapeAudit.Result result =
        studying(() -> TapeAudit.of(scenario(), TimeUnit.SECONDS.toNanos(gapSeconds)));
    if (json()) {
      terminal().json(json(result));
    } else {
      terminal().line(text("audit.head", result.rows(), result.tapes(), Times.text(result.fromNs()),
          Times.text(result.toNs())));
      for (final TapeAudit.Finding finding : result.findings()) {
        terminal().line(text("audit." + finding.kind(), finding.tape(), finding.row(), Times.text(finding.timeNs()),
            finding.count(), value(finding), finding.detail()));
      }
      terminal().line(result.findings().isEmpty() ? text("audit.clean")
          : text("audit.found", result.findings().size()));
    }
    return result.findings().isEmpty() ? ExitCode.OK : ExitCode.FINDING;
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
