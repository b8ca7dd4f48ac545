package io.gavel.risk.mark;

import io.gavel.codecs.SnapshotSink;
import io.gavel.codecs.SnapshotSource;
import io.gavel.codecs.sbe.PriceState;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.risk.money.FixedPoint;
import io.gavel.risk.money.Rounding;
import java.util.Arrays;

/**
 * What the sources of one index say, and what follows from it. Order of judgement, at every quote and at every
 * deadline:
 * <ol>
 * <li>a source counts while its last word is in time, inside its feed's bounds and sure enough of itself;
 * <li>the reference is the median of those that are not excluded (of all, should all be excluded);
 * <li>one source alone further off than the deviation has no weight; two or more contradict each other, and the plain
 *     median of all stands (F-28), as DEVIATING;
 * <li>who has been off alone for {@code excludeNs} is excluded, and readmitted once it has been inside the narrower
 *     band for {@code readmitNs} without a break (R11);
 * <li>fewer than the quorum after that: no price (R10);
 * <li>the price moves at most {@code moveMaxE8} a second from where the second found it.
 * </ol>
 * An even number of sources has the mean of the middle two. It is kept rounded down together with whether a half was
 * cut off, so that its ticks are those below and above the exact mean: both directions are rounded against firing.
 * Which of several quotes of one time comes first does not matter, unless {@code excludeNs} is 0. One thread.
 */
final class IndexSources {

  private static final long E8 = 100_000_000L;
  private static final long SECOND_NS = 1_000_000_000L;
  private static final long MOVE_SECONDS_MAX = 1_000;
  private static final int SOURCES = PriceRule.SOURCES_MAX;
  private static final long NULL_TIME = -1;

  private final long[] pricesUnits = new long[SOURCES];
  private final long[] sourceTimesNs = new long[SOURCES];
  private final int[] confidencesE8 = new int[SOURCES];
  private final long[] floorUnits = new long[SOURCES];
  private final long[] ceilUnits = new long[SOURCES];
  private final long[] outsideSinceNs = new long[SOURCES];
  private final long[] insideSinceNs = new long[SOURCES];
  private int excluded;
  private int counted;

  private PriceState state = PriceState.NONE;
  private long units;
  private boolean inexact;
  private int confidenceE8;
  private long anchorUnits;
  private long anchorSecond;
  private long anchorSeconds;
  private long nextNs = Long.MAX_VALUE;

  private final long[] sorted = new long[SOURCES];

  IndexSources() {
    Arrays.fill(sourceTimesNs, NULL_TIME);
    Arrays.fill(outsideSinceNs, NULL_TIME);
    Arrays.fill(insideSinceNs, NULL_TIME);
  }

  /** The bounds of one feed, or of all (0). */
  void bounds(final int sourceId, final long floor, final long ceil) {
    for (int i = 0; i < SOURCES; i++) {
      if (0 == sourceId || i == sourceId - 1) {
        floorUnits[i] = floor;
        ceilUnits[i] = ceil;
      }
    }
  }

  /** Forgets who is excluded and where the clamp stood: an operator's word counts from now on. */
  void forgive() {
    excluded = 0;
    anchorUnits = 0;
    Arrays.fill(outsideSinceNs, NULL_TIME);
    Arrays.fill(insideSinceNs, NULL_TIME);
  }

  /** Whether this word of a source can be taken: not from the future, not stale, not older than its last. */
  ReasonCode check(final PriceRule rule, final int sourceId, final long sourceTimeNs, final long nowNs) {
    if (sourceTimeNs - nowNs > rule.futureNs) {
      return ReasonCode.PRICE_FROM_FUTURE;
    }
    return nowNs - sourceTimeNs > rule.staleNs || sourceTimeNs < sourceTimesNs[sourceId - 1]
        ? ReasonCode.PRICE_STALE : ReasonCode.OK;
  }

  /** Takes a source's word, also one at the bound of its feed: it stands for the one before, and counts as nothing. */
  void take(final int sourceId, final long priceUnits, final long sourceTimeNs, final int confidence) {
    pricesUnits[sourceId - 1] = priceUnits;
    sourceTimesNs[sourceId - 1] = sourceTimeNs;
    confidencesE8[sourceId - 1] = confidence;
  }

