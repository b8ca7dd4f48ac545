package io.gavel.engine.core;

import io.gavel.codecs.SnapshotSink;
import io.gavel.codecs.SnapshotSource;
import io.gavel.codecs.StateOwner;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.SessionState;
import io.gavel.codecs.sbe.Side;
import io.gavel.codecs.sbe.TimeInForce;
import io.gavel.engine.timer.DeadlineQueue;
import java.util.Arrays;

/**
 * What the market of each instrument does now, the auction it may be calling, and its guard against jumps of the price.
 * An instrument that nobody ever touched trades continuously, without a guard, and is not part of the saved state.
 */
final class Sessions implements StateOwner {

  private static final long BPS = 10_000L;

  final SessionState[] states;
  final SessionState[] nextStates;
  final long[] callEndTimesNs;
  final int[] callEndHandles;
  final int[] callReferenceTicks;
  final boolean[] extended;
  final int[] bandBps;
  final long[] callNs;
  final long[] horizonNs;
  final int[] guardReferenceTicks;
  final long[] guardReferenceTimesNs;
  final int[] toldPriceTicks;
  final long[] toldVolumeLots;
  final long[] toldSurplusLots;
  private final DeadlineQueue deadlines;

  Sessions(final int instrumentsMax, final DeadlineQueue deadlines) {
    final int count = instrumentsMax + 1;
    this.deadlines = deadlines;
    states = new SessionState[count];
    nextStates = new SessionState[count];
    Arrays.fill(states, SessionState.CONTINUOUS);
    Arrays.fill(nextStates, SessionState.CONTINUOUS);
    callEndTimesNs = new long[count];
    callEndHandles = new int[count];
    Arrays.fill(callEndHandles, OrderTable.NULL_SLOT);
    callReferenceTicks = new int[count];
    extended = new boolean[count];
    bandBps = new int[count];
    callNs = new long[count];
    horizonNs = new long[count];
    guardReferenceTicks = new int[count];
    guardReferenceTimesNs = new long[count];
    toldPriceTicks = new int[count];
    toldVolumeLots = new long[count];
    toldSurplusLots = new long[count];
  }

  /** For good: the instrument has expired. */
  void close(final int instrumentId) {
    states[instrumentId] = SessionState.CLOSED;
  }

  SessionState state(final int instrumentId) {
    return states[instrumentId];
  }

  /** Whether an incoming order may meet a resting one at once. */
  boolean isTrading(final int instrumentId) {
    final SessionState state = states[instrumentId];
    return SessionState.CONTINUOUS == state || SessionState.CLOSE_ONLY == state;
  }

  /** Whether orders are collected for a single price. */
  boolean isCall(final int instrumentId) {
    final SessionState state = states[instrumentId];
    return SessionState.PRE_OPEN == state || SessionState.AUCTION == state;
  }

  /** Whether the market takes the order as it is; the kill switch is asked elsewhere. */
  ReasonCode check(final int instrumentId, final TimeInForce timeInForce, final boolean postOnly,
      final boolean reduces) {
    final SessionState state = states[instrumentId];
    return switch (state) {
      case CONTINUOUS -> TimeInForce.GFA == timeInForce ? ReasonCode.ONLY_IN_AUCTION : ReasonCode.OK;
      case CLOSE_ONLY -> checkCloseOnly(timeInForce, reduces);
      case PRE_OPEN, AUCTION -> postOnly || TimeInForce.IOC == timeInForce || TimeInForce.FOK == timeInForce
          ? ReasonCode.NOT_IN_AUCTION : ReasonCode.OK;
      case HALTED -> ReasonCode.SESSION_HALTED;
      default -> ReasonCode.SESSION_CLOSED;
    };
  }

  private static ReasonCode checkCloseOnly(final TimeInForce timeInForce, final boolean reduces) {
    if (!reduces) {
      return ReasonCode.SESSION_CLOSE_ONLY;
    }
    return TimeInForce.GFA == timeInForce ? ReasonCode.ONLY_IN_AUCTION : ReasonCode.OK;
  }

  /** The worst price an order may trade at now: its limit, or the edge of the guard's band before it. */
  int guardedTicks(final int instrumentId, final Side side, final int limitTicks) {
    if (0 == bandBps[instrumentId] || 0 == guardReferenceTicks[instrumentId]) {
      return limitTicks;
    }
    return Side.BUY == side
        ? Math.min(limitTicks, highTicks(instrumentId)) : Math.max(limitTicks, lowTicks(instrumentId));
  }

  /** Whether the guard lets this price stand. */
  boolean isInBand(final int instrumentId, final int priceTicks) {
    return 0 == bandBps[instrumentId] || 0 == guardReferenceTicks[instrumentId]
        || (priceTicks >= lowTicks(instrumentId) && priceTicks <= highTicks(instrumentId));
  }

