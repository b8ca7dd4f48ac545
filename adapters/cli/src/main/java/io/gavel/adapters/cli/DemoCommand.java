package io.gavel.adapters.cli;

import io.gavel.adapters.backtest.Backtest;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code gavel demo}: a real week of Bitcoin trades, ten rules, the report. */
@Command(name = "demo")
final class DemoCommand extends RunVerb {

  @Option(names = "--out", paramLabel = "DIR", descriptionKey = "demo.out")
  private Path out = Path.of("out", "demo");

  DemoCommand(final Terminal terminal) {
    super(terminal);
  }

  @Override
  ExitCode run() {
    return run(Backtest.demo().out(out));
  }
}
