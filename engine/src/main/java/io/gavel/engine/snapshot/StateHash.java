package io.gavel.engine.snapshot;

import io.gavel.codecs.SnapshotSink;
import io.gavel.codecs.StateOwner;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The state hash: SHA-256 over (component id, SHA-256 of the component's canonical encoding), ascending by id, of the
 * components that wrote anything. Ids and values are little endian. One thread.
 */
public final class StateHash {

  /** The hash of a state in which nobody wrote anything. */
  public static final String EMPTY = of(List.of());

  private StateHash() {
  }

  /** The hash over {@code owners} in hexadecimal. */
  public static String of(final List<StateOwner> owners) {
    final SortedMap<Integer, byte[]> digests = new TreeMap<>();
    final DigestSink sink = new DigestSink();
    for (final StateOwner owner : owners) {
      final byte[] digest = sink.digest(owner);
      if (digest.length > 0) {
        digests.put(owner.componentId(), digest);
      }
    }
    return ofDigests(digests);
  }

  /**
   * As {@link #of}, the components shared among the processors: for a large state that stands still. No owner's
   * {@code save} changes anything that another one's reads.
   */
  public static String ofLarge(final List<StateOwner> owners) {
    final SortedMap<Integer, byte[]> digests = new ConcurrentSkipListMap<>();
    owners.parallelStream().forEach(owner -> {
      final byte[] digest = new DigestSink().digest(owner);
      if (digest.length > 0) {
        digests.put(owner.componentId(), digest);
      }
    });
    return ofDigests(digests);
  }

  /** The hash over components that wrote something, by id, each with its digest. */
  static String ofDigests(final SortedMap<Integer, byte[]> digests) {
    final MessageDigest outer = sha256();
    final ByteBuffer id = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    digests.forEach((componentId, digest) -> {
      outer.update(id.putInt(0, componentId).array());
      outer.update(digest);
    });
    return HexFormat.of().formatHex(outer.digest());
  }

  /** The digest of one component in hexadecimal; empty when it wrote nothing. */
  public static String ofComponent(final StateOwner owner) {
    return HexFormat.of().formatHex(new DigestSink().digest(owner));
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (final NoSuchAlgorithmException ex) {
      throw new IllegalStateException("every Java platform has SHA-256", ex);
    }
  }

  /** Digests what is saved into it. */
  private static final class DigestSink implements SnapshotSink {

    private static final int CHUNK_LENGTH = 8 << 10;

    private final MessageDigest digest = sha256();
    private final ByteBuffer chunk = ByteBuffer.allocate(CHUNK_LENGTH).order(ByteOrder.LITTLE_ENDIAN);
    private boolean empty;

    byte[] digest(final StateOwner owner) {
      empty = true;
      owner.save(this);
      digest.update(chunk.array(), 0, chunk.position());
      chunk.clear();
      final byte[] result = digest.digest();
      return empty ? new byte[0] : result;
    }

    @Override
    public void putInt(final int value) {
      room(Integer.BYTES);
      chunk.putInt(value);
    }

    @Override
    public void putLong(final long value) {
      room(Long.BYTES);
      chunk.putLong(value);
    }

    private void room(final int length) {
      empty = false;
      if (chunk.remaining() < length) {
        digest.update(chunk.array(), 0, chunk.position());
        chunk.clear();
      }
    }
  }
}
