package io.gavel.engine.algo;

import io.gavel.codecs.sbe.Side;

/** Parents in the words of the tests: time runs from 1,000 on. */
final class AlgoSpecs {

  static final long START = 1_000;

  private AlgoSpecs() {
  }

  static AlgoSpec base(final AlgoKind kind, final Side side, final long totalLots) {
    final AlgoSpec spec = new AlgoSpec();
    spec.kind = kind;
    spec.parentId = 7;
    spec.instrumentId = 1;
    spec.side = side;
    spec.totalLots = totalLots;
    spec.startNs = START;
    spec.endNs = START + 600;
    spec.endPolicy = EndPolicy.CANCEL;
    return spec;
  }

  static AlgoSpec twap(final long totalLots, final long intervalNs) {
    final AlgoSpec spec = base(AlgoKind.TWAP, Side.SELL, totalLots);
    spec.intervalNs = intervalNs;
    return spec;
  }

  static AlgoSpec vwap(final long totalLots, final long... curve) {
    final AlgoSpec spec = base(AlgoKind.VWAP, Side.SELL, totalLots);
    spec.curveLength = curve.length;
    System.arraycopy(curve, 0, spec.curve, 0, Math.min(curve.length, AlgoSpec.CURVE_MAX));
    return spec;
  }

  static AlgoSpec pov(final long totalLots, final VolumeBasis basis, final long shareE8) {
    final AlgoSpec spec = base(AlgoKind.POV, Side.SELL, totalLots);
    spec.basis = basis;
    spec.shareE8 = shareE8;
    spec.intervalNs = 10;
    return spec;
  }

  static AlgoSpec iceberg(final long totalLots, final long displayLots) {
    final AlgoSpec spec = base(AlgoKind.ICEBERG, Side.SELL, totalLots);
    spec.limitTicks = 100;
    spec.displayLots = displayLots;
    return spec;
  }

  static AlgoSpec chase(final Side side, final long totalLots, final int repricesMax) {
    final AlgoSpec spec = base(AlgoKind.CHASE, side, totalLots);
    spec.repricesMax = repricesMax;
    spec.intervalNs = 10;
    return spec;
  }

  static AlgoSpec scale(final Side side, final int first, final int last, final int count, final long totalLots) {
    final AlgoSpec spec = base(AlgoKind.SCALE, side, totalLots);
    spec.firstTicks = first;
    spec.lastTicks = last;
    spec.orderCount = count;
    spec.distribution = SizeDistribution.FLAT;
    return spec;
  }

  /** A sell triggered at 100: two ticks through for 50 ns, five for 50 more, then the market. */
  static AlgoSpec ladder(final long totalLots) {
    final AlgoSpec spec = base(AlgoKind.LADDER, Side.SELL, totalLots);
    spec.firstTicks = 100;
    spec.stepCount = 2;
    spec.stepOffsetTicks[0] = 2;
    spec.stepOffsetTicks[1] = 5;
    spec.stepNs[0] = 50;
    spec.stepNs[1] = 50;
    spec.lifeNs = 20;
    return spec;
  }
}
