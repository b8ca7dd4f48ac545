package io.gavel.adapters.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gavel.adapters.market.flow.FlowGenerator;
import io.gavel.adapters.market.flow.FlowScenario;
import io.gavel.adapters.market.flow.FlowTape;
import io.gavel.adapters.market.flow.FlowTapeFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gavel data gen}: a tape out of a seed. */
@Command(name = "gen")
final class GenerateCommand extends Verb {

  private static final String FLOW = "flow";

  @Parameters(index = "0", paramLabel = "flow", descriptionKey = "gen.kind")
  private String kind = FLOW;

  @Parameters(index = "1", paramLabel = "FILE", descriptionKey = "gen.file")
  private Path file = Path.of("");

  @Option(names = "--scenario", paramLabel = "NAME", descriptionKey = "gen.scenario")
  private String scenario = FlowScenario.NORMAL.label();

  @Option(names = "--seed", paramLabel = "N", descriptionKey = "gen.seed")
  private long seed = 1;

  @Option(names = "--orders", paramLabel = "N", descriptionKey = "gen.orders")
  private int orders = 1_000_000;

  @Option(names = "--overlap", paramLabel = "N", descriptionKey = "gen.overlap")
  private int overlap;

  GenerateCommand(final Terminal terminal) {
    super(terminal);
  }

  @Override
  ExitCode run() {
    if (!FLOW.equals(kind)) {
      throw UserError.unusable(text("error.notOneOf", "gen", kind, FLOW));
    }
    final FlowScenario known = FlowScenario.of(scenario).orElseThrow(() -> UserError.unusable(
        text("error.notOneOf", "--scenario", scenario,
            Stream.of(FlowScenario.values()).map(FlowScenario::label).collect(Collectors.joining(", ")))));
    within("--orders", orders, 1, FlowGenerator.ORDERS_MAX);
    within("--overlap", overlap, 0, orders);
    final FlowTape tape;
    try {
      tape = FlowGenerator.generate(known, seed, orders, overlap);
      FlowTapeFile.write(tape, file);
    } catch (final IOException e) {
      throw UserError.unusable(text("gen.notWritten", file, String.valueOf(e.getMessage())));
    } catch (final OutOfMemoryError e) {
      throw UserError.unusable(text("error.memory", file));
    }
    if (json()) {
      terminal().json(json(tape));
    } else {
      terminal().line(text("gen.written", file, tape.messages(), tape.newOrders(), scenario, seed));
    }
    return ExitCode.OK;
  }

  private ObjectNode json(final FlowTape tape) {
    return JsonNodeFactory.instance.objectNode().put("file", file.toString()).put("scenario", scenario)
        .put("seed", seed).put("overlap", overlap).put("newOrders", tape.newOrders())
        .put("messages", tape.messages());
  }

  private void within(final String option, final int value, final int least, final int most) {
    if (value < least || value > most) {
      throw UserError.unusable(text("error.outOfRange", option, value, least, most));
    }
  }
}
