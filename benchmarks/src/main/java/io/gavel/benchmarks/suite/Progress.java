package io.gavel.benchmarks.suite;

import java.io.PrintStream;
import java.util.Locale;

/** Says on standard error what is being run, and since when. */
final class Progress {

  private final PrintStream err;
  private final long beganNs = System.nanoTime();

  Progress(final PrintStream err) {
    this.err = err;
  }

  void step(final String what) {
    err.printf(Locale.ROOT, "%4d s  %s%n", (System.nanoTime() - beganNs) / 1_000_000_000L, what);
  }
}
