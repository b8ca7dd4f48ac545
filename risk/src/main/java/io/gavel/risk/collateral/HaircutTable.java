package io.gavel.risk.collateral;

import io.gavel.codecs.InvariantViolation;
import io.gavel.codecs.sbe.ReasonCode;

/**
 * The figures of {@link Haircuts} as they arrive: fill it, {@link #check} it, then build. Weights are shares of the
 * value in 10^-8. Reused; one thread.
 */
public final class HaircutTable {

  public static final int TIERS_MAX = 16;
  public static final int ONE_E8 = 100_000_000;
  public static final int DEBT_WEIGHT_MAX_E8 = 20 * ONE_E8;
  /** A factor of one: a single whole unit halves the weight. */
  public static final int FACTOR_MAX_E6 = 1_000_000;

  final long[] floorUnits = new long[TIERS_MAX];
  final int[] weightE8 = new int[TIERS_MAX];
  int tierCount;
  int debtWeightE8;
  int factorE6;
  long amountPerSize;
  long concentrationStartUnits;
  private boolean full;

  /** Back to an empty table, of an asset of which so many units are a size of one, with a debt that weighs one. */
  public void clear(final long newAmountPerSize) {
    tierCount = 0;
    full = false;
    debtWeightE8 = ONE_E8;
    factorE6 = 0;
    amountPerSize = newAmountPerSize;
    concentrationStartUnits = 0;
  }

  /** Adds a step: what lies above {@code fromUnits} of value weighs so much. */
  public void tier(final long fromUnits, final int newWeightE8) {
    if (TIERS_MAX == tierCount) {
      full = true;
      return;
    }
    floorUnits[tierCount] = fromUnits;
    weightE8[tierCount] = newWeightE8;
    tierCount++;
  }

  /** What a debt in the asset weighs, at least one. */
  public void debt(final int newDebtWeightE8) {
    debtWeightE8 = newDebtWeightE8;
  }

  /** How weights worsen with the root of the size, in 10^-6; 0: not at all. */
  public void factor(final int newFactorE6) {
    factorE6 = newFactorE6;
  }

  /** The value of all deposits of the asset from which on each weighs less; 0: no cap. */
  public void concentrationStart(final long valueUnits) {
    concentrationStartUnits = valueUnits;
  }

  /** OK, or why these are no haircuts. */
  public ReasonCode check() {
    boolean good = !full && tierCount > 0 && 0 == floorUnits[0] && amountPerSize > 0
        && factorE6 >= 0 && factorE6 <= FACTOR_MAX_E6
        && concentrationStartUnits >= 0 && debtWeightE8 >= ONE_E8 && debtWeightE8 <= DEBT_WEIGHT_MAX_E8;
    for (int i = 0; i < tierCount; i++) {
      good &= weightE8[i] >= 0 && weightE8[i] <= ONE_E8
          && (0 == i || (floorUnits[i] > floorUnits[i - 1] && weightE8[i] <= weightE8[i - 1]));
    }
    return good ? ReasonCode.OK : ReasonCode.MARGIN_TABLE_INVALID;
  }

  /** The haircuts of a table that {@link #check} found OK. */
  public Haircuts haircuts() {
    final ReasonCode reason = check();
    if (ReasonCode.OK != reason) {
      throw new InvariantViolation("haircuts of a table that is " + reason);
    }
    return new Haircuts(this);
  }
}
