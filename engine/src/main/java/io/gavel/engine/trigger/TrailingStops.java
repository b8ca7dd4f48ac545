package io.gavel.engine.trigger;

import io.gavel.risk.price.MeldHeap;
import java.util.Arrays;

/**
 * The trailing stops of one side on one price source of one instrument: a stack of high-water groups. All legs of a
 * group have seen the same extremum since they began to track. Extrema grow strictly from the top of the stack to its
 * bottom: whoever began earlier has seen at least as much. Inside a group one heap orders the legs by ratio and one by
 * spread; the smallest distance is the level that a falling price reaches first.
 *
 * <p>A new high melds the groups that it overtakes and touches no leg. Whether a price fires anything is one compare
 * with the best level of all groups, kept in a tournament tree over the stack. A leg finds its group by a ticket:
 * groups are stacked in the order of time, so it is the last one whose first ticket is not later, also after melding.
 *
 * <p>All values are in the travel coordinates of {@link TrailLevel}, which make a buy a sell in a mirror. The arrays of
 * the stack grow, and are counted in {@link #growths()}, only when there are more groups at once than ever before.
 */
public final class TrailingStops {

  public static final int NULL_LEG = MeldHeap.NULL_NODE;

  private static final int INITIAL_CAPACITY = 16;

  private final MeldHeap heap;
  private final Trailed legs;
  private final boolean sell;

  private int[] extrema = new int[INITIAL_CAPACITY];
  private long[] tickets = new long[INITIAL_CAPACITY];
  private int[] members = new int[INITIAL_CAPACITY];
  private int[] ratioRoots = new int[INITIAL_CAPACITY];
  private int[] spreadRoots = new int[INITIAL_CAPACITY];
  /** Best levels: the groups' own from index capacity on, below them the better of each two; all of them at 1. */
  private int[] best = new int[2 * INITIAL_CAPACITY];
  private int capacity = INITIAL_CAPACITY;
  /** Groups in the stack; those among them that lost every member wait for the next clearing out. */
  private int depth;
  private int hollow;
  private long nextTicket;
  private int growths;

  public TrailingStops(final boolean sell, final MeldHeap heap, final Trailed legs) {
    this.sell = sell;
    this.heap = heap;
    this.legs = legs;
    Arrays.fill(best, TrailLevel.NEVER);
  }

  public boolean isEmpty() {
    return 0 == depth;
  }

  int depth() {
    return depth;
  }

  public int growths() {
    return growths;
  }

  /** A leg begins to track at this extremum, which is the price now or NEVER while there is none. */
  public void track(final int leg, final int extremum) {
    if (0 == depth || extremum < extrema[depth - 1]) {
      push(extremum);
    }
    join(leg);
    resume(leg);
  }

  /** As {@link #track}, but the leg does not compete until {@link #resume}: it only sees the extremum grow. */
  void trackWaiting(final int leg, final int extremum) {
    if (0 == depth || extremum < extrema[depth - 1]) {
      push(extremum);
    }
    join(leg);
  }

  /** A member begins to compete. */
  void resume(final int leg) {
    final int group = groupOf(leg);
    final int distance = legs.distance(leg);
    if (legs.isByRatio(leg)) {
      ratioRoots[group] = heap.insert(ratioRoots[group], leg, distance);
    } else {
      spreadRoots[group] = heap.insert(spreadRoots[group], leg, distance);
    }
    refresh(group);
  }

  /** A competing member stops to compete and stays a member. */
  void suspend(final int leg) {
    final int group = groupOf(leg);
    unlink(group, leg);
    refresh(group);
  }

  /** A competing member leaves. */
  public void remove(final int leg) {
    final int group = groupOf(leg);
    unlink(group, leg);
    leave(group);
  }

  /** A member that does not compete leaves. */
  void removeWaiting(final int leg) {
    leave(groupOf(leg));
  }

  /** An extremum in ticks, 0 for none, as this class counts; and back. */
  public static int extremum(final boolean sell, final int extremumTicks) {
    return TrailLevel.extremum(sell, extremumTicks);
  }

  public static int ticks(final boolean sell, final int extremum) {
    return TrailLevel.NEVER == extremum ? 0 : TrailLevel.mirror(sell, extremum);
  }

  public int extremumOf(final int leg) {
    return extrema[groupOf(leg)];
  }

  /** A price: groups that it overtakes become one. Returns the number of groups touched. */
  public int raise(final int price) {
    int group = depth - 1;
    if (group < 0 || price <= extrema[group]) {
      return 0;
    }
    int touched = 1;
    while (group > 0 && extrema[group - 1] <= price) {
      meldInto(group - 1, group);
      group--;
      touched++;
    }
    extrema[group] = price;
    depth = group + 1;
    refresh(group);
    return touched;
  }

