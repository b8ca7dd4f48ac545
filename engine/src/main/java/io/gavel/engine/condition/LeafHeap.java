package io.gavel.engine.condition;

/**
 * Leftist heaps over the nodes of a {@link NodeTable}, smallest key first: as {@link io.gavel.risk.price.MeldHeap},
 * with keys of 64 bits. A heap is the number of its root.
 */
final class LeafHeap {

  private static final int NULL_NODE = NodeTable.NULL_NODE;

  private final NodeTable nodes;

  LeafHeap(final NodeTable nodes) {
    this.nodes = nodes;
  }

  long key(final int node) {
    return nodes.page(node).keys[NodeTable.at(node)];
  }

  int insert(final int root, final int node, final long key) {
    final NodePage page = nodes.page(node);
    final int at = NodeTable.at(node);
    page.lefts[at] = NULL_NODE;
    page.rights[at] = NULL_NODE;
    page.aboves[at] = NULL_NODE;
    page.ranks[at] = 1;
    page.keys[at] = key;
    return meld(root, node);
  }

  int remove(final int root, final int node) {
    final int leftChild = left(node);
    final int rightChild = right(node);
    final int above = above(node);
    if (NULL_NODE != leftChild) {
      above(leftChild, NULL_NODE);
    }
    if (NULL_NODE != rightChild) {
      above(rightChild, NULL_NODE);
    }
    final int below = meld(leftChild, rightChild);
    if (NULL_NODE != below) {
      above(below, above);
    }
    if (NULL_NODE == above) {
      return below;
    }
    if (left(above) == node) {
      left(above, below);
    } else {
      right(above, below);
    }
    int at = above;
    while (NULL_NODE != at && settle(at)) {
      at = above(at);
    }
    return root;
  }

  private int meld(final int first, final int second) {
    if (NULL_NODE == first) {
      return second;
    }
    if (NULL_NODE == second) {
      return first;
    }
    final int root = key(second) < key(first) ? second : first;
    int above = root;
    int loose = root == first ? second : first;
    int next = right(above);
    while (NULL_NODE != next) {
      if (key(loose) < key(next)) {
        link(above, loose);
        final int displaced = next;
        next = right(loose);
        above = loose;
        loose = displaced;
      } else {
        above = next;
        next = right(above);
      }
    }
    link(above, loose);
    for (int at = above; NULL_NODE != at; at = above(at)) {
      settle(at);
    }
    return root;
  }

  private void link(final int above, final int node) {
    right(above, node);
    above(node, above);
  }

  /** Puts the rule on ranks right at one node; true when its own rank changed. */
  private boolean settle(final int node) {
    final int leftRank = rank(left(node));
    final int rightRank = rank(right(node));
    if (leftRank < rightRank) {
      final int swapped = left(node);
      left(node, right(node));
      right(node, swapped);
    }
    final byte settled = (byte) (1 + Math.min(leftRank, rightRank));
    final NodePage page = nodes.page(node);
    if (page.ranks[NodeTable.at(node)] == settled) {
      return false;
    }
    page.ranks[NodeTable.at(node)] = settled;
    return true;
  }

  private int rank(final int node) {
    return NULL_NODE == node ? 0 : nodes.page(node).ranks[NodeTable.at(node)];
  }

  private int left(final int node) {
    return nodes.page(node).lefts[NodeTable.at(node)];
  }

  private void left(final int node, final int child) {
    nodes.page(node).lefts[NodeTable.at(node)] = child;
  }

  private int right(final int node) {
    return nodes.page(node).rights[NodeTable.at(node)];
  }

  private void right(final int node, final int child) {
    nodes.page(node).rights[NodeTable.at(node)] = child;
  }

  private int above(final int node) {
    return nodes.page(node).aboves[NodeTable.at(node)];
  }

  private void above(final int node, final int other) {
    nodes.page(node).aboves[NodeTable.at(node)] = other;
  }
}
