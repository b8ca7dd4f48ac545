package io.gavel.risk.funding;

import io.gavel.codecs.InvariantViolation;
import io.gavel.codecs.SnapshotSink;
import io.gavel.codecs.SnapshotSource;
import io.gavel.codecs.StateOwner;
import io.gavel.codecs.sbe.FundingRule;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.SetFundingDecoder;
import io.gavel.risk.instrument.Instrument;
import io.gavel.risk.instrument.Instruments;
import io.gavel.risk.money.FixedPoint;
import io.gavel.risk.money.Rounding;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a long lot of each perpetual has paid since the first interval: an index, so that an interval costs the same
 * however many positions there are. A position owes what the index has moved since it was last settled, which is done
 * when it is touched: rounded up, so that payers pay the ceiling and receivers get the floor. As the lots of an
 * instrument are zero together, what was paid is what was received and a residue that is never below zero, exactly.
 *
 * <p>Of a linear contract the index counts 10^-8 ticks, of an inverse one 10^-10 settle units. It may wrap: only
 * differences mean anything. The premium is the mean over engine time, by the millisecond, of what it was told; time in
 * which there was none does not count. An instrument without funding is not part of the state. Setting funding for the
 * first time allocates, nothing else does. One thread.
 */
public final class FundingIndex implements StateOwner {

  private static final long INVERSE_SCALE = 10_000_000_000L;
  private static final long LINEAR_SCALE = 100_000_000L;
  private static final int HAS_TERMS = 1;
  private static final int HAS_RATE = 2;
  private static final long RATE_TO_INDEX = FundingTerms.ONE_E10 / LINEAR_SCALE;

  private final Instruments instruments;
  private final @Nullable FundingTerms[] terms;
  private final long[] indexes;
  private final long[] lastRatesE10;
  /** The rate in force: what the last settlement took, of those that have one. */
  private final long[] paidRatesE10;
  private final boolean[] isPaid;
  /** How often the index moved; for those who keep what they worked out of it. */
  private final long[] versions;
  private final @Nullable PremiumMean[] premiums;

  public FundingIndex(final int instrumentsMax, final Instruments instruments) {
    this.instruments = instruments;
    terms = new FundingTerms[instrumentsMax + 1];
    premiums = new PremiumMean[instrumentsMax + 1];
    indexes = new long[instrumentsMax + 1];
    lastRatesE10 = new long[instrumentsMax + 1];
    paidRatesE10 = new long[instrumentsMax + 1];
    isPaid = new boolean[instrumentsMax + 1];
    versions = new long[instrumentsMax + 1];
  }

  /** Whether funding can be set so. No effect. */
  public ReasonCode check(final SetFundingDecoder command) {
    final Instrument instrument = instruments.get(command.instrumentId());
    if (null == instrument) {
      return ReasonCode.UNKNOWN_INSTRUMENT;
    }
    return instrument.isPerpetual() ? FundingTerms.check(command) : ReasonCode.PARAMETERS_INVALID;
  }

  /** Sets what {@link #check} has passed. The index stays as it is; an interval of 0 ends funding. */
  public void set(final SetFundingDecoder command, final long nowNs) {
    final int instrumentId = command.instrumentId();
    if (0 == command.intervalNs()) {
      terms[instrumentId] = null;
      premiums[instrumentId] = null;
      lastRatesE10[instrumentId] = 0;
      inForce(instrumentId, false, 0);
      return;
    }
    terms[instrumentId] = new FundingTerms(command);
    if (null == premiums[instrumentId]) {
      premiums[instrumentId] = new PremiumMean(nowNs);
    }
  }

  /** Whether the instrument has funding. */
  public boolean has(final int instrumentId) {
    return null != terms[instrumentId];
  }

  /** The first settlement after now: whole intervals since engine time zero. */
  public long nextNs(final int instrumentId, final long nowNs) {
    final long intervalNs = termsOf(instrumentId).intervalNs();
    return (nowNs / intervalNs + 1) * intervalNs;
  }

  /** Whether the premium is that of the mark over the index (F-25), and not that of the book (F-24, F-26). */
  public boolean isByMark(final int instrumentId) {
    return FundingRule.DEAD_BAND == termsOf(instrumentId).rule();
  }

  /** From now on this is the premium; {@code isKnown} false: there is none. */
  public void premium(final int instrumentId, final boolean isKnown, final long premiumE10, final long nowNs) {
    premiumOf(instrumentId).set(isKnown, FundingRates.clamped(premiumE10, FundingTerms.ONE_E10), nowNs);
  }

  /** The mean premium of the interval so far. */
  public long premiumE10(final int instrumentId, final long nowNs) {
    return premiumOf(instrumentId).mean(nowNs);
  }

  /**
   * Ends an interval.
   *
   * @param markUnits what the rate applies to; 0: no mark counts, and nothing is paid
   * @return the rate of the interval in parts of 10^10, positive when longs pay
   */
  public long settle(final int instrumentId, final long markUnits, final long nowNs) {
    final FundingTerms rule = termsOf(instrumentId);
    final PremiumMean premium = premiumOf(instrumentId);
    final long periodRateE10 = rule.rateE10(premium.mean(nowNs), lastRatesE10[instrumentId]);
    premium.begin(nowNs);
    lastRatesE10[instrumentId] = periodRateE10;
    final long rateE10 = rule.intervalRateE10(periodRateE10);
    final Instrument instrument = instrument(instrumentId);
    if (0 == markUnits || !instrument.fundingFits(markUnits, rateE10)) {
      inForce(instrumentId, false, 0);
      return 0;
    }
    inForce(instrumentId, true, rateE10);
    versions[instrumentId]++;
    indexes[instrumentId] += instrument.isInverse() ? instrument.inverseFunding(markUnits, rateE10)
        : FixedPoint.mulDiv(markUnits, rateE10, RATE_TO_INDEX * instrument.markUnitsPerTick(), Rounding.DOWN);
    return rateE10;
  }

