package io.gavel.engine.journal;

import io.gavel.codecs.FrameChecksum;
import io.gavel.codecs.FrameDescriptor;
import io.gavel.codecs.FrameFlyweight;
import io.gavel.codecs.sbe.TapePrintEncoder;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/** Makes stamped frames one behind the other, as the sequencer would. */
public final class TestFrames {

  public final UnsafeBuffer buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(FrameDescriptor.FRAME_LENGTH_MAX));
  private final FrameFlyweight frame = new FrameFlyweight();
  private final TapePrintEncoder encoder = new TapePrintEncoder();
  private final FrameChecksum checksum = new FrameChecksum();
  private long sequence;
  private long chain = FrameChecksum.CHAIN_SEED;

  public TestFrames() {
  }

  public TestFrames(final long sequence, final long chain) {
    this.sequence = sequence;
    this.chain = chain;
  }

  /** Stamps the next frame into {@link #buffer} and answers its length. */
  public int next() {
    sequence++;
    encoder.wrap(buffer, FrameDescriptor.HEADER_LENGTH);
    encoder.header().account(7);
    encoder.instrumentId(1).priceTicks((int) sequence).sizeLots(sequence * 31).shareE8(1).slippageTicks(0);
    frame.wrap(buffer, 0).begin(TapePrintEncoder.SCHEMA_ID, TapePrintEncoder.TEMPLATE_ID,
        TapePrintEncoder.SCHEMA_VERSION, TapePrintEncoder.BLOCK_LENGTH, TapePrintEncoder.BLOCK_LENGTH);
    frame.sequence(sequence).engineTimeNs(sequence * 1_000);
    final int crc = checksum.crc32c(buffer, 0, frame.length());
    chain = FrameChecksum.chain(chain, crc);
    frame.crc32c(crc).chain(chain);
    return frame.length();
  }

  public long sequence() {
    return sequence;
  }

  /** Appends {@code count} frames, committing every {@code batch}. */
  public void appendTo(final Journal journal, final int count, final int batch) {
    for (int i = 1; i <= count; i++) {
      journal.append(buffer, 0, next());
      if (0 == i % batch || i == count) {
        journal.commit(DurabilityLevel.PROCESS);
      }
    }
  }

  /** Sequences that a tailer reads until it has no more, each checked for its content. */
  public static List<Long> readAll(final JournalTailer tailer) {
    final List<Long> sequences = new ArrayList<>();
    while (tailer.next()) {
      sequences.add(tailer.sequence());
    }
    return sequences;
  }
}
