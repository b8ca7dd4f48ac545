package io.gavel.engine.replay;

import io.gavel.codecs.FrameDescriptor;
import io.gavel.codecs.FrameFlyweight;
import io.gavel.engine.journal.ChronicleJournal;
import io.gavel.engine.journal.CorruptJournalException;
import io.gavel.engine.journal.JournalTailer;
import io.gavel.engine.ring.SignedFrame;
import java.nio.file.Path;

/**
 * Verifies again every signature that a journal keeps. Replay does not: it trusts the verdict of the ingress, which is
 * in the frame and under its checksum. An auditor trusts nobody.
 *
 * @param frames           frames read
 * @param signed           those with a signature
 * @param wrong            those of them whose signature is not right
 * @param firstWrongSequence sequence of the first of these, or {@link FrameDescriptor#NULL_SEQUENCE}
 */
public record SignatureAudit(long frames, long signed, long wrong, long firstWrongSequence) {

  /**
   * Reads the journal in {@code dir}, beside a live engine or long after it.
   *
   * @param engineId what its commands were signed for
   * @throws CorruptJournalException at damage
   * @throws ReplayFault             when there is no journal
   */
  public static SignatureAudit of(final Path dir, final long engineId) {
    final JournalTailer tailer = ChronicleJournal.follow(dir);
    if (null == tailer) {
      throw new ReplayFault(0, "no journal in " + dir);
    }
    final SignedFrame check = new SignedFrame(engineId);
    final FrameFlyweight frame = new FrameFlyweight();
    long frames = 0;
    long signed = 0;
    long wrong = 0;
    long firstWrong = FrameDescriptor.NULL_SEQUENCE;
    try (tailer) {
      while (tailer.next()) {
        frames++;
        frame.wrap(tailer.buffer(), tailer.offset());
        if (frame.isSigned()) {
          signed++;
          if (!check.isRight(frame)) {
            firstWrong = 0 == wrong++ ? tailer.sequence() : firstWrong;
          }
        }
      }
    }
    return new SignatureAudit(frames, signed, wrong, firstWrong);
  }
}
