package io.gavel.adapters.market.capture;

import io.gavel.adapters.market.capture.CaptureReport.Count;
import io.gavel.codecs.DecimalText;
import io.gavel.codecs.sbe.Side;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One instrument of a Databento market by price file. An add raises the level at its price, a cancel lowers it, a clear
 * empties the book, trades and fills change nothing. A modify does not say what the order was before: its side is taken
 * over as shown. Order counts are not compared, since a cancel does not say whether it was a whole order.
 */
final class MbpBook {

  private final Tally tally;
  private final Half bids;
  private final Half asks;
  private boolean started;

  private static final class Half {
    private final boolean isBid;
    private final int depth;
    private final ShownSide shown;
    private final TreeMap<Long, Long> levels;
    private boolean derived = true;

    Half(final boolean isBid, final int depth) {
      this.isBid = isBid;
      this.depth = depth;
      shown = new ShownSide(isBid, depth, price -> DecimalText.format(price, DatabentoRows.PRICE_SCALE));
      levels = isBid ? new TreeMap<>(Comparator.reverseOrder()) : new TreeMap<>();
    }

    void change(final long price, final long size) {
      if (shown.isKnown(price)) {
        levels.merge(price, size, Long::sum);
        levels.remove(price, 0L);
      }
    }

    void clear() {
      levels.clear();
      shown.knowAll();
    }

    /** What is other than derived, or null; then takes the levels over. */
    @Nullable String compare(final DatabentoRows rows) {
      final List<ShownSide.Level> said = rows.levels(isBid);
      final List<ShownSide.Level> mine = new ArrayList<>();
      for (final Map.Entry<Long, Long> level : levels.entrySet()) {
        mine.add(new ShownSide.Level(level.getKey(), level.getValue()));
      }
      final String difference = derived ? shown.difference(mine.subList(0, Math.min(depth, mine.size())), said) : null;
      levels.clear();
      said.forEach(level -> levels.put(level.price(), level.size()));
      shown.follow(said);
      return difference;
    }
  }

  MbpBook(final int depth, final Tally tally) {
    this.tally = tally;
    bids = new Half(true, depth);
    asks = new Half(false, depth);
  }

  void step(final DatabentoRows rows) {
    final Side side = rows.side();
    switch (rows.action()) {
      case 'A' -> half(rows.orderSide()).change(rows.orderPrice(), rows.size());
      case 'C' -> half(rows.orderSide()).change(rows.orderPrice(), -rows.size());
      case 'M' -> takeOver(side);
      case 'R' -> {
        bids.clear();
        asks.clear();
      }
      default -> {
        // Trades, fills and notes change no level.
      }
    }
    if (rows.isLast()) {
      compare(rows);
    }
  }

  private void takeOver(final @Nullable Side side) {
    bids.derived &= Side.SELL == side;
    asks.derived &= Side.BUY == side;
  }

  private void compare(final DatabentoRows rows) {
    final boolean any = started && (bids.derived || asks.derived);
    final String bidDifference = bids.compare(rows);
    final String askDifference = asks.compare(rows);
    if (any) {
      tally.compared(rows.record(), null == bidDifference ? askDifference : bidDifference);
    } else {
      tally.count(started ? Count.NOT_COMPARED : Count.BEFORE_BOOK);
    }
    started = true;
    bids.derived = true;
    asks.derived = true;
  }

  private Half half(final Side side) {
    return Side.BUY == side ? bids : asks;
  }
}
