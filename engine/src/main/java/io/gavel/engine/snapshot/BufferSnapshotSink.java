package io.gavel.engine.snapshot;

import io.gavel.codecs.SnapshotSink;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Collects what an owner saves, in memory. One thread. */
public final class BufferSnapshotSink implements SnapshotSink {

  private ByteBuffer buffer = ByteBuffer.allocate(1 << 10).order(ByteOrder.LITTLE_ENDIAN);

  @Override
  public void putInt(final int value) {
    room(Integer.BYTES);
    buffer.putInt(value);
  }

  @Override
  public void putLong(final long value) {
    room(Long.BYTES);
    buffer.putLong(value);
  }

  /** A copy of what was saved. */
  public byte[] toBytes() {
    return Arrays.copyOf(buffer.array(), buffer.position());
  }

  private void room(final int length) {
    if (buffer.remaining() < length) {
      final int position = buffer.position();
      buffer = ByteBuffer.wrap(Arrays.copyOf(buffer.array(), 2 * buffer.capacity())).order(ByteOrder.LITTLE_ENDIAN);
      buffer.position(position);
    }
  }
}
