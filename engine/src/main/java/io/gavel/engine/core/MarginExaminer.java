package io.gavel.engine.core;

import io.gavel.codecs.sbe.MarginMode;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.risk.RiskEngine;
import io.gavel.risk.collateral.CollateralBook;
import io.gavel.risk.funding.InterestIndex;
import io.gavel.risk.instrument.Instrument;
import io.gavel.risk.ledger.Ledger;
import io.gavel.risk.liquidation.MarginWatch;
import io.gavel.risk.margin.AccountCollateral;
import io.gavel.risk.margin.LegMargin;
import io.gavel.risk.margin.MarginTerms;
import io.gavel.risk.money.FixedPoint;
import io.gavel.risk.money.Rounding;
import io.gavel.risk.position.Contracts;

/**
 * Looks at one account exactly, and tells the watch what it can lose by each price. Bounds hold for every price of a
 * series where value and requirement are lines or inverse curves; where two prices multiply each other, or a scenario
 * grid decides, they hold within a band around the present prices, whose ends are told as well. Changes no state.
 */
final class MarginExaminer {

  /** Roundings in the arithmetic of one position (worth, gain, requirement, two conversions) or one balance. */
  private static final int ROUNDINGS = 6;
  /** Where bounds hold only near by: within an eighth of the price. */
  private static final int BAND = 8;
  /** Over such a band an inverse value grows by a seventh, and a product of two by less than a half. */
  private static final int BAND_FACTOR = 2;
  /** A scenario grid: delta at most one, and requirements that follow value with a factor of at most two. */
  private static final int PORTFOLIO_FACTOR = 4;
  private static final long ONE_E8 = 100_000_000;
  /** Interest is watched in steps of less than 0.001 %, so that an index at its end is still an int of them. */
  static final long INTEREST_STEP_E15 = 1L << 33;
  /** Of a debt so much is set aside for the interest on it: 0.4 %. */
  private static final int ASIDE_SHIFT = 8;
  static final long SECOND_NS = 1_000_000_000;
  private static final int TIME_BAND = 16;

  private final Rooms rooms;
  private final RiskEngine risk;
  private final Contracts contracts;
  private final LegMargin leg;
  private final CollateralBook collateral;
  private final MarginWatch watch;
  private int roundings;
  private boolean isPriced;

  MarginExaminer(final Rooms rooms, final MarginWatch watch) {
    this.rooms = rooms;
    this.watch = watch;
    risk = rooms.risk;
    contracts = rooms.risk.contracts();
    leg = rooms.risk.legMargin();
    collateral = rooms.risk.collateral();
  }

  /** Marks of instruments are series 1 and up, index prices come behind them. */
  int indexSeries(final int instrumentId) {
    return rooms.config.instrumentsMax() + 1 + instrumentId;
  }

  /** What borrowers of an asset pay comes behind the prices. */
  int interestSeries(final int assetId) {
    return 2 * (rooms.config.instrumentsMax() + 1) + assetId;
  }

  /** What all accounts have of a concentrated asset together comes behind those. */
  int depositSeries(final int assetId) {
    return interestSeries(rooms.config.assetsMax()) + 1 + assetId;
  }

  /** Behind them come the times, in whole seconds and one, at which marks and indices took their values. */
  int timeSeries(final int instrumentId, final PriceSource source) {
    return depositSeries(rooms.config.assetsMax()) + 1 + instrumentId
        + (PriceSource.MARK == source ? 0 : rooms.config.instrumentsMax() + 1);
  }

  /** Whether nothing of the account is in breach; it is watched from now on. */
  boolean examine(final int accountSlot) {
    watch.begin(accountSlot);
    final MarginMode mode = risk.accountModes().margin(accountSlot);
    if (MarginMode.CASH == mode || Contracts.NULL_POSITION == contracts.first(accountSlot)) {
      return true;
    }
    return MarginMode.ISOLATED == mode ? examineIsolated(accountSlot) : examineShared(accountSlot, mode);
  }

  private boolean examineIsolated(final int accountSlot) {
    boolean isHealthy = true;
    for (int position = contracts.first(accountSlot); Contracts.NULL_POSITION != position;
        position = contracts.next(position)) {
      if (0 != contracts.lots(position) && isMarked(position)) {
        final Instrument instrument = instrument(position);
        final long notional = leg.notionalUnits(instrument, Math.abs(contracts.lots(position)));
        isHealthy &= watch.isolated(instrument.id(), instrument.isInverse(), isolatedSlackUnits(position), ROUNDINGS,
            loss(position, instrument, notional, true), loss(position, instrument, notional, false));
      }
    }
    watch.commit(0, 0);
    return isHealthy;
  }

  long isolatedSlackUnits(final int position) {
    return contracts.marginUnits(position) + leg.gainUnits(position) - leg.maintenanceOf(position);
  }

