package io.gavel.benchmarks.suite;

import io.gavel.adapters.market.flow.FlowGenerator;
import io.gavel.adapters.market.flow.FlowReports;
import io.gavel.adapters.market.flow.FlowScenario;
import io.gavel.adapters.market.flow.FlowTape;
import io.gavel.adapters.market.flow.FlowTapeFile;
import io.gavel.benchmarks.suite.SideBySide.Tape;
import io.gavel.benchmarks.workload.BookMix;
import io.gavel.benchmarks.workload.BookMixTape;
import java.io.IOException;
import java.nio.file.Path;

/** Makes the tapes that all play: from a seed, into a folder that goes when the run is over. */
final class TapeFiles {

  /** Of the order-flow tapes; not the seed of any tape that the book's tests know. */
  static final long FLOW_SEED = 23;
  static final long MIX_SEED = 42;

  private static final int MIX_OPERATIONS = 300_000;

  private final Path folder;

  TapeFiles(final Path folder) {
    this.folder = folder;
  }

  /** A scenario, and the hash of what the order-flow replay reports on it. */
  Tape flow(final FlowScenario scenario, final int newOrders) throws IOException {
    final FlowTape tape = FlowGenerator.generate(scenario, FLOW_SEED, newOrders);
    final Path file = folder.resolve("orders_" + scenario.label() + "_s" + FLOW_SEED + "_n" + newOrders + ".bin");
    FlowTapeFile.write(tape, file);
    return new Tape(scenario.label(), file, 0, tape.liveOrdersMax(), FlowReports.of(tape).sha256(), true);
  }

  /** Messages on a book that holds so many orders; those that fill it are not timed. */
  Tape mix(final int resting) throws IOException {
    final BookMix mix = BookMix.make(resting, MIX_OPERATIONS, MIX_SEED);
    final Path file = folder.resolve("mix_" + resting + "_s" + MIX_SEED + ".bin");
    BookMixTape.write(mix, file);
    return new Tape(String.format(java.util.Locale.ROOT, "%,d resting", resting), file, mix.prefillMessages(),
        mix.ordersMax(), "", false);
  }
}
