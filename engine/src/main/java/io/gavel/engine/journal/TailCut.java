package io.gavel.engine.journal;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;

/** Cuts a torn tail off a segment that is not written to any more; what is cut off is kept beside it. */
final class TailCut {

  private static final Logger LOGGER = System.getLogger("io.gavel.engine.journal");
  private static final int KEPT_BYTES_MAX = 1 << 20;
  private static final int RECORD_HEADER_LENGTH = Integer.BYTES;

  private TailCut() {
  }

  static void cut(final SegmentTailer.TornTail tail, final long lastSequence) {
    final Path kept = tail.file().resolveSibling("torn-" + (lastSequence + 1) + ".bin");
    // A record that lost its later frames keeps the sound ones under a shorter length.
    final boolean shorten = tail.insideRecord() && tail.position() > tail.recordPosition() + RECORD_HEADER_LENGTH;
    final long end = shorten ? tail.position() : tail.recordPosition();
    try (RandomAccessFile file = new RandomAccessFile(tail.file().toFile(), "rw")) {
      final byte[] bytes = new byte[(int) Math.min(KEPT_BYTES_MAX, Math.max(0, file.length() - end))];
      file.seek(end);
      file.readFully(bytes);
      Files.write(kept, bytes);
      if (shorten) {
        file.seek(tail.recordPosition());
        file.writeInt(Integer.reverseBytes((int) (end - tail.recordPosition() - RECORD_HEADER_LENGTH)));
      }
      file.setLength(end);
      file.getFD().sync();
    } catch (final IOException ex) {
      throw new UncheckedIOException("cannot cut " + tail.file(), ex);
    }
    LOGGER.log(Level.WARNING, "torn tail cut off {0} at byte {1} behind sequence {2}: {3}; the bytes are in {4}",
        tail.file(), Long.toString(end), Long.toString(lastSequence), tail.reason(), kept);
  }
}
