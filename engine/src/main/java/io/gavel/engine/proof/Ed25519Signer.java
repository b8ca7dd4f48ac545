package io.gavel.engine.proof;

import io.gavel.codecs.Secret;
import io.gavel.engine.journal.Quarantine;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;

/** Signs with a key that the host holds in memory. Any thread. */
@Secret
public final class Ed25519Signer implements CheckpointSigner {

  private static final String ALGORITHM = "Ed25519";

  @Secret
  private final PrivateKey secret;
  private final long keyId;

  /** {@code trusted} is the public half of {@code secret}. */
  public Ed25519Signer(final PrivateKey secret, final PublicKey trusted) {
    this.secret = secret;
    this.keyId = Quarantine.keyId(trusted);
  }

  @Override
  public long keyId() {
    return keyId;
  }

  @Override
  public byte[] sign(final byte[] message) {
    try {
      final Signature signature = Signature.getInstance(ALGORITHM);
      signature.initSign(secret);
      signature.update(message);
      return signature.sign();
    } catch (final GeneralSecurityException ex) {
      throw new IllegalArgumentException(
          "cannot sign with this key: expected Ed25519, it is " + secret.getAlgorithm(), ex);
    }
  }

  /** Says whose signatures these are, and nothing of the key. */
  @Override
  public String toString() {
    return "Ed25519Signer of key " + Long.toHexString(keyId);
  }

  static boolean isSigned(final byte[] message, final byte[] signed, final PublicKey key) {
    try {
      final Signature signature = Signature.getInstance(ALGORITHM);
      signature.initVerify(key);
      signature.update(message);
      return signature.verify(signed);
    } catch (final GeneralSecurityException ex) {
      return false;
    }
  }
}
