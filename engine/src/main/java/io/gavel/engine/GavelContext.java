package io.gavel.engine;

import io.gavel.engine.core.CoreConfig;
import io.gavel.engine.journal.DurabilityLevel;
import io.gavel.engine.journal.Journal;
import io.gavel.engine.journal.JournalPosition;
import io.gavel.engine.replay.RecoveryListener;
import io.gavel.engine.snapshot.DirectorySnapshotStore;
import io.gavel.engine.snapshot.SnapshotStore;
import io.gavel.engine.snapshot.SnapshotTaker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.function.LongSupplier;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.BusySpinIdleStrategy;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.SystemEpochNanoClock;
import org.jspecify.annotations.Nullable;

/**
 * How an engine is launched. Set what differs from the defaults; {@link #conclude()} lists all mistakes at once. A
 * context launches one engine.
 */
public final class GavelContext {

  /** Redeliver nothing: the default. */
  public static final long NULL_SEQUENCE = -1;

  private static final int BLOCK_BYTES_MIN = 64 << 10;

  private @Nullable Path dir;
  private Preset preset = Preset.EMBEDDED;
  private EpochNanoClock clock = SystemEpochNanoClock.INSTANCE;
  private @Nullable CoreConfig config;
  private DurabilityLevel durability = DurabilityLevel.PROCESS;
  private long deliverFromSequence = NULL_SEQUENCE;
  private int deliverFromIndex;
  private @Nullable ErrorHandlerHolder errorHandler;
  private @Nullable IdleStrategy idleStrategy;
  private ThreadFactory threadFactory = GavelContext::daemon;
  private int ringCapacity;
  private int batchMax;
  private int journalBlockBytes = 16 << 20;
  private long journalSegmentBytes = 1L << 30;
  private long spaceLowWaterBytes = 64L << 20;
  private long spaceReserveBytes = 4L << 20;
  private @Nullable LongSupplier usableBytes;
  private List<PublicKey> quarantineKeys = List.of();
  private @Nullable JournalPosition watermark;
  private @Nullable Journal journal;
  private @Nullable SnapshotStore snapshotStore;
  private long snapshotEvery;
  private int snapshotsKept = SnapshotTaker.KEPT;
  private boolean compareSnapshot;
  private RecoveryListener recoveryListener = RecoveryListener.NONE;
  private long engineId;
  private boolean withoutBoundsChecks;
  private boolean concluded;

  private record ErrorHandlerHolder(org.agrona.ErrorHandler handler) {
  }

  /** Journal, counters and lock live here; not empty: the engine recovers. Absent: nothing is kept. */
  public GavelContext dir(final Path path) {
    dir = path;
    return this;
  }

  public @Nullable Path dir() {
    return dir;
  }

  /** Threads, waits and ring sizes; never an outcome. */
  public GavelContext preset(final Preset value) {
    preset = value;
    return this;
  }

  public Preset preset() {
    return preset;
  }

  /** The only clock the engine reads. */
  public GavelContext clock(final EpochNanoClock value) {
    clock = value;
    return this;
  }

  public EpochNanoClock clock() {
    return clock;
  }

  /** Every number that can change an outcome. Absent: that of the journal, or the standard for a new one. */
  public GavelContext config(final CoreConfig value) {
    config = value;
    return this;
  }

  public @Nullable CoreConfig config() {
    return config;
  }

  /** What a command survives before anything about it is told. */
  public GavelContext durability(final DurabilityLevel level) {
    durability = level;
    return this;
  }

  public DurabilityLevel durability() {
    return durability;
  }

  /**
   * The last event the host has seen: on launch everything behind it is delivered again. (0, 0) is everything; unset,
   * nothing is delivered again.
   */
  public GavelContext deliverFrom(final long sequence, final int index) {
    deliverFromSequence = sequence;
    deliverFromIndex = index;
    return this;
  }

  public long deliverFromSequence() {
    return deliverFromSequence;
  }

  public int deliverFromIndex() {
    return deliverFromIndex;
  }

  /** Hears of every fault besides {@link GavelEvents#onHalt}; unset, faults are logged. */
  public GavelContext errorHandler(final org.agrona.ErrorHandler handler) {
    errorHandler = new ErrorHandlerHolder(handler);
    return this;
  }

  public org.agrona.@Nullable ErrorHandler errorHandler() {
    return null == errorHandler ? null : errorHandler.handler();
  }

  /** How an engine thread waits; unset, as the preset says. */
  public GavelContext idleStrategy(final IdleStrategy value) {
    idleStrategy = value;
    return this;
  }

  public IdleStrategy idleStrategy() {
    if (null == idleStrategy) {
      idleStrategy = Preset.DEDICATED_SPINNING == preset
          ? BusySpinIdleStrategy.INSTANCE
          : new BackoffIdleStrategy(100, 100, 1_000, 1_000_000);
    }
    return idleStrategy;
  }

  /** Makes the engine's thread; unset, a daemon named gavel-engine. */
  public GavelContext threadFactory(final ThreadFactory factory) {
    threadFactory = factory;
    return this;
  }

