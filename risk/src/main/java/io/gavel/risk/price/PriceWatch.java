package io.gavel.risk.price;

/**
 * Who wants to know when a price reaches a tick, in one direction. A rising watch concerns members whose level is at or
 * below the price, a falling watch those whose level is at or above it; both inclusive. The nearest level is kept at
 * hand: a price that reaches nobody costs one comparison whatever the number of members, two for a pair of watches.
 *
 * <p>Members are nodes of a shared {@link MeldHeap}, numbered by the caller. They come out by level in the direction of
 * travel; the order of members of one level is the caller's to decide. Levels and prices are whole ticks, above zero.
 *
 * <p>One thread.
 */
public final class PriceWatch {

  public static final int NULL_NODE = MeldHeap.NULL_NODE;

  private final MeldHeap heap;
  private final boolean rising;
  private int root = NULL_NODE;
  /** Nearest level, as a distance in the direction of travel; MAX_VALUE while nobody waits. */
  private int nextKey = Integer.MAX_VALUE;

  private PriceWatch(final MeldHeap heap, final boolean rising) {
    this.heap = heap;
    this.rising = rising;
  }

  public static PriceWatch rising(final MeldHeap heap) {
    return new PriceWatch(heap, true);
  }

  public static PriceWatch falling(final MeldHeap heap) {
    return new PriceWatch(heap, false);
  }

  public boolean isEmpty() {
    return NULL_NODE == root;
  }

  /** The level that the price would reach first, or 0 while nobody waits. */
  public int nextTicks() {
    return isEmpty() ? 0 : ticks(nextKey);
  }

  /** A member that is in no heap begins to wait. */
  public void add(final int node, final int levelTicks) {
    top(heap.insert(root, node, ticks(levelTicks)));
  }

  /** A member leaves without having been reached. */
  public void remove(final int node) {
    top(heap.remove(root, node));
  }

  public boolean isCrossedBy(final int priceTicks) {
    return ticks(priceTicks) >= nextKey && NULL_NODE != root;
  }

  /** Takes out the next member that this price reaches; NULL_NODE when there is none. */
  public int poll(final int priceTicks) {
    if (!isCrossedBy(priceTicks)) {
      return NULL_NODE;
    }
    final int node = root;
    top(heap.remove(root, node));
    return node;
  }

  private void top(final int newRoot) {
    root = newRoot;
    nextKey = NULL_NODE == newRoot ? Integer.MAX_VALUE : heap.key(newRoot);
  }

  /** Between ticks and keys: the falling side is the rising one in a mirror. */
  private int ticks(final int value) {
    return rising ? value : -value;
  }
}
