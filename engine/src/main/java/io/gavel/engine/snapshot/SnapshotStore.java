package io.gavel.engine.snapshot;

import java.nio.ByteBuffer;

/**
 * Where snapshots are kept: a way out of the engine, so that a simulated disk can stand behind it. A snapshot is there
 * as a whole or not at all. Failures are {@link java.io.UncheckedIOException}. Any thread, one at a time.
 */
public interface SnapshotStore {

  /** Sequences of the snapshots that were published, newest first. */
  long[] list();

  /** Begins a snapshot that nobody sees until it is published. */
  Draft create(long sequence);

  /** Opens a published snapshot. */
  Stored open(long sequence);

  /** Removes a snapshot; nothing happens when there is none. */
  void delete(long sequence);

  /** What a snapshot is called in messages. */
  String place(long sequence);

  /** A snapshot that is being written. */
  interface Draft extends AutoCloseable {

    /** Appends what remains of {@code bytes}. */
    void write(ByteBuffer bytes);

    /** Has the disk confirm every byte, then shows the snapshot to others in one step, and has that confirmed too. */
    void publish();

    /** Discards what was not published. */
    @Override
    void close();
  }

  /** A snapshot to read from; by two threads at a time when it is a large one. */
  interface Stored extends AutoCloseable {

    long length();

    /** Fills {@code bytes} from {@code position} on as far as there is something; answers how many bytes that were. */
    int read(long position, ByteBuffer bytes);

    @Override
    void close();
  }
}
