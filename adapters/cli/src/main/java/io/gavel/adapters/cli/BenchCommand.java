package io.gavel.adapters.cli;

import picocli.CommandLine.Command;

/** {@code gavel bench}, as the help lists it. The launcher runs it: nothing may depend on the benchmarks, nor this. */
@Command(name = "bench")
final class BenchCommand extends Verb {

  BenchCommand(final Terminal terminal) {
    super(terminal);
  }

  @Override
  ExitCode run() {
    throw UserError.unusable(text("bench.launcher"));
  }
}
