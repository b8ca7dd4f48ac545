package io.gavel.engine.ring;

import io.gavel.codecs.FrameChecksum;
import io.gavel.codecs.FrameDescriptor;
import io.gavel.codecs.FrameFlyweight;
import io.gavel.codecs.sbe.AdvanceTimeDecoder;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.EpochNanoClock;

/**
 * The single place where sequence and time enter: contiguous sequence, engine time that never goes back, and, where
 * frames are kept, CRC32C and the running chain. A clock that jumps ahead further than allowed is not followed: time
 * stands until it comes back, or an AdvanceTime of an operator accepts the jump. One thread.
 */
final class Sequencer {

  private final EpochNanoClock clock;
  private final long clockJumpMaxNs;
  private final boolean keepsFrames;
  private final FrameChecksum checksum = new FrameChecksum();
  private final FrameFlyweight frame = new FrameFlyweight();
  private final AdvanceTimeDecoder advanceTime = new AdvanceTimeDecoder();
  private long sequence;
  private long engineTimeNs;
  private long chain = FrameChecksum.CHAIN_SEED;
  private long nowNs;
  private long jumpsRefused;

  Sequencer(final EpochNanoClock clock, final long clockJumpMaxNs, final boolean keepsFrames) {
    this.clock = clock;
    this.clockJumpMaxNs = clockJumpMaxNs;
    this.keepsFrames = keepsFrames;
  }

  /** Goes on behind what a journal holds. */
  void seed(final long lastSequence, final long lastEngineTimeNs, final long lastChain) {
    sequence = lastSequence;
    engineTimeNs = lastEngineTimeNs;
    chain = lastChain;
  }

  /** Reads the clock, once for a batch. */
  void readClock() {
    nowNs = clock.nanoTime();
  }

  /** Engine time that a frame stamped now gets, unless it brings its own. */
  long timeNs() {
    final boolean jump = 0 != sequence && nowNs > engineTimeNs && nowNs - engineTimeNs > clockJumpMaxNs;
    return jump ? engineTimeNs : Math.max(engineTimeNs, nowNs);
  }

  void stamp(final MutableDirectBuffer buffer, final int offset) {
    frame.wrap(buffer, offset);
    engineTimeNs = timeOf(buffer, offset);
    sequence++;
    frame.sequence(sequence).engineTimeNs(engineTimeNs);
    if (keepsFrames) {
      final int crc = checksum.crc32c(buffer, offset, frame.length());
      chain = FrameChecksum.chain(chain, crc);
      frame.crc32c(crc).chain(chain);
    }
  }

  long sequence() {
    return sequence;
  }

  long engineTimeNs() {
    return engineTimeNs;
  }

  /** Frames for which the clock was not followed. */
  long jumpsRefused() {
    return jumpsRefused;
  }

  private long timeOf(final MutableDirectBuffer buffer, final int offset) {
    if (AdvanceTimeDecoder.TEMPLATE_ID == frame.templateId()) {
      advanceTime.wrap(
          buffer, offset + FrameDescriptor.HEADER_LENGTH, frame.blockLength(), frame.version());
      if (advanceTime.timeNs() > 0) {
        return Math.max(engineTimeNs, advanceTime.timeNs());
      }
    }
    final long time = timeNs();
    if (time < nowNs) {
      jumpsRefused++;
    }
    return time;
  }
}
