package io.gavel.engine.route;

import io.gavel.codecs.SnapshotSink;
import io.gavel.codecs.SnapshotSource;
import io.gavel.risk.money.FixedPoint;
import io.gavel.risk.money.Rounding;
import io.gavel.risk.money.SquareRoot;
import java.util.Arrays;

/**
 * What up to sixteen sources have, and what an amount costs at each. Beside the quotes stand the roots the router walks
 * along, computed once when a quote arrives: of the price per base unit for a level, of the product for a pool.
 */
final class Sources {

  static final int MAX = SmartRouter.SOURCES_MAX;
  static final int ASKS = 0;
  static final int BIDS = 1;
  /** Roots of prices per base unit are kept times 2 to this. */
  static final int ROOT_BITS = 40;
  /** No reserve and no ladder holds more than this, so that sums over all sources fit. */
  static final long UNITS_MAX = 1L << 56;

  private static final long ONE_E8 = 100_000_000L;
  private static final int FINE_BITS = 31;

  final int levelsMax;
  final long lotUnits;
  private final long penaltyE8PerMs;
  private final long lotRoot;

  private final SourceKind[] kinds = new SourceKind[MAX];
  private final long[] feesE8 = new long[MAX];
  private final long[] latenciesNs = new long[MAX];
  private final long[] penaltiesE8 = new long[MAX];
  private final long[] keeps = new long[MAX];
  private final long[] ofs = new long[MAX];

  private final int[] counts = new int[2 * MAX];
  private final long[] prices;
  private final long[] sumLots;
  private final long[] sumUnits;
  private final long[] roots;

  private final long[] baseUnits = new long[MAX];
  private final long[] quoteUnits = new long[MAX];
  private final long[] amplifications = new long[MAX];
  private final long[] baseFactors = new long[MAX];
  private final long[] quoteFactors = new long[MAX];
  private final long[] invariants = new long[MAX];
  private final long[] poolWeights = new long[2 * MAX];
  private final long[] poolOffsets = new long[2 * MAX];
  private final long[] poolRoots = new long[2 * MAX];

  Sources(final int levelsMax, final long lotUnits, final long penaltyE8PerMs) {
    this.levelsMax = levelsMax;
    this.lotUnits = lotUnits;
    this.penaltyE8PerMs = penaltyE8PerMs;
    lotRoot = fineRoot(lotUnits);
    final int rows = 2 * MAX * levelsMax;
    prices = new long[rows];
    sumLots = new long[rows];
    sumUnits = new long[rows];
    roots = new long[rows];
    Arrays.fill(kinds, SourceKind.NONE);
  }

  SourceKind kind(final int source) {
    return kinds[source];
  }

  RouteRefusal levels(final int source, final int side, final long[] priceUnits, final long[] lots, final int count,
      final long feeE8, final long latencyNs) {
    final RouteRefusal terms = terms(source, feeE8, latencyNs);
    if (RouteRefusal.NONE != terms) {
      return terms;
    }
    if (count < 0 || count > levelsMax) {
      return RouteRefusal.LEVELS_OUT_OF_RANGE;
    }
    final RouteRefusal ladder = ladder(side, priceUnits, lots, count);
    if (RouteRefusal.NONE != ladder) {
      return ladder;
    }
    if (SourceKind.LEVELS != kinds[source]) {
      remove(source);
    }
    kinds[source] = SourceKind.LEVELS;
    keepTerms(source, feeE8, latencyNs);
    counts[2 * source + side] = count;
    long allLots = 0;
    long allUnits = 0;
    for (int i = 0; i < count; i++) {
      final int row = row(source, side, i);
      allLots += lots[i];
      allUnits += priceUnits[i] * lots[i];
      prices[row] = priceUnits[i];
      sumLots[row] = allLots;
      sumUnits[row] = allUnits;
    }
    levelRoots(source, ASKS);
    levelRoots(source, BIDS);
    return RouteRefusal.NONE;
  }

  RouteRefusal constantProduct(final int source, final long base, final long quote, final long feeE8,
      final long latencyNs) {
    final RouteRefusal terms = terms(source, feeE8, latencyNs);
    if (RouteRefusal.NONE != terms) {
      return terms;
    }
    if (base <= 0 || quote <= 0 || base > UNITS_MAX || quote > UNITS_MAX) {
      return RouteRefusal.RESERVE_OUT_OF_RANGE;
    }
    remove(source);
    kinds[source] = SourceKind.CONSTANT_PRODUCT;
    keepTerms(source, feeE8, latencyNs);
    baseUnits[source] = base;
    quoteUnits[source] = quote;
    poolRoots(source);
    return RouteRefusal.NONE;
  }

