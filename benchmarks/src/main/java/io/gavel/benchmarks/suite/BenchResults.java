package io.gavel.benchmarks.suite;

import io.gavel.benchmarks.suite.HostCheck.Host;
import java.util.List;

/**
 * All that a run found; what the table, the JSON and the page are made of.
 *
 * @param profile       as on the command line
 * @param began         when, as ISO-8601
 * @param seconds       how long it took
 * @param host          the machine before the run
 * @param flags         of every order book's fork
 * @param flows         order-flow tapes
 * @param books         the book alone, by number of resting orders
 * @param engine        the whole engine
 * @param engineHash    the state that each of its runs ended on; empty: it did not run
 * @param closedLoopNs  one command at a time, half of them took no longer; 0: not measured
 * @param stages        the open loop
 * @param latencyHash   the state that each of its modes ended on; empty: it did not run
 * @param micro         JMH
 * @param problems      what did not run, and why
 */
record BenchResults(String profile, String began, long seconds, Host host, List<String> flags, List<BookRow> flows,
    List<BookRow> books, List<EngineRow> engine, String engineHash, double closedLoopNs, List<StageRow> stages,
    String latencyHash, List<MicroRow> micro, List<String> problems) {

  /** Whether everything that was asked for has a figure. */
  boolean isWhole() {
    return problems.isEmpty() && flows.stream().allMatch(row -> row.ours().isPresent())
        && books.stream().allMatch(row -> row.ours().isPresent());
  }
}