  /** Judges anew; what came of it is then read from here. */
  void evaluate(final PriceRule rule, final long nowNs) {
    nextNs = Long.MAX_VALUE;
    final int fresh = fresh(rule, nowNs);
    final boolean deviates = weigh(rule, fresh, nowNs);
    if (0 == counted) {
      state = isSilent() ? PriceState.NONE : PriceState.STALE;
      return;
    }
    if (Integer.bitCount(counted) < rule.quorum) {
      state = PriceState.BELOW_QUORUM;
      return;
    }
    confidenceE8 = confidence();
    final boolean clamped = move(rule, median2(counted), nowNs);
    state = deviates ? PriceState.DEVIATING : clamped ? PriceState.CLAMPED : PriceState.VALID;
  }

  /** Bits of the sources whose word is in time and can be believed; the next time at which one is not. */
  private int fresh(final PriceRule rule, final long nowNs) {
    int fresh = 0;
    for (int i = 0; i < SOURCES; i++) {
      if (NULL_TIME != sourceTimesNs[i] && nowNs - sourceTimesNs[i] <= rule.staleNs && isBelievable(rule, i)) {
        fresh |= 1 << i;
        wake(sourceTimesNs[i] + rule.staleNs + 1, nowNs);
      }
    }
    return fresh;
  }

  private boolean isBelievable(final PriceRule rule, final int i) {
    return pricesUnits[i] > floorUnits[i] && (0 == ceilUnits[i] || pricesUnits[i] < ceilUnits[i])
        && confidencesE8[i] >= rule.confidenceMinE8;
  }

  /** Works out who counts; whether they contradict each other. A readmission changes the median, so it looks again. */
  private boolean weigh(final PriceRule rule, final int fresh, final long nowNs) {
    boolean deviates;
    int look = 0;
    do {
      final int admitted = fresh & ~excluded;
      final int asked = 0 != admitted ? admitted : fresh;
      final long median2 = median2(asked);
      final int outside = outside(admitted, median2, rule.deviationE8);
      deviates = Integer.bitCount(outside) > 1;
      counted = deviates ? admitted : admitted & ~outside;
      note(outsideSinceNs, outside, nowNs);
      if (!deviates && 0 != outside) {
        exclude(rule, Integer.numberOfTrailingZeros(outside), nowNs);
      }
      look++;
    } while (readmit(rule, fresh, nowNs) && look <= SOURCES);
    return deviates;
  }

  private void exclude(final PriceRule rule, final int i, final long nowNs) {
    if (nowNs - outsideSinceNs[i] >= rule.excludeNs) {
      excluded |= 1 << i;
      outsideSinceNs[i] = NULL_TIME;
    } else {
      wake(outsideSinceNs[i] + rule.excludeNs, nowNs);
    }
  }

  /** Whether a source that was excluded is so no more. */
  private boolean readmit(final PriceRule rule, final int fresh, final long nowNs) {
    final int waiting = fresh & excluded;
    if (0 == waiting) {
      note(insideSinceNs, 0, nowNs);
      return false;
    }
    final int reference = 0 != counted ? counted : fresh;
    note(insideSinceNs, waiting & ~outside(waiting, median2(reference), rule.readmitBandE8), nowNs);
    for (int i = 0; i < SOURCES; i++) {
      if (NULL_TIME == insideSinceNs[i]) {
        continue;
      }
      if (nowNs - insideSinceNs[i] >= rule.readmitNs) {
        excluded &= ~(1 << i);
        insideSinceNs[i] = NULL_TIME;
        return true;
      }
      wake(insideSinceNs[i] + rule.readmitNs, nowNs);
    }
    return false;
  }

  /** Since when each has been so: those that are keep their time, the others lose it. */
  private static void note(final long[] sinceNs, final int bits, final long nowNs) {
    for (int i = 0; i < SOURCES; i++) {
      if (0 == (bits & 1 << i)) {
        sinceNs[i] = NULL_TIME;
      } else if (NULL_TIME == sinceNs[i]) {
        sinceNs[i] = nowNs;
      }
    }
  }

  /** Those of the sources that lie further from half of {@code median2} than the share of it. */
  private int outside(final int of, final long median2, final int shareE8) {
    final long limit2 = FixedPoint.mulDiv(median2, shareE8, E8, Rounding.DOWN);
    int outside = 0;
    for (int i = 0; i < SOURCES; i++) {
      if (0 != (of & 1 << i) && Math.abs(2 * pricesUnits[i] - median2) > limit2) {
        outside |= 1 << i;
      }
    }
    return outside;
  }

