package io.gavel.codecs;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** Views the header of one frame in somebody else's buffer; see {@link FrameDescriptor}. One thread at a time. */
public final class FrameFlyweight {

  private MutableDirectBuffer buffer = new org.agrona.concurrent.UnsafeBuffer(0, 0);
  private int offset;

  public FrameFlyweight wrap(final MutableDirectBuffer frameBuffer, final int frameOffset) {
    buffer = frameBuffer;
    offset = frameOffset;
    return this;
  }

  /** Starts a frame: everything but what the sequencer stamps; pads the tail with zero. */
  public FrameFlyweight begin(
      final int schemaId, final int templateId, final int version, final int blockLength, final int bodyLength) {
    final int length = FrameDescriptor.frameLength(bodyLength);
    buffer.setMemory(offset, FrameDescriptor.HEADER_LENGTH, (byte) 0);
    buffer.setMemory(offset + FrameDescriptor.HEADER_LENGTH + bodyLength,
        length - FrameDescriptor.HEADER_LENGTH - bodyLength, (byte) 0);
    buffer.putInt(offset + FrameDescriptor.LENGTH_OFFSET, length, LITTLE_ENDIAN);
    buffer.putByte(offset + FrameDescriptor.FRAME_VERSION_OFFSET, (byte) FrameDescriptor.FRAME_VERSION);
    buffer.putShort(offset + FrameDescriptor.SCHEMA_ID_OFFSET, (short) schemaId, LITTLE_ENDIAN);
    buffer.putShort(offset + FrameDescriptor.TEMPLATE_ID_OFFSET, (short) templateId, LITTLE_ENDIAN);
    buffer.putShort(offset + FrameDescriptor.VERSION_OFFSET, (short) version, LITTLE_ENDIAN);
    buffer.putShort(offset + FrameDescriptor.BLOCK_LENGTH_OFFSET, (short) blockLength, LITTLE_ENDIAN);
    return this;
  }

  public MutableDirectBuffer buffer() {
    return buffer;
  }

  public int offset() {
    return offset;
  }

  public int bodyOffset() {
    return offset + FrameDescriptor.HEADER_LENGTH;
  }

  public int length() {
    return lengthOf(buffer, offset);
  }

  public int frameVersion() {
    return buffer.getByte(offset + FrameDescriptor.FRAME_VERSION_OFFSET) & 0xFF;
  }

  public int flags() {
    return buffer.getByte(offset + FrameDescriptor.FLAGS_OFFSET) & 0xFF;
  }

  /** Whether a public key and a signature that was verified follow the body. */
  public boolean isSigned() {
    return 0 != (flags() & FrameDescriptor.FLAG_SIGNED);
  }

  /** Whether the shell made this command itself. */
  public boolean isOwn() {
    return 0 != (flags() & FrameDescriptor.FLAG_OWN);
  }

  public FrameFlyweight flags(final int flags) {
    buffer.putByte(offset + FrameDescriptor.FLAGS_OFFSET, (byte) flags);
    return this;
  }

  /** Length without a public key and a signature. */
  public int unsignedLength() {
    return isSigned() ? length() - FrameDescriptor.SIGNED_TAIL_LENGTH : length();
  }

  public int schemaId() {
    return buffer.getShort(offset + FrameDescriptor.SCHEMA_ID_OFFSET, LITTLE_ENDIAN) & 0xFFFF;
  }

  public int templateId() {
    return templateIdOf(buffer, offset);
  }

  public int version() {
    return buffer.getShort(offset + FrameDescriptor.VERSION_OFFSET, LITTLE_ENDIAN) & 0xFFFF;
  }

  public int blockLength() {
    return buffer.getShort(offset + FrameDescriptor.BLOCK_LENGTH_OFFSET, LITTLE_ENDIAN) & 0xFFFF;
  }

  public long sequence() {
    return sequenceOf(buffer, offset);
  }

  public FrameFlyweight sequence(final long sequence) {
    buffer.putLong(offset + FrameDescriptor.SEQUENCE_OFFSET, sequence, LITTLE_ENDIAN);
    return this;
  }

  public long engineTimeNs() {
    return buffer.getLong(offset + FrameDescriptor.ENGINE_TIME_OFFSET, LITTLE_ENDIAN);
  }

  public FrameFlyweight engineTimeNs(final long timeNs) {
    buffer.putLong(offset + FrameDescriptor.ENGINE_TIME_OFFSET, timeNs, LITTLE_ENDIAN);
    return this;
  }

  public long intendedTimeNs() {
    return buffer.getLong(offset + FrameDescriptor.INTENDED_TIME_OFFSET, LITTLE_ENDIAN);
  }

  public FrameFlyweight intendedTimeNs(final long timeNs) {
    buffer.putLong(offset + FrameDescriptor.INTENDED_TIME_OFFSET, timeNs, LITTLE_ENDIAN);
    return this;
  }

  public long chain() {
    return buffer.getLong(offset + FrameDescriptor.CHAIN_OFFSET, LITTLE_ENDIAN);
  }

  public FrameFlyweight chain(final long chain) {
    buffer.putLong(offset + FrameDescriptor.CHAIN_OFFSET, chain, LITTLE_ENDIAN);
    return this;
  }

  public int crc32c() {
    return buffer.getInt(offset + FrameDescriptor.CRC_OFFSET, LITTLE_ENDIAN);
  }

  public FrameFlyweight crc32c(final int crc) {
    buffer.putInt(offset + FrameDescriptor.CRC_OFFSET, crc, LITTLE_ENDIAN);
    return this;
  }

  public static int lengthOf(final DirectBuffer buffer, final int offset) {
    return buffer.getInt(offset + FrameDescriptor.LENGTH_OFFSET, LITTLE_ENDIAN);
  }

  public static long sequenceOf(final DirectBuffer buffer, final int offset) {
    return buffer.getLong(offset + FrameDescriptor.SEQUENCE_OFFSET, LITTLE_ENDIAN);
  }

  public static long chainOf(final DirectBuffer buffer, final int offset) {
    return buffer.getLong(offset + FrameDescriptor.CHAIN_OFFSET, LITTLE_ENDIAN);
  }

  public static int templateIdOf(final DirectBuffer buffer, final int offset) {
    return buffer.getShort(offset + FrameDescriptor.TEMPLATE_ID_OFFSET, LITTLE_ENDIAN) & 0xFFFF;
  }
}
