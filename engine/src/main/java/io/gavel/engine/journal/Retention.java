package io.gavel.engine.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * Says which segments of a journal nobody needs any more, and drops them when asked; nothing is ever dropped by itself.
 * Needed is what lies behind the oldest snapshot that is kept, and what the slowest consumer has not read. Works beside
 * a running engine: its newest segment always stays. One thread at a time.
 */
public final class Retention {

  /** What a consumer that does not exist has read. */
  public static final long NO_CONSUMER = Long.MAX_VALUE;

  private static final Logger LOGGER = System.getLogger("io.gavel.engine.journal");

  private final LongSupplier oldestSnapshotSequence;
  private final LongSupplier slowestConsumerSequence;

  /**
   * What was dropped.
   *
   * @param floor    up to here nothing is needed
   * @param begins   the journal now begins behind this sequence
   * @param segments folders that are gone, oldest first
   */
  public record Result(long floor, long begins, List<String> segments) {

    public Result {
      segments = List.copyOf(segments);
    }
  }

  /**
   * Bounded by both.
   *
   * @param oldestSnapshotSequence  where the oldest snapshot that is kept was taken; 0: there is none
   * @param slowestConsumerSequence what every registered consumer has read; {@link #NO_CONSUMER}: there is none
   */
  public Retention(final LongSupplier oldestSnapshotSequence, final LongSupplier slowestConsumerSequence) {
    this.oldestSnapshotSequence = oldestSnapshotSequence;
    this.slowestConsumerSequence = slowestConsumerSequence;
  }

  /** Up to and including this sequence nothing is needed; 0: everything is. */
  public long floor() {
    return Math.max(0, Math.min(oldestSnapshotSequence.getAsLong(), slowestConsumerSequence.getAsLong()));
  }

  /**
   * Drops the segments of {@code dir} that lie wholly at or below the floor. What goes is read once more in front of
   * that, so a chain leads from the new beginning on.
   *
   * @throws CorruptJournalException when what would go is damaged: then nothing goes
   */
  public Result drop(final Path dir) {
    final long floor = floor();
    final Path root = Segments.locate(dir);
    if (null == root) {
      return new Result(floor, 0, List.of());
    }
    final JournalPosition begin = Retained.read(root);
    final List<Path> segments = Segments.list(root);
    int count = 0;
    while (count + 1 < segments.size() && Segments.firstSequence(segments.get(count + 1)) - 1 <= floor) {
      count++;
    }
    final JournalPosition from = null == begin ? JournalPosition.START : begin;
    if (0 == count) {
      return new Result(floor, from.sequence(), List.of());
    }
    final JournalPosition end = endOf(root, from, Segments.firstSequence(segments.get(count)) - 1);
    Retained.write(root, end);
    final List<String> gone = new ArrayList<>();
    for (final Path segment : segments.subList(0, count)) {
      delete(segment);
      gone.add(segment.getFileName().toString());
    }
    Segments.sync(root);
    LOGGER.log(Level.INFO, "dropped {0} segments of {1}: it begins behind sequence {2} now", Integer.toString(count),
        root, Long.toString(end.sequence()));
    return new Result(floor, end.sequence(), gone);
  }

  private static JournalPosition endOf(final Path root, final JournalPosition from, final long sequence) {
    if (from.sequence() >= sequence) {
      return from;
    }
    try (SegmentTailer tailer = new SegmentTailer(root, true, from)) {
      while (tailer.sequence() < sequence) {
        if (!tailer.next()) {
          throw SegmentTailer.tooShort(new JournalPosition(sequence, 0, 0), tailer);
        }
      }
      return JournalPosition.of(tailer);
    }
  }

  private static void delete(final Path segment) {
    try (Stream<Path> entries = Files.list(segment)) {
      for (final Path entry : entries.sorted().toList()) {
        Files.delete(entry);
      }
      Files.delete(segment);
    } catch (final IOException ex) {
      throw new UncheckedIOException("cannot drop " + segment, ex);
    }
  }
}
