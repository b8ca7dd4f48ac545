package io.gavel.engine.status;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Keeps the faults of an engine beside its journal, and tells the platform's logger. */
public final class ErrorLog {

  private static final Logger LOGGER = System.getLogger("io.gavel.engine");
  private static final String FILE = "error.log";

  private final @Nullable Path path;

  /** Without a directory only the logger is told. */
  public ErrorLog(final @Nullable Path dir) {
    path = null == dir ? null : dir.resolve(FILE);
  }

  /** Never throws: a fault must not hide another. */
  public void record(final long sequence, final Throwable fault) {
    LOGGER.log(Level.ERROR, "engine halted behind sequence " + sequence, fault);
    if (null != path) {
      final StringWriter text = new StringWriter();
      text.append("halted behind sequence ").append(Long.toString(sequence)).append('\n');
      fault.printStackTrace(new PrintWriter(text));
      try {
        Files.writeString(
            path, text.toString(), StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      } catch (final IOException ex) {
        LOGGER.log(Level.ERROR, "cannot write " + path, ex);
      }
    }
  }
}
