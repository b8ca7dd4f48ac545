package io.gavel.engine.vectors;

import io.gavel.risk.funding.FundingRates;
import io.gavel.risk.liquidation.BankruptcyPrice;
import io.gavel.risk.liquidation.FillablePrice;
import io.gavel.risk.liquidation.PartialSize;
import io.gavel.risk.margin.OpenInterestMargin;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;

/** Published tests of dYdX v4: margin by open interest, funding, bankruptcy and fillable prices, insurance. */
final class DydxVectors {

  private static final long ONE_PPM = 1_000_000;
  private static final long PERIOD_S = 8 * 60 * 60;
  private static final int QUANTUMS = 6;
  /** Money finer than quantums, where the published result is an exact fraction. */
  private static final int FINE = 12;
  private static final int LOTS = 8;
  private static final long LOTS_PER_SIZE = 100_000_000;
  private static final Map<String, ?> REFUSED = Map.of("error", true, "rejected", true, "result", "error");

  private DydxVectors() {
  }

  static void addTo(final VectorModels models) {
    models.add("DYDX-IM", in -> Map.of("initial_margin", OpenInterestMargin.requirement(
        Math.abs(in.whole("notional")), effectiveRate(in), ONE_PPM)));
    models.add("DYDX-OIMF", in -> Map.of("effective_imf_ppm", effectiveRate(in)));
    models.add("DYDX-MM", in -> Map.of("mmf_ppm", maintenanceRate(in)));
    models.add("DYDX-FCLAMP", in -> Map.of("max_abs_rate_ppm",
        FundingRates.cap(in.whole("imf_ppm"), maintenanceRate(in), in.whole("clamp_factor_ppm"), ONE_PPM)));
    models.add("DYDX-FIDX", in -> Map.of("index_delta", FundingRates.indexDelta(
        in.whole("rate_8h_ppm"), in.whole("seconds"), PERIOD_S, in.whole("price"),
        (int) (in.whole("price_exponent") + in.whole("atomic_resolution")) + QUANTUMS)));
    models.add("DYDX-FSET", in -> Map.of("net_settlement_ppm", FundingRates.settlement(
        in.whole("index_now"), in.whole("index_last"), in.whole("base_quantums"))));
    models.add("DYDX-LSZ", DydxVectors::sizes);
    models.add("DYDX-BKR", DydxVectors::bankruptcy);
    models.add("DYDX-FILL", DydxVectors::fillable);
    models.add("DYDX-INS", DydxVectors::insurance);
  }

  private static long effectiveRate(final Vector in) {
    return OpenInterestMargin.rate(in.whole("imf_ppm"), in.wholeOr("open_notional", 0),
        in.wholeOr("oi_lower_cap", 0), in.wholeOr("oi_upper_cap", 0), ONE_PPM);
  }

  private static long maintenanceRate(final Vector in) {
    return OpenInterestMargin.maintenanceRate(
        in.whole("imf_ppm"), in.wholeOr("maintenance_fraction_ppm", ONE_PPM), ONE_PPM);
  }

  private static Map<String, ?> sizes(final Vector in) {
    final long position = Math.abs(in.whole("position_notional"));
    final long minimum = in.wholeOr("min_notional", 0);
    return Map.of("min", PartialSize.stepMin(position, minimum),
        "max", PartialSize.stepMax(position, minimum, in.wholeOr("max_portion_ppm", ONE_PPM)));
  }

  private static Map<String, ?> bankruptcy(final Vector in) {
    final String market = in.text("close_market");
    final BigDecimal size = in.inner("positions").orZero(market);
    final BigDecimal delta = in.decimal("delta");
    final BigDecimal after = size.add(delta);
    if (0 == size.signum() || 0 == delta.signum() || size.signum() == delta.signum()
        || size.abs().compareTo(delta.abs()) < 0) {
      return REFUSED;
    }
    final BigDecimal price = in.inner("oracle_usd").decimal(market);
    final long valueChange = value(after, price, QUANTUMS) - value(size, price, QUANTUMS);
    final long released = maintenance(in, market, size, QUANTUMS) - maintenance(in, market, after, QUANTUMS);
    final Account account = Account.of(in, QUANTUMS);
    return Map.of("bankruptcy_quote_quantums", BankruptcyPrice.quoteUnits(
        account.equity(), account.maintenance(), valueChange, released));
  }

  private static Map<String, ?> fillable(final Vector in) {
    final String market = in.text(in.named("market", "close_market"));
    final BigDecimal size = in.inner("positions").orZero(market);
    if (0 == size.signum()) {
      return REFUSED;
    }
    final BigDecimal price = in.inner("oracle_usd").decimal(market);
    final Account account = Account.of(in, FINE);
    final long value = FillablePrice.valueUnits(value(size, price, FINE), maintenance(in, market, size, FINE),
        account.equity(), account.maintenance(), in.wholeOr("bankruptcy_adjustment_ppm", ONE_PPM),
        in.wholeOr("spread_to_mmr_ratio_ppm", ONE_PPM / 10));
    final long priceUnits = FillablePrice.priceUnits(value, Vector.units(size, LOTS), LOTS_PER_SIZE);
    return Map.of("fillable_price_usd", Vector.ofUnits(priceUnits, FINE));
  }

  private static Map<String, ?> insurance(final Vector in) {
    final BigDecimal size = in.decimal("position_btc");
    final BigDecimal closed = (in.has("close_btc") ? in.decimal("close_btc") : size).abs();
    final boolean sells = !in.isLong("close_side");
    final BigDecimal oracle = in.decimal("oracle_usd");
    final BigDecimal signed = sells ? closed : closed.negate();
    final long equity = in.units("cash_usd", QUANTUMS) + value(size, oracle, QUANTUMS);
    final long change = value(size.subtract(signed), oracle, QUANTUMS) - value(size, oracle, QUANTUMS);
    final long bankruptcy =
        BankruptcyPrice.quoteUnits(equity, Vector.units(size.abs(), LOTS), change, Vector.units(closed, LOTS));
    final long fill = value(signed, in.decimal("fill_price_usd"), QUANTUMS);
    return Map.of("insurance_delta",
        BankruptcyPrice.insuranceDeltaUnits(fill, bankruptcy, in.whole("max_liq_fee_ppm")));
  }

  /** What all of an account is worth and must have. */
  private record Account(long equity, long maintenance) {

    static Account of(final Vector in, final int scale) {
      long equity = in.units("cash_usd", scale);
      long maintenance = 0;
      for (final String market : in.inner("positions").names()) {
        final BigDecimal size = in.inner("positions").decimal(market);
        equity += value(size, in.inner("oracle_usd").decimal(market), scale);
        maintenance += DydxVectors.maintenance(in, market, size, scale);
      }
      return new Account(equity, maintenance);
    }
  }

  private static long value(final BigDecimal size, final BigDecimal price, final int scale) {
    return size.multiply(price).movePointRight(scale).setScale(0, RoundingMode.FLOOR).longValueExact();
  }

  private static long maintenance(final Vector in, final String market, final BigDecimal size, final int scale) {
    final long value = Math.abs(value(size, in.inner("oracle_usd").decimal(market), scale));
    return OpenInterestMargin.maintenance(
        value, ofMarket(in, "imf_ppm", market), ofMarket(in, "maintenance_fraction_ppm", market), ONE_PPM);
  }

  /** One number for all markets, or one for each. */
  private static long ofMarket(final Vector in, final String name, final String market) {
    return in.raw(name) instanceof Map ? in.inner(name).whole(market) : in.whole(name);
  }
}
