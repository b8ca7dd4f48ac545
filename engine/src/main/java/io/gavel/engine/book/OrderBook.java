package io.gavel.engine.book;

import io.gavel.codecs.Invariants;
import io.gavel.codecs.SnapshotSink;
import io.gavel.codecs.SnapshotSource;
import io.gavel.codecs.StateOwner;
import io.gavel.codecs.sbe.Side;
import io.gavel.codecs.sbe.StpMode;
import io.gavel.engine.book.FillBuffer.Kind;

/**
 * The resting orders of one instrument in price-time priority, and the matching of an incoming one against them. The
 * best price trades first, at a price the shown orders before the hidden ones and among these the order that came
 * first, always at the resting order's price; in a call phase orders wait and then {@link #uncross} at one price.
 * Orders are slots of the shared {@link OrderPool}. Who calls has refused what may not trade; what happens here is an
 * outcome. One thread.
 */
public final class OrderBook implements StateOwner {

  /** Component ids of books start here; the instrument is added. */
  public static final int COMPONENT_ID_BASE = 1000;
  /** The budget of an order that is measured in lots. */
  public static final long NO_BUDGET = Long.MAX_VALUE;

  private static final int SIDE_MASK = 1;
  private static final int ICEBERG = 2;
  private static final int HIDDEN = 4;

  private final int instrumentId;
  private final String componentName;
  private final OrderPool pool;
  private final OrderQueues queues;
  private final PriceLevels levels;
  private final long quoteUnitsPerTickLot;
  private final BookSide bids;
  private final BookSide asks;
  private final BookSide[] sides;
  private final FillCount fillCount;

  /**
   * An empty book.
   *
   * @param quoteUnitsPerTickLot quote units that one lot costs per tick of its price
   */
  public OrderBook(final int instrumentId, final OrderPool pool, final long quoteUnitsPerTickLot) {
    if (quoteUnitsPerTickLot <= 0) {
      throw new IllegalArgumentException("quoteUnitsPerTickLot out of range: " + quoteUnitsPerTickLot);
    }
    this.instrumentId = instrumentId;
    this.componentName = "book-" + instrumentId;
    this.pool = pool;
    this.queues = pool.queues();
    this.levels = pool.levels();
    this.quoteUnitsPerTickLot = quoteUnitsPerTickLot;
    this.bids = new BookSide(true, pool);
    this.asks = new BookSide(false, pool);
    this.sides = new BookSide[] {bids, asks};
    this.fillCount = new FillCount(pool);
  }

  /** Highest bid, shown or hidden, or 0. */
  public int bestBidTicks() {
    return bids.bestTicks();
  }

  /** Lowest ask, shown or hidden, or 0. */
  public int bestAskTicks() {
    return asks.bestTicks();
  }

  /** The best price of a side at which something is shown, or 0: hidden orders may stand before it. */
  public int bestShownTicks(final Side side) {
    int ticks = of(side).bestTicks();
    while (0 != ticks && of(side).hasHiddenOrders() && 0 == shownLots(side, ticks)) {
      ticks = nextLevel(side, ticks);
    }
    return ticks;
  }

  /** Whether an order with this limit would meet a resting one, shown or hidden: what post-only must not. */
  public boolean wouldCross(final Side takerSide, final int limitTicks) {
    return against(takerSide).isBestWithin(limitTicks);
  }

  /**
   * Lots an order would trade now, of reserves and hidden orders as well, self-trade prevention included; stops
   * counting at {@code wantedLots}. A fill-or-kill order may go on when that is what it gets. Changes nothing.
   *
   * @param owner {@link OrderPool#owner(long, long)} of who asks
   */
  public long fillableLots(final Side takerSide, final int limitTicks, final long owner, final StpMode stp,
      final long wantedLots) {
    return fillCount.of(against(takerSide), limitTicks, owner, stp, wantedLots);
  }

