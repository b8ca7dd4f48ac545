package io.gavel.engine.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The checksum of every byte of a finished segment, the queue's own tables and the empty rest of its files included:
 * what the frames' checksums do not cover. One small text file in the segment's folder.
 */
final class Seal {

  private static final String FILE = "segment.seal";
  private static final String HEAD = "gavel segment seal 1";
  private static final int CHUNK_LENGTH = 1 << 16;

  private Seal() {
  }

  static boolean exists(final Path segment) {
    return Files.exists(segment.resolve(FILE));
  }

  /** Seals a segment that nobody writes to any more. */
  static void write(final Path segment) {
    final StringBuilder text = new StringBuilder(HEAD).append('\n');
    for (final Path file : Segments.queueFiles(segment)) {
      text.append(line(file)).append('\n');
    }
    final byte[] body = text.toString().getBytes(StandardCharsets.US_ASCII);
    final CRC32C crc = new CRC32C();
    crc.update(body, 0, body.length);
    text.append("seal ").append(Long.toHexString(crc.getValue())).append('\n');
    try {
      final Path draft = segment.resolve(FILE + ".tmp");
      Files.write(draft, text.toString().getBytes(StandardCharsets.US_ASCII));
      try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      Files.move(draft, segment.resolve(FILE), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (final IOException ex) {
      throw new UncheckedIOException("cannot seal " + segment, ex);
    }
  }

  /** Whether the segment is as it was sealed: null, or what differs. A segment without a seal says nothing. */
  static @Nullable String differs(final Path segment) {
    if (!exists(segment)) {
      return null;
    }
    final List<String> lines;
    try {
      lines = Files.readAllLines(segment.resolve(FILE), StandardCharsets.ISO_8859_1);
    } catch (final IOException ex) {
      throw new UncheckedIOException("cannot read the seal of " + segment, ex);
    }
    final CRC32C crc = new CRC32C();
    for (final String line : lines.subList(0, Math.max(0, lines.size() - 1))) {
      final byte[] bytes = (line + "\n").getBytes(StandardCharsets.ISO_8859_1);
      crc.update(bytes, 0, bytes.length);
    }
    if (lines.size() < 2 || !HEAD.equals(lines.get(0))
        || !("seal " + Long.toHexString(crc.getValue())).equals(lines.get(lines.size() - 1))) {
      return "the seal itself is damaged";
    }
    final List<Path> files = Segments.queueFiles(segment);
    if (files.size() != lines.size() - 2) {
      return "the seal names " + (lines.size() - 2) + " files, there are " + files.size();
    }
    for (int i = 0; i < files.size(); i++) {
      final String now = line(files.get(i));
      if (!now.equals(lines.get(i + 1))) {
        return "bytes changed since the file was closed: it was (name, length, CRC32C) " + lines.get(i + 1)
            + ", it is " + now;
      }
    }
    return null;
  }

  private static String line(final Path file) {
    final CRC32C crc = new CRC32C();
    final byte[] chunk = new byte[CHUNK_LENGTH];
    try (var in = Files.newInputStream(file)) {
      int count = in.read(chunk);
      while (count > 0) {
        crc.update(chunk, 0, count);
        count = in.read(chunk);
      }
      return file.getFileName() + " " + Files.size(file) + " " + Long.toHexString(crc.getValue());
    } catch (final IOException ex) {
      throw new UncheckedIOException("cannot read " + file, ex);
    }
  }
}
