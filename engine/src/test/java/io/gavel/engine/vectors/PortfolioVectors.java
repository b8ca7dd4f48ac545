package io.gavel.engine.vectors;

import io.gavel.risk.margin.MinimumCharge;
import io.gavel.risk.margin.OptionOrderMargin;
import io.gavel.risk.margin.Portfolio;
import io.gavel.risk.margin.PortfolioCharges;
import io.gavel.risk.margin.PortfolioContingencies;
import io.gavel.risk.margin.PortfolioMargin;
import io.gavel.risk.margin.ShortOptionMargin;
import io.gavel.risk.option.InputFault;
import io.gavel.risk.option.PortfolioParameter;
import io.gavel.risk.option.PortfolioParameters;
import io.gavel.risk.option.ScenarioGrid;
import io.gavel.risk.option.VolatilityShift;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Portfolio margin and options, as Derive, OKX and Deribit publish them. */
final class PortfolioVectors {

  private static final int E8 = 8;
  private static final int E12 = 12;
  private static final long COIN_E12 = 1_000_000_000_000L;
  private static final int REFERENCES_MAX = 16;

  private PortfolioVectors() {
  }

  static void addTo(final VectorModels models) {
    models.add("DRV-PM", PortfolioVectors::portfolioMargin);
    models.add("OKX-PM", PortfolioVectors::charges);
    models.add("OKX-OPT", PortfolioVectors::option);
    models.add("DER-PM", PortfolioVectors::contingencies);
  }

  private static Map<String, ?> portfolioMargin(final Vector in) {
    final Vector held = portfolioOf(in);
    final List<List<Object>> expiries = held.rows("expiries");
    final List<List<Object>> options = held.rows("options");
    final ScenarioGrid grid = new ScenarioGrid(parameters(in.inner("params")), Math.max(1, expiries.size()));
    final Portfolio portfolio = new Portfolio(options.size(), held.items("collateral").size());
    final Map<Long, Integer> indexes = new HashMap<>();
    for (final List<Object> expiry : expiries) {
      final long seconds = Vector.decimalOf(expiry.get(0)).longValue();
      if (!indexes.containsKey(seconds)) {
        indexes.put(seconds, grid.addExpiry());
        taken(grid.market(indexes.get(seconds), seconds, number(expiry, 1, 0), number(expiry, 2, 0),
            number(expiry, 3, 1)));
      }
    }
    for (final List<Object> option : options) {
      final Integer expiry = indexes.get(Vector.decimalOf(option.get(0)).longValue());
      if (null == expiry) {
        throw new IllegalArgumentException("an option without its expiry: " + option);
      }
      final int row = grid.addStrike(expiry, number(option, 1, 0), number(option, 4, 0));
      final boolean isCall = option.get(2).toString().toUpperCase(Locale.ROOT).startsWith("C");
      taken(portfolio.leg(grid, expiry, row, isCall, number(option, 3, 0)));
    }
    fill(portfolio, held);
    final PortfolioMargin margin = new PortfolioMargin(grid);
    margin.evaluate(portfolio);
    return Map.of("im", decimal(margin.initialMargin()), "mm", decimal(margin.maintenanceMargin()),
        "mtm", decimal(margin.markToMarket()));
  }

  /** Its own, or that of the row it names, wherever that stands. */
  private static Vector portfolioOf(final Vector in) {
    Vector row = in;
    for (int i = 0; i < REFERENCES_MAX && !row.has("portfolio"); i++) {
      row = row.other(row.text("portfolio_of"));
    }
    return row.inner("portfolio");
  }

  private static PortfolioParameters parameters(final Vector params) {
    final PortfolioParameters.Builder builder = PortfolioParameters.builder();
    for (final PortfolioParameter parameter : PortfolioParameter.values()) {
      if (params.has(parameter.name())) {
        builder.set(parameter, params.decimal(parameter.name()).doubleValue());
      }
    }
    if (params.has("scenarios")) {
      builder.clearScenarios();
      for (final List<Object> scenario : params.rows("scenarios")) {
        builder.scenario(number(scenario, 0, 1),
            VolatilityShift.valueOf(scenario.get(1).toString().toUpperCase(Locale.ROOT)), number(scenario, 2, 1));
      }
    }
    return builder.build();
  }

  private static void fill(final Portfolio portfolio, final Vector held) {
    final List<Object> spot = held.items("spot");
    taken(portfolio.cash(held.orZero("cash").doubleValue()));
    taken(portfolio.spot(number(spot, 0, 0), number(spot, 1, 1)));
    taken(portfolio.stable(held.or("stable", "1").doubleValue()));
    final List<Object> perpetual = held.items("perp");
    if (!perpetual.isEmpty()) {
      taken(portfolio.perpetual(number(perpetual, 0, 0), number(perpetual, 1, 0), number(perpetual, 2, 1),
          number(perpetual, 3, 0)));
    }
    for (final List<Object> collateral : held.rows("collateral")) {
      taken(portfolio.collateral(number(collateral, 0, 0), number(collateral, 1, 0), number(collateral, 2, 1),
          0 != number(collateral, 3, 0), number(collateral, 4, 0), number(collateral, 5, 0)));
    }
  }

