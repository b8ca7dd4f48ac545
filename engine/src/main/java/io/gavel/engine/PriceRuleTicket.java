package io.gavel.engine;

import io.gavel.codecs.sbe.MarkRuleKind;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.SetPriceRuleEncoder;
import java.time.Duration;

/**
 * How the index and the mark of an instrument come about, all at once; what is not said is as without a rule: prices
 * set directly, that never age. Shares are decimals, "0.05" is 5 %.
 */
public final class PriceRuleTicket {

  private final Directory.InstrumentEntry instrument;
  private final SetPriceRuleEncoder command;

  PriceRuleTicket(final Directory.InstrumentEntry instrument, final SetPriceRuleEncoder command) {
    this.instrument = instrument;
    this.command = command;
  }

  /** Sources that must count for the index to count, 3 to 16. */
  public PriceRuleTicket quorum(final int sources) {
    command.quorum(sources);
    return this;
  }

  /** Age beyond which a quote, or a price set directly, counts no more. */
  public PriceRuleTicket stale(final Duration age) {
    command.staleNs(nanos(age, "stale"));
    return this;
  }

  /** How far the clock of a source may be ahead. */
  public PriceRuleTicket ahead(final Duration time) {
    command.futureNs(nanos(time, "ahead"));
    return this;
  }

  /** A source further off the median has no weight, and is excluded once it has been so long. */
  public PriceRuleTicket exclude(final String share, final Duration after) {
    command.deviationE8(Facade.ratioE8(share, "exclude")).excludeNs(nanos(after, "exclude"));
    return this;
  }

  /** How close an excluded source must stay, and how long, to be readmitted. */
  public PriceRuleTicket readmit(final String share, final Duration after) {
    command.readmitBandE8(Facade.ratioE8(share, "readmit")).readmitNs(nanos(after, "readmit"));
    return this;
  }

  /** What a feed says at its lowest and highest, where it means nothing; of one source, or of all (0). */
  public PriceRuleTicket bounds(final int sourceId, final String floorPx, final String ceilPx) {
    command.sourceId(sourceId).floorUnits(Directory.MarkText.parse(instrument, floorPx))
        .ceilUnits(Directory.MarkText.parse(instrument, ceilPx));
    return this;
  }

  /** Quotes less sure of themselves do not count. */
  public PriceRuleTicket confidence(final String atLeast) {
    command.confidenceMinE8(Facade.ratioE8(atLeast, "confidence"));
    return this;
  }

  /** How far the index may move in a second. */
  public PriceRuleTicket move(final String share) {
    command.moveMaxE8(Facade.ratioE8(share, "move"));
    return this;
  }

  /** The mark is the median of index, mean basis and last price, within the band around the index (F-28). */
  public PriceRuleTicket medianMark(final Duration window, final String band) {
    command.markRule(MarkRuleKind.MEDIAN).windowNs(nanos(window, "window")).bandE8(Facade.ratioE8(band, "band"));
    return this;
  }

  /** The mark is the index plus the averaged basis, within the band around the index (F-28b). */
  public PriceRuleTicket averageMark(final Duration halfLife, final String band) {
    command.markRule(MarkRuleKind.EMA_BASIS).halfLifeNs(nanos(halfLife, "halfLife"))
        .bandE8(Facade.ratioE8(band, "band"));
    return this;
  }

  /** How far a mark may raise buying power in an interval. */
  public PriceRuleTicket raise(final String share, final Duration interval) {
    command.raiseMaxE8(Facade.ratioE8(share, "raise")).raiseIntervalNs(nanos(interval, "interval"));
    return this;
  }

  private static long nanos(final Duration duration, final String field) {
    return Facade.nanos(duration, ReasonCode.OUT_OF_RANGE, field);
  }
}
