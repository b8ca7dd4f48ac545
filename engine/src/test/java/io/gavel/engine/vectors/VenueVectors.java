package io.gavel.engine.vectors;

import io.gavel.codecs.sbe.Side;
import io.gavel.risk.funding.FundingRates;
import io.gavel.risk.limit.PriceBand;
import io.gavel.risk.liquidation.DeleverageRanking;
import io.gavel.risk.margin.LeverageTiers;
import io.gavel.risk.margin.OpenInterestMargin;
import io.gavel.risk.margin.SizeRate;
import io.gavel.risk.margin.Tiers;
import io.gavel.risk.money.FixedPoint;
import io.gavel.risk.money.Rounding;
import io.gavel.risk.token.TokenRebalance;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Figures on the pages of venues: tiers, margin rates, funding, deleveraging, bands, leveraged tokens. */
final class VenueVectors {

  private static final int E8 = 8;
  private static final int E12 = 12;
  private static final long ONE_E8 = 100_000_000;
  private static final long ONE_E12 = 1_000_000_000_000L;
  private static final long DAY_HOURS = 24;

  private VenueVectors() {
  }

  static void addTo(final VectorModels models) {
    models.add("BIN-CUM", in -> Map.of("cum_n", money(Tiers.nextCumulativeUnits(in.unitsOrZero("cum_prev", E8),
        in.units("floor_n", E8), in.units("mmr_n", E8) - in.unitsOrZero("mmr_prev", E8)))));
    models.add("BIN-CMMM", VenueVectors::inverseMaintenance);
    models.add("HL-TIER", VenueVectors::leverageTiers);
    models.add("BMX-ADL", VenueVectors::deleverage);
    models.add("BMX-FUND", VenueVectors::funding);
    models.add("BMX-FCAP", VenueVectors::fundingCap);
    models.add("DER-LIN", VenueVectors::sizeLinear);
    models.add("DER-BAND", in -> band(in, in.decimal("band_pct").movePointLeft(2)));
    models.add("PDX-BAND", in -> band(in, in.decimal("band")));
    models.add("LEV", VenueVectors::leveragedToken);
  }

  private static BigDecimal money(final long unitsE8) {
    return Vector.ofUnits(unitsE8, E8);
  }

  /** Value is face over mark; the requirement is rounded up. */
  private static Map<String, ?> inverseMaintenance(final Vector in) {
    final long face = Vector.units(in.decimal("contracts").abs().multiply(in.decimal("contract_usd")), E8);
    final long value = FixedPoint.mulDiv(face, ONE_E12, in.units("mark", E8), Rounding.CEILING);
    final long requirement =
        OpenInterestMargin.requirement(value, in.units("mmr", E8), ONE_E8) - in.unitsOrZero("cum", E12);
    return Map.of("notional_btc", Vector.ofUnits(value, E12), "mm_btc", Vector.ofUnits(requirement, E12));
  }

  private static Map<String, ?> leverageTiers(final Vector in) {
    final List<BigDecimal> rates = new ArrayList<>();
    final List<BigDecimal> deductions = new ArrayList<>();
    long deduction = 0;
    long below = 0;
    for (final List<Object> tier : in.rows("tiers")) {
      final long leverage = Vector.units(Vector.decimalOf(tier.get(1)), E8);
      final long floor = Vector.units(Vector.decimalOf(tier.get(0)), E8);
      deduction = 0 == below ? 0 : LeverageTiers.nextCumulativeUnits(deduction, floor, below, leverage);
      below = leverage;
      rates.add(money(LeverageTiers.maintenanceRateE8(leverage)));
      deductions.add(money(deduction));
    }
    return Map.of("mmr", rates, "deduction", deductions);
  }

  private static Map<String, ?> deleverage(final Vector in) {
    final boolean shortFell = in.has("liquidated_short");
    final List<List<Object>> others = in.rows(shortFell ? "longs" : "shorts");
    final DeleverageRanking ranking = new DeleverageRanking(Math.max(1, others.size()));
    for (final List<Object> other : others) {
      ranking.add(Vector.decimalOf(other.get(0)).longValueExact(), 0,
          Vector.units(Vector.decimalOf(other.get(1)), E8), Vector.units(Vector.decimalOf(other.get(2)), E8));
    }
    final long wanted = Math.abs(in.units(shortFell ? "liquidated_short" : "liquidated_long", E8));
    final DeleverageRanking.Policy policy = "pro_rata".equals(in.textOr("policy", "greedy"))
        ? DeleverageRanking.Policy.PRO_RATA : DeleverageRanking.Policy.GREEDY;
    final long left = ranking.spread(wanted, policy);
    final List<List<?>> closes = new ArrayList<>();
    for (int rank = 0; rank < ranking.count(); rank++) {
      if (ranking.closeLots(rank) > 0) {
        closes.add(List.of(BigDecimal.valueOf(ranking.accountId(rank)), money(ranking.closeLots(rank))));
      }
    }
    return Map.of("closes", closes, "price", in.orZero("bankruptcy"), "unfilled", money(left));
  }

