package io.gavel.engine.journal;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.RollCycles;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.wire.DocumentContext;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Appends records to the queue of one segment and reads each back through the file, not through the mapping that wrote
 * it: on a full disk a store into a mapping can vanish without a word.
 */
final class SegmentWriter implements AutoCloseable {

  /** Bytes of frames that share a record: a few hundred, so that the cost of a record is little for each of them. */
  static final int RECORD_LENGTH_MAX = 64 << 10;
  /** Of a block of the queue's file at most this part is one record. */
  static final int RECORDS_PER_BLOCK = 8;

  private static final Logger LOGGER = System.getLogger("io.gavel.engine.journal");
  private static final int RECORD_HEADER_LENGTH = Integer.BYTES;
  private static final int QUEUE_DATA = 0x4000_0000;
  private static final int LENGTH_MASK = 0x3FFF_FFFF;
  private static final int TRIAL_BLOCK_BYTES = 64 << 10;
  private static final int TRIAL_BYTES = 64;
  private static final int INDEX_COUNT = 8;
  private static final int INDEX_SPACING = 1 << 20;

  static {
    // Before the first use of the queue: it must never phone home.
    System.setProperty("chronicle.analytics.disable", "true");
    System.setProperty("chronicle.disk.monitor.disable", "true");
  }

  private final Path segment;
  private final SingleChronicleQueue queue;
  private final ExcerptAppender appender;
  private final byte[] back = new byte[RECORD_HEADER_LENGTH + RECORD_LENGTH_MAX];
  private final UnsafeBuffer backBuffer = new UnsafeBuffer(back);
  private final RandomAccessFile file;
  private final DiskSync disk;
  private long position;
  private boolean closed;

  SegmentWriter(final Path segment, final int blockBytes, final DiskSync disk) {
    this.segment = segment;
    this.disk = disk;
    // A constant clock: a segment is one file, whatever the time does, so no record can land before an older one.
    queue = SingleChronicleQueueBuilder.binary(segment.toFile()).blockSize(blockBytes)
        .rollCycle(RollCycles.FAST_DAILY).indexCount(INDEX_COUNT).indexSpacing(INDEX_SPACING)
        .timeProvider(() -> 0L).build();
    appender = queue.createAppender();
    appender.singleThreadedCheckDisabled(true);
    // The file exists from the first record on; an empty one that is rolled back makes it exist now.
    try (DocumentContext record = appender.writingDocument()) {
      record.rollbackOnClose();
    }
    final List<Path> files = Segments.queueFiles(segment);
    if (1 != files.size()) {
      throw new IllegalStateException("expected one queue file in " + segment + ": " + files);
    }
    try {
      file = new RandomAccessFile(files.get(0).toFile(), "r");
    } catch (final IOException ex) {
      throw new UncheckedIOException("cannot read back " + segment, ex);
    }
  }

  /** Writes a record to a segment of its own and throws that away: what has been used once is fast the next time. */
  static void tryOut() {
    try {
      final Path folder = Files.createTempDirectory("gavel-journal");
      try (SegmentWriter writer = new SegmentWriter(folder, TRIAL_BLOCK_BYTES, descriptor -> { })) {
        writer.write(new byte[TRIAL_BYTES], TRIAL_BYTES);
      }
      try (Stream<Path> files = Files.list(folder)) {
        for (final Path file : files.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(folder);
    } catch (final IOException | RuntimeException ex) {
      // The real one will say what is wrong.
      LOGGER.log(Level.DEBUG, "a segment could not be tried out", ex);
    }
  }

  Path segment() {
    return segment;
  }

  /** Writes one record and compares what the file now says with what was meant. */
  void write(final byte[] frames, final int length) {
    final DocumentContext record = appender.writingDocument();
    boolean written = false;
    try {
      final var wire = record.wire();
      if (null == wire) {
        throw new IllegalStateException("the queue gives no room in " + segment);
      }
      wire.bytes().write(frames, 0, length);
      written = true;
    } finally {
      if (!written) {
        record.rollbackOnClose();
      }
      record.close();
    }
    readBack(frames, length);
  }

  /** Returns when the disk has confirmed the file. */
  void sync() {
    try {
      disk.sync(file.getFD());
    } catch (final IOException ex) {
      throw new UncheckedIOException("cannot sync " + segment, ex);
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      appender.close();
      queue.close();
      try {
        file.close();
      } catch (final IOException ex) {
        throw new UncheckedIOException("cannot close " + segment, ex);
      }
    }
  }

  private void readBack(final byte[] frames, final int length) {
    int header = read(length);
    while (0 != (header & QUEUE_DATA) && header > 0) {
      position = align(position + RECORD_HEADER_LENGTH + (header & LENGTH_MASK));
      header = read(length);
    }
    if (header != length || !Arrays.equals(
        frames, 0, length, back, RECORD_HEADER_LENGTH, RECORD_HEADER_LENGTH + length)) {
      throw new JournalFault("read back differs from what was written: " + length + " bytes at " + position + " in "
          + segment + ", record header " + Integer.toHexString(header));
    }
    position = align(position + RECORD_HEADER_LENGTH + length);
  }

  private int read(final int length) {
    try {
      file.seek(position);
      final int wanted = RECORD_HEADER_LENGTH + length;
      int total = 0;
      int count = file.read(back, 0, wanted);
      while (count > 0) {
        total += count;
        count = total == wanted ? 0 : file.read(back, total, wanted - total);
      }
      if (total < wanted) {
        Arrays.fill(back, total, wanted, (byte) 0);
      }
    } catch (final IOException ex) {
      throw new UncheckedIOException("cannot read back " + segment, ex);
    }
    return backBuffer.getInt(0, ByteOrder.LITTLE_ENDIAN);
  }

  private static long align(final long at) {
    return (at + RECORD_HEADER_LENGTH - 1) & -RECORD_HEADER_LENGTH;
  }
}
