package io.gavel.adapters.cli.pipe;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads lines on a thread of its own, so that the engine's thread can wait for a line and for time at once. Bounded:
 * when the engine does not keep up, the writer of the input waits.
 */
final class ReadAhead {

  private static final int LINES_MAX = 256;

  private final LineReader reader;
  private final BlockingQueue<InputLine> queue = new ArrayBlockingQueue<>(LINES_MAX);
  /** Written by the reading thread before it puts END, read by the engine's thread after it took END. */
  private volatile @Nullable IOException failure;

  private ReadAhead(final InputStream input) {
    reader = new LineReader(input);
  }

  static ReadAhead start(final InputStream input) {
    final ReadAhead ahead = new ReadAhead(input);
    final Thread thread = new Thread(ahead::read, "gavel-stdin");
    thread.setDaemon(true);
    thread.start();
    return ahead;
  }

  /** The next line, {@link InputLine#END} for ever after the last, or null when none came in time. */
  @Nullable InputLine next(final long millis) throws InterruptedException {
    return queue.poll(millis, TimeUnit.MILLISECONDS);
  }

  boolean isEmpty() {
    return queue.isEmpty();
  }

  Optional<IOException> failure() {
    return Optional.ofNullable(failure);
  }

  private void read() {
    try {
      readLines();
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void readLines() throws InterruptedException {
    InputLine line = null;
    while (InputLine.END != line) {
      try {
        line = reader.next();
      } catch (final IOException e) {
        failure = e;
        line = InputLine.END;
      }
      queue.put(line);
    }
  }
}
