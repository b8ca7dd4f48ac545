package io.gavel.adapters.market.flow;

import java.util.Collections;
import java.util.List;

/**
 * How long the passes over a tape took, and whether each reported the same.
 *
 * @param messages  messages of the tape
 * @param bookNs    nanoseconds of each pass in which one thread matched and read the reports
 * @param handedNs  nanoseconds of each pass in which a second thread read them, to the last report read
 * @param isSame    whether the reports of every pass had the expected checksum; if not, no rate means anything
 */
public record FlowRates(long messages, List<Long> bookNs, List<Long> handedNs, boolean isSame) {

  /** Messages a second of the book alone: median of the passes. */
  public double bookRate() {
    return rate(median(bookNs));
  }

  /** As {@link #bookRate()}, of the fastest pass. */
  public double bestBookRate() {
    return rate(best(bookNs));
  }

  /** Messages a second with each report handed to a second thread: median of the passes. */
  public double handedOffRate() {
    return rate(median(handedNs));
  }

  /** As {@link #handedOffRate()}, of the fastest pass. */
  public double bestHandedOffRate() {
    return rate(best(handedNs));
  }

  /** Nanoseconds of the median pass of the book alone. */
  public long medianBookNs() {
    return median(bookNs);
  }

  /** Nanoseconds of the median pass with a second thread. */
  public long medianHandedNs() {
    return median(handedNs);
  }

  private double rate(final long ns) {
    return messages * 1e9 / Math.max(1, ns);
  }

  private static long median(final List<Long> passes) {
    return passes.stream().sorted().skip(passes.size() / 2).findFirst().orElseThrow();
  }

  private static long best(final List<Long> passes) {
    return Collections.min(passes);
  }
}
