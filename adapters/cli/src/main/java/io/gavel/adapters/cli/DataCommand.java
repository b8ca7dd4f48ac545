package io.gavel.adapters.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code gavel data}: shows what can be done with market data. */
@Command(name = "data")
final class DataCommand extends Verb {

  @Spec
  private @Nullable CommandSpec spec;

  DataCommand(final Terminal terminal) {
    super(terminal);
  }

  @Override
  List<Verb> below() {
    return List.of(new GenerateCommand(terminal()), new CheckCommand(terminal()));
  }

  /** Only reached without a verb of its own. */
  @Override
  ExitCode run() {
    final CommandLine commandLine = null == spec ? new CommandLine(this) : spec.commandLine();
    throw new ParameterException(commandLine, text("error.noVerb"));
  }
}
