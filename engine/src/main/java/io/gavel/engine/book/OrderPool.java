package io.gavel.engine.book;

import io.gavel.codecs.Invariants;
import io.gavel.codecs.sbe.Side;
import io.gavel.risk.price.TickPages;
import java.util.Arrays;

/**
 * The rows of all live orders of an engine, in flat arrays, and the index from order id to row. A row's number, its
 * slot, is a key that others may use for facts of their own while the order lives; it means nothing beyond that. Also
 * owns what the books share: queues, level rows and tick pages, for as many levels as orders. Grown only by
 * {@link #grow}. One thread.
 *
 * <pre>
 *   row (longs)   | orderId | account, or next free slot | openLots | state |     two to a cache line, never across
 *   state         | price, negative for a sell (32 bits) | spare (3) | grouped (1) | kind (2) | place (26) |
 *   kind          0 plain, 1 iceberg, 2 hidden
 *   place         0: free slot, 1: at no level, 2 + level: resting
 * </pre>
 */
public final class OrderPool {

  /** No order. */
  public static final int NULL_SLOT = -1;
  /** Most orders that a pool can be made or grown for: an index entry has 24 bits for the slot. */
  public static final int ORDERS_MAX = 1 << 24;

  private static final int ROW = 4;
  private static final int ACCOUNT = 1;
  private static final int OPEN_LOTS = 2;
  private static final int STATE = 3;
  /** The words of an array start 16 bytes behind a line where large arrays do: two more, and no row straddles one. */
  private static final int FIRST_ROW = 2;

  private static final long PLACE_MASK = (1L << 26) - 1;
  private static final long LOOSE = 1;
  private static final int LEVEL_ZERO = 2;
  private static final long SPOT_MASK = (1L << 32) - 1;
  private static final long KIND_MASK = 3L << 26;
  private static final long ICEBERG = 1L << 26;
  private static final long HIDDEN = 2L << 26;
  private static final long GROUPED = 1L << 28;

  private final OrderIndex index;
  private final OrderQueues queues;
  private final PriceLevels levels;
  private final HiddenLots hiddenLots;
  private final TickPages pages;
  private long[] rows;
  /** Cold: self-trade groups, valid where the row says so. */
  private long[] groups;
  private int capacity;
  private int freeHead = NULL_SLOT;
  private int size;

  /** Room for {@code ordersMax} live orders, resting or not. */
  public OrderPool(final int ordersMax) {
    if (ordersMax <= 0 || ordersMax > ORDERS_MAX) {
      throw new IllegalArgumentException("ordersMax out of range: " + ordersMax);
    }
    capacity = ordersMax;
    rows = new long[FIRST_ROW + ROW * ordersMax];
    groups = new long[ordersMax];
    index = new OrderIndex(ordersMax);
    queues = new OrderQueues(ordersMax);
    levels = new PriceLevels(ordersMax, queues);
    hiddenLots = new HiddenLots(ordersMax);
    pages = new TickPages(ordersMax);
    free(0);
  }

  /**
   * Makes room for more live orders, between two commands: allocates anew and copies, so it takes as long as there is
   * memory to copy. Slots, queues and books stay as they are.
   */
  public void grow(final int ordersMax) {
    if (ordersMax < capacity || ordersMax > ORDERS_MAX) {
      throw new IllegalArgumentException("ordersMax out of range: " + ordersMax + ", now " + capacity);
    }
    index.grow(ordersMax, this);
    queues.grow(ordersMax);
    levels.grow(ordersMax);
    hiddenLots.grow(ordersMax);
    pages.grow(ordersMax);
    rows = Arrays.copyOf(rows, FIRST_ROW + ROW * ordersMax);
    groups = Arrays.copyOf(groups, ordersMax);
    final int firstNew = capacity;
    capacity = ordersMax;
    free(firstNew);
  }

