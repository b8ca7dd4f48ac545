package io.gavel.engine.book;

import io.gavel.codecs.SnapshotSink;
import io.gavel.codecs.SnapshotSource;
import java.util.Arrays;

/** A snapshot in memory that can be compared, digested and read back. */
final class StateCells implements SnapshotSink, SnapshotSource {

  private long[] cells = new long[64];
  private int length;
  private int position;

  @Override
  public void putInt(final int value) {
    putLong(value);
  }

  @Override
  public void putLong(final long value) {
    if (length == cells.length) {
      cells = Arrays.copyOf(cells, 2 * length);
    }
    cells[length++] = value;
  }

  @Override
  public int getInt() {
    return Math.toIntExact(getLong());
  }

  @Override
  public long getLong() {
    if (position == length) {
      throw new IllegalStateException("read beyond what was written");
    }
    return cells[position++];
  }

  boolean isReadToTheEnd() {
    return position == length;
  }

  int length() {
    return length;
  }

  long digest() {
    long digest = 0xCBF29CE484222325L;
    for (int i = 0; i < length; i++) {
      digest = (digest ^ cells[i]) * 0x100000001B3L;
      digest ^= digest >>> 29;
    }
    return digest;
  }
}
