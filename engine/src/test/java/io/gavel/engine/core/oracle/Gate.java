package io.gavel.engine.core.oracle;

import io.gavel.codecs.sbe.OrdType;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.Side;
import io.gavel.codecs.sbe.StpMode;
import io.gavel.codecs.sbe.TimeInForce;
import java.math.BigInteger;
import java.util.ArrayDeque;

/** What an order must pass before its money is looked at. */
final class Gate {

  private static final BigInteger BPS = BigInteger.valueOf(10_000);

  private Gate() {
  }

  static ReasonCode checkForm(final NewOrder c, final long nowNs) {
    final boolean market = OrdType.MARKET == c.ordType();
    final boolean atOnce = TimeInForce.IOC == c.timeInForce() || TimeInForce.FOK == c.timeInForce();
    final boolean byAmount = 0 != c.quoteAmount();
    if (market && 0 != c.limitTicks()) {
      return ReasonCode.PRICE_NOT_ALLOWED;
    }
    if (!market && c.limitTicks() <= 0) {
      return ReasonCode.PRICE_NOT_POSITIVE;
    }
    if (byAmount && 0 != c.lots()) {
      return ReasonCode.SIZE_AMBIGUOUS;
    }
    if (c.lots() < 0 || c.quoteAmount() < 0 || (!byAmount && 0 == c.lots())) {
      return ReasonCode.SIZE_NOT_POSITIVE;
    }
    if ((market && !atOnce) || (c.postOnly() && (market || atOnce))
        || (byAmount && (!market || Side.BUY != c.side() || TimeInForce.IOC != c.timeInForce()))
        || (!market && 0 != c.protectionBps())) {
      return ReasonCode.FLAGS_CONFLICT;
    }
    final boolean timed = TimeInForce.GTD == c.timeInForce();
    return timed ? c.expireTimeNs() <= nowNs ? ReasonCode.EXPIRE_TIME_INVALID : ReasonCode.OK
        : 0 != c.expireTimeNs() ? ReasonCode.EXPIRE_TIME_INVALID : ReasonCode.OK;
  }

  /** Halts, price and size, in this order; a limit of 0 is a market order. */
  static ReasonCode checkOrder(final Pair pair, final ReasonCode halt, final boolean degraded, final int limit,
      final int protectionBps, final long lots, final long quoteAmount) {
    if (ReasonCode.OK != halt) {
      return halt;
    }
    if (degraded) {
      return ReasonCode.DEGRADED;
    }
    final int reference = pair.reference();
    if (limit < 0) {
      return ReasonCode.PRICE_NOT_POSITIVE;
    }
    if (0 == limit && protectionBps > 10_000) {
      return ReasonCode.PROTECTION_OUT_OF_RANGE;
    }
    if (0 == reference && (0 == limit || 0 != pair.collarBps)) {
      return ReasonCode.NO_REFERENCE_PRICE;
    }
    if (0 != limit && 0 != pair.collarBps && BigInteger.valueOf(limit - (long) reference).abs().multiply(BPS)
        .compareTo(BigInteger.valueOf(pair.collarBps).multiply(BigInteger.valueOf(reference))) > 0) {
      return ReasonCode.PRICE_OUTSIDE_COLLAR;
    }
    if (0 == quoteAmount && lots < pair.minLots) {
      return ReasonCode.SIZE_BELOW_MIN;
    }
    if (0 == quoteAmount && 0 != pair.maxLots && lots > pair.maxLots) {
      return ReasonCode.SIZE_ABOVE_MAX;
    }
    if (0 != quoteAmount && 0 == Money.budget(pair, quoteAmount).signum()) {
      return ReasonCode.NOTIONAL_BELOW_MIN;
    }
    final BigInteger notional = 0 != quoteAmount ? BigInteger.valueOf(quoteAmount)
        : pair.notional(0 == limit ? reference : limit, lots);
    if (notional.bitLength() >= Long.SIZE) {
      return ReasonCode.NOTIONAL_OVERFLOW;
    }
    if (notional.compareTo(BigInteger.valueOf(pair.minNotional)) < 0) {
      return ReasonCode.NOTIONAL_BELOW_MIN;
    }
    return 0 != pair.maxNotional && notional.compareTo(BigInteger.valueOf(pair.maxNotional)) > 0
        ? ReasonCode.NOTIONAL_ABOVE_MAX : ReasonCode.OK;
  }

  /** Against the reference, rounded against going further; a narrower collar counts instead. */
  static int protection(final Pair pair, final Side side, final int protectionBps, final int referenceTicks) {
    final int asked = 0 == protectionBps ? pair.protectionBps : protectionBps;
    final BigInteger bps = BigInteger.valueOf(0 == pair.collarBps ? asked : Math.min(asked, pair.collarBps));
    final BigInteger reference = BigInteger.valueOf(referenceTicks);
    return Side.SELL == side
        ? Money.ceilDiv(reference.multiply(BPS.subtract(bps).max(BigInteger.ZERO)), BPS).max(BigInteger.ONE)
        .intValueExact() : Money.floorDiv(reference.multiply(BPS.add(bps)), BPS).intValueExact();
  }

  static boolean crosses(final Pair pair, final Side side, final int limit) {
    return !pair.against(side).isEmpty() && Pair.reaches(side, limit, pair.against(side).firstKey());
  }

  static boolean isFillable(final Pair pair, final NewOrder c, final int limit) {
    long missing = c.lots();
    for (final ArrayDeque<Order> level : pair.against(c.side()).values()) {
      for (final Order maker : level) {
        if (!Pair.reaches(c.side(), limit, maker.limitTicks) || missing <= 0) {
          return missing <= 0;
        }
        if (maker.account != c.account() || StpMode.NONE == c.stpMode()) {
          missing -= maker.open;
        } else if (StpMode.CANCEL_MAKER != c.stpMode()) {
          return false;
        }
      }
    }
    return missing <= 0;
  }
}