  /**
   * Takes a row for an order that is not in the pool yet. A market buy by quote amount has no lots of its own: 0.
   *
   * @return its slot, or {@link #NULL_SLOT} when the pool is full
   */
  public int claim(
      final long orderId, final long account, final Side side, final int limitTicks, final long openLots) {
    Invariants.check(limitTicks > 0 && openLots >= 0, "order out of range: ticks, lots", limitTicks, openLots);
    final int slot = freeHead;
    if (NULL_SLOT == slot) {
      Invariants.check(NULL_SLOT == slotOf(orderId), "order id is live already");
      return NULL_SLOT;
    }
    Invariants.check(index.add(orderId, slot, this), "order id is live already");
    final int row = row(slot);
    freeHead = (int) rows[row + ACCOUNT];
    rows[row] = orderId;
    rows[row + ACCOUNT] = account;
    rows[row + OPEN_LOTS] = openLots;
    rows[row + STATE] = (long) (Side.BUY == side ? limitTicks : -limitTicks) << Integer.SIZE | LOOSE;
    size++;
    return slot;
  }

  /** Gives the row of an order back that rests in no book; its slot and id are free again. */
  public void release(final int slot) {
    checkLoose(slot);
    final int row = row(slot);
    index.remove(rows[row], slot, this);
    rows[row + ACCOUNT] = freeHead;
    rows[row + STATE] = 0;
    freeHead = slot;
    size--;
  }

  /** Gives an order that rests in no book another price and size: the middle of an amend that loses priority. */
  public void reprice(final int slot, final int limitTicks, final long openLots) {
    checkLoose(slot);
    Invariants.check(limitTicks > 0 && openLots >= 0, "order out of range: ticks, lots", limitTicks, openLots);
    final int row = row(slot);
    final long state = rows[row + STATE];
    rows[row + STATE] = (long) (state > 0 ? limitTicks : -limitTicks) << Integer.SIZE | (state & SPOT_MASK);
    rows[row + OPEN_LOTS] = openLots;
  }

  /**
   * Makes an order that rests in no book an iceberg: it takes with its whole size, and where it rests shows at most
   * {@code displayLots} of it. When that peak is used up, the next one stands behind all shown orders at its price.
   */
  public void display(final int slot, final long displayLots) {
    checkLoose(slot);
    Invariants.check(displayLots > 0 && !isHidden(slot),
        "shows nothing, or is hidden: display lots, slot", displayLots, slot);
    rows[row(slot) + STATE] |= ICEBERG;
    hiddenLots.displayLots(slot, displayLots);
  }

  /** Makes an order that rests in no book a hidden one: it shows nothing and yields to all shown ones at its price. */
  public void hide(final int slot) {
    checkLoose(slot);
    Invariants.check(isPlain(slot), "order is an iceberg or hidden already");
    rows[row(slot) + STATE] |= HIDDEN;
  }

  /** Puts an order among those of a group, none of which trades with another; 0: its account stands alone. */
  public void group(final int slot, final long stpGroup) {
    Invariants.check(isClaimed(slot) && stpGroup >= 0, "order is free, or no group: slot, group", slot, stpGroup);
    final int row = row(slot);
    rows[row + STATE] = 0 == stpGroup ? rows[row + STATE] & ~GROUPED : rows[row + STATE] | GROUPED;
    groups[slot] = stpGroup;
  }

  /** Whom an account counts as in self-trade prevention: itself, or its group. */
  public static long owner(final long account, final long stpGroup) {
    return 0 == stpGroup ? account : ~stpGroup;
  }

  /** Most lots that an iceberg shows at a time; 0 for any other order. */
  public long displayLots(final int slot) {
    return isIceberg(slot) ? hiddenLots.displayLots(slot) : 0;
  }

  /** Whether it shows nothing. */
  public boolean isHidden(final int slot) {
    return HIDDEN == (rows[row(slot) + STATE] & KIND_MASK);
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
    return rows[row(slot)];
  }

