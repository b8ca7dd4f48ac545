package io.gavel.engine.replay;

import io.gavel.engine.egress.EventFeed;
import io.gavel.engine.egress.EventKey;
import io.gavel.engine.egress.EventSink;
import io.gavel.engine.egress.EventStage;
import java.nio.file.Path;
import java.util.function.LongSupplier;
import org.agrona.DirectBuffer;

/**
 * Reads an engine's events at its own pace, on its own thread, from any (sequence, index) on, each exactly once and in
 * order. The engine never waits for it: what it was too slow for it has again from the journal. One thread.
 */
public final class EventSubscriber implements AutoCloseable {

  private static final int WHOLE_FRAME = Integer.MAX_VALUE;

  private final Path dir;
  private final EventStage stage;
  private final LongSupplier engineSequence;
  private final EventFeed feed;
  private long lastSequence;
  private int lastIndex;
  private boolean waiting;
  private long catchUps;

  /**
   * Begins behind (afterSequence, afterIndex); (0, 0) is everything.
   *
   * @param engineSequence last sequence applied by the engine
   * @param capacity       bytes of events that may wait here, a power of two
   */
  public EventSubscriber(
      final Path dir, final EventStage stage, final LongSupplier engineSequence, final long afterSequence,
      final int afterIndex, final int capacity) {
    this.dir = dir;
    this.stage = stage;
    this.engineSequence = engineSequence;
    this.feed = new EventFeed(capacity);
    this.lastSequence = afterSequence;
    this.lastIndex = afterIndex;
    stage.add(feed);
  }

  /** Hands on what is there and answers how many events that were. */
  public long poll(final EventSink sink) {
    if (waiting) {
      final long from = feed.grantedFrom();
      waiting = EventFeed.NOT_GRANTED == from;
      // Until the gap in front of it is closed nothing is taken from the feed.
      final long upTo = waiting ? engineSequence.getAsLong() : from - 1;
      final long caughtUp = catchUp(upTo, sink);
      if (caughtUp > 0 || waiting) {
        return caughtUp;
      }
    }
    final boolean detached = feed.isDetached();
    final int read = feed.read((buffer, offset, length) -> deliver(sink, buffer, offset, length));
    if (0 == read && detached && feed.isEmpty()) {
      waiting = true;
      feed.wantAttach();
    }
    return read;
  }

  /** Sequence of the last event handed on. */
  public long lastSequence() {
    return lastSequence;
  }

  /** How often it had to read the journal. */
  public long catchUps() {
    return catchUps;
  }

  @Override
  public void close() {
    stage.remove(feed);
  }

  private long catchUp(final long upTo, final EventSink sink) {
    if (upTo < lastSequence || (upTo == lastSequence && WHOLE_FRAME == lastIndex)) {
      return 0;
    }
    catchUps++;
    final long delivered = EventLog.deliver(dir, lastSequence, lastIndex, upTo,
        (buffer, offset, length) -> deliver(sink, buffer, offset, length));
    lastSequence = upTo;
    lastIndex = WHOLE_FRAME;
    return delivered;
  }

  private void deliver(final EventSink sink, final DirectBuffer buffer, final int offset, final int length) {
    lastSequence = EventKey.sequence(buffer, offset);
    lastIndex = EventKey.index(buffer, offset);
    sink.onEvent(buffer, offset, length);
  }
}
