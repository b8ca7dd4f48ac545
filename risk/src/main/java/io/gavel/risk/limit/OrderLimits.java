package io.gavel.risk.limit;

import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.Side;
import io.gavel.risk.instrument.Instrument;

/** The limits of an instrument, applied to one order. Pure functions: each returns OK or the refusal. */
public final class OrderLimits {

  private static final long ALL_BPS = 10_000;

  private OrderLimits() {
  }

  /**
   * Whether the size lies within the limits.
   *
   * @param minimumToo false for what is left of something that was large enough when it was accepted
   */
  public static ReasonCode checkSize(final Instrument instrument, final long lots, final boolean minimumToo) {
    if (lots < instrument.minLots() && minimumToo) {
      return ReasonCode.SIZE_BELOW_MIN;
    }
    return 0 != instrument.maxLots() && lots > instrument.maxLots() ? ReasonCode.SIZE_ABOVE_MAX : ReasonCode.OK;
  }

  /**
   * Whether price times size lies within the limits.
   *
   * @param minimumToo false for what is left of something that was large enough when it was accepted
   */
  public static ReasonCode checkNotional(
      final Instrument instrument, final long notionalUnits, final boolean minimumToo) {
    if (notionalUnits < instrument.minNotionalUnits() && minimumToo) {
      return ReasonCode.NOTIONAL_BELOW_MIN;
    }
    return 0 != instrument.maxNotionalUnits() && notionalUnits > instrument.maxNotionalUnits()
        ? ReasonCode.NOTIONAL_ABOVE_MAX : ReasonCode.OK;
  }

  /** Whether a limit price lies within the collar around the reference, both ends included. */
  public static ReasonCode checkCollar(
      final Instrument instrument, final int limitPriceTicks, final int referenceTicks) {
    if (0 == instrument.collarBps()) {
      return ReasonCode.OK;
    }
    if (0 == referenceTicks) {
      return ReasonCode.NO_REFERENCE_PRICE;
    }
    final long distanceTicks = Math.abs((long) limitPriceTicks - referenceTicks);
    return distanceTicks * ALL_BPS <= (long) instrument.collarBps() * referenceTicks
        ? ReasonCode.OK : ReasonCode.PRICE_OUTSIDE_COLLAR;
  }

  /**
   * The worst price of a market order: so far below the reference for a sale, rounded up, so far above for a purchase,
   * rounded down; at least one tick. A collar that is narrower counts instead of the protection.
   */
  public static int protectionTicks(
      final Instrument instrument, final Side side, final int protectionBps, final int referenceTicks) {
    final int collarBps = instrument.collarBps();
    final long bps = 0 != collarBps ? Math.min(protectionBps, collarBps) : protectionBps;
    if (Side.SELL == side) {
      return (int) Math.max(1, (referenceTicks * Math.max(0, ALL_BPS - bps) + ALL_BPS - 1) / ALL_BPS);
    }
    return (int) Math.min(Integer.MAX_VALUE, referenceTicks * (ALL_BPS + bps) / ALL_BPS);
  }
}
