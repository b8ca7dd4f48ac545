package io.gavel.risk.option;

/**
 * The standard normal distribution, the same to the last bit everywhere.
 *
 * <p>A tail is written {@code N(-y) = exp(-y*y/2) * tail(y)}. The tail factor is a ratio of two polynomials of degree 8
 * and 9, interpolated at the Chebyshev points of {@code (y - 3.5) / (y + 3.5)}, so that it is right over the whole half
 * line and not only near the middle: largest relative error 3e-14 for 0 to 60. All its coefficients are positive, so no
 * digit cancels. The exponential is a Taylor polynomial on 1/2048 of the exponent, squared eleven times. Together
 * {@link #cdf} is right to 1e-12 <em>relative</em>, out to where the result leaves the range of a double (about -38),
 * which is what a deep out-of-the-money option needs.
 *
 * <p>Both are straight lines of sums and products, without a table or a branch: a loop over an array of them becomes
 * vector instructions, which do not change a bit of the result.
 */
public final class NormalDistribution {

  /** {@code exp(-800)} is zero. */
  static final double EXPONENT_MAX = 800;

  /** Beyond this argument the exponential of a tail is zero, so its factor need not be known. */
  private static final double TAIL_MAX = 60;
  private static final double PART = -1.0 / 2048;

  private NormalDistribution() {
  }

  /** The share of the distribution below {@code x}; 0 and 1 at the infinities, NaN for NaN. */
  public static double cdf(final double x) {
    final double y = Math.abs(x);
    final double below = expOfMinus(Math.min(y * y * 0.5, EXPONENT_MAX)) * tail(Math.min(y, TAIL_MAX));
    return x < 0 ? below : 1 - below;
  }

  /** {@code exp(-exponent)} for 0 to {@link #EXPONENT_MAX}. */
  static double expOfMinus(final double exponent) {
    final double r = exponent * PART;
    double power = 1 + r * (1 + r * (1 / 2.0 + r * (1 / 6.0 + r * (1 / 24.0 + r * (1 / 120.0 + r * (1 / 720.0
        + r * (1 / 5_040.0 + r * (1 / 40_320.0 + r * (1 / 362_880.0 + r * (1 / 3_628_800.0
        + r * (1 / 39_916_800.0 + r * (1 / 479_001_600.0))))))))))));
    power *= power;
    power *= power;
    power *= power;
    power *= power;
    power *= power;
    power *= power;
    power *= power;
    power *= power;
    power *= power;
    power *= power;
    power *= power;
    return power;
  }

  /** {@code N(-y) * exp(y*y/2)} for a {@code y} of 0 or more; above 60 no longer exact, and finite up to 1e30. */
  static double tail(final double y) {
    final double above = 0.5 + y * (0.7440277062073236 + y * (0.5437946244036975 + y * (0.24960804970758804 + y
        * (0.078025035423438 + y * (0.016975937766778318 + y * (0.002519284911459457 + y *
        (0.0002354281576305084 + y * 1.0832428204363165e-05)))))));
    final double below = 1.0 + y * (2.2859399732186896 + y * (2.4115054603269237 + y * (1.5463106085296154 + y *
        (0.6670467698681926 + y * (0.20184036317061924 + y * (0.043142496498252386 + y * (0.0063420636615281675
        + y * (0.0005901308765615134 + y * 2.715287081996676e-05))))))));
    return above / below;
  }
}
