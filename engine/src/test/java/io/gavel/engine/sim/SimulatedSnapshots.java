package io.gavel.engine.sim;

import io.gavel.engine.snapshot.SnapshotStore;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** Snapshots in memory: each there as a whole or not at all, until somebody changes a bit of it. */
final class SimulatedSnapshots implements SnapshotStore {

  private final TreeMap<Long, byte[]> published = new TreeMap<>();

  @Override
  public long[] list() {
    return published.descendingKeySet().stream().mapToLong(Long::longValue).toArray();
  }

  /** Changes one bit of the newest; false: there is none. */
  boolean damageNewest(final SplittableRandom random) {
    if (published.isEmpty()) {
      return false;
    }
    final byte[] bytes = published.lastEntry().getValue();
    bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(Byte.SIZE));
    return true;
  }

  @Override
  public Draft create(final long sequence) {
    final ByteArrayOutputStream written = new ByteArrayOutputStream();
    return new Draft() {
      @Override
      public void write(final ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
          written.write(bytes.get());
        }
      }

      @Override
      public void publish() {
        published.put(sequence, written.toByteArray());
      }

      @Override
      public void close() {
        // What was not published was never seen.
      }
    };
  }

  @Override
  public Stored open(final long sequence) {
    final byte[] bytes = published.get(sequence);
    Witness.check(null != bytes, "no snapshot " + sequence);
    return new Stored() {
      @Override
      public long length() {
        return bytes.length;
      }

      @Override
      public int read(final long position, final ByteBuffer into) {
        final int count = (int) Math.max(0, Math.min(into.remaining(), bytes.length - position));
        into.put(bytes, (int) Math.min(position, bytes.length), count);
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
    return "snapshot " + sequence;
  }
}
