package io.gavel.adapters.market.flow;

import java.util.Arrays;

/**
 * Makes order flows. The same scenario, seed and count give the same messages on every machine and JDK.
 *
 * <p>The mid price walks geometrically from 33,504 half-cent ticks, one step an order. Orders of the first half of the
 * walk are buys below it, those of the second half sells above it, at the distances of {@link DistanceSampler}; then
 * they arrive in random order. Where the halves of the walk lie apart, part of one side stays out of the other's reach
 * and stands in the book to the end. Order ids count from 1 along the walk, sizes are 1 to 100 lots.
 *
 * <p>15 % are immediate-or-cancel. Of the others 20 % are modified (one lot more, in four of five also one tick nearer
 * to the other side) and 95 % cancelled after an exponential life, the longer the farther out; 2 % of the cancels are
 * sent again, and 2 % of the modifies of cancelled orders, when the order is gone. By default one order's messages
 * follow another's, as on the field's own tapes, and lives show only in who was left behind; {@code overlap} orders
 * that live at the same time make a tape that interleaves.
 */
public final class FlowGenerator {

  /** Most new orders of a tape. */
  public static final int ORDERS_MAX = 1 << 24;

  private static final int START_TICKS = 33_504;
  private static final int LOTS_MAX = 100;
  private static final double IOC_SHARE = 0.15;
  private static final double MODIFIED_SHARE = 0.20;
  private static final double REPRICED_SHARE = 0.80;
  private static final double CANCELLED_SHARE = 0.95;
  private static final double REPEATED_SHARE = 0.02;
  /** Mean life of an order at the touch, in the microseconds that the field measured: a median of 431. */
  private static final double LIFE_US = 431 / StrictMath.log(2);
  private static final int MODIFY_AFTER_US = 30;
  private static final int MODIFY_WITHIN_US = 70;
  private static final int REPEAT_WITHIN_US = 20;
  /** Mean of the square root of the distance, by which lives grow. */
  private static final double LIFE_GROWTH = 2.9;

  private final FlowRandom random;
  private final int[] pricesTicks;
  private final short[] distancesTicks;
  private final byte[] lots;
  private final FlowTimeline timeline;

  private FlowGenerator(final FlowScenario scenario, final long seed, final int newOrders) {
    random = new FlowRandom(seed);
    pricesTicks = new int[newOrders];
    distancesTicks = new short[newOrders];
    lots = new byte[newOrders];
    timeline = new FlowTimeline(newOrders);
    place(scenario, newOrders);
  }

  /** A tape of {@code newOrders} new orders whose messages follow one another order by order. */
  public static FlowTape generate(final FlowScenario scenario, final long seed, final int newOrders) {
    return generate(scenario, seed, newOrders, 0);
  }

  /**
   * A tape of {@code newOrders} new orders.
   *
   * @param overlap how many orders live at the same time, on average; 0: each is gone, or left for good, before the
   *                next arrives
   */
  public static FlowTape generate(
      final FlowScenario scenario, final long seed, final int newOrders, final int overlap) {
    if (newOrders < 1 || newOrders > ORDERS_MAX || overlap < 0 || overlap > newOrders) {
      throw new IllegalArgumentException("orders or overlap out of range: " + newOrders + ", " + overlap);
    }
    final FlowGenerator generator = new FlowGenerator(scenario, seed, newOrders);
    generator.arrive(overlap);
    return generator.timeline.tape();
  }

  /** Side, price and size of each order, along the walk. */
  private void place(final FlowScenario scenario, final int newOrders) {
    final DistanceSampler distances = new DistanceSampler();
    final double step = scenario.walk() / StrictMath.sqrt(newOrders);
    double mid = START_TICKS;
    for (int i = 0; i < newOrders; i++) {
      mid *= StrictMath.exp(step * random.normal() - step * step / 2);
      final int distance = distances.ticks(random);
      final long ticks = StrictMath.round(mid) + (isBuy(i) ? -distance : distance);
      pricesTicks[i] = (int) Math.max(1, Math.min(Integer.MAX_VALUE - 1, ticks));
      distancesTicks[i] = (short) distance;
      lots[i] = (byte) (1 + random.below(LOTS_MAX));
    }
  }

  private boolean isBuy(final int order) {
    return order < pricesTicks.length / 2;
  }

  private void arrive(final int overlap) {
    final int[] arrivals = shuffled(pricesTicks.length);
    final double everyUs = 0 == overlap ? 0 : LIFE_US * LIFE_GROWTH * CANCELLED_SHARE / overlap;
    long nowUs = 0;
    for (int i = 0; i < arrivals.length; i++) {
      final long gone = live(arrivals[i], 0 == overlap ? nowUs : (long) (i * everyUs));
      nowUs = gone + 1;
    }
    if (overlap > 0) {
      timeline.sort();
    }
  }

  /** Lets one order live from its arrival; returns when its last message is sent. */
  private long live(final int order, final long arrivalUs) {
    final boolean isBuy = isBuy(order);
    final boolean isIoc = random.isWithin(IOC_SHARE);
    final long id = order + 1L;
    final int ticks = pricesTicks[order];
    timeline.add(arrivalUs, FlowTape.word(FlowTape.NEW, isBuy, isIoc, lots[order]), id, ticks);
    if (isIoc) {
      return arrivalUs;
    }
    long nowUs = arrivalUs;
    final boolean isModified = random.isWithin(MODIFIED_SHARE);
    final long modify = FlowTape.word(FlowTape.MODIFY, isBuy, false, lots[order] + 1L);
    final int nearer = isModified && random.isWithin(REPRICED_SHARE) ? isBuy ? 1 : -1 : 0;
    final int modifiedTicks = Math.max(1, ticks + nearer);
    if (isModified) {
      nowUs += MODIFY_AFTER_US + random.below(MODIFY_WITHIN_US);
      timeline.add(nowUs, modify, id, modifiedTicks);
    }
    if (random.isWithin(CANCELLED_SHARE)) {
      final long cancel = FlowTape.word(FlowTape.CANCEL, isBuy, false, lots[order]);
      nowUs += (long) random.exponential(LIFE_US * StrictMath.sqrt(distancesTicks[order]));
      timeline.add(nowUs, cancel, id, ticks);
      if (random.isWithin(REPEATED_SHARE)) {
        nowUs += 1 + random.below(REPEAT_WITHIN_US);
        timeline.add(nowUs, cancel, id, ticks);
      }
      if (isModified && random.isWithin(REPEATED_SHARE)) {
        nowUs += 1 + random.below(REPEAT_WITHIN_US);
        timeline.add(nowUs, modify, id, modifiedTicks);
      }
    }
    return nowUs;
  }

  /** Fisher and Yates. */
  private int[] shuffled(final int count) {
    final int[] order = new int[count];
    Arrays.setAll(order, i -> i);
    for (int i = count - 1; i > 0; i--) {
      final int other = random.below(i + 1);
      final int kept = order[i];
      order[i] = order[other];
      order[other] = kept;
    }
    return order;
  }
}
