package io.gavel.adapters.market.flow;

import com.lmax.disruptor.Sequence;
import java.util.concurrent.locks.LockSupport;

/**
 * Reports on their way from the thread that matches to the one that reads: one writer, one reader, flat records that
 * are written in place. The writer publishes as often as it likes; what is published can be read. When the ring is
 * full the writer waits for its reader, or, where it has none of its own, reads itself.
 *
 * <pre>
 *   report   | trade (1 bit) | price in ticks (31 bits) | quantity (u32) |
 *            | sequence of the message (u64)                             |
 *            | order id; of a trade: the resting order's (u64)           |
 *            | of a trade: the incoming order's id; else type, side &lt;&lt; 8 |
 * </pre>
 */
final class ReportRing {

  static final int WORDS = 4;
  static final int SEQUENCE = 1;
  static final int ORDER_ID = 2;
  static final int INCOMING_ID = 3;
  static final int KIND = 3;

  static final int ACCEPTED = 0;
  static final int TRADE = 1;
  static final int CANCELLED = 2;
  static final int MODIFIED = 3;
  static final int CANCEL_REJECTED = 4;
  static final int MODIFY_REJECTED = 5;

  private static final int SPINS_MAX = 10_000;
  private static final long TRADE_BIT = Long.MIN_VALUE;
  private static final long LOTS_MASK = 0xFFFF_FFFFL;
  private static final long TICKS_MASK = 0x7FFF_FFFFL;

  private final long[] words;
  private final int capacity;
  private final ReportReader reader;
  private final boolean isReadElsewhere;

  /** Reports written so far, and how far the writer may go before it looks at {@link #read} again. The writer's. */
  private long written;
  private long limit;

  /** Set by the writer, with release; read by the reader, with acquire. Padded, as is the next. */
  private final Sequence published = new Sequence(0);
  /** Set by the reader, with release; read by the writer, with acquire. */
  private final Sequence read = new Sequence(0);

  /**
   * @param capacity        reports that fit; a power of two
   * @param isReadElsewhere whether another thread calls {@link #poll}; else the writer does
   */
  ReportRing(final int capacity, final ReportReader reader, final boolean isReadElsewhere) {
    if (Integer.bitCount(capacity) != 1) {
      throw new IllegalArgumentException("capacity is no power of two: " + capacity);
    }
    this.words = new long[capacity * WORDS];
    this.capacity = capacity;
    this.limit = capacity;
    this.reader = reader;
    this.isReadElsewhere = isReadElsewhere;
  }

  /** An order came in; or it was modified, after the trades that this caused. */
  void order(final int kind, final long sequence, final boolean isBuy, final long orderId, final int priceTicks,
      final long lots) {
    put(((long) priceTicks << Integer.SIZE) | lots, sequence, orderId, kind | (isBuy ? 0 : 1L << Byte.SIZE));
  }

  void trade(final long sequence, final int priceTicks, final long lots, final long restingId, final long incomingId) {
    put(TRADE_BIT | ((long) priceTicks << Integer.SIZE) | lots, sequence, restingId, incomingId);
  }

  /** What was to be cancelled or modified does not rest. */
  void rejected(final int kind, final long sequence, final long orderId) {
    put(0, sequence, orderId, kind);
  }

  /** Lets the reader see all that was written. */
  void publish() {
    published.set(written);
    if (!isReadElsewhere) {
      poll();
    }
  }

  /** Reads what was published; for the reader's thread. Returns how many reports that were. */
  int poll() {
    final long from = read.get();
    final long to = published.get();
    long next = from;
    while (next < to) {
      final int index = (int) next & (capacity - 1);
      final int records = (int) Math.min(to - next, capacity - index);
      reader.read(words, index * WORDS, records);
      next += records;
    }
    if (to > from) {
      read.set(to);
    }
    return (int) (to - from);
  }

  static int kind(final long[] words, final int at) {
    return words[at] < 0 ? TRADE : (int) (words[at + KIND] & 0xFF);
  }

  static boolean isBuy(final long[] words, final int at) {
    return 0 == words[at + KIND] >>> Byte.SIZE;
  }

  static long priceTicks(final long[] words, final int at) {
    return (words[at] >>> Integer.SIZE) & TICKS_MASK;
  }

  static long lots(final long[] words, final int at) {
    return words[at] & LOTS_MASK;
  }

  /** Spins first, then leaves the core to others: the other thread may be waiting for this one. */
  static void pause(final int spins) {
    if (spins < SPINS_MAX) {
      Thread.onSpinWait();
    } else {
      LockSupport.parkNanos(1);
    }
  }

  private void put(final long first, final long sequence, final long orderId, final long last) {
    if (written == limit) {
      awaitRoom();
    }
    final long[] words = this.words;
    final int at = ((int) written & (capacity - 1)) * WORDS;
    words[at] = first;
    words[at + SEQUENCE] = sequence;
    words[at + ORDER_ID] = orderId;
    words[at + INCOMING_ID] = last;
    written++;
  }

  private void awaitRoom() {
    publish();
    for (int spins = 0; written - read.get() == capacity; spins++) {
      pause(spins);
    }
    limit = read.get() + capacity;
  }
}
