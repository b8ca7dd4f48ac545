package io.gavel.engine.proof;

/** Signs checkpoints with a key that stays where it is: in a module, a service, or {@link Ed25519Signer}'s memory. */
public interface CheckpointSigner {

  /** The first eight bytes of the SHA-256 of the public key's usual encoding. */
  long keyId();

  /** An Ed25519 signature of 64 bytes. */
  byte[] sign(byte[] message);
}
