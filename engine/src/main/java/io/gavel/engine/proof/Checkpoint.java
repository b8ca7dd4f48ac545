package io.gavel.engine.proof;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * What was true of a range of a journal, signed: every frame of it, the range before it, and the state behind its last
 * frame. Immutable; arrays are not handed out to be changed.
 *
 * <pre>
 *   header, 264 bytes, little endian
 *     magic and version (8) | first sequence | last sequence | engine time ns | journal's chain | accounts | key id
 *     (8 each) | engine (32) | digest before (32) | root of frames (32) | digest of locators (32)
 *     | state hash (32) | root of accounts (32) | reserved (16)
 *   signature, 64 bytes, over PURPOSE and the SHA-256 of the header
 *   locators, 16 bytes of each frame's leaf
 * </pre>
 *
 * @param firstSequence of the range
 * @param lastSequence  of the range
 * @param engineTimeNs  of its last frame
 * @param journalChain  of its last frame
 * @param accounts      leaves under {@code accountsRoot}
 * @param keyId         whose signature it is
 * @param engine        leaf of frame 1: tells one history from another
 * @param before        digest of the checkpoint before; zeros: this is the first
 * @param framesRoot    over the leaves of the range
 * @param locatorsHash  over the locators
 * @param stateHash     behind the last frame
 * @param accountsRoot  over the balances then
 */
