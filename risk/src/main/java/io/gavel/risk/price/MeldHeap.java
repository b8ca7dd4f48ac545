package io.gavel.risk.price;

import java.util.Arrays;

/**
 * Leftist heaps over one set of numbered nodes, smallest key first. A heap is the number of its root, and any number of
 * heaps share the nodes: memory depends on the nodes alone. The caller numbers the nodes 0 to capacity - 1, and a node
 * is in one heap at most.
 *
 * <p>Putting in, melding two heaps, taking out the root or any other node are O(log n) in the worst case, not only on
 * average: there is no bill to be paid later by the first price that fires. Equal keys come out in no promised order;
 * who needs one sorts what came out.
 *
 * <p>One thread.
 */
public final class MeldHeap {

  public static final int NULL_NODE = -1;

  private int[] left;
  private int[] right;
  private int[] parent;
  private int[] key;
  /** Nodes on the shortest way down to a missing child: never larger on the right than on the left. */
  private byte[] rank;

  public MeldHeap(final int capacity) {
    left = new int[capacity];
    right = new int[capacity];
    parent = new int[capacity];
    key = new int[capacity];
    rank = new byte[capacity];
    Arrays.fill(left, NULL_NODE);
    Arrays.fill(right, NULL_NODE);
    Arrays.fill(parent, NULL_NODE);
  }

  public int capacity() {
    return key.length;
  }

  /** Makes room for more nodes; those that are in a heap stay in it. */
  public void grow(final int newCapacity) {
    final int old = key.length;
    left = Arrays.copyOf(left, newCapacity);
    right = Arrays.copyOf(right, newCapacity);
    parent = Arrays.copyOf(parent, newCapacity);
    key = Arrays.copyOf(key, newCapacity);
    rank = Arrays.copyOf(rank, newCapacity);
    Arrays.fill(left, old, newCapacity, NULL_NODE);
    Arrays.fill(right, old, newCapacity, NULL_NODE);
    Arrays.fill(parent, old, newCapacity, NULL_NODE);
  }

  public int key(final int node) {
    return key[node];
  }

  /** Puts a node that is in no heap into the heap of this root, and returns the root from now on. */
  public int insert(final int root, final int node, final int nodeKey) {
    left[node] = NULL_NODE;
    right[node] = NULL_NODE;
    parent[node] = NULL_NODE;
    rank[node] = 1;
    key[node] = nodeKey;
    return meld(root, node);
  }

  /** One heap of two; either may be empty. Returns the root of both. */
  public int meld(final int first, final int second) {
    if (NULL_NODE == first) {
      return second;
    }
    if (NULL_NODE == second) {
      return first;
    }
    final int root = key[second] < key[first] ? second : first;
    int above = root;
    int loose = root == first ? second : first;
    // Down the right edges of both, which are short by the rule on ranks.
    int next = right[above];
    while (NULL_NODE != next) {
      if (key[loose] < key[next]) {
        link(above, loose);
        final int displaced = next;
        next = right[loose];
        above = loose;
        loose = displaced;
      } else {
        above = next;
        next = right[above];
      }
    }
    link(above, loose);
    for (int at = above; NULL_NODE != at; at = parent[at]) {
      settle(at);
    }
    return root;
  }

  /** Takes a node out of the heap of this root, wherever in it it is, and returns the root from now on. */
  public int remove(final int root, final int node) {
    final int leftChild = left[node];
    final int rightChild = right[node];
    final int above = parent[node];
    if (NULL_NODE != leftChild) {
      parent[leftChild] = NULL_NODE;
    }
    if (NULL_NODE != rightChild) {
      parent[rightChild] = NULL_NODE;
    }
    final int below = meld(leftChild, rightChild);
    left[node] = NULL_NODE;
    right[node] = NULL_NODE;
    parent[node] = NULL_NODE;
    if (NULL_NODE != below) {
      parent[below] = above;
    }
    if (NULL_NODE == above) {
      return below;
    }
    if (left[above] == node) {
      left[above] = below;
    } else {
      right[above] = below;
    }
    int at = above;
    while (NULL_NODE != at && settle(at)) {
      at = parent[at];
    }
    return root;
  }

  private void link(final int above, final int node) {
    right[above] = node;
    parent[node] = above;
  }

  /** Puts the rule on ranks right at one node; true when its own rank changed, so that its parent is next. */
  private boolean settle(final int node) {
    final int leftRank = rankOf(left[node]);
    final int rightRank = rankOf(right[node]);
    if (leftRank < rightRank) {
      final int swapped = left[node];
      left[node] = right[node];
      right[node] = swapped;
    }
    final byte settled = (byte) (1 + Math.min(leftRank, rightRank));
    if (rank[node] == settled) {
      return false;
    }
    rank[node] = settled;
    return true;
  }

  private int rankOf(final int node) {
    return NULL_NODE == node ? 0 : rank[node];
  }
}
