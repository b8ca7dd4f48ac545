package io.gavel.engine.snapshot;

import io.gavel.codecs.SnapshotSink;
import io.gavel.codecs.StateOwner;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;

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
    final MessageDigest outer = sha256();
    final ByteBuffer id = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    final DigestSink sink = new DigestSink();
    owners.stream().sorted(Comparator.comparingInt(StateOwner::componentId)).forEach(owner -> {
      final byte[] digest = sink.digest(owner);
      if (digest.length > 0) {
        outer.update(id.putInt(0, owner.componentId()).array());
        outer.update(digest);
      }
    });
    return HexFormat.of().formatHex(outer.digest());
  }

  /** The digest of one component in hexadecimal; empty when it wrote nothing. */
  public static String ofComponent(final StateOwner owner) {
    return HexFormat.of().formatHex(new DigestSink().digest(owner));
  }

  private static MessageDigest sha256() {
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
