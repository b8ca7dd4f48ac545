package io.gavel.engine.book;

import io.gavel.codecs.Invariants;
import io.gavel.codecs.sbe.Side;
import io.gavel.risk.price.TickPages;

/**
 * The rows of all live orders of an engine, in flat arrays, and the index from order id to row. A row's number, its
 * slot, is a key that others may use for facts of their own while the order lives; it means nothing beyond that. Also
 * owns what the books share: level rows and tick pages, of which there are as many as orders. One thread.
 *
 * <pre>
 *   facts (longs)  | orderId | account | openLots |
 *   links (ints)   | next | previous | level | price, negative for a sell |
 *   kinds (bytes)  | plain, iceberg or hidden |
 * </pre>
 */
public final class OrderPool {

  /** No order. */
  public static final int NULL_SLOT = -1;

  private static final int FACTS = 3;
  private static final int ACCOUNT = 1;
  private static final int OPEN_LOTS = 2;
  private static final int LINKS = 4;
  private static final int PREVIOUS = 1;
  private static final int LEVEL = 2;
  private static final int PRICE = 3;
  private static final int LEVEL_OF_FREE_SLOT = -2;
  private static final byte PLAIN = 0;
  private static final byte ICEBERG = 1;
  private static final byte HIDDEN = 2;

  private final int capacity;
  private final long[] facts;
  private final int[] links;
  private final byte[] kinds;
  private final HiddenLots hiddenLots;
  private final OrderIndex index;
  private final PriceLevels levels;
  private final TickPages pages;
  private int freeHead;
  private int size;

  /** Room for {@code ordersMax} live orders, resting or not. */
  public OrderPool(final int ordersMax) {
    if (ordersMax <= 0 || ordersMax > 1 << 24) {
      throw new IllegalArgumentException("ordersMax out of range: " + ordersMax);
    }
    capacity = ordersMax;
    facts = new long[FACTS * ordersMax];
    links = new int[LINKS * ordersMax];
    kinds = new byte[ordersMax];
    hiddenLots = new HiddenLots(ordersMax);
    index = new OrderIndex(ordersMax);
    levels = new PriceLevels(ordersMax);
    pages = new TickPages(ordersMax);
    for (int slot = 0; slot < ordersMax; slot++) {
      links[LINKS * slot] = slot + 1 < ordersMax ? slot + 1 : NULL_SLOT;
      links[LINKS * slot + LEVEL] = LEVEL_OF_FREE_SLOT;
    }
  }

  /**
   * Takes a row for an order that is not in the pool yet. A market buy by quote amount has no lots of its own: 0.
   *
   * @return its slot, or {@link #NULL_SLOT} when the pool is full
   */
  public int claim(
      final long orderId, final long account, final Side side, final int limitTicks, final long openLots) {
    Invariants.check(limitTicks > 0 && openLots >= 0, "order out of range: ticks, lots", limitTicks, openLots);
    Invariants.check(NULL_SLOT == slotOf(orderId), "order id is live already");
    final int slot = freeHead;
    if (NULL_SLOT == slot) {
      return NULL_SLOT;
    }
    index.add(orderId, slot);
    freeHead = links[LINKS * slot];
    facts[FACTS * slot] = orderId;
    facts[FACTS * slot + ACCOUNT] = account;
    facts[FACTS * slot + OPEN_LOTS] = openLots;
    links[LINKS * slot] = NULL_SLOT;
    links[LINKS * slot + PREVIOUS] = NULL_SLOT;
    links[LINKS * slot + LEVEL] = PriceLevels.NULL_LEVEL;
    links[LINKS * slot + PRICE] = Side.BUY == side ? limitTicks : -limitTicks;
    kinds[slot] = PLAIN;
    size++;
    return slot;
  }

  /** Gives the row of an order back that rests in no book; its slot and id are free again. */
  public void release(final int slot) {
    checkLoose(slot);
    index.remove(facts[FACTS * slot], slot);
    links[LINKS * slot + LEVEL] = LEVEL_OF_FREE_SLOT;
    links[LINKS * slot] = freeHead;
    freeHead = slot;
    size--;
  }

  /** Gives an order that rests in no book another price and size: the middle of an amend that loses priority. */
  public void reprice(final int slot, final int limitTicks, final long openLots) {
    checkLoose(slot);
    Invariants.check(limitTicks > 0 && openLots >= 0, "order out of range: ticks, lots", limitTicks, openLots);
    links[LINKS * slot + PRICE] = links[LINKS * slot + PRICE] > 0 ? limitTicks : -limitTicks;
    facts[FACTS * slot + OPEN_LOTS] = openLots;
  }

