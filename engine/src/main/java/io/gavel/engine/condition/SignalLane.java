package io.gavel.engine.condition;

import io.gavel.codecs.sbe.Compare;
import io.gavel.engine.trigger.TrailingStops;
import io.gavel.risk.price.MeldHeap;
import org.jspecify.annotations.Nullable;

/**
 * Everything that waits for one signal: leaves at or above a level look at the value rounded down, leaves at or below
 * at the value rounded up. A value that is not known is [-INFINITE, INFINITE].
 */
final class SignalLane {

  /** Beyond every level and every value. */
  static final long INFINITE = 1L << 62;

  /** Told of each leaf that flips. */
  interface Flips {
    void flip(int node, boolean isTrue, long value);
  }

  private static final int NULL_NODE = NodeTable.NULL_NODE;
  private static final byte CROSSES = (byte) Compare.CROSSES_UP.value();

  final int instrumentId;
  final byte signal;
  final byte source;
  final long second;
  @Nullable SignalLane next;
  @Nullable SignalWindow window;
  long low = -INFINITE;
  long high = INFINITE;
  int members;

  private final NodeTable nodes;
  private final LeafHeap heap;
  private final Flips flips;
  private int up = NULL_NODE;
  private int upBack = NULL_NODE;
  private int down = NULL_NODE;
  private int downBack = NULL_NODE;
  /** Falls from the high, rises from the low; made for the first trailing leaf. */
  private @Nullable TrailingStops falls;
  private @Nullable TrailingStops rises;

  SignalLane(final int signal, final int instrumentId, final int source, final long second, final NodeTable nodes,
      final LeafHeap heap, final Flips flips) {
    this.signal = (byte) signal;
    this.instrumentId = instrumentId;
    this.source = (byte) source;
    this.second = second;
    this.nodes = nodes;
    this.heap = heap;
    this.flips = flips;
  }

  static boolean isRising(final byte compare) {
    return 0 == (compare & 1);
  }

  static boolean holds(final byte compare, final long threshold, final long low, final long high) {
    return isRising(compare) ? low >= threshold : high <= threshold;
  }

  boolean isKnown() {
    return low > -INFINITE || high < INFINITE;
  }

  /** Where a leaf begins, at the value of now. */
  byte firstPhase(final int node) {
    final NodePage page = nodes.page(node);
    final int at = NodeTable.at(node);
    final byte compare = page.compares[at];
    if (compare >= CROSSES) {
      final boolean otherSide = isRising(compare)
          ? low < page.thresholds[at] && low > -INFINITE : high > page.thresholds[at] && high < INFINITE;
      return otherSide ? LeafPhase.FALSE : LeafPhase.BLOCKED;
    }
    return !holds(compare, page.thresholds[at], low, high) ? LeafPhase.FALSE
        : page.latched[at] ? LeafPhase.DONE : LeafPhase.TRUE;
  }

  /** Puts a leaf where its phase belongs. */
  void enter(final int node, final byte phase) {
    final NodePage page = nodes.page(node);
    final int at = NodeTable.at(node);
    final long threshold = page.thresholds[at];
    page.phases[at] = phase;
    final boolean rising = isRising(page.compares[at]);
    if (LeafPhase.FALSE == phase) {
      if (rising) {
        up = heap.insert(up, node, threshold);
      } else {
        down = heap.insert(down, node, -threshold);
      }
    } else if (LeafPhase.TRUE == phase || LeafPhase.BLOCKED == phase) {
      if (rising) {
        upBack = heap.insert(upBack, node, -threshold);
      } else {
        downBack = heap.insert(downBack, node, threshold);
      }
    }
  }

  void leave(final int node) {
    final NodePage page = nodes.page(node);
    final int at = NodeTable.at(node);
    final boolean rising = isRising(page.compares[at]);
    final byte phase = page.phases[at];
    if (LeafPhase.FALSE == phase) {
      if (rising) {
        up = heap.remove(up, node);
      } else {
        down = heap.remove(down, node);
      }
    } else if (LeafPhase.TRUE == phase || LeafPhase.BLOCKED == phase) {
      if (rising) {
        upBack = heap.remove(upBack, node);
      } else {
        downBack = heap.remove(downBack, node);
      }
    } else if (LeafPhase.TRACKING == phase) {
      final TrailingStops stops = stops(node, null);
      page.extrema[at] = extremumTicks(node);
      stops.remove(node);
    }
  }

