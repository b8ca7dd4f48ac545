package io.gavel.engine.replay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * What an engine was when it was last closed: a small text file beside the journal. A journal must reach its sequence,
 * and a replay must arrive at its hashes.
 *
 * @param sequence    last sequence then
 * @param stateHash   business state there
 * @param controlHash sequence, time, answer window and running event hash there
 */
public record StoredHash(long sequence, String stateHash, String controlHash) {

  private static final String FILE = "state.hash";

  /** The stored hash of {@code dir}; null when the engine there was never closed. */
  public static @Nullable StoredHash read(final Path dir) {
    final Path file = dir.resolve(FILE);
    if (!Files.exists(file)) {
      return null;
    }
    try {
      final String[] words = Files.readString(file, StandardCharsets.ISO_8859_1).trim().split("\\s+", 0);
      if (6 == words.length && "sequence".equals(words[0]) && "state".equals(words[2]) && "control".equals(words[4])
          && words[1].matches("\\d{1,18}")) {
        return new StoredHash(Long.parseLong(words[1]), words[3], words[5]);
      }
      throw new UncheckedIOException(new IOException("not a stored hash: " + file));
    } catch (final IOException ex) {
      throw new UncheckedIOException("cannot read " + file, ex);
    }
  }

  /** Writes it in one step: after a crash the file holds the old values or the new ones. */
  public void write(final Path dir) {
    final Path draft = dir.resolve(FILE + ".tmp");
    final String text = "sequence " + sequence + "\nstate " + stateHash + "\ncontrol " + controlHash + "\n";
    try {
      Files.writeString(draft, text, StandardCharsets.US_ASCII);
      try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      Files.move(draft, dir.resolve(FILE), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (final IOException ex) {
      throw new UncheckedIOException("cannot write " + dir.resolve(FILE), ex);
    }
  }
}
