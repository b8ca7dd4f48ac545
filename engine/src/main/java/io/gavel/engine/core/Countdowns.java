package io.gavel.engine.core;

import io.gavel.codecs.SnapshotSink;
import io.gavel.codecs.SnapshotSource;
import io.gavel.codecs.StateOwner;
import io.gavel.codecs.sbe.CancelScope;
import io.gavel.engine.timer.DeadlineQueue;
import java.util.Arrays;

/**
 * Who has asked that its orders do not outlive it: the accounts with a countdown that is running, and those bound to
 * the life of a session. Both say what dies with it. Accounts are slots.
 */
final class Countdowns implements StateOwner {

  final long[] endTimesNs;
  final long[] sessionIds;
  private final int[] handles;
  private final byte[] countdownScopes;
  private final byte[] sessionScopes;
  private final SlotList running;
  private final SlotList bound;
  private final DeadlineQueue deadlines;
  private int runningCount;
  private int boundCount;

  Countdowns(final int accountsMax, final DeadlineQueue deadlines) {
    this.deadlines = deadlines;
    endTimesNs = new long[accountsMax];
    sessionIds = new long[accountsMax];
    handles = new int[accountsMax];
    Arrays.fill(handles, SlotList.NULL_SLOT);
    countdownScopes = new byte[accountsMax];
    sessionScopes = new byte[accountsMax];
    running = new SlotList(accountsMax, 1);
    bound = new SlotList(accountsMax, 1);
  }

  /** Starts a countdown, or starts it again. */
  void start(final int accountSlot, final long endTimeNs, final CancelScope scope) {
    stop(accountSlot);
    endTimesNs[accountSlot] = endTimeNs;
    countdownScopes[accountSlot] = (byte) scope.value();
    handles[accountSlot] = deadlines.add(endTimeNs, accountSlot, Rooms.COUNTDOWN, accountSlot);
    running.append(0, accountSlot);
    runningCount++;
  }

  /** Stops a countdown; nothing when none is running. */
  void stop(final int accountSlot) {
    if (SlotList.NULL_SLOT != handles[accountSlot]) {
      deadlines.cancel(handles[accountSlot]);
      ranOut(accountSlot);
    }
  }

  /** The deadline has been taken out of the queue already. */
  void ranOut(final int accountSlot) {
    handles[accountSlot] = SlotList.NULL_SLOT;
    endTimesNs[accountSlot] = 0;
    running.remove(accountSlot);
    runningCount--;
  }

  /** What the countdown that runs, or ran out last, cancels. */
  CancelScope countdownScope(final int accountSlot) {
    return CancelScope.get(countdownScopes[accountSlot]);
  }

  /** Binds the account to a session, and to no other; 0: to none. */
  void bind(final int accountSlot, final long sessionId, final CancelScope scope) {
    if (bound.contains(accountSlot)) {
      bound.remove(accountSlot);
      boundCount--;
    }
    sessionIds[accountSlot] = sessionId;
    sessionScopes[accountSlot] = (byte) (0 == sessionId ? 0 : scope.value());
    if (0 != sessionId) {
      bound.append(0, accountSlot);
      boundCount++;
    }
  }

  CancelScope sessionScope(final int accountSlot) {
    return CancelScope.get(sessionScopes[accountSlot]);
  }

  /** The account bound first, to whatever session, or {@link SlotList#NULL_SLOT}. */
  int firstBound() {
    return bound.first(0);
  }

  int nextBound(final int accountSlot) {
    return bound.next(accountSlot);
  }

  @Override
  public int componentId() {
    return 2005;
  }

  @Override
  public String componentName() {
    return "countdowns";
  }

  @Override
  public void save(final SnapshotSink sink) {
    if (0 == runningCount + boundCount) {
      return;
    }
    sink.putInt(runningCount);
    for (int slot = running.first(0); SlotList.NULL_SLOT != slot; slot = running.next(slot)) {
      sink.putInt(slot);
      sink.putInt(countdownScopes[slot]);
      sink.putLong(endTimesNs[slot]);
    }
    sink.putInt(boundCount);
    for (int slot = bound.first(0); SlotList.NULL_SLOT != slot; slot = bound.next(slot)) {
      sink.putInt(slot);
      sink.putInt(sessionScopes[slot]);
      sink.putLong(sessionIds[slot]);
    }
  }

  @Override
  public void load(final SnapshotSource source) {
    final int countdowns = source.getInt();
    for (int i = 0; i < countdowns; i++) {
      final int slot = source.getInt();
      final CancelScope scope = CancelScope.get((short) source.getInt());
      start(slot, source.getLong(), scope);
    }
    final int bindings = source.getInt();
    for (int i = 0; i < bindings; i++) {
      final int slot = source.getInt();
      final CancelScope scope = CancelScope.get((short) source.getInt());
      bind(slot, source.getLong(), scope);
    }
  }
}
