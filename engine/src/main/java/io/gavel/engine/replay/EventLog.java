package io.gavel.engine.replay;

import io.gavel.engine.egress.EventKey;
import io.gavel.engine.egress.EventSink;
import java.nio.file.Path;
import org.agrona.DirectBuffer;

/**
 * All events of a journal, keyed (sequence, index), had again by replay, byte for byte: what is derivable is not kept
 * a second time.
 */
public final class EventLog {

  private EventLog() {
  }

  /**
   * Hands the events behind (afterSequence, afterIndex), up to and including those of {@code toSequence}, to
   * {@code sink}. (0, 0) is the beginning.
   *
   * @return how many there were
   */
  public static long deliver(
      final Path dir, final long afterSequence, final int afterIndex, final long toSequence, final EventSink sink) {
    final long[] delivered = {0};
    Replayer.replay(dir, toSequence, new ReplayListener() {
      @Override
      public void onEvent(final DirectBuffer buffer, final int offset, final int length) {
        if (EventKey.isBehind(buffer, offset, afterSequence, afterIndex)) {
          delivered[0]++;
          sink.onEvent(buffer, offset, length);
        }
      }
    });
    return delivered[0];
  }
}
