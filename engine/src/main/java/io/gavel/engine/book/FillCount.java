package io.gavel.engine.book;

import io.gavel.codecs.sbe.StpMode;

/** Foretells what an order would trade, in the order in which matching would go; changes nothing in the book. */
final class FillCount {

  private final OrderPool pool;
  private final PriceLevels levels;
  private final OrderQueues queues;
  private long wantedLots;
  private long fillableLots;

  FillCount(final OrderPool pool) {
    this.pool = pool;
    this.levels = pool.levels();
    this.queues = pool.queues();
  }

  long of(final BookSide makers, final int limitTicks, final long owner, final StpMode stp, final long lots) {
    wantedLots = lots;
    fillableLots = 0;
    int ticks = makers.bestTicks();
    while (wantedLots > 0 && 0 != ticks && makers.isWithin(ticks, limitTicks)) {
      final int level = makers.levelAt(ticks);
      if (StpMode.NONE == stp) {
        take(levels.openLots(level));
      } else {
        takeLevel(level, owner, stp);
      }
      ticks = makers.ticksBehind(ticks);
    }
    return fillableLots;
  }

  /** The peaks of icebergs in their turn, their reserves behind all shown orders, the hidden ones last. */
  private void takeLevel(final int level, final long owner, final StpMode stp) {
    long reserveLots = 0;
    for (int slot = queues.firstSlot(level); wantedLots > 0 && OrderPool.NULL_SLOT != slot;
        slot = queues.nextSlot(slot)) {
      if (reserveLots > 0 && pool.isHidden(slot)) {
        take(reserveLots);
        reserveLots = 0;
      }
      final long openLots = pool.openLots(slot);
      if (SelfTradePolicy.applies(stp, owner, pool.owner(slot))) {
        wantedLots = SelfTradePolicy.takerLotsLeft(stp, openLots, wantedLots);
      } else {
        final long lotsInTurn = pool.lotsInTurn(slot);
        take(lotsInTurn);
        reserveLots += openLots - lotsInTurn;
      }
    }
    take(reserveLots);
  }

  private void take(final long lots) {
    final long taken = Math.min(wantedLots, lots);
    wantedLots -= taken;
    fillableLots += taken;
  }
}
