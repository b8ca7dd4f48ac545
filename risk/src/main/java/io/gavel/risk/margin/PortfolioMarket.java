package io.gavel.risk.margin;

import io.gavel.codecs.sbe.PriceSource;
import io.gavel.risk.instrument.Instrument;
import io.gavel.risk.instrument.Instruments;
import io.gavel.risk.mark.Marks;
import io.gavel.risk.option.InputFault;
import io.gavel.risk.option.MoneyEdge;
import io.gavel.risk.option.PortfolioParameters;
import io.gavel.risk.option.ScenarioGrid;
import java.util.Arrays;

/**
 * One underlying as portfolio margin sees it: the grid of the options that have a volatility, and an account's legs on
 * it. Prices are decimals, amounts settle units for each one of price, so that values are settle units. An expiry's
 * time is that of the last price of its forward: nothing changes but by a price. One thread.
 */
final class PortfolioMarket {

  private static final double ONE_E8 = 1e8;
  private static final double ONE_E10 = 1e10;
  private static final double SECOND_NS = 1e9;
  private static final int NONE = -1;

  private final Instruments instruments;
  private final Marks marks;
  private final Instrument index;
  private final ScenarioGrid grid;
  private final PortfolioMargin margin;
  private final Portfolio portfolio;
  private final long[] expiryTimesNs;
  private final long[] ratesE8;
  private final int[] forwardIds;
  private final int[] expiryOf;
  private final int[] rowOf;

  PortfolioMarket(final Instruments instruments, final Marks marks, final Instrument index,
      final PortfolioParameters parameters, final int expiriesMax, final int instrumentsMax, final int legsMax) {
    this.instruments = instruments;
    this.marks = marks;
    this.index = index;
    grid = new ScenarioGrid(parameters, expiriesMax);
    portfolio = new Portfolio(legsMax, 0);
    margin = new PortfolioMargin(grid);
    expiryTimesNs = new long[expiriesMax];
    ratesE8 = new long[expiriesMax];
    forwardIds = new int[expiriesMax];
    expiryOf = new int[instrumentsMax + 1];
    rowOf = new int[instrumentsMax + 1];
    Arrays.fill(expiryOf, NONE);
  }

  /** Whether an option of this rate and forward has its place, so that its volatility can be set. */
  boolean holds(final int optionId, final long rateE8, final int forwardId) {
    final int expiry = expiryOf[optionId];
    return NONE != expiry && rateE8 == ratesE8[expiry] && forwardId == forwardIds[expiry];
  }

  void volatility(final int optionId, final long volatilityE8) {
    grid.volatility(expiryOf[optionId], rowOf[optionId], volatilityE8 / ONE_E8);
  }

  /** Adds an option; a volatility that the grid does not take leaves it out, to be margined by itself. */
  void add(final Instrument option, final long volatilityE8, final long rateE8, final int forwardId) {
    final int expiry = expiry(option.expiryTimeNs(), rateE8, forwardId);
    final double strike = price(option, (long) option.strikeTicks() * option.markUnitsPerTick());
    if (InputFault.NONE == grid.checkStrike(expiry, strike, volatilityE8 / ONE_E8)) {
      expiryOf[option.id()] = expiry;
      rowOf[option.id()] = grid.addStrike(expiry, strike, volatilityE8 / ONE_E8);
    }
  }

  private int expiry(final long expiryTimeNs, final long rateE8, final int forwardId) {
    for (int expiry = 0; expiry < grid.expiryCount(); expiry++) {
      if (expiryTimeNs == expiryTimesNs[expiry] && rateE8 == ratesE8[expiry] && forwardId == forwardIds[expiry]) {
        return expiry;
      }
    }
    final int expiry = grid.addExpiry();
    expiryTimesNs[expiry] = expiryTimeNs;
    ratesE8[expiry] = rateE8;
    forwardIds[expiry] = forwardId;
    return expiry;
  }

  /** Begins an account. */
  void clear() {
    portfolio.clear();
    portfolio.spot(indexPrice(), 1);
  }

  private double indexPrice() {
    return Math.max(0, price(index, marks.priceUnits(index.id(), PriceSource.INDEX)));
  }

  private static double price(final Instrument instrument, final long markUnits) {
    return markUnits / (double) instrument.markUnitsPerTick() * (instrument.tickSizeE10() / ONE_E10);
  }

  /** Adds lots of a contract; false when the model cannot say what they need. */
  boolean add(final Instrument instrument, final long lots) {
    final double amount = (double) lots * instrument.quoteUnitsPerTickLot() / (instrument.tickSizeE10() / ONE_E10);
    if (instrument.isInverse() || marks.priceUnits(index.id(), PriceSource.INDEX) <= 0) {
      return false;
    }
    if (instrument.isOption()) {
      final int expiry = expiryOf[instrument.id()];
      return NONE != expiry && follow(expiry) && InputFault.NONE
          == portfolio.leg(grid, expiry, rowOf[instrument.id()], PortfolioBook.isCall(instrument), amount);
    }
    final long mark = marks.priceUnits(instrument.id(), PriceSource.MARK);
    return mark > 0 && InputFault.NONE == portfolio.future(amount, price(instrument, mark));
  }

  /** Brings an expiry up to its forward; false when that has no price. */
  private boolean follow(final int expiry) {
    final boolean byIndex = 0 == forwardIds[expiry];
    final Instrument source = byIndex ? index : instruments.get(forwardIds[expiry]);
    if (null == source) {
      return false;
    }
    final PriceSource kind = byIndex ? PriceSource.INDEX : PriceSource.MARK;
    final long units = marks.priceUnits(source.id(), kind);
    final long leftNs = Math.max(0, expiryTimesNs[expiry] - marks.timeNsOf(source.id(), kind));
    return units > 0 && InputFault.NONE == grid.market(expiry, (long) StrictMath.ceil(leftNs / SECOND_NS),
        price(source, units), ratesE8[expiry] / ONE_E8, 1);
  }

  /** What the account that was added needs to open, in settle units. */
  long initialUnits() {
    margin.evaluate(portfolio);
    return margin.initialUnits(1);
  }

  /** What the account that was added needs to stay, in settle units. */
  long maintenanceUnits() {
    margin.evaluate(portfolio);
    return margin.maintenanceUnits(1);
  }

  /**
   * What the account that was evaluated last can lose, at most, for each mark unit of the index; rounded up. 0 without
   * an index: all that is held is margined by itself then.
   */
  long lossPerMarkUnit() {
    final double spot = indexPrice();
    if (0 == spot) {
      return 0;
    }
    return MoneyEdge.required(margin.lossBoundPerMarkUnit(portfolio, spot) * price(index, 1), 1);
  }
}
