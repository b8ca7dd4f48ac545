package io.gavel.engine.vectors;

import io.gavel.risk.collateral.SizeWeights;
import io.gavel.risk.funding.FundingRates;
import io.gavel.risk.liquidation.CollateralTransfer;
import io.gavel.risk.liquidation.LiquidationFees;
import io.gavel.risk.liquidation.PartialSize;
import io.gavel.risk.margin.OrderMargin;
import io.gavel.risk.mark.TriggerReference;
import io.gavel.risk.money.FixedPoint;
import io.gavel.risk.money.Rounding;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;

/** Published tests of Drift: weights by size and concentration, partial liquidation, socialised loss, triggers. */
final class DriftVectors {

  private static final long ONE_E4 = 10_000;
  private static final long ONE_E6 = 1_000_000;
  private static final long ONE_E9 = 1_000_000_000;
  private static final int E6 = 6;
  private static final int E9 = 9;
  /** Margin ratios come in 10^-4, fees in 10^-6. */
  private static final long RATIO_TO_FEE = 100;
  private static final int ASSET_DECIMALS = 6;
  private static final int DEBT_DECIMALS = 9;
  private static final BigDecimal ALL_PUBLISHED = new BigDecimal("18446744073709551615");
  private static final long SMALL_SHORTAGE_USD = 50;

  private DriftVectors() {
  }

  static void addTo(final VectorModels models) {
    models.add("DRIFT-HAIRCUT", in -> Map.of("asset_weight_1e4", SizeWeights.asset(
        in.whole("size_1e9"), in.wholeOr("imf_factor_1e6", 0), in.whole("asset_weight_1e4"), ONE_E4)));
    models.add("DRIFT-LIABW", in -> {
      final long weight = SizeWeights.liability(in.whole("size_1e9"), in.wholeOr("imf_factor_1e6", 0),
          in.whole(in.named("liability_weight_1e4", "margin_ratio_1e4")), ONE_E4);
      return Map.of("liability_weight_1e4", weight, "margin_ratio_1e4", weight);
    });
    models.add("DRIFT-SCALEW", in -> Map.of("asset_weight_1e4", SizeWeights.concentrated(in.whole("asset_weight_1e4"),
        Vector.units(in.decimal("deposits").multiply(in.decimal("price_usd")), E6),
        in.unitsOrZero("scale_start_usd", E6))));
    models.add("DRIFT-COV", DriftVectors::cover);
    models.add("DRIFT-PMR", DriftVectors::perpRequirement);
    models.add("DRIFT-SOC", DriftVectors::socialised);
    models.add("DRIFT-LPCT", DriftVectors::pace);
    models.add("DRIFT-LFEE", in -> Map.of("fee_1e6", LiquidationFees.liquidatorE6(in.whole("base_fee_1e6"),
        in.whole("max_fee_1e6"), in.whole("slots_elapsed"), in.wholeOr("grace_slots", 0),
        in.wholeOr("increase_per_slot_1e6", 1))));
    models.add("DRIFT-IFFEE", in -> Map.of("if_fee_1e6", LiquidationFees.insuranceE6(
        in.whole("margin_shortage_1e6"), in.whole("base_amount_1e9"), in.whole("margin_ratio_1e4") * RATIO_TO_FEE,
        in.whole("liquidator_fee_1e6"), in.whole("oracle_price_1e6"), quotePrice(in), in.whole("max_if_fee_1e6"))));
    models.add("DRIFT-ASSET", DriftVectors::assetTransfer);
    models.add("DRIFT-LIAB", DriftVectors::debtTransfer);
    models.add("DRIFT-IMPL", in -> Map.of("liability_transfer", CollateralTransfer.debtForCollateral(
        in.whole(in.named("asset_amount_1e6", "asset_amount")), in.whole("asset_liq_multiplier_1e6"),
        decimals(in, "asset_decimals", ASSET_DECIMALS), in.whole("asset_price_1e6"),
        in.whole("liability_liq_multiplier_1e6"), decimals(in, "liability_decimals", DEBT_DECIMALS),
        in.whole("liability_price_1e6"))));
    models.add("DRIFT-MREQ", DriftVectors::openOrders);
    models.add("DRIFT-TCLAMP", in -> Map.of("trigger_price_1e6", TriggerReference.clamped(
        in.whole("oracle_1e6"), in.whole("median_1e6"), band(in.textOr("contract_tier", "")))));
    models.add("DRIFT-FBASIS", in -> Map.of("basis_1e6", basis(in)));
    models.add("DRIFT-TPX", DriftVectors::trigger);
  }

  private static long quotePrice(final Vector in) {
    return in.wholeOr(in.has("quote_oracle_1e6") ? "quote_oracle_1e6" : "quote_oracle_price_1e6", ONE_E6);
  }

  private static Map<String, ?> cover(final Vector in) {
    final long size = PartialSize.toCoverShortageE9(in.whole("margin_shortage_1e6"),
        in.whole("margin_ratio_1e4") * RATIO_TO_FEE, in.wholeOr("liquidator_fee_1e6", 0),
        in.wholeOr("insurance_fee_1e6", 0), in.whole("oracle_price_1e6"), quotePrice(in));
    return Map.of("base_amount_1e9", all(size));
  }

  /** What a size that never is enough is published as. */
  private static BigDecimal all(final long size) {
    return PartialSize.ALL == size ? ALL_PUBLISHED : BigDecimal.valueOf(size);
  }