  private int highTicks(final int instrumentId) {
    final long ticks = guardReferenceTicks[instrumentId] * (BPS + bandBps[instrumentId]) / BPS;
    return (int) Math.min(ticks, Integer.MAX_VALUE);
  }

  private int lowTicks(final int instrumentId) {
    final long scaled = guardReferenceTicks[instrumentId] * (BPS - bandBps[instrumentId]);
    return (int) ((scaled + BPS - 1) / BPS);
  }

  /** The market traded: an old reference of the guard gives way. */
  void traded(final int instrumentId, final int priceTicks, final long timeNs) {
    if (0 != bandBps[instrumentId] && (0 == guardReferenceTicks[instrumentId]
        || timeNs - guardReferenceTimesNs[instrumentId] >= horizonNs[instrumentId])) {
      guardReference(instrumentId, priceTicks, timeNs);
    }
  }

  void guardReference(final int instrumentId, final int priceTicks, final long timeNs) {
    guardReferenceTicks[instrumentId] = priceTicks;
    guardReferenceTimesNs[instrumentId] = timeNs;
  }

  /** An order would have traded outside the band: orders are collected around the reference for a while. */
  void interrupt(final int instrumentId, final long timeNs) {
    nextStates[instrumentId] = states[instrumentId];
    states[instrumentId] = SessionState.AUCTION;
    extended[instrumentId] = false;
    callReferenceTicks[instrumentId] = guardReferenceTicks[instrumentId];
    call(instrumentId, timeNs + callNs[instrumentId]);
  }

  /** Begins a call phase, or prolongs it; a time of 0 leaves its end to a command. */
  void call(final int instrumentId, final long endTimeNs) {
    endCall(instrumentId);
    callEndTimesNs[instrumentId] = endTimeNs;
    if (0 != endTimeNs) {
      callEndHandles[instrumentId] = deadlines.add(endTimeNs, instrumentId, Rooms.CALL_END, instrumentId);
    }
  }

  /** Forgets the end of a call phase; nothing when it has none. */
  void endCall(final int instrumentId) {
    if (OrderTable.NULL_SLOT != callEndHandles[instrumentId]) {
      deadlines.cancel(callEndHandles[instrumentId]);
      callEndHandles[instrumentId] = OrderTable.NULL_SLOT;
    }
    callEndTimesNs[instrumentId] = 0;
  }

  @Override
  public int componentId() {
    return 2003;
  }

  @Override
  public String componentName() {
    return "sessions";
  }

  @Override
  public void save(final SnapshotSink sink) {
    int count = 0;
    for (int i = 1; i < states.length; i++) {
      count += isTouched(i) ? 1 : 0;
    }
    if (0 == count) {
      return;
    }
    sink.putInt(count);
    for (int i = 1; i < states.length; i++) {
      if (isTouched(i)) {
        save(sink, i);
      }
    }
  }

  private boolean isTouched(final int instrumentId) {
    return SessionState.CONTINUOUS != states[instrumentId] || 0 != bandBps[instrumentId];
  }

  private void save(final SnapshotSink sink, final int instrumentId) {
    sink.putInt(instrumentId);
    sink.putInt(states[instrumentId].value());
    sink.putInt(nextStates[instrumentId].value());
    sink.putLong(callEndTimesNs[instrumentId]);
    sink.putInt(callReferenceTicks[instrumentId]);
    sink.putInt(extended[instrumentId] ? 1 : 0);
    sink.putInt(bandBps[instrumentId]);
    sink.putLong(callNs[instrumentId]);
    sink.putLong(horizonNs[instrumentId]);
    sink.putInt(guardReferenceTicks[instrumentId]);
    sink.putLong(guardReferenceTimesNs[instrumentId]);
    sink.putInt(toldPriceTicks[instrumentId]);
    sink.putLong(toldVolumeLots[instrumentId]);
    sink.putLong(toldSurplusLots[instrumentId]);
  }

  @Override
  public void load(final SnapshotSource source) {
    final int count = source.getInt();
    for (int i = 0; i < count; i++) {
      final int instrumentId = source.getInt();
      states[instrumentId] = SessionState.get((short) source.getInt());
      nextStates[instrumentId] = SessionState.get((short) source.getInt());
      call(instrumentId, source.getLong());
      callReferenceTicks[instrumentId] = source.getInt();
      extended[instrumentId] = 0 != source.getInt();
      bandBps[instrumentId] = source.getInt();
      callNs[instrumentId] = source.getLong();
      horizonNs[instrumentId] = source.getLong();
      guardReferenceTicks[instrumentId] = source.getInt();
      guardReferenceTimesNs[instrumentId] = source.getLong();
      toldPriceTicks[instrumentId] = source.getInt();
      toldVolumeLots[instrumentId] = source.getLong();
      toldSurplusLots[instrumentId] = source.getLong();
    }
  }
}