  public ThreadFactory threadFactory() {
    return threadFactory;
  }

  /** Slots of the ring, a power of two; unset, as the preset says. */
  public GavelContext ringCapacity(final int slots) {
    ringCapacity = slots;
    return this;
  }

  public int ringCapacity() {
    return 0 == ringCapacity ? preset.ringCapacity() : ringCapacity;
  }

  /** Frames that share one commit; unset, as the preset says. */
  public GavelContext batchMax(final int frames) {
    batchMax = frames;
    return this;
  }

  public int batchMax() {
    return 0 == batchMax ? preset.batchMax() : batchMax;
  }

  /** By how much a journal file grows, at least 64 KiB; small in tests. */
  public GavelContext journalBlockBytes(final int bytes) {
    journalBlockBytes = bytes;
    return this;
  }

  public int journalBlockBytes() {
    return journalBlockBytes;
  }

  /** At how many bytes of frames the journal goes on in a new segment. */
  public GavelContext journalSegmentBytes(final long bytes) {
    journalSegmentBytes = bytes;
    return this;
  }

  public long journalSegmentBytes() {
    return journalSegmentBytes;
  }

  /**
   * Below how many usable bytes on the journal's disk the engine takes no new risk; above 5/4 of it, it does again.
   * Cancels, the kill switch and auto-sell go on. 64 MiB unless set; 0: nobody watches, and a full disk halts.
   */
  public GavelContext spaceLowWaterBytes(final long bytes) {
    spaceLowWaterBytes = bytes;
    return this;
  }

  public long spaceLowWaterBytes() {
    return spaceLowWaterBytes;
  }

  /**
   * Size of a file in {@link #dir} that keeps room which nobody else can take, given up when an eighth of the low-water
   * mark is left. 4 MiB unless set; 0: none.
   */
  public GavelContext spaceReserveBytes(final long bytes) {
    spaceReserveBytes = bytes;
    return this;
  }

  public long spaceReserveBytes() {
    return spaceReserveBytes;
  }

  /** Says how many bytes the journal's disk has left; unset, the file system of {@link #dir} is asked. */
  public GavelContext usableBytes(final LongSupplier supplier) {
    usableBytes = supplier;
    return this;
  }

  public @Nullable LongSupplier usableBytes() {
    final Path path = dir;
    return null != usableBytes || null == path ? usableBytes : path.toFile()::getUsableSpace;
  }

  /**
   * A place that the host remembers outside of {@link #dir}, see {@link Gavel#position()}: a journal that does not have
   * it, because an older copy was put back or the directory is another engine's, is not launched on.
   */
  public GavelContext watermark(final JournalPosition known) {
    watermark = known;
    return this;
  }

  public @Nullable JournalPosition watermark() {
    return watermark;
  }

  /**
   * Ed25519 keys of operators who may sign that a frame at which the core throws is passed over. A journal in which one
   * is, by a key that is not among them, is not launched on.
   */
  public GavelContext quarantineKeys(final PublicKey... keys) {
    quarantineKeys = List.of(keys);
    return this;
  }

  public List<PublicKey> quarantineKeys() {
    return quarantineKeys;
  }

  /** What signatures of commands are bound to, so that those for one engine are none for another; 0: nothing. */
  public GavelContext engineId(final long id) {
    engineId = id;
    return this;
  }

  public long engineId() {
    return engineId;
  }

  /**
   * Whether the engine may run in a process without Agrona's bounds checks. They are for the whole process, and a read
   * outside a buffer is then whatever lies there: who says true answers for every other use of Agrona in it.
   */
  public GavelContext withoutBoundsChecks(final boolean value) {
    withoutBoundsChecks = value;
    return this;
  }

  public boolean withoutBoundsChecks() {
    return withoutBoundsChecks;
  }

  /** A journal of the host's own, instead of one in {@link #dir}. */
  public GavelContext journal(final Journal value) {
    journal = value;
    return this;
  }

  public @Nullable Journal journal() {
    return journal;
  }

  /**
   * A snapshot each time the journal has grown by so many frames, taken by a follower with a core of its own: the live
   * one never pauses. Needs a dir, and the memory of a second core. 0, the default: only on request. With a thread of
   * its own the engine gives the follower one too; an EMBEDDED host drives it by {@link Gavel#follow}.
   */
  public GavelContext snapshotEvery(final long sequences) {
    snapshotEvery = sequences;
    return this;
  }

  public long snapshotEvery() {
    return snapshotEvery;
  }

  /** How many snapshots stay; 2 by default, so that one may be damaged. */
  public GavelContext snapshotsKept(final int snapshots) {
    snapshotsKept = snapshots;
    return this;
  }

  public int snapshotsKept() {
    return snapshotsKept;
  }

  /** Snapshots of the host's own, instead of files in {@link #dir}. */
  public GavelContext snapshotStore(final SnapshotStore store) {
    snapshotStore = store;
    return this;
  }

  /** Where snapshots are; null: nowhere, for there is no dir. */
  public @Nullable SnapshotStore snapshotStore() {
    final Path path = dir;
    return null != snapshotStore || null == path ? snapshotStore : new DirectorySnapshotStore(path);
  }

