package io.gavel.engine.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gavel.codecs.FrameChecksum;
import io.gavel.codecs.FrameDescriptor;
import io.gavel.codecs.FrameFlyweight;
import io.gavel.codecs.sbe.AdvanceTimeEncoder;
import io.gavel.codecs.sbe.SetPriceEncoder;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.sbe.MessageEncoderFlyweight;
import org.junit.jupiter.api.Test;

class SequencerTest {

  private final AtomicLong nowNs = new AtomicLong(1_000);
  private final Sequencer sequencer = new Sequencer(nowNs::get, 500, true);
  private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[FrameDescriptor.FRAME_LENGTH_MAX]);
  private final FrameFlyweight frame = new FrameFlyweight();

  @Test
  void shouldStampContiguousSequencesAndAChainFromTheSeedOn() {
    final FrameChecksum checksum = new FrameChecksum();
    long chain = FrameChecksum.CHAIN_SEED;
    for (int i = 1; i <= 10; i++) {
      stamp(new SetPriceEncoder(), 0);
      chain = FrameChecksum.chain(chain, checksum.crc32c(buffer, 0, frame.length()));
      assertEquals(i, frame.sequence());
      assertEquals(checksum.crc32c(buffer, 0, frame.length()), frame.crc32c());
      assertEquals(chain, frame.chain());
    }
  }

  @Test
  void shouldSpareTheChecksumWhereNothingIsKept() {
    final Sequencer forgetful = new Sequencer(nowNs::get, 500, false);
    nowNs.set(7);
    forgetful.readClock();
    frame.wrap(buffer, 0).begin(SetPriceEncoder.SCHEMA_ID, SetPriceEncoder.TEMPLATE_ID,
        SetPriceEncoder.SCHEMA_VERSION, SetPriceEncoder.BLOCK_LENGTH, SetPriceEncoder.BLOCK_LENGTH);
    forgetful.stamp(buffer, 0);

    assertEquals(1, frame.sequence());
    assertEquals(7, frame.engineTimeNs());
    assertEquals(0, frame.crc32c());
    assertEquals(0, frame.chain());
  }

  @Test
  void shouldGoOnBehindASeed() {
    sequencer.seed(41, 1_400, 77);
    stamp(new SetPriceEncoder(), 0);

    assertEquals(42, frame.sequence());
    assertEquals(1_400, frame.engineTimeNs());
    assertEquals(FrameChecksum.chain(77, frame.crc32c()), frame.chain());
  }

  @Test
  void shouldTakeTheFirstTimeFromTheClockHoweverFarItIs() {
    nowNs.set(Long.MAX_VALUE - 1);
    stamp(new SetPriceEncoder(), 0);
    assertEquals(Long.MAX_VALUE - 1, frame.engineTimeNs());
  }

  @Test
  void shouldNeverGoBack() {
    assertEquals(1_000, timeAt(1_000));
    assertEquals(1_000, timeAt(-5));
    assertEquals(1_001, timeAt(1_001));
    assertEquals(0, sequencer.jumpsRefused());
  }

  @Test
  void shouldFollowAStepUpToTheLimitOnly() {
    timeAt(1_000);
    assertEquals(1_500, timeAt(1_500));
    assertEquals(1_500, timeAt(2_001));
    assertEquals(1, sequencer.jumpsRefused());
    assertEquals(2_000, timeAt(2_000));
  }

  @Test
  void shouldFollowAnOperatorAnywhereAhead() {
    timeAt(1_000);
    stamp(new AdvanceTimeEncoder(), 9_000);
    assertEquals(9_000, frame.engineTimeNs());
    stamp(new AdvanceTimeEncoder(), 5_000);
    assertEquals(9_000, frame.engineTimeNs());
  }

  private long timeAt(final long clockNs) {
    nowNs.set(clockNs);
    stamp(new SetPriceEncoder(), 0);
    return frame.engineTimeNs();
  }

  private void stamp(final MessageEncoderFlyweight command, final long timeNs) {
    command.wrap(buffer, FrameDescriptor.HEADER_LENGTH);
    if (command instanceof AdvanceTimeEncoder advance) {
      advance.timeNs(timeNs);
    }
    frame.wrap(buffer, 0).begin(command.sbeSchemaId(), command.sbeTemplateId(), command.sbeSchemaVersion(),
        command.sbeBlockLength(), command.sbeBlockLength());
    sequencer.readClock();
    sequencer.stamp(buffer, 0);
  }
}
