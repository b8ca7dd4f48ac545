package io.gavel.engine.route;

import java.util.Arrays;

/** How an order is split over the sources: a holder that is filled again by each {@link SmartRouter#route}. */
public final class RoutePlan {

  final long[] lots = new long[SmartRouter.SOURCES_MAX];
  final long[] amounts = new long[SmartRouter.SOURCES_MAX];
  long totalLots;
  long totalUnits;
  long totalObjective;

  /** Lots that go to a source; 0 is none. */
  public long lots(final int source) {
    return lots[source];
  }

  /** Quote units this source takes for a buy, fee included, or pays for a sell, fee deducted. */
  public long amountUnits(final int source) {
    return amounts[source];
  }

  /** All lots of the plan: what was asked, or what the sources have. */
  public long totalLots() {
    return totalLots;
  }

  public long totalUnits() {
    return totalUnits;
  }

  /** What was minimised for a buy or maximised for a sell: the amounts, with the penalties of latency. */
  public long objectiveUnits() {
    return totalObjective;
  }

  void clear() {
    Arrays.fill(lots, 0);
    Arrays.fill(amounts, 0);
    totalLots = 0;
    totalUnits = 0;
    totalObjective = 0;
  }
}
