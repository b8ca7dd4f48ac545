package io.gavel.adapters.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gavel.engine.journal.JournalScan;
import io.gavel.engine.replay.ReplayVerifier;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code gavel verify}: is the journal as it was written. */
@Command(name = "verify")
final class VerifyCommand extends Verb {

  @Parameters(index = "0", paramLabel = "DIR", descriptionKey = "verify.dir")
  private Path dir = Path.of("");

  VerifyCommand(final Terminal terminal) {
    super(terminal);
  }

  @Override
  ExitCode run() {
    dir = Journals.existing(terminal(), dir);
    final JournalScan.Result result = ReplayVerifier.verify(dir);
    if (json()) {
      terminal().json(json(result));
    } else {
      terminal().line(switch (result.status()) {
        case CLEAN -> text("verify.clean", result.lastSequence());
        case CORRUPT -> text("verify.corrupt", result.sequence(), result.file(), result.reason(),
            result.lastSequence());
        case UNREADABLE -> text("verify.unreadable", result.file(), result.reason());
      });
      if (JournalScan.Status.CLEAN == result.status() && !result.reason().isEmpty()) {
        terminal().line(result.reason());
      }
    }
    return switch (result.status()) {
      case CLEAN -> ExitCode.OK;
      case CORRUPT -> ExitCode.FINDING;
      case UNREADABLE -> ExitCode.UNUSABLE;
    };
  }

  private static ObjectNode json(final JournalScan.Result result) {
    final ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("status", result.status().name()).put("lastSeq", result.lastSequence());
    if (JournalScan.Status.CORRUPT == result.status()) {
      node.put("seq", result.sequence());
    }
    return node.put("file", result.file()).put("reason", result.reason());
  }
}
