package io.gavel.engine.replay;

import io.gavel.engine.core.CoreConfig;
import io.gavel.engine.core.FrameOutlook;
import io.gavel.engine.core.StateMachine;
import io.gavel.engine.egress.EventKey;
import io.gavel.engine.egress.EventSink;
import io.gavel.engine.egress.EventStage;
import io.gavel.engine.egress.NamingHook;
import io.gavel.engine.journal.CorruptJournalException;
import io.gavel.engine.journal.Journal;
import io.gavel.engine.journal.JournalTailer;
import io.gavel.engine.snapshot.SnapshotFacts;
import io.gavel.engine.snapshot.SnapshotStore;
import io.gavel.engine.snapshot.StateHash;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Brings a fresh core to where the journal ends, delivers again what a host has not seen, and leaves the journal ready
 * to be appended to. What it refuses to start on: damage, another configuration, another outcome than was stored.
 */
public final class Recovery {

  /** No events are asked for. */
  public static final long NO_EVENTS = -1;

  private static final Logger LOGGER = System.getLogger("io.gavel.engine.replay");
  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final long NANOS_PER_SECOND = 1_000_000_000;
  /** Accounts, orders and rules from which on more than one processor is asked for their hash. */
  private static final int LARGE = 100_000;
  private static final long REPORT_NS = 100 * NANOS_PER_MILLI;

  private final JournalTailer tailer;
  private final StateMachine machine;
  private final Beginning beginning;
  private final RecoveryListener listener;
  private final long startNs;
  private long redelivered;
  private long frames;
  private long replayNs;
  private long reportedNs;
  private long targetSequence;

  private Recovery(final JournalTailer tailer, final StateMachine machine, final Beginning beginning,
      final RecoveryListener listener, final long startNs) {
    this.tailer = tailer;
    this.machine = machine;
    this.beginning = beginning;
    this.listener = listener;
    this.startNs = startNs;
  }

  /** As below, from the journal alone. */
  public static Recovery open(final Journal journal, final @Nullable CoreConfig wanted) {
    return open(journal, wanted, null, NO_EVENTS, false, RecoveryListener.NONE);
  }

  /**
   * Loads the newest sound snapshot, or looks at record 1.
   *
   * @param wanted        null: whatever the snapshot or the journal says, or the standard for a new one
   * @param snapshots     null: there are none
   * @param afterSequence events of this sequence and later are asked for; negative: none are
   * @param compareHashes whether a loaded state is held against the hashes in its snapshot too
   */
  public static Recovery open(
      final Journal journal, final @Nullable CoreConfig wanted, final @Nullable SnapshotStore snapshots,
      final long afterSequence, final boolean compareHashes, final RecoveryListener listener) {
    final long startNs = System.nanoTime();
    listener.onProgress(new RecoveryProgress(RecoveryProgress.Phase.LOADING, 0, 0, 0, 0, 0));
    final Beginning beginning = new Beginning(
        snapshots, journal::tailer, afterSequence < 0 ? Beginning.ANY : afterSequence, compareHashes);
    final JournalTailer tailer = beginning.find();
    StateMachine machine = beginning.machine();
    if (null == machine && !beginning.hasFrame()) {
      machine = new StateMachine(null == wanted ? CoreConfig.standard() : wanted);
    } else {
      final CoreConfig found = null == machine ? Replayer.configOf(tailer) : machine.config();
      if (null != wanted && !wanted.equals(found)) {
        throw new IllegalArgumentException("the journal was begun with another configuration: "
            + String.join(", ", differences(found, wanted)));
      }
      machine = null == machine ? new StateMachine(found) : machine;
    }
    return new Recovery(tailer, machine, beginning, listener, startNs);
  }

  public StateMachine machine() {
    return machine;
  }

  /** Whether the journal holds nothing yet, not even a configuration. */
  public boolean isEmpty() {
    return 0 == tailer.sequence();
  }

  /** What was loaded; null: nothing, the journal is replayed from its first frame. */
  public @Nullable SnapshotFacts snapshot() {
    return beginning.snapshot();
  }

  /** Sequence of the last frame in the journal, after {@link #run}. */
  public long sequence() {
    return tailer.sequence();
  }

  /** Engine time of the last frame. */
  public long engineTimeNs() {
    return tailer.engineTimeNs();
  }

  /** Chain behind the last frame. */
  public long chain() {
    return tailer.chain();
  }

  /** Where the journal ends as far as somebody knows, for a listener to see a share; 0: not known. */
  public Recovery target(final long sequence) {
    targetSequence = sequence;
    return this;
  }

  /**
   * Replays everything, then readies {@code journal}. Events behind (afterSequence, afterIndex) go to {@code sink};
   * a negative sequence: none.
   */
  public void run(
      final Journal journal, final @Nullable StoredHash stored, final EventSink sink, final NamingHook naming,
      final long afterSequence, final int afterIndex) {
    final EventSink gate = afterSequence < 0 ? EventSink.NONE : (buffer, offset, length) -> {
      if (EventKey.isBehind(buffer, offset, afterSequence, afterIndex)) {
        redelivered++;
        deliver(sink, buffer, offset, length);
      }
    };
    final EventStage stage = new EventStage(machine, gate, naming).passOver(tailer.quarantines());
    replayNs = System.nanoTime();
    compareSnapshot(stored);
    if (beginning.hasFrame()) {
      replay(stage, stored, journal::prepare);
    }
    if (null != stored && stored.sequence() > tailer.sequence()) {
      throw new CorruptJournalException(tailer.sequence() + 1, tailer.place(), "it was closed at sequence "
          + stored.sequence() + ", what lies behind " + tailer.sequence() + " is gone"
          + (null == tailer.tornTail() ? "" : ": " + tailer.tornTail()));
    }
    checkReaches(afterSequence);
    journal.resume(tailer);
  }

