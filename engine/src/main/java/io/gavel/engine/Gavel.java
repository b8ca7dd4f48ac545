package io.gavel.engine;

import io.gavel.engine.core.StateMachine;
import io.gavel.engine.egress.EventStage;
import io.gavel.engine.journal.ChronicleJournal;
import io.gavel.engine.journal.DirectoryLock;
import io.gavel.engine.journal.DurabilityLevel;
import io.gavel.engine.journal.Journal;
import io.gavel.engine.journal.JournalPosition;
import io.gavel.engine.journal.JournalTailer;
import io.gavel.engine.journal.MemoryJournal;
import io.gavel.engine.journal.SpaceGuard;
import io.gavel.engine.journal.Watermark;
import io.gavel.engine.replay.EventSubscriber;
import io.gavel.engine.replay.Recovery;
import io.gavel.engine.replay.RecoveryReport;
import io.gavel.engine.replay.Replayer;
import io.gavel.engine.replay.SnapshotFollower;
import io.gavel.engine.replay.StoredHash;
import io.gavel.engine.ring.CommandRing;
import io.gavel.engine.ring.Ingress;
import io.gavel.engine.ring.Pipeline;
import io.gavel.engine.ring.PipelineParts;
import io.gavel.engine.snapshot.SnapshotStore;
import io.gavel.engine.snapshot.SnapshotSummary;
import io.gavel.engine.snapshot.SnapshotTaker;
import io.gavel.engine.snapshot.StateHash;
import io.gavel.engine.status.CountersSnapshot;
import io.gavel.engine.status.EngineCounters;
import io.gavel.engine.status.EngineState;
import io.gavel.engine.status.ErrorLog;
import java.lang.System.Logger.Level;
import java.lang.System.Logger;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.IdleStrategy;
import org.jspecify.annotations.Nullable;

/**
 * An engine at work: launch it, send commands through its facades or an {@link Ingress}, hear events, close it.
 * EMBEDDED, the default, does nothing by itself: the host's thread calls {@link #doWork()}. Commands may be offered
 * from any thread.
 */
public final class Gavel implements AutoCloseable {

  private static final Logger LOGGER = System.getLogger("io.gavel.engine");
  private static final long ROOM_WAIT_NS = 20_000;
  private static final long QUERY_LOOK_MILLIS = 20;

  private final GavelContext context;
  private final StateMachine machine;
  private final Journal journal;
  private final @Nullable DirectoryLock lock;
  private final EngineCounters counters;
  private final CommandRing ring;
  private final Pipeline pipeline;
  private final EventStage stage;
  private final Directory directory;
  private final RecoveryReport recovery;
  private final @Nullable SnapshotFollower follower;
  private final @Nullable FollowerThread followerThread;
  private final Driver driver = new Driver();
  private final AtomicLong refused;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final Orders orders;
  private final Rules rules;
  private final Prices prices;
  private final Markets markets;
  private final Margins margins;
  private final Tokens tokens;
  private @Nullable Thread engineThread;
  /** Set by close, read by the engine's own thread. */
  private volatile boolean stopping;

  private Gavel(final GavelContext context, final Launch launch, final RecoveryReport recovery) {
    this.context = context;
    this.machine = launch.machine();
    this.journal = launch.journal();
    this.lock = launch.lock();
    this.counters = launch.counters();
    this.ring = launch.ring();
    this.pipeline = launch.pipeline();
    this.stage = launch.stage();
    this.directory = launch.directory();
    this.refused = launch.refused();
    this.recovery = recovery;
    this.follower = followerOf(context);
    this.followerThread = null == follower || !context.preset().ownThread()
        ? null : new FollowerThread(follower, context.threadFactory());
    this.orders = new Orders(directory, ingress());
    this.rules = new Rules(directory, ingress());
    this.prices = new Prices(directory, ingress());
    this.markets = new Markets(directory, ingress());
    this.margins = new Margins(directory, ingress());
    this.tokens = new Tokens(directory, ingress());
  }

  private record Launch(
      StateMachine machine, Journal journal, @Nullable DirectoryLock lock, EngineCounters counters,
      CommandRing ring, Pipeline pipeline, EventStage stage, Directory directory, AtomicLong refused) {
  }