  private static Map<String, ?> funding(final Vector in) {
    long rate = FundingRates.dampened(
        in.units("premium_index", E12), in.unitsOrZero("interest", E12), in.unitsOrZero("damp", E12));
    if (in.has("im") && in.has("mm")) {
      rate = FundingRates.clamped(rate, fundingCapE12(in));
    }
    return Map.of("rate", Vector.ofUnits(rate, E12));
  }

  private static long fundingCapE12(final Vector in) {
    return FundingRates.cap(
        in.units("im", E12), in.units("mm", E12), Vector.units(in.or("factor", "0.75"), E8), ONE_E8);
  }

  private static Map<String, ?> fundingCap(final Vector in) {
    final long cap = fundingCapE12(in);
    final long interval = Vector.units(in.or("interval_hours", "8"), E8);
    return Map.of("max_per_day", Vector.ofUnits(FundingRates.perDay(cap, DAY_HOURS * ONE_E8, interval), E12),
        "max_per_interval", Vector.ofUnits(cap, E12), "cap", Vector.ofUnits(cap, E12));
  }

  private static Map<String, ?> sizeLinear(final Vector in) {
    final BigDecimal size = in.decimal("size").abs();
    final long rate = SizeRate.linear(in.units("base_rate", E12), in.unitsOrZero("slope_per_coin", E12),
        Vector.units(size, E8), ONE_E8, ONE_E12);
    final long notional = Vector.units(size.multiply(in.decimal("index")), E8);
    final BigDecimal margin = money(OpenInterestMargin.requirement(notional, rate, ONE_E12));
    return Map.of("margin_usdc", margin, "margin", margin, "rate", Vector.ofUnits(rate, E12));
  }

  private static Map<String, ?> band(final Vector in, final BigDecimal band) {
    final long mark = in.units("mark", E8);
    final long bandE8 = Vector.units(band, E8);
    final List<String> results = new ArrayList<>();
    for (final List<Object> order : in.rows("orders")) {
      final String kind = order.get(0).toString();
      final Side side = kind.endsWith("buy") ? Side.BUY : Side.SELL;
      if (kind.startsWith("market")) {
        results.add("limit_at_" + plain(PriceBand.marketLimit(side, mark, bandE8)));
      } else {
        final long price = Vector.units(Vector.decimalOf(order.get(1)), E8);
        results.add(PriceBand.admits(side, price, mark, bandE8) ? "accept" : "reject");
      }
    }
    final BigDecimal low = money(PriceBand.low(mark, bandE8));
    final BigDecimal high = money(PriceBand.high(mark, bandE8));
    return Map.of("low", low, "high", high, "down", low, "up", high, "results", results);
  }

  private static String plain(final long unitsE8) {
    final BigDecimal value = money(unitsE8).stripTrailingZeros();
    return value.toPlainString();
  }

  private static Map<String, ?> leveragedToken(final Vector in) {
    final long nav = in.units("nav", E8);
    final long target = in.units("target", E8);
    final long move = Vector.units(in.decimal("move_pct").movePointLeft(2), E8);
    final long held = in.has("exposure") ? in.units("exposure", E8) : TokenRebalance.targetExposure(nav, target);
    final long navAfter = TokenRebalance.navAfter(nav, held, move);
    final long exposure = TokenRebalance.exposureAfter(held, move);
    final long trade = TokenRebalance.trade(navAfter, exposure, target);
    final Map<String, Object> out = new HashMap<>();
    out.put("nav_after", money(navAfter));
    out.put("exposure_before", money(exposure));
    out.put("leverage_before", money(TokenRebalance.leverageE8(navAfter, exposure)));
    out.put("target_exposure", money(TokenRebalance.targetExposure(navAfter, target)));
    out.put("buy", money(trade));
    out.put("sell", money(-trade));
    out.put("rebalance", TokenRebalance.mustRebalance(
        navAfter, exposure, target, Vector.units(in.or("threshold", "1.33"), E8)));
    return out;
  }
}
