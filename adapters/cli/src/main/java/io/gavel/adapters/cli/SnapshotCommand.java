package io.gavel.adapters.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gavel.engine.replay.SnapshotFollower;
import io.gavel.engine.snapshot.DirectorySnapshotStore;
import io.gavel.engine.snapshot.SnapshotSummary;
import io.gavel.engine.snapshot.SnapshotTaker;
import io.gavel.engine.status.CountersSnapshot;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gavel snapshot}: takes a snapshot of where a journal ends, beside a running engine or without one. */
@Command(name = "snapshot")
final class SnapshotCommand extends Verb {

  private static final int FRAMES_PER_UPDATE = 1 << 12;

  @Parameters(index = "0", paramLabel = "DIR", descriptionKey = "snapshot.dir")
  private Path dir = Path.of("");

  @Option(names = "--keep", paramLabel = "N", descriptionKey = "snapshot.keep")
  private int keep = SnapshotTaker.KEPT;

  SnapshotCommand(final Terminal terminal) {
    super(terminal);
  }

  @Override
  ExitCode run() {
    if (keep < 1) {
      throw UserError.unusable(text("error.badSequence", "--keep", keep));
    }
    dir = Journals.existing(terminal(), dir);
    final DirectorySnapshotStore store = new DirectorySnapshotStore(dir);
    try (SnapshotFollower follower = new SnapshotFollower(dir, store, 0, keep)) {
      Journals.reading(terminal(), () -> follow(follower));
      final RuntimeException failure = follower.failure();
      if (null != failure) {
        throw UserError.unusable(text("snapshot.failed", String.valueOf(failure.getMessage())));
      }
      if (0 == follower.sequence()) {
        throw UserError.unusable(text("journal.unreadable", dir));
      }
      show(follower, store);
    }
    return ExitCode.OK;
  }

  private long follow(final SnapshotFollower follower) {
    final long target = CountersSnapshot.lastSequence(dir);
    follower.request();
    try (Progress progress = new Progress(terminal(), "snapshot", text("unit.frames"))) {
      while (follower.doWork(FRAMES_PER_UPDATE) > 0) {
        progress.at(follower.sequence(), target);
      }
    }
    return follower.sequence();
  }

  private void show(final SnapshotFollower follower, final DirectorySnapshotStore store) {
    final @Nullable SnapshotSummary last = follower.last();
    if (json()) {
      final ObjectNode node = JsonNodeFactory.instance.objectNode();
      node.put("taken", null != last).put("seq", follower.sequence());
      if (null != last) {
        node.put("hash", last.stateHash()).put("bytes", last.length()).put("file", last.place());
      }
      terminal().json(node);
    } else if (null == last) {
      terminal().line(text("snapshot.nothingNew", follower.sequence(), store.place(follower.sequence())));
    } else {
      terminal().line(text("snapshot.taken", last.sequence(), last.stateHash(), last.length(), last.place()));
    }
  }
}