  private static Map<String, ?> perpRequirement(final Vector in) {
    final long size = Math.abs(in.whole("base_1e9"));
    final String weight =
        in.named("margin_ratio_initial_1e4", "margin_ratio_maintenance_1e4", "margin_ratio_1e4");
    final long ratio =
        SizeWeights.liability(size, in.wholeOr("imf_factor_1e6", 0), in.whole(weight), ONE_E4);
    final long priceE6 = in.units("price_usd", E6);
    final long requirement = SizeWeights.requirement(FixedPoint.mulDiv(size, priceE6, ONE_E9, Rounding.DOWN), ratio,
        ONE_E4);
    return Map.of("margin_requirement_1e6", requirement, "margin_ratio_1e4", ratio);
  }

  private static Map<String, ?> socialised(final Vector in) {
    final long lossE6 = in.units("loss_usd", E6);
    final Map<String, Object> out = new HashMap<>();
    if (in.has("open_interest_long") || in.has("open_interest_short")) {
      out.put("cumulative_funding_delta_1e9", ONE_E9 / ONE_E6 * FundingRates.lossPerUnit(lossE6,
          in.unitsOrZero("open_interest_long", E9), in.unitsOrZero("open_interest_short", E9), ONE_E9));
    } else {
      out.put("delta_1e10", FundingRates.depositIndexLoss(
          in.whole("cumulative_interest_1e10"), lossE6, in.unitsOrZero("total_deposits_usd", E6)));
    }
    return out;
  }

  private static Map<String, ?> pace(final Vector in) {
    return Map.of("pct_1e4", PartialSize.pacedShareE4(in.units("margin_shortage_usd", E6),
        Vector.units(in.or("threshold_usd", String.valueOf(SMALL_SHORTAGE_USD)), E6),
        in.unitsOrZero("margin_freed_usd", E6), in.wholeOr("slots_elapsed", 0),
        in.wholeOr("liquidation_duration", 1), in.wholeOr("initial_pct_1e4", 0)));
  }

  private static Map<String, ?> assetTransfer(final Vector in) {
    return Map.of("asset_transfer_1e6", CollateralTransfer.collateralForDebt(
        in.whole("asset_amount_1e6"), in.whole("asset_mult_1e6"), decimals(in, "asset_decimals", ASSET_DECIMALS),
        in.whole("asset_price_1e6"), in.whole("liability_transfer_1e9"), in.whole("liab_mult_1e6"),
        decimals(in, "liability_decimals", DEBT_DECIMALS), in.whole("liability_price_1e6")));
  }

  private static Map<String, ?> debtTransfer(final Vector in) {
    return Map.of("liability_transfer", all(CollateralTransfer.debtToCoverShortage(
        in.whole("margin_shortage_1e6"), in.whole("asset_weight_1e4"), in.whole("asset_liq_multiplier_1e6"),
        in.whole("liability_weight_1e4"), in.whole("liability_liq_multiplier_1e6"),
        decimals(in, "liability_decimals", DEBT_DECIMALS), in.whole("liability_price_1e6"),
        in.wholeOr("insurance_fee_1e6", 0))));
  }

  private static int decimals(final Vector in, final String name, final int otherwise) {
    return (int) in.wholeOr(name, otherwise);
  }

  private static Map<String, ?> openOrders(final Vector in) {
    final long value = Vector.units(in.orZero("open_bid_sol").multiply(in.decimal("sol_price")), E6);
    final long weight = in.units("asset_weight_initial", E6);
    return Map.of(
        "margin_requirement_1e6", OrderMargin.boughtRequirementUnits(
            value, in.wholeOr("open_orders", 1), in.unitsOrZero("per_open_order_fee_usd", E6)),
        "total_collateral_1e6", in.units("usdc", E6) + OrderMargin.boughtWeightUnits(value, weight, ONE_E6));
  }

  private static long basis(final Vector in) {
    return TriggerReference.fundingBasis(in.whole("oracle_1e6"), in.wholeOr("last_funding_rate", 0),
        in.wholeOr("last_funding_oracle_twap_1e6", 0), in.wholeOr("elapsed_s", 0),
        in.wholeOr("funding_period_s", 1));
  }

  private static Map<String, ?> trigger(final Vector in) {
    final long gap = firstOf(in, "mark_twap_5min_1e6", "last_mark_price_twap_5min_1e6", "mark_5min_twap_1e6",
        "mark_5m_1e6", "mark_twap_5m_1e6") - firstOf(in, "oracle_twap_5min_1e6", "last_oracle_price_twap_5min_1e6",
        "oracle_5min_twap_1e6", "oracle_5m_1e6", "oracle_twap_5m_1e6");
    return Map.of("trigger_price_1e6", TriggerReference.price(in.whole("oracle_1e6"),
        firstOf(in, "last_fill_1e6", "last_fill_price_1e6"), basis(in), gap, band(in.textOr("contract_tier", ""))));
  }

  private static long firstOf(final Vector in, final String... names) {
    for (final String name : names) {
      if (in.has(name)) {
        return in.whole(name);
      }
    }
    return 0;
  }

  private static long band(final String tier) {
    return switch (tier) {
      case "A", "B" -> 500;
      case "C" -> 100;
      default -> 40;
    };
  }
}
