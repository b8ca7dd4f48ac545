package io.gavel.codecs;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * CRC32C of a frame and the running chain over these CRCs: stamped once by the sequencer, verified at every read.
 * Works on buffers over a byte array or a byte buffer (whose position it moves). One thread at a time.
 */
public final class FrameChecksum {

  /** The chain before the first frame. */
  public static final long CHAIN_SEED = 0x4741_5645_4C2D_7631L;

  private static final int COVERED_HEAD = FrameDescriptor.CHAIN_OFFSET;
  private static final int COVERED_TAIL = FrameDescriptor.CRC_OFFSET + Integer.BYTES;

  private final CRC32C crc = new CRC32C();

  /** CRC32C of everything in the frame except the chain and the CRC itself. */
  public int crc32c(final DirectBuffer buffer, final int offset, final int length) {
    crc.reset();
    update(buffer, offset, COVERED_HEAD);
    update(buffer, offset + COVERED_TAIL, length - COVERED_TAIL);
    return (int) crc.getValue();
  }

  /** The chain after a frame with {@code crc32c}. */
  public static long chain(final long previousChain, final int crc32c) {
    final long mixed = (previousChain ^ (crc32c & 0xFFFF_FFFFL)) * 0x9E37_79B9_7F4A_7C15L;
    return mixed ^ (mixed >>> 29);
  }

  private void update(final DirectBuffer buffer, final int offset, final int length) {
    final byte @Nullable [] array = buffer.byteArray();
    if (null != array) {
      crc.update(array, buffer.wrapAdjustment() + offset, length);
      return;
    }
    final ByteBuffer bytes = buffer.byteBuffer();
    if (null == bytes) {
      throw new IllegalArgumentException("frame buffer must wrap an array or a byte buffer");
    }
    final int from = buffer.wrapAdjustment() + offset;
    bytes.limit(from + length).position(from);
    crc.update(bytes);
  }
}