  /**
   * Matches a claimed order that does not rest, for one chunk: {@code fills} is cleared and filled. The taker's open
   * lots are kept in its slot. Makers that are filled or cancelled leave the book; their slots stay claimed for the
   * caller to settle and release. How the chunks are cut has no influence on what happens.
   *
   * @param notionalBudgetUnits {@link #NO_BUDGET} for an order in lots; for a buy by quote amount, what it may still
   *                            spend: {@link FillBuffer#notionalLeftUnits()} of the chunk before
   * @return true when the taker has finished; false when the chunk is full and match must be called again
   */
  public boolean match(final int takerSlot, final int limitTicks, final StpMode stp, final long notionalBudgetUnits,
      final FillBuffer fills) {
    Invariants.check(!pool.isResting(takerSlot) && notionalBudgetUnits >= 0,
        "taker rests in a book, or its budget is negative: slot, budget", takerSlot, notionalBudgetUnits);
    final BookSide makers = against(takerSlot);
    final boolean isBudget = NO_BUDGET != notionalBudgetUnits;
    final long takerOwner = pool.owner(takerSlot);
    fills.clear();
    fills.notionalLeftUnits(notionalBudgetUnits);
    while (makers.isBestWithin(limitTicks)) {
      final int level = makers.bestLevel();
      final long takerLots = isBudget
          ? lotsFor(fills.notionalLeftUnits(), makers.bestTicks()) : pool.openLots(takerSlot);
      if (0 == takerLots) {
        return true;
      }
      if (fills.isChunkFull()) {
        return false;
      }
      final int maker = queues.firstSlot(level);
      if (SelfTradePolicy.applies(stp, takerOwner, pool.owner(maker))) {
        if (preventSelfTrade(makers, maker, takerSlot, takerLots, isBudget, stp, fills)) {
          return true;
        }
      } else {
        trade(makers, maker, takerSlot, takerLots, isBudget, fills);
      }
    }
    return true;
  }

  /**
   * Trades the orders of a crossed book against each other at one price, best bid with best ask, each level in its
   * order, for one chunk: {@code fills} is cleared and filled. Each entry's maker is the older order of the two, by id;
   * both may be filled, leave the book and stay claimed. Icebergs trade a peak at a time. Nobody is kept from trading
   * with itself. How the chunks are cut has no influence on what happens.
   *
   * @return true when one side has no order left at this price or better; false when the chunk is full
   */
  public boolean uncross(final int priceTicks, final FillBuffer fills) {
    Invariants.check(priceTicks > 0, "no price to uncross at");
    fills.clear();
    while (bids.isBestWithin(priceTicks) && asks.isBestWithin(priceTicks)) {
      if (fills.isChunkFull()) {
        return false;
      }
      final int bid = queues.firstSlot(bids.bestLevel());
      final int ask = queues.firstSlot(asks.bestLevel());
      final long lots = Math.min(pool.lotsInTurn(bid), pool.lotsInTurn(ask));
      bids.trade(bid, lots);
      asks.trade(ask, lots);
      final boolean isBidOlder = pool.orderId(bid) < pool.orderId(ask);
      final int maker = isBidOlder ? bid : ask;
      final int taker = isBidOlder ? ask : bid;
      fills.add(Kind.TRADE, maker, taker, priceTicks, lots, pool.openLots(maker), pool.openLots(taker));
    }
    return true;
  }

  /** Puts an order with open lots behind all others at its price. It must not cross: match it first. */
  public void rest(final int slot) {
    Invariants.check(!against(slot).isBestWithin(pool.priceTicks(slot)), "order crosses");
    restInCall(slot);
  }

  /**
   * Puts an order with open lots behind all others at its price, unless it crosses.
   *
   * @return false when it crosses: it has to be matched first
   */
  public boolean restUnlessCrossing(final int slot) {
    final int ticks = pool.priceTicks(slot);
    final long openLots = pool.openLots(slot);
    Invariants.check(pool.isLoose(slot) && openLots > 0, "order is free, empty or rests already");
    if (against(slot).isBestWithin(ticks)) {
      return false;
    }
    of(slot).append(slot, ticks, openLots);
    return true;
  }

  /** Like {@link #rest} in a call phase: the order waits for an uncrossing, and the book may be crossed. */
  public void restInCall(final int slot) {
    Invariants.check(pool.isClaimed(slot) && !pool.isResting(slot), "order is free or rests already");
    Invariants.check(pool.openLots(slot) > 0, "order is empty");
    of(slot).append(slot, pool.priceTicks(slot), pool.openLots(slot));
  }

  /** Whether a bid stands at or above an ask: only in a call phase. */
  public boolean isCrossed() {
    return 0 != bids.bestTicks() && asks.isBestWithin(bids.bestTicks());
  }

  /** Takes a resting order out of the book; its slot stays claimed, its open lots stay as they are. */
  public void remove(final int slot) {
    Invariants.check(pool.isResting(slot), "order does not rest");
    of(slot).unlink(slot);
  }

