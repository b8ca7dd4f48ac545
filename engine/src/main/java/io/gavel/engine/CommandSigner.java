package io.gavel.engine;

import io.gavel.codecs.FrameDescriptor;
import io.gavel.codecs.FrameFlyweight;
import io.gavel.codecs.Secret;
import io.gavel.engine.ring.SignedFrame;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Arrays;
import org.agrona.MutableDirectBuffer;

/**
 * Signs commands where they are made, which need not be where the engine is. The private key is a handle of the
 * host's, and may live in a device; nothing here reads it. One thread.
 */
@Secret
public final class CommandSigner {

  private static final String ALGORITHM = "Ed25519";

  private final long engineId;
  @Secret
  private final PrivateKey privateKey;
  private final byte[] publicKey;

  /** Signs for the engine of this id with an Ed25519 pair. */
  public CommandSigner(final long engineId, final PrivateKey privateKey, final PublicKey publicKey) {
    final byte[] encoded = publicKey.getEncoded();
    if (null == encoded || encoded.length < FrameDescriptor.PUBLIC_KEY_LENGTH
        || !"X.509".equals(publicKey.getFormat())) {
      throw new IllegalArgumentException("an Ed25519 public key in X.509 form is expected: " + publicKey.getFormat());
    }
    this.engineId = engineId;
    this.privateKey = privateKey;
    this.publicKey =
        Arrays.copyOfRange(encoded, encoded.length - FrameDescriptor.PUBLIC_KEY_LENGTH, encoded.length);
  }

  /** What {@link KeyTicket#publicKey} takes. */
  public byte[] publicKey() {
    return publicKey.clone();
  }

  /**
   * Signs the frame at {@code offset}, which is complete but for what the engine stamps; 96 bytes are put behind it.
   *
   * @return length with them: what {@link io.gavel.engine.ring.Ingress#offerSigned} takes
   * @throws IllegalStateException when the key cannot sign
   */
  public int sign(final MutableDirectBuffer buffer, final int offset) {
    final int length = FrameFlyweight.lengthOf(buffer, offset);
    try {
      final Signature signature = Signature.getInstance(ALGORITHM);
      signature.initSign(privateKey);
      signature.update(SignedFrame.message(engineId, buffer, offset, length));
      buffer.putBytes(offset + length, publicKey);
      buffer.putBytes(offset + length + publicKey.length, signature.sign());
    } catch (final GeneralSecurityException ex) {
      throw new IllegalStateException("the command cannot be signed: " + ex.getClass().getSimpleName(), ex);
    }
    return length + FrameDescriptor.SIGNED_TAIL_LENGTH;
  }

  /** Says nothing of the keys. */
  @Override
  public String toString() {
    return "CommandSigner";
  }
}
