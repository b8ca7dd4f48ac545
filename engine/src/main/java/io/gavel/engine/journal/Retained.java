package io.gavel.engine.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Where a journal begins whose first segments were dropped: one small text file beside the segments. It tells a journal
 * that was shortened on purpose from one that lost something, and carries the chain that the next segment follows.
 */
final class Retained {

  private static final String FILE = "begin.position";
  private static final String HEAD = "gavel journal begins behind sequence ";

  private Retained() {
  }

  /** The end of what was dropped last; null: nothing ever was. */
  static @Nullable JournalPosition read(final Path root) {
    final Path file = root.resolve(FILE);
    if (!Files.exists(file)) {
      return null;
    }
    try {
      final String text = Files.readString(file, StandardCharsets.ISO_8859_1);
      final String[] words = text.trim().split("\\s+", 0);
      if (12 == words.length) {
        final JournalPosition found = new JournalPosition(
            Long.parseLong(words[5]), Long.parseLong(words[7]), Long.parseUnsignedLong(words[9], 16));
        if (text(found).equals(text)) {
          return found;
        }
      }
      throw new CorruptJournalException(1, file.toString(), "not what was written: " + text.trim());
    } catch (final IOException | NumberFormatException ex) {
      throw new UncheckedIOException(new IOException("cannot read " + file, ex));
    }
  }

  /** Notes it safely on disk: after a crash the file holds the old position or the new one. */
  static void write(final Path root, final JournalPosition position) {
    final Path draft = root.resolve(FILE + ".tmp");
    try {
      Files.writeString(draft, text(position), StandardCharsets.US_ASCII);
      try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      Files.move(draft, root.resolve(FILE), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (final IOException ex) {
      throw new UncheckedIOException("cannot write " + root.resolve(FILE), ex);
    }
    Segments.sync(root);
  }

  private static String text(final JournalPosition position) {
    final String body = HEAD + position.sequence() + " time " + position.engineTimeNs() + " chain "
        + Long.toHexString(position.chain());
    final byte[] bytes = body.getBytes(StandardCharsets.US_ASCII);
    final CRC32C crc = new CRC32C();
    crc.update(bytes, 0, bytes.length);
    return body + " crc " + Long.toHexString(crc.getValue()) + "\n";
  }
}
