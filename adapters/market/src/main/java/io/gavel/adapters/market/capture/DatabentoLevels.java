package io.gavel.adapters.market.capture;

import io.gavel.adapters.market.capture.DatabentoRows.Event;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The levels of a Databento market by price file, followed beside an orders file, forwards only. Trades are left out,
 * since they show the book as it was before.
 */
final class DatabentoLevels implements AutoCloseable {

  private final DatabentoRows rows;
  /** The newest levels of each instrument that nobody asked for yet. */
  private final Map<String, Levels> newest = new HashMap<>();
  private boolean ahead;

  /** Both sides, best first. */
  record Levels(List<ShownSide.Level> bids, List<ShownSide.Level> asks) {
  }

  DatabentoLevels(final CaptureFile file) {
    rows = DatabentoRows.ofLevels(file);
    ahead = rows.next();
  }

  /**
   * The levels of an instrument at the end of an event, which may span several sequences: the last that are shown for
   * it up to this one. Null when none came since it was asked last.
   */
  @Nullable Levels upTo(final Event event, final String instrument) {
    while (ahead && rows.event().compareTo(event) <= 0) {
      final char action = rows.action();
      if ('T' != action && 'F' != action) {
        newest.put(rows.instrument(), new Levels(rows.levels(true), rows.levels(false)));
      }
      ahead = rows.next();
    }
    return newest.remove(instrument);
  }

  int depth() {
    return rows.depth();
  }

  @Override
  public void close() {
    rows.close();
  }
}
