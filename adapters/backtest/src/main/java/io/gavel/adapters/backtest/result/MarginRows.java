package io.gavel.adapters.backtest.result;

import java.util.List;

/**
 * What a run with contracts leaves behind besides: each list in order of time.
 *
 * @param accounts     the margined ones, in the order of the scenario
 * @param levels       one entry a change, at the clock of the samples
 * @param references   marks, indices and their sources
 */
public record MarginRows(
    List<AccountMargin> accounts,
    List<LiquidationRow> liquidations,
    List<LiquidationLevel> levels,
    List<FundingPoint> funding,
    List<ReferenceSeries> references,
    List<PriceStateRow> priceStates) {

  /** Of a run in spot. */
  public static final MarginRows NONE =
      new MarginRows(List.of(), List.of(), List.of(), List.of(), List.of(), List.of());

  public MarginRows {
    accounts = List.copyOf(accounts);
    liquidations = List.copyOf(liquidations);
    levels = List.copyOf(levels);
    funding = List.copyOf(funding);
    references = List.copyOf(references);
    priceStates = List.copyOf(priceStates);
  }

  /** Whether the run had no account on margin. */
  public boolean isEmpty() {
    return accounts.isEmpty();
  }

  /** All funding together; above zero: received. */
  public long fundingUnits() {
    return funding.isEmpty() ? 0 : funding.get(funding.size() - 1).cumulativeUnits();
  }

  /** Accounts that were liquidated at least in part. */
  public long liquidatedAccounts() {
    return liquidations.stream().map(LiquidationRow::account).distinct().count();
  }
}
