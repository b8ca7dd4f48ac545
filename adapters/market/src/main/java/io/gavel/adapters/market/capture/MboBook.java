package io.gavel.adapters.market.capture;

import io.gavel.adapters.market.capture.CaptureReport.Count;
import io.gavel.codecs.DecimalText;
import io.gavel.codecs.sbe.Side;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One instrument of a Databento market by order file. A fill is matched at once and remembered: the cancel or modify
 * that takes it off its order in the same event finds it done.
 */
final class MboBook {

  private final VenueBook book = new VenueBook();
  private final PriceGrid grid;
  private final Tally tally;
  /** Lots filled and matched in this event, by order, that no cancel or modify has taken off yet. */
  private final Map<Long, Long> fills = new LinkedHashMap<>();
  private long lotsFilled;
  private long lotsTraded;

  MboBook(final PriceGrid grid, final Tally tally) {
    this.grid = grid;
    this.tally = tally;
  }

  void add(final long orderId, final Side side, final long price, final long size) {
    book.add(orderId, side, grid.ticks(price), size);
  }

  void cancel(final long orderId, final long size) {
    final long filled = fills.getOrDefault(orderId, 0L);
    final long done = Math.min(filled, size);
    if (filled == done) {
      fills.remove(orderId);
    } else {
      fills.put(orderId, filled - done);
    }
    if (0 == done || size > done) {
      book.take(orderId, size - done);
    }
  }

  /** By the publisher's definition, the modify of an order that is not there is a new order. */
  void modify(final long orderId, final Side side, final long price, final long size) {
    final boolean filled = null != fills.remove(orderId);
    if (book.isLive(orderId)) {
      if (side != book.side(orderId)) {
        throw new CaptureFault("order " + Long.toUnsignedString(orderId) + ": a modify cannot change its side");
      }
      book.replace(orderId, grid.ticks(price), size);
    } else {
      tally.count(Count.MODIFY_AS_NEW, filled ? 0 : 1);
      add(orderId, side, price, size);
    }
  }

  void fill(final long orderId, final long size) {
    tally.count(Count.EXECUTIONS);
    tally.count(book.execute(orderId, size) ? Count.HITS : Count.MISSES);
    fills.merge(orderId, size, Long::sum);
    lotsFilled += size;
  }

  void trade(final long size) {
    lotsTraded += size;
  }

  void clear() {
    book.clear();
    fills.clear();
    tally.count(Count.SNAPSHOTS);
  }

  /** Compares what was filled with what was taken off and with what was traded. */
  void endEvent(final long record) {
    if (lotsFilled > 0) {
      tally.count(Count.FILL_EVENTS);
      tally.compared(record, fillDifference());
    }
    fills.clear();
    lotsFilled = 0;
    lotsTraded = 0;
  }

  /** How the book is other than these levels, or null. */
  @Nullable String difference(final List<ShownSide.Level> bids, final List<ShownSide.Level> asks, final int depth) {
    final String bidDifference = side(true, depth).difference(levels(Side.BUY, depth), bids);
    return null != bidDifference ? bidDifference : side(false, depth).difference(levels(Side.SELL, depth), asks);
  }

  private @Nullable String fillDifference() {
    if (!fills.isEmpty()) {
      final Map.Entry<Long, Long> open = fills.entrySet().iterator().next();
      return "fills of " + open.getValue() + " of order " + Long.toUnsignedString(open.getKey())
          + " are taken off by no cancel or modify of the event";
    }
    return 0 == lotsTraded || lotsFilled <= lotsTraded ? null
        : "fills of " + lotsFilled + " are more than the trades of the event, " + lotsTraded;
  }

  private static ShownSide side(final boolean isBid, final int depth) {
    final ShownSide side = new ShownSide(isBid, depth, price -> DecimalText.format(price, DatabentoRows.PRICE_SCALE));
    side.knowAll();
    return side;
  }

  private List<ShownSide.Level> levels(final Side side, final int depth) {
    return book.levels(side, depth).stream()
        .map(level -> new ShownSide.Level(grid.price(level.price()), level.size())).toList();
  }
}
