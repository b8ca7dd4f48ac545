package io.gavel.benchmarks.suite;

import java.util.Arrays;
import java.util.Locale;

/** How much is measured, and for how long. */
enum Profile {
  /** Seconds: shows that everything runs and agrees; its figures mean nothing. */
  SMOKE(200, 1, 1, "100", 1, 1, "10000", 20, 2_000, 1),
  /** A few minutes, on any machine. */
  QUICK(100_000, 2, 1_500, "1000,100000,1000000", 1, 1_500, "100000,500000,1000000,2000000", 1_000, 1_000_000, 1),
  /** Longer tapes, more rounds, more rates. */
  FULL(1_000_000, 5, 3_000, "1000,100000,1000000", 3, 5_000,
      "125000,250000,500000,1000000,2000000,3000000,4000000", 5_000, 3_000_000, 3);

  private final int flowOrders;
  private final int rounds;
  private final int passMillis;
  private final String resting;
  private final int bookRounds;
  private final int bookMillis;
  private final String rates;
  private final int rateMillis;
  private final int engineCommands;
  private final int engineRepeat;

  Profile(final int flowOrders, final int rounds, final int passMillis, final String resting,
      final int bookRounds, final int bookMillis, final String rates, final int rateMillis, final int engineCommands,
      final int engineRepeat) {
    this.flowOrders = flowOrders;
    this.rounds = rounds;
    this.passMillis = passMillis;
    this.resting = resting;
    this.bookRounds = bookRounds;
    this.bookMillis = bookMillis;
    this.rates = rates;
    this.rateMillis = rateMillis;
    this.engineCommands = engineCommands;
    this.engineRepeat = engineRepeat;
  }

  /** New orders of each order-flow tape. */
  int flowOrders() {
    return flowOrders;
  }

  /** Rounds over all who take part, interleaved; the middle one counts. */
  int rounds() {
    return rounds;
  }

  /** How long each warm timing of a tape runs, its warm-up included. */
  int passMillis() {
    return passMillis;
  }

  /** Orders that rest in the book alone, by row. */
  int[] resting() {
    return Arrays.stream(resting.split(",", -1)).mapToInt(Integer::parseInt).toArray();
  }

  int bookRounds() {
    return bookRounds;
  }

  int bookMillis() {
    return bookMillis;
  }

  /** Commands a second of the open loop, as its option takes them. */
  String rates() {
    return rates;
  }

  /** How long each of them is held. */
  int rateMillis() {
    return rateMillis;
  }

  /** Commands under the clock in each run of the whole engine. */
  int engineCommands() {
    return engineCommands;
  }

  int engineRepeat() {
    return engineRepeat;
  }

  /** As on the command line. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
