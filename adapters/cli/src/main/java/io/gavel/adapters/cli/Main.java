package io.gavel.adapters.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gavel.adapters.cli.text.Texts;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;
import picocli.CommandLine;

/** Entry of the {@code gavel} command: chooses the language, parses, runs one verb, turns errors into exit codes. */
public final class Main {

  private static final int OUT_BUFFER_LENGTH = 1 << 16;

  private Main() {
  }

  public static void main(final String[] args) {
    final PrintStream out = new PrintStream(
        new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), OUT_BUFFER_LENGTH), false,
        StandardCharsets.UTF_8);
    final PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
    // The engine says what it does at INFO; on the terminal only what is wrong is of interest.
    Logger.getLogger("").setLevel(Level.WARNING);
    final int exitCode = run(args, System.in, out, err, System.getenv(), Boolean.getBoolean("gavel.stdout.tty"),
        Boolean.getBoolean("gavel.stderr.tty"));
    out.flush();
    System.exit(exitCode);
  }

  /** Runs one command line to its exit code; never throws for a mistake of the user. */
  static int run(
      final String[] args,
      final InputStream in,
      final PrintStream out,
      final PrintStream err,
      final Map<String, String> environment,
      final boolean outIsTerminal,
      final boolean errIsTerminal) {
    final Texts texts = Texts.of(language(args, environment));
    final boolean noColour = !environment.getOrDefault("NO_COLOR", "").isEmpty();
    final Terminal terminal = new Terminal(in, out, err, texts, outIsTerminal, errIsTerminal, !noColour);
    final CommandLine command = commandLine(terminal, args.length > 0 ? args[0] : "");
    command.setParameterExceptionHandler((e, unused) -> wrongUse(terminal, e, wantsJson(args)));
    command.setExecutionExceptionHandler((e, line, unused) -> failure(terminal, e, wantsJson(args), environment));
    final int exitCode = command.execute(args);
    out.flush();
    err.flush();
    return exitCode;
  }

  /** A line that names its verb in full has that verb alone: to know all of them costs a twentieth of a second. */
  private static CommandLine commandLine(final Terminal terminal, final String first) {
    final CommandLine command = new CommandLine(new GavelCommand(terminal));
    final List<Verb> all = verbs(terminal);
    final List<Verb> named = all.stream().filter(verb -> first.equals(name(verb))).toList();
    for (final Verb verb : named.isEmpty() ? all : named) {
      final CommandLine line = new CommandLine(verb);
      verb.below().forEach(line::addSubcommand);
      command.addSubcommand(line);
    }
    command.setOut(new java.io.PrintWriter(terminal.out(), true, StandardCharsets.UTF_8));
    command.setErr(new java.io.PrintWriter(terminal.err(), true, StandardCharsets.UTF_8));
    final Ansi ansi = terminal.colour() && terminal.outIsTerminal() ? Ansi.ON : Ansi.OFF;
    command.setColorScheme(CommandLine.Help.defaultColorScheme(ansi));
    command.setResourceBundle(terminal.texts().bundle());
    command.setAbbreviatedSubcommandsAllowed(true);
    command.setAbbreviatedOptionsAllowed(true);
    command.setUsageHelpAutoWidth(false);
    command.setUsageHelpWidth(110);
    describe(command, terminal.texts());
    return command;
  }

  private static String name(final Verb verb) {
    return verb.getClass().getAnnotation(Command.class).name();
  }

  private static List<Verb> verbs(final Terminal terminal) {
    return List.of(new DemoCommand(terminal), new BacktestCommand(terminal), new PipeCommand(terminal),
        new MatchCommand(terminal), new ReplayCommand(terminal), new VerifyCommand(terminal),
        new ExplainCommand(terminal), new WhatIfCommand(terminal), new DiffCommand(terminal),
        new AuditCommand(terminal), new PreviewCommand(terminal), new SweepCommand(terminal),
        new StatCommand(terminal), new DoctorCommand(terminal), new BenchCommand(terminal), new DataCommand(terminal),
        new QuarantineCommand(terminal), new RetainCommand(terminal), new SnapshotCommand(terminal),
        new ProveCommand(terminal));
  }

  /** The texts of a verb are found under its name; of a verb below another, under both. */
  private static void describe(final CommandLine command, final Texts texts) {
    final @Nullable CommandLine parent = command.getParent();
    final String above = null == parent || null == parent.getParent() ? "" : parent.getCommandName() + ".";
    final String prefix = "verb." + above + command.getCommandName();
    command.getCommandSpec().usageMessage()
        .header(texts.get(prefix + ".header"))
        .description(texts.get(prefix + ".description").split("\n", -1))
        .synopsisHeading(texts.get("help.synopsis") + " ")
        .descriptionHeading("%n")
        .parameterListHeading("%n" + texts.get("help.parameters") + "%n")
        .optionListHeading("%n" + texts.get("help.options") + "%n")
        .commandListHeading("%n" + texts.get("help.commands") + "%n")
        .exitCodeListHeading("%n" + texts.get("help.exitCodes") + "%n")
        .exitCodeList(ExitCode.table(texts));
    command.getSubcommands().values().forEach(sub -> describe(sub, texts));
  }

  private static int wrongUse(final Terminal terminal, final ParameterException e, final boolean json) {
    final CommandLine command = e.getCommandLine();
    error(terminal, wrongUseText(terminal.texts(), e), ExitCode.UNUSABLE, json);
    terminal.remark("");
    command.usage(terminal.err(), command.getColorScheme());
    return ExitCode.UNUSABLE.code();
  }

  private static String wrongUseText(final Texts texts, final ParameterException e) {
    if (e instanceof UnmatchedArgumentException unknown) {
      final List<String> nearest = unknown.getSuggestions();
      final String given = String.join(" ", unknown.getUnmatched());
      return nearest.isEmpty()
          ? texts.get("error.unknownArgument", given)
          : texts.get("error.unknownArgumentNearest", given, String.join(", ", nearest));
    }
    final List<String> unmatched = e.getCommandLine().getUnmatchedArguments();
    if (!unmatched.isEmpty()) {
      return texts.get("error.unknownArgument", String.join(" ", unmatched));
    }
    if (e instanceof MissingParameterException missing) {
      return texts.get("error.missing", missing.getMissing().stream().map(Main::label)
          .collect(Collectors.joining(", ")));
    }
    return String.valueOf(e.getMessage());
  }

  private static String label(final ArgSpec arg) {
    return arg.isOption() ? ((CommandLine.Model.OptionSpec) arg).longestName() : arg.paramLabel();
  }

  private static int failure(
      final Terminal terminal, final Exception e, final boolean json, final Map<String, String> environment) {
    if (e instanceof UserError mistake) {
      error(terminal, mistake.text(), mistake.exitCode(), json);
      return mistake.exitCode().code();
    }
    final String text = terminal.text("error.internal", e.getClass().getSimpleName(), String.valueOf(e.getMessage()));
    error(terminal, text, ExitCode.HALTED, json);
    if (environment.containsKey("GAVEL_TRACE")) {
      e.printStackTrace(terminal.err());
    }
    return ExitCode.HALTED.code();
  }

  private static void error(final Terminal terminal, final String text, final ExitCode exit, final boolean json) {
    if (json) {
      final ObjectNode node = JsonNodeFactory.instance.objectNode();
      node.put("error", text);
      node.put("exitCode", exit.code());
      terminal.json(node);
    }
    terminal.remark("gavel: " + text);
  }

  private static boolean wantsJson(final String[] args) {
    return List.of(args).contains("--json");
  }

  /** Looked for before parsing, since the help is in this language as well. */
  private static String language(final String[] args, final Map<String, String> environment) {
    String language = environment.getOrDefault("GAVEL_LANG", Texts.ENGLISH);
    for (int i = 0; i < args.length; i++) {
      if (args[i].startsWith("--lang=")) {
        language = args[i].substring("--lang=".length());
      } else if ("--lang".equals(args[i]) && i + 1 < args.length) {
        language = args[i + 1];
      }
    }
    return Texts.isLanguage(language) ? language : Texts.ENGLISH;
  }
}
