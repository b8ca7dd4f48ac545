package io.gavel.engine.journal;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks at every byte of a journal without replaying or changing it: frames, chain, gaps, seals and stray bytes. Works
 * beside a running engine. Never throws for what the files say.
 */
public final class JournalScan {

  /** Outcome of a scan. */
  public enum Status {
    /** Every frame is as it was written and none is missing. */
    CLEAN,
    /** Something changed, or is missing, behind the named sequence. */
    CORRUPT,
    /** There is no journal, or nothing in it can be read as one. */
    UNREADABLE
  }

  /**
   * What a scan found.
   *
   * @param sequence     CORRUPT: the first sequence that is damaged, missing or in doubt
   * @param lastSequence last sound frame in front of it
   * @param file         where
   * @param reason       why; for CLEAN a remark, or empty
   */
  public record Result(Status status, long sequence, long lastSequence, String file, String reason) {
  }

  private JournalScan() {
  }

  /** Scans the journal of {@code dir}; it must reach {@code knownSequence}, of which somebody has been told. */
  public static Result scan(final Path dir, final long knownSequence) {
    long last = 0;
    try {
      final Path root = Segments.locate(dir);
      if (null == root || Segments.list(root).isEmpty()) {
        return new Result(Status.UNREADABLE, 0, 0, dir.toString(), "no journal here");
      }
      final JournalPosition begin = Retained.read(root);
      try (SegmentTailer tailer = new SegmentTailer(root, false, null == begin ? JournalPosition.START : begin)) {
        while (tailer.next()) {
          last = tailer.sequence();
        }
        return judge(dir, root, tailer, knownSequence);
      }
    } catch (final CorruptJournalException ex) {
      return new Result(Status.CORRUPT, ex.sequence(), ex.sequence() - 1, ex.file(), ex.reason());
    } catch (final RuntimeException ex) {
      return new Result(Status.UNREADABLE, last + 1, last, dir.toString(), String.valueOf(ex.getMessage()));
    }
  }

  private static Result judge(
      final Path dir, final Path root, final SegmentTailer tailer, final long knownSequence) {
    final long last = tailer.sequence();
    final SegmentTailer.TornTail torn = null == tailer.torn() ? tailer.passed() : tailer.torn();
    if (0 == last) {
      return new Result(Status.UNREADABLE, 1, 0, null == torn ? root.toString() : torn.file().toString(),
          null == torn ? "no frame in it" : torn.reason());
    }
    if (last < knownSequence) {
      return new Result(Status.CORRUPT, last + 1, last, null == torn ? root.toString() : torn.file().toString(),
          "it was closed at sequence " + knownSequence + ", sequences " + (last + 1) + " to " + knownSequence
              + " are gone" + (null == torn ? "" : ": " + torn.reason()));
    }
    if (null != torn && !torn.unfinished()) {
      return new Result(Status.CORRUPT, last + 1, last, torn.file().toString(),
          "torn tail, " + torn.reason() + ", at byte " + torn.position());
    }
    final Result broken = brokenSeal(root, last);
    if (null != broken) {
      return broken;
    }
    return new Result(Status.CLEAN, 0, last, dir.toString(),
        null == torn ? "" : "the last record was never finished and never acknowledged");
  }

  private static @Nullable Result brokenSeal(final Path root, final long last) {
    final JournalPosition begin = Retained.read(root);
    final List<Path> segments = Segments.list(root);
    // What was dropped may be there still, in part, after a crash in between.
    int index = 0;
    while (null != begin && index + 1 < segments.size()
        && Segments.firstSequence(segments.get(index + 1)) - 1 <= begin.sequence()) {
      index++;
    }
    for (final Path segment : segments.subList(index, segments.size())) {
      final String differs = Seal.differs(segment);
      if (null != differs) {
        final long first = Segments.firstSequence(segment);
        return new Result(Status.CORRUPT, first, last, segment.toString(), "outside the frames " + differs);
      }
    }
    return null;
  }
}
