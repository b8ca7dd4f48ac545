package io.gavel.adapters.market.flow;

import java.util.Arrays;

/**
 * Messages with their times, on the way to a tape: added order by order, put in the order of time once if they
 * interleave (what was added first comes first), then numbered from 0. One thread.
 */
final class FlowTimeline {

  /** A time and a position share a long: 37 bits of microseconds are a day and a half. */
  private static final int POSITION_BITS = 26;
  private static final long POSITION_MASK = (1L << POSITION_BITS) - 1;

  private long[] timesUs;
  private long[] words;
  private int messages;

  FlowTimeline(final int newOrders) {
    timesUs = new long[2 * newOrders + newOrders / 8 + 8];
    words = new long[timesUs.length * FlowTape.WORDS];
  }

  void add(final long timeUs, final long word, final long orderId, final int priceTicks) {
    if (messages == timesUs.length) {
      timesUs = Arrays.copyOf(timesUs, messages + messages / 2);
      words = Arrays.copyOf(words, timesUs.length * FlowTape.WORDS);
    }
    final int at = messages * FlowTape.WORDS;
    words[at] = word;
    words[at + FlowTape.ORDER_ID] = orderId;
    words[at + FlowTape.PRICE] = priceTicks;
    timesUs[messages++] = timeUs;
  }

  void sort() {
    final long[] keys = new long[messages];
    for (int i = 0; i < messages; i++) {
      keys[i] = (timesUs[i] << POSITION_BITS) | i;
    }
    Arrays.sort(keys);
    final long[] sorted = new long[messages * FlowTape.WORDS];
    for (int i = 0; i < messages; i++) {
      System.arraycopy(words, (int) (keys[i] & POSITION_MASK) * FlowTape.WORDS, sorted, i * FlowTape.WORDS,
          FlowTape.WORDS);
    }
    words = sorted;
  }

  FlowTape tape() {
    for (int i = 0; i < messages; i++) {
      words[i * FlowTape.WORDS + FlowTape.SEQUENCE] = i;
    }
    return FlowTape.of(Arrays.copyOf(words, messages * FlowTape.WORDS), messages);
  }
}
