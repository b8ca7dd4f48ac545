package io.gavel.adapters.market.capture;

import io.gavel.adapters.market.capture.CaptureReport.Count;
import io.gavel.codecs.sbe.Side;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * LOBSTER: row n of the orderbook file is the book behind message n. The book starts from the first row, whose orders
 * have no names: what stands at a level is one order there, older than all that come. A message about an unknown order
 * is about it. A level that leaves the levels shown is forgotten, since nothing tells what becomes of it, and comes
 * back without names. Behind each further message both sides are compared with the row.
 *
 * <p>Each visible execution (type 4) is also sent through the engine's matching as the incoming order that caused it,
 * and it is counted whether that hit the order that the venue names.
 */
final class LobsterCheck {

  private static final int MESSAGE_COLUMNS = 6;
  private static final int TYPE = 1;
  private static final int ORDER_ID = 2;
  private static final int SIZE = 3;
  private static final int PRICE = 4;
  private static final int DIRECTION = 5;
  private static final int LEVEL_COLUMNS = 4;
  /** What stands where there is no level, negative for a bid. */
  private static final long NO_PRICE = 9_999_999_999L;

  /** So many shares that sums of them cannot overflow. */
  private static final long SIZE_MAX = 1L << 38;

  private final CsvRows messages;
  private final CsvRows rows;
  private final Tally tally;
  private final VenueBook book = new VenueBook();
  private final List<ShownSide.Level> asks = new ArrayList<>();
  private final List<ShownSide.Level> bids = new ArrayList<>();
  private final int depth;
  private final ShownSide shownAsks;
  private final ShownSide shownBids;

  private LobsterCheck(final CsvRows messages, final CsvRows rows, final Tally tally) {
    this.messages = messages;
    this.rows = rows;
    this.tally = tally;
    if (!rows.next()) {
      throw new CaptureException(rows.file() + ": empty; expected levels of ask price, ask size, bid price, bid size");
    }
    depth = rows.size() / LEVEL_COLUMNS;
    if (0 == depth || depth * LEVEL_COLUMNS != rows.size()) {
      throw rows.fault(rows.size() + " columns, expected four a level");
    }
    shownAsks = new ShownSide(false, depth, Long::toString);
    shownBids = new ShownSide(true, depth, Long::toString);
  }

  /** Checks one day; returns the messages read. */
  static long run(final CaptureFile messageFile, final CaptureFile orderbookFile, final Tally tally) {
    try (CsvRows messages = new CsvRows(messageFile); CsvRows rows = new CsvRows(orderbookFile)) {
      if (!messages.next()) {
        throw new CaptureException(messages.file() + ": empty; expected time, type, order id, size, price, direction");
      }
      messages.requireSize(MESSAGE_COLUMNS);
      tally.count(Count.BOOKS);
      final LobsterCheck check = new LobsterCheck(messages, rows, tally);
      try {
        check.begin();
        while (messages.next()) {
          check.step();
        }
      } catch (final CaptureFault e) {
        throw messages.fault(e.text());
      }
      if (rows.next()) {
        throw rows.fault("no message for this row: the files do not belong together, or the messages are cut");
      }
      return messages.record();
    }
  }

  /** The first message is in the first row already; a new order in it is known by name. */
  private void begin() {
    readLevels();
    final int type = type();
    adopt(Side.SELL, asks);
    adopt(Side.BUY, bids);
    shownAsks.follow(asks);
    shownBids.follow(bids);
    if (1 == type && shown(side()).isKnown(priceTicks())) {
      final long unnamed = unnamed(side(), priceTicks());
      if (book.isLive(unnamed) && book.openLots(unnamed) >= size()) {
        book.take(unnamed, size());
        book.add(orderId(), side(), priceTicks(), size());
      }
    }
  }

  private void step() {
    apply(type());
    if (!rows.next()) {
      throw messages.fault("no row of levels for this message in " + rows.file());
    }
    readLevels();
    final String askDifference = shownAsks.difference(book.levels(Side.SELL, depth), asks);
    final String bidDifference = shownBids.difference(book.levels(Side.BUY, depth), bids);
    tally.compared(rows.record(), null == askDifference ? bidDifference : askDifference);
    follow(Side.SELL, asks, null == askDifference);
    follow(Side.BUY, bids, null == bidDifference);
  }

  private void apply(final int type) {
    if (type >= 5) {
      return;
    }
    final Side side = side();
    final int ticks = priceTicks();
    final long size = size();
    if (!shown(side).isKnown(ticks)) {
      return;
    }
    if (1 == type) {
      book.add(orderId(), side, ticks, size);
      return;
    }
    final boolean named = book.isLive(orderId());
    final long order = named ? orderId() : unnamed(side, ticks);
    requireAt(order, named, side, ticks, size);
    if (4 == type) {
      execute(order, named, size);
    } else {
      if (3 == type && named && size != book.openLots(order)) {
        throw new CaptureFault("order " + order + ": deleted with " + size + ", it has " + book.openLots(order));
      }
      book.take(order, size);
    }
  }

