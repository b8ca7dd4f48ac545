package io.gavel.benchmarks.latency;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;
import org.HdrHistogram.SingleWriterRecorder;
import org.jspecify.annotations.Nullable;

/**
 * Writes a stage's histograms: the log, an interval at a time while the stage runs, and the percentiles when it is
 * over. A thread of its own takes the intervals; it sleeps between them.
 */
final class HistogramFiles implements AutoCloseable {

  private static final long INTERVAL_MILLIS = 250;
  /** Values are nanoseconds; the files say microseconds, as is the custom. */
  private static final double SCALE = 1_000.0;
  private static final int TICKS_PER_HALF = 5;

  private final SingleWriterRecorder recorder;
  private final Path folder;
  private final String name;
  private final PrintStream log;
  private final HistogramLogWriter writer;
  private final Histogram total = new Histogram(LatencyEvents.VALUE_NS_MAX, LatencyEvents.DIGITS);
  private final Thread thread = new Thread(this::run, "histogram-log");
  private @Nullable Histogram interval;
  private volatile boolean isOpen = true;

  HistogramFiles(final SingleWriterRecorder recorder, final Path folder, final String name) throws IOException {
    this.recorder = recorder;
    this.folder = folder;
    this.name = name;
    Files.createDirectories(folder);
    log = new PrintStream(Files.newOutputStream(folder.resolve(name + ".hlog")), false, StandardCharsets.UTF_8);
    writer = new HistogramLogWriter(log);
    writer.outputComment("latency from the intended send time, nanoseconds; maxima in microseconds");
    writer.outputLogFormatVersion();
    writer.outputStartTime(System.currentTimeMillis());
    writer.setBaseTime(System.currentTimeMillis());
    writer.outputLegend();
    recorder.reset();
    thread.setDaemon(true);
    thread.start();
  }

  /** All that was recorded; once this is called nothing more is taken. */
  Histogram finish() throws IOException {
    isOpen = false;
    thread.interrupt();
    try {
      thread.join();
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    take();
    log.close();
    try (PrintStream out =
        new PrintStream(Files.newOutputStream(folder.resolve(name + ".hgrm")), false, StandardCharsets.UTF_8)) {
      total.outputPercentileDistribution(out, TICKS_PER_HALF, SCALE);
    }
    return total;
  }

  @Override
  public void close() {
    isOpen = false;
    log.close();
  }

  private void run() {
    while (isOpen) {
      try {
        Thread.sleep(INTERVAL_MILLIS);
      } catch (final InterruptedException e) {
        return;
      }
      take();
    }
  }

  private void take() {
    final Histogram taken = recorder.getIntervalHistogram(interval);
    interval = taken;
    if (taken.getTotalCount() > 0) {
      writer.outputIntervalHistogram(taken);
      total.add(taken);
    }
  }
}
