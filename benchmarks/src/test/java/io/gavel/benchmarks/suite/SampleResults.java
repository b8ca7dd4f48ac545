package io.gavel.benchmarks.suite;

import io.gavel.benchmarks.suite.BookRow.Entry;
import io.gavel.benchmarks.suite.HostCheck.Host;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A run as it may come out: rows ahead, a row behind, a peer that disagrees, a latency that is refused. */
final class SampleResults {

  static final String SHA = "5f0c0123456789abcdef0123456789abcdef0123456789abcdef0123456789ab";

  private SampleResults() {
  }

  static BenchResults results() {
    return new BenchResults("quick", "2026-11-20T10:00:00Z", 171, host(2, 0.1), Fork.TAPE_FLAGS,
        List.of(
            flow("static", entry("gavel", 24.1e6, 31, 0.31, 0), entry("exchange-core", 13.1e6, 71, 0.52, 54.7),
                entry("parity", 9.2e6, 88, 0.4, 102), entry("treemap", 17.5e6, 45, 0.35, 223)),
            flow("flash-crash", entry("gavel", 15.5e6, 52, 0.42, 0), entry("exchange-core", 12.3e6, 79, 0.61, 44.6),
                Entry.none("parity", "no figure: bookSha256 is 00, ours 11 </script><b>"),
                entry("treemap", 16.5e6, 44, 0.35, 226))),
        List.of(
            mix("1,000 resting", 41, 82, 110, 150),
            mix("1,000,000 resting", 260, 330, 880, 900)),
        List.of(new EngineRow("core", 148.5, 6_734_006, 0), new EngineRow("invoker", 190.1, 5_260_389, 0.001),
            new EngineRow("dedicated-journal", 520, 1_923_076, 0.2)),
        SHA, 880,
        List.of(stage("invoker", 100_000, 1, ""), stage("dedicated", 1_000_000, 3, ""),
            stage("dedicated-journal", 2_000_000, 900,
                "NOT A LATENCY RESULT: 1 free cores, 2 spinning threads")),
        SHA, List.of(new MicroRow("A0BaselineBenchmark.nothing", 0.4, 0.01, "ns/op", 0),
            new MicroRow("OrderBookBenchmark.cancelAndPlace orders=1000", 52.2, 3.1, "ns/op", -1)),
        List.of("JMH: exit code 1: <no fork>"));
  }

  static Host host(final int cores, final double busy) {
    final Map<String, String> facts = new LinkedHashMap<>();
    facts.put("processor", "AMD EPYC");
    facts.put("cores", String.valueOf(cores));
    facts.put("governor", "unknown");
    return new Host(facts, cores, busy, List.of("2 cores: the tail is the scheduler's."));
  }

  private static BookRow flow(final String name, final Entry... entries) {
    return new BookRow(name, 200_000, 0, SHA, List.of(entries));
  }

  private static BookRow mix(final String name, final double ours, final double exchange, final double parity,
      final double tree) {
    return new BookRow(name, 300_000, 1_000, SHA, List.of(entry("gavel", 0, ours, 1, 0),
        entry("exchange-core", 0, exchange, 1, 9.2), entry("parity", 0, parity, 1, 32.7),
        entry("treemap", 0, tree, 1, 236)));
  }

  private static Entry entry(final String engine, final double handedOff, final double bookNs, final double cold,
      final double bytes) {
    return new Entry(engine, "1", "", cold, bookNs, 0.9 * bookNs, handedOff, 1.1 * handedOff, bytes);
  }

  private static StageRow stage(final String mode, final int rate, final int scale, final String refusal) {
    final List<double[]> curve = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      curve.add(new double[] {Math.pow(2, i), 600.0 * scale * (1 + i * i)});
    }
    final List<Long> latency = refusal.isEmpty()
        ? List.of(600L * scale, 1_000L * scale, 5_000L * scale, 90_000L * scale, 400_000L * scale, 1_200_000L * scale)
        : List.of();
    return new StageRow(mode, rate, rate * 0.999, refusal.isEmpty(), 0.0, latency,
        List.of(10_000L, 20_000L, 50_000L, 300_000L, 900_000L, 2_000_000L),
        refusal.isEmpty() ? curve : List.of(), refusal, mode + "-" + rate / 1_000 + "k");
  }
}
