package io.gavel.engine.journal;

import io.gavel.codecs.FrameDescriptor;
import java.nio.file.Path;
import org.agrona.MutableDirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Walks the frames of one queue file as bytes, without the queue's own reader: that one returns flipped bits as data
 * and can take the process down when a length lies. One thread.
 *
 * <pre>
 *   +--------+------------------------------------+--------+---------------+---------------+--------+-- zeros --
 *   | header | queue's own data, index tables ... | header | frame         | frame ...     | header | ...
 *   +--------+------------------------------------+--------+---------------+---------------+--------+-----------
 *   header, 4 bytes, aligned to 4:  bit 31 not complete, bit 30 queue's own data, 30 bits length; 0: nothing yet.
 *   The header is written last: a writer that died leaves frames, whole or in part, behind a header of zero.
 * </pre>
 */
final class QueueFileReader implements AutoCloseable {

  enum Step {
    /** Stands on a frame. */
    FRAME,
    /** Behind the last record there are only zeros, or nothing. */
    END,
    /** The last record was never finished: its writer is at it, or died. Intact frames of it have been read. */
    UNFINISHED,
    /** Bytes that are no record or no frame; {@link #reason()} says why. */
    DAMAGED
  }

  private static final int RECORD_HEADER_LENGTH = Integer.BYTES;
  private static final int NOT_COMPLETE = 0x8000_0000;
  private static final int QUEUE_DATA = 0x4000_0000;
  /** The queue's own records are headers and small index tables; a longer one is a length that lies. */
  private static final int QUEUE_DATA_LENGTH_MAX = 1024;
  private static final int LENGTH_MASK = 0x3FFF_FFFF;
  private static final long BETWEEN_RECORDS = -1;
  private static final long OPEN_END = Long.MAX_VALUE;

  private final FileWindow window;
  private final FrameCheck check;
  private final boolean live;
  private long recordPosition;
  private long framePosition = BETWEEN_RECORDS;
  private long recordEnd;
  private int offset;
  private int length;
  private String reason = "";

  /** Live: an unfinished record is its writer's business and ends the walk for now. */
  QueueFileReader(final Path path, final FrameCheck check, final boolean live) {
    this.window = new FileWindow(path);
    this.check = check;
    this.live = live;
  }

  Path path() {
    return window.path();
  }

  MutableDirectBuffer buffer() {
    return window.buffer();
  }

  int offset() {
    return offset;
  }

  int length() {
    return length;
  }

  String reason() {
    return reason;
  }

  /** Where the record starts in which the walk stands; where the next one would be when it stands between two. */
  long recordPosition() {
    return recordPosition;
  }

  /** Where the walk stands: what lies before is sound. */
  long position() {
    return BETWEEN_RECORDS == framePosition ? recordPosition : framePosition;
  }

  boolean isInsideRecord() {
    return BETWEEN_RECORDS != framePosition;
  }

  Step next() {
    while (true) {
      if (BETWEEN_RECORDS != framePosition) {
        return frame();
      }
      final Step step = header();
      if (null != step) {
        return step;
      }
    }
  }

  /** Forgets what was read ahead, for a file that is still written to; an unfinished record may be finished now. */
  void refresh() {
    window.invalidate();
    if (BETWEEN_RECORDS == framePosition || OPEN_END != recordEnd) {
      return;
    }
    final long body = recordPosition + RECORD_HEADER_LENGTH;
    if (framePosition == body) {
      framePosition = BETWEEN_RECORDS;
      return;
    }
    final int header = window.load(recordPosition, RECORD_HEADER_LENGTH) < RECORD_HEADER_LENGTH
        ? 0 : window.intAt(recordPosition);
    if (header > 0 && 0 == (header & QUEUE_DATA)) {
      recordEnd = body + header;
      leaveRecordAtItsEnd();
    }
  }

  /** Whether an intact later frame lies at or behind {@code from}: then what is before it is damage, not a tail. */
  boolean hasLaterFrame(final long from) {
    return hasLaterFrame(from, window.fileLength());
  }

  private boolean hasLaterFrame(final long from, final long end) {
    final int look = FrameDescriptor.FRAME_LENGTH_MAX;
    for (long at = from & -RECORD_HEADER_LENGTH; at < end; at += RECORD_HEADER_LENGTH) {
      final int available = window.load(at, look);
      if (available < FrameDescriptor.HEADER_LENGTH) {
        return false;
      }
      if (0 == window.intAt(at)) {
        continue;
      }
      if (check.isLaterFrame(window.buffer(), window.offsetOf(at), available)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void close() {
    window.close();
  }

  private Step frame() {
    final int wanted = (int) Math.min(recordEnd - framePosition, FrameDescriptor.FRAME_LENGTH_MAX);
    final int available = window.load(framePosition, wanted);
    final int at = window.offsetOf(framePosition);
    final String broken = check.accept(window.buffer(), at, available);
    if (null != broken) {
      reason = broken;
      return OPEN_END == recordEnd && isEmptyBehindTheRecord() ? Step.UNFINISHED : Step.DAMAGED;
    }
    offset = at;
    length = window.intAt(framePosition);
    framePosition += length;
    leaveRecordAtItsEnd();
    return Step.FRAME;
  }

  private void leaveRecordAtItsEnd() {
    if (framePosition == recordEnd) {
      framePosition = BETWEEN_RECORDS;
      recordPosition = align(recordEnd);
    }
  }

  private boolean isEmptyBehindTheRecord() {
    return window.firstNonZero(framePosition + SegmentWriter.RECORD_LENGTH_MAX) >= window.fileLength();
  }

  /** Steps over the queue's own data or into a record; null: go on. */
  private @Nullable Step header() {
    final int available = window.load(recordPosition, RECORD_HEADER_LENGTH);
    if (available < RECORD_HEADER_LENGTH) {
      return 0 == available ? Step.END : damaged("only " + available + " bytes of a record header");
    }
    final int header = window.intAt(recordPosition);
    if (0 == header || NOT_COMPLETE == header) {
      return 0 == recordPosition ? damaged("the file does not begin as a queue file") : openRecord(0 == header);
    }
    final long body = recordPosition + RECORD_HEADER_LENGTH;
    final int bodyLength = header & LENGTH_MASK;
    final boolean queueData = 0 != (header & QUEUE_DATA);
    if (0 != (header & NOT_COMPLETE) || 0 == bodyLength || (0 == recordPosition && !queueData)) {
      return damaged("record header is " + Integer.toHexString(header));
    }
    if (queueData) {
      if (bodyLength > QUEUE_DATA_LENGTH_MAX || hasLaterFrame(recordPosition, body + bodyLength)) {
        return damaged("the queue's own record of " + bodyLength + " bytes is none");
      }
      recordPosition = align(body + bodyLength);
      return null;
    }
    framePosition = body;
    recordEnd = body + bodyLength;
    return null;
  }

  /** Goes into a record that was never finished, if there is any of it; null: go on. */
  private @Nullable Step openRecord(final boolean noHeader) {
    if (live) {
      return noHeader ? Step.END : Step.UNFINISHED;
    }
    if (noHeader && window.firstNonZero(recordPosition) >= window.fileLength()) {
      return Step.END;
    }
    framePosition = recordPosition + RECORD_HEADER_LENGTH;
    recordEnd = OPEN_END;
    return null;
  }

  private Step damaged(final String why) {
    reason = why;
    return Step.DAMAGED;
  }

  private static long align(final long position) {
    return (position + RECORD_HEADER_LENGTH - 1) & -RECORD_HEADER_LENGTH;
  }
}
