package io.gavel.adapters.market.flow;

/** Who reads the reports of a replay, in order, as they come out of a {@link ReportRing}. */
@FunctionalInterface
interface ReportReader {

  /** Reads {@code records} reports that stand from {@code from} on, {@link ReportRing#WORDS} words each. */
  void read(long[] words, int from, int records);
}