  /**
   * Launches; on a directory that is not empty the engine recovers first.
   *
   * @throws IllegalArgumentException for mistakes in the context, all of them at once, and another configuration
   * @throws IllegalStateException    when the directory is in use, or the process lacks a flag
   */
  public static Gavel launch(final GavelContext context, final GavelEvents events) {
    context.conclude();
    final Path dir = context.dir();
    StartCheck.check(null != dir, context.withoutBoundsChecks());
    DirectoryLock lock = null;
    Journal journal = null;
    try {
      lock = null == dir ? null : DirectoryLock.acquire(dir);
      journal = journalOf(context);
      final Gavel engine = assemble(context, events, journal, lock);
      journal = null;
      lock = null;
      engine.start();
      return engine;
    } finally {
      // Still set: the launch has failed, and nothing may be left behind.
      if (null != journal && null == context.journal()) {
        journal.close();
      }
      if (null != lock) {
        lock.close();
      }
    }
  }

  /** Drives an EMBEDDED engine by one turn; 0 when there was nothing to do, or the engine is closed or halted. */
  public int doWork() {
    if (context.preset().ownThread() || closed.get()) {
      return 0;
    }
    driver.enterAsWriter();
    try {
      return pipeline.doWork();
    } finally {
      driver.leave();
    }
  }

  /** A new hot way in, for one thread. */
  public Ingress ingress() {
    return new Ingress(ring, refused, context.engineId());
  }

  /** Assets, instruments, accounts, money, controls. */
  public Admin admin() {
    return new Admin(directory, ingress(), this::makeRoom, this::snapshot, context.engineId());
  }

  public Orders orders() {
    return orders;
  }

  public Rules rules() {
    return rules;
  }

  public Prices prices() {
    return prices;
  }

  public Markets markets() {
    return markets;
  }

  public Margins margins() {
    return margins;
  }

  public Tokens tokens() {
    return tokens;
  }

  public Directory directory() {
    return directory;
  }

  /** What every command has survived before its answer, or anything else about it, is told. */
  public DurabilityLevel durability() {
    return context.durability();
  }

  /** What the launch found. */
  public RecoveryReport recovery() {
    return recovery;
  }

  /** Sequence of the last frame applied. Any thread. */
  public long sequence() {
    return counters.sequence();
  }

  /** Engine time of the last frame applied. Any thread. */
  public long engineTimeNs() {
    return counters.engineTimeNs();
  }

  /**
   * Where the journal stands behind the last frame applied; to be kept outside the directory, and given back as {@link
   * GavelContext#watermark}. As {@link #query}.
   */
  public JournalPosition position() {
    return ask(core -> new JournalPosition(core.sequence(), core.engineTimeNs(), pipeline.chain()));
  }

  /** The state hash in hexadecimal; see {@link #query}. */
  public String stateHash() {
    return ask(core -> StateHash.of(core.businessState()));
  }

  /**
   * Looks at the state between two frames. EMBEDDED: at once, on the caller's thread, which must be the one that
   * drives. With a thread of its own: there, behind everything offered so far; the caller waits.
   */
  public void query(final Consumer<StateMachine> reader) {
    ask(core -> {
      reader.accept(core);
      return Boolean.TRUE;
    });
  }

  /** As {@link #query}, with an answer. */
  public <T> T ask(final Function<StateMachine, T> reader) {
    final Thread own = engineThread;
    if (null == own || !own.isAlive()) {
      driver.enter();
      try {
        return reader.apply(machine);
      } finally {
        driver.leave();
      }
    }
    if (driver.isInside()) {
      throw new IllegalStateException("not from within a handler: the engine is at work on this very thread");
    }
    return askBehindBarrier(reader);
  }

  /**
   * Reads events at its own pace on another thread, from behind (afterSequence, afterIndex) on; needs a directory.
   *
   * @param capacity bytes of events that may wait for it, a power of two, before it has to catch up from the journal
   */
  public EventSubscriber subscribe(final long afterSequence, final int afterIndex, final int capacity) {
    final Path dir = context.dir();
    if (null == dir) {
      throw new IllegalStateException("a subscriber catches up from a journal on disk: set a dir");
    }
    return new EventSubscriber(dir, stage, this::sequence, afterSequence, afterIndex, capacity);
  }

  /**
   * Connects an outside party, from behind the last event it has saved; needs a directory.
   *
   * @param capacity as for {@link #subscribe}
   */
  public AdapterLink connect(final AdapterPort port, final int capacity) {
    return new AdapterLink(port, subscribe(port.savedSequence(), port.savedIndex(), capacity), ingress());
  }

  /** The follower that takes this engine's snapshots; null when none was asked for. */
  public @Nullable SnapshotFollower follower() {
    return follower;
  }