  /** Twice the median, which is whole. */
  private long median2(final int of) {
    int count = 0;
    for (int i = 0; i < SOURCES; i++) {
      if (0 != (of & 1 << i)) {
        int at = count++;
        while (at > 0 && sorted[at - 1] > pricesUnits[i]) {
          sorted[at] = sorted[at - 1];
          at--;
        }
        sorted[at] = pricesUnits[i];
      }
    }
    return 0 == count ? 0 : sorted[(count - 1) / 2] + sorted[count / 2];
  }

  /** Sets the price as far as this second allows; whether it did not get there. */
  private boolean move(final PriceRule rule, final long median2, final long nowNs) {
    long floor = median2 >> 1;
    boolean half = 0 != (median2 & 1);
    boolean clamped = false;
    if (0 != rule.moveMaxE8) {
      final long second = nowNs / SECOND_NS;
      if (0 == anchorUnits) {
        anchor(0 == units ? floor : units, second, 1);
      } else if (second > anchorSecond) {
        anchor(units, second, Math.min(second - anchorSecond, MOVE_SECONDS_MAX));
      }
      final long limit =
          FixedPoint.mulDiv(anchorUnits, rule.moveMaxE8 * anchorSeconds, E8, Rounding.DOWN);
      final long low = Math.max(1, anchorUnits - limit);
      final long high = anchorUnits + limit;
      clamped = floor < low || floor > high || (floor == high && half);
      if (clamped) {
        floor = floor < low ? low : high;
        half = false;
        wake((second + 1) * SECOND_NS, nowNs);
      }
    }
    units = floor;
    inexact = half;
    return clamped;
  }

  private void anchor(final long price, final long second, final long seconds) {
    anchorUnits = price;
    anchorSecond = second;
    anchorSeconds = seconds;
  }

  private int confidence() {
    int least = (int) E8;
    for (int i = 0; i < SOURCES; i++) {
      least = 0 == (counted & 1 << i) ? least : Math.min(least, confidencesE8[i]);
    }
    return least;
  }

  private boolean isSilent() {
    for (final long timeNs : sourceTimesNs) {
      if (NULL_TIME != timeNs) {
        return false;
      }
    }
    return true;
  }

  private void wake(final long timeNs, final long nowNs) {
    if (timeNs > nowNs && timeNs < nextNs) {
      nextNs = timeNs;
    }
  }

  PriceState state() {
    return state;
  }

  /** The price that counts now, or did last; 0 before the first. */
  long units() {
    return units;
  }

  /** Whether the exact price lies half a unit above. */
  boolean inexact() {
    return inexact;
  }

  int confidenceE8() {
    return confidenceE8;
  }

  int counted() {
    return counted;
  }

  int excluded() {
    return excluded;
  }

  /** When to judge again at the latest, were nothing more said; Long.MAX_VALUE: never. */
  long nextNs() {
    return nextNs;
  }

  void save(final SnapshotSink sink) {
    for (int i = 0; i < SOURCES; i++) {
      sink.putLong(pricesUnits[i]);
      sink.putLong(sourceTimesNs[i]);
      sink.putInt(confidencesE8[i]);
      sink.putLong(floorUnits[i]);
      sink.putLong(ceilUnits[i]);
      sink.putLong(outsideSinceNs[i]);
      sink.putLong(insideSinceNs[i]);
    }
    sink.putInt(excluded);
    sink.putInt(counted);
    sink.putInt(state.value());
    sink.putLong(units);
    sink.putInt(inexact ? 1 : 0);
    sink.putInt(confidenceE8);
    sink.putLong(anchorUnits);
    sink.putLong(anchorSecond);
    sink.putLong(anchorSeconds);
    sink.putLong(nextNs);
  }

  void load(final SnapshotSource source) {
    for (int i = 0; i < SOURCES; i++) {
      pricesUnits[i] = source.getLong();
      sourceTimesNs[i] = source.getLong();
      confidencesE8[i] = source.getInt();
      floorUnits[i] = source.getLong();
      ceilUnits[i] = source.getLong();
      outsideSinceNs[i] = source.getLong();
      insideSinceNs[i] = source.getLong();
    }
    excluded = source.getInt();
    counted = source.getInt();
    state = PriceState.get((short) source.getInt());
    units = source.getLong();
    inexact = 0 != source.getInt();
    confidenceE8 = source.getInt();
    anchorUnits = source.getLong();
    anchorSecond = source.getLong();
    anchorSeconds = source.getLong();
    nextNs = source.getLong();
  }
}