  /** A trailing leaf begins, or goes on, at an extremum in ticks; 0 is none. */
  void track(final int node, final int extremumTicks, final MeldHeap trails) {
    nodes.page(node).phases[NodeTable.at(node)] = LeafPhase.TRACKING;
    stops(node, trails).track(node, TrailingStops.extremum(isFall(node), extremumTicks));
  }

  int extremumTicks(final int node) {
    return TrailingStops.ticks(isFall(node), stops(node, null).extremumOf(node));
  }

  boolean isFall(final int node) {
    return !isRising(nodes.page(node).compares[NodeTable.at(node)]);
  }

  private TrailingStops stops(final int node, final @Nullable MeldHeap trails) {
    final boolean fall = isFall(node);
    TrailingStops stops = fall ? falls : rises;
    if (null == stops) {
      if (null == trails) {
        throw new IllegalStateException("no trailing leaf was here");
      }
      stops = new TrailingStops(fall, trails, nodes);
      if (fall) {
        falls = stops;
      } else {
        rises = stops;
      }
    }
    return stops;
  }

  /** A new value: flips every leaf that it concerns. Returns the number of leaves and heaps looked at. */
  long update(final long newLow, final long newHigh) {
    low = newLow;
    high = newHigh;
    long examined = 4;
    while (NULL_NODE != upBack && heap.key(upBack) < -newLow) {
      final int node = upBack;
      upBack = heap.remove(upBack, node);
      examined++;
      goBack(node, newLow > -INFINITE);
    }
    while (NULL_NODE != downBack && heap.key(downBack) < newHigh) {
      final int node = downBack;
      downBack = heap.remove(downBack, node);
      examined++;
      goBack(node, newHigh < INFINITE);
    }
    enterParked();
    while (NULL_NODE != up && heap.key(up) <= newLow) {
      final int node = up;
      up = heap.remove(up, node);
      examined++;
      comeTrue(node, newLow);
    }
    while (NULL_NODE != down && heap.key(down) <= -newHigh) {
      final int node = down;
      down = heap.remove(down, node);
      examined++;
      comeTrue(node, newHigh);
    }
    return examined + trail();
  }

  /** Blocked leaves that saw the value go unknown: they stay blocked; chained by their left links. */
  private int parked = NULL_NODE;

  private void goBack(final int node, final boolean seen) {
    final NodePage page = nodes.page(node);
    final int at = NodeTable.at(node);
    if (LeafPhase.TRUE == page.phases[at]) {
      flips.flip(node, false, isRising(page.compares[at]) ? low : high);
    } else if (!seen) {
      page.lefts[at] = parked;
      parked = node;
      return;
    }
    final boolean unseenCross = !seen && page.compares[at] >= CROSSES;
    if (unseenCross) {
      page.phases[at] = LeafPhase.BLOCKED;
      page.lefts[at] = parked;
      parked = node;
    } else {
      enter(node, LeafPhase.FALSE);
    }
  }

  private void enterParked() {
    while (NULL_NODE != parked) {
      final int node = parked;
      parked = nodes.page(node).lefts[NodeTable.at(node)];
      enter(node, LeafPhase.BLOCKED);
    }
  }

  private void comeTrue(final int node, final long value) {
    final NodePage page = nodes.page(node);
    final int at = NodeTable.at(node);
    flips.flip(node, true, value);
    if (page.latched[at]) {
      page.phases[at] = LeafPhase.DONE;
    } else {
      enter(node, LeafPhase.TRUE);
    }
  }

  private long trail() {
    long examined = 0;
    if (null != falls && !falls.isEmpty()) {
      if (low > -INFINITE) {
        examined += falls.raise((int) low);
      }
      examined += high < INFINITE ? pollTrails(falls, (int) high, high) : 0;
    }
    if (null != rises && !rises.isEmpty()) {
      if (high < INFINITE) {
        examined += rises.raise((int) -high);
      }
      examined += low > -INFINITE ? pollTrails(rises, (int) -low, low) : 0;
    }
    return examined;
  }

  private long pollTrails(final TrailingStops stops, final int price, final long value) {
    long examined = 1;
    int node = stops.poll(price);
    while (TrailingStops.NULL_LEG != node) {
      examined++;
      nodes.page(node).phases[NodeTable.at(node)] = LeafPhase.DONE;
      flips.flip(node, true, value);
      node = stops.poll(price);
    }
    return examined;
  }
}