  RouteRefusal stableSwap(final int source, final long base, final long quote, final long amplification,
      final long baseFactor, final long quoteFactor, final long feeE8, final long latencyNs) {
    final RouteRefusal terms = terms(source, feeE8, latencyNs);
    if (RouteRefusal.NONE != terms) {
      return terms;
    }
    if (amplification <= 0 || amplification > StableSwap.AMPLIFICATION_MAX || baseFactor <= 0 || quoteFactor <= 0) {
      return RouteRefusal.CURVE_OUT_OF_RANGE;
    }
    if (base <= 0 || quote <= 0 || base > UNITS_MAX / baseFactor || quote > UNITS_MAX / quoteFactor) {
      return RouteRefusal.RESERVE_OUT_OF_RANGE;
    }
    final long x = base * baseFactor;
    final long y = quote * quoteFactor;
    final long invariant = StableSwap.invariant(x, y, amplification);
    // Both ends of what may be traded must lie on the curve.
    if (StableSwap.NONE == invariant || StableSwap.NONE == StableSwap.other(x + x / 2, invariant, amplification)
        || StableSwap.NONE == StableSwap.other(x - x / 2, invariant, amplification)
        || StableSwap.other(x - x / 2, invariant, amplification) > 4 * UNITS_MAX) {
      return RouteRefusal.CURVE_OUT_OF_RANGE;
    }
    remove(source);
    kinds[source] = SourceKind.STABLE_SWAP;
    keepTerms(source, feeE8, latencyNs);
    baseUnits[source] = base;
    quoteUnits[source] = quote;
    amplifications[source] = amplification;
    baseFactors[source] = baseFactor;
    quoteFactors[source] = quoteFactor;
    invariants[source] = invariant;
    return RouteRefusal.NONE;
  }

  void remove(final int source) {
    kinds[source] = SourceKind.NONE;
    counts[2 * source] = 0;
    counts[2 * source + 1] = 0;
  }

  /** The most a source trades: all of a ladder, and of a pool half of its base for a buy, as much again for a sell. */
  long capLots(final int side, final int source) {
    return switch (kinds[source]) {
      case NONE -> 0;
      case LEVELS -> {
        final int count = counts[2 * source + side];
        yield 0 == count ? 0 : sumLots[row(source, side, count - 1)];
      }
      case CONSTANT_PRODUCT -> (ASKS == side ? baseUnits[source] / 2 : baseUnits[source]) / lotUnits;
      case STABLE_SWAP -> baseUnits[source] / 2 / lotUnits;
    };
  }

  /** Quote units to pay for a buy with fees, or to be had for a sell without them. */
  long amount(final int side, final int source, final long lots) {
    if (0 == lots) {
      return 0;
    }
    final long base = lots * lotUnits;
    return switch (kinds[source]) {
      case LEVELS -> ladderAmount(side, source, lots);
      case CONSTANT_PRODUCT -> ASKS == side
          ? ConstantProduct.amountIn(base, quoteUnits[source], baseUnits[source], keeps[source], ofs[source])
          : ConstantProduct.amountOut(base, baseUnits[source], quoteUnits[source], keeps[source], ofs[source]);
      default -> stableAmount(side, source, base);
    };
  }

  /** What the router minimises: the amount and its penalty for a buy, less what is had of it for a sell. */
  long objective(final int side, final int source, final long amount) {
    final long penalty = FixedPoint.mulDiv(amount, penaltiesE8[source], ONE_E8, Rounding.CEILING);
    return ASKS == side ? amount + penalty : penalty - amount;
  }

  int levelCount(final int side, final int source) {
    return SourceKind.LEVELS == kinds[source] ? counts[2 * source + side] : 0;
  }

  long levelRoot(final int side, final int source, final int index) {
    return roots[row(source, side, index)];
  }

  long levelLots(final int side, final int source, final int index) {
    final int row = row(source, side, index);
    return 0 == index ? sumLots[row] : sumLots[row] - sumLots[row - 1];
  }

  /** The root of the price at which a pool joins. */
  long poolRoot(final int side, final int source) {
    return poolRoots[2 * source + side];
  }

  /** At a root r of the price a pool trades |offset - weight / r| base units. */
  long poolWeight(final int side, final int source) {
    return poolWeights[2 * source + side];
  }

