package io.gavel.risk.mark;

import io.gavel.codecs.SnapshotSink;
import io.gavel.codecs.SnapshotSource;
import io.gavel.codecs.StateOwner;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.PriceState;
import io.gavel.risk.money.FixedPoint;
import io.gavel.risk.money.Rounding;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What the mark and the index of an instrument are good for. The ladder, worst first:
 * <pre>
 *                fires rules  liquidates  raises buying power
 *  NONE               -           -                -            no price yet
 *  STALE              -           -                -            nobody has said anything lately
 *  BELOW_QUORUM       -           -                -            too few sources are left (R10)
 *  DEVIATING         yes          -                -            sources contradict each other: the plain median
 *  CLAMPED           yes         yes               -            the market moved faster than the index may
 *  VALID             yes         yes              yes
 * </pre>
 * A price that fires nothing counts as nothing (invariant 14): no minimum or maximum of that time is kept, no
 * trailing stop moves, and at the first price that counts again the rules are asked about that price alone. Last, bid
 * and ask are the market's own and always count; so do marks and indices of an instrument without a rule.
 *
 * <p>How far a mark may raise buying power in an interval (R13) is kept beside it: a long counts at no more than
 * {@link #longCreditUnits}, a short at no less than {@link #shortCreditUnits}, where the price helps the account;
 * where it hurts the mark itself counts. One thread.
 */
public final class PriceValidity implements StateOwner {

  private static final long E8 = 100_000_000L;
  /** State of a price without a rule. */
  private static final byte NO_RULE = -1;
  private static final PriceState[] STATES = PriceState.values();

  private final byte[] markStates;
  private final byte[] indexStates;
  private final long[] longCreditUnits;
  private final long[] shortCreditUnits;
  private final long[] longAnchorUnits;
  private final long[] shortAnchorUnits;
  private final long[] anchorTimesNs;
  /** How often it changed what a mark may count for; for those who keep what they worked out of it. */
  private final long[] versions;

  public PriceValidity(final int instrumentsMax) {
    final int count = instrumentsMax + 1;
    markStates = new byte[count];
    indexStates = new byte[count];
    Arrays.fill(markStates, NO_RULE);
    Arrays.fill(indexStates, NO_RULE);
    longCreditUnits = new long[count];
    shortCreditUnits = new long[count];
    longAnchorUnits = new long[count];
    shortAnchorUnits = new long[count];
    anchorTimesNs = new long[count];
    versions = new long[count];
  }

  /** From now on both prices of the instrument are judged; they begin as NONE. Does nothing when they are already. */
  public void judge(final int instrumentId) {
    if (NO_RULE == markStates[instrumentId]) {
      markStates[instrumentId] = (byte) PriceState.NONE.value();
      indexStates[instrumentId] = (byte) PriceState.NONE.value();
    }
  }

  /** From now on both prices of the instrument count, whatever they are. */
  public void trust(final int instrumentId) {
    markStates[instrumentId] = NO_RULE;
    indexStates[instrumentId] = NO_RULE;
    credit(instrumentId, 0, 0);
    longAnchorUnits[instrumentId] = 0;
    shortAnchorUnits[instrumentId] = 0;
    anchorTimesNs[instrumentId] = 0;
  }

  public boolean isJudged(final int instrumentId) {
    return NO_RULE != markStates[instrumentId];
  }

  /** VALID for a price that has no rule, and for those of the market. */
  public PriceState state(final int instrumentId, final PriceSource source) {
    final byte state = switch (source) {
      case MARK -> markStates[instrumentId];
      case INDEX -> indexStates[instrumentId];
      default -> NO_RULE;
    };
    return NO_RULE == state ? PriceState.VALID : STATES[state];
  }

  /** Sets the state of the mark or index of an instrument that is judged. */
  public void state(final int instrumentId, final PriceSource source, final PriceState state) {
    final byte[] states = PriceSource.MARK == source ? markStates : indexStates;
    states[instrumentId] = (byte) state.value();
  }

  /** Whether a price of this state fires rules, and so whether it is in force at all. */
  public static boolean firesRules(final PriceState state) {
    return state.value() >= PriceState.DEVIATING.value();
  }

  /** Whether rules may be asked about this price. */
  public boolean mayFireRules(final int instrumentId, final PriceSource source) {
    return firesRules(state(instrumentId, source));
  }

  /** Whether the mark may take a position away. */
  public boolean mayLiquidate(final int instrumentId) {
    return state(instrumentId, PriceSource.MARK).value() >= PriceState.CLAMPED.value();
  }

  /** Whether the mark may let anybody do more than before. */
  public boolean mayRaiseBuyingPower(final int instrumentId) {
    return PriceState.VALID == state(instrumentId, PriceSource.MARK);
  }

  /** A mark came into force, its state already set: moves what it may count for where it helps. */
  public void markChanged(final @Nullable PriceRule rule, final int instrumentId, final long markUnits,
      final long nowNs) {
    if (null == rule) {
      return;
    }
    if (0 == longCreditUnits[instrumentId]) {
      credit(instrumentId, markUnits, markUnits);
      anchor(instrumentId, nowNs);
      return;
    }
    if (0 != rule.raiseMaxE8 && nowNs - anchorTimesNs[instrumentId] >= rule.raiseIntervalNs) {
      anchor(instrumentId, nowNs);
    }
    final boolean raises = mayRaiseBuyingPower(instrumentId);
    final long high = raises ? highest(rule, instrumentId) : longCreditUnits[instrumentId];
    final long low = raises ? lowest(rule, instrumentId) : shortCreditUnits[instrumentId];
    credit(instrumentId, Math.min(markUnits, high), Math.max(markUnits, low));
  }

  private static long share(final long anchorUnits, final PriceRule rule) {
    return FixedPoint.mulDiv(anchorUnits, rule.raiseMaxE8, E8, Rounding.DOWN);
  }

  private long highest(final PriceRule rule, final int instrumentId) {
    final long anchorUnits = longAnchorUnits[instrumentId];
    return 0 == rule.raiseMaxE8 ? Long.MAX_VALUE : anchorUnits + share(anchorUnits, rule);
  }

  private long lowest(final PriceRule rule, final int instrumentId) {
    final long anchorUnits = shortAnchorUnits[instrumentId];
    return 0 == rule.raiseMaxE8 ? 0 : anchorUnits - share(anchorUnits, rule);
  }

  private void credit(final int instrumentId, final long longUnits, final long shortUnits) {
    versions[instrumentId]++;
    longCreditUnits[instrumentId] = longUnits;
    shortCreditUnits[instrumentId] = shortUnits;
  }

  private void anchor(final int instrumentId, final long nowNs) {
    longAnchorUnits[instrumentId] = longCreditUnits[instrumentId];
    shortAnchorUnits[instrumentId] = shortCreditUnits[instrumentId];
    anchorTimesNs[instrumentId] = nowNs;
  }

  /** Grows with each change of what a mark may count for; begins anew when a snapshot is loaded. */
  long version(final int instrumentId) {
    return versions[instrumentId];
  }

  /** Whether the index may be what a position is taken away by. */
  public boolean indexMayLiquidate(final int instrumentId) {
    return state(instrumentId, PriceSource.INDEX).value() >= PriceState.CLAMPED.value();
  }

  /** The most that a mark counts for where a higher one helps: the mark itself without a rule. */
  public long longCreditUnits(final int instrumentId, final long markUnits) {
    return 0 == longCreditUnits[instrumentId] ? markUnits : Math.min(markUnits, longCreditUnits[instrumentId]);
  }

  /** The least that a mark counts for where a lower one helps: the mark itself without a rule. */
  public long shortCreditUnits(final int instrumentId, final long markUnits) {
    return Math.max(markUnits, shortCreditUnits[instrumentId]);
  }

  @Override
  public int componentId() {
    return 42;
  }

  @Override
  public String componentName() {
    return "price-validity";
  }

  @Override
  public void save(final SnapshotSink sink) {
    int count = 0;
    for (final byte state : markStates) {
      count += NO_RULE == state ? 0 : 1;
    }
    if (0 == count) {
      return;
    }
    sink.putInt(count);
    for (int instrumentId = 1; instrumentId < markStates.length; instrumentId++) {
      if (NO_RULE != markStates[instrumentId]) {
        sink.putInt(instrumentId);
        sink.putInt(markStates[instrumentId]);
        sink.putInt(indexStates[instrumentId]);
        sink.putLong(longCreditUnits[instrumentId]);
        sink.putLong(shortCreditUnits[instrumentId]);
        sink.putLong(longAnchorUnits[instrumentId]);
        sink.putLong(shortAnchorUnits[instrumentId]);
        sink.putLong(anchorTimesNs[instrumentId]);
      }
    }
  }

  @Override
  public void load(final SnapshotSource source) {
    final int count = source.getInt();
    for (int i = 0; i < count; i++) {
      final int instrumentId = source.getInt();
      markStates[instrumentId] = (byte) source.getInt();
      indexStates[instrumentId] = (byte) source.getInt();
      credit(instrumentId, source.getLong(), source.getLong());
      longAnchorUnits[instrumentId] = source.getLong();
      shortAnchorUnits[instrumentId] = source.getLong();
      anchorTimesNs[instrumentId] = source.getLong();
    }
  }
}
