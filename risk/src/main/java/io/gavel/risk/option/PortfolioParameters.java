package io.gavel.risk.option;

import java.util.Arrays;

/**
 * One set of numbers and scenarios of the portfolio model (F-40b). Immutable; {@link #base()} is the published one.
 * Anything is refused by an {@link IllegalArgumentException} that a {@link Builder} cannot make finite results from.
 */
public final class PortfolioParameters {

  /** Scenarios that one set may have. */
  public static final int SCENARIOS_MAX = 128;

  private static final double[] THREE_WAYS = {1.135, 1.09, 1.045, 1, 0.955, 0.91, 0.865};
  private static final VolatilityShift[] WAYS = {VolatilityShift.DOWN, VolatilityShift.NONE, VolatilityShift.UP};
  private static final double[][] TAILS =
      {{0.34, 3.0 / 55}, {0.67, 6.0 / 55}, {1.5, 0.072}, {2, 0.036}, {3, 0.018}, {4, 0.012}};

  private final double[] values;
  private final double[] spotShocks;
  private final double[] dampings;
  private final VolatilityShift[] shifts;

  private PortfolioParameters(final Builder builder) {
    values = builder.values.clone();
    spotShocks = Arrays.copyOf(builder.spotShocks, builder.count);
    dampings = Arrays.copyOf(builder.dampings, builder.count);
    shifts = Arrays.copyOf(builder.shifts, builder.count);
  }

  /** The published set: 23 regular scenarios, 6 damped tails, 2 skews. */
  public static PortfolioParameters base() {
    return builder().build();
  }

  /** A set that starts as the published one. */
  public static Builder builder() {
    return new Builder();
  }

  /** The value of one number. */
  public double get(final PortfolioParameter parameter) {
    return values[parameter.ordinal()];
  }

  /** How many scenarios there are. */
  public int scenarioCount() {
    return shifts.length;
  }

  /** What a scenario multiplies every spot and forward by. */
  public double spotShock(final int scenario) {
    return spotShocks[scenario];
  }

  /** The share of its result that counts. */
  public double damping(final int scenario) {
    return dampings[scenario];
  }

  /** What it does to volatilities. */
  public VolatilityShift shift(final int scenario) {
    return shifts[scenario];
  }

  /** Collects a set. Not for the hot path. */
  public static final class Builder {

    private final double[] values = new double[PortfolioParameter.values().length];
    private final double[] spotShocks = new double[SCENARIOS_MAX];
    private final double[] dampings = new double[SCENARIOS_MAX];
    private final VolatilityShift[] shifts = new VolatilityShift[SCENARIOS_MAX];
    private int count;

    private Builder() {
      for (final PortfolioParameter parameter : PortfolioParameter.values()) {
        values[parameter.ordinal()] = parameter.base();
      }
      scenario(1.18, VolatilityShift.UP, 1);
      for (final double shock : THREE_WAYS) {
        for (final VolatilityShift way : WAYS) {
          scenario(shock, way, 1);
        }
      }
      scenario(0.82, VolatilityShift.UP, 1);
      for (final double[] tail : TAILS) {
        scenario(tail[0], VolatilityShift.UP, tail[1]);
      }
      scenario(1, VolatilityShift.LINEAR, 1);
      scenario(1, VolatilityShift.ABS, 1);
    }

    /** Sets one number. */
    public Builder set(final PortfolioParameter parameter, final double value) {
      if (!parameter.permits(value)) {
        throw new IllegalArgumentException(parameter + " cannot be " + value);
      }
      values[parameter.ordinal()] = value;
      return this;
    }

    /** Forgets the scenarios, the published ones too. */
    public Builder clearScenarios() {
      count = 0;
      return this;
    }

    /** Adds a scenario. */
    public Builder scenario(final double spotShock, final VolatilityShift shift, final double damping) {
      if (SCENARIOS_MAX == count || !(spotShock >= 0 && spotShock <= 1_000) || !(damping >= 0 && damping <= 1_000)) {
        throw new IllegalArgumentException("no scenario " + count + ": " + spotShock + ", " + shift + ", " + damping);
      }
      spotShocks[count] = spotShock;
      shifts[count] = shift;
      dampings[count++] = damping;
      return this;
    }

    /** The set. Without a scenario only the basis contingency would be left, so one is needed. */
    public PortfolioParameters build() {
      if (0 == count) {
        throw new IllegalArgumentException("no scenario at all");
      }
      return new PortfolioParameters(this);
    }
  }
}
