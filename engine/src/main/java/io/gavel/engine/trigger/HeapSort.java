package io.gavel.engine.trigger;

/** Sorts a part of an array in place, without allocating and in O(n log n) whatever the input; sorted input is O(n). */
final class HeapSort {

  /** A total order over the longs that are sorted. */
  interface Order {
    boolean isBefore(long first, long second);
  }

  private HeapSort() {
  }

  static void sort(final long[] values, final int from, final int to, final Order order) {
    if (isSorted(values, from, to, order)) {
      return;
    }
    final int count = to - from;
    for (int at = (count >>> 1) - 1; at >= 0; at--) {
      sink(values, from, at, count, order);
    }
    for (int last = count - 1; last > 0; last--) {
      final long latest = values[from];
      values[from] = values[from + last];
      values[from + last] = latest;
      sink(values, from, 0, last, order);
    }
  }

  private static boolean isSorted(final long[] values, final int from, final int to, final Order order) {
    for (int i = from + 1; i < to; i++) {
      if (order.isBefore(values[i], values[i - 1])) {
        return false;
      }
    }
    return true;
  }

  private static void sink(final long[] values, final int base, final int from, final int count, final Order order) {
    final long value = values[base + from];
    int at = from;
    int child = 2 * at + 1;
    while (child < count) {
      if (child + 1 < count && order.isBefore(values[base + child], values[base + child + 1])) {
        child++;
      }
      if (!order.isBefore(value, values[base + child])) {
        break;
      }
      values[base + at] = values[base + child];
      at = child;
      child = 2 * at + 1;
    }
    values[base + at] = value;
  }
}