  private static double number(final List<Object> values, final int index, final double otherwise) {
    return index < values.size() && null != values.get(index)
        ? Vector.decimalOf(values.get(index)).doubleValue() : otherwise;
  }

  private static BigDecimal decimal(final double value) {
    return new BigDecimal(value);
  }

  private static void taken(final InputFault fault) {
    if (InputFault.NONE != fault) {
      throw new IllegalArgumentException("refused: " + fault);
    }
  }

  private static Map<String, ?> charges(final Vector in) {
    final List<List<Object>> tiers = in.rows("tiers");
    final long[] ends = new long[tiers.size()];
    final long[] multipliers = new long[tiers.size()];
    for (int i = 0; i < ends.length; i++) {
      ends[i] = Vector.units(Vector.decimalOf(tiers.get(i).get(0)), E8);
      multipliers[i] = Vector.units(Vector.decimalOf(tiers.get(i).get(1)), E8);
    }
    final PortfolioCharges charges = new PortfolioCharges(new MinimumCharge(ends, multipliers));
    charges.spotUnits = Math.max(in.unitsOrZero("mr_from_scenarios", E8), in.unitsOrZero("mr1", E8));
    charges.thetaUnits = in.unitsOrZero("mr2", E8);
    charges.vegaUnits = in.unitsOrZero("mr3", E8);
    charges.basisUnits = in.unitsOrZero("mr4", E8);
    charges.rateUnits = in.unitsOrZero("mr5", E8);
    charges.extremeUnits = in.unitsOrZero("mr6", E8);
    charges.minimumRawUnits = in.has("mr7_raw") ? in.units("mr7_raw", E8) : in.unitsOrZero("mr7", E8);
    charges.borrowUnits = in.unitsOrZero("mr8", E8);
    charges.stableUnits = in.unitsOrZero("mr9", E8);
    return Map.of("mr", money(charges.scenarioUnits()), "mr7_adj", money(charges.minimumUnits()),
        "mmr", money(charges.maintenanceUnits()), "imr", money(charges.initialUnits()));
  }

  private static Map<String, ?> option(final Vector in) {
    final String area = in.area().toLowerCase(Locale.ROOT);
    final BigDecimal multiplier = in.or("multiplier", "1");
    final long contracts = in.wholeOr("qty", 1);
    final BigDecimal margin;
    if (in.has("forward_mark")) {
      margin = Vector.ofUnits(position(in, area), E12).multiply(multiplier).multiply(BigDecimal.valueOf(contracts));
    } else {
      final long price = Vector.units(in.orZero("order_px").multiply(multiplier), E12);
      final long held = in.unitsOrZero("position_margin_per_contract", E12);
      final long fee = in.unitsOrZero("fee", E12);
      margin = Vector.ofUnits(order(in, area, multiplier, price, held, fee), E12);
    }
    return Map.of("margin_btc", margin, "margin", margin);
  }

  private static long order(final Vector in, final String area, final BigDecimal multiplier, final long price,
      final long held, final long fee) {
    final long contracts = in.wholeOr("qty", 1);
    if (area.contains("buy-to-close")) {
      final long feePerCoin = Vector.units(in.orZero("fee").multiply(multiplier), E12);
      return OptionOrderMargin.buyToCloseUnits(held, price, feePerCoin, contracts);
    }
    if (area.contains("sell-to-close")) {
      return OptionOrderMargin.sellToCloseUnits(price, fee, contracts);
    }
    if (area.contains("buy-to-open")) {
      return OptionOrderMargin.buyToOpenUnits(price, fee, contracts);
    }
    final long minimum = Vector.units(in.or("min_margin", "0.1").multiply(multiplier), E12);
    return OptionOrderMargin.sellToOpenUnits(held, price, fee, minimum, contracts);
  }

  private static long position(final Vector in, final String area) {
    final ShortOptionMargin terms = ShortOptionMargin.okx(
        Math.toIntExact(Vector.units(in.or("c", "0.03"), E8)), Math.toIntExact(Vector.units(in.or("factor", "1"), E8)));
    final boolean isCall = !area.contains("put");
    final long forward = in.units("forward_mark", E8);
    final long mark = in.unitsOrZero("option_mark", E12);
    final long away = in.unitsOrZero("otm", E8);
    return area.contains("maintenance") ? terms.maintenanceUnits(isCall, COIN_E12, mark)
        : terms.initialUnits(isCall, forward, isCall ? forward + away : forward - away, COIN_E12, mark);
  }

  private static Map<String, ?> contingencies(final Vector in) {
    final long options = PortfolioContingencies.shortOptionUnits(
        in.unitsOrZero("strike_calls", 0), in.unitsOrZero("strike_puts", 0), in.unitsOrZero("per_option_btc", E8));
    final long first = in.unitsOrZero("long_a", E8);
    final long second = in.unitsOrZero("short_b", E8);
    final long futures = PortfolioContingencies.offsettingUnits(Math.max(first, 0) + Math.max(second, 0),
        Math.min(first, 0) + Math.min(second, 0), in.unitsOrZero("rate", E8));
    return Map.of("contingency_btc", money(options + futures));
  }

  private static BigDecimal money(final long unitsE8) {
    return Vector.ofUnits(unitsE8, E8);
  }
}
