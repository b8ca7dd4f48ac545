package io.gavel.risk.mark;

import io.gavel.codecs.InvariantViolation;
import io.gavel.codecs.SnapshotSink;
import io.gavel.codecs.SnapshotSource;
import io.gavel.codecs.StateOwner;
import io.gavel.codecs.sbe.MarkRuleKind;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.risk.money.FixedPoint;
import io.gavel.risk.money.Rounding;
import org.jspecify.annotations.Nullable;

/**
 * Works a mark out of an index and the market. MEDIAN (F-28) is the median of the index with the funding still to
 * come, the index plus the mean basis of 30 samples, and the last price; while one of the latter two is missing it is
 * the first alone, since of two prices neither is in the middle. EMA_BASIS (F-28b) is the index plus the averaged
 * basis of the last price, clipped into bid and ask. Both stay within {@code bandE8} of the index.
 *
 * <p>All is done in halves of a mark unit, in which an index of an even number of sources is whole; the result is
 * rounded down and says whether that cut something off. A mark is worked out when its index is; bid, ask and last in
 * between are the market's part of the basis. What liquidations print is no last price to it. An instrument without
 * such a rule is not part of the state. One thread.
 */
public final class MarkRule implements StateOwner {

  private static final long E8 = 100_000_000L;
  private static final long E10 = 10_000_000_000L;

  private final Marks marks;
  private final @Nullable PriceRule[] rules;
  private final @Nullable Basis[] bases;
  private final OwnPrints ownPrints;
  private long units;
  private boolean inexact;
  private long floor2;
  private boolean rest;

  public MarkRule(final int instrumentsMax, final Marks marks) {
    this.marks = marks;
    rules = new PriceRule[instrumentsMax + 1];
    bases = new Basis[instrumentsMax + 1];
    ownPrints = new OwnPrints(instrumentsMax);
  }

  /** Sets the rule; another kind of rule than before begins without memory. */
  public void rule(final int instrumentId, final @Nullable PriceRule rule) {
    if (null == rule || MarkRuleKind.DIRECT == rule.markRule) {
      rules[instrumentId] = null;
      bases[instrumentId] = null;
      ownPrints.clear(instrumentId);
      return;
    }
    final PriceRule before = rules[instrumentId];
    if (null == before || before.markRule != rule.markRule || before.windowNs != rule.windowNs
        || before.halfLifeNs != rule.halfLifeNs) {
      bases[instrumentId] = new Basis();
    }
    rules[instrumentId] = rule;
  }

  /** Whether the mark of this instrument is worked out. */
  public boolean has(final int instrumentId) {
    return null != rules[instrumentId];
  }

  /** A price is about to be printed; {@code own}: by an order of the house, which does not count here. */
  public void prints(final int instrumentId, final boolean own) {
    if (has(instrumentId)) {
      ownPrints.prints(instrumentId, own, marks.priceUnits(instrumentId, PriceSource.LAST));
    }
  }

  /** Last prices of others, which are state of their own. */
  public StateOwner ownPrints() {
    return ownPrints;
  }

  private long lastUnits(final int instrumentId) {
    return ownPrints.lastUnits(instrumentId, marks.priceUnits(instrumentId, PriceSource.LAST));
  }

  /** Bid, ask, last or index of an instrument that has a rule changed, or the index counts no more (0). */
  public void marketChanged(final int instrumentId, final long indexUnits, final boolean indexInexact,
      final long nowNs) {
    final PriceRule rule = ruleOf(instrumentId);
    final Basis basis = basisOf(instrumentId);
    basis.advance(rule, nowNs);
    final long market2 = MarkRuleKind.MEDIAN == rule.markRule ? mid2(instrumentId) : market2(instrumentId);
    basis.known = 0 != indexUnits && 0 != market2;
    basis.half = basis.known ? market2 - half(indexUnits, indexInexact) : 0;
  }

  /**
   * Works the mark out of an index that counts. {@code fundingE10} is the part of the rate that is still to be paid.
   */
  public void evaluate(final int instrumentId, final long indexUnits, final boolean indexInexact,
      final long fundingE10) {
    final PriceRule rule = ruleOf(instrumentId);
    final Basis basis = basisOf(instrumentId);
    final long index2 = half(indexUnits, indexInexact);
    if (MarkRuleKind.MEDIAN == rule.markRule) {
      median(instrumentId, basis, index2, fundingE10);
    } else {
      floor2 = index2 + basis.average.floorUnits();
      rest = basis.average.inexact();
    }
    final long limit2 = FixedPoint.mulDiv(index2, rule.bandE8, E8, Rounding.DOWN);
    if (floor2 < index2 - limit2) {
      floor2 = index2 - limit2;
      rest = false;
    } else if (floor2 >= index2 + limit2) {
      floor2 = index2 + limit2;
      rest = false;
    }
    units = Math.min(Math.max(1, floor2 >> 1), marks.unitsMax(instrumentId));
    inexact = units == floor2 >> 1 && (rest || 0 != (floor2 & 1)) && units < marks.unitsMax(instrumentId);
  }

