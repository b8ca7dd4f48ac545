package io.gavel.engine.journal;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A file seen through a window of copied bytes. Nothing is mapped: a file that shrinks or lies about its lengths gives
 * a short read, never a fault, and an interrupt does not close it. One thread.
 */
final class FileWindow implements AutoCloseable {

  private static final int WINDOW_LENGTH = 128 << 10;

  private final Path path;
  private final RandomAccessFile file;
  private final byte[] bytes = new byte[WINDOW_LENGTH];
  private final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
  private long start;
  private int length;

  FileWindow(final Path path) {
    this.path = path;
    try {
      file = new RandomAccessFile(path.toFile(), "r");
    } catch (final IOException ex) {
      throw new UncheckedIOException("cannot read " + path, ex);
    }
  }

  Path path() {
    return path;
  }

  UnsafeBuffer buffer() {
    return buffer;
  }

  long fileLength() {
    try {
      return file.length();
    } catch (final IOException ex) {
      throw new UncheckedIOException("cannot read " + path, ex);
    }
  }

  /** Brings up to {@code wanted} bytes at {@code position} into the window and answers how many are there. */
  int load(final long position, final int wanted) {
    if (position < start || position + wanted > start + length) {
      start = position;
      length = read(position);
    }
    return (int) Math.min(wanted, start + length - position);
  }

  /** Where in the buffer the byte at {@code position} is, after a {@link #load} of it. */
  int offsetOf(final long position) {
    return (int) (position - start);
  }

  int intAt(final long position) {
    return buffer.getInt(offsetOf(position), ByteOrder.LITTLE_ENDIAN);
  }

  /** Forgets what was read: the file may have grown. */
  void invalidate() {
    length = 0;
  }

  /** Position of the first byte from {@code position} on that is not zero, or the file's length. */
  long firstNonZero(final long position) {
    long at = position;
    int available = load(at, WINDOW_LENGTH);
    while (available > 0) {
      final int from = offsetOf(at);
      for (int i = 0; i < available; i++) {
        if (0 != bytes[from + i]) {
          return at + i;
        }
      }
      at += available;
      available = load(at, WINDOW_LENGTH);
    }
    return at;
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (final IOException ex) {
      throw new UncheckedIOException("cannot close " + path, ex);
    }
  }

  private int read(final long position) {
    try {
      file.seek(position);
      int total = 0;
      int count = file.read(bytes, 0, WINDOW_LENGTH);
      while (count > 0) {
        total += count;
        count = total == WINDOW_LENGTH ? 0 : file.read(bytes, total, WINDOW_LENGTH - total);
      }
      return total;
    } catch (final IOException ex) {
      throw new UncheckedIOException("cannot read " + path, ex);
    }
  }
}
