package io.gavel.engine.journal;

import io.gavel.codecs.Invariants;
import java.nio.file.Path;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Watches the room that is left for a journal, and says when it runs short: early enough that what protects people,
 * cancels, the kill switch and auto-sell, can still be journalled for a long time. It looks every few commits, not at
 * every command. Reading back what was written stands behind it and needs none of this. One thread, the engine's.
 *
 * <pre>
 *   usable bytes   at or above 5/4 of the low-water mark, the reserve taken again   not short
 *                  below the low-water mark                                         short
 *                  below 1/8 of it                                                  short, the reserve is given up
 * </pre>
 */
public final class SpaceGuard {

  private static final int COMMITS_PER_LOOK = 64;
  private static final int IDLE_TURNS_PER_LOOK = 256;
  private static final int LOOKS_PER_LOW_WATER = 16;
  private static final int LAST_ROOM_PART = 8;
  private static final int HYSTERESIS_PART = 4;

  private final LongSupplier usable;
  private final long lowWaterBytes;
  private final @Nullable SpaceReserve reserve;
  private long usableBytes;
  private boolean isShort;
  private int commits;
  private int idleTurns;
  private long lookedAtBytes;

  /**
   * Looks for the first time.
   *
   * @param usable        bytes that the file system has left for us; negative: more than can be counted
   * @param lowWaterBytes below this the room is short; above 0
   * @param dir           where a reserve of {@code reserveBytes} is kept; null: none is
   */
  public SpaceGuard(
      final LongSupplier usable, final long lowWaterBytes, final @Nullable Path dir, final long reserveBytes) {
    Invariants.check(lowWaterBytes > 0, "a low-water mark is above 0", lowWaterBytes, 0);
    this.usable = usable;
    this.lowWaterBytes = lowWaterBytes;
    reserve = null == dir || 0 == reserveBytes ? null : new SpaceReserve(dir, reserveBytes);
    look();
    if (!isShort && !takeReserve()) {
      isShort = true;
    }
  }

  /** Whether the room is short, as of the last look. */
  public boolean isShort() {
    return isShort;
  }

  /** What the last look found. */
  public long usableBytes() {
    return usableBytes;
  }

  /** To be called behind every commit; {@code committedBytes} since the launch. */
  public void onCommit(final long committedBytes) {
    commits++;
    if (commits >= COMMITS_PER_LOOK || committedBytes - lookedAtBytes >= lowWaterBytes / LOOKS_PER_LOW_WATER) {
      lookedAtBytes = committedBytes;
      look();
    }
  }

  /** To be called when there was nothing to do: who is short waits for room, whether or not anything comes. */
  public void onIdle() {
    if (isShort) {
      idleTurns++;
      if (idleTurns >= IDLE_TURNS_PER_LOOK) {
        look();
      }
    }
  }

  private void look() {
    commits = 0;
    idleTurns = 0;
    final long found = usable.getAsLong();
    usableBytes = found < 0 ? Long.MAX_VALUE : found;
    if (usableBytes < lowWaterBytes) {
      isShort = true;
      if (usableBytes < lowWaterBytes / LAST_ROOM_PART && null != reserve && reserve.isHeld()) {
        reserve.release();
      }
    } else if (isShort && usableBytes - wantedByReserve() >= lowWaterBytes + lowWaterBytes / HYSTERESIS_PART) {
      isShort = !takeReserve();
    }
  }

  private long wantedByReserve() {
    return null == reserve || reserve.isHeld() ? 0 : reserve.bytes();
  }

  private boolean takeReserve() {
    return null == reserve || reserve.take();
  }
}
