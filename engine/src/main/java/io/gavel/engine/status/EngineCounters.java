package io.gavel.engine.status;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.AtomicCounter;
import org.agrona.concurrent.status.CountersManager;

/**
 * What an engine counts, in a mapped file that other processes read at no cost to it. Written by the engine's thread
 * only. The mapping is left to the collector: a late writer must never meet unmapped memory.
 */
public final class EngineCounters {

  private final AtomicCounter state;
  private final AtomicCounter sequence;
  private final AtomicCounter engineTimeNs;
  private final AtomicCounter frames;
  private final AtomicCounter events;
  private final AtomicCounter journalBytes;
  private final AtomicCounter backPressured;
  private final AtomicCounter refused;
  private final AtomicCounter clockJumpsRefused;
  private final AtomicCounter deadlinesInjected;
  private final AtomicCounter rulesExamined;
  private final AtomicCounter recoveryMillis;
  private final AtomicCounter degraded;
  private final AtomicCounter usableBytes;

  private EngineCounters(final UnsafeBuffer file) {
    file.putLong(CountersLayout.PID_OFFSET, ProcessHandle.current().pid());
    file.putLong(CountersLayout.STARTED_OFFSET, System.currentTimeMillis());
    file.putInt(CountersLayout.METADATA_LENGTH_OFFSET, CountersLayout.METADATA_LENGTH);
    file.putInt(CountersLayout.VALUES_LENGTH_OFFSET, CountersLayout.VALUES_LENGTH);
    file.putInt(CountersLayout.VERSION_OFFSET, CountersLayout.VERSION);
    final CountersManager manager = new CountersManager(
        new UnsafeBuffer(file, CountersLayout.HEADER_LENGTH, CountersLayout.METADATA_LENGTH),
        new UnsafeBuffer(file, CountersLayout.HEADER_LENGTH + CountersLayout.METADATA_LENGTH,
            CountersLayout.VALUES_LENGTH),
        StandardCharsets.US_ASCII);
    state = manager.newCounter("state");
    sequence = manager.newCounter("sequence");
    engineTimeNs = manager.newCounter("engineTimeNs");
    frames = manager.newCounter("frames applied since launch");
    events = manager.newCounter("events handed out since launch");
    journalBytes = manager.newCounter("journal bytes committed since launch");
    backPressured = manager.newCounter("offers turned away by a full ring");
    refused = manager.newCounter("commands refused at ingress");
    clockJumpsRefused = manager.newCounter("frames for which a clock jump was not followed");
    deadlinesInjected = manager.newCounter("ticks injected for a deadline");
    rulesExamined = manager.newCounter("rules examined");
    recoveryMillis = manager.newCounter("recovery ms");
    degraded = manager.newCounter("no new risk taken (1: degraded)");
    usableBytes = manager.newCounter("bytes the disk has left for the journal");
    // The magic comes last: a reader that sees it sees the rest.
    file.putIntOrdered(CountersLayout.MAGIC_OFFSET, CountersLayout.MAGIC);
  }

  /** Counters in memory, which nobody else can read. */
  public static EngineCounters inMemory() {
    return new EngineCounters(new UnsafeBuffer(ByteBuffer.allocateDirect(CountersLayout.FILE_LENGTH)));
  }

  /** Counters in a new file in {@code dir}. */
  public static EngineCounters in(final Path dir) {
    final Path path = dir.resolve(CountersLayout.FILE);
    try {
      Files.deleteIfExists(path);
      try (FileChannel channel = FileChannel.open(
          path, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
        return new EngineCounters(new UnsafeBuffer(
            channel.map(FileChannel.MapMode.READ_WRITE, 0, CountersLayout.FILE_LENGTH)));
      }
    } catch (final IOException ex) {
      throw new UncheckedIOException("cannot create " + path, ex);
    }
  }

  public void state(final EngineState value) {
    state.setOrdered(value.code());
  }

  public void sequence(final long value) {
    sequence.setOrdered(value);
  }

  public void engineTimeNs(final long value) {
    engineTimeNs.setOrdered(value);
  }

  public void frames(final long value) {
    frames.setOrdered(value);
  }

  public void events(final long value) {
    events.setOrdered(value);
  }

  public void journalBytes(final long value) {
    journalBytes.setOrdered(value);
  }

  public void backPressured(final long value) {
    backPressured.setOrdered(value);
  }

  public void refused(final long value) {
    refused.setOrdered(value);
  }

  public void clockJumpsRefused(final long value) {
    clockJumpsRefused.setOrdered(value);
  }

  public void deadlinesInjected(final long value) {
    deadlinesInjected.setOrdered(value);
  }

  public void rulesExamined(final long value) {
    rulesExamined.setOrdered(value);
  }

  public void recoveryMillis(final long value) {
    recoveryMillis.setOrdered(value);
  }

  public void degraded(final boolean on) {
    degraded.setOrdered(on ? 1 : 0);
  }

  public void usableBytes(final long value) {
    usableBytes.setOrdered(value);
  }

  /** Sequence of the last frame applied; any thread. */
  public long sequence() {
    return sequence.get();
  }

  /** Engine time of the last frame applied; any thread. */
  public long engineTimeNs() {
    return engineTimeNs.get();
  }
}
