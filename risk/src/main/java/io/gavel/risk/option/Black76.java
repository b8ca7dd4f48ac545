package io.gavel.risk.option;

/**
 * The value of a European option on a forward, by Black-76, and the one order of operations by which it is calculated
 * here (F-40b).
 *
 * <p>A call and a put of one strike share their time value: {@code discount * (time value + intrinsic value)}. With
 * {@code x = ln F - ln K}, {@code v = volatility * sqrt(years)}, {@code a = |x|/v - v/2} and {@code b = |x|/v + v/2}
 * the time value is {@code min(F, K) * (N(-a) - exp(|x|) N(-b))}, and because {@code exp(|x|) exp(-b*b/2)} is
 * {@code exp(-a*a/2)} both terms share one exponential. The difference is taken between the smooth tail factors, so a
 * deep out-of-the-money value keeps its digits.
 *
 * <p>Defined results at the edges: a volatility of zero or an expiry in the past gives the intrinsic value, a forward
 * of zero a worthless call.
 */
public final class Black76 {

  /** A year, as the model counts it. */
  public static final double SECONDS_PER_YEAR = 365 * 86_400;
  /** Less than this over the whole life is no volatility; it keeps every quotient and its ninth power finite. */
  static final double TOTAL_VOL_MIN = 1e-20;
  /** Stands for the logarithm of zero. */
  static final double LOG_ZERO = -750;

  private static final double STEP = 1e200;

  private Black76() {
  }

  /**
   * The value of one call or put.
   *
   * @param forward price of the underlying for the day of expiry, at least 0
   * @param strike above 0
   * @param volatility of a year, 0.5 is 50 %, at least 0
   * @param years to expiry; zero or less is expired
   * @param discount what a unit at expiry is worth today
   * @throws IllegalArgumentException if a number is no number or out of the bounds of {@link Inputs}
   */
  public static double value(final boolean isCall, final double forward, final double strike, final double volatility,
      final double years, final double discount) {
    if (!Inputs.isPrice(forward) || !Inputs.isDivisor(strike) || !Inputs.isVolatility(volatility)
        || !(years >= -100 && years <= 100) || !(discount >= 0 && discount <= Double.MAX_VALUE)) {
      throw new IllegalArgumentException("not an option: forward=" + forward + ", strike=" + strike + ", volatility="
          + volatility + ", years=" + years + ", discount=" + discount);
    }
    final double total = Math.max(volatility * StrictMath.sqrt(Math.max(years, 0)), TOTAL_VOL_MIN);
    final double time = Math.min(forward, strike) * timeShare(log(forward) - log(strike), 1 / total, total * 0.5);
    final double inTheMoney = isCall ? forward - strike : strike - forward;
    return discount * (time + positive(inTheMoney));
  }

  /** The greater of a difference and zero, exactly, without a branch. */
  static double positive(final double difference) {
    return (Math.abs(difference) + difference) * 0.5;
  }

  static double log(final double price) {
    return price > 0 ? StrictMath.log(price) : LOG_ZERO;
  }

  /**
   * The time value, as a share of the lesser of forward and strike.
   *
   * @param logMoneyness {@code ln F - ln K}
   * @param inverse one over the total volatility
   * @param half half of the total volatility
   */
  static double timeShare(final double logMoneyness, final double inverse, final double half) {
    final double distance = Math.abs(logMoneyness) * inverse;
    final double a = distance - half;
    final double b = distance + half;
    final double sign = sign(a);
    final double power = NormalDistribution.expOfMinus(exponent(a));
    return share(sign, power, NormalDistribution.tail(Math.abs(a)), NormalDistribution.tail(b));
  }

  /** +1 or -1, as a quotient and not a branch; at zero the two agree in {@link #share}. */
  static double sign(final double a) {
    final double step = a * STEP;
    return step / (1 + Math.abs(step));
  }

  static double exponent(final double a) {
    return Math.min(a * a * 0.5, NormalDistribution.EXPONENT_MAX);
  }

  /** {@code N(-a)} is {@code power * tailOfA} for a positive {@code a} and one minus that for a negative one. */
  static double share(final double sign, final double power, final double tailOfA, final double tailOfB) {
    return 0.5 - 0.5 * sign + power * (sign * tailOfA - tailOfB);
  }
}
