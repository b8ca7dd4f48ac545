package io.gavel.adapters.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gavel.engine.status.CountersSnapshot;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code gavel stat}: what a running engine counts, read from outside its process. */
@Command(name = "stat")
final class StatCommand extends Verb {

  @Parameters(index = "0", paramLabel = "DIR", descriptionKey = "stat.dir")
  private Path dir = Path.of("");

  StatCommand(final Terminal terminal) {
    super(terminal);
  }

  @Override
  ExitCode run() {
    dir = Journals.existing(terminal(), dir);
    final CountersSnapshot snapshot = read();
    if (json()) {
      terminal().json(json(snapshot));
      return ExitCode.OK;
    }
    final Table table = new Table("lr");
    table.row("pid", snapshot.pid() + (snapshot.alive() ? "" : " " + text("stat.gone")));
    table.row(text("stat.started"), Instant.ofEpochMilli(snapshot.startedMs()));
    table.row(text("stat.state"), snapshot.state());
    for (final CountersSnapshot.Counter counter : snapshot.counters()) {
      if (!"state".equals(counter.label())) {
        table.row(counter.label(), counter.value());
      }
    }
    terminal().lines(table.lines());
    return ExitCode.OK;
  }

  private CountersSnapshot read() {
    try {
      return CountersSnapshot.read(dir);
    } catch (final NoSuchFileException e) {
      throw UserError.unusable(text("stat.none", dir));
    } catch (final IOException e) {
      throw UserError.unusable(text("journal.unreadable", String.valueOf(e.getMessage())));
    }
  }

  private static ObjectNode json(final CountersSnapshot snapshot) {
    final ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("pid", snapshot.pid()).put("alive", snapshot.alive())
        .put("started", Instant.ofEpochMilli(snapshot.startedMs()).toString())
        .put("state", snapshot.state().name());
    final ObjectNode counters = node.putObject("counters");
    for (final CountersSnapshot.Counter counter : snapshot.counters()) {
      counters.put(counter.label(), counter.value());
    }
    return node;
  }
}