  /**
   * Makes an order that rests in no book an iceberg: it takes with its whole size, and where it rests shows at most
   * {@code displayLots} of it. When that peak is used up, the next one stands behind all shown orders at its price.
   */
  public void display(final int slot, final long displayLots) {
    checkLoose(slot);
    Invariants.check(displayLots > 0 && HIDDEN != kinds[slot],
        "shows nothing, or is hidden: display lots, slot", displayLots, slot);
    kinds[slot] = ICEBERG;
    hiddenLots.displayLots(slot, displayLots);
  }

  /** Makes an order that rests in no book a hidden one: it shows nothing and yields to all shown ones at its price. */
  public void hide(final int slot) {
    checkLoose(slot);
    Invariants.check(PLAIN == kinds[slot], "order is an iceberg or hidden already");
    kinds[slot] = HIDDEN;
  }

  /** Most lots that an iceberg shows at a time; 0 for any other order. */
  public long displayLots(final int slot) {
    return isIceberg(slot) ? hiddenLots.displayLots(slot) : 0;
  }

  /** Whether it shows nothing. */
  public boolean isHidden(final int slot) {
    return HIDDEN == kinds[slot];
  }

  /** Open lots that everyone may see: of an iceberg the peak, which is none before it rests; of a hidden order none. */
  public long shownLots(final int slot) {
    return isPlain(slot) ? openLots(slot) : isHidden(slot) ? 0 : hiddenLots.peakLots(slot);
  }

  /** Slot of a live order, or {@link #NULL_SLOT}. */
  public int slotOf(final long orderId) {
    return index.slotOf(orderId, this);
  }

  public long orderId(final int slot) {
    return facts[FACTS * slot];
  }

  public long account(final int slot) {
    return facts[FACTS * slot + ACCOUNT];
  }

  public Side side(final int slot) {
    return isBuy(slot) ? Side.BUY : Side.SELL;
  }

  public int priceTicks(final int slot) {
    return Math.abs(links[LINKS * slot + PRICE]);
  }

  /** Lots not filled yet; 0 once it is filled, or cancelled by self-trade prevention. */
  public long openLots(final int slot) {
    return facts[FACTS * slot + OPEN_LOTS];
  }

  /** Whether it stands in a book. */
  public boolean isResting(final int slot) {
    return links[LINKS * slot + LEVEL] > PriceLevels.NULL_LEVEL;
  }

  /** Whether the slot holds an order, resting or not. */
  public boolean isClaimed(final int slot) {
    return LEVEL_OF_FREE_SLOT != links[LINKS * slot + LEVEL];
  }

  /** Live orders. */
  public int size() {
    return size;
  }

  public int capacity() {
    return capacity;
  }

  /** Neither an iceberg nor hidden. */
  boolean isPlain(final int slot) {
    return PLAIN == kinds[slot];
  }

  boolean isIceberg(final int slot) {
    return ICEBERG == kinds[slot];
  }

  /** Lots that trade before the order behind gets its turn. */
  long lotsInTurn(final int slot) {
    return isIceberg(slot) ? hiddenLots.peakLots(slot) : openLots(slot);
  }

  HiddenLots hiddenLots() {
    return hiddenLots;
  }

  boolean isBuy(final int slot) {
    return links[LINKS * slot + PRICE] > 0;
  }

  void openLots(final int slot, final long lots) {
    facts[FACTS * slot + OPEN_LOTS] = lots;
  }

  int next(final int slot) {
    return links[LINKS * slot];
  }

  void next(final int slot, final int next) {
    links[LINKS * slot] = next;
  }

  int previous(final int slot) {
    return links[LINKS * slot + PREVIOUS];
  }

  void previous(final int slot, final int previous) {
    links[LINKS * slot + PREVIOUS] = previous;
  }

  int level(final int slot) {
    return links[LINKS * slot + LEVEL];
  }

  void level(final int slot, final int level) {
    links[LINKS * slot + LEVEL] = level;
  }

  PriceLevels levels() {
    return levels;
  }

  TickPages pages() {
    return pages;
  }

  private void checkLoose(final int slot) {
    Invariants.check(PriceLevels.NULL_LEVEL == links[LINKS * slot + LEVEL],
        "order is free or rests in a book: slot, level", slot, links[LINKS * slot + LEVEL]);
  }
}
