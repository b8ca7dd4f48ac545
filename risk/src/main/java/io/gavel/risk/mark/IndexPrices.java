package io.gavel.risk.mark;

import io.gavel.codecs.InvariantViolation;
import io.gavel.codecs.SnapshotSink;
import io.gavel.codecs.SnapshotSource;
import io.gavel.codecs.StateOwner;
import io.gavel.codecs.sbe.PriceQuoteDecoder;
import io.gavel.codecs.sbe.PriceState;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.SetPriceRuleDecoder;
import io.gavel.risk.instrument.Instrument;
import io.gavel.risk.instrument.Instruments;
import org.jspecify.annotations.Nullable;

/**
 * The price rule of each instrument, and the index that its sources make: the median of those that are in time, agree
 * and believe themselves. A quote that is stale or from the future is refused before any effect; one that says no
 * more than the bound of its feed is taken and counts as nothing. Prices are in mark units, times nanoseconds of
 * engine time. An instrument without a rule is not part of the state. Setting a rule for the first time allocates,
 * nothing else does. One thread.
 */
public final class IndexPrices implements StateOwner {

  private final Instruments instruments;
  private final Marks marks;
  private final @Nullable PriceRule[] rules;
  private final @Nullable IndexSources[] sources;

  public IndexPrices(final int instrumentsMax, final Instruments instruments, final Marks marks) {
    this.instruments = instruments;
    this.marks = marks;
    rules = new PriceRule[instrumentsMax + 1];
    sources = new IndexSources[instrumentsMax + 1];
  }

  /** Whether the rule can be set. No effect. */
  public ReasonCode check(final SetPriceRuleDecoder command) {
    final Instrument instrument = instruments.get(command.instrumentId());
    return null == instrument
        ? ReasonCode.UNKNOWN_INSTRUMENT : PriceRule.check(command, instrument.markUnitsPerTick());
  }

  /** Sets a rule that {@link #check} has passed. Quotes stay, exclusions are forgotten; the default forgets all. */
  public void rule(final SetPriceRuleDecoder command) {
    final int instrumentId = command.instrumentId();
    final PriceRule rule = new PriceRule(command);
    if (rule.isDefault()) {
      rules[instrumentId] = null;
      sources[instrumentId] = null;
      return;
    }
    rules[instrumentId] = rule;
    if (!rule.hasSources()) {
      sources[instrumentId] = null;
      return;
    }
    final IndexSources known = sources[instrumentId];
    final IndexSources of = null == known ? new IndexSources() : known;
    of.forgive();
    of.bounds(command.sourceId(), command.floorUnits(), command.ceilUnits());
    sources[instrumentId] = of;
  }

  /** The rule of an instrument, or null: its prices are set directly and never age. */
  public @Nullable PriceRule rule(final int instrumentId) {
    return rules[instrumentId];
  }

  /** Whether the index of this instrument is worked out. */
  public boolean hasSources(final int instrumentId) {
    return null != sources[instrumentId];
  }

  /** Why a quote cannot be taken at this time, or OK. No effect. */
  public ReasonCode check(final PriceQuoteDecoder command, final long nowNs) {
    final int instrumentId = command.instrumentId();
    if (null == instruments.get(instrumentId)) {
      return ReasonCode.UNKNOWN_INSTRUMENT;
    }
    final IndexSources of = sources[instrumentId];
    if (null == of) {
      return ReasonCode.PRICE_NOT_ALLOWED;
    }
    if (command.sourceId() < 1 || command.sourceId() > PriceRule.SOURCES_MAX) {
      return ReasonCode.OUT_OF_RANGE;
    }
    if (command.priceUnits() <= 0) {
      return ReasonCode.PRICE_NOT_POSITIVE;
    }
    return marks.fits(instrumentId, command.priceUnits())
        ? of.check(ruleOf(instrumentId), command.sourceId(), command.sourceTimeNs(), nowNs) : ReasonCode.OUT_OF_RANGE;
  }

  /** Takes a quote that {@link #check} has passed; the index follows with {@link #evaluate}. */
  public void take(final PriceQuoteDecoder command) {
    sourcesOf(command.instrumentId())
        .take(command.sourceId(), command.priceUnits(), command.sourceTimeNs(), command.confidenceE8());
  }

  /** Works the index out as of now. */
  public void evaluate(final int instrumentId, final long nowNs) {
    sourcesOf(instrumentId).evaluate(ruleOf(instrumentId), nowNs);
  }

  public PriceState state(final int instrumentId) {
    return sourcesOf(instrumentId).state();
  }

  /** The index that counts now, or did last, rounded down. */
  public long priceUnits(final int instrumentId) {
    return sourcesOf(instrumentId).units();
  }

  /** Whether the exact index lies half a unit above. */
  public boolean inexact(final int instrumentId) {
    return sourcesOf(instrumentId).inexact();
  }

  /** Of the source, among those that count, that is least sure. */
  public int confidenceE8(final int instrumentId) {
    return sourcesOf(instrumentId).confidenceE8();
  }

  /** Bit n - 1: source n has a part in the index. */
  public int counted(final int instrumentId) {
    return sourcesOf(instrumentId).counted();
  }

  /** Bit n - 1: source n is excluded. */
  public int excluded(final int instrumentId) {
    return sourcesOf(instrumentId).excluded();
  }

  /** When the index must be worked out again at the latest; Long.MAX_VALUE: never. */
  public long nextNs(final int instrumentId) {
    return sourcesOf(instrumentId).nextNs();
  }

  private IndexSources sourcesOf(final int instrumentId) {
    final IndexSources of = sources[instrumentId];
    if (null == of) {
      throw new InvariantViolation("no sources make the index of instrument " + instrumentId);
    }
    return of;
  }

  private PriceRule ruleOf(final int instrumentId) {
    final PriceRule rule = rules[instrumentId];
    if (null == rule) {
      throw new InvariantViolation("no price rule for instrument " + instrumentId);
    }
    return rule;
  }

  @Override
  public int componentId() {
    return 40;
  }

  @Override
  public String componentName() {
    return "index";
  }

  @Override
  public void save(final SnapshotSink sink) {
    int count = 0;
    for (final PriceRule rule : rules) {
      count += null == rule ? 0 : 1;
    }
    if (0 == count) {
      return;
    }
    sink.putInt(count);
    for (int instrumentId = 1; instrumentId < rules.length; instrumentId++) {
      final PriceRule rule = rules[instrumentId];
      if (null != rule) {
        sink.putInt(instrumentId);
        rule.save(sink);
        if (rule.hasSources()) {
          sourcesOf(instrumentId).save(sink);
        }
      }
    }
  }

  @Override
  public void load(final SnapshotSource source) {
    final int count = source.getInt();
    for (int i = 0; i < count; i++) {
      final int instrumentId = source.getInt();
      final PriceRule rule = new PriceRule(source);
      rules[instrumentId] = rule;
      if (rule.hasSources()) {
        final IndexSources of = new IndexSources();
        of.load(source);
        sources[instrumentId] = of;
      }
    }
  }
}
