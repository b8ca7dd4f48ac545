package io.gavel.engine.vectors;

import io.gavel.codecs.sbe.Side;
import io.gavel.engine.algo.IcebergSlicer;
import io.gavel.engine.book.OrderBook;
import io.gavel.engine.book.OrderPool;
import io.gavel.engine.route.ConstantProduct;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Figures of what orders trade against: constant-product pools, the reserves of icebergs, and queues in a book. */
final class LiquidityVectors {

  private static final long KEEP = 997;
  private static final long OF = 1_000;
  private static final int E8 = 8;
  /** Reserves of a row have at most so many digits before the point; the rest of a long is for decimals. */
  private static final int POOL_DIGITS = 18;
  private static final int LOT_DECIMALS = 4;

  private LiquidityVectors() {
  }

  static void addTo(final VectorModels models) {
    models.add("UNI", LiquidityVectors::pool);
    models.add("PERP-XYK", LiquidityVectors::curve);
    models.add("VEGA-ICE", LiquidityVectors::reserves);
    models.add("AMD", LiquidityVectors::queue);
  }

  /** Whole units; what the contract refuses is refused here, in its words. */
  private static Map<String, ?> pool(final Vector in) {
    final boolean quote = in.has("reserve_a");
    final String given = in.named("amount_a", "amount_in", "amount_out");
    final long amount = fits(in, given);
    final long reserve = fits(in, quote ? "reserve_a" : "reserve_in");
    final long other = fits(in, quote ? "reserve_b" : "reserve_out");
    final boolean exactOut = "amount_out".equals(given);
    final long result = quote ? ConstantProduct.quote(amount, reserve, other)
        : exactOut ? ConstantProduct.amountIn(amount, reserve, other, KEEP, OF)
            : ConstantProduct.amountOut(amount, reserve, other, KEEP, OF);
    final Map<String, Object> out = new HashMap<>();
    final boolean refused = ConstantProduct.NONE == result;
    out.put(quote ? "amount_b" : exactOut ? "amount_in" : "amount_out", refused ? null : result);
    out.put("reverts", refused);
    out.put("revert", refused);
    final String missing = quote ? "INSUFFICIENT_AMOUNT"
        : exactOut ? "INSUFFICIENT_OUTPUT_AMOUNT" : "INSUFFICIENT_INPUT_AMOUNT";
    out.put("error", refused ? amount <= 0 ? missing : "INSUFFICIENT_LIQUIDITY" : null);
    return out;
  }

  private static long fits(final Vector in, final String name) {
    try {
      return in.whole(name);
    } catch (final ArithmeticException e) {
      throw new Model.NotDone(name + " is more than an amount of this house holds: " + e.getMessage());
    }
  }

  /** The fee is taken in quote: from what goes in for a long, from what comes out for a short. */
  private static Map<String, ?> curve(final Vector in) {
    final BigDecimal largest = in.decimal("base_reserve").max(in.decimal("quote_reserve"));
    final int scale = POOL_DIGITS - (largest.precision() - largest.scale());
    final long base = in.units("base_reserve", scale);
    final long quote = in.units("quote_reserve", scale);
    final long of = 100_000_000;
    final long keep = of - in.unitsOrZero("fee", E8);
    final String given = in.named("quote_in", "base_out", "base_in", "quote_out");
    final long amount = in.units(given, scale);
    final Map<String, Object> out = new HashMap<>();
    switch (given) {
      case "quote_in" -> out.put("base_out", shown(ConstantProduct.amountOut(amount, quote, base, keep, of), scale));
      case "base_out" -> out.put("quote_in", shown(ConstantProduct.amountIn(amount, quote, base, keep, of), scale));
      case "base_in" ->
          out.put("quote_out", shown(ConstantProduct.amountOutFeeLast(amount, base, quote, keep, of), scale));
      default -> out.put("base_in", shown(ConstantProduct.amountInFeeLast(amount, base, quote, keep, of), scale));
    }
    return out;
  }

  private static @Nullable BigDecimal shown(final long units, final int scale) {
    return ConstantProduct.NONE == units ? null : Vector.ofUnits(units, scale);
  }

  private static Map<String, ?> reserves(final Vector in) {
    final long[] remaining = in.items("remaining").stream()
        .mapToLong(value -> Vector.units(Vector.decimalOf(value), 0)).toArray();
    final long[] fills = new long[remaining.length];
    final long left = IcebergSlicer.shareOut(remaining, remaining.length, in.whole("incoming"), fills);
    return Map.of("fills", LongStream.of(fills).mapToObj(BigDecimal::valueOf).toList(),
        "to_next_levels", left);
  }

  /** A queue at one price through the order book: less keeps its place, more or a replacement goes behind. */
  private static Map<String, ?> queue(final Vector in) {
    final OrderPool pool = new OrderPool(64);
    final OrderBook book = new OrderBook(1, pool, 1);
    final Side side = in.isLong("side") ? Side.BUY : Side.SELL;
    final int ticks = Math.toIntExact(in.whole("price"));
    for (final List<Object> row : in.rows("queue")) {
      rest(pool, book, side, ticks, Vector.units(Vector.decimalOf(row.get(0)), 0), lots(Vector.decimalOf(row.get(1))));
    }
    if (in.has("amend")) {
      final Vector amend = in.inner("amend");
      final int slot = pool.slotOf(amend.whole("order"));
      final long lots = lots(amend.decimal("qty"));
      if (lots <= pool.openLots(slot)) {
        book.reduce(slot, lots);
      } else {
        book.move(slot, ticks, lots);
      }
    }
    if (in.has("cancel_replace")) {
      final Vector replace = in.inner("cancel_replace");
      final int slot = pool.slotOf(replace.whole("order"));
      book.remove(slot);
      pool.release(slot);
      rest(pool, book, side, ticks, replace.whole("new_order"), lots(replace.decimal("qty")));
    }
    final List<List<Object>> queue = new ArrayList<>();
    for (int slot = book.firstOrder(side); OrderPool.NULL_SLOT != slot; slot = book.nextOrder(slot)) {
      queue.add(List.of(pool.orderId(slot), Vector.ofUnits(pool.openLots(slot), LOT_DECIMALS)));
    }
    return Map.of("queue", queue);
  }

  private static void rest(final OrderPool pool, final OrderBook book, final Side side, final int ticks,
      final long orderId, final long lots) {
    book.rest(pool.claim(orderId, 1, side, ticks, lots));
  }

  private static long lots(final BigDecimal quantity) {
    return Vector.units(quantity, LOT_DECIMALS);
  }
}
