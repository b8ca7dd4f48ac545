package io.gavel.engine.ring;

import io.gavel.codecs.FrameDescriptor;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Whole, validated frames that will enter the ring together: nobody's command comes between them, so their sequences
 * are contiguous. Filled by {@link Ingress#addTo}, offered by {@link Ingress#offer(CommandBatch)}, then cleared and
 * filled again. Each item keeps its own answer; a refused one does not take the others with it. One thread. Allocates
 * nothing once it is there.
 */
public final class CommandBatch {

  /** Items a batch can hold. */
  public static final int ITEMS_MAX = 20;

  private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[ITEMS_MAX * FrameDescriptor.FRAME_LENGTH_MAX]);
  private final int[] lengths = new int[ITEMS_MAX];
  private int size;

  public int size() {
    return size;
  }

  public boolean isFull() {
    return ITEMS_MAX == size;
  }

  /** Forgets every item. */
  public CommandBatch clear() {
    size = 0;
    return this;
  }

  void add(final DirectBuffer source, final int offset, final int length) {
    buffer.putBytes(offset(size), source, offset, length);
    lengths[size] = length;
    size++;
  }

  DirectBuffer buffer() {
    return buffer;
  }

  int offset(final int item) {
    return item * FrameDescriptor.FRAME_LENGTH_MAX;
  }

  int length(final int item) {
    return lengths[item];
  }
}