  private void requireAt(final long order, final boolean named, final Side side, final int ticks, final long size) {
    if (named && (side != book.side(order) || ticks != book.priceTicks(order))) {
      throw new CaptureFault("order " + order + ": it stands at " + book.priceTicks(order) + ' ' + book.side(order)
          + ", the message says " + ticks + ' ' + side);
    }
    if (!named && (!book.isLive(order) || book.openLots(order) < size)) {
      throw new CaptureFault("order " + orderId() + ": unknown, and of the orders from before the first row "
          + (book.isLive(order) ? book.openLots(order) : 0) + " are left at " + ticks + ", not " + size);
    }
  }

  private void execute(final long order, final boolean named, final long size) {
    tally.count(Count.EXECUTIONS);
    final boolean hit = book.execute(order, size);
    tally.count(hit ? named ? Count.HITS : Count.UNNAMED_HITS : Count.MISSES);
  }

  /** Takes over what came into view, forgets what left it, and on a difference whatever is other than shown. */
  private void follow(final Side side, final List<ShownSide.Level> levels, final boolean agrees) {
    final ShownSide shown = shown(side);
    final List<ShownSide.Level> derived = book.levels(side, Integer.MAX_VALUE);
    shown.follow(levels);
    for (final ShownSide.Level level : derived) {
      if (!shown.isKnown(level.price()) || (!agrees && !levels.contains(level))) {
        book.forget(side, (int) level.price());
      }
    }
    for (final ShownSide.Level level : levels) {
      if (0 == book.depthLots(side, (int) level.price())) {
        tally.count(Count.REVEALED);
        book.add(unnamed(side, (int) level.price()), side, (int) level.price(), level.size());
      }
    }
  }

  private void adopt(final Side side, final List<ShownSide.Level> levels) {
    for (final ShownSide.Level level : levels) {
      book.add(unnamed(side, (int) level.price()), side, (int) level.price(), level.size());
    }
  }

  /** Id of the order that stands for all nameless ones at a price; ids of the venue are positive. */
  private static long unnamed(final Side side, final int ticks) {
    return -(2L * ticks + (Side.BUY == side ? 0 : 1));
  }

  private ShownSide shown(final Side side) {
    return Side.BUY == side ? shownBids : shownAsks;
  }

  private void readLevels() {
    asks.clear();
    bids.clear();
    for (int i = 0; i < depth; i++) {
      readLevel(LEVEL_COLUMNS * i, "ask", asks);
      readLevel(LEVEL_COLUMNS * i + 2, "bid", bids);
    }
  }

  private void readLevel(final int column, final String name, final List<ShownSide.Level> levels) {
    final long price = rows.whole(column, name + " price");
    final long size = rows.whole(column + 1, name + " size");
    if (NO_PRICE == Math.abs(price)) {
      return;
    }
    final ShownSide.Level last = levels.isEmpty() ? null : levels.get(levels.size() - 1);
    if (price <= 0 || price > Integer.MAX_VALUE || size <= 0 || size > SIZE_MAX
        || !isBehind(last, price, levels == bids)) {
      throw rows.fault(name + " level of size " + size + " at " + price + ": expected a size above 0 at a price of 1 "
          + "to " + Integer.MAX_VALUE + " behind the level before");
    }
    levels.add(new ShownSide.Level(price, size));
  }

  private static boolean isBehind(final ShownSide.@Nullable Level last, final long price, final boolean isBid) {
    return null == last || (isBid ? price < last.price() : price > last.price());
  }

  private int type() {
    final long type = messages.whole(TYPE, "type");
    if (type < 1 || type > 7) {
      throw messages.fault("type: " + type + " is not one of 1 new, 2 partial cancel, 3 delete, 4 visible execution, "
          + "5 hidden execution, 6 cross trade, 7 halt");
    }
    return (int) type;
  }

  private long orderId() {
    final long orderId = messages.whole(ORDER_ID, "order id");
    if (orderId <= 0) {
      throw messages.fault("order id: " + orderId + " is not positive");
    }
    return orderId;
  }

  private long size() {
    final long size = messages.whole(SIZE, "size");
    if (size <= 0 || size > SIZE_MAX) {
      throw messages.fault("size: " + size + (size <= 0 ? " is not positive" : " is more than " + SIZE_MAX));
    }
    return size;
  }

  private int priceTicks() {
    final long price = messages.whole(PRICE, "price");
    if (price <= 0 || price > Integer.MAX_VALUE) {
      throw messages.fault("price: " + price + " is not within 1 and " + Integer.MAX_VALUE);
    }
    return (int) price;
  }

  private Side side() {
    final long direction = messages.whole(DIRECTION, "direction");
    if (1 != Math.abs(direction)) {
      throw messages.fault("direction: " + direction + " is neither 1 (buy) nor -1 (sell)");
    }
    return 1 == direction ? Side.BUY : Side.SELL;
  }
}
