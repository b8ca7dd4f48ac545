package io.gavel.adapters.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gavel.codecs.ReasonTexts;
import io.gavel.engine.Directory;
import io.gavel.engine.core.StateMachine;
import io.gavel.engine.replay.ExecutionLog;
import io.gavel.engine.replay.ReplayListener;
import io.gavel.engine.replay.ReplayResult;
import io.gavel.engine.replay.Replayer;
import io.gavel.engine.replay.StoredHash;
import java.nio.file.Path;
import org.agrona.DirectBuffer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gavel replay}: runs a journal again and compares the state hash with the one that was stored. */
@Command(name = "replay")
final class ReplayCommand extends Verb {

  private static final int FRAMES_PER_UPDATE = 1 << 12;

  @Parameters(index = "0", paramLabel = "DIR", descriptionKey = "replay.dir")
  private Path dir = Path.of("");

  @Option(names = "--to", paramLabel = "SEQ", descriptionKey = "replay.to")
  private long to = Long.MAX_VALUE;

  @Option(names = "--log", descriptionKey = "replay.log")
  private boolean log;

  ReplayCommand(final Terminal terminal) {
    super(terminal);
  }

  @Override
  ExitCode run() {
    if (to < 1) {
      throw UserError.unusable(text("error.badSequence", "--to", to));
    }
    if (log && json()) {
      throw UserError.unusable(text("replay.logIsText"));
    }
    dir = Journals.existing(terminal(), dir);
    final ReplayResult result = Journals.reading(terminal(), log ? this::writeLog : this::replay);
    if (to != Long.MAX_VALUE && result.sequence() < to) {
      throw UserError.unusable(text("replay.short", to, result.sequence()));
    }
    final boolean differs = ReplayResult.Comparison.DIFFERENT == result.comparison();
    if (json()) {
      terminal().json(json(result));
    } else {
      if (!log) {
        show(result);
      }
      remarks(result, differs);
    }
    return differs ? ExitCode.HASH_DIFFERS : ExitCode.OK;
  }

  private ReplayResult writeLog() {
    final ExecutionLog.Options options =
        new ExecutionLog.Options(ReasonTexts.Language.of(terminal().texts().language()), false);
    return ExecutionLog.write(dir, to, options, new Directory(), terminal().out());
  }

  private ReplayResult replay() {
    final StoredHash stored = StoredHash.read(dir);
    final long target = Math.min(to, null == stored ? 0 : stored.sequence());
    try (Progress progress = new Progress(terminal(), "replay", text("unit.frames"))) {
      return Replayer.replay(dir, to, new ReplayListener() {
        @Override
        public void afterFrame(
            final StateMachine machine, final DirectBuffer buffer, final int offset, final int length) {
          if (0 == (machine.sequence() & (FRAMES_PER_UPDATE - 1))) {
            progress.at(machine.sequence(), target);
          }
        }
      });
    }
  }

  private void show(final ReplayResult result) {
    final Table table = new Table("ll");
    table.row(text("label.sequence"), result.sequence());
    table.row(text("label.time"), Times.text(result.engineTimeNs()));
    table.row(text("label.stateHash"), result.stateHash());
    table.row(text("label.controlHash"), result.controlHash());
    table.row(text("label.events"), result.events());
    table.row(text("label.millis"), result.millis());
    final StoredHash stored = result.stored();
    if (null != stored) {
      table.row(text("label.storedHash"), stored.stateHash() + "  @ " + stored.sequence());
    }
    terminal().lines(table.lines());
    terminal().line(text("replay." + result.comparison()));
  }

  private void remarks(final ReplayResult result, final boolean differs) {
    if (null != result.tornTail()) {
      terminal().remark(text("replay.torn", result.tornTail()));
    }
    final StoredHash stored = result.stored();
    if (differs && null != stored) {
      terminal().remark(text("replay.differs", stored.sequence(), stored.stateHash(), stored.controlHash()));
    }
  }

  private static ObjectNode json(final ReplayResult result) {
    final ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("seq", result.sequence()).put("ts", Long.toString(result.engineTimeNs()))
        .put("stateHash", result.stateHash()).put("controlHash", result.controlHash())
        .put("events", result.events()).put("millis", result.millis())
        .put("comparison", result.comparison().name());
    final StoredHash stored = result.stored();
    if (null != stored) {
      node.putObject("stored").put("seq", stored.sequence()).put("stateHash", stored.stateHash())
          .put("controlHash", stored.controlHash());
    }
    if (null != result.tornTail()) {
      node.put("tornTail", result.tornTail());
    }
    return node;
  }
}
