package io.gavel.engine.journal;

import org.agrona.MutableDirectBuffer;

/**
 * Reads frames in sequence, each checked: version, length, CRC, contiguous sequence, chain. One thread. The frame it
 * stands on is valid until the next call.
 */
public interface JournalTailer extends AutoCloseable {

  /**
   * Steps to the next frame.
   *
   * @return false when there is none yet
   * @throws CorruptJournalException at the first frame that is not as it was written
   */
  boolean next();

  MutableDirectBuffer buffer();

  int offset();

  int length();

  /** Sequence of the frame it stands on; 0 before the first. */
  long sequence();

  /** The chain up to and including the frame it stands on. */
  long chain();

  @Override
  void close();
}
