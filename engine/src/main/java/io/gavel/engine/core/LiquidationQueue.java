package io.gavel.engine.core;

import io.gavel.codecs.SnapshotSink;
import io.gavel.codecs.SnapshotSource;
import io.gavel.codecs.StateOwner;
import io.gavel.engine.timer.DeadlineQueue;
import java.util.Arrays;

/** Accounts whose liquidation pauses: how many orders were tried, and when the next one may be. One thread. */
final class LiquidationQueue implements StateOwner {

  private static final int NULL_HANDLE = SlotList.NULL_SLOT;

  private final DeadlineQueue deadlines;
  private final int accountsMax;
  private int[] attempts = {};
  private long[] retryTimesNs = {};
  private int[] handles = {};
  private int count;

  LiquidationQueue(final int accountsMax, final DeadlineQueue deadlines) {
    this.accountsMax = accountsMax;
    this.deadlines = deadlines;
  }

  /** Takes the memory, once. */
  void allocate() {
    if (0 == attempts.length) {
      attempts = new int[accountsMax];
      retryTimesNs = new long[accountsMax];
      handles = new int[accountsMax];
      Arrays.fill(handles, NULL_HANDLE);
    }
  }

  int attempts(final int accountSlot) {
    return attempts[accountSlot];
  }

  boolean isPaused(final int accountSlot) {
    return 0 != retryTimesNs.length && 0 != retryTimesNs[accountSlot];
  }

  /** One more order was tried, or would have been. */
  void attempted(final int accountSlot) {
    count += 0 == attempts[accountSlot] ? 1 : 0;
    attempts[accountSlot]++;
  }

  void pause(final int accountSlot, final long untilNs) {
    retryTimesNs[accountSlot] = untilNs;
    handles[accountSlot] = deadlines.add(untilNs, accountSlot, Rooms.LIQUIDATION, accountSlot);
  }

  /** The pause is over; the deadline has been taken out of the queue already. */
  void resume(final int accountSlot) {
    retryTimesNs[accountSlot] = 0;
    handles[accountSlot] = NULL_HANDLE;
  }

  /** The account is healthy, or has nothing left. */
  void clear(final int accountSlot) {
    if (NULL_HANDLE != handles[accountSlot]) {
      deadlines.cancel(handles[accountSlot]);
      resume(accountSlot);
    }
    count -= 0 == attempts[accountSlot] ? 0 : 1;
    attempts[accountSlot] = 0;
  }

  @Override
  public int componentId() {
    return 2030;
  }

  @Override
  public String componentName() {
    return "liquidation-queue";
  }

  /** Whoever pauses has attempted. */
  @Override
  public void save(final SnapshotSink sink) {
    if (0 == count) {
      return;
    }
    sink.putInt(count);
    for (int accountSlot = 0; accountSlot < attempts.length; accountSlot++) {
      if (0 != attempts[accountSlot]) {
        sink.putInt(accountSlot);
        sink.putInt(attempts[accountSlot]);
        sink.putLong(retryTimesNs[accountSlot]);
      }
    }
  }

  @Override
  public void load(final SnapshotSource source) {
    allocate();
    count = source.getInt();
    for (int i = 0; i < count; i++) {
      final int accountSlot = source.getInt();
      attempts[accountSlot] = source.getInt();
      final long untilNs = source.getLong();
      if (0 != untilNs) {
        pause(accountSlot, untilNs);
      }
    }
  }
}
