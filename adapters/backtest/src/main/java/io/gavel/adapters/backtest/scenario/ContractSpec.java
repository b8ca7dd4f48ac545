package io.gavel.adapters.backtest.scenario;

import io.gavel.codecs.sbe.InstrumentKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a contract adds to an instrument: its terms, what positions in it need, what they pay one another, and which
 * prices count.
 *
 * @param settleSymbol  what profit, loss and fees are paid in; equity is told in it
 * @param multiplierE10 times the lot size; 0: one
 * @param expiryTimeNs  0: a perpetual
 * @param lever         the greatest leverage, decimal text; null: what the first tier leaves
 * @param profitCounts  whether unrealised profit lets an account take on more
 * @param tiers         in rising order of notional, never empty
 * @param funding       null: none
 * @param prices        null: marks and indices are set as the tapes say
 * @param liquidation   null: nobody is liquidated
 */
public record ContractSpec(
    InstrumentKind kind,
    String settleSymbol,
    int settleScale,
    long multiplierE10,
    long expiryTimeNs,
    long settlementWindowNs,
    @Nullable String lever,
    boolean profitCounts,
    List<Tier> tiers,
    @Nullable Funding funding,
    @Nullable Prices prices,
    @Nullable Liquidation liquidation) {

  public ContractSpec {
    tiers = List.copyOf(tiers);
  }

  /** Whether its value is its face divided by the price. */
  public boolean isInverse() {
    return InstrumentKind.INVERSE_PERPETUAL == kind || InstrumentKind.INVERSE_FUTURE == kind;
  }

  /**
   * From which notional on which part of it must be there.
   *
   * @param floorUnits    of the settle asset
   * @param initialE8     1 % = 1,000,000
   * @param maintenanceE8 at most the initial one
   */
  public record Tier(long floorUnits, int initialE8, int maintenanceE8) {
  }

  /** How a rate of funding comes about. */
  public enum FundingKind { DIRECT, DAMPENED, DEAD_BAND, PREMIUM }

  /** What longs and shorts pay one another; rates times 10^10, a period. */
  public record Funding(
      FundingKind rule, long intervalNs, long periodNs, long rateE10, long interestE10, long dampE10, long capE10,
      long stepMaxE10) {
  }

  /** How a mark comes about. */
  public enum MarkKind { DIRECT, MEDIAN, EMA_BASIS }

  /** How an index comes about from its sources and a mark from the index; 0 where nothing was said. */
  public record Prices(
      int quorum, int deviationE8, long staleNs, long futureNs, long excludeNs, long readmitNs, int readmitBandE8,
      int confidenceMinE8, int moveMaxE8, MarkKind mark, long halfLifeNs, long windowNs, int bandE8, int raiseMaxE8,
      long raiseIntervalNs) {
  }

  /**
   * What happens to who falls short; amounts are units of the settle asset, a cap of 0 is none.
   *
   * @param depthShareBps  of what the book shows, what one order may take; 0: takeover at once
   * @param partialBps     of a position, what one order closes at most; 0: all of it
   * @param insuranceUnits in the fund at the start
   * @param backstopUnits  what the account that takes over owns at the start
   * @param backstopFundUnits in the fund that pays the account's losses, at the start
   */
  public record Liquidation(
      int collarBps, int depthShareBps, int partialBps, int attempts, long retryNs, boolean greedy,
      long fundAccountMaxUnits, long fundInstrumentMaxUnits, long fundIntervalMaxUnits, long intervalNs,
      long backstopLossMaxUnits, long insuranceUnits, long backstopUnits,
      long backstopFundUnits) {
  }
}
