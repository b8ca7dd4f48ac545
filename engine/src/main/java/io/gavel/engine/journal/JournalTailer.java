package io.gavel.engine.journal;

import org.agrona.MutableDirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads frames in sequence, each checked: version, length, CRC, contiguous sequence, time, chain. One thread. The
 * frame it stands on is valid until the next call.
 */
public interface JournalTailer extends AutoCloseable {

  /**
   * Steps to the next frame.
   *
   * @return false when there is none (yet)
   * @throws CorruptJournalException at the first frame that is not as it was written, when valid ones follow it
   */
  boolean next();

  MutableDirectBuffer buffer();

  int offset();

  int length();

  /** Sequence of the last frame read; 0 before the first. */
  long sequence();

  /** Engine time of the last frame read. */
  long engineTimeNs();

  /** The chain up to and including the last frame read. */
  long chain();

  /**
   * The frames that are to be passed over, those named further on among them; whoever applies what is read here must
   * ask. Signatures have been verified when the records were appended, and are at every launch.
   */
  default Quarantines quarantines() {
    return Quarantines.NONE;
  }

  /** Where the last frame read is. */
  String place();

  /** What lies behind the last frame and is no frame, in words; null when there is nothing. */
  @Nullable String tornTail();

  @Override
  void close();
}
