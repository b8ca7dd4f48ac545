package io.gavel.engine.timer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.codecs.InvariantViolation;
import io.gavel.codecs.SnapshotSink;
import io.gavel.codecs.SnapshotSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class DeadlineQueueTest {

  private record Entry(long deadlineNs, long id, int kind, int payload) {

    static final Comparator<Entry> ORDER = Comparator.comparingLong(Entry::deadlineNs)
        .thenComparingLong(Entry::id).thenComparingInt(Entry::kind).thenComparingInt(Entry::payload);
  }

  private static final class Bytes implements SnapshotSink, SnapshotSource {

    private final List<Long> values = new ArrayList<>();
    private int position;

    @Override
    public void putInt(final int value) {
      values.add((long) value);
    }

    @Override
    public void putLong(final long value) {
      values.add(value);
    }

    @Override
    public int getInt() {
      return (int) getLong();
    }

    @Override
    public long getLong() {
      return values.get(position++);
    }
  }

  @Test
  void shouldGiveEarliestFirstThenByIdThenByKind() {
    final DeadlineQueue queue = new DeadlineQueue(8);
    queue.add(20, 1, 0, 100);
    queue.add(10, 2, 1, 101);
    queue.add(10, 2, 0, 102);
    queue.add(10, 1, 9, 103);

    assertEquals(10, queue.nextNs());
    assertFalse(queue.poll(9));
    final List<Integer> payloads = new ArrayList<>();
    while (queue.poll(20)) {
      payloads.add(queue.payload());
    }

    assertEquals(List.of(103, 102, 101, 100), payloads);
    assertEquals(Long.MAX_VALUE, queue.nextNs());
  }

  @Test
  void shouldReturnNullHandleWhenFull() {
    final DeadlineQueue queue = new DeadlineQueue(1);

    assertEquals(0, queue.add(1, 1, 1, 1));
    assertEquals(DeadlineQueue.NULL_HANDLE, queue.add(2, 2, 2, 2));
    queue.cancel(0);
    assertThrows(InvariantViolation.class, () -> queue.cancel(0));
    assertEquals(0, queue.add(3, 3, 3, 3));
  }

  @Test
  void shouldAgreeWithSortedSetUnderRandomTrafficAndRestarts() {
    final long seed = 20261120;
    System.out.println("DeadlineQueueTest seed " + seed);
    final Random random = new Random(seed);
    DeadlineQueue queue = new DeadlineQueue(300);
    final TreeSet<Entry> reference = new TreeSet<>(Entry.ORDER);
    final Map<Integer, Entry> byHandle = new HashMap<>();
    long nowNs = 0;
    for (int step = 0; step < 200_000; step++) {
      final int action = random.nextInt(100);
      if (action < 55) {
        final Entry entry = new Entry(nowNs + random.nextInt(50), random.nextInt(20), random.nextInt(3), step);
        final int handle = queue.add(entry.deadlineNs, entry.id, entry.kind, entry.payload);
        assertEquals(reference.size() == 300, DeadlineQueue.NULL_HANDLE == handle);
        if (DeadlineQueue.NULL_HANDLE != handle) {
          assertTrue(reference.add(entry));
          byHandle.put(handle, entry);
        }
      } else if (action < 75 && !byHandle.isEmpty()) {
        final List<Integer> handles = new ArrayList<>(byHandle.keySet());
        final int handle = handles.get(random.nextInt(handles.size()));
        queue.cancel(handle);
        assertTrue(reference.remove(byHandle.remove(handle)));
      } else {
        nowNs += random.nextInt(5);
        while (!reference.isEmpty() && reference.first().deadlineNs <= nowNs) {
          assertTrue(queue.poll(nowNs));
          final Entry polled = new Entry(queue.deadlineNs(), queue.id(), queue.kind(), queue.payload());
          assertEquals(reference.pollFirst(), polled);
          byHandle.values().remove(polled);
        }
        assertFalse(queue.poll(nowNs));
      }
      assertEquals(reference.size(), queue.size());
      assertEquals(reference.isEmpty() ? Long.MAX_VALUE : reference.first().deadlineNs, queue.nextNs());
      if (random.nextInt(500) == 0) {
        queue = restarted(queue);
      }
    }
  }

  /** Handles survive: those in {@code byHandle} of the test above are used on after this. */
  private static DeadlineQueue restarted(final DeadlineQueue queue) {
    if (0 == queue.size()) {
      return queue;
    }
    final Bytes saved = new Bytes();
    queue.save(saved);
    final DeadlineQueue loaded = new DeadlineQueue(queue.capacity());
    loaded.load(saved);
    final Bytes again = new Bytes();
    loaded.save(again);
    assertEquals(saved.values, again.values);
    return loaded;
  }
}