  public long account(final int slot) {
    return rows[row(slot) + ACCOUNT];
  }

  public Side side(final int slot) {
    return isBuy(slot) ? Side.BUY : Side.SELL;
  }

  public int priceTicks(final int slot) {
    return Math.abs((int) (rows[row(slot) + STATE] >> Integer.SIZE));
  }

  /** Lots not filled yet; 0 once it is filled, or cancelled by self-trade prevention. */
  public long openLots(final int slot) {
    return rows[row(slot) + OPEN_LOTS];
  }

  /** Whether it stands in a book. */
  public boolean isResting(final int slot) {
    return place(slot) >= LEVEL_ZERO;
  }

  /** Whether the slot holds an order, resting or not. */
  public boolean isClaimed(final int slot) {
    return 0 != place(slot);
  }

  /** Live orders. */
  public int size() {
    return size;
  }

  public int capacity() {
    return capacity;
  }

  /** What matching and queueing touch of an order, the row of a level of its own included. */
  public long hotBytesPerOrder() {
    return ((long) Long.BYTES * rows.length + queues.bytes() + levels.bytes()) / capacity;
  }

  /** What finds an order by its id. */
  public long indexBytesPerOrder() {
    return index.bytes() / capacity;
  }

  /** What only icebergs, hidden orders and prices far from the best need. */
  public long coldBytesPerOrder() {
    return ((long) Long.BYTES * groups.length + hiddenLots.bytes() + pages.bytes()) / capacity;
  }

  /** Whom self-trade prevention keeps from trading with the same one. */
  long owner(final int slot) {
    return 0 == (rows[row(slot) + STATE] & GROUPED) ? account(slot) : ~groups[slot];
  }

  /** Neither an iceberg nor hidden. */
  boolean isPlain(final int slot) {
    return 0 == (rows[row(slot) + STATE] & KIND_MASK);
  }

  boolean isIceberg(final int slot) {
    return ICEBERG == (rows[row(slot) + STATE] & KIND_MASK);
  }

  /** Lots that trade before the order behind gets its turn. */
  long lotsInTurn(final int slot) {
    return isIceberg(slot) ? hiddenLots.peakLots(slot) : openLots(slot);
  }

  HiddenLots hiddenLots() {
    return hiddenLots;
  }

  boolean isBuy(final int slot) {
    return rows[row(slot) + STATE] > 0;
  }

  /** 0 for a buy, 1 for a sell. */
  int sideIndex(final int slot) {
    return (int) (rows[row(slot) + STATE] >>> (Long.SIZE - 1));
  }

  void openLots(final int slot, final long lots) {
    rows[row(slot) + OPEN_LOTS] = lots;
  }

  int level(final int slot) {
    return place(slot) - LEVEL_ZERO;
  }

  /** Notes the level that an order stands at, or {@link PriceLevels#NULL_LEVEL}. */
  void level(final int slot, final int level) {
    final int row = row(slot);
    rows[row + STATE] = (rows[row + STATE] & ~PLACE_MASK) | (level + LEVEL_ZERO);
  }

  OrderQueues queues() {
    return queues;
  }

  PriceLevels levels() {
    return levels;
  }

  TickPages pages() {
    return pages;
  }

  private int place(final int slot) {
    return (int) (rows[row(slot) + STATE] & PLACE_MASK);
  }

  /** Whether the slot holds an order that stands in no book. */
  boolean isLoose(final int slot) {
    return LOOSE == place(slot);
  }

  private void checkLoose(final int slot) {
    Invariants.check(isLoose(slot), "order is free or rests in a book: slot, level", slot, level(slot));
  }

  private void free(final int fromSlot) {
    for (int slot = capacity - 1; slot >= fromSlot; slot--) {
      rows[row(slot) + ACCOUNT] = freeHead;
      freeHead = slot;
    }
  }

  private static int row(final int slot) {
    return FIRST_ROW + ROW * slot;
  }
}
