package io.gavel.risk.margin;

import io.gavel.risk.option.Black76;
import io.gavel.risk.option.PortfolioParameter;
import io.gavel.risk.option.PortfolioParameters;
import io.gavel.risk.option.VolatilityShift;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** F-40b as one would write it down: every option valued by itself under every scenario, nothing kept. */
final class NaivePortfolioMargin {

  record Expiry(long seconds, double forward, double rate, double confidence) {
  }

  record Leg(int expiry, double strike, double volatility, boolean isCall, double amount) {
  }

  record Collateral(double amount, double price, double confidence, boolean cancelling, double initialHaircut,
      double maintenanceHaircut) {
  }

  final List<Expiry> expiries = new ArrayList<>();
  final List<Leg> legs = new ArrayList<>();
  final List<Collateral> collaterals = new ArrayList<>();
  double cash;
  double spot;
  double spotConfidence = 1;
  double stable = 1;
  double perpetualSize;
  double perpetualPrice;
  double perpetualConfidence = 1;
  double perpetualProfit;
  double futureSize;
  double futurePrice;

  double initial;
  double maintenance;
  double marked;

  private final PortfolioParameters parameters;

  NaivePortfolioMargin(final PortfolioParameters parameters) {
    this.parameters = parameters;
  }

  private double of(final PortfolioParameter parameter) {
    return parameters.get(parameter);
  }

  void evaluate() {
    double value = perpetualProfit;
    double basis = 0;
    final double notional = (Math.abs(perpetualSize) + Math.abs(futureSize)) * spot;
    double mm = notional * of(PortfolioParameter.MM_PERP_PERCENT);
    double im = notional * of(PortfolioParameter.IM_PERP_PERCENT);
    final double confidence = 0 == perpetualSize ? spotConfidence : Math.min(spotConfidence, perpetualConfidence);
    im += lowConfidence(confidence, notional);
    for (int e = 0; e < expiries.size(); e++) {
      if (isHeld(e)) {
        final double mark = valueOf(e, 1, VolatilityShift.NONE);
        value += mark;
        basis += Math.min(Math.min(
            valueOf(e, of(PortfolioParameter.SCENARIO_SPOT_UP), VolatilityShift.NONE) - mark,
            valueOf(e, of(PortfolioParameter.SCENARIO_SPOT_DOWN), VolatilityShift.NONE) - mark), 0)
            * (of(PortfolioParameter.BASIS_CONT_ADD_FACTOR) + of(PortfolioParameter.BASIS_CONT_MULT_FACTOR) * years(e));
        double gross = 0;
        for (final Leg leg : legs) {
          gross += leg.expiry == e ? Math.abs(leg.amount) : 0;
        }
        im += lowConfidence(Math.min(confidence, expiries.get(e).confidence), gross * spot);
      }
    }
    final double shorts = nakedShorts() * spot;
    mm += shorts * of(PortfolioParameter.MM_OPTION_PERCENT);
    im += shorts * of(PortfolioParameter.IM_OPTION_PERCENT);
    double cancelling = 0;
    for (final Collateral c : collaterals) {
      final double worth = c.amount * c.price / stable;
      value += worth;
      mm += worth * c.maintenanceHaircut;
      im += worth * c.initialHaircut;
      im += lowConfidence(Math.min(c.confidence, spotConfidence), worth);
      cancelling += c.cancelling ? worth : 0;
    }
    double worst = basis;
    for (int s = 0; s < parameters.scenarioCount(); s++) {
      worst = Math.min(worst, scenario(s, perpetualSize * perpetualPrice + futureSize * futurePrice + cancelling));
    }
    double factor = of(PortfolioParameter.IM_LOSS_FACTOR);
    if (stable < of(PortfolioParameter.PEG_LOSS_THRESHOLD)) {
      factor += (of(PortfolioParameter.PEG_LOSS_THRESHOLD) - stable) * of(PortfolioParameter.PEG_LOSS_FACTOR);
    }
    marked = value + cash;
    maintenance = worst * of(PortfolioParameter.MM_LOSS_FACTOR) - mm + marked;
    initial = worst * factor - im - mm + marked;
  }

  private double scenario(final int s, final double exposure) {
    final VolatilityShift shift = parameters.shift(s);
    double result = exposure * (parameters.spotShock(s) - 1) * parameters.damping(s);
    for (int e = 0; e < expiries.size(); e++) {
      if (isHeld(e)) {
        final double shocked = valueOf(e, shift.isSkew() ? 1 : parameters.spotShock(s), shift);
        final double change = (shocked * discount(e, shocked >= 0) - valueOf(e, 1, VolatilityShift.NONE))
            * parameters.damping(s);
        result += shift.isSkew() ? -Math.abs(change) : change;
      }
    }
    return result;
  }

