package io.gavel.adapters.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gavel.engine.journal.Retention;
import io.gavel.engine.replay.JournalRetention;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code gavel retain}: drops what neither a snapshot nor a consumer needs of a journal. */
@Command(name = "retain")
final class RetainCommand extends Verb {

  @Parameters(index = "0", paramLabel = "DIR", descriptionKey = "retain.dir")
  private Path dir = Path.of("");

  RetainCommand(final Terminal terminal) {
    super(terminal);
  }

  @Override
  ExitCode run() {
    dir = Journals.existing(terminal(), dir);
    final Retention.Result result = Journals.reading(terminal(), () -> JournalRetention.drop(dir));
    if (json()) {
      final ObjectNode node = JsonNodeFactory.instance.objectNode();
      node.put("neededBehind", result.floor()).put("begins", result.begins());
      final ArrayNode segments = node.putArray("dropped");
      result.segments().forEach(segments::add);
      terminal().json(node);
    } else {
      terminal().line(text("retain.done", result.segments().size(), result.begins(), result.floor()));
    }
    return ExitCode.OK;
  }
}
