package io.gavel.engine.replay;

import io.gavel.engine.journal.JournalTailer;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads and checks frames ahead of who applies them. The first batches are read by the caller's own thread; a journal
 * that goes on longer is read by a second one, so that checking costs the core nothing, and {@code onLong} is told.
 * One thread asks.
 */
final class FrameReader implements AutoCloseable {

  /** A start of this many batches is over before a thread would have paid for itself. */
  private static final int OWN_BATCHES = 8;
  private static final int BATCHES_AHEAD = 8;
  private static final long WAIT_MS = 10;

  private final JournalTailer tailer;
  private final Runnable onLong;
  private final FrameBatch own = new FrameBatch();
  private final BlockingQueue<FrameBatch> filled = new ArrayBlockingQueue<>(BATCHES_AHEAD);
  private final BlockingQueue<FrameBatch> free = new ArrayBlockingQueue<>(BATCHES_AHEAD);
  private @Nullable FrameBatch current;
  private @Nullable Thread thread;
  private int batches;
  /** Set by who asks, read by the thread that reads. */
  private volatile boolean stopping;

  /** {@code tailer} stands on the first frame; it belongs to this reader until that is closed. */
  FrameReader(final JournalTailer tailer, final Runnable onLong) {
    this.tailer = tailer;
    this.onLong = onLong;
  }

  /** The next batch, valid until the next call; not to be called behind the last. */
  FrameBatch next() {
    if (batches++ < OWN_BATCHES) {
      own.fill(tailer);
      return own;
    }
    if (null == thread) {
      start();
    }
    if (null != current) {
      free.add(current);
    }
    final FrameBatch batch = await(filled);
    if (null == batch) {
      throw new IllegalStateException("the thread that reads the journal is gone");
    }
    current = batch;
    return batch;
  }

  /** Behind this the tailer stands where it stopped, and is the caller's again. */
  @Override
  public void close() {
    final Thread reading = thread;
    stopping = true;
    boolean interrupted = false;
    while (null != reading && reading.isAlive()) {
      try {
        reading.join(WAIT_MS);
      } catch (final InterruptedException ex) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void start() {
    onLong.run();
    for (int i = 0; i < BATCHES_AHEAD; i++) {
      free.add(new FrameBatch());
    }
    final Thread reading = new Thread(this::run, "gavel-recovery-reader");
    reading.setDaemon(true);
    thread = reading;
    reading.start();
  }

  private void run() {
    boolean more = true;
    while (more && !stopping) {
      final FrameBatch batch = await(free);
      if (null == batch) {
        return;
      }
      batch.fill(tailer);
      more = !batch.isLast();
      filled.add(batch);
    }
  }

  /** An interrupt is the host's and stays; null: nobody waits for it any more. */
  private @Nullable FrameBatch await(final BlockingQueue<FrameBatch> queue) {
    boolean interrupted = false;
    FrameBatch batch = null;
    while (null == batch && !stopping) {
      try {
        batch = queue.poll(WAIT_MS, TimeUnit.MILLISECONDS);
      } catch (final InterruptedException ex) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return batch;
  }
}
