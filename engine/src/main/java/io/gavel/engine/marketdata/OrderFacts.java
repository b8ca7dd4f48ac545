package io.gavel.engine.marketdata;

import java.util.Arrays;

/** What the feed must know of a live order to tell what it shows, in arrays by the slot of the feed's pool. */
final class OrderFacts {

  private final long[] openLots;
  private final long[] displayLots;
  private final boolean[] hidden;
  private final int[] instrumentIds;

  OrderFacts(final int ordersMax) {
    openLots = new long[ordersMax];
    displayLots = new long[ordersMax];
    hidden = new boolean[ordersMax];
    instrumentIds = new int[ordersMax];
    Arrays.fill(instrumentIds, 0);
  }

  void open(final int slot, final int instrumentId, final long lots, final long display, final boolean isHidden) {
    instrumentIds[slot] = instrumentId;
    openLots[slot] = lots;
    displayLots[slot] = display;
    hidden[slot] = isHidden;
  }

  /** All that is open of the order, shown or not. */
  long openLots(final int slot) {
    return openLots[slot];
  }

  void openLots(final int slot, final long lots) {
    openLots[slot] = lots;
  }

  long displayLots(final int slot) {
    return displayLots[slot];
  }

  boolean isHidden(final int slot) {
    return hidden[slot];
  }

  int instrumentId(final int slot) {
    return instrumentIds[slot];
  }
}
