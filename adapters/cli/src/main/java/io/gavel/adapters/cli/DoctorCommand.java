package io.gavel.adapters.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code gavel doctor}: what this machine is, and what is missing, with the exact flag that mends it. */
@Command(name = "doctor")
final class DoctorCommand extends Verb {

  DoctorCommand(final Terminal terminal) {
    super(terminal);
  }

  @Override
  ExitCode run() {
    final List<MachineCheck.Finding> findings = new MachineCheck(Path.of("/")).findings();
    final boolean broken = findings.stream().anyMatch(f -> MachineCheck.Verdict.MISSING == f.verdict());
    if (json()) {
      terminal().json(json(findings));
    } else {
      final Table table = new Table("lll");
      for (final MachineCheck.Finding finding : findings) {
        table.row(text("doctor." + finding.key()), finding.value(), remark(finding));
      }
      terminal().line("gavel " + Version.text());
      terminal().lines(table.lines());
      terminal().line(text(broken ? "doctor.broken" : "doctor.ready"));
    }
    return broken ? ExitCode.FINDING : ExitCode.OK;
  }

  private String remark(final MachineCheck.Finding finding) {
    final String mark = text("doctor.verdict." + finding.verdict());
    return finding.remarkKey().isEmpty() ? mark : mark + "  " + text(finding.remarkKey(), finding.remarkValue());
  }

  private ObjectNode json(final List<MachineCheck.Finding> findings) {
    final ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("version", Version.text());
    final ArrayNode checks = node.putArray("checks");
    for (final MachineCheck.Finding finding : findings) {
      final ObjectNode check = checks.addObject();
      check.put("name", finding.key());
      check.put("value", finding.value());
      check.put("verdict", finding.verdict().toString());
      if (!finding.remarkKey().isEmpty()) {
        check.put("remark", text(finding.remarkKey(), finding.remarkValue()));
      }
    }
    return node;
  }
}
