package io.gavel.risk.mark;

import io.gavel.codecs.SnapshotSink;
import io.gavel.codecs.SnapshotSource;
import io.gavel.risk.money.FixedPoint;
import io.gavel.risk.money.Rounding;

/**
 * The basis (market less index) averaged with weights that halve every half-life (F-28b), on a grid of 1,024 steps a
 * half-life over engine time, in integers: what is left of the distance to the basis in force after a step is
 * 2^(-1/1024), cut towards that basis, so that the average gets there. How often somebody asks changes the rounding
 * only. One thread.
 */
final class BasisAverage {

  /** Steps of a half-life. */
  static final int STEPS = 1 << 10;

  private static final int STEP_BITS = 10;
  /** The average is kept in 1/1024 of a unit. */
  private static final int SCALE_BITS = 10;
  private static final long ONE_Q62 = 1L << 62;
  /** 2^(-1/2), 2^(-1/4) ... 2^(-1/1024), times 2^62. */
  private static final long[] ROOTS_Q62 = {
      0x2D413CCCFE779921L, 0x35D13F32B5A75ABDL, 0x3AB031B9F7490E4BL, 0x3D495F454921B30BL,
      0x3EA0ECB6DC8A80CEL, 0x3F4F83033D21B05DL, 0x3FA784571EE3E212L, 0x3FD3B2D65447B229L,
      0x3FE9D59487236BB4L, 0x3FF4E9D4703DF842L
  };
  /** After so many half-lives nothing is left that a long could hold. */
  private static final long HALVES_MAX = 62;

  private long scaled;
  private long lastStep;
  private boolean known;

  /** Lets the basis that has been in force since the last call do its work. */
  void advance(final long halfLifeNs, final long nowNs, final boolean isKnown, final long basisUnits) {
    final long step = nowNs / (halfLifeNs / STEPS);
    final long steps = step - lastStep;
    if (isKnown) {
      final long target = basisUnits << SCALE_BITS;
      scaled = known ? target + decayed(scaled - target, steps) : target;
      known = true;
    }
    lastStep = step;
  }

  private static long decayed(final long distance, final long steps) {
    final long halves = steps >> STEP_BITS;
    if (halves >= HALVES_MAX) {
      return 0;
    }
    long left = distance / (1L << halves);
    for (int bit = 0; bit < STEP_BITS; bit++) {
      if (0 != (steps & 1L << (STEP_BITS - 1 - bit))) {
        left = FixedPoint.mulDiv(left, ROOTS_Q62[bit], ONE_Q62, Rounding.DOWN);
      }
    }
    return left;
  }

  /** In 1/1024 of a unit; 0 before the first. */
  long scaled() {
    return scaled;
  }

  /** The average in whole units, rounded down. */
  long floorUnits() {
    return scaled >> SCALE_BITS;
  }

  /** Whether rounding cut something off. */
  boolean inexact() {
    return 0 != (scaled & (1L << SCALE_BITS) - 1);
  }

  void save(final SnapshotSink sink) {
    sink.putLong(scaled);
    sink.putLong(lastStep);
    sink.putInt(known ? 1 : 0);
  }

  void load(final SnapshotSource source) {
    scaled = source.getLong();
    lastStep = source.getLong();
    known = 0 != source.getInt();
  }
}
