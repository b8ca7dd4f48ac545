package io.gavel.engine.replay;

import io.gavel.codecs.FrameFlyweight;
import io.gavel.engine.journal.JournalTailer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/** Frames one behind the other, copied out of a journal and checked. Filled by one thread, then read by one. */
final class FrameBatch {

  private static final int LENGTH = 256 << 10;
  private static final int FRAMES_MAX = 2_048;

  private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[LENGTH]);
  private final UnsafeBuffer view = new UnsafeBuffer(0, 0);
  private final int[] offsets = new int[FRAMES_MAX];
  private int frames;
  private boolean isLast;
  private @Nullable RuntimeException fault;

  /** Takes the frame on which {@code tailer} stands, and all that follow while there is room. */
  void fill(final JournalTailer tailer) {
    frames = 0;
    isLast = false;
    fault = null;
    int end = 0;
    try {
      boolean more = true;
      while (more && frames < FRAMES_MAX && end + tailer.length() <= LENGTH) {
        buffer.putBytes(end, tailer.buffer(), tailer.offset(), tailer.length());
        offsets[frames++] = end;
        end += tailer.length();
        more = tailer.next();
      }
      isLast = !more;
    } catch (final RuntimeException ex) {
      // What was read before the damage is applied before it is told.
      fault = ex;
      isLast = true;
    }
  }

  int frames() {
    return frames;
  }

  /**
   * The frame of that number and nothing around it, valid until the next call: a frame that lies about its lengths is
   * out of bounds at its own end, not somewhere in those behind it.
   */
  UnsafeBuffer frame(final int number) {
    view.wrap(buffer, offsets[number], FrameFlyweight.lengthOf(buffer, offsets[number]));
    return view;
  }

  /** Whether the journal ends behind it. */
  boolean isLast() {
    return isLast;
  }

  /** Why nothing comes behind it; null: nothing is wrong. */
  @Nullable RuntimeException fault() {
    return fault;
  }
}
