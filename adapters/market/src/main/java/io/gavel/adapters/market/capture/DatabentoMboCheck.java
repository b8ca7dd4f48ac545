package io.gavel.adapters.market.capture;

import io.gavel.adapters.market.capture.CaptureReport.Count;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Databento market by order: adds, cancels and modifies drive the engine's book, one an instrument, and truth is
 * compared at the end of an event ({@code F_LAST}). Trades and fills do not change the book by themselves: the truth in
 * the file is that all fills of an event are taken off their orders in it, and are not more than its trades. Where a
 * market by price file stands beside it, its last levels up to the end of the event (time and sequence) are the book's.
 *
 * <p>Each fill is also sent through the engine's matching, and it is counted whether that hit the order named. Venues
 * that do not fill by time at a price show there.
 */
final class DatabentoMboCheck {

  private final DatabentoRows rows;
  private final @Nullable DatabentoLevels truth;
  private final Map<String, PriceGrid> grids;
  private final Map<String, MboBook> books = new HashMap<>();
  private final Tally tally;

  private DatabentoMboCheck(final DatabentoRows rows, final @Nullable DatabentoLevels truth,
      final Map<String, PriceGrid> grids, final Tally tally) {
    this.rows = rows;
    this.truth = truth;
    this.grids = grids;
    this.tally = tally;
  }

  /** Checks a file, with the levels of another when there is one; returns the records read. */
  static long run(final CaptureFile file, final @Nullable CaptureFile levelFile, final Tally tally) {
    final Map<String, PriceGrid> grids = grids(file);
    try (DatabentoRows rows = DatabentoRows.ofOrders(file);
        DatabentoLevels truth = null == levelFile ? null : new DatabentoLevels(levelFile)) {
      final DatabentoMboCheck check = new DatabentoMboCheck(rows, truth, grids, tally);
      while (rows.next()) {
        try {
          check.step();
        } catch (final CaptureFault e) {
          throw rows.fault(e.text());
        }
      }
      return rows.record();
    }
  }

  private static Map<String, PriceGrid> grids(final CaptureFile file) {
    final Map<String, PriceGrid> grids = new HashMap<>();
    try (DatabentoRows rows = DatabentoRows.ofOrders(file)) {
      while (rows.next()) {
        final char action = rows.action();
        if ('A' == action || 'M' == action) {
          try {
            grids.computeIfAbsent(rows.instrument(), unused -> new PriceGrid()).see(rows.orderPrice());
          } catch (final ArithmeticException e) {
            throw rows.fault("price: too far from the other prices of the instrument");
          }
        }
      }
    }
    return grids;
  }

  private void step() {
    if (rows.isTopOfBook()) {
      throw new CaptureFault("flags: a record of the top of the book is no order; check it as databento-mbp");
    }
    final String instrument = rows.instrument();
    final MboBook book = books.computeIfAbsent(instrument, unused -> {
      tally.count(Count.BOOKS);
      return new MboBook(grids.getOrDefault(instrument, new PriceGrid()), tally);
    });
    switch (rows.action()) {
      case 'A' -> book.add(rows.orderId(), rows.orderSide(), rows.orderPrice(), rows.size());
      case 'C' -> book.cancel(rows.orderId(), rows.size());
      case 'M' -> book.modify(rows.orderId(), rows.orderSide(), rows.orderPrice(), rows.size());
      case 'F' -> book.fill(rows.orderId(), rows.size());
      case 'T' -> book.trade(rows.size());
      case 'R' -> book.clear();
      default -> tally.count(Count.OTHER);
    }
    if (rows.isLast()) {
      book.endEvent(rows.record());
      compareLevels(instrument, book);
    }
  }

  private void compareLevels(final String instrument, final MboBook book) {
    final DatabentoLevels.Levels levels = null == truth ? null : truth.upTo(rows.event(), instrument);
    if (null != truth && null != levels) {
      tally.count(Count.LEVEL_ROWS);
      tally.compared(rows.record(), book.difference(levels.bids(), levels.asks(), truth.depth()));
    }
  }
}
