package io.gavel.benchmarks.peers;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Hands reports from the book's thread to one other, which folds each into a digest. Records are written in place, four
 * words each, and seen by the other thread once they are published; when the ring is full the writer waits, nothing is
 * ever left out.
 */
final class ReportRing implements AutoCloseable {

  private static final int RECORDS = 1 << 12;
  private static final int MASK = RECORDS - 1;
  private static final int SPINS = 1 << 10;
  private static final VarHandle COUNTERS = MethodHandles.arrayElementVarHandle(long[].class);
  /** Where the two counters stand in their array: cache lines apart from each other and from the array's ends. */
  private static final int PUBLISHED = 16;
  private static final int READ = 48;
  private static final int COUNTERS_LENGTH = 64;
  /** In the place of what was published: no more will come. */
  private static final long END = -1;

  private final long[] words = new long[RECORDS * Reports.WORDS];
  /** PUBLISHED is the writer's, READ the reader's; set with release, read by the other with acquire. */
  private final long[] counters = new long[COUNTERS_LENGTH];
  private final Thread reader = new Thread(this::readAll, "reports");
  /** The reader's, until what it has read is seen by the writer. */
  private final ReportDigest digest = new ReportDigest();
  private long written;
  private long limit = RECORDS;

  ReportRing() {
    reader.setDaemon(true);
    reader.start();
  }

  void put(final long word0, final long word1, final long word2, final long word3) {
    if (written == limit) {
      awaitRoom();
    }
    final long[] ring = words;
    final int at = ((int) written & MASK) * Reports.WORDS;
    ring[at] = word0;
    ring[at + 1] = word1;
    ring[at + 2] = word2;
    ring[at + 3] = word3;
    written++;
  }

  void publish() {
    COUNTERS.setRelease(counters, PUBLISHED, written);
  }

  /** Publishes, and waits until the last report has been read. */
  ReportDigest await() {
    publish();
    int spins = 0;
    while (read() < written) {
      pause(spins++);
    }
    return digest;
  }

  /** Begins a pass: the reader rests, so its digest may be emptied; it sees that with the next publication. */
  void clear() {
    await().clear();
  }

  @Override
  public void close() {
    await();
    COUNTERS.setRelease(counters, PUBLISHED, END);
    try {
      reader.join();
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void awaitRoom() {
    publish();
    int spins = 0;
    while (written - read() == RECORDS) {
      pause(spins++);
    }
    limit = read() + RECORDS;
  }

  private long read() {
    return (long) COUNTERS.getAcquire(counters, READ);
  }

  private void readAll() {
    long next = 0;
    int spins = 0;
    long published = (long) COUNTERS.getAcquire(counters, PUBLISHED);
    while (END != published) {
      if (next == published) {
        pause(spins++);
      } else {
        spins = 0;
        fold(next, published);
        next = published;
        COUNTERS.setRelease(counters, READ, next);
      }
      published = (long) COUNTERS.getAcquire(counters, PUBLISHED);
    }
  }

  /** A method of its own, called often: so it is compiled as one, not as the loop of a thread that never returns. */
  private void fold(final long from, final long to) {
    final long[] ring = words;
    for (long next = from; next < to; next++) {
      final int at = ((int) next & MASK) * Reports.WORDS;
      digest.fold(ring[at], ring[at + 1], ring[at + 2], ring[at + 3]);
    }
  }

  /** Spins; on a machine whose processors are taken, lets the other thread run. */
  @SuppressWarnings("ThreadPriorityCheck") // where two threads share one processor, only this lets the other run
  private static void pause(final int spins) {
    if (spins < SPINS) {
      Thread.onSpinWait();
    } else {
      Thread.yield();
    }
  }
}
