package io.gavel.engine.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;

/**
 * What each registered consumer of an engine's events has read and will not ask for again: a small file a consumer in
 * {@code DIR/consumers}. A journal is never dropped behind the slowest. One writer for each name.
 */
public final class ConsumerPositions {

  private static final String FOLDER = "consumers";
  private static final String DRAFT = ".tmp";
  private static final String NAME = "[A-Za-z0-9_-]{1,64}";

  private final Path folder;

  /** Those of the engine in {@code dir}; no file is touched yet. */
  public ConsumerPositions(final Path dir) {
    folder = dir.resolve(FOLDER);
  }

  /**
   * Registers {@code name}, or notes how far it has come: it has handled everything up to {@code sequence}.
   *
   * @throws IllegalArgumentException for a name that is not 1 to 64 letters, digits, - or _, and a negative sequence
   */
  public void save(final String name, final long sequence) {
    if (!name.matches(NAME) || sequence < 0) {
      throw new IllegalArgumentException(
          "a consumer is named by 1 to 64 letters, digits, - or _ and has read up to a sequence: " + name + ", "
              + sequence);
    }
    try {
      Files.createDirectories(folder);
      final Path draft = folder.resolve(name + DRAFT);
      Files.writeString(draft, sequence + "\n", StandardCharsets.US_ASCII);
      try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      Files.move(draft, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (final IOException ex) {
      throw new UncheckedIOException("cannot note the position of " + name, ex);
    }
  }

  /** Forgets a consumer: it holds nothing back any more. Nothing happens when it was never registered. */
  public void remove(final String name) {
    try {
      Files.deleteIfExists(folder.resolve(name));
    } catch (final IOException ex) {
      throw new UncheckedIOException("cannot forget " + name, ex);
    }
  }

  /** What every consumer has read; {@link Retention#NO_CONSUMER} when none is registered. */
  public long slowest() {
    if (!Files.isDirectory(folder)) {
      return Retention.NO_CONSUMER;
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.filter(path -> path.getFileName().toString().matches(NAME))
          .mapToLong(ConsumerPositions::read).min().orElse(Retention.NO_CONSUMER);
    } catch (final IOException ex) {
      throw new UncheckedIOException("cannot list " + folder, ex);
    }
  }

  /** A file that says nothing holds everything back: what cannot be read must not cost anybody his events. */
  private static long read(final Path file) {
    try {
      final String text = Files.readString(file, StandardCharsets.ISO_8859_1).trim();
      return text.matches("\\d{1,18}") ? Long.parseLong(text) : 0;
    } catch (final IOException ex) {
      throw new UncheckedIOException("cannot read " + file, ex);
    }
  }
}
