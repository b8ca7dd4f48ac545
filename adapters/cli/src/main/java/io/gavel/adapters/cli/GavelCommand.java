package io.gavel.adapters.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import org.jspecify.annotations.Nullable;

/** The root: shows the verbs. */
@Command(name = "gavel", versionProvider = Version.class)
final class GavelCommand extends Verb {

  @Spec
  private @Nullable CommandSpec spec;

  @Option(names = {"-V", "--version"}, descriptionKey = "shared.version", versionHelp = true)
  private boolean version;

  GavelCommand(final Terminal terminal) {
    super(terminal);
  }

  boolean version() {
    return version;
  }

  /** Only reached without a verb. */
  @Override
  ExitCode run() {
    final CommandLine commandLine = null == spec ? new CommandLine(this) : spec.commandLine();
    throw new ParameterException(commandLine, text("error.noVerb"));
  }
}
