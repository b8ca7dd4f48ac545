package io.gavel.engine.journal;

import java.nio.file.Path;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a journal's segments one behind the other. At a place that is no frame it decides by what follows: an intact
 * later frame means corruption and throws; nothing means a torn tail, which was never acknowledged. One thread.
 */
final class SegmentTailer implements JournalTailer {

  /** By segment, then by file: not by the whole path, in which a dash comes before a slash. */
  private static final Comparator<Path> IN_ORDER =
      Comparator.comparing(Path::getParent).thenComparing(Path::getFileName);

  private final Path root;
  private final boolean live;
  private final JournalPosition position;
  private final FrameCheck check = new FrameCheck();
  private final UnsafeBuffer none = new UnsafeBuffer(new byte[0]);
  private @Nullable QueueFileReader reader;
  private @Nullable Path opened;
  private boolean met;
  private final Quarantines quarantines = new Quarantines();
  private @Nullable Path lastHead;
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
    this(root, live, JournalPosition.START);
  }

  /** Begins behind {@code position}; segments that lie wholly before it are not opened. */
  SegmentTailer(final Path root, final boolean live, final JournalPosition position) {
    this.root = root;
    this.live = live;
    this.position = position;
    check.begin(position);
  }

  @Override
  public boolean next() {
    if (!met) {
      meet();
    }
    return step();
  }

  /** The journal is too short to have {@code position} in it. */
  static CorruptJournalException tooShort(final JournalPosition position, final JournalTailer tailer) {
    return new CorruptJournalException(tailer.sequence() + 1, tailer.place(), "a reader was to begin behind sequence "
        + position.sequence() + ", the journal ends at " + tailer.sequence()
        + (null == tailer.tornTail() ? "" : ": " + tailer.tornTail()));
  }

  /** The frame in front of a reader's first one must be the one that was meant. */
  static void checkMet(final JournalPosition position, final JournalTailer tailer) {
    if (!JournalPosition.of(tailer).equals(position)) {
      throw new CorruptJournalException(position.sequence(), tailer.place(), "another history: asked to begin at "
          + position + ", the journal has " + JournalPosition.of(tailer));
    }
  }

  /** Walks up to the position, the frames in front of it checked one by one on the way. */
  private void meet() {
    met = true;
    if (0 == position.sequence()) {
      return;
    }
    openAround();
    while (check.sequence() < position.sequence()) {
      if (!step()) {
        throw tooShort(position, this);
      }
    }
    checkMet(position, this);
  }

  private boolean step() {
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
  public Quarantines quarantines() {
    if (files.isEmpty()) {
      files = listFiles();
    }
    readQuarantines();
    return quarantines;
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
    if (behind(opened) >= files.size()) {
      files = listFiles();
    }
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
    final int index = behind(opened);
    if (index >= files.size()) {
      return false;
    }
    final Path path = files.get(index);
    final long expected = check.sequence() + 1;
    final long first = firstSequence(path);
    if (first > expected) {
      throw missing(path, expected, first);
    }
    if (first < expected) {
      throw new CorruptJournalException(expected, path.toString(), "begins again with sequence " + first);
    }
    readQuarantines();
    close();
    reader = new QueueFileReader(path, check, live);
    opened = path;
    return true;
  }

  /** Recovery writes a quarantine as the first record of a segment of its own: nothing else need be looked at. */
  private void readQuarantines() {
    for (int i = behind(lastHead); i < files.size(); i++) {
      final Path path = files.get(i);
      final boolean read = firstSequence(path) <= position.sequence() || readHead(path);
      if (!read && i + 1 == files.size()) {
        // Its writer may be at it.
        return;
      }
      lastHead = path;
    }
  }

  private boolean readHead(final Path path) {
    final FrameCheck unchained = new FrameCheck();
    unchained.beginUnchained(firstSequence(path));
    boolean read = false;
    try (QueueFileReader head = new QueueFileReader(path, unchained, true)) {
      while (QueueFileReader.Step.FRAME == head.next()) {
        read = true;
        if (!Quarantines.isOne(head.buffer(), head.offset())) {
          break;
        }
        quarantines.add(head.buffer(), head.offset());
      }
    }
    return read;
  }

  /** Index of the first file behind {@code path}, which need not be there any more: older ones may be dropped. */
  private int behind(final @Nullable Path path) {
    if (null == path) {
      return 0;
    }
    final int found = Collections.binarySearch(files, path, IN_ORDER);
    return found < 0 ? -found - 1 : found + 1;
  }

  /** Opens the last file that begins at or in front of what comes behind the position. */
  private void openAround() {
    files = listFiles();
    final long wanted = position.sequence() + 1;
    int index = 0;
    while (index + 1 < files.size() && firstSequence(files.get(index + 1)) <= wanted
        && firstSequence(files.get(index + 1)) > firstSequence(files.get(index))) {
      index++;
    }
    if (files.isEmpty()) {
      check.begin(JournalPosition.START);
      throw tooShort(position, this);
    }
    final long first = firstSequence(files.get(index));
    if (first > wanted) {
      throw missing(files.get(index), wanted, first);
    }
    if (first < wanted) {
      check.beginUnchained(first);
    }
    reader = new QueueFileReader(files.get(index), check, live);
    opened = files.get(index);
  }

  private CorruptJournalException missing(final Path path, final long expected, final long first) {
    final TornTail before = torn;
    final JournalPosition dropped = Retained.read(root);
    return new CorruptJournalException(expected, null == before ? path.toString() : before.file().toString(),
        "sequences " + expected + " to " + (first - 1) + " are missing"
            + (null == before ? "" : ": " + before.reason())
            + (null == dropped || dropped.sequence() < first - 1 ? ""
                : "; they were dropped behind a snapshot, which is needed to begin here"));
  }

  private List<Path> listFiles() {
    return Segments.list(root).stream().flatMap(segment -> Segments.queueFiles(segment).stream()).toList();
  }

  private static long firstSequence(final Path file) {
    final Path segment = file.getParent();
    return null == segment ? 0 : Segments.firstSequence(segment);
  }

  private CorruptJournalException corrupt(final QueueFileReader file, final String reason) {
    return new CorruptJournalException(
        check.sequence() + 1, file.path().toString(), reason + ", at byte " + file.position());
  }
}
