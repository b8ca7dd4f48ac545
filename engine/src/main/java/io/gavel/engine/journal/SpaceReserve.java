package io.gavel.engine.journal;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/**
 * A file that is in the way: room on the disk that nobody else can take, given up when the last records need it. One
 * thread.
 */
final class SpaceReserve {

  private static final String FILE = "reserve.space";
  private static final int CHUNK_LENGTH = 1 << 16;

  private final Path file;
  private final long bytes;
  private boolean held;

  /** Nothing is written before {@link #take}; a reserve of an earlier launch is found. */
  SpaceReserve(final Path dir, final long bytes) {
    this.file = dir.resolve(FILE);
    this.bytes = bytes;
    held = length() == bytes;
  }

  long bytes() {
    return bytes;
  }

  boolean isHeld() {
    return held;
  }

  /** Writes the file, unless it is there; false when the disk has no room for it. */
  boolean take() {
    if (held) {
      return true;
    }
    // Not zeros: a file system that compresses would keep nothing of them.
    final SplittableRandom random = new SplittableRandom(1);
    final byte[] chunk = new byte[CHUNK_LENGTH];
    try (OutputStream out = Files.newOutputStream(file)) {
      for (long left = bytes; left > 0; left -= chunk.length) {
        random.nextBytes(chunk);
        out.write(chunk, 0, (int) Math.min(left, chunk.length));
      }
      held = true;
    } catch (final IOException ex) {
      release();
    }
    return held;
  }

  /** Gives the room back. */
  void release() {
    held = false;
    try {
      Files.deleteIfExists(file);
    } catch (final IOException ex) {
      throw new UncheckedIOException("cannot give up " + file, ex);
    }
  }

  private long length() {
    try {
      return Files.isRegularFile(file) ? Files.size(file) : 0;
    } catch (final IOException ex) {
      throw new UncheckedIOException("cannot look at " + file, ex);
    }
  }
}