  /**
   * On launch, whether a restored state is held against the hashes in its snapshot too, not only its bytes against
   * their checksums. Costs a walk over all of it.
   */
  public GavelContext compareSnapshot(final boolean value) {
    compareSnapshot = value;
    return this;
  }

  public boolean compareSnapshot() {
    return compareSnapshot;
  }

  /** Hears how far a recovery has come, on the thread that launches. */
  public GavelContext onRecovery(final RecoveryListener listener) {
    recoveryListener = listener;
    return this;
  }

  public RecoveryListener onRecovery() {
    return recoveryListener;
  }

  /** Checks everything and says everything that is wrong; called by {@link Gavel#launch}. */
  public GavelContext conclude() {
    final List<String> mistakes = new ArrayList<>();
    if (concluded) {
      mistakes.add("a context launches one engine: this one has been used");
    }
    final Path path = dir;
    if (null != path && Files.exists(path) && !Files.isDirectory(path)) {
      mistakes.add("dir is no directory: " + path);
    }
    if (null != path && null != journal) {
      mistakes.add("dir and journal exclude one another: dir=" + path);
    }
    if (Integer.bitCount(ringCapacity()) != 1 || ringCapacity() < 2 || ringCapacity() > 1 << 19) {
      mistakes.add("ringCapacity must be a power of two from 2 to 524288: " + ringCapacity());
    }
    if (batchMax() < 1) {
      mistakes.add("batchMax must be at least 1: " + batchMax());
    }
    if (journalBlockBytes < BLOCK_BYTES_MIN || 0 != journalBlockBytes % 4_096) {
      mistakes.add("journalBlockBytes must be a multiple of 4096 and at least 65536: " + journalBlockBytes);
    }
    if (journalSegmentBytes < BLOCK_BYTES_MIN) {
      mistakes.add("journalSegmentBytes must be at least 65536: " + journalSegmentBytes);
    }
    if (deliverFromSequence < NULL_SEQUENCE || deliverFromIndex < 0) {
      mistakes.add("deliverFrom is no event: (" + deliverFromSequence + ", " + deliverFromIndex + ")");
    }
    if (spaceLowWaterBytes < 0 || spaceReserveBytes < 0 || spaceReserveBytes > Integer.MAX_VALUE) {
      mistakes.add("spaceLowWaterBytes must not be negative, spaceReserveBytes must be from 0 to 2147483647: "
          + spaceLowWaterBytes + ", " + spaceReserveBytes);
    }
    checkDurability(mistakes);
    checkSnapshots(mistakes);
    checkEngineId(mistakes);
    if (!mistakes.isEmpty()) {
      throw new IllegalArgumentException("GavelContext: " + String.join("; ", mistakes));
    }
    concluded = true;
    return this;
  }

  private void checkEngineId(final List<String> mistakes) {
    if (engineId < 0) {
      mistakes.add("engineId must not be negative: " + engineId);
    }
  }

  private void checkDurability(final List<String> mistakes) {
    final Journal own = journal;
    if (DurabilityLevel.PROCESS != durability && null == dir && null == own) {
      mistakes.add("durability " + durability + " needs a dir");
      return;
    }
    final DurabilityLevel strongest = null == own ? DurabilityLevel.DISK : own.strongestLevel();
    if (!strongest.covers(durability)) {
      mistakes.add("durability " + durability + " is more than this journal can give, which is " + strongest
          + (DurabilityLevel.QUORUM == durability
              ? ": QUORUM needs a journal that a majority of replicas records, given by journal(...); else ask for DISK"
              : ""));
    }
  }

  private void checkSnapshots(final List<String> mistakes) {
    if (snapshotEvery < 0 || (snapshotEvery > 0 && null == dir)) {
      mistakes.add("snapshotEvery must be 0 or more, and needs a dir: " + snapshotEvery);
    }
    if (snapshotsKept < 1) {
      mistakes.add("snapshotsKept must be at least 1: " + snapshotsKept);
    }
  }

  /** The effective configuration, a line for each setting. */
  @Override
  public String toString() {
    return "dir: " + dir + "\npreset: " + preset + "\ndurability: " + durability + "\nringCapacity: " + ringCapacity()
        + "\nbatchMax: " + batchMax() + "\njournalBlockBytes: " + journalBlockBytes + "\njournalSegmentBytes: "
        + journalSegmentBytes + "\nspaceLowWaterBytes: " + spaceLowWaterBytes + "\nspaceReserveBytes: "
        + spaceReserveBytes + "\ndeliverFrom: (" + deliverFromSequence + ", " + deliverFromIndex
        + ")\nsnapshotEvery: " + snapshotEvery + "\nsnapshotsKept: " + snapshotsKept + "\ncompareSnapshot: "
        + compareSnapshot + "\nconfig: "
        + (null == config ? "as the journal says, or the standard" : config) + "\n";
  }

  private static Thread daemon(final Runnable work) {
    final Thread thread = new Thread(work, "gavel-engine");
    thread.setDaemon(true);
    return thread;
  }
}
