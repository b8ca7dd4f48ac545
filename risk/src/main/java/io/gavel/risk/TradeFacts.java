package io.gavel.risk;

import io.gavel.codecs.sbe.PositionSide;

/**
 * What is known of a trade that happened, as far as it takes to undo it. Index {@link #SELLER} or {@link #BUYER}; units
 * as in {@link FillSettlement}. A reusable holder. One thread.
 */
public final class TradeFacts {

  public static final int SELLER = 0;
  public static final int BUYER = 1;
  public static final int SIDES = 2;

  public int instrumentId;
  public int priceTicks;
  public long lots;
  /** Price times size in quote units, or what it was worth in settle units. */
  public long valueUnits;
  public final int[] accountSlots = new int[SIDES];
  public final PositionSide[] positionSides = {PositionSide.NET, PositionSide.NET};
  public final long[] feeUnits = new long[SIDES];
  /** By how much the trade changed the lots and the cost of a holding, and what it realised. */
  public final long[] lotsChange = new long[SIDES];
  public final long[] costChange = new long[SIDES];
  public final long[] realisedChange = new long[SIDES];
  /** The holding right after the trade. */
  public final long[] lotsAfter = new long[SIDES];
  public final long[] costAfter = new long[SIDES];
  /** Whether all later trades of the holding would have opened with or without this one, as far as is known. */
  public final boolean[] independent = new boolean[SIDES];
  /** The holding by now, if nothing but those trades has changed it. */
  public final long[] lotsNow = new long[SIDES];
  public final long[] costNow = new long[SIDES];
}
