package io.gavel.engine;

import io.gavel.codecs.DecimalText;
import io.gavel.codecs.sbe.FundingRule;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.SetFundingEncoder;
import java.time.Duration;

/** What longs and shorts of a perpetual pay one another, all at once; rates are decimals, "0.0001" is 1 bp. */
public final class FundingTicket {

  private final SetFundingEncoder command;

  FundingTicket(final SetFundingEncoder command) {
    this.command = command;
  }

  /** Time between settlements; zero, as when nothing is said, is no funding. */
  public FundingTicket interval(final Duration time) {
    command.intervalNs(Facade.nanos(time, ReasonCode.OUT_OF_RANGE, "interval"));
    return this;
  }

  /** Time over which a rate is paid in full. */
  public FundingTicket period(final Duration time) {
    command.periodNs(Facade.nanos(time, ReasonCode.OUT_OF_RANGE, "period"));
    return this;
  }

  /** Largest rate either way. */
  public FundingTicket cap(final String rate) {
    command.capE10(rateE10(rate, "cap"));
    return this;
  }

  /** Largest change from one interval to the next. */
  public FundingTicket stepMax(final String rate) {
    command.stepMaxE10(rateE10(rate, "stepMax"));
    return this;
  }

  /** This rate, until another is set. */
  public FundingTicket direct(final String rate) {
    command.rule(FundingRule.DIRECT).rateE10(rateE10(rate, "rate"));
    return this;
  }

  /** The premium of the book, drawn towards the interest by at most the damp (F-24). */
  public FundingTicket dampened(final String interest, final String damp) {
    command.rule(FundingRule.DAMPENED).interestE10(rateE10(interest, "interest")).dampE10(rateE10(damp, "damp"));
    return this;
  }

  /** The premium of the mark, of which so much either way costs nothing (F-25). */
  public FundingTicket deadBand(final String half) {
    command.rule(FundingRule.DEAD_BAND).dampE10(rateE10(half, "deadBand"));
    return this;
  }

  /** The premium of the book as it is (F-26). */
  public FundingTicket premium() {
    command.rule(FundingRule.PREMIUM);
    return this;
  }

  private static long rateE10(final String rate, final String field) {
    return Facade.refusing(() -> DecimalText.parse(rate, DecimalText.SCALE_MAX, field));
  }
}
