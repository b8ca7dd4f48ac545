package io.gavel.risk.funding;

import io.gavel.codecs.SnapshotSink;
import io.gavel.codecs.SnapshotSource;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.SetInterestDecoder;
import io.gavel.risk.money.FixedPoint;
import io.gavel.risk.money.Rounding;

/**
 * What borrowing an asset costs: a rate per year that rises with the share that is lent, in a line to the kink and in a
 * steeper one above it. Rates are parts of 10^10, shares parts of 10^8; rates are rounded up. Immutable.
 *
 * @param baseRateE10   while nothing is lent
 * @param slopeE10      what the rate has gained at the kink
 * @param slopeAboveE10 what it gains from the kink to where all is lent
 * @param reserveE8     share of the interest that lenders do not get
 */
record InterestTerms(
    long intervalNs, long baseRateE10, long slopeE10, long slopeAboveE10, int kinkE8, int reserveE8) {

  static final int ONE_E8 = 100_000_000;
  /** 1,000 % a year. */
  static final long RATE_MAX_E10 = 100_000_000_000L;
  private static final long INTERVAL_MIN_NS = 1_000_000_000L;
  private static final long INTERVAL_MAX_NS = 31L * 24 * 3_600 * 1_000_000_000L;

  InterestTerms(final SetInterestDecoder command) {
    this(command.intervalNs(), command.baseRateE10(), command.slopeE10(), command.slopeAboveE10(), command.kinkE8(),
        command.reserveE8());
  }

  InterestTerms(final SnapshotSource source) {
    this(source.getLong(), source.getLong(), source.getLong(), source.getLong(), source.getInt(), source.getInt());
  }

  void save(final SnapshotSink sink) {
    sink.putLong(intervalNs);
    sink.putLong(baseRateE10);
    sink.putLong(slopeE10);
    sink.putLong(slopeAboveE10);
    sink.putInt(kinkE8);
    sink.putInt(reserveE8);
  }

  /** Whether the parameters make sense together; an interval of 0 ends interest, whatever the others say. */
  static ReasonCode check(final SetInterestDecoder command) {
    if (0 == command.intervalNs()) {
      return ReasonCode.OK;
    }
    final boolean rates = isRate(command.baseRateE10()) && isRate(command.slopeE10())
        && isRate(command.slopeAboveE10())
        && command.baseRateE10() + command.slopeE10() + command.slopeAboveE10() <= RATE_MAX_E10;
    final boolean shares = command.kinkE8() > 0 && command.kinkE8() <= ONE_E8 && command.reserveE8() >= 0
        && command.reserveE8() <= ONE_E8;
    return rates && shares && command.intervalNs() >= INTERVAL_MIN_NS && command.intervalNs() <= INTERVAL_MAX_NS
        ? ReasonCode.OK : ReasonCode.PARAMETERS_INVALID;
  }

  private static boolean isRate(final long rateE10) {
    return rateE10 >= 0 && rateE10 <= RATE_MAX_E10;
  }

  /** The rate per year while such a share, at most all, is lent. */
  long rateE10(final int utilisationE8) {
    final long belowE10 =
        FixedPoint.mulDiv(slopeE10, Math.min(utilisationE8, kinkE8), kinkE8, Rounding.UP);
    final long aboveE10 = utilisationE8 <= kinkE8 ? 0
        : FixedPoint.mulDiv(slopeAboveE10, utilisationE8 - kinkE8, ONE_E8 - kinkE8, Rounding.UP);
    return baseRateE10 + belowE10 + aboveE10;
  }
}
