package io.gavel.engine.vectors;

import io.gavel.engine.algo.ScaleOrder;
import io.gavel.engine.algo.SizeDistribution;
import io.gavel.engine.algo.SlicePrice;
import io.gavel.engine.algo.TwapOrder;
import io.gavel.engine.trigger.TriggerScenes;
import io.gavel.risk.position.PositionTarget;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** Figures of conditional and algorithmic orders: triggers, trailing stops, slices over time and over prices. */
final class OrderVectors {

  private static final int TICK_DECIMALS = 3;
  /** Lifts prices off zero, which is no price here; comparisons stay as they are. */
  private static final int LIFT_TICKS = 1_000;
  private static final int E2 = 2;
  private static final int E8 = 8;
  private static final int PPM_TO_E8 = 100;
  /** A leg lives for so long; the rest rolls into later ones. */
  private static final long LEG_LIFE_S = 3;

  private OrderVectors() {
  }

  static void addTo(final VectorModels models) {
    models.add("DER-TRAIL", OrderVectors::trailing);
    models.add("VEGA-TRAIL", OrderVectors::trailing);
    models.add("NT-TRAIL", OrderVectors::ratchet);
    models.add("VEGA-STOP", OrderVectors::stop);
    models.add("DYDX-TRIG", OrderVectors::triggers);
    models.add("DYDX-TWAP", OrderVectors::twap);
    models.add("DRIFT-SCALE", OrderVectors::scale);
  }

  private static int ticks(final BigDecimal price) {
    return Math.toIntExact(Vector.units(price, TICK_DECIMALS));
  }

  private static BigDecimal price(final int ticks) {
    return Vector.ofUnits(ticks, TICK_DECIMALS);
  }

  /** An offset of a venue is money, one of a specification that has a direction is a share. */
  private static Map<String, ?> trailing(final Vector in) {
    final boolean byRatio = in.has("direction");
    final boolean sells = byRatio ? in.text("direction").startsWith("falls") : !in.isLong("side");
    final List<Integer> prices = new ArrayList<>();
    if (in.has("placed_at")) {
      prices.add(ticks(in.decimal("placed_at")));
    }
    in.items("path").forEach(price -> prices.add(ticks(Vector.decimalOf(price))));
    final TriggerScenes.Trail trail = TriggerScenes.trail(sells,
        byRatio ? 0 : ticks(in.decimal("offset")), byRatio ? (int) in.units("offset", E8) : 0, prices);
    final Map<String, Object> out = new HashMap<>();
    out.put("trigger_levels", trail.levelTicks().stream().map(OrderVectors::price).toList());
    out.put("triggered", 0 != trail.firedAtTicks());
    out.put("triggered_at", 0 == trail.firedAtTicks() ? null : price(trail.firedAtTicks()));
    return out;
  }

  /** A stop that stands somewhere moves only when the price has moved far enough in its favour. */
  private static Map<String, ?> ratchet(final Vector in) {
    final boolean sells = !in.isLong("side");
    final int price = cents(in.decimal("price"));
    final String kind = in.textOr("offset_type", "price");
    final BigDecimal offset = in.decimal("offset");
    final int distance = switch (kind) {
      case "bps" -> Math.toIntExact(Vector.units(offset.movePointLeft(4), E8));
      case "ticks" -> cents(offset.multiply(in.or("tick", "0.01")));
      default -> cents(offset);
    };
    final int level = TriggerScenes.levelTicks(sells, price, distance, "bps".equals(kind));
    final int current = in.has("current_trigger") ? cents(in.decimal("current_trigger")) : 0;
    final boolean moves = 0 == current || (sells ? level > current : level < current);
    final Map<String, Object> out = new HashMap<>();
    out.put("new_trigger", moves ? Vector.ofUnits(level, E2) : null);
    if (in.has("limit_offset")) {
      final int limit = TriggerScenes.levelTicks(sells, price, cents(in.decimal("limit_offset")), false);
      final int currentLimit = in.has("current_limit") ? cents(in.decimal("current_limit")) : 0;
      final boolean limitMoves = 0 == currentLimit || (sells ? limit > currentLimit : limit < currentLimit);
      out.put("new_limit", limitMoves ? Vector.ofUnits(limit, E2) : null);
    }
    return out;
  }

