package io.gavel.engine.core;

import io.gavel.codecs.sbe.CoolingCause;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.RuleKind;
import io.gavel.engine.book.OrderPool;
import io.gavel.engine.trigger.RuleBook;
import io.gavel.risk.RiskEngine;
import io.gavel.risk.instrument.Instrument;
import io.gavel.risk.limit.CoolingOff;
import io.gavel.risk.limit.RiskTable;

/**
 * Tells the risk table what happens: fills that realise a loss, rules that sell at one, and prices that move. What lets
 * an account or a market pause is an event. A house without such rows pays one branch a fill and one a price.
 */
final class LimitWatch {

  private final Rooms rooms;
  private final RiskEngine risk;
  private final RiskTable table;
  private final CoolingOff cooling;
  private final OrderPool pool;
  private final OrderTable orders;
  private final RuleBook rules;
  private final MarketEvents events;

  LimitWatch(final Rooms rooms, final MarketEvents events) {
    this.rooms = rooms;
    risk = rooms.risk;
    table = risk.limits();
    cooling = risk.cooling();
    pool = rooms.pool;
    orders = rooms.orders;
    rules = rooms.rules;
    this.events = events;
  }

  /** Whether {@link #filled} has to be told. */
  boolean countsLosses() {
    return table.countsLosses();
  }

  /** What the account of an order has realised in its instrument so far. */
  long realisedUnits(final int slot) {
    return risk.controls().realisedUnits(pool.account(slot), orders.instrumentId(slot));
  }

  /** An order was filled, and is not closed yet; {@code beforeUnits} had been realised before. */
  void filled(final int slot, final long beforeUnits) {
    final long lossUnits = beforeUnits - realisedUnits(slot);
    if (lossUnits <= 0) {
      return;
    }
    final long account = pool.account(slot);
    final int accountSlot = orders.accountSlot(slot);
    final long nowNs = rooms.clock.timeNs();
    final Instrument instrument = rooms.instrument(orders.instrumentId(slot));
    final int lossRow = cooling.lost(accountSlot,
        instrument.isContract() ? instrument.settleAssetId() : instrument.quoteAssetId(), lossUnits, nowNs);
    final int stopRow = isStopOut(slot) ? cooling.stoppedOut(accountSlot, nowNs) : 0;
    if (0 != (lossRow | stopRow)) {
      events.coolingOff(account, 0, cooling.untilNs(accountSlot), 0 != stopRow ? stopRow : lossRow,
          0 != stopRow ? CoolingCause.STOP_OUTS : CoolingCause.LOSS);
    }
  }

  /** The first fill of a stop's order; the ones that follow are the same stop-out. */
  private boolean isStopOut(final int slot) {
    if (!orders.isRuleChild(slot)) {
      return false;
    }
    final int rule = orders.ruleSlot(slot);
    final RuleKind kind = rules.kind(rule, rules.firedLeg(rule));
    return 0 == rooms.ruleTable.filledLots[rule]
        && (RuleKind.STOP_LOSS == kind || RuleKind.TRAILING_STOP == kind);
  }

  /** A mark arrived, or a trade in a market that has none. */
  void moved(final int instrumentId, final PriceSource source) {
    if (!table.watches(instrumentId)
        || (PriceSource.MARK != source && 0 != risk.marks().priceUnits(instrumentId, PriceSource.MARK))) {
      return;
    }
    final int row = table.marked(instrumentId, risk.marks().priceUnits(instrumentId, source));
    if (0 != row) {
      events.coolingOff(0, instrumentId, table.pausedUntilNs(row), row, CoolingCause.VOLATILITY);
    }
  }
}