  /** Drives the follower of an EMBEDDED engine, on any one thread; 0: it has read everything, or there is none. */
  public int follow(final int framesMax) {
    return null == follower || null != followerThread || closed.get() ? 0 : follower.doWork(framesMax);
  }

  public boolean isHalted() {
    return ring.isHalted();
  }

  /** Why the engine halted; null while it has not. */
  public @Nullable Throwable haltCause() {
    return pipeline.haltCause();
  }

  /** Takes nothing more, finishes what was offered, seals the journal. Idempotent; any thread but within a handler. */
  @Override
  public void close() {
    if (driver.isInside()) {
      throw new IllegalStateException("not from within a handler: the engine is at work on this very thread");
    }
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    ring.refuse(Codes.CLOSED);
    stopOwnThread();
    stopFollower();
    driver.enterBehind();
    try {
      while (pipeline.doWork() > 0) {
        Thread.onSpinWait();
      }
      finish();
    } finally {
      driver.leave();
      if (null != lock) {
        lock.close();
      }
    }
  }

  private void stopFollower() {
    if (null != followerThread) {
      followerThread.stop();
    } else if (null != follower) {
      follower.close();
    }
  }

  /** Of the live core, which stands meanwhile. */
  private SnapshotSummary snapshot() {
    final SnapshotStore store = context.snapshotStore();
    final Path dir = context.dir();
    if (null == store || !journal.keepsFrames()) {
      throw new IllegalStateException("a snapshot needs a journal behind it and a place to be: set a dir");
    }
    if (isHalted()) {
      throw new IllegalStateException("a halted engine may stand in the middle of a command: recover first");
    }
    final SnapshotTaker taker = new SnapshotTaker(store, context.snapshotsKept(), () -> {
      if (null != dir) {
        ChronicleJournal.syncAll(dir);
      }
    });
    return ask(core -> taker.take(core, pipeline.chain()));
  }

  private void finish() {
    if (isHalted()) {
      return;
    }
    journal.close();
    final Path dir = context.dir();
    if (null != dir) {
      Replayer.hashesOf(machine, machine.sequence()).write(dir);
    }
    counters.state(EngineState.CLOSED);
  }

  private void start() {
    counters.state(EngineState.RUNNING);
    LOGGER.log(recovery.sequence() > 1 ? Level.INFO : Level.DEBUG, "{0}; {1}", recovery, context.preset());
    if (null != followerThread) {
      followerThread.start();
    }
    if (context.preset().ownThread()) {
      final Thread thread = context.threadFactory().newThread(this::run);
      engineThread = thread;
      thread.start();
    }
  }

  private void run() {
    final IdleStrategy idle = context.idleStrategy();
    driver.enterAsWriter();
    try {
      while (!stopping && null == pipeline.haltCause()) {
        idle.idle(pipeline.doWork());
      }
    } finally {
      driver.leave();
    }
  }

