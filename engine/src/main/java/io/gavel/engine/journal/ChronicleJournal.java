package io.gavel.engine.journal;

import io.gavel.codecs.FrameDescriptor;
import io.gavel.codecs.FrameFlyweight;
import io.gavel.codecs.Invariants;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A journal in Chronicle Queue files. Frames are gathered into records of up to 64 KiB, each record is read back
 * through the file before its commit returns. Every launch writes segments of its own and never opens an older one for
 * writing; reading goes through our own bounds-checked walk of the files. One writing thread.
 */
public final class ChronicleJournal implements Journal {

  /** Where in an engine's directory the journal is. */
  public static final String FOLDER = "journal";

  private final Path root;
  private final int blockBytes;
  private final long segmentBytes;
  private final DiskSync disk;
  private final byte[] record;
  private final List<Path> unsealed = new ArrayList<>();
  private int recordLength;
  private long recordFirstSequence;
  private @Nullable SegmentWriter writer;
  private long segmentLength;
  private long appendedSequence;
  private long lastSequence;
  private long committedBytes;
  private boolean resumed;
  private boolean failed;
  private boolean closed;

  /** No file is touched before {@link #resume}. */
  public ChronicleJournal(final Path dir, final int blockBytes, final long segmentBytes) {
    this(dir, blockBytes, segmentBytes, DiskSync.SYSTEM);
  }

  ChronicleJournal(final Path dir, final int blockBytes, final long segmentBytes, final DiskSync disk) {
    this.disk = disk;
    this.root = dir.resolve(FOLDER);
    this.blockBytes = blockBytes;
    this.segmentBytes = segmentBytes;
    record = new byte[Math.min(SegmentWriter.RECORD_LENGTH_MAX, blockBytes / SegmentWriter.RECORDS_PER_BLOCK)];
  }

  /** Reads the journal of {@code dir}, which may be live, without ever writing to it; null when there is none. */
  public static @Nullable JournalTailer follow(final Path dir) {
    return follow(dir, JournalPosition.START);
  }

  /** As {@link #follow(Path)}, from behind {@code position} on; see {@link Journal#tailer(JournalPosition)}. */
  public static @Nullable JournalTailer follow(final Path dir, final JournalPosition position) {
    final Path root = Segments.locate(dir);
    return null == root ? null : new SegmentTailer(root, true, position);
  }

  /** Whether {@code dir} holds a journal, or is one. */
  public static boolean exists(final Path dir) {
    return null != Segments.locate(dir);
  }

  /** Has the disk confirm what the journal of {@code dir} holds now, whoever writes it. */
  public static void syncAll(final Path dir) {
    final Path root = Segments.locate(dir);
    if (null != root) {
      Segments.list(root).forEach(Segments::syncFiles);
    }
  }

  @Override
  public JournalTailer tailer() {
    return new SegmentTailer(root, resumed);
  }

  @Override
  public JournalPosition begin() {
    final JournalPosition dropped = Retained.read(root);
    return null == dropped ? JournalPosition.START : dropped;
  }

  @Override
  public JournalTailer tailer(final JournalPosition position) {
    return new SegmentTailer(root, resumed, position);
  }

  /** A sealed segment was confirmed before it was sealed; the others are confirmed now. */
  @Override
  public void confirm(final DurabilityLevel level) {
    if (DurabilityLevel.PROCESS == level) {
      return;
    }
    final List<Path> segments = Segments.list(root);
    for (final Path segment : segments) {
      if (!Seal.exists(segment)) {
        Segments.queueFiles(segment).forEach(this::sync);
        Segments.sync(segment);
      }
    }
    if (!segments.isEmpty()) {
      Segments.syncWithParents(root);
    }
  }

  @Override
  public void resume(final JournalTailer recovered) {
    Invariants.check(!resumed && !closed, "a journal is resumed once");
    final SegmentTailer tailer = (SegmentTailer) recovered;
    final SegmentTailer.TornTail torn = tailer.torn();
    tailer.close();
    if (null != torn) {
      TailCut.cut(torn, tailer.sequence());
    }
    for (final Path segment : Segments.list(root)) {
      if (!Seal.exists(segment)) {
        Segments.queueFiles(segment).forEach(this::sync);
        Seal.write(segment);
      }
    }
    lastSequence = tailer.sequence();
    appendedSequence = lastSequence;
    resumed = true;
  }

  /** The queue takes about a second to load its classes: as long as a million commands take to replay. */
  @Override
  public void prepare() {
    final Thread thread = new Thread(SegmentWriter::tryOut, "gavel-journal-preparation");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void append(final DirectBuffer buffer, final int offset, final int length) {
    Invariants.check(resumed && !closed && !failed, "the journal takes nothing");
    Invariants.check(length > 0 && length <= FrameDescriptor.FRAME_LENGTH_MAX, "frame length", length, 0);
    final long sequence = FrameFlyweight.sequenceOf(buffer, offset);
    Invariants.check(sequence == appendedSequence + 1, "sequence must follow", sequence, appendedSequence);
    if (recordLength + length > record.length) {
      flush();
    }
    if (0 == recordLength) {
      recordFirstSequence = sequence;
    }
    buffer.getBytes(offset, record, recordLength, length);
    recordLength += length;
    appendedSequence = sequence;
  }

  @Override
  public void commit(final DurabilityLevel level) {
    Invariants.check(resumed && !closed && !failed, "the journal takes nothing");
    flush();
    final SegmentWriter segment = writer;
    Invariants.check(DurabilityLevel.DISK.covers(level), "this journal cannot give the level: strongest, asked for",
        DurabilityLevel.DISK.ordinal(), level.ordinal());
    if (DurabilityLevel.DISK == level && null != segment && lastSequence != appendedSequence) {
      failed = true;
      segment.sync();
      failed = false;
    }
    lastSequence = appendedSequence;
  }

  @Override
  public long lastSequence() {
    return lastSequence;
  }

  @Override
  public long committedBytes() {
    return committedBytes;
  }

  /** A sound journal is safe on disk and sealed afterwards. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    final SegmentWriter segment = writer;
    if (null != segment) {
      try {
        if (!failed) {
          segment.sync();
        }
      } finally {
        segment.close();
      }
    }
    if (!failed) {
      unsealed.forEach(Seal::write);
    }
  }

  private void flush() {
    if (0 == recordLength) {
      return;
    }
    // Until the record has been read back nothing here can be trusted; a throw leaves it so.
    failed = true;
    final SegmentWriter segment = roomy();
    segment.write(record, recordLength);
    segmentLength += recordLength;
    committedBytes += recordLength;
    recordLength = 0;
    failed = false;
  }

  private SegmentWriter roomy() {
    final SegmentWriter current = writer;
    if (null != current && segmentLength + recordLength <= segmentBytes) {
      return current;
    }
    if (null != current) {
      current.sync();
      current.close();
    }
    final Path path = Segments.create(root, recordFirstSequence);
    final SegmentWriter next = new SegmentWriter(path, blockBytes, disk);
    Segments.sync(path);
    Segments.syncWithParents(root);
    unsealed.add(path);
    writer = next;
    segmentLength = 0;
    return next;
  }

  private void sync(final Path file) {
    try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "r")) {
      disk.sync(raw.getFD());
    } catch (final IOException ex) {
      throw new UncheckedIOException("cannot sync " + file, ex);
    }
  }
}
