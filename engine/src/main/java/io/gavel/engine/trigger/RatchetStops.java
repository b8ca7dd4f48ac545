package io.gavel.engine.trigger;

import io.gavel.risk.price.MeldHeap;
import java.util.Arrays;

/**
 * The trailing stops of one side on one price source that follow in steps (F-34): the extremum of such a leg moves only
 * to a price that is better by its step at least. Each leg waits in two heaps, for the price that moves it and for the
 * level that fires it, so a price that does neither costs two compares. Travel coordinates as in {@link TrailingStops}.
 * Takes memory when the first leg with a step comes, more, counted, when there are more at once than ever before.
 */
final class RatchetStops {

  static final int NULL_LEG = MeldHeap.NULL_NODE;

  private static final int NULL_NODE = MeldHeap.NULL_NODE;
  private static final int INITIAL_CAPACITY = 16;

  private final LegTable legs;
  private final boolean sell;
  private final MeldHeap moves = new MeldHeap(INITIAL_CAPACITY);
  private final MeldHeap levels = new MeldHeap(INITIAL_CAPACITY);
  private int[] legOf = new int[INITIAL_CAPACITY];
  private int[] extrema = new int[INITIAL_CAPACITY];
  private boolean[] competes = new boolean[INITIAL_CAPACITY];
  private int[] free = new int[INITIAL_CAPACITY];
  private int freeCount;
  private int movesRoot = NULL_NODE;
  private int levelsRoot = NULL_NODE;
  private int growths;

  RatchetStops(final boolean sell, final LegTable legs) {
    this.sell = sell;
    this.legs = legs;
    for (int node = INITIAL_CAPACITY - 1; node >= 0; node--) {
      free[freeCount++] = node;
    }
  }

  boolean isEmpty() {
    return NULL_NODE == movesRoot;
  }

  int growths() {
    return growths;
  }

  /** A leg begins to track at this extremum; it competes from {@link #resume} on. */
  void trackWaiting(final int leg, final int extremum) {
    if (0 == freeCount) {
      grow();
    }
    final int node = free[--freeCount];
    legs.ticket(leg, node);
    legOf[node] = leg;
    extrema[node] = extremum;
    competes[node] = false;
    await(node);
  }

  void resume(final int leg) {
    final int node = node(leg);
    competes[node] = true;
    expose(node);
  }

  void suspend(final int leg) {
    final int node = node(leg);
    competes[node] = false;
    levelsRoot = levels.remove(levelsRoot, node);
  }

  void remove(final int leg) {
    suspend(leg);
    removeWaiting(leg);
  }

  void removeWaiting(final int leg) {
    final int node = node(leg);
    movesRoot = moves.remove(movesRoot, node);
    free[freeCount++] = node;
  }

  int extremumOf(final int leg) {
    return extrema[node(leg)];
  }

  /** A price: legs that it betters by their step move to it. Returns how many. */
  int raise(final int price) {
    int moved = 0;
    while (NULL_NODE != movesRoot && moves.key(movesRoot) <= price) {
      final int node = movesRoot;
      movesRoot = moves.remove(movesRoot, node);
      extrema[node] = price;
      await(node);
      if (competes[node]) {
        levelsRoot = levels.remove(levelsRoot, node);
        expose(node);
      }
      moved++;
    }
    return moved;
  }

  /** Takes out a leg whose level this price has fallen to and leaves its extremum with it; NULL_LEG when none has. */
  int poll(final int price) {
    if (NULL_NODE == levelsRoot || levels.key(levelsRoot) > -price) {
      return NULL_LEG;
    }
    final int node = levelsRoot;
    final int leg = legOf[node];
    legs.extremumTicks(leg, TrailLevel.mirror(sell, extrema[node]));
    remove(leg);
    return leg;
  }

  private int node(final int leg) {
    return (int) legs.ticket(leg);
  }

  private void await(final int node) {
    final int extremum = extrema[node];
    final long next = (long) extremum + legs.ratchetTicks(legOf[node]);
    movesRoot = moves.insert(movesRoot, node,
        TrailLevel.NEVER == extremum ? Integer.MIN_VALUE : (int) Math.min(Integer.MAX_VALUE, next));
  }

  /** The highest level is the first that a falling price reaches, so the key is the level in a mirror. */
  private void expose(final int node) {
    final int leg = legOf[node];
    final int level = TrailLevel.of(sell, extrema[node], legs.distance(leg), legs.isByRatio(leg));
    levelsRoot = levels.insert(levelsRoot, node, TrailLevel.NEVER == level ? Integer.MAX_VALUE : -level);
  }

  private void grow() {
    growths++;
    final int old = legOf.length;
    moves.grow(2 * old);
    levels.grow(2 * old);
    legOf = Arrays.copyOf(legOf, 2 * old);
    extrema = Arrays.copyOf(extrema, 2 * old);
    competes = Arrays.copyOf(competes, 2 * old);
    free = Arrays.copyOf(free, 2 * old);
    for (int node = 2 * old - 1; node >= old; node--) {
      free[freeCount++] = node;
    }
  }
}
