package io.gavel.adapters.market.capture;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/** Writes captures of a few lines into a folder and checks them. */
record CaptureText(Path folder) {

  Path write(final String name, final String... lines) {
    return write(name, (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
  }

  Path write(final String name, final byte[] bytes) {
    try {
      return Files.write(folder.resolve(name), bytes);
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  CaptureReport check(final CaptureFormat format, final String... lines) {
    return CaptureCheck.run(write("capture", lines), format);
  }

  /** What the check says when it gives up. */
  String refusal(final CaptureFormat format, final String... lines) {
    final Path file = write("capture", lines);
    return refusal(format, file);
  }

  static String refusal(final CaptureFormat format, final Path file) {
    return String.valueOf(assertThrows(CaptureException.class, () -> CaptureCheck.run(file, format)).getMessage());
  }

  static byte[] gzip(final String text) {
    final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
