package io.gavel.engine.algo;

import io.gavel.codecs.sbe.Side;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What somebody asks to be worked: a holder that is filled again for each command. Units: ticks, lots, nanoseconds of
 * engine time, shares and tolerances times 10^8. A kind reads its own fields only; 0 means "none" where a field says
 * so, and is refused elsewhere ({@link AlgoRefusal}).
 */
public final class AlgoSpec {

  /** Most buckets of a volume curve. */
  public static final int CURVE_MAX = 64;
  /** Most prices of a scale order. */
  public static final int SCALE_MAX = 32;
  /** Most limit steps of a ladder; the market step comes behind them. */
  public static final int STEPS_MAX = 4;

  // All kinds.
  public @Nullable AlgoKind kind;
  public long parentId;
  public int instrumentId;
  public Side side = Side.NULL_VAL;
  public long totalLots;
  /** The smallest slice worth sending; a whole number of steps. */
  public long minLots = 1;
  /** Slices are whole multiples of this, except one that takes all there is. */
  public long stepLots = 1;
  public long startNs;
  /** Exclusive: nothing is sent at or after it. */
  public long endNs;
  /** Worst price ever; 0 is none. */
  public int limitTicks;
  public @Nullable EndPolicy endPolicy;

  // Pace: legs of a TWAP; least time between two slices of the others.
  public long intervalNs;
  /** How long a child lives, and how long after it the next try is made; 0 is one interval. */
  public long lifeNs;
  /** TWAP: how far from the reference a leg may trade (F-35); 0 is unlimited. */
  public long toleranceE8;

  // Guards of every slice that takes: 0 is none.
  /** How far from the reference a slice may reach into the book; beyond, it waits. */
  public long collarE8;
  /** Share of the depth visible within the limit that may be taken per pacing interval. */
  public long depthShareE8;
  public long pacingNs;

  // VWAP and POV.
  /** Share of the forecast (VWAP; 0 is unguarded) or of the market's volume (POV). */
  public long shareE8;
  public @Nullable VolumeBasis basis;
  /** Lots the market is expected to trade over the window; VWAP with a share only. */
  public long forecastLots;
  public int curveLength;
  public final long[] curve = new long[CURVE_MAX];

  // ICEBERG.
  public long displayLots;
  /** Refill when no more than this is left of the part shown. */
  public long refreshLots;

  // CHASE.
  public int repricesMax;
  /** How far inside the touch to stand. */
  public int offsetTicks;

  // SCALE: prices; LADDER: the price at the trigger.
  public int firstTicks;
  public int lastTicks;
  public int orderCount;
  public @Nullable SizeDistribution distribution;

  // LADDER.
  public int stepCount;
  public final int[] stepOffsetTicks = new int[STEPS_MAX];
  public final long[] stepNs = new long[STEPS_MAX];

  /** Back to nothing. */
  public AlgoSpec clear() {
    kind = null;
    parentId = 0;
    instrumentId = 0;
    side = Side.NULL_VAL;
    totalLots = 0;
    minLots = 1;
    stepLots = 1;
    startNs = 0;
    endNs = 0;
    limitTicks = 0;
    endPolicy = null;
    intervalNs = 0;
    lifeNs = 0;
    toleranceE8 = 0;
    collarE8 = 0;
    depthShareE8 = 0;
    pacingNs = 0;
    shareE8 = 0;
    basis = null;
    forecastLots = 0;
    curveLength = 0;
    displayLots = 0;
    refreshLots = 0;
    repricesMax = 0;
    offsetTicks = 0;
    firstTicks = 0;
    lastTicks = 0;
    orderCount = 0;
    distribution = null;
    stepCount = 0;
    Arrays.fill(curve, 0);
    Arrays.fill(stepOffsetTicks, 0);
    Arrays.fill(stepNs, 0);
    return this;
  }
}
