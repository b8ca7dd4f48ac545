package io.gavel.engine.journal;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folders of a journal: one queue each, named by its first sequence, written by one launch and never opened for
 * writing again. So a crash, a clock or a damaged index of an older segment cannot reach a newer one.
 *
 * <pre>
 *   DIR/journal/00000000000000000001/19700101F.cq4     frames 1 to 812, killed
 *   DIR/journal/00000000000000000813/19700101F.cq4     frames from 813 on
 * </pre>
 */
final class Segments {

  static final String QUEUE_FILE_SUFFIX = ".cq4";

  private static final String NAME = "\\d{20}(-\\d+)?";
  private static final int DIGITS = 20;

  private Segments() {
  }

  /** The journal below {@code dir}, or {@code dir} itself when that is one; null when there is none. */
  static @Nullable Path locate(final Path dir) {
    final Path below = dir.resolve(ChronicleJournal.FOLDER);
    if (Files.isDirectory(below)) {
      return below;
    }
    return Files.isDirectory(dir) && !list(dir).isEmpty() ? dir : null;
  }

  /** Segment folders in order of first sequence; empty when there is no journal. */
  static List<Path> list(final Path root) {
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(root)) {
      return entries.filter(path -> path.getFileName().toString().matches(NAME) && Files.isDirectory(path))
          .sorted().collect(Collectors.toList());
    } catch (final IOException ex) {
      throw new UncheckedIOException("cannot list " + root, ex);
    }
  }

  /** Queue files of one segment in order. */
  static List<Path> queueFiles(final Path segment) {
    try (Stream<Path> entries = Files.list(segment)) {
      return entries.filter(path -> path.getFileName().toString().endsWith(QUEUE_FILE_SUFFIX))
          .sorted().collect(Collectors.toList());
    } catch (final IOException ex) {
      throw new UncheckedIOException("cannot list " + segment, ex);
    }
  }

  /** The sequence that the name of a segment's folder says. */
  static long firstSequence(final Path segment) {
    final String name = segment.getFileName().toString();
    return Long.parseLong(name.substring(0, Math.min(DIGITS, name.length())));
  }

  /** A fresh folder for a segment that begins with {@code sequence}. */
  static Path create(final Path root, final long sequence) {
    final String digits = Long.toString(sequence);
    final String name = "0".repeat(DIGITS - digits.length()) + digits;
    try {
      Files.createDirectories(root);
      Path path = root.resolve(name);
      for (int attempt = 1; Files.exists(path); attempt++) {
        path = root.resolve(name + "-" + attempt);
      }
      return Files.createDirectory(path);
    } catch (final IOException ex) {
      throw new UncheckedIOException("cannot create a segment in " + root, ex);
    }
  }

  /** Has the disk confirm a journal's folder, the engine's around it, and that this one is where it is. */
  static void syncWithParents(final Path root) {
    sync(root);
    final Path dir = root.toAbsolutePath().getParent();
    if (null != dir) {
      sync(dir);
      final Path around = dir.getParent();
      if (null != around && Files.isReadable(around)) {
        sync(around);
      }
    }
  }

  /** Has the disk confirm what stands in the queue files of a segment: all of it, also what others have mapped. */
  static void syncFiles(final Path segment) {
    for (final Path path : queueFiles(segment)) {
      // Not a channel: an interrupt of the host's thread would close that.
      try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
        file.getFD().sync();
      } catch (final IOException ex) {
        throw new UncheckedIOException("cannot sync " + path, ex);
      }
    }
  }

  /** Has the disk confirm the entries of a folder. */
  static void sync(final Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (final IOException ex) {
      throw new UncheckedIOException("cannot sync " + folder, ex);
    }
  }
}
