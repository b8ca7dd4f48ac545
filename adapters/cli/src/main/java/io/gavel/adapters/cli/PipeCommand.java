package io.gavel.adapters.cli;

import io.gavel.adapters.cli.pipe.Pipe;
import io.gavel.adapters.cli.pipe.PipeOptions;
import io.gavel.adapters.cli.pipe.PipeResult;
import io.gavel.engine.journal.DurabilityLevel;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code gavel pipe}: commands in, acknowledgements and events out, a line of JSON each. */
@Command(name = "pipe")
final class PipeCommand extends Verb {

  private static final String PROCESS = "process";
  private static final String DISK = "disk";
  private static final String INPUT = "input";
  private static final String SYSTEM = "system";

  @Option(names = "--dir", required = true, descriptionKey = "pipe.dir", paramLabel = "DIR")
  private Path dir = Path.of("");

  @Option(names = "--durability", descriptionKey = "pipe.durability", paramLabel = "process|disk")
  private String durability = PROCESS;

  @Option(names = "--clock", descriptionKey = "pipe.clock", paramLabel = "input|system")
  private String clock = INPUT;

  @Option(names = "--from", descriptionKey = "pipe.from", paramLabel = "SEQ[:INDEX]")
  private String from = "";

  @Option(names = "--quarantine-key", descriptionKey = "pipe.quarantineKey", paramLabel = "FILE")
  private List<Path> quarantineKeys = List.of();

  @Option(names = "--lenient", descriptionKey = "pipe.lenient")
  private boolean lenient;

  PipeCommand(final Terminal terminal) {
    super(terminal);
  }

  @Override
  ExitCode run() throws InterruptedException {
    oneOf("--durability", durability, PROCESS, DISK);
    oneOf("--clock", clock, INPUT, SYSTEM);
    final PipeOptions options = new PipeOptions(dir,
        DurabilityLevel.valueOf(durability.toUpperCase(Locale.ROOT)), SYSTEM.equals(clock),
        from.isEmpty() ? -1 : fromPart(0), from.isEmpty() ? 0 : (int) fromPart(1),
        quarantineKeys.stream().map(file -> KeyFile.trusted(terminal(), file)).toList());
    try (RecoveryView view = new RecoveryView(terminal()); Pipe pipe = Journals.launching(terminal(), dir,
        () -> new Pipe(options, terminal().out(), terminal().texts(), view))) {
      view.report(pipe.recovery());
      final PipeResult result = pipe.run(terminal().in());
      if (result.halted()) {
        terminal().remark("gavel: " + text("pipe.halted", String.valueOf(pipe.haltCause())));
        return ExitCode.HALTED;
      }
      if (result.unusable() > 0) {
        terminal().remark("gavel: " + text("pipe.unusable", result.unusable(), result.lines()));
      }
      return !lenient && result.unusable() > 0 ? ExitCode.FINDING : ExitCode.OK;
    } catch (final UncheckedIOException e) {
      throw UserError.unusable(text("pipe.broken", String.valueOf(e.getMessage())));
    }
  }

  private void oneOf(final String option, final String value, final String first, final String second) {
    if (!first.equals(value) && !second.equals(value)) {
      throw UserError.unusable(text("error.notOneOf", option, value, first + ", " + second));
    }
  }

  /** The sequence (0) or the index (1) of {@code SEQ[:INDEX]}. */
  private long fromPart(final int part) {
    final int colon = from.indexOf(':');
    final String digits = 0 == part
        ? colon < 0 ? from : from.substring(0, colon)
        : colon < 0 ? String.valueOf(Integer.MAX_VALUE) : from.substring(colon + 1);
    try {
      final long value = Long.parseLong(digits);
      if (value >= 0 && (0 == part || value <= Integer.MAX_VALUE)) {
        return value;
      }
    } catch (final NumberFormatException e) {
      // Said below, with the value.
    }
    throw UserError.unusable(text("error.badFrom", from));
  }
}
