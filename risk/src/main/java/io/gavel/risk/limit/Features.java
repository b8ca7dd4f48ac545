package io.gavel.risk.limit;

import io.gavel.risk.money.FixedPoint;
import io.gavel.risk.money.Rounding;

/**
 * What a risk model looks at, kept as the market goes along: weighted means of return, of its square, of traded size
 * and of depth, and how much of what is traded one counterparty has. Each event costs a few shifts. A mean moves by a
 * 2^-k part of the difference; it is kept 2^20 times finer than it is told, so that the roundings of a whole history
 * stay below half of what is told. Allocates nothing after start. One thread.
 */
public final class Features {

  /** Returns and shares are times this. */
  public static final long ONE_E8 = 100_000_000L;

  private static final int FINER = 20;
  private static final int SHIFT_MAX = 12;
  /** A larger return, a thousandfold, counts as this; sizes and depths as 2^40. */
  private static final long RETURN_MAX_E8 = 1_000 * ONE_E8;
  private static final long SIZE_MAX = 1L << 40;

  private final int shift;
  private long lastPriceUnits;
  private long meanReturn;
  private long meanSquare;
  private long meanLots;
  private long meanDepth;
  private long meanLeader;
  private long leader;
  private long lead;

  /** The weight of a new event is 2^-shift; shift from 1 to 12. */
  public Features(final int shift) {
    this.shift = Math.max(1, Math.min(SHIFT_MAX, shift));
  }

  /** A price: the first only says where returns begin. */
  public void priced(final long priceUnits) {
    if (priceUnits <= 0) {
      return;
    }
    if (0 != lastPriceUnits) {
      final long returnE8 = returnE8(priceUnits);
      meanReturn = moved(meanReturn, returnE8);
      meanSquare = moved(meanSquare, Math.min(RETURN_MAX_E8,
          FixedPoint.mulDiv(returnE8, returnE8, ONE_E8, Rounding.FLOOR)));
    }
    lastPriceUnits = priceUnits;
  }

  private long returnE8(final long priceUnits) {
    final long change = priceUnits - lastPriceUnits;
    return FixedPoint.mulDivFits(change, ONE_E8, lastPriceUnits, Rounding.FLOOR)
        ? Math.min(RETURN_MAX_E8, FixedPoint.mulDiv(change, ONE_E8, lastPriceUnits, Rounding.FLOOR)) : RETURN_MAX_E8;
  }

  /**
   * A trade with a counterparty. Who leads is found by a vote: lots of the leader count for it, lots of anybody else
   * against it, and who has turned the vote leads from then on; whoever has more than half of all lots does.
   */
  public void traded(final long counterparty, final long lots) {
    final long size = Math.max(0, Math.min(SIZE_MAX, lots));
    meanLots = moved(meanLots, size);
    if (counterparty == leader) {
      lead = Math.min(Long.MAX_VALUE / 2, lead + size);
    } else if (size > lead) {
      lead = size - lead;
      leader = counterparty;
      meanLeader = 0;
    } else {
      lead -= size;
    }
    meanLeader = moved(meanLeader, counterparty == leader ? size : 0);
  }

  /** What the book shows. */
  public void depth(final long lots) {
    meanDepth = moved(meanDepth, Math.max(0, Math.min(SIZE_MAX, lots)));
  }

  private long moved(final long mean, final long sample) {
    return mean + (((sample << FINER) - mean) >> shift);
  }

  private static long told(final long mean) {
    return (mean + (1L << (FINER - 1))) >> FINER;
  }

  public long meanReturnE8() {
    return told(meanReturn);
  }

  /** The mean of squares less the square of the mean, never below zero. */
  public long varianceE8() {
    final long mean = meanReturnE8();
    return Math.max(0, told(meanSquare) - FixedPoint.mulDiv(mean, mean, ONE_E8, Rounding.FLOOR));
  }

  /** The mean of squared returns. */
  public long meanSquareE8() {
    return told(meanSquare);
  }

  public long meanTradeLots() {
    return told(meanLots);
  }

  public long meanDepthLots() {
    return told(meanDepth);
  }

  /** Who traded most of late; 0: nobody. */
  public long leader() {
    return leader;
  }

  /** The leader's part of what is traded, as far as it has led. */
  public long concentrationE8() {
    return meanLots <= 0 ? 0 : Math.min(ONE_E8, FixedPoint.mulDiv(meanLeader, ONE_E8, meanLots, Rounding.FLOOR));
  }
}
