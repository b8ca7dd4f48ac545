package io.gavel.engine.proof;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;

/**
 * Checkpoints as files of a folder, each named by its last sequence; one is there whole and on disk, or not at all.
 * Two stores may hold the same history, the second where who writes the journal cannot write. One writer.
 */
public final class CheckpointStore {

  /** Where in an engine's directory checkpoints are. */
  public static final String FOLDER = "checkpoints";

  private static final String SUFFIX = ".checkpoint";
  private static final int DIGITS = 20;
  private static final long LENGTH_MAX = Checkpoint.HEADER_LENGTH + Checkpoint.SIGNATURE_LENGTH
      + (long) Checkpoint.RANGE_MAX * Checkpoint.LOCATOR_LENGTH;

  private final Path folder;

  private CheckpointStore(final Path folder) {
    this.folder = folder;
  }

  /** In the engine's directory {@code dir}. */
  public static CheckpointStore of(final Path dir) {
    return new CheckpointStore(dir.resolve(FOLDER));
  }

  /** In a folder anywhere. */
  public static CheckpointStore in(final Path folder) {
    return new CheckpointStore(folder);
  }

  /** Last sequences of what is there, ascending. */
  public long[] list() {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).filter(name -> name.matches("\\d{20}\\.checkpoint"))
          .mapToLong(name -> Long.parseLong(name.substring(0, DIGITS))).sorted().toArray();
    } catch (final NoSuchFileException ex) {
      return new long[0];
    } catch (final IOException ex) {
      throw new UncheckedIOException("cannot list " + folder, ex);
    }
  }

  /** The file of the checkpoint that ends there. */
  Path file(final long lastSequence) {
    final String digits = Long.toString(lastSequence);
    return folder.resolve("0".repeat(DIGITS - digits.length()) + digits + SUFFIX);
  }

  /**
   * Reads the checkpoint that ends there.
   *
   * @throws IllegalArgumentException when the file is no checkpoint, or one of another sequence
   */
  Checkpoint.Sealed read(final long lastSequence) {
    final Path file = file(lastSequence);
    try {
      if (Files.size(file) > LENGTH_MAX) {
        throw new IllegalArgumentException(file + ": longer than any checkpoint");
      }
      final Checkpoint.Sealed sealed = Checkpoint.decode(Files.readAllBytes(file));
      if (sealed.checkpoint().lastSequence() != lastSequence) {
        throw new IllegalArgumentException("it is named " + lastSequence + " and ends at "
            + sealed.checkpoint().lastSequence());
      }
      return sealed;
    } catch (final IOException ex) {
      throw new UncheckedIOException("cannot read " + file, ex);
    }
  }

  void write(final Checkpoint.Sealed sealed) {
    final Path file = file(sealed.checkpoint().lastSequence());
    final Path draft = file.resolveSibling(file.getFileName() + ".draft");
    try {
      Files.createDirectories(folder);
      try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
          StandardOpenOption.TRUNCATE_EXISTING)) {
        final ByteBuffer bytes = ByteBuffer.wrap(sealed.encode());
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    } catch (final IOException ex) {
      throw new UncheckedIOException("cannot write " + file, ex);
    }
  }
}
