package io.gavel.engine.algo;

import io.gavel.codecs.sbe.Side;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The facts of all live parents, one row of longs each, and beside it a row for a curve, the sizes of a scale order or
 * the steps of a ladder. Column names are the constants; who changes which column stands with each kind.
 */
final class Parents {

  static final int PARENT_ID = 0;
  static final int INSTRUMENT = 1;
  static final int KIND = 2;
  static final int SELL = 3;
  static final int TOTAL = 4;
  static final int MIN = 5;
  static final int STEP = 6;
  static final int START = 7;
  static final int END = 8;
  static final int LIMIT = 9;
  static final int POLICY = 10;
  static final int INTERVAL = 11;
  static final int LIFE = 12;
  static final int TOLERANCE = 13;
  static final int COLLAR = 14;
  static final int DEPTH_SHARE = 15;
  static final int PACING = 16;
  static final int SHARE = 17;
  static final int BASIS = 18;
  static final int FORECAST = 19;
  static final int DISPLAY = 20;
  static final int REFRESH = 21;
  static final int RETRIES = 22;
  static final int OFFSET = 23;
  static final int FIRST_TICKS = 24;
  static final int LAST_TICKS = 25;
  /** Legs of a TWAP, buckets of a curve, prices of a scale order, limit steps of a ladder. */
  static final int LEGS = 26;

  // From here on the state moves.
  static final int FILLED = 27;
  static final int WORKING = 28;
  static final int CHILDREN = 29;
  /** Legs that need no attention any more; placements of a chase. */
  static final int LEGS_DONE = 30;
  /** When the last slice went out; -1 before the first. */
  static final int LAST_NS = 31;
  /** Market volume at the start of a POV; -1 before it. */
  static final int BASE_VOLUME = 32;
  /** Price of the child that rests for a chase. */
  static final int CHILD_TICKS = 33;
  /** How often a chase has crossed. */
  static final int CROSSED = 34;
  /** The bucket in which lots were sent, and how many. */
  static final int SENT_LEG = 35;
  static final int SENT_LOTS = 36;
  /** The pacing interval in which lots were taken, and how many. */
  static final int PACED_INTERVAL = 37;
  static final int PACED_LOTS = 38;
  static final int NEXT_NS = 39;
  /** The last reason for waiting that was told; SCHEDULED after a placement. */
  static final int WAITS_FOR = 40;

  static final int ROW = 41;
  static final int SIDE_ROW = AlgoSpec.CURVE_MAX;
  static final long NOT_YET = -1;

  private final long[] rows;
  private final long[] sideRows;

  Parents(final int capacity) {
    rows = new long[Math.multiplyExact(ROW, capacity)];
    sideRows = new long[Math.multiplyExact(SIDE_ROW, capacity)];
  }

  long get(final int slot, final int column) {
    return rows[slot * ROW + column];
  }

  void set(final int slot, final int column, final long value) {
    rows[slot * ROW + column] = value;
  }

  void add(final int slot, final int column, final long value) {
    rows[slot * ROW + column] += value;
  }

  long side(final int slot, final int index) {
    return sideRows[slot * SIDE_ROW + index];
  }

  void side(final int slot, final int index, final long value) {
    sideRows[slot * SIDE_ROW + index] = value;
  }

  void clear(final int slot) {
    Arrays.fill(rows, slot * ROW, (slot + 1) * ROW, 0);
    Arrays.fill(sideRows, slot * SIDE_ROW, (slot + 1) * SIDE_ROW, 0);
  }

  AlgoKind kind(final int slot) {
    return AlgoKind.of(get(slot, KIND));
  }

  boolean isSell(final int slot) {
    return 0 != get(slot, SELL);
  }

  Side takerSide(final int slot) {
    return isSell(slot) ? Side.SELL : Side.BUY;
  }

  int instrumentId(final int slot) {
    return (int) get(slot, INSTRUMENT);
  }

  int limitTicks(final int slot) {
    return (int) get(slot, LIMIT);
  }

  boolean mustFinish(final int slot) {
    return EndPolicy.FINISH.ordinal() == get(slot, POLICY);
  }

