package io.gavel.risk;

import io.gavel.risk.instrument.Instrument;
import io.gavel.risk.ledger.Ledger;
import io.gavel.risk.margin.LegMargin;
import io.gavel.risk.margin.MarginRegister;
import io.gavel.risk.margin.MarginTerms;
import io.gavel.risk.money.FixedPoint;
import io.gavel.risk.money.Rounding;
import io.gavel.risk.position.Contracts;
import org.jspecify.annotations.Nullable;

/**
 * Money held for the positions of isolated accounts and for their open orders (F-08): what orders do not merely close
 * is margined at its limit price, and becomes margin of the position when it is filled. All of it is in held.
 */
final class IsolatedMargin {

  private final Ledger ledger;
  private final Contracts contracts;
  private final LegMargin leg;
  private final MarginRegister register;

  IsolatedMargin(
      final Ledger ledger, final Contracts contracts, final LegMargin leg, final MarginRegister register) {
    this.ledger = ledger;
    this.contracts = contracts;
    this.leg = leg;
    this.register = register;
  }

  /** What must be held for the open orders of a position beyond its own margin: the worse of both sides. */
  long orderMarginUnits(final int position, final Instrument instrument) {
    return Math.max(sideMarginUnits(position, instrument, false), sideMarginUnits(position, instrument, true));
  }

  private long sideMarginUnits(final int position, final Instrument instrument, final boolean sells) {
    final long lots = contracts.lots(position);
    final long openLots = sells ? contracts.openSellLots(position) : contracts.openBuyLots(position);
    final long openUnits = sells ? contracts.openSellUnits(position) : contracts.openBuyUnits(position);
    final long closedLots = Math.max(0, sells ? lots : -lots);
    final long openingLots = openLots - Math.min(openLots, closedLots);
    if (0 == openingLots) {
      return 0;
    }
    final long openingUnits = FixedPoint.mulDiv(openUnits, openingLots, openLots, Rounding.CEILING);
    if (closedLots > 0) {
      return initialUnits(position, instrument, openingUnits, openingLots);
    }
    final long costUnits = Math.abs(contracts.costUnits(position));
    return initialUnits(position, instrument, costUnits + openingUnits, Math.abs(lots) + openingLots)
        - initialUnits(position, instrument, costUnits, Math.abs(lots));
  }

  private long initialUnits(
      final int position, final Instrument instrument, final long notionalUnits, final long lots) {
    final @Nullable MarginTerms terms = register.terms(contracts.accountSlot(position), instrument.id());
    return leg.initialOf(instrument, terms, notionalUnits, lots, contracts.leverageE2(position));
  }

  /** What the position would have to be opened with at its cost. */
  long positionMarginUnits(final int position, final Instrument instrument) {
    return initialUnits(position, instrument, Math.abs(contracts.costUnits(position)),
        Math.abs(contracts.lots(position)));
  }

  /** Holds what the open orders need now; what is there must do, when it has become more. */
  void holdForOrders(final int position, final Instrument instrument, final int balance) {
    final long oldUnits = contracts.orderMarginUnits(position);
    final long moreUnits =
        Math.min(orderMarginUnits(position, instrument) - oldUnits, ledger.freeUnits(balance));
    if (moreUnits > 0) {
      ledger.hold(balance, moreUnits);
    } else {
      ledger.unhold(balance, -moreUnits);
    }
    contracts.orderMarginUnits(position, oldUnits + moreUnits);
  }

  /** From free to the margin of the position, or back by a number below zero. */
  void move(final int position, final int balance, final long units) {
    if (units > 0) {
      ledger.hold(balance, units);
    } else {
      ledger.unhold(balance, -units);
    }
    contracts.marginUnits(position, contracts.marginUnits(position) + units);
  }

  /**
   * Frees the share of what closes. Where a loss is more than that, what is left of the margin pays the rest.
   *
   * @param lossUnits zero or above
   */
  void free(
      final int position, final int balance, final long closedLots, final long oldLots, final long lossUnits) {
    final long marginUnits = contracts.marginUnits(position);
    final long shareUnits = FixedPoint.mulDiv(marginUnits, closedLots, Math.abs(oldLots), Rounding.DOWN);
    move(position, balance, -Math.min(marginUnits, Math.max(shareUnits, lossUnits)));
  }

  /** Margin for what a fill has opened: as the whole position needs at its cost, as far as free money goes. */
  void topUp(final int position, final Instrument instrument, final int balance, final long oldNeedUnits) {
    final long needUnits = positionMarginUnits(position, instrument) - oldNeedUnits;
    if (needUnits > 0) {
      move(position, balance, Math.min(needUnits, ledger.freeUnits(balance)));
    }
  }
}
