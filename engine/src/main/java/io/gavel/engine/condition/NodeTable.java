package io.gavel.engine.condition;

import io.gavel.codecs.sbe.Signal;
import io.gavel.engine.trigger.Trailed;
import java.util.Arrays;

/**
 * The nodes of all trees, in pages that are made when they are first needed and kept. A tree has a run of 1, 2, 4 ...
 * 32 nodes, all in one page; the runs of one length that are free are chained. One thread.
 */
final class NodeTable implements Trailed {

  static final int BITS = 12;
  static final int PAGE = 1 << BITS;
  static final int NULL_NODE = -1;

  private static final int MASK = PAGE - 1;
  private static final int CLASSES = 6;

  private NodePage[] pages = new NodePage[0];
  private final int[] freeRuns = new int[CLASSES];
  private final int[] next = new int[CLASSES];
  private final int[] limit = new int[CLASSES];

  NodeTable() {
    Arrays.fill(freeRuns, NULL_NODE);
  }

  /** Pages made so far: each is an allocation after start. */
  int growths() {
    return pages.length;
  }

  int capacity() {
    return pages.length << BITS;
  }

  NodePage page(final int node) {
    return pages[node >>> BITS];
  }

  static int at(final int node) {
    return node & MASK;
  }

  /** The first of {@code count} nodes. */
  int claim(final int count) {
    final int length = lengthClass(count);
    final int free = freeRuns[length];
    if (NULL_NODE != free) {
      freeRuns[length] = page(free).lefts[at(free)];
      return free;
    }
    if (next[length] == limit[length]) {
      pages = Arrays.copyOf(pages, pages.length + 1);
      pages[pages.length - 1] = new NodePage();
      next[length] = (pages.length - 1) << BITS;
      limit[length] = next[length] + PAGE;
    }
    final int run = next[length];
    next[length] += 1 << length;
    return run;
  }

  void release(final int run, final int count) {
    final int length = lengthClass(count);
    page(run).lefts[at(run)] = freeRuns[length];
    freeRuns[length] = run;
  }

  private static int lengthClass(final int count) {
    return Integer.SIZE - Integer.numberOfLeadingZeros(count - 1);
  }

  boolean isTrailing(final int node) {
    return Signal.TRAILING.value() == page(node).signals[at(node)];
  }

  @Override
  public int distance(final int node) {
    final NodePage page = page(node);
    return (int) (0 != page.thresholds[at(node)] ? page.thresholds[at(node)] : page.seconds[at(node)]);
  }

  @Override
  public boolean isByRatio(final int node) {
    return 0 != page(node).thresholds[at(node)];
  }

  @Override
  public void extremumTicks(final int node, final int ticks) {
    page(node).extrema[at(node)] = ticks;
  }

  @Override
  public long ticket(final int node) {
    return page(node).keys[at(node)];
  }

  @Override
  public void ticket(final int node, final long ticket) {
    page(node).keys[at(node)] = ticket;
  }
}