  /** Not yet filled, whether working or not. */
  long unfilled(final int slot) {
    return get(slot, TOTAL) - get(slot, FILLED);
  }

  /** Neither filled nor working: what a new child may take (R1). */
  long free(final int slot) {
    return unfilled(slot) - get(slot, WORKING);
  }

  /** The time of the next try after one that found nothing or sold too little. */
  long retryNs(final int slot, final long nowNs) {
    final long end = get(slot, END);
    final long pause = Math.max(1, 0 == get(slot, LIFE) ? get(slot, INTERVAL) : get(slot, LIFE));
    return pause >= end - nowNs ? end : nowNs + pause;
  }

  /** When the next leg is due; after the last one its next try, or the end. */
  long legWakeNs(final int slot) {
    final long done = get(slot, LEGS_DONE);
    if (done < get(slot, LEGS)) {
      return get(slot, START) + done * get(slot, INTERVAL);
    }
    return mustFinish(slot) ? retryNs(slot, get(slot, LAST_NS)) : get(slot, END);
  }

  /** When a leg is over. */
  long legEndNs(final int slot, final long leg) {
    return leg + 1 < get(slot, LEGS) ? get(slot, START) + (leg + 1) * get(slot, INTERVAL) : get(slot, END);
  }

  /** The leg of a time, the last one for all times behind it. */
  long legAt(final int slot, final long nowNs) {
    return Math.min(get(slot, LEGS) - 1, (nowNs - get(slot, START)) / get(slot, INTERVAL));
  }

  /** Whether a leg is still to be sent; the last one also again while it must finish. */
  boolean isLegDue(final int slot, final long leg, final long nowNs) {
    if (get(slot, LEGS_DONE) <= leg) {
      return true;
    }
    return leg == get(slot, LEGS) - 1 && mustFinish(slot) && nowNs >= retryNs(slot, get(slot, LAST_NS));
  }

  /** Lots down to whole steps; all of it if it is all there is, and all there is if less than a slice would be left. */
  long whole(final int slot, final long lots, final long available, final boolean mayGrow) {
    if (lots >= available) {
      return available;
    }
    final long stepped = lots - lots % get(slot, STEP);
    return mayGrow && stepped > 0 && available - stepped < get(slot, MIN) ? available : stepped;
  }

  void store(final int slot, final AlgoSpec spec) {
    clear(slot);
    set(slot, PARENT_ID, spec.parentId);
    set(slot, INSTRUMENT, spec.instrumentId);
    set(slot, KIND, ordinal(spec.kind));
    set(slot, SELL, Side.SELL == spec.side ? 1 : 0);
    set(slot, TOTAL, spec.totalLots);
    set(slot, MIN, spec.minLots);
    set(slot, STEP, spec.stepLots);
    set(slot, START, spec.startNs);
    set(slot, END, spec.endNs);
    set(slot, LIMIT, spec.limitTicks);
    set(slot, POLICY, ordinal(spec.endPolicy));
    set(slot, INTERVAL, spec.intervalNs);
    set(slot, LIFE, spec.lifeNs);
    set(slot, TOLERANCE, spec.toleranceE8);
    set(slot, COLLAR, spec.collarE8);
    set(slot, DEPTH_SHARE, spec.depthShareE8);
    set(slot, PACING, spec.pacingNs);
    set(slot, SHARE, spec.shareE8);
    set(slot, BASIS, ordinal(spec.basis));
    set(slot, FORECAST, spec.forecastLots);
    set(slot, DISPLAY, spec.displayLots);
    set(slot, REFRESH, spec.refreshLots);
    set(slot, RETRIES, spec.repricesMax);
    set(slot, OFFSET, spec.offsetTicks);
    set(slot, FIRST_TICKS, spec.firstTicks);
    set(slot, LAST_TICKS, spec.lastTicks);
    set(slot, LAST_NS, NOT_YET);
    set(slot, BASE_VOLUME, NOT_YET);
    set(slot, SENT_LEG, NOT_YET);
    set(slot, PACED_INTERVAL, NOT_YET);
    set(slot, NEXT_NS, spec.startNs);
  }

  private static int ordinal(final @Nullable Enum<?> value) {
    return null == value ? 0 : value.ordinal();
  }
}
