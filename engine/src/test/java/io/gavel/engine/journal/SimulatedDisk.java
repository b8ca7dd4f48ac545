package io.gavel.engine.journal;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One file of a machine that may die: what a process sees is the page cache, what a power loss leaves is what was
 * synced, and of the pages that were not some sectors of the new and some of the old. Every operation asks its
 * {@link Faults} what becomes of it. Dead, it changes nothing any more. One thread.
 */
public final class SimulatedDisk {

  /** What may be asked of it. */
  public enum Operation { WRITE, READ_BACK, SYNC, CUT }

  /** What may become of an operation. */
  public enum Fault {
    /** It works. */
    NONE,
    /** It fails and says so. */
    FAILED,
    /** No room: as failed, and so is every write from now on. */
    FULL,
    /** A write that says it worked and did nothing. */
    DROPPED,
    /** A write that says it worked and changed a bit. */
    FLIPPED,
    /** The process dies before it. */
    DIES_BEFORE,
    /** The process dies in the middle: part of a write is there. */
    DIES_WITHIN,
    /** The process dies before it hears that it worked. */
    DIES_AFTER;

    /** Whether it means something there. */
    public boolean canHappenAt(final Operation operation) {
      return Operation.WRITE == operation || FAILED == this || DIES_BEFORE == this || DIES_AFTER == this;
    }
  }

  /** Decides; {@code number} counts all operations from 1. */
  public interface Faults {

    Faults NEVER = (operation, number) -> Fault.NONE;

    Fault at(Operation operation, long number);
  }

  /** Hears of every boundary that a command or a recovery passes, and may let the process die there. */
  public interface Boundaries {

    Boundaries UNWATCHED = name -> false;

    /** Whether the process dies here. */
    boolean endsAt(String name);
  }

  /** The process is dead: thrown through the engine, which has no say in it. */
  public static final class Death extends Error {

    private static final long serialVersionUID = 1L;

    public Death(final String where) {
      super("the process died: " + where, null, false, false);
    }
  }

  private static final int PAGE = 4_096;
  private static final int SECTOR = 512;

  private final UnsafeBuffer cache = new UnsafeBuffer(new byte[1 << 16]);
  /** Pages written since they were synced, as they are on the platter. */
  private final TreeMap<Integer, byte[]> unsynced = new TreeMap<>();
  private Faults faults = Faults.NEVER;
  private Boundaries boundaries = Boundaries.UNWATCHED;
  private SplittableRandom random = new SplittableRandom(1);
  private int length;
  private long operations;
  private boolean full;
  private boolean dead;

  public void boundaries(final Boundaries watch) {
    boundaries = watch;
  }

  /** The process passes a boundary, or dies at it. */
  public void pass(final String name) {
    if (!dead && boundaries.endsAt(name)) {
      dead = true;
      throw new Death(name);
    }
  }

  public void faults(final Faults plan) {
    faults = plan;
  }

  /** Which part of a torn write is there, which bit is flipped. */
  public void seed(final long seed) {
    random = new SplittableRandom(seed);
  }

  /** What a reader sees; valid until the next write. */
  public UnsafeBuffer bytes() {
    return cache;
  }

  public int length() {
    return length;
  }

  public long operations() {
    return operations;
  }

  public boolean isDead() {
    return dead;
  }

  /** Whether a write found no room. */
  public boolean isFull() {
    return full;
  }

  /** Room again. */
  public void free() {
    full = false;
  }

  /** The process is gone, the machine is not: what was written is there. */
  public void die() {
    dead = true;
  }

  /** The machine is up again, without faults until told otherwise. */
  public void revive() {
    dead = false;
    faults = Faults.NEVER;
  }

  /** The power is gone: of every page that was not synced, each sector is the old or the new one. */
  public void losePower(final SplittableRandom luck) {
    dead = true;
    unsynced.forEach((page, platter) -> {
      final int kind = luck.nextInt(3);
      for (int at = 0; at < PAGE; at += SECTOR) {
        if (0 == kind || (1 == kind && luck.nextBoolean())) {
          cache.putBytes(page * PAGE + at, platter, at, SECTOR);
        }
      }
    });
    unsynced.clear();
  }