  /** Equity less maintenance margin of an account whose positions share its money. */
  long sharedSlackUnits(final int accountSlot) {
    return FixedPoint.addSaturating(
        risk.marginBook().equityUnits(accountSlot), -risk.marginBook().maintenanceUnits(accountSlot));
  }

  private boolean examineShared(final int accountSlot, final MarginMode mode) {
    roundings = 0;
    isPriced = true;
    boolean isFlat = true;
    for (int position = contracts.first(accountSlot); Contracts.NULL_POSITION != position;
        position = contracts.next(position)) {
      if (0 != contracts.lots(position)) {
        isFlat = false;
        roundings += ROUNDINGS;
        tellPosition(position, MarginMode.PORTFOLIO == mode);
      }
    }
    if (isFlat) {
      return true;
    }
    for (int balance = risk.ledger().first(accountSlot); Ledger.NULL_BALANCE != balance;
        balance = risk.ledger().next(balance)) {
      roundings += ROUNDINGS;
      tellBalance(balance);
    }
    final long slack = sharedSlackUnits(accountSlot);
    // Without a mark nothing can be bounded: the account is looked at with every price.
    return watch.commit(slack, isPriced ? roundings : Integer.MAX_VALUE);
  }

  private void tellPosition(final int position, final boolean isPortfolio) {
    final Instrument instrument = instrument(position);
    final long lots = Math.abs(contracts.lots(position));
    if (!isMarked(position)) {
      isPriced = false;
      return;
    }
    final long notional = leg.notionalUnits(instrument, lots);
    final boolean isReference = collateral.referenceAssetId() == instrument.settleAssetId();
    if (isReference && !isPortfolio && !instrument.isOption()) {
      final long fall = loss(position, instrument, notional, true);
      final long rise = loss(position, instrument, notional, false);
      if (instrument.isInverse()) {
        watch.inverse(instrument.id(), fall, rise);
      } else {
        watch.linear(instrument.id(), fall, rise);
      }
      return;
    }
    final long worth = collateral.valueUnits(instrument.settleAssetId(),
        FixedPoint.addSaturating(notional, Math.abs(contracts.costUnits(position))), Rounding.UP);
    final int factor = isPortfolio || instrument.isOption() ? PORTFOLIO_FACTOR : BAND_FACTOR * BAND_FACTOR;
    final long bound = FixedPoint.productFits(worth, factor) ? worth * factor : Long.MAX_VALUE;
    band(instrument.id(), bound);
    if (instrument.isOption()) {
      bandOfIndex(instrument.indexInstrumentId(), bound);
    }
    if (isPortfolio) {
      tellPortfolio(position, instrument, worth, bound);
    }
    if (!isReference) {
      bandOfIndex(collateral.priceInstrumentId(instrument.settleAssetId()), bound);
    }
  }

  /** Scenarios follow the index, whatever is held; an option's value its forward and the time left to it, too. */
  private void tellPortfolio(final int position, final Instrument instrument, final long worth, final long bound) {
    final int underlying = instrument.indexInstrumentId();
    final Instrument index = rooms.instrument(underlying);
    final long perMarkUnit = risk.portfolioBook().lossBoundPerMarkUnit(contracts.accountSlot(position), underlying);
    final long indexUnits = risk.marks().priceUnits(underlying, PriceSource.INDEX);
    final long inAll = FixedPoint.productFits(perMarkUnit, indexUnits) ? perMarkUnit * indexUnits : Long.MAX_VALUE;
    bandOfIndex(index.id(), Math.max(bound, collateral.valueUnits(instrument.settleAssetId(), inAll, Rounding.UP)));
    if (instrument.isOption()) {
      final int forward = risk.portfolioBook().forwardInstrumentId(instrument.id());
      if (0 != forward) {
        band(forward, bound);
      }
      tellTime(0 == forward ? timeSeries(underlying, PriceSource.INDEX) : timeSeries(forward, PriceSource.MARK),
          instrument, worth);
    }
  }

  /** What is left to an option is reckoned from the time of its forward; within a sixteenth of it the bound holds. */
  private void tellTime(final int series, final Instrument option, final long worth) {
    final long nowSeconds = watch.level(series);
    final long leftSeconds = option.expiryTimeNs() / SECOND_NS - nowSeconds;
    final long shareE8 = risk.portfolioBook().timeValueE8(option.id(), leftSeconds * SECOND_NS);
    if (0 == shareE8) {
      return;
    }
    if (nowSeconds <= 0 || leftSeconds < 2 * TIME_BAND) {
      isPriced = false;
      return;
    }
    final long all = FixedPoint.mulDivFits(worth, PORTFOLIO_FACTOR * shareE8, ONE_E8, Rounding.UP)
        ? FixedPoint.mulDiv(worth, PORTFOLIO_FACTOR * shareE8, ONE_E8, Rounding.UP) : Long.MAX_VALUE;
    watch.linear(series, 0, FixedPoint.mulDivFits(all, nowSeconds, leftSeconds, Rounding.UP)
        ? FixedPoint.mulDiv(all, nowSeconds, leftSeconds, Rounding.UP) : Long.MAX_VALUE);
    watch.within(series, 1, nowSeconds + leftSeconds / TIME_BAND);
  }

