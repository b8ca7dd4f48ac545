package io.gavel.engine.vectors;

import io.gavel.risk.liquidation.InversePrice;
import io.gavel.risk.liquidation.LiquidationPrice;
import io.gavel.risk.margin.OpenInterestMargin;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Liquidation and bankruptcy prices on the pages of venues and in the tests of a trading bot. */
final class LiquidationVectors {

  private static final int E8 = 8;
  private static final int E12 = 12;
  private static final long ONE_E8 = 100_000_000;
  private static final long ONE_E12 = 1_000_000_000_000L;
  private static final int LONG_DIGITS = 18;
  private static final int PRICE_DIGITS_MAX = 16;
  /** Ten to this many, and sums of several, still fit a long. */
  private static final int ROOM = 1;

  private LiquidationVectors() {
  }

  static void addTo(final VectorModels models) {
    models.add("BIN-LIQ", in -> prices(linear(in)));
    models.add("FT-LIQ", in -> prices("bybit".equals(in.textOr("model", "")) ? fixed(in) : linear(in)));
    models.add("FT-ASOF", LiquidationVectors::buffered);
    models.add("BYB-LIN", LiquidationVectors::fixed);
    models.add("BYB-BKR", LiquidationVectors::isolatedBankruptcy);
    models.add("BYB-INV", LiquidationVectors::inverse);
  }

  /** How many decimals prices and sizes get, so that money, which has both, still fits. */
  private record Scale(int price, int lots) {

    static Scale of(final Vector in, final List<Vector> legs) {
      BigDecimal largest = in.orZero("wallet").abs().add(BigDecimal.ONE);
      int lots = 0;
      for (final Vector leg : legs) {
        largest = largest.add(leg.decimal("qty").multiply(leg.decimal("entry")).abs().multiply(BigDecimal.TEN));
        lots = Math.max(lots, leg.decimal("qty").stripTrailingZeros().scale());
      }
      for (final Vector other : in.list("other_positions")) {
        largest = largest.add(other.decimal("qty").multiply(other.decimal("entry")).abs());
      }
      final int digits = LONG_DIGITS - ROOM - (largest.precision() - largest.scale());
      return new Scale(Math.min(PRICE_DIGITS_MAX, digits + ROOM - lots), lots);
    }

    int money() {
      return price + lots;
    }

    long units(final BigDecimal value) {
      return value.setScale(money(), RoundingMode.HALF_EVEN).movePointRight(money()).longValueExact();
    }
  }

  /** F-10 to F-12: one leg, or the legs of a hedge, backed by a wallet and whatever else there is. */
  private static Map<String, ?> linear(final Vector in) {
    final List<Vector> legs = new ArrayList<>();
    if (in.has("entry")) {
      legs.add(in);
    }
    legs.addAll(in.list("legs"));
    legs.addAll(in.list("hedge_positions"));
    final Scale scale = Scale.of(in, legs);
    BigDecimal result = BigDecimal.ZERO;
    BigDecimal required = BigDecimal.ZERO;
    if (!"isolated".equals(in.textOr("mode", in.textOr("margin_mode", "isolated")))) {
      for (final Vector other : in.list("other_positions")) {
        final BigDecimal size = signed(other);
        final BigDecimal mark = other.decimal(other.has("mark") ? "mark" : "entry");
        result = result.add(size.multiply(mark.subtract(other.decimal("entry"))));
        required = required.add(
            size.abs().multiply(mark).multiply(other.orZero("mmr")).subtract(cumulative(other)));
      }
    }
    final LiquidationPrice price = new LiquidationPrice();
    price.clear(scale.units(wallet(in)), scale.units(result), scale.units(required));
    for (final Vector leg : legs) {
      final BigDecimal size = signed(leg);
      final BigDecimal rate = leg.orZero("mmr").add(leg.orZero("taker_fee"));
      price.leg(Vector.units(size, scale.lots()), scale.units(size.multiply(leg.decimal("entry"))),
          Vector.units(rate, E8), scale.units(cumulative(leg)));
    }
    final Map<String, Object> out = new HashMap<>();
    if (price.exists() && price.priceUnits() > 0) {
      out.put("liq_price", Vector.ofUnits(price.priceUnits(), scale.price()));
    } else {
      out.put("liq_price", null);
    }
    return out;
  }

  private static Map<String, ?> prices(final Map<String, ?> out) {
    final Map<String, Object> all = new HashMap<>(out);
    all.put("liquidation_price", out.get("liq_price"));
    return all;
  }

  private static BigDecimal signed(final Vector leg) {
    final BigDecimal size = leg.decimal("qty");
    return leg.isLong("side") ? size : size.negate();
  }

  private static BigDecimal cumulative(final Vector leg) {
    return leg.orZero(leg.has("cum") ? "cum" : "maintenance_amount");
  }

  /** What is given, or the initial margin at the leverage. */
  private static BigDecimal wallet(final Vector in) {
    if (in.has("wallet")) {
      return in.decimal("wallet");
    }
    return in.decimal("qty").multiply(in.decimal("entry"))
        .divide(in.or("leverage", "1"), LONG_DIGITS + LONG_DIGITS, RoundingMode.HALF_EVEN)
        .add(in.orZero("extra_margin"));
  }

