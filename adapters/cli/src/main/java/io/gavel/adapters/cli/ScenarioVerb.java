package io.gavel.adapters.cli;

import io.gavel.adapters.backtest.Backtest;
import io.gavel.adapters.backtest.run.RunException;
import io.gavel.adapters.backtest.scenario.Scenario;
import io.gavel.adapters.backtest.scenario.ScenarioException;
import io.gavel.adapters.backtest.tape.TapeException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What the verbs share that study a scenario without leaving a run behind; {@code demo:} is the bundled one. */
abstract class ScenarioVerb extends Verb {

  private static final String DEMO = "demo:";

  @Parameters(index = "0", paramLabel = "SCENARIO.yaml", descriptionKey = "study.scenario")
  private Path file = Path.of("");

  @Option(names = "--set", paramLabel = "PATH=VALUE", descriptionKey = "backtest.set")
  private List<String> overrides = new ArrayList<>();

  ScenarioVerb(final Terminal terminal) {
    super(terminal);
  }

  final Scenario scenario() {
    return backtest(overrides).read();
  }

  /** The scenario with other values than were asked for on the line. */
  final Scenario scenario(final List<String> more) {
    final List<String> all = new ArrayList<>(overrides);
    all.addAll(more);
    return backtest(all).read();
  }

  /** Runs a study: whatever the user can put right becomes one sentence. */
  final <T> T studying(final Supplier<T> study) {
    try {
      return Journals.reading(terminal(), study);
    } catch (final ScenarioException | TapeException | RunException e) {
      throw UserError.unusable(String.valueOf(e.getMessage()));
    }
  }

  private Backtest backtest(final List<String> values) {
    final boolean isDemo = DEMO.equals(file.toString());
    if (!isDemo && (!Files.isReadable(file) || Files.isDirectory(file))) {
      throw UserError.unusable(text("backtest.missing", file));
    }
    final Backtest backtest = isDemo ? Backtest.demo() : Backtest.scenario(file);
    for (final String value : values) {
      if (value.indexOf('=') < 1) {
        throw UserError.unusable(text("backtest.badSet", value));
      }
      backtest.override(value);
    }
    return backtest;
  }
}
