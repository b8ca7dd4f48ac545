package io.gavel.engine.replay;

import io.gavel.engine.core.StateMachine;
import io.gavel.engine.egress.EventKey;
import io.gavel.engine.egress.EventSink;
import io.gavel.engine.egress.EventStage;
import io.gavel.engine.egress.NamingHook;
import io.gavel.engine.journal.ChronicleJournal;
import io.gavel.engine.journal.JournalPosition;
import io.gavel.engine.journal.JournalTailer;
import io.gavel.engine.snapshot.DirectorySnapshotStore;
import java.nio.file.Path;

/**
 * All events of a journal, keyed (sequence, index), had again by replay, byte for byte: what is derivable is not kept
 * a second time. It begins behind the newest snapshot that is older than what is asked for.
 */
public final class EventLog {

  private EventLog() {
  }

  /**
   * Hands the events behind (afterSequence, afterIndex), up to and including those of {@code toSequence}, to
   * {@code sink}. (0, 0) is the beginning.
   *
   * @return how many there were
   */
  public static long deliver(
      final Path dir, final long afterSequence, final int afterIndex, final long toSequence, final EventSink sink) {
    final long[] delivered = {0};
    final EventSink gate = (buffer, offset, length) -> {
      if (EventKey.isBehind(buffer, offset, afterSequence, afterIndex)) {
        delivered[0]++;
        sink.onEvent(buffer, offset, length);
      }
    };
    final Beginning beginning =
        new Beginning(new DirectorySnapshotStore(dir), position -> follow(dir, position), afterSequence, false);
    try (JournalTailer tailer = beginning.find()) {
      if (0 == tailer.sequence()) {
        throw new ReplayFault(
            0, "the journal is empty" + (null == tailer.tornTail() ? "" : ": " + tailer.tornTail()));
      }
      final StateMachine restored = beginning.machine();
      final EventStage stage = new EventStage(
          null == restored ? new StateMachine(Replayer.configOf(tailer)) : restored, gate, NamingHook.NONE)
          .passOver(tailer.quarantines());
      boolean more = beginning.hasFrame() && tailer.sequence() <= toSequence;
      while (more) {
        Replayer.apply(stage, tailer);
        more = tailer.sequence() < toSequence && tailer.next();
      }
    }
    return delivered[0];
  }

  static JournalTailer follow(final Path dir, final JournalPosition position) {
    final JournalTailer tailer = ChronicleJournal.follow(dir, position);
    if (null == tailer) {
      throw new ReplayFault(0, "no journal in " + dir);
    }
    return tailer;
  }
}
