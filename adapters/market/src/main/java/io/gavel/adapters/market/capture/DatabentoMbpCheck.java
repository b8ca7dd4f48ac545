package io.gavel.adapters.market.capture;

import io.gavel.adapters.market.capture.CaptureReport.Count;
import java.util.HashMap;
import java.util.Map;

/**
 * Databento market by price (MBP-1, MBP-10): each row carries its levels, which at the end of an event
 * ({@code F_LAST}) are those at the end of the event before, changed by the actions in between. One {@link MbpBook} an
 * instrument.
 */
final class DatabentoMbpCheck {

  private DatabentoMbpCheck() {
  }

  /** Checks a file; returns the records read. */
  static long run(final CaptureFile file, final Tally tally) {
    final Map<String, MbpBook> books = new HashMap<>();
    try (DatabentoRows rows = DatabentoRows.ofLevels(file)) {
      while (rows.next()) {
        final MbpBook book = books.computeIfAbsent(rows.instrument(), unused -> {
          tally.count(Count.BOOKS);
          return new MbpBook(rows.depth(), tally);
        });
        book.step(rows);
      }
      return rows.record();
    }
  }
}
