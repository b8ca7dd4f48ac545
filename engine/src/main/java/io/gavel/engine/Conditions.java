package io.gavel.engine;

import io.gavel.codecs.sbe.Compare;
import io.gavel.codecs.sbe.NodeOp;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.Signal;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;

/**
 * The words of {@link RuleTicket#when}: {@code c.all(c.price(MARK).atOrBelow("58000"), c.volatility(LAST,
 * Duration.ofHours(1)).atOrAbove("0.05"))}. Times are nanoseconds of engine time; hours of the day are UTC.
 */
public final class Conditions {

  Conditions() {
  }

  public Condition all(final Condition... children) {
    return new Condition(NodeOp.ALL, List.of(children));
  }

  public Condition any(final Condition... children) {
    return new Condition(NodeOp.ANY, List.of(children));
  }

  /** At least so many of them. */
  public Condition nOf(final int need, final Condition... children) {
    final Condition condition = new Condition(NodeOp.N_OF, List.of(children));
    condition.need = need;
    return condition;
  }

  public Condition not(final Condition child) {
    return new Condition(NodeOp.NOT, List.of(child));
  }

  /** The second becomes true within so long after the first became true; true for good then. */
  public Condition then(final Condition first, final Condition second, final Duration within) {
    final Condition condition = new Condition(NodeOp.THEN, List.of(first, second));
    condition.withinNs = nanos(within);
    return condition;
  }

  public Condition price(final PriceSource source) {
    return leaf(Signal.PRICE, source, Condition.Unit.PRICE);
  }

  /** True once the price is so far below the highest since arming: "0.05" is 5 %. */
  public Condition fallsBack(final PriceSource source, final String ratio) {
    return trail(source, Compare.AT_OR_BELOW, ratio);
  }

  /** True once the price is so far above the lowest since arming. */
  public Condition risesBack(final PriceSource source, final String ratio) {
    return trail(source, Compare.AT_OR_ABOVE, ratio);
  }

  /** As {@link #fallsBack}, with a distance in quote per base. */
  public Condition fallsBackBy(final PriceSource source, final String spread) {
    return spread(source, Compare.AT_OR_BELOW, spread);
  }

  public Condition risesBackBy(final PriceSource source, final String spread) {
    return spread(source, Compare.AT_OR_ABOVE, spread);
  }

  /** From the first time, inclusive, to the second, exclusive. */
  public Condition during(final long fromNs, final long untilNs) {
    return time(Signal.WINDOW, fromNs, untilNs);
  }

  /** In these hours of every day, UTC; over midnight when the second comes before the first. */
  public Condition daily(final LocalTime from, final LocalTime until) {
    return time(Signal.DAILY_WINDOW, from.toNanoOfDay(), until.toNanoOfDay());
  }

  public Condition at(final long timeNs) {
    return time(Signal.AT_TIME, timeNs, 0);
  }

  /** So long after the rule went live. */
  public Condition after(final Duration duration) {
    return time(Signal.AFTER, nanos(duration), 0);
  }

  /** From the lowest to the highest price of the last while, as a share of the lowest: "0.05" is 5 %. */
  public Condition volatility(final PriceSource source, final Duration window) {
    final Condition leaf = leaf(Signal.VOLATILITY, source, Condition.Unit.RATIO);
    leaf.second = nanos(window);
    return leaf;
  }

  /** Size traded in the last while. */
  public Condition volume(final Duration window) {
    final Condition leaf = leaf(Signal.VOLUME_RATE, PriceSource.LAST, Condition.Unit.SIZE);
    leaf.second = nanos(window);
    return leaf;
  }

  /** From best bid to best ask. */
  public Condition spread() {
    return leaf(Signal.SPREAD, PriceSource.LAST, Condition.Unit.PRICE);
  }

  /** Size shown on a side of the book, BID or ASK, within so many 1/10,000 of its best price. */
  public Condition depth(final PriceSource side, final int bps) {
    final Condition leaf = leaf(Signal.DEPTH, side, Condition.Unit.SIZE);
    leaf.second = bps;
    return leaf;
  }

  /** The base that a pool holds, as a size. */
  public Condition poolReserve(final long poolId) {
    final Condition leaf = leaf(Signal.POOL_RESERVE, PriceSource.LAST, Condition.Unit.BASE);
    leaf.second = poolId;
    return leaf;
  }

  /** How far the rule's own size would move the mean price of a constant product, fee apart: "0.01" is 1 %. */
  public Condition poolImpact(final long poolId) {
    final Condition leaf = leaf(Signal.POOL_IMPACT, PriceSource.LAST, Condition.Unit.RATIO);
    leaf.second = poolId;
    return leaf;
  }

  /** Quote over base of a constant product. */
  public Condition poolPrice(final long poolId) {
    final Condition leaf = leaf(Signal.PRICE, PriceSource.POOL, Condition.Unit.PRICE);
    leaf.second = poolId;
    return leaf;
  }

  /** A score that was said of the rule's account, or with {@link Condition#instId} of an instrument. */
  public Condition score(final int signalId) {
    final Condition leaf = leaf(Signal.RISK_SIGNAL, PriceSource.LAST, Condition.Unit.WHOLE);
    leaf.second = signalId;
    return leaf;
  }

  private static Condition trail(final PriceSource source, final Compare compare, final String ratio) {
    final Condition leaf = leaf(Signal.TRAILING, source, Condition.Unit.RATIO).latched();
    leaf.compare = compare;
    leaf.level = ratio;
    return leaf;
  }

  private static Condition spread(final PriceSource source, final Compare compare, final String spread) {
    final Condition leaf = leaf(Signal.TRAILING, source, Condition.Unit.NONE).latched();
    leaf.compare = compare;
    leaf.spread = spread;
    return leaf;
  }

  private static Condition time(final Signal signal, final long first, final long second) {
    final Condition leaf = leaf(signal, PriceSource.LAST, Condition.Unit.NONE);
    leaf.threshold = first;
    leaf.second = second;
    return leaf;
  }

  private static Condition leaf(final Signal signal, final PriceSource source, final Condition.Unit unit) {
    final Condition leaf = new Condition(NodeOp.LEAF, List.of());
    leaf.signal = signal;
    leaf.source = source;
    leaf.unit = unit;
    return leaf;
  }

  private static long nanos(final Duration duration) {
    return Facade.nanos(duration, ReasonCode.WINDOW_INVALID, "when");
  }
}