  /**
   * Gives a resting order another price and size; it loses its place. The same as {@link #remove},
   * {@link OrderPool#reprice} and {@link #rest}, in one step where the new price does not cross.
   *
   * @return false when it crosses: the order is out of the book and has to be matched, as a new one would
   */
  public boolean move(final int slot, final int newTicks, final long newOpenLots) {
    Invariants.check(pool.isResting(slot) && newOpenLots > 0, "order does not rest, or nothing is left of it");
    final BookSide side = of(slot);
    side.unlink(slot);
    pool.reprice(slot, newTicks, newOpenLots);
    if (against(slot).isBestWithin(newTicks)) {
      return false;
    }
    side.append(slot, newTicks, newOpenLots);
    return true;
  }

  /** Makes a resting order smaller; it keeps its place. An iceberg loses its reserve first, then of its peak. */
  public void reduce(final int slot, final long newOpenLots) {
    final long open = pool.openLots(slot);
    Invariants.check(pool.isResting(slot) && newOpenLots > 0 && newOpenLots < open,
        "not a reduction: open, new", open, newOpenLots);
    of(slot).takeLots(slot, open - newOpenLots);
  }

  /** Open lots at a price, shown or not; 0 where nobody stands. */
  public long depthLots(final Side side, final int priceTicks) {
    final int level = of(side).levelAt(priceTicks);
    return PriceLevels.NULL_LEVEL == level ? 0 : levels.openLots(level);
  }

  /** Open lots at a price that everyone may see: without the reserves of icebergs and without hidden orders. */
  public long shownLots(final Side side, final int priceTicks) {
    final int level = of(side).levelAt(priceTicks);
    return PriceLevels.NULL_LEVEL == level ? 0 : levels.openLots(level) - pool.hiddenLots().lotsAt(level);
  }

  /** Orders at a price. */
  public int ordersAt(final Side side, final int priceTicks) {
    final int level = of(side).levelAt(priceTicks);
    return PriceLevels.NULL_LEVEL == level ? 0 : levels.orders(level);
  }

  /** The price behind a price, towards worse; the best for 0; 0 when there is none. */
  public int nextLevel(final Side side, final int priceTicks) {
    return of(side).ticksBehind(priceTicks);
  }

  /** The price before a price, towards better; 0 before the best. */
  int previousLevel(final Side side, final int priceTicks) {
    return of(side).ticksBefore(priceTicks);
  }

  /** The order of a side that trades first, or {@link OrderPool#NULL_SLOT}. */
  public int firstOrder(final Side side) {
    final int level = of(side).bestLevel();
    return PriceLevels.NULL_LEVEL == level ? OrderPool.NULL_SLOT : queues.firstSlot(level);
  }

  /** The order that trades after a resting one, or {@link OrderPool#NULL_SLOT}. Ask before removing the given one. */
  public int nextOrder(final int slot) {
    final int next = queues.nextSlot(slot);
    if (OrderPool.NULL_SLOT != next) {
      return next;
    }
    final BookSide side = of(slot);
    final int ticks = side.ticksBehind(pool.priceTicks(slot));
    return 0 == ticks ? OrderPool.NULL_SLOT : queues.firstSlot(side.levelAt(ticks));
  }

  /** Resting orders, both sides: counted level by level. */
  public long openOrders() {
    return bids.orders() + asks.orders();
  }

  public int instrumentId() {
    return instrumentId;
  }

  @Override
  public int componentId() {
    return COMPONENT_ID_BASE + instrumentId;
  }

  @Override
  public String componentName() {
    return componentName;
  }

  /**
   * Both sides, bids first, in the order in which they would trade: id, account, side, price, open lots. The side of a
   * hidden order is written with {@link #HIDDEN}, that of an iceberg with {@link #ICEBERG}, and what it displays at
   * most and shows now behind its lots.
   */
  @Override
  public void save(final SnapshotSink sink) {
    if (isEmpty()) {
      return;
    }
    sink.putLong(openOrders());
    saveSide(sink, Side.BUY);
    saveSide(sink, Side.SELL);
  }

  /** Claims a slot of the pool for each order, in the order in which they were saved. */
  @Override
  public void load(final SnapshotSource source) {
    Invariants.check(isEmpty(), "book is not empty");
    final long orders = source.getLong();
    for (long i = 0; i < orders; i++) {
      loadOrder(source);
    }
  }