  void write(final int position, final DirectBuffer source, final int offset, final int count) {
    grow(position + count);
    final Fault fault = begin(Operation.WRITE);
    if (dead || Fault.DROPPED == fault) {
      return;
    }
    if (boundaries.endsAt("within WRITE")) {
      keepPlatter(position, count);
      cache.putBytes(position, source, offset, count / 2);
      length = Math.max(length, position + count / 2);
      dead = true;
      throw new Death("within WRITE");
    }
    final int written = Fault.DIES_WITHIN == fault ? random.nextInt(count) : count;
    keepPlatter(position, written);
    cache.putBytes(position, source, offset, written);
    length = Math.max(length, position + written);
    if (Fault.FLIPPED == fault) {
      flip(position * (long) Byte.SIZE + random.nextInt(count * Byte.SIZE));
    }
    end(Operation.WRITE, fault);
  }

  /** Whether what was written is there. */
  boolean reads(final int position, final DirectBuffer source, final int offset, final int count) {
    final Fault fault = begin(Operation.READ_BACK);
    boolean same = position + count <= length;
    for (int i = 0; same && i < count; i += Long.BYTES) {
      same = cache.getLong(position + i) == source.getLong(offset + i);
    }
    end(Operation.READ_BACK, fault);
    return same;
  }

  void sync() {
    final Fault fault = begin(Operation.SYNC);
    if (!dead) {
      unsynced.clear();
      end(Operation.SYNC, fault);
    }
  }

  /** Nothing is left from {@code position} on. */
  void cut(final int position) {
    final Fault fault = begin(Operation.CUT);
    if (!dead && position < length) {
      keepPlatter(position, length - position);
      cache.setMemory(position, length - position, (byte) 0);
      length = position;
    }
    end(Operation.CUT, fault);
  }

  /** Changes one bit where it lies, on the platter too. */
  public void flip(final long bit) {
    final int at = (int) (bit / Byte.SIZE);
    cache.putByte(at, (byte) (cache.getByte(at) ^ 1 << (int) (bit % Byte.SIZE)));
  }

  /** Loses everything behind {@code position}, as a file cut short by somebody. */
  public void shorten(final int position) {
    cache.setMemory(position, length - position, (byte) 0);
    length = position;
    unsynced.clear();
  }

  /** A disk with the same bytes, all of them safe. */
  public SimulatedDisk copy() {
    return copy(length);
  }

  /** A disk with the first {@code count} of the bytes. */
  public SimulatedDisk copy(final int count) {
    final SimulatedDisk copy = new SimulatedDisk();
    copy.grow(count);
    copy.cache.putBytes(0, cache, 0, count);
    copy.length = count;
    return copy;
  }

  private Fault begin(final Operation operation) {
    operations++;
    pass("before " + operation);
    final Fault fault = dead ? Fault.NONE : faults.at(operation, operations);
    if (Fault.DIES_BEFORE == fault) {
      dead = true;
      throw new Death("before " + operation);
    }
    full |= Fault.FULL == fault;
    if (Fault.FAILED == fault || (full && Operation.WRITE == operation)) {
      throw new JournalFault(operation + (full ? ": no space left on device" : ": input/output error"));
    }
    return fault;
  }

  private void end(final Operation operation, final Fault fault) {
    if (Fault.DIES_WITHIN == fault || Fault.DIES_AFTER == fault) {
      dead = true;
      throw new Death(fault + " " + operation);
    }
    pass("after " + operation);
  }

  private void keepPlatter(final int position, final int count) {
    for (int page = position / PAGE; page <= (position + count - 1) / PAGE; page++) {
      final byte @Nullable [] before = unsynced.get(page);
      if (null == before) {
        final byte[] platter = new byte[PAGE];
        cache.getBytes(page * PAGE, platter);
        unsynced.put(page, platter);
      }
    }
  }

  private void grow(final int wanted) {
    if (wanted + PAGE > cache.capacity()) {
      cache.wrap(Arrays.copyOf(cache.byteArray(), Math.max(2 * cache.capacity(), wanted + 2 * PAGE)));
    }
  }
}