  /** What a host has seen was committed: a journal that ends before it has lost something, or is another one's. */
  private void checkReaches(final long afterSequence) {
    if (afterSequence > tailer.sequence()) {
      throw new CorruptJournalException(tailer.sequence() + 1, tailer.place(), "the host has seen sequence "
          + afterSequence + ", what lies behind " + tailer.sequence() + " is gone"
          + (null == tailer.tornTail() ? "" : ": " + tailer.tornTail()));
    }
  }

  private void replay(final EventStage stage, final @Nullable StoredHash stored, final Runnable onLong) {
    final FrameOutlook outlook = machine.outlook();
    try (FrameReader reader = new FrameReader(tailer, onLong)) {
      FrameBatch batch;
      do {
        batch = reader.next();
        apply(batch, stage, outlook, stored);
        report(RecoveryProgress.Phase.REPLAYING, false);
      } while (!batch.isLast());
      final RuntimeException fault = batch.fault();
      if (null != fault) {
        throw fault;
      }
    }
  }

  private void apply(final FrameBatch batch, final EventStage stage, final FrameOutlook outlook,
      final @Nullable StoredHash stored) {
    for (int from = 0; from < batch.frames(); from += FrameOutlook.FRAMES_MAX) {
      final int to = Math.min(batch.frames(), from + FrameOutlook.FRAMES_MAX);
      look(outlook, batch, from, to);
      for (int i = from; i < to; i++) {
        apply(batch, i, stage);
        if (null != stored && stored.sequence() == machine.sequence()) {
          report(RecoveryProgress.Phase.COMPARING, true);
          compare(stored, Replayer.hashesOf(machine, machine.sequence()));
        }
      }
    }
    frames += batch.frames();
  }

  /** What was found, as of now. */
  public RecoveryReport report() {
    report(RecoveryProgress.Phase.COMPARING, true);
    final String stateHash = isLarge()
        ? StateHash.ofLarge(machine.businessState()) : StateHash.of(machine.businessState());
    report(RecoveryProgress.Phase.DONE, true);
    final SnapshotFacts snapshot = beginning.snapshot();
    return new RecoveryReport(machine.sequence(), stateHash, (System.nanoTime() - startNs) / NANOS_PER_MILLI,
        redelivered, null == snapshot ? 0 : snapshot.sequence(), frames, beginning.notices());
  }

  private boolean isLarge() {
    return machine.risk().accountCount() + machine.orderPool().size() + machine.rules().size() >= LARGE;
  }

  /** An engine that was closed where its snapshot was taken says the same twice. */
  private void compareSnapshot(final @Nullable StoredHash stored) {
    final SnapshotFacts snapshot = beginning.snapshot();
    if (null != stored && null != snapshot && stored.sequence() == snapshot.sequence()) {
      compare(stored, new StoredHash(snapshot.sequence(), snapshot.stateHash(), snapshot.controlHash()));
    }
  }

  private static void compare(final StoredHash stored, final StoredHash now) {
    if (!stored.equals(now)) {
      throw new StateDivergence(stored.sequence(), stored.stateHash(), now.stateHash());
    }
  }

  private void report(final RecoveryProgress.Phase phase, final boolean always) {
    final long nowNs = System.nanoTime();
    if (!always && nowNs - reportedNs < REPORT_NS) {
      return;
    }
    reportedNs = nowNs;
    final SnapshotFacts snapshot = beginning.snapshot();
    listener.onProgress(new RecoveryProgress(phase, machine.sequence(), null == snapshot ? 0 : snapshot.sequence(),
        targetSequence, nowNs - startNs, frames * NANOS_PER_SECOND / Math.max(1, nowNs - replayNs)));
  }

  private static void look(final FrameOutlook outlook, final FrameBatch batch, final int from, final int to) {
    try {
      outlook.begin();
      for (int i = from; i < to; i++) {
        outlook.add(batch.frame(i), 0);
      }
      outlook.look();
    } catch (final RuntimeException ex) {
      // A frame at which even a look fails is applied, or passed over, like any other; there its fault is told.
      LOGGER.log(Level.DEBUG, "a look ahead failed", ex);
    }
  }

  private void apply(final FrameBatch batch, final int frame, final EventStage stage) {
    final UnsafeBuffer buffer = batch.frame(frame);
    try {
      stage.apply(buffer, 0);
    } catch (final HostFault ex) {
      throw ex;
    } catch (final RuntimeException ex) {
      throw ReplayFault.poison(buffer, 0, ex);
    }
  }

  private static void deliver(final EventSink sink, final DirectBuffer buffer, final int offset, final int length) {
    try {
      sink.onEvent(buffer, offset, length);
    } catch (final RuntimeException ex) {
      throw new HostFault(EventKey.sequence(buffer, offset), EventKey.index(buffer, offset), ex);
    }
  }

  private static List<String> differences(final CoreConfig found, final CoreConfig wanted) {
    final List<String> result = new ArrayList<>();
    for (final RecordComponent component : CoreConfig.class.getRecordComponents()) {
      try {
        final Object before = component.getAccessor().invoke(found);
        final Object after = component.getAccessor().invoke(wanted);
        if (!before.equals(after)) {
          result.add(component.getName() + " is " + before + ", asked for " + after);
        }
      } catch (final ReflectiveOperationException ex) {
        throw new IllegalStateException("cannot read " + component, ex);
      }
    }
    return result;
  }

  /** A host's handler threw at an event delivered again. */
  public static final class HostFault extends RuntimeException {

    private static final long serialVersionUID = 1L;

    HostFault(final long sequence, final int index, final Throwable cause) {
      super("the host threw at the redelivered event (" + sequence + ", " + index + ")", cause);
    }
  }
}