  boolean isCrossedBy(final int price) {
    return best[1] >= price;
  }

  /** Takes out a leg whose level this price has fallen to and leaves its extremum with it; NULL_LEG when none has. */
  public int poll(final int price) {
    if (!isCrossedBy(price)) {
      return NULL_LEG;
    }
    int at = 1;
    while (at < capacity) {
      at = best[2 * at] >= price ? 2 * at : 2 * at + 1;
    }
    final int group = at - capacity;
    final int extremum = extrema[group];
    final int byRatio = ratioRoots[group];
    final int leg = MeldHeap.NULL_NODE != byRatio && TrailLevel.byRatio(sell, extremum, heap.key(byRatio)) >= price
        ? byRatio : spreadRoots[group];
    unlink(group, leg);
    leave(group);
    legs.extremumTicks(leg, TrailLevel.mirror(sell, extremum));
    return leg;
  }

  private void push(final int extremum) {
    if (depth == capacity) {
      grow();
    }
    extrema[depth] = extremum;
    tickets[depth] = nextTicket++;
    members[depth] = 0;
    ratioRoots[depth] = MeldHeap.NULL_NODE;
    spreadRoots[depth] = MeldHeap.NULL_NODE;
    depth++;
  }

  private void join(final int leg) {
    members[depth - 1]++;
    legs.ticket(leg, tickets[depth - 1]);
  }

  private void unlink(final int group, final int leg) {
    if (legs.isByRatio(leg)) {
      ratioRoots[group] = heap.remove(ratioRoots[group], leg);
    } else {
      spreadRoots[group] = heap.remove(spreadRoots[group], leg);
    }
  }

  private void leave(final int group) {
    members[group]--;
    refresh(group);
    if (0 == members[group]) {
      hollow++;
      while (depth > 0 && 0 == members[depth - 1]) {
        depth--;
        hollow--;
      }
      if (2 * hollow > depth) {
        clearOut();
      }
    }
  }

  private void meldInto(final int lower, final int upper) {
    if (0 == members[lower]) {
      hollow--;
    }
    members[lower] += members[upper];
    ratioRoots[lower] = heap.meld(ratioRoots[lower], ratioRoots[upper]);
    spreadRoots[lower] = heap.meld(spreadRoots[lower], spreadRoots[upper]);
    bestOf(upper, TrailLevel.NEVER);
  }

  /** Closes the gaps that groups without members left in the stack; order and tickets stay. */
  private void clearOut() {
    int kept = 0;
    for (int group = 0; group < depth; group++) {
      if (members[group] > 0) {
        if (kept < group) {
          extrema[kept] = extrema[group];
          tickets[kept] = tickets[group];
          members[kept] = members[group];
          ratioRoots[kept] = ratioRoots[group];
          spreadRoots[kept] = spreadRoots[group];
          bestOf(kept, best[capacity + group]);
          bestOf(group, TrailLevel.NEVER);
        }
        kept++;
      }
    }
    depth = kept;
    hollow = 0;
  }

  private int groupOf(final int leg) {
    final long ticket = legs.ticket(leg);
    int low = 0;
    int high = depth - 1;
    while (low < high) {
      final int middle = (low + high + 1) >>> 1;
      if (tickets[middle] <= ticket) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  private void refresh(final int group) {
    final int extremum = extrema[group];
    final int byRatio = ratioRoots[group];
    final int bySpread = spreadRoots[group];
    int level = TrailLevel.NEVER;
    if (MeldHeap.NULL_NODE != byRatio) {
      level = TrailLevel.byRatio(sell, extremum, heap.key(byRatio));
    }
    if (MeldHeap.NULL_NODE != bySpread) {
      level = Math.max(level, TrailLevel.bySpread(extremum, heap.key(bySpread)));
    }
    bestOf(group, level);
  }

  private void bestOf(final int group, final int level) {
    int at = capacity + group;
    best[at] = level;
    for (at >>>= 1; at > 0; at >>>= 1) {
      final int better = Math.max(best[2 * at], best[2 * at + 1]);
      if (best[at] == better) {
        return;
      }
      best[at] = better;
    }
  }

  private void grow() {
    final int[] levels = Arrays.copyOfRange(best, capacity, 2 * capacity);
    capacity *= 2;
    growths++;
    extrema = Arrays.copyOf(extrema, capacity);
    tickets = Arrays.copyOf(tickets, capacity);
    members = Arrays.copyOf(members, capacity);
    ratioRoots = Arrays.copyOf(ratioRoots, capacity);
    spreadRoots = Arrays.copyOf(spreadRoots, capacity);
    best = new int[2 * capacity];
    Arrays.fill(best, TrailLevel.NEVER);
    for (int group = 0; group < levels.length; group++) {
      bestOf(group, levels[group]);
    }
  }
}
