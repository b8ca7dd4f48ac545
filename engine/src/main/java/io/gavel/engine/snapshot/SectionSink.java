package io.gavel.engine.snapshot;

import io.gavel.codecs.SnapshotSink;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Gathers what an owner saves into blocks and hands each on when it is full. A value is never parted. One thread. */
final class SectionSink implements SnapshotSink {

  /** Takes a block. */
  interface BlockWriter {
    void onBlock(byte[] bytes, int offset, int length);
  }

  private final byte[] bytes;
  private final int begin;
  private final ByteBuffer block;
  private final BlockWriter writer;

  /** Leaves {@code headerLength} bytes free in front of each block. */
  SectionSink(final int headerLength, final BlockWriter writer) {
    bytes = new byte[headerLength + SnapshotFormat.BLOCK_BYTES_MAX];
    begin = headerLength;
    block = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    block.position(begin);
    this.writer = writer;
  }

  @Override
  public void putInt(final int value) {
    room(Integer.BYTES);
    block.putInt(value);
  }

  @Override
  public void putLong(final long value) {
    room(Long.BYTES);
    block.putLong(value);
  }

  void putBytes(final byte[] source, final int length) {
    room(length);
    block.put(source, 0, length);
  }

  /** Hands on what is there; nothing when there is nothing. */
  void flush() {
    if (block.position() > begin) {
      writer.onBlock(bytes, begin, block.position() - begin);
      block.position(begin);
    }
  }

  private void room(final int length) {
    if (block.remaining() < length) {
      flush();
    }
  }
}
