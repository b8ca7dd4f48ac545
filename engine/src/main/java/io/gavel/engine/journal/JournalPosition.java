package io.gavel.engine.journal;

import io.gavel.codecs.FrameChecksum;

/**
 * A place between two frames of a journal: everything up to and including {@code sequence} lies before it. What a
 * snapshot notes of where it was taken, and what a reader needs to go on from there.
 *
 * @param sequence     of the frame in front of it; 0: the very beginning
 * @param engineTimeNs of that frame
 * @param chain        up to and including that frame
 */
public record JournalPosition(long sequence, long engineTimeNs, long chain) {

  /** Before the first frame. */
  public static final JournalPosition START = new JournalPosition(0, 0, FrameChecksum.CHAIN_SEED);

  /** Where {@code tailer} stands. */
  public static JournalPosition of(final JournalTailer tailer) {
    return new JournalPosition(tailer.sequence(), tailer.engineTimeNs(), tailer.chain());
  }
}
