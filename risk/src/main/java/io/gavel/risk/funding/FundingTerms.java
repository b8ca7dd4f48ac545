package io.gavel.risk.funding;

import io.gavel.codecs.SnapshotSink;
import io.gavel.codecs.SnapshotSource;
import io.gavel.codecs.sbe.FundingRule;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.SetFundingDecoder;
import io.gavel.risk.money.FixedPoint;
import io.gavel.risk.money.Rounding;

/**
 * How the funding rate of one perpetual comes about; rates are parts of 10^10 per period, of which an interval pays its
 * part. Immutable.
 *
 * @param interestE10 DAMPENED: the rate towards which the premium is drawn
 * @param dampE10     DAMPENED: by how much at most; DEAD_BAND: half of the band that costs nothing
 * @param capE10      largest rate either way
 * @param stepMaxE10  largest change from one interval to the next; 0: any
 * @param rateE10     DIRECT: the rate itself
 */
record FundingTerms(
    FundingRule rule, long intervalNs, long periodNs, long interestE10, long dampE10, long capE10, long stepMaxE10,
    long rateE10) {

  /** 100 %. */
  static final long ONE_E10 = 10_000_000_000L;
  static final long INTERVAL_MIN_NS = 1_000_000_000L;
  /** Three days: the premiums of twice so many milliseconds, each at its largest, still fit a long. */
  static final long INTERVAL_MAX_NS = 3 * 24 * 3_600 * 1_000_000_000L;

  FundingTerms(final SetFundingDecoder command) {
    this(command.rule(), command.intervalNs(), command.periodNs(), command.interestE10(), command.dampE10(),
        command.capE10(), command.stepMaxE10(), command.rateE10());
  }

  FundingTerms(final SnapshotSource source) {
    this(FundingRule.get((short) source.getInt()), source.getLong(), source.getLong(), source.getLong(),
        source.getLong(), source.getLong(), source.getLong(), source.getLong());
  }

  void save(final SnapshotSink sink) {
    sink.putInt(rule.value());
    sink.putLong(intervalNs);
    sink.putLong(periodNs);
    sink.putLong(interestE10);
    sink.putLong(dampE10);
    sink.putLong(capE10);
    sink.putLong(stepMaxE10);
    sink.putLong(rateE10);
  }

  /** Whether the parameters make sense together; an interval of 0 ends funding, whatever the others say. */
  static ReasonCode check(final SetFundingDecoder command) {
    if (0 == command.intervalNs()) {
      return ReasonCode.OK;
    }
    final boolean times = command.intervalNs() >= INTERVAL_MIN_NS && command.intervalNs() <= INTERVAL_MAX_NS
        && command.periodNs() >= command.intervalNs() && command.periodNs() <= INTERVAL_MAX_NS;
    final boolean rates = command.capE10() > 0 && command.capE10() <= ONE_E10 && command.dampE10() <= ONE_E10
        && command.stepMaxE10() <= ONE_E10 && within(command.interestE10(), ONE_E10)
        && within(command.rateE10(), command.capE10());
    return times && rates ? ReasonCode.OK : ReasonCode.PARAMETERS_INVALID;
  }

  private static boolean within(final long rate, final long cap) {
    return rate >= -cap && rate <= cap;
  }

  /** The rate per period that a mean premium makes, after that of the interval before. */
  long rateE10(final long premiumE10, final long lastRateE10) {
    final long rate = switch (rule) {
      case DAMPENED -> FundingRates.dampened(premiumE10, interestE10, dampE10);
      case DEAD_BAND -> Math.max(dampE10, premiumE10) + Math.min(-dampE10, premiumE10);
      case PREMIUM -> premiumE10;
      default -> rateE10;
    };
    final long capped = FundingRates.clamped(rate, capE10);
    return 0 == stepMaxE10 || FundingRule.DIRECT == rule
        ? capped : lastRateE10 + FundingRates.clamped(capped - lastRateE10, stepMaxE10);
  }

  /** The part of a rate that an interval pays, towards zero. */
  long intervalRateE10(final long periodRateE10) {
    return FixedPoint.mulDiv(periodRateE10, intervalNs, periodNs, Rounding.DOWN);
  }
}
