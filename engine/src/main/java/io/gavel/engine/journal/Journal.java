package io.gavel.engine.journal;

import org.agrona.DirectBuffer;

/**
 * Where stamped frames are kept. One writer: resume behind what was read, then append some and commit. Nothing about a
 * frame may leave the engine before the commit that covers it has returned. Anything thrown means that nothing since
 * the last commit counts and that the journal takes nothing more.
 */
public interface Journal extends AutoCloseable {

  /** A reader from the first frame on; for any one thread. */
  JournalTailer tailer();

  /** Where the first frame that is still there begins. */
  default JournalPosition begin() {
    return JournalPosition.START;
  }

  /**
   * A reader whose first frame is the one behind {@code position}. The frame in front of it must be in the journal with
   * that chain, or the journal must begin right behind it; else the first step throws a CorruptJournalException.
   */
  default JournalTailer tailer(final JournalPosition position) {
    final JournalTailer tailer = tailer();
    while (tailer.sequence() < position.sequence()) {
      if (!tailer.next()) {
        throw SegmentTailer.tooShort(position, tailer);
      }
    }
    SegmentTailer.checkMet(position, tailer);
    return tailer;
  }

  /**
   * Makes ready to append behind the last frame that {@code recovered} has read; called once, before the first
   * append. A torn tail behind that frame is cut off.
   */
  void resume(JournalTailer recovered);

  /** Takes the next frame; its sequence must follow the last one's. The bytes are copied. */
  void append(DirectBuffer buffer, int offset, int length);

  /** Returns when everything appended is written, has been read back equal, and is safe at {@code level}. */
  void commit(DurabilityLevel level);

  /** The strongest level that {@link #commit} can give; asked before an engine is launched on it. */
  default DurabilityLevel strongestLevel() {
    return DurabilityLevel.DISK;
  }

  /**
   * Makes what is already there safe at {@code level}; called once, before anybody is told of it again. What a killed
   * process left may have reached no disk yet.
   */
  default void confirm(final DurabilityLevel level) {
    // A journal that is never anywhere else than where it is safe has nothing to do.
  }

  /** Sequence of the last committed frame; 0 when empty. */
  long lastSequence();

  /** Bytes of frames committed since the launch. */
  long committedBytes();

  /** Reading will take a while: whatever the first append needs may be made ready meanwhile, on another thread. */
  default void prepare() {
    // Most journals need nothing.
  }

  /** Whether a frame can be read again: those of a journal that keeps nothing need no checksum. */
  default boolean keepsFrames() {
    return true;
  }

  /** Idempotent. */
  @Override
  void close();
}