  private void inForce(final int instrumentId, final boolean paid, final long rateE10) {
    isPaid[instrumentId] = paid;
    paidRatesE10[instrumentId] = rateE10;
  }

  /** Whether a rate is in force: none is before the first settlement, or after one that paid nothing without a mark. */
  public boolean hasRate(final int instrumentId) {
    return isPaid[instrumentId];
  }

  /** The rate of the interval that was settled last, in parts of 10^10, positive when longs paid. */
  public long rateE10(final int instrumentId) {
    return paidRatesE10[instrumentId];
  }

  /** The part of the last rate that is still to be paid, for a mark that looks ahead (F-28). */
  public long remainingE10(final int instrumentId, final long nextNs, final long nowNs) {
    if (!has(instrumentId)) {
      return 0;
    }
    final FundingTerms rule = termsOf(instrumentId);
    final long left = Math.max(0, Math.min(rule.intervalNs(), nextNs - nowNs));
    return FixedPoint.mulDiv(rule.intervalRateE10(lastRatesE10[instrumentId]), left, rule.intervalNs(), Rounding.DOWN);
  }

  /** What a long lot has paid since the first interval. */
  public long index(final int instrumentId) {
    return indexes[instrumentId];
  }

  /** Grows with each settlement that moves the index; begins anew when a snapshot is loaded. */
  public long version(final int instrumentId) {
    return versions[instrumentId];
  }

  /** What so many lots owe since an index, in settle units, rounded up; below zero they receive. */
  public long owedUnits(final Instrument instrument, final long lots, final long sinceIndex) {
    final long move = indexes[instrument.id()] - sinceIndex;
    return 0 == move || 0 == lots ? 0 : owed(instrument, lots, move);
  }

  /** What so many lots owe for a move of the index, rounded up; below zero they receive. In settle units. */
  static long owed(final Instrument instrument, final long lots, final long indexMove) {
    final long weight = instrument.isInverse() ? lots : FixedPoint.multiply(lots, instrument.quoteUnitsPerTickLot());
    return FixedPoint.mulDiv(
        weight, indexMove, instrument.isInverse() ? INVERSE_SCALE : LINEAR_SCALE, Rounding.CEILING);
  }

  private Instrument instrument(final int instrumentId) {
    final Instrument instrument = instruments.get(instrumentId);
    if (null == instrument) {
      throw new InvariantViolation("funding of an unknown instrument: " + instrumentId);
    }
    return instrument;
  }

  private FundingTerms termsOf(final int instrumentId) {
    final FundingTerms of = terms[instrumentId];
    if (null == of) {
      throw new InvariantViolation("instrument has no funding: " + instrumentId);
    }
    return of;
  }

  private PremiumMean premiumOf(final int instrumentId) {
    final PremiumMean of = premiums[instrumentId];
    if (null == of) {
      throw new InvariantViolation("instrument has no premium: " + instrumentId);
    }
    return of;
  }

  @Override
  public int componentId() {
    return 43;
  }

  @Override
  public String componentName() {
    return "funding";
  }

  /** An index that moved is written although funding has ended: positions may still owe it. */
  @Override
  public void save(final SnapshotSink sink) {
    int count = 0;
    for (int i = 1; i < indexes.length; i++) {
      count += isUsed(i) ? 1 : 0;
    }
    if (0 == count) {
      return;
    }
    sink.putInt(count);
    for (int instrumentId = 1; instrumentId < indexes.length; instrumentId++) {
      if (isUsed(instrumentId)) {
        sink.putInt(instrumentId);
        sink.putLong(indexes[instrumentId]);
        sink.putLong(lastRatesE10[instrumentId]);
        sink.putInt((has(instrumentId) ? HAS_TERMS : 0) | (isPaid[instrumentId] ? HAS_RATE : 0));
        if (has(instrumentId)) {
          termsOf(instrumentId).save(sink);
          premiumOf(instrumentId).save(sink);
        }
        if (isPaid[instrumentId]) {
          sink.putLong(paidRatesE10[instrumentId]);
        }
      }
    }
  }

  private boolean isUsed(final int instrumentId) {
    return has(instrumentId) || 0 != indexes[instrumentId];
  }

  @Override
  public void load(final SnapshotSource source) {
    Arrays.fill(terms, null);
    final int count = source.getInt();
    for (int i = 0; i < count; i++) {
      final int instrumentId = source.getInt();
      indexes[instrumentId] = source.getLong();
      lastRatesE10[instrumentId] = source.getLong();
      final int facts = source.getInt();
      if (0 != (facts & HAS_TERMS)) {
        terms[instrumentId] = new FundingTerms(source);
        final PremiumMean premium = new PremiumMean(0);
        premium.load(source);
        premiums[instrumentId] = premium;
      }
      final boolean paid = 0 != (facts & HAS_RATE);
      inForce(instrumentId, paid, paid ? source.getLong() : 0);
    }
  }
}
