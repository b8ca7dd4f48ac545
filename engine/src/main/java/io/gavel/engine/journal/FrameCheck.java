package io.gavel.engine.journal;

import io.gavel.codecs.CommandValidator;
import io.gavel.codecs.FrameChecksum;
import io.gavel.codecs.FrameDescriptor;
import io.gavel.codecs.FrameFlyweight;
import org.agrona.MutableDirectBuffer;
import org.jspecify.annotations.Nullable;

/** Holds each frame against the one before it: every reader of a journal goes through here. One thread. */
final class FrameCheck {

  private final FrameChecksum checksum = new FrameChecksum();
  private final FrameFlyweight frame = new FrameFlyweight();
  private long sequence;
  private long engineTimeNs;
  private long chain = FrameChecksum.CHAIN_SEED;
  private boolean chainKnown = true;

  /** Goes on behind {@code position}. */
  void begin(final JournalPosition position) {
    sequence = position.sequence();
    engineTimeNs = position.engineTimeNs();
    chain = position.chain();
    chainKnown = true;
  }

  /** Goes on with the frame {@code firstSequence}, whose chain is taken as it is: nobody has read what lies before. */
  void beginUnchained(final long firstSequence) {
    sequence = firstSequence - 1;
    engineTimeNs = Long.MIN_VALUE;
    chainKnown = false;
  }

  long sequence() {
    return sequence;
  }

  long engineTimeNs() {
    return engineTimeNs;
  }

  long chain() {
    return chain;
  }

  /** Takes the frame as the next one, or says why it is not; {@code available} bytes may be looked at. */
  @Nullable String accept(final MutableDirectBuffer buffer, final int offset, final int available) {
    final String broken = standalone(buffer, offset, available);
    if (null != broken) {
      return broken;
    }
    if (sequence + 1 != frame.sequence()) {
      return "sequence is " + frame.sequence() + ", expected " + (sequence + 1);
    }
    if (frame.engineTimeNs() < engineTimeNs) {
      return "engine time goes back from " + engineTimeNs + " to " + frame.engineTimeNs();
    }
    final long expectedChain = chainKnown ? FrameChecksum.chain(chain, frame.crc32c()) : frame.chain();
    if (expectedChain != frame.chain()) {
      return "chain is " + Long.toHexString(frame.chain()) + ", expected " + Long.toHexString(expectedChain);
    }
    sequence = frame.sequence();
    engineTimeNs = frame.engineTimeNs();
    chain = expectedChain;
    chainKnown = true;
    return null;
  }

  /** Whether the bytes are a whole, intact frame behind the last accepted one, wherever it belongs. */
  boolean isLaterFrame(final MutableDirectBuffer buffer, final int offset, final int available) {
    return null == standalone(buffer, offset, available) && frame.sequence() > sequence;
  }

  private @Nullable String standalone(final MutableDirectBuffer buffer, final int offset, final int available) {
    if (available < FrameDescriptor.HEADER_LENGTH) {
      return "only " + available + " bytes of a frame";
    }
    frame.wrap(buffer, offset);
    final int length = frame.length();
    if (length < FrameDescriptor.HEADER_LENGTH || length > FrameDescriptor.FRAME_LENGTH_MAX
        || 0 != length % FrameDescriptor.ALIGNMENT) {
      return "frame length is " + length;
    }
    if (length > available) {
      return "frame of " + length + " bytes has only " + available;
    }
    if (FrameDescriptor.FRAME_VERSION != frame.frameVersion()) {
      return "frame version is " + frame.frameVersion();
    }
    if (CommandValidator.SCHEMA_ID != frame.schemaId()) {
      return "schema is " + frame.schemaId();
    }
    final int crc = checksum.crc32c(buffer, offset, length);
    if (crc != frame.crc32c()) {
      return "CRC32C is " + Integer.toHexString(frame.crc32c()) + ", computed " + Integer.toHexString(crc);
    }
    return null;
  }
}
