package io.gavel.adapters.cli;

import io.gavel.adapters.backtest.Backtest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gavel backtest}: a scenario of the user's own. */
@Command(name = "backtest")
final class BacktestCommand extends RunVerb {

  @Parameters(index = "0", paramLabel = "SCENARIO.yaml", descriptionKey = "backtest.scenario")
  private Path scenario = Path.of("");

  @Option(names = "--set", paramLabel = "PATH=VALUE", descriptionKey = "backtest.set")
  private List<String> overrides = new ArrayList<>();

  @Option(names = "--out", paramLabel = "DIR", descriptionKey = "backtest.out")
  private @Nullable Path out;

  BacktestCommand(final Terminal terminal) {
    super(terminal);
  }

  @Override
  ExitCode run() {
    if (!Files.isReadable(scenario) || Files.isDirectory(scenario)) {
      throw UserError.unusable(text("backtest.missing", scenario));
    }
    final Backtest backtest = Backtest.scenario(scenario);
    for (final String override : overrides) {
      if (override.indexOf('=') < 1) {
        throw UserError.unusable(text("backtest.badSet", override));
      }
      backtest.override(override);
    }
    if (null != out) {
      backtest.out(out);
    }
    return run(backtest);
  }
}