  private void median(final int instrumentId, final Basis basis, final long index2, final long fundingE10) {
    final long funding2 = FixedPoint.mulDiv(index2, fundingE10, E10, Rounding.FLOOR);
    final long first = index2 + funding2;
    final boolean firstRest = funding2 != FixedPoint.mulDiv(index2, fundingE10, E10, Rounding.CEILING);
    final int count = basis.samples.count();
    final long last = 2 * lastUnits(instrumentId);
    if (0 == count || 0 == last) {
      floor2 = first;
      rest = firstRest;
      return;
    }
    final long sum = basis.samples.sum();
    final long second = index2 + Math.floorDiv(sum, count);
    final boolean secondRest = 0 != Math.floorMod(sum, count);
    final long low = Math.min(first, second);
    final long high = Math.max(first, second);
    if (last > low && last <= high) {
      floor2 = last;
      rest = false;
    } else {
      floor2 = last <= low ? low : high;
      rest = floor2 == first ? firstRest : secondRest;
    }
  }

  /** Twice the mean of bid and ask; 0 while a side is empty. */
  private long mid2(final int instrumentId) {
    final long bid = marks.priceUnits(instrumentId, PriceSource.BID);
    final long ask = marks.priceUnits(instrumentId, PriceSource.ASK);
    return 0 == bid || 0 == ask ? 0 : bid + ask;
  }

  /** Twice the last price, clipped into what the book shows; 0 before the first. */
  private long market2(final int instrumentId) {
    final long last = lastUnits(instrumentId);
    final long bid = marks.priceUnits(instrumentId, PriceSource.BID);
    final long ask = marks.priceUnits(instrumentId, PriceSource.ASK);
    if (0 == last) {
      return mid2(instrumentId);
    }
    final long notBelow = Math.max(last, bid);
    return 2 * (0 == ask ? notBelow : Math.min(notBelow, ask));
  }

  private static long half(final long units, final boolean inexact) {
    return 2 * units + (inexact ? 1 : 0);
  }

  /** The mark just worked out, rounded down. */
  public long priceUnits() {
    return units;
  }

  /** Whether the exact mark is higher. */
  public boolean inexact() {
    return inexact;
  }

  private PriceRule ruleOf(final int instrumentId) {
    final PriceRule rule = rules[instrumentId];
    if (null == rule) {
      throw new InvariantViolation("no mark rule for instrument " + instrumentId);
    }
    return rule;
  }

  private Basis basisOf(final int instrumentId) {
    final Basis basis = bases[instrumentId];
    if (null == basis) {
      throw new InvariantViolation("no basis of instrument " + instrumentId);
    }
    return basis;
  }

  @Override
  public int componentId() {
    return 41;
  }

  @Override
  public String componentName() {
    return "mark-rule";
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
        basisOf(instrumentId).save(sink);
      }
    }
  }

  @Override
  public void load(final SnapshotSource source) {
    final int count = source.getInt();
    for (int i = 0; i < count; i++) {
      final int instrumentId = source.getInt();
      rules[instrumentId] = new PriceRule(source);
      final Basis basis = new Basis();
      basis.load(source);
      bases[instrumentId] = basis;
    }
  }

  /** The basis in force, in halves of a mark unit, and what has been made of the earlier ones. */
  private static final class Basis {

    private final BasisSamples samples = new BasisSamples();
    private final BasisAverage average = new BasisAverage();
    private boolean known;
    private long half;

    void advance(final PriceRule rule, final long nowNs) {
      if (MarkRuleKind.MEDIAN == rule.markRule) {
        samples.advance(rule.windowNs, nowNs, known, half);
      } else {
        average.advance(rule.halfLifeNs, nowNs, known, half);
      }
    }

    void save(final SnapshotSink sink) {
      samples.save(sink);
      average.save(sink);
      sink.putInt(known ? 1 : 0);
      sink.putLong(half);
    }

    void load(final SnapshotSource source) {
      samples.load(source);
      average.load(source);
      known = 0 != source.getInt();
      half = source.getLong();
    }
  }
}
