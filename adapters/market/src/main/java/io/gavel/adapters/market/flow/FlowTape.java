package io.gavel.adapters.market.flow;

import java.util.Arrays;

/**
 * An order flow in memory: the messages of a tape as they stand in its file, five words each, checked. Immutable once
 * built, any thread.
 *
 * <pre>
 *   header    | magic (u64) | version (u32) | messages (u32) |
 *   message   | type (u8) | side (u8) | ioc (u8) | pad (u8) | quantity (u32) |   type: 0 new, 1 cancel, 2 modify
 *             | sequence (u64)                                               |   side: 0 buy, 1 sell
 *             | order id (u64)                                               |
 *             | price in ticks (i64)                                         |
 *             | reserved (i64)                                               |   little endian
 * </pre>
 *
 * <p>Quantity and price of a cancel mean nothing; of others they are 1 to 2^32 - 1 and 1 to 2^31 - 1. Only a new order
 * can be immediate-or-cancel. Sequence numbers and order ids are any unsigned longs; reserved bits are not looked at.
 */
public final class FlowTape {

  /** A new order. */
  public static final int NEW = 0;
  /** A cancel: of what rests, else it is rejected. */
  public static final int CANCEL = 1;
  /** A modify: the order leaves the book and comes again with another price and quantity. */
  public static final int MODIFY = 2;
  /** Most messages of a tape. */
  public static final int MESSAGES_MAX = 50_000_000;

  static final long MAGIC = 0x4D4542575F303031L;
  static final int VERSION = 1;
  static final int HEADER_LENGTH = 16;
  static final int MESSAGE_LENGTH = 40;
  static final int WORDS = MESSAGE_LENGTH / Long.BYTES;
  static final int SEQUENCE = 1;
  static final int ORDER_ID = 2;
  static final int PRICE = 3;

  private static final int IOC_SHIFT = 16;
  private static final long BYTE = 0xFF;

  private final long[] words;
  private final int messages;
  private final int newOrders;
  private final int liveOrdersMax;

  private FlowTape(final long[] words, final int messages) {
    this.words = words;
    this.messages = messages;
    int count = 0;
    for (int i = 0; i < messages; i++) {
      check(words, i);
      count += NEW == type(words[i * WORDS]) ? 1 : 0;
    }
    newOrders = count;
    liveOrdersMax = LiveOrders.atMost(words, messages, count);
  }

  /**
   * A tape of words laid out as in the file; it keeps the array.
   *
   * @throws FlowTapeException with the number of the first record that breaks the rules
   */
  static FlowTape of(final long[] words, final int messages) {
    return new FlowTape(words, messages);
  }

  /** How many messages. */
  public int messages() {
    return messages;
  }

  /** How many of them are new orders. */
  public int newOrders() {
    return newOrders;
  }

  /** No fewer orders than are ever live at once: what a pool must hold. Fills only make it fewer. */
  public int liveOrdersMax() {
    return liveOrdersMax;
  }

  /** {@link #NEW}, {@link #CANCEL} or {@link #MODIFY}. */
  public int type(final int message) {
    return type(words[message * WORDS]);
  }

  public boolean isBuy(final int message) {
    return isBuy(words[message * WORDS]);
  }

  public boolean isIoc(final int message) {
    return isIoc(words[message * WORDS]);
  }

  public long quantityLots(final int message) {
    return quantityLots(words[message * WORDS]);
  }

  /** Unsigned. */
  public long sequence(final int message) {
    return words[message * WORDS + SEQUENCE];
  }

  /** Unsigned. */
  public long orderId(final int message) {
    return words[message * WORDS + ORDER_ID];
  }

  /** Fits an int, but on a cancel, where it means nothing. */
  public long priceTicks(final int message) {
    return words[message * WORDS + PRICE];
  }

  @Override
  public boolean equals(final Object other) {
    return other instanceof FlowTape tape && messages == tape.messages
        && Arrays.equals(words, 0, messages * WORDS, tape.words, 0, messages * WORDS);
  }

  @Override
  public int hashCode() {
    return messages;
  }

  long[] words() {
    return words;
  }

  static int type(final long word) {
    return (int) (word & BYTE);
  }

  static boolean isBuy(final long word) {
    return 0 == (word & (BYTE << Byte.SIZE));
  }

  static boolean isIoc(final long word) {
    return 0 != (word & (BYTE << IOC_SHIFT));
  }

  static long quantityLots(final long word) {
    return word >>> Integer.SIZE;
  }

  /** The first word of a message. */
  static long word(final int type, final boolean isBuy, final boolean isIoc, final long quantityLots) {
    return (quantityLots << Integer.SIZE) | (isIoc ? 1L << IOC_SHIFT : 0) | (isBuy ? 0 : 1L << Byte.SIZE) | type;
  }

  private static void check(final long[] words, final int message) {
    final long word = words[message * WORDS];
    final int type = type(word);
    final long priceTicks = words[message * WORDS + PRICE];
    final long side = (word >>> Byte.SIZE) & BYTE;
    final long ioc = (word >>> IOC_SHIFT) & BYTE;
    final boolean holds = type <= MODIFY && side <= 1 && ioc <= (NEW == type ? 1 : 0)
        && (CANCEL == type || (priceTicks > 0 && priceTicks <= Integer.MAX_VALUE && 0 != quantityLots(word)));
    if (!holds) {
      throw new FlowTapeException(message + 1L, fault(type, side, ioc, quantityLots(word), priceTicks));
    }
  }

  private static String fault(
      final int type, final long side, final long ioc, final long quantityLots, final long priceTicks) {
    if (type > MODIFY) {
      return "type " + type + ", expected 0 (new), 1 (cancel) or 2 (modify)";
    }
    if (side > 1) {
      return "side " + side + ", expected 0 (buy) or 1 (sell)";
    }
    if (ioc > 1) {
      return "ioc " + ioc + ", expected 0 or 1";
    }
    if (1 == ioc && NEW != type) {
      return "ioc 1 on a cancel or modify, expected 0: only a new order is immediate-or-cancel";
    }
    return 0 == quantityLots
        ? "quantity 0, expected 1 or more"
        : "price " + priceTicks + " ticks, expected 1 to " + Integer.MAX_VALUE;
  }
}