  private void stopOwnThread() {
    final Thread own = engineThread;
    stopping = true;
    boolean interrupted = false;
    while (null != own && own.isAlive()) {
      LockSupport.unpark(own);
      try {
        own.join(1);
      } catch (final InterruptedException ex) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** For the cold facade: an EMBEDDED engine is driven on, one with its own thread is waited for. */
  private boolean makeRoom() {
    if (driver.isInside() || closed.get() || isHalted()) {
      return false;
    }
    if (!context.preset().ownThread()) {
      return doWork() > 0;
    }
    LockSupport.parkNanos(ROOM_WAIT_NS);
    return true;
  }

  private <T> T askBehindBarrier(final Function<StateMachine, T> reader) {
    final AtomicReference<@Nullable T> answer = new AtomicReference<>();
    final AtomicReference<@Nullable RuntimeException> fault = new AtomicReference<>();
    final CountDownLatch done = new CountDownLatch(1);
    final Runnable task = () -> {
      try {
        answer.set(reader.apply(machine));
      } catch (final RuntimeException ex) {
        // The reader's mistake is the asker's, not the engine's.
        fault.set(ex);
      } finally {
        done.countDown();
      }
    };
    long code = ring.offerTask(task);
    while (Codes.BACK_PRESSURED == code) {
      LockSupport.parkNanos(ROOM_WAIT_NS);
      code = ring.offerTask(task);
    }
    if (code < 0) {
      throw new IllegalStateException(Codes.describe(code));
    }
    awaitBarrier(done);
    final RuntimeException thrown = fault.get();
    if (null != thrown) {
      throw thrown;
    }
    final T result = answer.get();
    if (null == result) {
      throw new IllegalStateException("a query must answer something");
    }
    return result;
  }

  private void awaitBarrier(final CountDownLatch done) {
    try {
      while (!done.await(QUERY_LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        if (isHalted()) {
          throw new IllegalStateException(Codes.describe(Codes.HALTED));
        }
      }
    } catch (final InterruptedException ex) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for the engine", ex);
    }
  }

  private static Journal journalOf(final GavelContext context) {
    final Journal own = context.journal();
    if (null != own) {
      return own;
    }
    final Path dir = context.dir();
    return null == dir ? MemoryJournal.keepingNothing()
        : new ChronicleJournal(dir, context.journalBlockBytes(), context.journalSegmentBytes());
  }

  private static Gavel assemble(
      final GavelContext context, final GavelEvents events, final Journal journal,
      final @Nullable DirectoryLock lock) {
    final Path dir = context.dir();
    final long knownSequence = null == dir ? 0 : CountersSnapshot.lastSequence(dir);
    final EngineCounters counters = null == dir ? EngineCounters.inMemory() : EngineCounters.in(dir);
    counters.state(EngineState.RECOVERING);
    final Directory directory = new Directory();
    final GavelEventsDispatcher dispatcher = new GavelEventsDispatcher(events, context.durability());
    checkJournal(context, journal);
    final Recovery recovery = Recovery.open(journal, context.config(), context.snapshotStore(),
        context.deliverFromSequence(), context.compareSnapshot(), context.onRecovery()).target(knownSequence);
    final NameLoader names = new NameLoader(directory, recovery);
    recovery.run(journal, null == dir ? null : StoredHash.read(dir), dispatcher, directory::onFrame,
        context.deliverFromSequence(), context.deliverFromIndex());
    names.join();
    final StateMachine machine = recovery.machine();
    StartCheck.checkEngineId(machine.engineId(), context.engineId());
    final AtomicLong refused = new AtomicLong();
    final EventStage stage = new EventStage(machine, dispatcher, directory::onFrame);
    final CommandRing ring = new CommandRing(context.ringCapacity());
    final Pipeline pipeline = new Pipeline(new PipelineParts(ring, context.clock(), journal, context.durability(),
        machine, stage, counters, refused, context.batchMax(),
        spaceGuard(context), events::onDegraded, onHalt(context, events, counters)));
    if (recovery.isEmpty()) {
      pipeline.begin();
    } else {
      pipeline.seed(recovery.sequence(), recovery.engineTimeNs(), recovery.chain());
    }
    final RecoveryReport report = recovery.report();
    counters.recoveryMillis(report.millis());
    return new Gavel(
        context, new Launch(machine, journal, lock, counters, ring, pipeline, stage, directory, refused), report);
  }

  private static void checkJournal(final GavelContext context, final Journal journal) {
    // In front of the first event that is delivered again: it is said to have survived as much as a new one.
    journal.confirm(context.durability());
    final JournalPosition watermark = context.watermark();
    if (null != watermark) {
      Watermark.require(journal, watermark);
    }
    try (JournalTailer look = journal.tailer()) {
      look.quarantines().requireSignedBy(context.quarantineKeys());
    }
  }

  private static @Nullable SpaceGuard spaceGuard(final GavelContext context) {
    final LongSupplier usable = context.usableBytes();
    return null == usable || 0 == context.spaceLowWaterBytes() ? null
        : new SpaceGuard(usable, context.spaceLowWaterBytes(), context.dir(), context.spaceReserveBytes());
  }

  private static @Nullable SnapshotFollower followerOf(final GavelContext context) {
    final Path dir = context.dir();
    final SnapshotStore store = context.snapshotStore();
    return 0 == context.snapshotEvery() || null == dir || null == store
        ? null : new SnapshotFollower(dir, store, context.snapshotEvery(), context.snapshotsKept());
  }

  private static ErrorHandler onHalt(
      final GavelContext context, final GavelEvents events, final EngineCounters counters) {
    final ErrorLog log = new ErrorLog(context.dir());
    return fault -> {
      counters.state(EngineState.HALTED);
      log.record(counters.sequence(), fault);
      final ErrorHandler own = context.errorHandler();
      try {
        if (null != own) {
          own.onError(fault);
        }
      } finally {
        events.onHalt(fault);
      }
    };
  }
}
