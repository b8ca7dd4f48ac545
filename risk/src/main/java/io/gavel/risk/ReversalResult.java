package io.gavel.risk;

import java.util.Arrays;

/**
 * What undoing a trade takes, and what it came to; index as in {@link TradeFacts}. Amounts above zero come to the
 * account, fees and what a fund pays not included. A reusable holder. One thread.
 */
public final class ReversalResult {

  /** What the account does not have: of the quote or settle asset, and of the base asset. */
  public final long[] missingUnits = new long[TradeFacts.SIDES];
  public final long[] missingBaseUnits = new long[TradeFacts.SIDES];
  /** Whether the holding becomes what it were without the trade, or with the other price. */
  public final boolean[] exact = new boolean[TradeFacts.SIDES];
  public final long[] baseUnits = new long[TradeFacts.SIDES];
  public final long[] quoteUnits = new long[TradeFacts.SIDES];
  public final long[] feeUnits = new long[TradeFacts.SIDES];
  public final long[] realisedUnits = new long[TradeFacts.SIDES];
  /** By how many lots the holding changes. */
  public final long[] lots = new long[TradeFacts.SIDES];
  /** Contracts: the position that changed. */
  public final int[] positions = new int[TradeFacts.SIDES];

  void clear() {
    Arrays.fill(missingUnits, 0);
    Arrays.fill(missingBaseUnits, 0);
    Arrays.fill(exact, false);
    Arrays.fill(baseUnits, 0);
    Arrays.fill(quoteUnits, 0);
    Arrays.fill(feeUnits, 0);
    Arrays.fill(realisedUnits, 0);
    Arrays.fill(lots, 0);
    Arrays.fill(positions, 0);
  }
}
