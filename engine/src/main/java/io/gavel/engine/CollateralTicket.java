package io.gavel.engine;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What free money in an asset backs: weights as "0.95", amounts in the reference asset. */
public final class CollateralTicket {

  @Nullable String priceInstId;
  String debtWeight = "1";
  int factorE6;
  @Nullable String concentrationStart;
  final List<Tier> tiers = new ArrayList<>();

  /** The weight of what lies above a value. */
  record Tier(String from, String weight) {
  }

  CollateralTicket() {
  }

  /** Whose index prices the asset in the reference asset; the reference itself has none. */
  public CollateralTicket priceInstId(final String instId) {
    priceInstId = instId;
    return this;
  }

  /** What lies above a value weighs so much; the first begins at "0". */
  public CollateralTicket tier(final String from, final String weight) {
    tiers.add(new Tier(from, weight));
    return this;
  }

  /** What a debt in the asset weighs, at least "1". */
  public CollateralTicket debtWeight(final String weight) {
    debtWeight = weight;
    return this;
  }

  /** How weights worsen with the root of the size, in millionths. */
  public CollateralTicket factorE6(final int millionths) {
    factorE6 = millionths;
    return this;
  }

  /** The value of all deposits of the asset from which on each weighs less. */
  public CollateralTicket concentrationStart(final String value) {
    concentrationStart = value;
    return this;
  }
}