  private static Map<String, ?> buffered(final Vector in) {
    return Map.of("buffered", Vector.ofUnits(LiquidationPrice.bufferedUnits(in.units("exchange_liq", E8),
        in.units("entry", E8), in.units("buffer", E8)), E8));
  }

  /** Margins fixed at the entry value; the bankruptcy price beside it. */
  private static Map<String, ?> fixed(final Vector in) {
    final boolean isLong = in.isLong("side");
    final Scale scale = Scale.of(in, List.of(in));
    final BigDecimal size = signed(in);
    final long cost = scale.units(size.multiply(in.decimal("entry")));
    final long initial = scale.units(size.abs().multiply(in.decimal("entry"))
        .divide(in.or("leverage", "1"), LONG_DIGITS + LONG_DIGITS, RoundingMode.HALF_EVEN));
    final long maintenance = OpenInterestMargin.requirement(Math.abs(cost), Vector.units(in.orZero("mmr"), E8), ONE_E8)
        - scale.units(in.orZero("deduction"));
    final long margin = initial + scale.units(in.orZero("extra_margin"));
    final long price = LiquidationPrice.fixedMaintenanceUnits(
        Vector.units(size, scale.lots()), cost, margin, maintenance);
    final long bankruptcy =
        LiquidationPrice.fixedMaintenanceUnits(Vector.units(size, scale.lots()), cost, margin, 0);
    final Map<String, Object> out = new HashMap<>();
    out.put("im", Vector.ofUnits(initial, scale.money()));
    out.put("mm", Vector.ofUnits(maintenance, scale.money()));
    out.put("liq_price", ticked(in, isLong, Vector.ofUnits(price, scale.price())));
    out.put("bankruptcy", ticked(in, isLong, Vector.ofUnits(bankruptcy, scale.price())));
    return out;
  }

  private static Map<String, ?> isolatedBankruptcy(final Vector in) {
    final boolean isLong = in.isLong("side");
    final long entry = in.units("entry", E12);
    final long leverage = in.units("leverage", E8);
    final long exact = in.area().contains("linear")
        ? InversePrice.linearBankruptcy(isLong, entry, leverage)
        : InversePrice.isolatedBankruptcy(isLong, entry, leverage);
    final Map<String, Object> out = new HashMap<>();
    final Object price = exact <= 0 ? null : Vector.ofUnits(exact, E12);
    out.put("bankruptcy_exact", price);
    out.put("bankruptcy", price);
    out.put("bankruptcy_tick", exact <= 0 ? null : ticked(in, isLong, Vector.ofUnits(exact, E12)));
    return out;
  }

  /** Cross when a balance backs the position, isolated when a leverage does. */
  private static Map<String, ?> inverse(final Vector in) {
    final boolean isLong = in.isLong("side");
    final BigDecimal face = in.decimal("qty_usd").abs();
    final BigDecimal value = face.divide(in.decimal("entry"), E12, RoundingMode.HALF_EVEN);
    final BigDecimal backing = (in.has("balance_btc") ? in.decimal("balance_btc")
        : value.divide(in.or("leverage", "1"), E12, RoundingMode.HALF_EVEN)).add(in.orZero("extra_margin"));
    final long valueUnits = Vector.units(value, E12);
    final long maintenance = OpenInterestMargin.requirement(valueUnits, in.unitsOrZero("mmr", E8), ONE_E8)
        - in.unitsOrZero("deduction", E12);
    final long fee = in.unitsOrZero("taker", E8);
    final long bankruptcy = InversePrice.bankruptcy(
        isLong, Vector.units(face, E8), valueUnits, Vector.units(backing, E12), fee, ONE_E12);
    final long liquidation = InversePrice.liquidation(
        isLong, Vector.units(face, E8), valueUnits, Vector.units(backing, E12), maintenance, fee, ONE_E12);
    final Map<String, Object> out = new HashMap<>();
    out.put("bankruptcy", priceOrNull(in, isLong, bankruptcy));
    out.put("bankruptcy_tick", out.get("bankruptcy"));
    out.put("bankruptcy_exact", InversePrice.NO_PRICE == bankruptcy ? null : Vector.ofUnits(bankruptcy, E8));
    out.put("liq_price", priceOrNull(in, isLong, liquidation));
    out.put("liq_exact", InversePrice.NO_PRICE == liquidation ? null : Vector.ofUnits(liquidation, E8));
    out.put("mm", Vector.ofUnits(maintenance, E12));
    return out;
  }

  private static @Nullable BigDecimal priceOrNull(
      final Vector in, final boolean isLong, final long priceE8) {
    return InversePrice.NO_PRICE == priceE8 ? null : ticked(in, isLong, Vector.ofUnits(priceE8, E8));
  }

  /** To the row's tick, if it has one: long up, short down. */
  private static BigDecimal ticked(final Vector in, final boolean isLong, final BigDecimal price) {
    return in.has("tick")
        ? Vector.ofUnits(InversePrice.toTick(isLong,
            price.setScale(E12, isLong ? RoundingMode.CEILING : RoundingMode.FLOOR).movePointRight(E12)
                .longValueExact(), in.units("tick", E12)), E12)
        : price;
  }
}
