package io.gavel.adapters.market.capture;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** A file of a capture, plain or gzip by its first two bytes, and what to say when it cannot be read. */
record CaptureFile(Path path) {

  private static final int CHUNK = 1 << 16;

  /** How messages call it. */
  String name() {
    return path.toString();
  }

  void requireThere() {
    if (!Files.isRegularFile(path)) {
      throw new CaptureException(name() + ": no such file");
    }
  }

  /** Opens the decompressed bytes. */
  InputStream open() {
    requireThere();
    try {
      final BufferedInputStream buffered = new BufferedInputStream(Files.newInputStream(path), CHUNK);
      buffered.mark(2);
      final boolean gzip = 0x1f == buffered.read() && 0x8b == buffered.read();
      buffered.reset();
      return gzip ? new GZIPInputStream(buffered, CHUNK) : buffered;
    } catch (final IOException e) {
      throw unreadable(0, e);
    }
  }

  /** What to say of a failure behind a record. */
  CaptureException unreadable(final long record, final Exception e) {
    final Throwable cause = e instanceof UncheckedIOException && null != e.getCause() ? e.getCause() : e;
    final String where = name() + (0 == record ? "" : " after record " + record) + ": ";
    if (cause instanceof EOFException) {
      return new CaptureException(where + "the compressed data ends in the middle", e);
    }
    return new CaptureException(where + (cause instanceof ZipException ? "the compressed data is damaged: "
        : "cannot be read: ") + cause.getMessage(), e);
  }
}
