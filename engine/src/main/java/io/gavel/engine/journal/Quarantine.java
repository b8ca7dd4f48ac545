package io.gavel.engine.journal;

import io.gavel.codecs.FrameChecksum;
import io.gavel.codecs.FrameDescriptor;
import io.gavel.codecs.FrameFlyweight;
import io.gavel.codecs.sbe.QuarantineDecoder;
import io.gavel.codecs.sbe.QuarantineEncoder;
import io.gavel.codecs.sbe.Signature64Decoder;
import io.gavel.codecs.sbe.Signature64Encoder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * An operator's word, signed with Ed25519, that one frame of one history is passed over. The chain in it covers every
 * byte up to that frame, so it fits no other journal. Immutable.
 *
 * @param sequence   of the frame that is passed over
 * @param chain      up to and including that frame
 * @param crc32c     of that frame
 * @param incident   where the operator keeps the story; 0: nowhere
 * @param keyId      which key signed, see {@link #keyId(PublicKey)}
 * @param atSequence where the record is in the journal; 0: not in one yet
 * @param signature  eight words
 */
public record Quarantine(
    long sequence, long chain, int crc32c, long incident, long keyId, long atSequence, SignatureWords signature) {

  private static final String ALGORITHM = "Ed25519";
  private static final byte[] PURPOSE = "gavel quarantine 1\n".getBytes(StandardCharsets.US_ASCII);
  private static final int SIGNED_LENGTH = PURPOSE.length + 3 * Long.BYTES + Integer.BYTES;

  /** A signature of 64 bytes, as words in the order of the bytes, little endian. */
  public record SignatureWords(long w0, long w1, long w2, long w3, long w4, long w5, long w6, long w7) {

    static SignatureWords of(final byte[] bytes) {
      final ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
      return new SignatureWords(buffer.getLong(), buffer.getLong(), buffer.getLong(), buffer.getLong(),
          buffer.getLong(), buffer.getLong(), buffer.getLong(), buffer.getLong());
    }

    byte[] bytes() {
      return ByteBuffer.allocate(8 * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(w0).putLong(w1).putLong(w2)
          .putLong(w3).putLong(w4).putLong(w5).putLong(w6).putLong(w7).array();
    }
  }

  /** Signs; {@code trusted} is the public half of {@code secret}. */
  public static Quarantine sign(
      final long sequence, final long chain, final int crc32c, final long incident, final PrivateKey secret,
      final PublicKey trusted) {
    try {
      final Signature signer = Signature.getInstance(ALGORITHM);
      signer.initSign(secret);
      signer.update(signedBytes(sequence, chain, crc32c, incident));
      return new Quarantine(
          sequence, chain, crc32c, incident, keyId(trusted), 0, SignatureWords.of(signer.sign()));
    } catch (final GeneralSecurityException ex) {
      throw new IllegalArgumentException("cannot sign with this key: expected Ed25519, it is "
          + secret.getAlgorithm(), ex);
    }
  }

  /** The first eight bytes of the SHA-256 of the key's usual encoding, as a big-endian number. */
  public static long keyId(final PublicKey key) {
    try {
      return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(key.getEncoded())).getLong();
    } catch (final GeneralSecurityException ex) {
      throw new IllegalStateException("every Java has SHA-256", ex);
    }
  }

  /** Reads the body of a Quarantine frame. */
  static Quarantine read(final MutableDirectBuffer buffer, final int offset) {
    final FrameFlyweight frame = new FrameFlyweight().wrap(buffer, offset);
    final QuarantineDecoder body = new QuarantineDecoder();
    body.wrap(buffer, frame.bodyOffset(), frame.blockLength(), frame.version());
    final Signature64Decoder words = body.signature();
    return new Quarantine(body.sequence(), body.chain(), body.crc32c(), body.incident(), body.keyId(),
        frame.sequence(), new SignatureWords(words.w0(), words.w1(), words.w2(), words.w3(), words.w4(), words.w5(),
        words.w6(), words.w7()));
  }

  /** Whether {@code key} signed exactly this. */
  public boolean isSignedBy(final PublicKey key) {
    try {
      final Signature verifier = Signature.getInstance(ALGORITHM);
      verifier.initVerify(key);
      verifier.update(signedBytes(sequence, chain, crc32c, incident));
      return keyId(key) == keyId && verifier.verify(signature.bytes());
    } catch (final GeneralSecurityException ex) {
      return false;
    }
  }

  /** The frame that says it, stamped to follow on {@code position}; its length is that of the buffer. */
  UnsafeBuffer frame(final JournalPosition position) {
    final UnsafeBuffer buffer = new UnsafeBuffer(
        new byte[FrameDescriptor.frameLength(QuarantineEncoder.BLOCK_LENGTH)]);
    final QuarantineEncoder body = new QuarantineEncoder().wrap(buffer, FrameDescriptor.HEADER_LENGTH);
    body.sequence(sequence).chain(chain).incident(incident).keyId(keyId).crc32c(crc32c);
    final Signature64Encoder words = body.signature();
    words.w0(signature.w0).w1(signature.w1).w2(signature.w2).w3(signature.w3).w4(signature.w4).w5(signature.w5)
        .w6(signature.w6).w7(signature.w7);
    final FrameFlyweight frame = new FrameFlyweight().wrap(buffer, 0);
    frame.begin(QuarantineEncoder.SCHEMA_ID, QuarantineEncoder.TEMPLATE_ID, QuarantineEncoder.SCHEMA_VERSION,
        QuarantineEncoder.BLOCK_LENGTH, QuarantineEncoder.BLOCK_LENGTH);
    // Of the shell's own making, so that an engine that asks for keys asks for none here.
    frame.sequence(position.sequence() + 1).engineTimeNs(position.engineTimeNs()).flags(FrameDescriptor.FLAG_OWN);
    final int crc = new FrameChecksum().crc32c(buffer, 0, frame.length());
    frame.crc32c(crc).chain(FrameChecksum.chain(position.chain(), crc));
    return buffer;
  }

  private static byte[] signedBytes(
      final long sequence, final long chain, final int crc32c, final long incident) {
    return ByteBuffer.allocate(SIGNED_LENGTH).order(ByteOrder.LITTLE_ENDIAN).put(PURPOSE).putLong(sequence)
        .putLong(chain).putLong(incident).putInt(crc32c).array();
  }
}
