package io.gavel.adapters.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gavel.adapters.market.capture.CaptureCheck;
import io.gavel.adapters.market.capture.CaptureException;
import io.gavel.adapters.market.capture.CaptureFormat;
import io.gavel.adapters.market.capture.CaptureReport;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gavel data check}: a capture of a venue against the truth that it carries. */
@Command(name = "check")
final class CheckCommand extends Verb {

  @Parameters(index = "0", paramLabel = "FILE", descriptionKey = "check.file")
  private Path file = Path.of("");

  @Option(names = "--format", paramLabel = "F", required = true, descriptionKey = "check.format")
  private String format = "";

  @Option(names = "--truth", paramLabel = "FILE", descriptionKey = "check.truth")
  private @Nullable Path truth;

  CheckCommand(final Terminal terminal) {
    super(terminal);
  }

  @Override
  ExitCode run() {
    final CaptureFormat known = CaptureFormat.of(format).orElseThrow(() -> UserError.unusable(
        text("error.notOneOf", "--format", format, CaptureFormat.labels())));
    final CaptureReport report = check(known);
    if (json()) {
      terminal().json(json(report));
    } else {
      show(report);
    }
    return 0 == report.rowsWrong() ? ExitCode.OK : ExitCode.FINDING;
  }

  private CaptureReport check(final CaptureFormat known) {
    try {
      return CaptureCheck.run(file, known, truth);
    } catch (final CaptureException e) {
      throw UserError.unusable(String.valueOf(e.getMessage()));
    }
  }

  private void show(final CaptureReport report) {
    final Table table = new Table("lr");
    table.row(text("check.records"), report.records());
    report.counts().forEach((count, howMany) -> table.row(text("check.count." + count.label()), howMany));
    table.row(text("check.rowsCompared"), report.rowsCompared());
    table.row(text("check.rowsWrong"), report.rowsWrong());
    terminal().lines(table.lines());
    terminal().lines(report.differences());
    final long more = report.rowsWrong() - report.differences().size();
    if (more > 0) {
      terminal().line(text("check.more", more));
    }
  }

  private static ObjectNode json(final CaptureReport report) {
    final ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("file", report.file()).put("format", report.format().label()).put("records", report.records())
        .put("rowsCompared", report.rowsCompared()).put("rowsWrong", report.rowsWrong());
    final ObjectNode counts = node.putObject("counts");
    report.counts().forEach((count, howMany) -> counts.put(count.label(), howMany));
    report.differences().forEach(node.putArray("differences")::add);
    return node;
  }
}
