package io.gavel.engine.snapshot;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** Snapshots in memory, whose bytes a test may look at and change. */
public final class MemorySnapshotStore implements SnapshotStore {

  private final TreeMap<Long, byte[]> published = new TreeMap<>();

  /** The bytes of a snapshot: the array itself. */
  public byte[] bytes(final long sequence) {
    return published.get(sequence);
  }

  /** Puts other bytes in a snapshot's place. */
  public void put(final long sequence, final byte[] bytes) {
    published.put(sequence, bytes);
  }

  /** Changes one bit of the newest; false: there is none. */
  public boolean damageNewest(final SplittableRandom random) {
    if (published.isEmpty()) {
      return false;
    }
    final byte[] bytes = published.lastEntry().getValue();
    bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(Byte.SIZE));
    return true;
  }

  @Override
  public long[] list() {
    return published.descendingKeySet().stream().mapToLong(Long::longValue).toArray();
  }

  @Override
  public Draft create(final long sequence) {
    return new Draft() {

      private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

      @Override
      public void write(final ByteBuffer more) {
        bytes.write(more.array(), more.arrayOffset() + more.position(), more.remaining());
      }

      @Override
      public void publish() {
        published.put(sequence, bytes.toByteArray());
      }

      @Override
      public void close() {
        // What was not published is forgotten with this object.
      }
    };
  }

  @Override
  public Stored open(final long sequence) {
    final byte[] bytes = published.get(sequence);
    if (null == bytes) {
      throw new UncheckedIOException(new IOException("no snapshot " + sequence));
    }
    return new Stored() {

      @Override
      public long length() {
        return bytes.length;
      }

      @Override
      public int read(final long position, final ByteBuffer target) {
        final int count = (int) Math.min(target.remaining(), Math.max(0, bytes.length - position));
        target.put(bytes, (int) Math.min(position, bytes.length), count);
        return count;
      }

      @Override
      public void close() {
        // Nothing is held.
      }
    };
  }

  @Override
  public void delete(final long sequence) {
    published.remove(sequence);
  }

  @Override
  public String place(final long sequence) {
    return "memory/" + sequence;
  }
}
