package io.gavel.engine;

import io.gavel.codecs.sbe.MarginModelKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What positions of a contract need, in the words of the trade: rates as "0.01", amounts in the settle asset. */
public final class MarginTicket {

  MarginModelKind curve = MarginModelKind.STEP;
  String leverageMax = "0";
  @Nullable String sizeOne;
  String initialSlope = "0";
  String maintenanceSlope = "0";
  @Nullable String openInterestLow;
  @Nullable String openInterestHigh;
  int accountsPerStep = 1_024;
  long stepNs = 1_000_000;
  boolean profitCounts;
  final List<Tier> tiers = new ArrayList<>();

  /** Rates above a notional. */
  record Tier(String from, String initial, String maintenance) {
  }

  MarginTicket() {
  }

  /** STEP unless said otherwise. */
  public MarginTicket curve(final MarginModelKind kind) {
    curve = kind;
    return this;
  }

  /** Rates for what lies above a notional; the first begins at "0", and only STEP has more than one. */
  public MarginTicket tier(final String from, final String initial, final String maintenance) {
    tiers.add(new Tier(from, initial, maintenance));
    return this;
  }

  /** The greatest leverage an account may choose; what the lowest initial rate gives unless said otherwise. */
  public MarginTicket leverageMax(final String times) {
    leverageMax = times;
    return this;
  }

  /** LINEAR and SQUARE_ROOT: what each size of {@code sizeOne}, or its root, adds to the rates. */
  public MarginTicket slope(final String one, final String initial, final String maintenance) {
    sizeOne = one;
    initialSlope = initial;
    maintenanceSlope = maintenance;
    return this;
  }

  /** OPEN_INTEREST: the initial rate climbs to one between these notionals. */
  public MarginTicket openInterest(final String low, final String high) {
    openInterestLow = low;
    openInterestHigh = high;
    return this;
  }

  /** A change while positions are open reaches so many accounts at a time, so long apart. */
  public MarginTicket steps(final int accounts, final long everyNs) {
    accountsPerStep = accounts;
    stepNs = everyNs;
    return this;
  }

  /** Unrealised profit backs new positions; it does not unless said so. */
  public MarginTicket profitCounts(final boolean counts) {
    profitCounts = counts;
    return this;
  }
}
