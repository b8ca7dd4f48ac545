package io.gavel.engine;

import io.gavel.codecs.DecimalText;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.SetInterestEncoder;
import java.time.Duration;

/**
 * What borrowers of an asset pay, all at once; rates are decimals of a year, "0.08" is 8 %, shares of the deposits that
 * are lent likewise.
 */
public final class InterestTicket {

  private final SetInterestEncoder command;

  InterestTicket(final SetInterestEncoder command) {
    this.command = command;
  }

  /** Time between settlements; zero, as when nothing is said, is no interest. */
  public InterestTicket interval(final Duration time) {
    command.intervalNs(Facade.nanos(time, ReasonCode.OUT_OF_RANGE, "interval"));
    return this;
  }

  /** The rate while nothing is lent. */
  public InterestTicket base(final String rate) {
    command.baseRateE10(rateE10(rate, "base"));
    return this;
  }

  /** What the rate has gained where such a share is lent. */
  public InterestTicket kink(final String share, final String slope) {
    command.kinkE8(Facade.ratioE8(share, "kink")).slopeE10(rateE10(slope, "slope"));
    return this;
  }

  /** What it gains from there to where all is lent. */
  public InterestTicket above(final String slope) {
    command.slopeAboveE10(rateE10(slope, "above"));
    return this;
  }

  /** Share of the interest that lenders do not get. */
  public InterestTicket reserve(final String share) {
    command.reserveE8(Facade.ratioE8(share, "reserve"));
    return this;
  }

  private static long rateE10(final String rate, final String field) {
    return Facade.refusing(() -> DecimalText.parse(rate, DecimalText.SCALE_MAX, field));
  }
}
