package io.gavel.adapters.backtest.result;

import java.util.List;

/**
 * The margin of one account over the run: sampled on a clock, and at each step of a liquidation besides.
 *
 * @param points in order of time, never empty
 */
public record AccountMargin(String account, List<MarginPoint> points) {

  public AccountMargin {
    points = List.copyOf(points);
  }

  /** The point at which the ratio was highest, the first of equal ones. */
  public MarginPoint worst() {
    MarginPoint worst = points.get(0);
    for (final MarginPoint point : points) {
      worst = point.ratioBps() > worst.ratioBps() ? point : worst;
    }
    return worst;
  }
}
