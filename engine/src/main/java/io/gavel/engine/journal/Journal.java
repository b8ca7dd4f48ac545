package io.gavel.engine.journal;

import org.agrona.DirectBuffer;

/**
 * Where stamped frames are kept. One writer: append some, then commit; nothing about a frame may leave the engine
 * before the commit that covers it has returned. Anything thrown means that nothing since the last commit counts and
 * that the journal takes nothing more.
 */
public interface Journal extends AutoCloseable {

  /** Takes the next frame; its sequence must follow the last one's. */
  void append(DirectBuffer buffer, int offset, int length);

  /** Returns when everything appended is written, has been read back equal, and is safe at {@code level}. */
  void commit(DurabilityLevel level);

  /** Sequence of the last committed frame; 0 when empty. */
  long lastSequence();

  /** A reader from the first frame on; for any one thread. */
  JournalTailer tailer();

  /** Idempotent. */
  @Override
  void close();
}