  long poolOffset(final int side, final int source) {
    return poolOffsets[2 * source + side];
  }

  void save(final SnapshotSink sink) {
    for (int source = 0; source < MAX; source++) {
      if (SourceKind.NONE == kinds[source]) {
        continue;
      }
      sink.putInt(source);
      sink.putInt(kinds[source].ordinal());
      sink.putLong(feesE8[source]);
      sink.putLong(latenciesNs[source]);
      if (SourceKind.LEVELS == kinds[source]) {
        saveLevels(source, ASKS, sink);
        saveLevels(source, BIDS, sink);
      } else {
        sink.putLong(baseUnits[source]);
        sink.putLong(quoteUnits[source]);
      }
      if (SourceKind.STABLE_SWAP == kinds[source]) {
        sink.putLong(amplifications[source]);
        sink.putLong(baseFactors[source]);
        sink.putLong(quoteFactors[source]);
      }
    }
    sink.putInt(MAX);
  }

  void load(final SnapshotSource in) {
    for (int source = in.getInt(); source < MAX; source = in.getInt()) {
      final SourceKind kind = SourceKind.of(in.getInt());
      final long feeE8 = in.getLong();
      final long latencyNs = in.getLong();
      if (SourceKind.LEVELS == kind) {
        loadLevels(source, ASKS, feeE8, latencyNs, in);
        loadLevels(source, BIDS, feeE8, latencyNs, in);
        continue;
      }
      final long base = in.getLong();
      final long quote = in.getLong();
      if (SourceKind.CONSTANT_PRODUCT == kind) {
        constantProduct(source, base, quote, feeE8, latencyNs);
        continue;
      }
      final long amplification = in.getLong();
      final long baseFactor = in.getLong();
      stableSwap(source, base, quote, amplification, baseFactor, in.getLong(), feeE8, latencyNs);
    }
  }

  private void saveLevels(final int source, final int side, final SnapshotSink sink) {
    sink.putInt(counts[2 * source + side]);
    for (int i = 0; i < counts[2 * source + side]; i++) {
      sink.putLong(prices[row(source, side, i)]);
      sink.putLong(levelLots(side, source, i));
    }
  }

  private void loadLevels(final int source, final int side, final long feeE8, final long latencyNs,
      final SnapshotSource in) {
    final int count = in.getInt();
    final long[] price = new long[count];
    final long[] lots = new long[count];
    for (int i = 0; i < count; i++) {
      price[i] = in.getLong();
      lots[i] = in.getLong();
    }
    levels(source, side, price, lots, count, feeE8, latencyNs);
  }

  /** Whether the terms are in range. */
  private RouteRefusal terms(final int source, final long feeE8, final long latencyNs) {
    if (source < 0 || source >= MAX) {
      return RouteRefusal.SOURCE_OUT_OF_RANGE;
    }
    if (feeE8 < 0 || feeE8 > ONE_E8 / 2) {
      return RouteRefusal.FEE_OUT_OF_RANGE;
    }
    return latencyNs < 0 || !FixedPoint.mulDivFits(latencyNs, penaltyE8PerMs, 1_000_000, Rounding.CEILING)
        || FixedPoint.mulDiv(latencyNs, penaltyE8PerMs, 1_000_000, Rounding.CEILING) > ONE_E8 / 2
        ? RouteRefusal.LATENCY_OUT_OF_RANGE : RouteRefusal.NONE;
  }

  private void keepTerms(final int source, final long feeE8, final long latencyNs) {
    feesE8[source] = feeE8;
    latenciesNs[source] = latencyNs;
    penaltiesE8[source] = FixedPoint.mulDiv(latencyNs, penaltyE8PerMs, 1_000_000, Rounding.CEILING);
    long a = ONE_E8;
    long b = ONE_E8 - feeE8;
    while (0 != b) {
      final long rest = a % b;
      a = b;
      b = rest;
    }
    keeps[source] = (ONE_E8 - feeE8) / a;
    ofs[source] = ONE_E8 / a;
  }