  private void band(final int series, final long bound) {
    final long price = watch.level(series);
    if (price <= 0) {
      isPriced = false;
      return;
    }
    watch.linear(series, bound, bound);
    watch.within(series, price - price / BAND, price + price / BAND);
  }

  private void bandOfIndex(final int instrumentId, final long bound) {
    if (0 != instrumentId) {
      band(indexSeries(instrumentId), bound);
    }
  }

  /** A credit falls with its price and a debt grows with it, neither by more than it is worth at full weight. */
  private void tellBalance(final int balance) {
    final int assetId = risk.ledger().assetId(balance);
    final long debt = tellInterest(balance, assetId);
    final int priceInstrument = collateral.priceInstrumentId(assetId);
    if (collateral.isConcentrated(assetId)) {
      // It counts for start / deposits at worst: less by no larger a part than the deposits have grown by.
      watch.linear(depositSeries(assetId), 0,
          collateral.valueUnits(assetId, risk.ledger().freeUnits(balance), Rounding.UP));
    }
    if (0 == priceInstrument) {
      return;
    }
    final int series = indexSeries(priceInstrument);
    if (watch.level(series) <= 0) {
      isPriced = false;
      return;
    }
    final long credit = collateral.valueUnits(assetId, risk.ledger().freeUnits(balance), Rounding.UP);
    watch.linear(series, credit, debt);
  }

  /**
   * A debt grows with its index. What it counts for may grow faster, where large debts weigh more: up to twice the
   * debt the chord to there is above that curve. Returns the most that the debt may count for at its present price.
   */
  private long tellInterest(final int balance, final int assetId) {
    final long owed = risk.debts().units(balance);
    final int series = interestSeries(assetId);
    final long debt = collateral.debtUnits(assetId, owed);
    if (0 == owed || !watch.isDefined(series)) {
      return debt;
    }
    final long doubled = collateral.debtUnits(assetId, FixedPoint.addSaturating(owed, owed));
    watch.accrual(series, 0, FixedPoint.addSaturating(doubled, -debt), InterestIndex.ONE_E15,
        Math.max(1, debt >> ASIDE_SHIFT));
    watch.within(series, Long.MIN_VALUE, watch.level(series) + InterestIndex.ONE_E15);
    return doubled;
  }

  /** What a position loses in proportion to a fall of its price, or to a rise. */
  private long loss(final int position, final Instrument instrument, final long notional, final boolean ofFall) {
    final boolean isLong = contracts.lots(position) > 0;
    final MarginTerms terms =
        risk.marginRegister().terms(contracts.accountSlot(position), instrument.id());
    final long lots = Math.abs(contracts.lots(position));
    final long rateE8 = null == terms ? ONE_E8 : Math.max(0, terms.schedule().maintenanceRateMaxE8(lots));
    final long requirement = requirement(notional, rateE8);
    // The requirement follows the notional, which falls with the price, or rises with it where the contract is inverse.
    final boolean requirementGrows = ofFall == instrument.isInverse();
    if (isLong == ofFall) {
      return FixedPoint.addSaturating(notional, requirementGrows ? requirement : 0);
    }
    // It gains as much as the notional moves; the requirement can take no more than that away.
    return requirementGrows && rateE8 > weightE8(contracts.accountSlot(position), instrument) ? requirement : 0;
  }

  /** What a gain counts for: of an isolated position all of it. */
  private long weightE8(final int accountSlot, final Instrument instrument) {
    return MarginMode.ISOLATED == risk.accountModes().margin(accountSlot) ? ONE_E8
        : collateral.profitUnits(instrument.settleAssetId(), ONE_E8);
  }

  private static long requirement(final long notional, final long rateE8) {
    return FixedPoint.mulDivFits(notional, rateE8, ONE_E8, Rounding.UP)
        ? FixedPoint.mulDiv(notional, rateE8, ONE_E8, Rounding.UP) : AccountCollateral.UNITS_MAX;
  }

  private boolean isMarked(final int position) {
    return risk.marks().priceUnits(contracts.instrumentId(position), PriceSource.MARK) > 0;
  }

  private Instrument instrument(final int position) {
    return rooms.instrument(contracts.instrumentId(position));
  }
}
