package io.gavel.adapters.market.flow;

import java.util.Locale;
import java.util.Optional;

/** How far the mid price walks over a generated order flow: the one thing in which the five scenarios differ. */
public enum FlowScenario {
  /** The mid stays where it is. */
  STATIC(0),
  /** A quiet day: 2 %. */
  NORMAL(0.02),
  /** A day of news: 25 %. */
  SWING_25(0.25),
  /** A day to remember: 40 %. */
  SWING_40(0.40),
  /** A crash: 60 %; the book spans tens of thousands of ticks. */
  FLASH_CRASH(0.60);

  private final double walk;

  FlowScenario(final double walk) {
    this.walk = walk;
  }

  /** Standard deviation of the logarithm of the mid between the first order and the last. */
  public double walk() {
    return walk;
  }

  /** As on the command line and in file names: {@code flash-crash}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The scenario of a label; empty when there is none of that name. */
  public static Optional<FlowScenario> of(final String label) {
    for (final FlowScenario scenario : values()) {
      if (scenario.label().equals(label)) {
        return Optional.of(scenario);
      }
    }
    return Optional.empty();
  }
}
