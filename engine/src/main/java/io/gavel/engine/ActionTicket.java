package io.gavel.engine;

import io.gavel.codecs.sbe.AlgoBasis;
import io.gavel.codecs.sbe.AlgoEnd;
import io.gavel.codecs.sbe.AlgoSizes;
import io.gavel.codecs.sbe.ReviewDefault;
import io.gavel.codecs.sbe.RuleAction;
import org.jspecify.annotations.Nullable;

/**
 * How a fired rule works its order over time, in the words of the trade. An action reads its own fields only, and one
 * that it does not read is refused; what is not said is none. Times are nanoseconds of engine time.
 */
public final class ActionTicket {

  RuleAction action = RuleAction.ORDER;
  long durationNs;
  long intervalNs;
  long stepNs;
  @Nullable String participation;
  @Nullable String collar;
  @Nullable String depthShare;
  @Nullable String tolerance;
  @Nullable String displaySz;
  @Nullable String forecastSz;
  @Nullable String firstPx;
  @Nullable String lastPx;
  @Nullable String offsetPx;
  int orderCount;
  int repricesMax;
  int widerBps;
  AlgoEnd end = AlgoEnd.CANCEL;
  AlgoBasis basis = AlgoBasis.WITH_OWN;
  AlgoSizes sizes = AlgoSizes.FLAT;
  long reviewNs;
  ReviewDefault reviewDefault = ReviewDefault.RELEASE;
  long holdId;
  int[] curve = {};

  ActionTicket() {
  }

  /** How long from the firing on; 0, where the action allows it: without an end. */
  public ActionTicket duration(final long ns) {
    durationNs = ns;
    return this;
  }

  /** From leg to leg, from try to try; the least time between two prices of a chase. */
  public ActionTicket interval(final long ns) {
    intervalNs = ns;
    return this;
  }

  /** LADDER: how long each limit rests before the next, wider one. */
  public ActionTicket step(final long ns) {
    stepNs = ns;
    return this;
  }

  /** Share of the volume: "0.1" is a tenth. POV: of the market's; VWAP: of the forecast. */
  public ActionTicket participation(final String ratio) {
    participation = ratio;
    return this;
  }

  /** How far from the reference a slice may reach into the book: "0.01" is 1 %; beyond, it waits. */
  public ActionTicket collar(final String ratio) {
    collar = ratio;
    return this;
  }

  /** Share of the lots visible within the limit that may be taken per interval. */
  public ActionTicket depthShare(final String ratio) {
    depthShare = ratio;
    return this;
  }

  /** TWAP: how far from the reference a leg may trade. */
  public ActionTicket tolerance(final String ratio) {
    tolerance = ratio;
    return this;
  }

  /** ICEBERG: the part that is shown, in base. */
  public ActionTicket displaySz(final String decimal) {
    displaySz = decimal;
    return this;
  }

  /** VWAP: what the market is expected to trade over the duration, in base. */
  public ActionTicket forecastSz(final String decimal) {
    forecastSz = decimal;
    return this;
  }

  /** VWAP: weights of equal parts of the duration. */
  public ActionTicket curve(final int... weights) {
    curve = weights.clone();
    return this;
  }

  /** SCALE: so many orders, evenly spaced from the first price to the last. */
  public ActionTicket scale(final String first, final String last, final int orders) {
    firstPx = first;
    lastPx = last;
    orderCount = orders;
    return this;
  }

  /** SCALE: equal sizes, growing ones, or falling ones, from the first price on. */
  public ActionTicket sizes(final AlgoSizes value) {
    sizes = value;
    return this;
  }

  /** CHASE: so far inside the best price; LADDER: so far through the price at the trigger. */
  public ActionTicket offsetPx(final String decimal) {
    offsetPx = decimal;
    return this;
  }

  /** CHASE: how often it may follow. */
  public ActionTicket reprices(final int most) {
    repricesMax = most;
    return this;
  }

  /** LADDER: how far through the price at the trigger the second limit is. */
  public ActionTicket wider(final int bps) {
    widerBps = bps;
    return this;
  }

  /** What becomes of the rest when the time is over; CANCEL unless said otherwise. */
  public ActionTicket end(final AlgoEnd policy) {
    end = policy;
    return this;
  }

  /** POV: a share of all volume, or of what others trade; all unless said otherwise. */
  public ActionTicket basis(final AlgoBasis value) {
    basis = value;
    return this;
  }
}