  private RouteRefusal ladder(final int side, final long[] priceUnits, final long[] lots, final int count) {
    long allLots = 0;
    long allUnits = 0;
    for (int i = 0; i < count; i++) {
      if (priceUnits[i] <= 0 || lots[i] <= 0 || lots[i] > UNITS_MAX / lotUnits - allLots
          || !FixedPoint.productFits(priceUnits[i], lots[i]) || priceUnits[i] * lots[i] > UNITS_MAX - allUnits) {
        return RouteRefusal.LEVEL_OUT_OF_RANGE;
      }
      if (i > 0 && (ASKS == side ? priceUnits[i] < priceUnits[i - 1] : priceUnits[i] > priceUnits[i - 1])) {
        return RouteRefusal.LEVELS_NOT_SORTED;
      }
      allLots += lots[i];
      allUnits += priceUnits[i] * lots[i];
    }
    return RouteRefusal.NONE;
  }

  private long ladderAmount(final int side, final int source, final long lots) {
    int row = row(source, side, 0);
    while (sumLots[row] < lots) {
      row++;
    }
    final long units = sumUnits[row] - (sumLots[row] - lots) * prices[row];
    final long fee = FixedPoint.mulDiv(units, feesE8[source], ONE_E8, Rounding.CEILING);
    return ASKS == side ? units + fee : units - fee;
  }

  private long stableAmount(final int side, final int source, final long base) {
    final long x = baseUnits[source] * baseFactors[source];
    final long y = quoteUnits[source] * quoteFactors[source];
    final long traded = base * baseFactors[source];
    final long factor = quoteFactors[source];
    if (ASKS == side) {
      final long in = StableSwap.amountIn(traded, y, x, invariants[source], amplifications[source], keeps[source],
          ofs[source]);
      return FixedPoint.divide(in, factor, Rounding.CEILING);
    }
    return StableSwap.amountOut(traded, x, y, invariants[source], amplifications[source], keeps[source], ofs[source])
        / factor;
  }

  /** Roots of the price per base unit, with fee and penalty in it; a change of the terms changes both sides. */
  private void levelRoots(final int source, final int side) {
    final long factor = ASKS == side
        ? fineRoot(FixedPoint.mulDiv(ONE_E8 + feesE8[source], ONE_E8 + penaltiesE8[source], ONE_E8, Rounding.CEILING))
        : fineRoot(FixedPoint.mulDiv(ONE_E8 - feesE8[source], ONE_E8 - penaltiesE8[source], ONE_E8, Rounding.FLOOR));
    for (int i = 0; i < counts[2 * source + side]; i++) {
      final int row = row(source, side, i);
      final long root = FixedPoint.mulDiv(fineRoot(prices[row]), factor, fineRoot(ONE_E8), Rounding.FLOOR);
      roots[row] = scaled(root, lotRoot);
    }
  }

  private void poolRoots(final int source) {
    final long x = baseUnits[source];
    final long y = quoteUnits[source];
    final long root = SquareRoot.floor(Math.multiplyHigh(x, y), x * y);
    final long one = fineRoot(ONE_E8);
    final long in = FixedPoint.mulDiv(ONE_E8 + penaltiesE8[source], ofs[source], keeps[source], Rounding.FLOOR);
    final long out = FixedPoint.mulDiv(ONE_E8 - penaltiesE8[source], ofs[source], keeps[source], Rounding.FLOOR);
    poolWeights[2 * source + ASKS] = FixedPoint.mulDiv(root, fineRoot(in), one, Rounding.FLOOR);
    poolOffsets[2 * source + ASKS] = x;
    poolWeights[2 * source + BIDS] = FixedPoint.mulDiv(root, fineRoot(out), one, Rounding.FLOOR);
    poolOffsets[2 * source + BIDS] = FixedPoint.mulDiv(x, ofs[source], keeps[source], Rounding.FLOOR);
    for (int side = ASKS; side <= BIDS; side++) {
      poolRoots[2 * source + side] = scaled(poolWeights[2 * source + side], poolOffsets[2 * source + side]);
    }
  }

  /** A root times 2^31; the value is at most 2^62. */
  private static long fineRoot(final long value) {
    return SquareRoot.floor(value >> (Long.SIZE - 2 * FINE_BITS), value << (2 * FINE_BITS));
  }

  private static long scaled(final long numerator, final long denominator) {
    final boolean fits = FixedPoint.mulDivFits(numerator, 1L << ROOT_BITS, Math.max(1, denominator), Rounding.FLOOR);
    return fits ? Math.max(1, FixedPoint.mulDiv(numerator, 1L << ROOT_BITS, Math.max(1, denominator), Rounding.FLOOR))
        : Long.MAX_VALUE;
  }

  private int row(final int source, final int side, final int index) {
    return (2 * source + side) * levelsMax + index;
  }
}