  private static int cents(final BigDecimal price) {
    return Math.toIntExact(Vector.units(price, E2));
  }

  private static Map<String, ?> stop(final Vector in) {
    if (!in.has("trigger")) {
      return Map.of("size", PositionTarget.shareLots(in.whole("position"), (int) in.units("position_fraction", E8)));
    }
    final boolean sells = in.text("direction").startsWith("falls");
    return Map.of("triggered",
        TriggerScenes.firesOnEntry(sells, ticks(in.decimal("trigger")), ticks(in.decimal("last"))));
  }

  private static Map<String, ?> triggers(final Vector in) {
    final List<String> ids = new ArrayList<>();
    final List<TriggerScenes.Stop> stops = new ArrayList<>();
    for (final Vector order : in.list("orders")) {
      ids.add(order.text("id"));
      stops.add(new TriggerScenes.Stop(!order.isLong("side"), "TP".equals(order.text("kind")),
          (int) order.whole("trigger") + LIFT_TICKS));
    }
    final BigDecimal price = in.decimal("price");
    final List<Boolean> fired = TriggerScenes.fired(stops,
        price.setScale(0, RoundingMode.FLOOR).intValueExact() + LIFT_TICKS,
        price.setScale(0, RoundingMode.CEILING).intValueExact() + LIFT_TICKS);
    final List<String> triggered = new ArrayList<>();
    for (int i = 0; i < ids.size(); i++) {
      if (fired.get(i)) {
        triggered.add(ids.get(i));
      }
    }
    return Map.of("triggered", triggered);
  }

  private static Map<String, ?> twap(final Vector in) {
    final long total = in.whole("quantity");
    final long legs = TwapOrder.legs(in.whole("duration_s"), in.whole("interval_s"));
    final long remainingLegs = in.wholeOr("remaining_legs", legs - in.wholeOr("legs_elapsed", 0));
    final long lots = TwapOrder.legLots(total, legs,
        in.wholeOr("remaining_qty", total - in.wholeOr("filled", 0)), remainingLegs, in.wholeOr("step", 1));
    final Map<String, Object> out = new HashMap<>();
    out.put("legs", legs);
    out.put("qty", lots);
    for (final String name : new String[] {"first", "second", "third", "fourth", "fifth", "next", "last"}) {
      out.put(name + "_leg_qty", lots);
    }
    out.put("remaining_legs_after", remainingLegs - 1);
    if (in.has("oracle_subticks")) {
      final long tick = in.wholeOr("tick", 1);
      final int limit = (int) (in.wholeOr("limit_subticks", in.wholeOr("limit", 0)) / tick);
      out.put("price", tick * SlicePrice.withinTolerance(!in.isLong("side"), in.whole("oracle_subticks"), tick,
          in.wholeOr("price_tolerance_ppm", 0) * PPM_TO_E8, limit));
    }
    if (in.has("now")) {
      out.put("good_til", in.whole("now") + in.wholeOr("leg_life_s", LEG_LIFE_S));
    }
    return out;
  }

  private static Map<String, ?> scale(final Vector in) {
    final int count = (int) in.whole("n");
    if (in.has("start_1e6")) {
      return Map.of("prices", LongStream.range(0, count).mapToObj(i -> BigDecimal.valueOf(
          ScaleOrder.price(in.whole("start_1e6"), in.whole("end_1e6"), count, (int) i))).toList());
    }
    final String kind = in.textOr("distribution", in.area());
    final SizeDistribution distribution = kind.contains("descending") ? SizeDistribution.DESCENDING
        : kind.contains("ascending") ? SizeDistribution.ASCENDING : SizeDistribution.FLAT;
    final long[] sizes = new long[count];
    ScaleOrder.sizes(in.whole("total"), count, in.wholeOr("step", 1), distribution, sizes);
    return Map.of("sizes", LongStream.of(sizes).mapToObj(BigDecimal::valueOf).toList());
  }
}
