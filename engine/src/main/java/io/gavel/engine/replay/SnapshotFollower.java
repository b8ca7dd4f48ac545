package io.gavel.engine.replay;

import io.gavel.engine.core.StateMachine;
import io.gavel.engine.egress.EventSink;
import io.gavel.engine.egress.EventStage;
import io.gavel.engine.egress.NamingHook;
import io.gavel.engine.journal.ChronicleJournal;
import io.gavel.engine.journal.JournalTailer;
import io.gavel.engine.snapshot.DamagedSnapshotException;
import io.gavel.engine.snapshot.SnapshotFacts;
import io.gavel.engine.snapshot.SnapshotStore;
import io.gavel.engine.snapshot.SnapshotSummary;
import io.gavel.engine.snapshot.SnapshotTaker;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Follows a journal with a core of its own and takes snapshots of that one, so that the live core never pauses: beside
 * it in the same process, or in another. It needs the memory of a second core and never writes to the journal. One
 * thread drives it; {@link #request()} and what it has done may be asked by any.
 */
public final class SnapshotFollower implements AutoCloseable {

  private static final Logger LOGGER = System.getLogger("io.gavel.engine.replay");

  private final Path dir;
  private final SnapshotStore store;
  private final long everySequences;
  private final SnapshotTaker taker;
  private final AtomicLong requests = new AtomicLong();
  private final AtomicLong sequence = new AtomicLong();
  private final AtomicLong taken = new AtomicLong();
  private final AtomicLong failures = new AtomicLong();
  private @Nullable StateMachine machine;
  private @Nullable EventStage stage;
  private @Nullable JournalTailer tailer;
  private boolean hasFrame;
  /** Where the last one was taken, or would have been. */
  private long lastAttempt;
  private long lastSnapshot;
  private long served;
  private volatile @Nullable SnapshotSummary last;
  private volatile @Nullable RuntimeException failure;

  /**
   * Reads nothing before it is driven.
   *
   * @param dir            the engine's directory
   * @param everySequences a snapshot each time the journal has grown by so many frames; 0: on request only
   * @param kept           how many snapshots stay
   */
  public SnapshotFollower(final Path dir, final SnapshotStore store, final long everySequences, final int kept) {
    this.dir = dir;
    this.store = store;
    this.everySequences = everySequences;
    taker = new SnapshotTaker(store, kept, () -> ChronicleJournal.syncAll(dir));
  }

  /** Has a snapshot taken as soon as it has read what is in the journal now. */
  public void request() {
    requests.incrementAndGet();
  }

  /** Sequence of the last frame it has applied. */
  public long sequence() {
    return sequence.get();
  }

  /** Snapshots it has taken. */
  public long taken() {
    return taken.get();
  }

  /** Snapshots that could not be taken. */
  public long failures() {
    return failures.get();
  }

  /** Why the last of these could not; null: there was none. */
  public @Nullable RuntimeException failure() {
    return failure;
  }

  /** The last one; null: none yet. */
  public @Nullable SnapshotSummary last() {
    return last;
  }

  /**
   * Applies up to {@code framesMax} frames and takes a snapshot when one is due.
   *
   * @return frames applied; 0: it has read everything there is
   */
  public int doWork(final int framesMax) {
    if (null == machine && !begin()) {
      return 0;
    }
    final StateMachine core = machine;
    final EventStage applying = stage;
    final JournalTailer reader = tailer;
    if (null == core || null == applying || null == reader) {
      return 0;
    }
    final long asked = requests.get();
    int done = 0;
    while (done < framesMax && (hasFrame || reader.next())) {
      hasFrame = false;
      applying.apply(reader.buffer(), reader.offset());
      done++;
      if (everySequences > 0 && core.sequence() - lastAttempt >= everySequences) {
        take(core, reader);
      }
    }
    sequence.set(core.sequence());
    if (done < framesMax && asked > served) {
      served = asked;
      if (core.sequence() > lastSnapshot) {
        take(core, reader);
      }
    }
    return done;
  }

  @Override
  public void close() {
    final JournalTailer reader = tailer;
    if (null != reader) {
      reader.close();
    }
  }

  /** Answers whether there is a journal to follow yet. */
  private boolean begin() {
    if (!ChronicleJournal.exists(dir)) {
      return false;
    }
    final Beginning beginning =
        new Beginning(store, position -> EventLog.follow(dir, position), Beginning.ANY, false);
    final JournalTailer reader = beginning.find();
    if (0 == reader.sequence()) {
      reader.close();
      return false;
    }
    final SnapshotFacts snapshot = beginning.snapshot();
    final StateMachine restored = beginning.machine();
    final StateMachine core = null == restored ? new StateMachine(Replayer.configOf(reader)) : restored;
    machine = core;
    stage = new EventStage(core, EventSink.NONE, NamingHook.NONE).passOver(reader.quarantines());
    tailer = reader;
    hasFrame = beginning.hasFrame();
    lastSnapshot = null == snapshot ? 0 : snapshot.sequence();
    lastAttempt = lastSnapshot;
    sequence.set(core.sequence());
    return true;
  }

  /** A disk that is full now may not be so later: what fails is told and tried again when the next one is due. */
  private void take(final StateMachine core, final JournalTailer reader) {
    lastAttempt = core.sequence();
    try {
      last = taker.take(core, reader.chain());
      lastSnapshot = core.sequence();
      taken.incrementAndGet();
    } catch (final UncheckedIOException | DamagedSnapshotException ex) {
      failure = ex;
      failures.incrementAndGet();
      LOGGER.log(Level.WARNING, "no snapshot could be taken at sequence " + core.sequence() + ": " + ex);
    }
  }
}
