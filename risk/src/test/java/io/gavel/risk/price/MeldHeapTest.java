package io.gavel.risk.price;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Heaps that are melded, and nodes that leave from the middle, beside plain lists. */
class MeldHeapTest {

  private static final int NODES = 400;

  @Test
  void shouldAgreeWithListsWhenMeldingAndRemoving() {
    final long seed = 83;
    System.out.println("MeldHeapTest seed " + seed);
    final Random random = new Random(seed);
    final MeldHeap heap = new MeldHeap(NODES);
    for (int round = 0; round < 300; round++) {
      final List<List<Integer>> heaps = new ArrayList<>();
      final List<Integer> roots = new ArrayList<>();
      for (int node = 0; node < NODES; node++) {
        if (heaps.isEmpty() || random.nextInt(20) == 0) {
          heaps.add(new ArrayList<>());
          roots.add(MeldHeap.NULL_NODE);
        }
        final int which = random.nextInt(heaps.size());
        roots.set(which, heap.insert(roots.get(which), node, random.nextInt(100) - 50));
        heaps.get(which).add(node);
      }
      while (heaps.size() > 1) {
        final int which = random.nextInt(heaps.size() - 1);
        if (random.nextInt(3) == 0) {
          heaps.get(which).addAll(heaps.remove(which + 1));
          roots.set(which, heap.meld(roots.get(which), roots.remove(which + 1)));
        } else if (!heaps.get(which).isEmpty()) {
          final int node = heaps.get(which).remove(random.nextInt(heaps.get(which).size()));
          roots.set(which, heap.remove(roots.get(which), node));
        }
        compare(heap, roots.get(which), heaps.get(which));
      }
      drain(heap, roots.get(0), heaps.get(0));
    }
  }

  /** Half a million nodes in the orders that make a heap lean: the right edge must stay short, nothing may recurse. */
  @Test
  void shouldStayShallowOnTheRightWhateverTheOrder() {
    final int count = 1 << 19;
    final MeldHeap heap = new MeldHeap(count);
    for (final int direction : new int[] {1, -1}) {
      int root = MeldHeap.NULL_NODE;
      for (int node = 0; node < count; node++) {
        root = heap.insert(root, node, direction * node);
      }
      int previous = Integer.MIN_VALUE;
      for (int left = count; left > 0; left--) {
        assertTrue(heap.key(root) > previous);
        previous = heap.key(root);
        root = heap.remove(root, root);
      }
      assertEquals(MeldHeap.NULL_NODE, root);
    }
  }

  private static void drain(final MeldHeap heap, final int root, final List<Integer> members) {
    int top = root;
    while (!members.isEmpty()) {
      compare(heap, top, members);
      members.remove((Integer) top);
      top = heap.remove(top, top);
    }
    assertEquals(MeldHeap.NULL_NODE, top);
  }

  private static void compare(final MeldHeap heap, final int root, final List<Integer> members) {
    assertEquals(members.isEmpty(), MeldHeap.NULL_NODE == root);
    if (!members.isEmpty()) {
      assertTrue(members.contains(root));
      assertEquals(members.stream().mapToInt(heap::key).min().orElseThrow(), heap.key(root));
    }
  }
}
