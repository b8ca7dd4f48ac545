package io.gavel.adapters.backtest.result;

import java.util.List;

/**
 * A price beside that of the trades: mark, index, or what one source of an index said; thinned as the trades are.
 *
 * @param sourceId 0 unless the kind is SOURCE
 */
public record ReferenceSeries(Kind kind, int sourceId, List<PricePoint> points) {

  public ReferenceSeries {
    points = List.copyOf(points);
  }

  /** Whose price it is. */
  public enum Kind { MARK, INDEX, SOURCE }
}
