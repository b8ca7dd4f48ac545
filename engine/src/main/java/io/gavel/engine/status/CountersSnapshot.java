package io.gavel.engine.status;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.CountersReader;

/**
 * The counters of an engine as another process sees them at one moment.
 *
 * @param pid       process of the engine
 * @param alive     whether that process lives
 * @param startedMs when it started, epoch milliseconds
 * @param state     where it is in its life; of a process that is gone: where it was
 * @param counters  all counters in a fixed order
 */
public record CountersSnapshot(long pid, boolean alive, long startedMs, EngineState state, List<Counter> counters) {

  /** One counter. */
  public record Counter(String label, long value) {
  }

  public CountersSnapshot {
    counters = List.copyOf(counters);
  }

  /**
   * Reads the counters in {@code dir}.
   *
   * @throws IOException when there are none, or the file is not one of ours
   */
  public static CountersSnapshot read(final Path dir) throws IOException {
    final Path path = dir.resolve(CountersLayout.FILE);
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      if (channel.size() < CountersLayout.FILE_LENGTH) {
        throw new IOException("not a counters file: " + path);
      }
      final UnsafeBuffer file = new UnsafeBuffer(
          channel.map(FileChannel.MapMode.READ_ONLY, 0, CountersLayout.FILE_LENGTH));
      if (CountersLayout.MAGIC != file.getIntVolatile(CountersLayout.MAGIC_OFFSET)
          || CountersLayout.VERSION != file.getInt(CountersLayout.VERSION_OFFSET)) {
        throw new IOException("not a counters file of this version: " + path);
      }
      return read(file);
    }
  }

  /** The last sequence that the engine of {@code dir} counted, dead or alive; 0 when nobody can tell. */
  public static long lastSequence(final Path dir) {
    try {
      return read(dir).counters().stream().filter(counter -> "sequence".equals(counter.label()))
          .mapToLong(Counter::value).findFirst().orElse(0);
    } catch (final IOException | RuntimeException ex) {
      // Only a share of the way depends on it.
      return 0;
    }
  }

  private static CountersSnapshot read(final UnsafeBuffer file) {
    final CountersReader reader = new CountersReader(
        new UnsafeBuffer(file, CountersLayout.HEADER_LENGTH, CountersLayout.METADATA_LENGTH),
        new UnsafeBuffer(file, CountersLayout.HEADER_LENGTH + CountersLayout.METADATA_LENGTH,
            CountersLayout.VALUES_LENGTH),
        StandardCharsets.US_ASCII);
    final List<Counter> counters = new ArrayList<>();
    reader.forEach((value, id, label) -> counters.add(new Counter(label, value)));
    final long pid = file.getLong(CountersLayout.PID_OFFSET);
    final EngineState state = counters.isEmpty() ? EngineState.UNKNOWN : EngineState.ofCode(counters.get(0).value());
    return new CountersSnapshot(pid, ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false),
        file.getLong(CountersLayout.STARTED_OFFSET), state, counters);
  }
}
