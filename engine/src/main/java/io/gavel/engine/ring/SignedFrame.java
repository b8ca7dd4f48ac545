package io.gavel.engine.ring;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.gavel.codecs.FrameDescriptor;
import io.gavel.codecs.FrameFlyweight;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.HashMap;
import java.util.Map;
import org.agrona.DirectBuffer;

/**
 * What is signed of a command, and whether a signature is right. Signed are, in this order:
 *
 * <pre>
 *   "gavel command v1"   16 bytes, so that a signature for something else is none for a command
 *   engineId              8 bytes, little endian
 *   frame [8, 16)         templateId, version, blockLength, reserved
 *   frame [56, end)       the SBE body with its command header (session, number, account, expiry) and padding
 * </pre>
 *
 * <p>Behind the frame follow the public key and the signature. Who checks a frame learns that the holder of the key in
 * it said this, no more; whether that key is the session's is decided in the core, by the state of that moment. One
 * thread at a time. Allocates.
 */
public final class SignedFrame {

  private static final byte[] DOMAIN = "gavel command v1".getBytes(StandardCharsets.US_ASCII);
  /** A SubjectPublicKeyInfo of Ed25519 without the key, which ends it. */
  private static final byte[] KEY_PREFIX = {0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00};
  private static final int KEYS_MAX = 1_024;
  private static final String ALGORITHM = "Ed25519";

  private final long engineId;
  /** Keys decoded before; emptied when strangers have filled it. */
  private final Map<ByteBuffer, PublicKey> keys = new HashMap<>();

  public SignedFrame(final long engineId) {
    this.engineId = engineId;
  }

  /** The bytes to sign of a frame of {@code unsignedLength} bytes. */
  public static byte[] message(
      final long engineId, final DirectBuffer buffer, final int offset, final int unsignedLength) {
    final int bodyLength = unsignedLength - FrameDescriptor.HEADER_LENGTH;
    final ByteBuffer message =
        ByteBuffer.allocate(DOMAIN.length + 2 * Long.BYTES + bodyLength).order(LITTLE_ENDIAN);
    message.put(DOMAIN).putLong(engineId)
        .putLong(buffer.getLong(offset + FrameDescriptor.TEMPLATE_ID_OFFSET, LITTLE_ENDIAN));
    buffer.getBytes(offset + FrameDescriptor.HEADER_LENGTH, message, bodyLength);
    return message.array();
  }

  /**
   * Whether the signature behind the first {@code unsignedLength} bytes is that of the key before it, over them, for
   * this engine. What is no key, or no signature, is not right.
   */
  public boolean isRight(final DirectBuffer buffer, final int offset, final int unsignedLength) {
    final byte[] key = new byte[FrameDescriptor.PUBLIC_KEY_LENGTH];
    final byte[] signature = new byte[FrameDescriptor.SIGNATURE_LENGTH];
    buffer.getBytes(offset + unsignedLength, key);
    buffer.getBytes(offset + unsignedLength + key.length, signature);
    try {
      final Signature check = Signature.getInstance(ALGORITHM);
      check.initVerify(publicKey(key));
      check.update(message(engineId, buffer, offset, unsignedLength));
      return check.verify(signature);
    } catch (final GeneralSecurityException ex) {
      // Bytes that are no point of the curve, or no signature's: a stranger's, and no more than not right.
      return false;
    }
  }

  /** As {@link #isRight(DirectBuffer, int, int)}, for a frame that an ingress has stamped as signed. */
  public boolean isRight(final FrameFlyweight frame) {
    return isRight(frame.buffer(), frame.offset(), frame.unsignedLength());
  }

  private PublicKey publicKey(final byte[] key) throws GeneralSecurityException {
    final PublicKey known = keys.get(ByteBuffer.wrap(key));
    if (null != known) {
      return known;
    }
    final byte[] encoded = new byte[KEY_PREFIX.length + key.length];
    System.arraycopy(KEY_PREFIX, 0, encoded, 0, KEY_PREFIX.length);
    System.arraycopy(key, 0, encoded, KEY_PREFIX.length, key.length);
    final PublicKey decoded = KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(encoded));
    if (KEYS_MAX == keys.size()) {
      keys.clear();
    }
    keys.put(ByteBuffer.wrap(key), decoded);
    return decoded;
  }
}
