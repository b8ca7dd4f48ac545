package io.gavel.benchmarks.suite;

import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * One tape and what each book made of it.
 *
 * @param tape      scenario, or number of resting orders
 * @param messages  timed messages
 * @param prefill   messages before them, not timed
 * @param sha256    of our reports on it, canonical lines
 * @param entries   ours first
 */
record BookRow(String tape, int messages, int prefill, String sha256, List<Entry> entries) {

  /**
   * One book on one tape: medians over the rounds. Without agreement there are no figures.
   *
   * @param problem       empty, or why there are no figures
   * @param coldSeconds   process start to last report of the first pass
   * @param bookNs        a message, warm, reports folded on the book's own thread
   * @param bookCpuNs     the same, processor time of the quickest pass: what others do on the machine is not in it
   * @param handedOffRate messages a second, warm, each report handed to a second thread; 0: not measured
   * @param handedOffBest the same, the quickest pass
   * @param bytes         allocated a message by the book's thread
   */
  record Entry(String engine, String version, String problem, double coldSeconds, double bookNs,
      double bookCpuNs, double handedOffRate, double handedOffBest, double bytes) {

    static Entry none(final String engine, final String problem) {
      return new Entry(engine, "", problem, 0, 0, 0, 0, 0, 0);
    }

    boolean stands() {
      return problem.isEmpty();
    }
  }

  /** Ours, when it stands. */
  Optional<Entry> ours() {
    return entries.stream().filter(entry -> Contender.OURS.equals(entry.engine()) && entry.stands()).findFirst();
  }

  /** Of a rate: how many times the best peer's ours is. */
  Optional<Double> timesTheBest(final ToDoubleFunction<Entry> rate) {
    final double best = peers().stream().mapToDouble(rate).max().orElse(0);
    return ours().filter(entry -> best > 0).map(entry -> rate.applyAsDouble(entry) / best);
  }

  /** Of a time: how many times shorter than the best peer's ours is. */
  Optional<Double> timesShorter(final ToDoubleFunction<Entry> time) {
    final double best = peers().stream().mapToDouble(time).min().orElse(0);
    return ours().filter(entry -> best > 0).map(entry -> best / time.applyAsDouble(entry));
  }

  private List<Entry> peers() {
    return entries.stream().filter(entry -> !Contender.OURS.equals(entry.engine()) && entry.stands()).toList();
  }
}
