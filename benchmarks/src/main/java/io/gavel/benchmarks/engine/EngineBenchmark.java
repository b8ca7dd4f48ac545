package io.gavel.benchmarks.engine;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gavel.engine.Preset;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Commands a second through the whole engine, run by run, in one process. A run that does not end on the state of the
 * plain core gives no figure and an exit code.
 */
@Command(name = "engine", mixinStandardHelpOptions = true, sortOptions = false,
    description = "Times the whole engine: validation, risk, fees, ledger, book and events on.")
public final class EngineBenchmark implements Callable<Integer> {

  private static final List<String> RUNS =
      List.of("apply", "core", "invoker", "dedicated", "spinning", "invoker-journal", "dedicated-journal", "loop");

  @Parameters(arity = "0..*", paramLabel = "RUN",
      description = "apply core invoker dedicated spinning invoker-journal dedicated-journal loop; none: all")
  private List<String> runs = List.of();

  @Option(names = "--accounts", description = "funded accounts (default ${DEFAULT-VALUE})")
  private int accounts = 1_000;

  @Option(names = "--resting", description = "resting orders, about (default ${DEFAULT-VALUE})")
  private int resting = 1_000;

  @Option(names = "--sessions", description = "sessions with an answer window; 0: none (default ${DEFAULT-VALUE})")
  private int sessions = 16;

  @Option(names = "--commands", description = "commands under the clock (default ${DEFAULT-VALUE})")
  private long commands = 2_000_000;

  @Option(names = "--warm-up", description = "commands before it (default ${DEFAULT-VALUE})")
  private long warmUp = 1_000_000;

  @Option(names = "--repeat", description = "runs of each kind; the middle one is printed (default ${DEFAULT-VALUE})")
  private int repeat = 3;

  @Option(names = "--seed", description = "of the commands (default ${DEFAULT-VALUE})")
  private long seed = 3;

  @Option(names = "--dir", description = "where journals go, and are deleted (default: the system's place)")
  private @Nullable Path dir;

  @Option(names = "--json", paramLabel = "FILE", description = "writes the figures there, too")
  private @Nullable Path json;

  private final ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
  private final ArrayNode rows = mapper.createArrayNode();

  public static void main(final String[] args) {
    System.exit(new CommandLine(new EngineBenchmark()).execute(args));
  }

  @Override
  public Integer call() throws IOException {
    final Scale scale = new Scale(accounts, resting, sessions, warmUp, commands);
    final Workload workload = Workload.of(scale, seed);
    say("workload    9 %% GTC, 3 %% IOC, 6 %% cancel, 82 %% move; %,d accounts, about %,d resting orders, %d sessions,"
        + " %d idle stop orders", accounts, resting, sessions, Founding.IDLE_RULES);
    say("timed       %,d commands after %,d, %,d B a frame, seed %d; the middle of %d runs", commands,
        workload.untimedFrames(), workload.tape().bytes() / workload.tape().frames(), seed, repeat);
    say("%-18s %10s %14s %10s %10s %10s %9s %7s", "run", "ns/command", "commands/s", "cpu ns", "least cpu", "B/command",
        "events/c", "refused");
    for (final String run : runs.isEmpty() ? RUNS : runs) {
      if ("loop".equals(run)) {
        closedLoop(workload);
      } else {
        print(runs(workload, run));
      }
    }
    say("state hash  %s, in every run", workload.expected());
    host();
    final Path file = json;
    if (null != file) {
      write(file, workload);
    }
    return 0;
  }

  private Figures[] runs(final Workload workload, final String run) throws IOException {
    final Figures[] figures = new Figures[repeat];
    for (int i = 0; i < repeat; i++) {
      figures[i] = figures(workload, run);
    }
    Arrays.sort(figures, Comparator.comparingLong(Figures::wallNs));
    return figures;
  }