  private void loadOrder(final SnapshotSource source) {
    final long orderId = source.getLong();
    final long account = source.getLong();
    final int sideAndKind = source.getInt();
    final int ticks = source.getInt();
    final int slot =
        pool.claim(orderId, account, Side.get((short) (sideAndKind & SIDE_MASK)), ticks, source.getLong());
    Invariants.check(OrderPool.NULL_SLOT != slot, "more orders than the pool holds");
    if (0 != (sideAndKind & HIDDEN)) {
      pool.hide(slot);
    }
    if (0 != (sideAndKind & ICEBERG)) {
      pool.display(slot, source.getLong());
      restInCall(slot);
      of(slot).showPeak(slot, source.getLong());
    } else {
      restInCall(slot);
    }
  }

  private void saveSide(final SnapshotSink sink, final Side side) {
    for (int slot = firstOrder(side); OrderPool.NULL_SLOT != slot; slot = nextOrder(slot)) {
      sink.putLong(pool.orderId(slot));
      sink.putLong(pool.account(slot));
      sink.putInt(side.value() | (pool.isHidden(slot) ? HIDDEN : 0) | (pool.isIceberg(slot) ? ICEBERG : 0));
      sink.putInt(pool.priceTicks(slot));
      sink.putLong(pool.openLots(slot));
      if (pool.isIceberg(slot)) {
        sink.putLong(pool.displayLots(slot));
        sink.putLong(pool.shownLots(slot));
      }
    }
  }

  private void trade(final BookSide makers, final int maker, final int taker, final long takerLots,
      final boolean isBudget, final FillBuffer fills) {
    final int ticks = pool.priceTicks(maker);
    final long lots = Math.min(takerLots, pool.lotsInTurn(maker));
    makers.trade(maker, lots);
    takeFromTaker(taker, lots, ticks, isBudget, fills);
    fills.add(Kind.TRADE, maker, taker, ticks, lots, pool.openLots(maker), pool.openLots(taker));
  }

  /** Returns whether the taker has finished. */
  private boolean preventSelfTrade(final BookSide makers, final int maker, final int taker, final long takerLots,
      final boolean isBudget, final StpMode stp, final FillBuffer fills) {
    final int ticks = pool.priceTicks(maker);
    final long makerLots = pool.openLots(maker);
    final long makerLeft = SelfTradePolicy.makerLotsLeft(stp, makerLots, takerLots);
    final long takerLeft = SelfTradePolicy.takerLotsLeft(stp, makerLots, takerLots);
    if (makerLeft < makerLots) {
      makers.takeLots(maker, makerLots - makerLeft);
      fills.add(0 == makerLeft ? Kind.MAKER_CANCELLED : Kind.MAKER_REDUCED,
          maker, taker, ticks, makerLots - makerLeft, makerLeft, pool.openLots(taker));
    }
    if (takerLeft < takerLots) {
      takeFromTaker(taker, takerLots - takerLeft, ticks, isBudget, fills);
      fills.add(0 == takerLeft ? Kind.TAKER_CANCELLED : Kind.TAKER_REDUCED,
          maker, taker, ticks, takerLots - takerLeft, makerLeft, pool.openLots(taker));
    }
    return 0 == takerLeft;
  }

  private void takeFromTaker(final int taker, final long lots, final int ticks, final boolean isBudget,
      final FillBuffer fills) {
    if (isBudget) {
      fills.notionalLeftUnits(fills.notionalLeftUnits() - lots * ticks * quoteUnitsPerTickLot);
    } else {
      pool.openLots(taker, pool.openLots(taker) - lots);
    }
  }

  /** Lots that a budget pays at a price. A price of which not even one lot can be written as a long pays none. */
  private long lotsFor(final long notionalUnits, final int ticks) {
    return ticks > Long.MAX_VALUE / quoteUnitsPerTickLot ? 0 : notionalUnits / (ticks * quoteUnitsPerTickLot);
  }

  private boolean isEmpty() {
    return 0 == bids.bestTicks() && 0 == asks.bestTicks();
  }

  private BookSide of(final Side side) {
    return Side.BUY == side ? bids : asks;
  }

  private BookSide against(final Side takerSide) {
    return Side.BUY == takerSide ? asks : bids;
  }

  /** An array and an index: which side it is changes from order to order, and no processor guesses that. */
  private BookSide of(final int slot) {
    return sides[pool.sideIndex(slot)];
  }

  private BookSide against(final int takerSlot) {
    return sides[1 - pool.sideIndex(takerSlot)];
  }
}