  private double valueOf(final int e, final double shock, final VolatilityShift shift) {
    final Expiry expiry = expiries.get(e);
    final double moving = seconds(e) >= 1_800 ? expiry.forward : expiry.forward * (seconds(e) / 1_800.0);
    final double forward = moving * shock + (expiry.forward - moving);
    final double discount = StrictMath.exp(-Math.min(Math.max(expiry.rate, 0) * years(e), 200));
    double sum = 0;
    for (final Leg leg : legs) {
      if (leg.expiry == e) {
        final double volatility = shifted(e, leg, moving * 1 + (expiry.forward - moving), shift);
        sum += leg.amount * Black76.value(leg.isCall, forward, leg.strike, volatility, years(e), discount);
      }
    }
    return sum;
  }

  private double shifted(final int e, final Leg leg, final double forward, final VolatilityShift shift) {
    final double days = Math.max(Math.max((double) seconds(e), of(PortfolioParameter.DTE_FLOOR) * 86_400), 1);
    final double power = of(seconds(e) <= 30 * 86_400
        ? PortfolioParameter.SHORTTERMPOWER : PortfolioParameter.LONGTERMPOWER);
    final double near = StrictMath.exp(Math.min(StrictMath.log(30 * 86_400 / days) * power, 200));
    final double k = StrictMath.log(leg.strike) - (forward > 0 ? StrictMath.log(forward) : -750);
    return switch (shift) {
      case NONE -> leg.volatility;
      case UP -> Math.max(of(PortfolioParameter.MIN_VOL_EVAL_SHOCKED),
          leg.volatility * (1 + of(PortfolioParameter.VOLRANGEUP) * near));
      case DOWN -> leg.volatility * Math.max(0, 1 - of(PortfolioParameter.VOLRANGEDOWN) * near);
      case LINEAR -> skewed(e, leg, k, PortfolioParameter.LINEAR_CBASE, PortfolioParameter.LINEAR_SCALE_CAP);
      case ABS -> skewed(e, leg, Math.abs(k), PortfolioParameter.ABS_CBASE, PortfolioParameter.ABS_SCALE_CAP);
    };
  }

  private double skewed(final int e, final Leg leg, final double k, final PortfolioParameter byTime,
      final PortfolioParameter scale) {
    final double root = StrictMath.sqrt(years(e));
    final double cap = of(byTime) * root + of(scale);
    final double kStar = Math.max(of(PortfolioParameter.MIN_K_STAR), root * of(PortfolioParameter.MIN_WIDTH_SCALE)
        * (of(PortfolioParameter.VOL_PARAM_STATIC) + root * of(PortfolioParameter.VOL_PARAM_SCALE)));
    final double shift = k >= 0 ? Math.min(cap, k * cap / kStar) : Math.max(-cap, k * cap / kStar);
    return leg.volatility * Math.max(0, 1 + shift);
  }

  private double discount(final int e, final boolean isAsset) {
    final double rate = Math.max(expiries.get(e).rate, 0);
    if (isAsset) {
      return of(PortfolioParameter.BASE_STATIC_DISCOUNT) * StrictMath.exp(-Math.min(years(e)
          * (rate * of(PortfolioParameter.LONG_RATE_MULTSCALE) + of(PortfolioParameter.LONG_RATE_ADDSCALE)), 200));
    }
    return Math.min(1 / StrictMath.exp(-Math.min(rate * years(e), 200)),
        of(PortfolioParameter.BASE_STATIC_DISCOUNT_NEG) * StrictMath.exp(Math.min(years(e)
            * (rate * of(PortfolioParameter.SHORT_RATE_MULTSCALE) + of(PortfolioParameter.SHORT_RATE_ADDSCALE)), 200)));
  }

  private double nakedShorts() {
    final Map<List<Double>, Double> nets = new LinkedHashMap<>();
    for (final Leg leg : legs) {
      nets.merge(List.of((double) leg.expiry, leg.strike), leg.amount, Double::sum);
    }
    double naked = 0;
    for (final double net : nets.values()) {
      naked += Math.max(0, -net);
    }
    return naked;
  }

  private double lowConfidence(final double confidence, final double notional) {
    return confidence < of(PortfolioParameter.CONF_THRESHOLD)
        ? (1 - confidence) * of(PortfolioParameter.CONF_MARGIN) * notional : 0;
  }

  private boolean isHeld(final int e) {
    return legs.stream().anyMatch(leg -> leg.expiry == e);
  }

  private long seconds(final int e) {
    return Math.max(expiries.get(e).seconds, 0);
  }

  private double years(final int e) {
    return seconds(e) / (365.0 * 86_400);
  }
}
