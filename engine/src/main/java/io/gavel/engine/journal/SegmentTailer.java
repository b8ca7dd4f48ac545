package io.gavel.engine.journal;

import java.nio.file.Path;
import java.util.List;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a journal's segments one behind the other. At a place that is no frame it decides by what follows: an intact
 * later frame means corruption and throws; nothing means a torn tail, which was never acknowledged. One thread.
 */
final class SegmentTailer implements JournalTailer {

  private final Path root;
  private final boolean live;
  private final FrameCheck check = new FrameCheck();
  private final UnsafeBuffer none = new UnsafeBuffer(new byte[0]);
  private @Nullable QueueFileReader reader;
  private int filesOpened;
  private List<Path> files = List.of();
  private @Nullable TornTail torn;
  private @Nullable TornTail passed;
  private String lastPlace = "";

  /** Where sound frames end although bytes go on. */
  record TornTail(
      Path file, long recordPosition, long position, boolean insideRecord, String reason, boolean unfinished) {
  }

  /** Live: the end of the last file may be written to while it is read, and is nobody else's business. */
  SegmentTailer(final Path root, final boolean live) {
    this.root = root;
    this.live = live;
  }

  @Override
  public boolean next() {
    while (true) {
      if (null == reader && !openNext()) {
        return false;
      }
      if (null != reader && step(reader)) {
        passed = null == torn ? passed : torn;
        torn = null;
        return true;
      }
      if (!openNext()) {
        return false;
      }
    }
  }

  @Override
  public MutableDirectBuffer buffer() {
    return null == reader ? none : reader.buffer();
  }

  @Override
  public int offset() {
    return null == reader ? 0 : reader.offset();
  }

  @Override
  public int length() {
    return null == reader ? 0 : reader.length();
  }

  @Override
  public long sequence() {
    return check.sequence();
  }

  @Override
  public long engineTimeNs() {
    return check.engineTimeNs();
  }

  @Override
  public long chain() {
    return check.chain();
  }

  @Override
  public String place() {
    return lastPlace;
  }

  @Override
  public @Nullable String tornTail() {
    final TornTail tail = torn;
    return null == tail ? null
        : tail.file() + " from byte " + tail.position() + " on, behind sequence " + sequence() + ": " + tail.reason();
  }

  @Nullable TornTail torn() {
    return torn;
  }

  /** A torn tail in an older file that was read past, because nothing is missing; null: none. */
  @Nullable TornTail passed() {
    return passed;
  }

  @Override
  public void close() {
    if (null != reader) {
      reader.close();
      reader = null;
    }
  }

  private boolean step(final QueueFileReader file) {
    QueueFileReader.Step step = file.next();
    if (QueueFileReader.Step.FRAME == step) {
      return true;
    }
    // What was not a frame is looked at once more, after the list of files: a live writer may have gone on meanwhile,
    // and when there is a next file this one is complete.
    files = listFiles();
    file.refresh();
    step = file.next();
    if (QueueFileReader.Step.FRAME == step) {
      return true;
    }
    settle(file, step);
    return false;
  }

  private void settle(final QueueFileReader file, final QueueFileReader.Step step) {
    lastPlace = file.path().toString();
    switch (step) {
      case UNFINISHED -> {
        if (!live) {
          if (file.hasLaterFrame(file.position())) {
            throw corrupt(file, "a record was never finished, but frames follow it");
          }
          tear(file, "a record was never finished", true);
        }
      }
      case DAMAGED -> {
        if (file.hasLaterFrame(file.position())) {
          throw corrupt(file, file.reason());
        }
        tear(file, file.reason(), false);
      }
      case END -> {
        // Nothing behind the last frame.
      }
      default -> throw new IllegalStateException(step.toString());
    }
  }

  private void tear(final QueueFileReader file, final String reason, final boolean unfinished) {
    torn = new TornTail(file.path(), file.recordPosition(), file.position(), file.isInsideRecord(), reason, unfinished);
  }

  /** Goes on in the next file there is; what it holds must follow on what was read. */
  private boolean openNext() {
    if (null == reader) {
      files = listFiles();
    }
    if (filesOpened >= files.size()) {
      return false;
    }
    final Path path = files.get(filesOpened);
    final long expected = check.sequence() + 1;
    final long first = firstSequence(path);
    final TornTail before = torn;
    if (first > expected) {
      throw new CorruptJournalException(expected, null == before ? path.toString() : before.file().toString(),
          "sequences " + expected + " to " + (first - 1) + " are missing"
              + (null == before ? "" : ": " + before.reason()));
    }
    if (first < expected) {
      throw new CorruptJournalException(expected, path.toString(), "begins again with sequence " + first);
    }
    close();
    reader = new QueueFileReader(path, check, live);
    filesOpened++;
    return true;
  }

  private List<Path> listFiles() {
    return Segments.list(root).stream().flatMap(segment -> Segments.queueFiles(segment).stream()).toList();
  }

  private static long firstSequence(final Path file) {
    final Path segment = file.getParent();
    final String name = null == segment ? "0" : segment.getFileName().toString();
    final int dash = name.indexOf('-');
    return Long.parseLong(dash < 0 ? name : name.substring(0, dash));
  }

  private CorruptJournalException corrupt(final QueueFileReader file, final String reason) {
    return new CorruptJournalException(
        check.sequence() + 1, file.path().toString(), reason + ", at byte " + file.position());
  }
}
