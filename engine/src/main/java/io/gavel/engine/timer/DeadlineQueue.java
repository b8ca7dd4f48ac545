package io.gavel.engine.timer;

import io.gavel.codecs.Invariants;
import io.gavel.codecs.SnapshotSink;
import io.gavel.codecs.SnapshotSource;
import io.gavel.codecs.StateOwner;
import io.gavel.risk.price.Slots;
import java.util.Arrays;

/**
 * Deadlines by (deadline, id, kind, payload), earliest first; bounded. Times are nanoseconds of engine time and are
 * given by the caller. Adding, cancelling and taking the earliest are O(log n); asking for the next time is a read.
 *
 * <p>A handle stays the same until its entry is polled or cancelled, also across {@link #save} and {@link #load}; then
 * it is free for another entry. One thread. Allocates nothing after start.
 */
public final class DeadlineQueue implements StateOwner {

  public static final int NULL_HANDLE = -1;
  public static final int COMPONENT_ID = 40;

  private final Slots handles;
  private long[] deadlines;
  private long[] ids;
  private int[] kinds;
  private int[] payloads;
  /** A binary heap of handles, and for each handle its place in it. */
  private int[] heap;
  private int[] places;
  private int size;

  private long polledDeadlineNs;
  private long polledId;
  private int polledKind;
  private int polledPayload;

  public DeadlineQueue(final int capacity) {
    handles = new Slots(capacity);
    deadlines = new long[capacity];
    ids = new long[capacity];
    kinds = new int[capacity];
    payloads = new int[capacity];
    heap = new int[capacity];
    places = new int[capacity];
  }

  /** Makes room for more; handles and order stay as they are. Allocates. */
  public void grow(final int newCapacity) {
    handles.grow(newCapacity);
    deadlines = Arrays.copyOf(deadlines, newCapacity);
    ids = Arrays.copyOf(ids, newCapacity);
    kinds = Arrays.copyOf(kinds, newCapacity);
    payloads = Arrays.copyOf(payloads, newCapacity);
    heap = Arrays.copyOf(heap, newCapacity);
    places = Arrays.copyOf(places, newCapacity);
  }

  public int capacity() {
    return heap.length;
  }

  public int size() {
    return size;
  }

  /** Handle of the new entry; NULL_HANDLE when the queue is full. */
  public int add(final long deadlineNs, final long id, final int kind, final int payload) {
    final int handle = handles.claim();
    if (NULL_HANDLE != handle) {
      put(handle, deadlineNs, id, kind, payload);
    }
    return handle;
  }

  /** Takes an entry out before its time. */
  public void cancel(final int handle) {
    Invariants.check(handles.isTaken(handle), "deadline handle not in use", handle, size);
    removeAt(places[handle]);
  }

  /** The earliest deadline; Long.MAX_VALUE when there is none. */
  public long nextNs() {
    return 0 == size ? Long.MAX_VALUE : deadlines[heap[0]];
  }

  /** Takes out the earliest entry that is due, deadline inclusive; its facts are then read from this queue. */
  public boolean poll(final long nowNs) {
    if (0 == size || deadlines[heap[0]] > nowNs) {
      return false;
    }
    final int handle = heap[0];
    polledDeadlineNs = deadlines[handle];
    polledId = ids[handle];
    polledKind = kinds[handle];
    polledPayload = payloads[handle];
    removeAt(0);
    return true;
  }

  /** Deadline of the entry polled last. */
  public long deadlineNs() {
    return polledDeadlineNs;
  }

  public long id() {
    return polledId;
  }

  public int kind() {
    return polledKind;
  }

  public int payload() {
    return polledPayload;
  }

  @Override
  public int componentId() {
    return COMPONENT_ID;
  }

  @Override
  public String componentName() {
    return "deadlines";
  }

  /** Entries in their total order. Sorting leaves a heap behind, so nothing but the layout changes. */
  @Override
  public void save(final SnapshotSink sink) {
    if (0 == size) {
      return;
    }
    sort();
    sink.putInt(size);
    for (int i = 0; i < size; i++) {
      final int handle = heap[i];
      sink.putInt(handle);
      sink.putLong(deadlines[handle]);
      sink.putLong(ids[handle]);
      sink.putInt(kinds[handle]);
      sink.putInt(payloads[handle]);
    }
  }

  @Override
  public void load(final SnapshotSource source) {
    Invariants.check(0 == size, "deadlines loaded twice", size, heap.length);
    final int count = source.getInt();
    for (int i = 0; i < count; i++) {
      final int handle = source.getInt();
      handles.claim(handle);
      final long deadlineNs = source.getLong();
      final long id = source.getLong();
      final int kind = source.getInt();
      put(handle, deadlineNs, id, kind, source.getInt());
    }
  }

  private void put(final int handle, final long deadlineNs, final long id, final int kind, final int payload) {
    deadlines[handle] = deadlineNs;
    ids[handle] = id;
    kinds[handle] = kind;
    payloads[handle] = payload;
    place(size, handle);
    size++;
    rise(size - 1);
  }

  private void removeAt(final int index) {
    handles.release(heap[index]);
    size--;
    if (index == size) {
      return;
    }
    place(index, heap[size]);
    if (index > 0 && isBefore(heap[index], heap[(index - 1) >>> 1])) {
      rise(index);
    } else {
      sink(index, size);
    }
  }

  private void rise(final int from) {
    final int handle = heap[from];
    int at = from;
    while (at > 0) {
      final int parent = (at - 1) >>> 1;
      if (!isBefore(handle, heap[parent])) {
        break;
      }
      place(at, heap[parent]);
      at = parent;
    }
    place(at, handle);
  }

  private void sink(final int from, final int limit) {
    final int handle = heap[from];
    int at = from;
    int child = 2 * at + 1;
    while (child < limit) {
      if (child + 1 < limit && isBefore(heap[child + 1], heap[child])) {
        child++;
      }
      if (!isBefore(heap[child], handle)) {
        break;
      }
      place(at, heap[child]);
      at = child;
      child = 2 * at + 1;
    }
    place(at, handle);
  }

  /** Heap sort in place gives the latest first; turned round that is again a heap with the earliest on top. */
  private void sort() {
    for (int last = size - 1; last > 0; last--) {
      swap(0, last);
      sink(0, last);
    }
    for (int low = 0, high = size - 1; low < high; low++, high--) {
      swap(low, high);
    }
  }

  private void swap(final int first, final int second) {
    final int handle = heap[first];
    place(first, heap[second]);
    place(second, handle);
  }

  private void place(final int index, final int handle) {
    heap[index] = handle;
    places[handle] = index;
  }

  private boolean isBefore(final int first, final int second) {
    if (deadlines[first] != deadlines[second]) {
      return deadlines[first] < deadlines[second];
    }
    if (ids[first] != ids[second]) {
      return ids[first] < ids[second];
    }
    if (kinds[first] != kinds[second]) {
      return kinds[first] < kinds[second];
    }
    return payloads[first] < payloads[second];
  }
}