public record Checkpoint(
    long firstSequence, long lastSequence, long engineTimeNs, long journalChain, long accounts, long keyId,
    Hash engine, Hash before, Hash framesRoot, Hash locatorsHash, Hash stateHash, Hash accountsRoot) {

  static final int HEADER_LENGTH = 8 + 6 * Long.BYTES + 6 * MerkleTree.HASH_LENGTH + 16;
  static final int SIGNATURE_LENGTH = 64;
  static final int LOCATOR_LENGTH = 16;
  /** Most frames of a range: a bound on what a reader takes in. */
  static final int RANGE_MAX = 1 << 20;

  private static final long MAGIC = 0x3150_434C_4556_4147L;
  private static final byte[] PURPOSE = "gavel checkpoint 1\n".getBytes(StandardCharsets.US_ASCII);

  /** A SHA-256. */
  public record Hash(long w0, long w1, long w2, long w3) {

    /** No hash: what the first checkpoint names as the one before. */
    public static final Hash ZERO = new Hash(0, 0, 0, 0);

    /** Of 32 bytes. */
    public static Hash of(final byte[] bytes) {
      final ByteBuffer buffer = ByteBuffer.wrap(bytes);
      return new Hash(buffer.getLong(), buffer.getLong(), buffer.getLong(), buffer.getLong());
    }

    /** Of 64 hexadecimal digits. */
    public static Hash ofHex(final String digits) {
      return of(HexFormat.of().parseHex(digits));
    }

    byte[] bytes() {
      return ByteBuffer.allocate(MerkleTree.HASH_LENGTH).putLong(w0).putLong(w1).putLong(w2).putLong(w3).array();
    }

    /** 64 hexadecimal digits. */
    public String hex() {
      return HexFormat.of().formatHex(bytes());
    }
  }

  /** A checkpoint with its signature and what names a frame of it. */
  static final class Sealed {

    private final Checkpoint checkpoint;
    private final byte[] signature;
    private final byte[] locators;

    private Sealed(final Checkpoint checkpoint, final byte[] signature, final byte[] locators) {
      this.checkpoint = checkpoint;
      this.signature = signature;
      this.locators = locators;
    }

    Checkpoint checkpoint() {
      return checkpoint;
    }

    /** Whether the locators are those that the header covers. */
    boolean hasItsLocators() {
      return checkpoint.locatorsHash.equals(Hash.of(MerkleTree.sha256().digest(locators)));
    }

    /** Frames of the range. */
    int frames() {
      return locators.length / LOCATOR_LENGTH;
    }

    boolean isSignedBy(final PublicKey key) {
      return Ed25519Signer.isSigned(checkpoint.signedBytes(), signature, key);
    }

    /** Whether a leaf may be that of the range's frame with this index. */
    boolean isAt(final int index, final byte[] leaf) {
      return Arrays.equals(locators, index * LOCATOR_LENGTH, (index + 1) * LOCATOR_LENGTH, leaf, 0, LOCATOR_LENGTH);
    }

    byte[] encode() {
      return ByteBuffer.allocate(HEADER_LENGTH + SIGNATURE_LENGTH + locators.length)
          .put(checkpoint.header()).put(signature).put(locators).array();
    }
  }

  /** The digest by which the next checkpoint names this one. */
  public Hash digest() {
    return Hash.of(MerkleTree.sha256().digest(header()));
  }

  static byte[] locators(final List<byte[]> leaves) {
    final ByteBuffer buffer = ByteBuffer.allocate(leaves.size() * LOCATOR_LENGTH);
    for (final byte[] leaf : leaves) {
      buffer.put(leaf, 0, LOCATOR_LENGTH);
    }
    return buffer.array();
  }

  Sealed seal(final CheckpointSigner signer, final byte[] locators) {
    return new Sealed(this, signer.sign(signedBytes()), locators);
  }

  /** Reads what {@link Sealed#encode} wrote; whether it is true is another question. */
  static Sealed decode(final byte[] bytes) {
    if (bytes.length < HEADER_LENGTH + SIGNATURE_LENGTH) {
      throw new IllegalArgumentException("a checkpoint has at least " + (HEADER_LENGTH + SIGNATURE_LENGTH)
          + " bytes, this one " + bytes.length);
    }
    final ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    final long magic = buffer.getLong();
    if (MAGIC != magic) {
      throw new IllegalArgumentException("not a checkpoint of version 1: it begins with " + Long.toHexString(magic));
    }
    final Checkpoint checkpoint = new Checkpoint(buffer.getLong(), buffer.getLong(), buffer.getLong(),
        buffer.getLong(), buffer.getLong(), buffer.getLong(), hash(buffer), hash(buffer), hash(buffer), hash(buffer),
        hash(buffer), hash(buffer));
    final long frames = checkpoint.lastSequence - checkpoint.firstSequence + 1;
    final long expected = HEADER_LENGTH + SIGNATURE_LENGTH + frames * LOCATOR_LENGTH;
    if (checkpoint.firstSequence < 1 || frames < 1 || frames > RANGE_MAX || expected != bytes.length) {
      throw new IllegalArgumentException("sequences " + checkpoint.firstSequence + " to " + checkpoint.lastSequence
          + " do not go with " + bytes.length + " bytes");
    }
    if (!Arrays.equals(checkpoint.header(), Arrays.copyOf(bytes, HEADER_LENGTH))) {
      throw new IllegalArgumentException("the reserved bytes of the header are not zero");
    }
    return new Sealed(checkpoint, Arrays.copyOfRange(bytes, HEADER_LENGTH, HEADER_LENGTH + SIGNATURE_LENGTH),
        Arrays.copyOfRange(bytes, HEADER_LENGTH + SIGNATURE_LENGTH, bytes.length));
  }

  private byte[] header() {
    return ByteBuffer.allocate(HEADER_LENGTH).order(ByteOrder.LITTLE_ENDIAN).putLong(MAGIC)
        .putLong(firstSequence).putLong(lastSequence).putLong(engineTimeNs).putLong(journalChain).putLong(accounts)
        .putLong(keyId).put(engine.bytes()).put(before.bytes()).put(framesRoot.bytes()).put(locatorsHash.bytes())
        .put(stateHash.bytes()).put(accountsRoot.bytes()).array();
  }

  private byte[] signedBytes() {
    final MessageDigest digest = MerkleTree.sha256();
    return ByteBuffer.allocate(PURPOSE.length + MerkleTree.HASH_LENGTH).put(PURPOSE).put(digest.digest(header()))
        .array();
  }

  private static Hash hash(final ByteBuffer buffer) {
    final byte[] bytes = new byte[MerkleTree.HASH_LENGTH];
    buffer.get(bytes);
    return Hash.of(bytes);
  }
}
