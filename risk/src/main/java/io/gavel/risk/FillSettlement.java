package io.gavel.risk;

/** What a settled fill came to. A reusable holder that {@link RiskEngine#settleFill} fills. One thread. */
public final class FillSettlement {

  /** Price times size in quote units. */
  public long notionalUnits;
  /** Size in base units. */
  public long baseUnits;
  /** In units of the instrument's fee asset; negative is a rebate. */
  public long makerFeeUnits;
  /** In units of the instrument's fee asset; negative is a rebate. */
  public long takerFeeUnits;
  /** Contracts: the positions that traded, and what each realised. */
  public int makerPosition;
  public int takerPosition;
  public long makerRealisedUnits;
  public long takerRealisedUnits;
}