  private Figures figures(final Workload workload, final String run) throws IOException {
    return switch (run) {
      case "apply" -> new CoreRun(workload, false).run(run);
      case "core" -> new CoreRun(workload, true).run(run);
      case "invoker" -> new EngineRun(workload, Preset.EMBEDDED, null).run(run);
      case "dedicated" -> new EngineRun(workload, Preset.DEDICATED, null).run(run);
      case "spinning" -> new EngineRun(workload, Preset.DEDICATED_SPINNING, null).run(run);
      case "invoker-journal" -> journalled(workload, Preset.EMBEDDED, run);
      case "dedicated-journal" -> journalled(workload, Preset.DEDICATED, run);
      default -> throw new IllegalArgumentException("unknown run " + run + "; there are " + RUNS);
    };
  }

  private Figures journalled(final Workload workload, final Preset preset, final String run) throws IOException {
    final Path parent = dir;
    final Path place = null == parent
        ? Files.createTempDirectory("gavel-engine") : Files.createTempDirectory(parent, "gavel-engine");
    try {
      return new EngineRun(workload, preset, place).run(run);
    } finally {
      delete(place);
    }
  }

  private void closedLoop(final Workload workload) {
    final long[] nanos = new ClosedLoop(workload).run();
    final ObjectNode row = rows.addObject().put("run", "loop");
    final double[] percentiles = {50, 90, 99, 99.9, 99.99};
    final StringBuilder text = new StringBuilder("closed loop ");
    for (final double percentile : percentiles) {
      final long value = nanos[(int) Math.min(nanos.length - 1, nanos.length * percentile / 100)];
      row.put("p" + percentile + "Ns", value);
      text.append(String.format(Locale.ROOT, "p%s %,d ns  ", Double.toString(percentile), value));
    }
    row.put("maxNs", nanos[nanos.length - 1]);
    say("%smax %,d ns; one command at a time, two spinning threads, indicative on two cores", text,
        nanos[nanos.length - 1]);
  }

  private void print(final Figures[] sorted) {
    final Figures figures = sorted[repeat / 2];
    double leastCpuNs = Double.MAX_VALUE;
    for (final Figures each : sorted) {
      leastCpuNs = Math.min(leastCpuNs, each.cpuNsPerCommand());
    }
    say("%-18s %10.1f %14s %10.1f %10.1f %10.3f %9.2f %7d", figures.run(), figures.nsPerCommand(),
        String.format(Locale.ROOT, "%,.0f", figures.commandsPerSecond()), figures.cpuNsPerCommand(), leastCpuNs,
        figures.bytesPerCommand(), figures.eventsPerCommand(), figures.refused());
    rows.addObject().put("run", figures.run()).put("commands", figures.commands())
        .put("nsPerCommand", figures.nsPerCommand()).put("cpuNsPerCommand", figures.cpuNsPerCommand())
        .put("leastCpuNsPerCommand", leastCpuNs).put("commandsPerSecond", figures.commandsPerSecond())
        .put("bytesPerCommand", figures.bytesPerCommand()).put("eventsPerCommand", figures.eventsPerCommand())
        .put("refused", figures.refused());
  }

  private static void host() {
    say("host        %s %s, %d processors, load %.1f", System.getProperty("os.name"), System.getProperty("os.arch"),
        Runtime.getRuntime().availableProcessors(),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    say("jvm         %s %s", System.getProperty("java.vm.name"), System.getProperty("java.runtime.version"));
  }

  private void write(final Path file, final Workload workload) throws IOException {
    final ObjectNode root = mapper.createObjectNode().put("accounts", accounts).put("restingOrders", resting)
        .put("sessions", sessions).put("seed", seed).put("repeat", repeat)
        .put("stateHash", workload.expected().stateHash());
    root.set("runs", rows);
    mapper.writeValue(file.toFile(), root);
  }

  private static void delete(final Path place) {
    try (Stream<Path> paths = Files.walk(place)) {
      for (final Path path : (Iterable<Path>) paths.sorted(Comparator.reverseOrder())::iterator) {
        Files.delete(path);
      }
    } catch (final IOException ex) {
      throw new UncheckedIOException("cannot delete " + place, ex);
    }
  }

  private static void say(final String format, final Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
