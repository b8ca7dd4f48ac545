package io.gavel.codecs;

/**
 * Layout of frame v1, the unit of sequence and checksum in ring, journal and replay. Little endian, 8-byte aligned.
 *
 * <pre>
 *   0               4       5       6               8
 *  +---------------+-------+-------+---------------+
 *  | length        | frame | flags | schemaId      |   length counts the whole frame, header and padding included
 *  |               | vers. |       |               |
 *  +---------------+-------+-------+---------------+   8
 *  | templateId    | version       | blockLength   | reserved (2)
 *  +---------------+---------------+---------------+  16
 *  | sequence                                      |   contiguous from 1
 *  +-----------------------------------------------+  24
 *  | engineTimeNs                                  |   never decreases
 *  +-----------------------------------------------+  32
 *  | intendedTimeNs                                |   the caller's time, information only
 *  +-----------------------------------------------+  40
 *  | chain                                         |   running chain of CRCs up to and including this frame
 *  +---------------+-------------------------------+  48
 *  | crc32c        | reserved (4)                  |   CRC32C of [0, 40) and [52, length)
 *  +---------------+-------------------------------+  56
 *  | SBE body: command header v1, fields, groups ... padding
 *  +-----------------------------------------------+
 *  | public key (32), signature (64)               |   only with FLAG_SIGNED
 *  +-----------------------------------------------+
 * </pre>
 */
public final class FrameDescriptor {

  public static final int FRAME_VERSION = 1;
  public static final int FRAME_LENGTH_MAX = 2048;
  public static final int ALIGNMENT = 8;

  public static final int LENGTH_OFFSET = 0;
  public static final int FRAME_VERSION_OFFSET = 4;
  public static final int FLAGS_OFFSET = 5;
  public static final int SCHEMA_ID_OFFSET = 6;
  public static final int TEMPLATE_ID_OFFSET = 8;
  public static final int VERSION_OFFSET = 10;
  public static final int BLOCK_LENGTH_OFFSET = 12;
  public static final int RESERVED_OFFSET = 14;
  public static final int SEQUENCE_OFFSET = 16;
  public static final int ENGINE_TIME_OFFSET = 24;
  public static final int INTENDED_TIME_OFFSET = 32;
  public static final int CHAIN_OFFSET = 40;
  public static final int CRC_OFFSET = 48;
  public static final int HEADER_LENGTH = 56;

  /** Flag: behind the body and its padding come a public key and a signature by it, which the ingress has verified. */
  public static final int FLAG_SIGNED = 1;
  /** Flag: the shell made this command itself; no bytes from outside can carry it. */
  public static final int FLAG_OWN = 2;
  public static final int PUBLIC_KEY_LENGTH = 32;
  public static final int SIGNATURE_LENGTH = 64;
  /** What a signed frame is longer by. */
  public static final int SIGNED_TAIL_LENGTH = PUBLIC_KEY_LENGTH + SIGNATURE_LENGTH;

  public static final long NULL_SEQUENCE = 0;

  static {
    Invariants.check(0 == HEADER_LENGTH % ALIGNMENT, "a body must start aligned");
    Invariants.check(0 == SIGNED_TAIL_LENGTH % ALIGNMENT, "a signed frame must be aligned as well");
    Invariants.check(0 == FRAME_LENGTH_MAX % ALIGNMENT, "the longest frame must be aligned");
    Invariants.check(CRC_OFFSET == CHAIN_OFFSET + Long.BYTES, "chain and crc must be one uncovered run");
  }

  private FrameDescriptor() {
  }

  /** Frame length for a body of {@code bodyLength} bytes, padding included. */
  public static int frameLength(final int bodyLength) {
    return (HEADER_LENGTH + bodyLength + (ALIGNMENT - 1)) & -ALIGNMENT;
  }
}
