package io.gavel.benchmarks.latency;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gavel.benchmarks.engine.Scale;
import io.gavel.benchmarks.engine.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Rate by percentile, mode by mode, in one process. */
@Command(name = "latency", mixinStandardHelpOptions = true, sortOptions = false,
    description = "Open loop over the whole engine: latency from the intended send time.")
public final class LatencyBenchmark implements Callable<Integer> {

  private static final double[] PERCENTILES = {50, 90, 99, 99.9, 99.99};

  @Option(names = "--modes", split = ",", description = "invoker dedicated invoker-journal dedicated-journal")
  private List<String> modes = List.of("invoker", "dedicated", "invoker-journal", "dedicated-journal");

  @Option(names = "--rates", split = ",", description = "commands a second, ascending (default ${DEFAULT-VALUE})")
  private List<Integer> rates = List.of(100_000, 500_000, 1_000_000, 2_000_000);

  @Option(names = "--millis", description = "how long each is held (default ${DEFAULT-VALUE})")
  private int millis = 1_000;

  @Option(names = "--commands-max", description = "but no more commands than this (default ${DEFAULT-VALUE})")
  private long commandsMax = 2_500_000;

  @Option(names = "--warm-up", description = "commands before the first rate (default ${DEFAULT-VALUE})")
  private long warmUp = 500_000;

  @Option(names = "--accounts", description = "funded accounts (default ${DEFAULT-VALUE})")
  private int accounts = 1_000;

  @Option(names = "--free-cores", description = "processors that nothing else uses; default: all")
  private int freeCores = Runtime.getRuntime().availableProcessors();

  @Option(names = "--out", required = true, description = "where .hgrm and .hlog files go")
  private @Nullable Path out;

  @Option(names = "--json", paramLabel = "FILE", description = "writes the figures there, too")
  private @Nullable Path json;

  private final ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  public static void main(final String[] args) {
    System.exit(new CommandLine(new LatencyBenchmark()).execute(args));
  }

  @Override
  public Integer call() throws IOException {
    final Path folder = null == out ? Path.of(".") : out;
    final long commands = rates.stream().mapToLong(rate -> OpenLoop.commands(rate, millis, commandsMax)).sum();
    final Workload workload = Workload.of(new Scale(accounts, 1_000, 16, warmUp, commands), 3);
    final ObjectNode root = mapper.createObjectNode().put("stateHash", workload.expected().stateHash());
    final ArrayNode rows = root.putArray("stages");
    say("%-18s %9s %10s %9s %9s %9s %9s %9s %9s %6s  %s", "mode", "rate", "achieved", "50%", "90%", "99%", "99.9%",
        "99.99%", "worst", "B/op", "jitter 99.99%, worst (us)");
    for (final String name : modes) {
      final Mode mode = Mode.of(name);
      for (final Stage stage : stages(workload, mode, folder)) {
        print(stage);
        rows.add(node(stage));
      }
    }
    say("state hash  %s, in every mode", workload.expected().stateHash());
    final Path file = json;
    if (null != file) {
      mapper.writeValue(file.toFile(), root);
    }
    return 0;
  }

  private List<Stage> stages(final Workload workload, final Mode mode, final Path folder) throws IOException {
    final String refusal = freeCores >= mode.spinningThreads() ? ""
        : "NOT A LATENCY RESULT: " + freeCores + " free cores, " + mode.spinningThreads() + " spinning threads";
    final @Nullable Path journal = mode.hasJournal() ? Files.createTempDirectory("gavel-latency") : null;
    try {
      return new OpenLoop(workload, mode, folder, journal, refusal).run(rates, millis, commandsMax);
    } finally {
      if (null != journal) {
        delete(journal);
      }
    }
  }

  private static void print(final Stage stage) {
    final StringBuilder text = new StringBuilder(String.format(Locale.ROOT, "%-18s %,9d %,10.0f", stage.mode().label(),
        stage.rate(), stage.achievedRate()));
    if (stage.refusal().isEmpty()) {
      for (final double percentile : PERCENTILES) {
        text.append(micros(stage.latency().getValueAtPercentile(percentile)));
      }
      text.append(micros(stage.latency().getMaxValue()));
    } else {
      text.append(' ').append(stage.refusal());
    }
    text.append(String.format(Locale.ROOT, " %6.1f  %s%s%s", stage.bytesPerCommand(),
        micros(stage.jitter().getValueAtPercentile(99.99)), micros(stage.jitter().getMaxValue()),
        stage.isSustained() ? "" : "  the queue grew"));
    say("%s", text);
  }

  private ObjectNode node(final Stage stage) {
    final ObjectNode node = mapper.createObjectNode().put("mode", stage.mode().label()).put("rate", stage.rate())
        .put("commands", stage.commands()).put("achievedRate", stage.achievedRate())
        .put("sustained", stage.isSustained()).put("saturated", stage.isSaturated())
        .put("bytesPerCommand", stage.bytesPerCommand()).put("refusal", stage.refusal())
        .put("file", stage.fileName());
    if (stage.refusal().isEmpty()) {
      node.set("latencyNs", percentiles(stage.latency()));
      node.set("curve", curve(stage.latency()));
    }
    node.set("jitterNs", percentiles(stage.jitter()));
    return node;
  }

  private ObjectNode percentiles(final Histogram histogram) {
    final ObjectNode node = mapper.createObjectNode();
    for (final double percentile : PERCENTILES) {
      node.put("p" + Double.toString(percentile).replaceAll("\\.0$", ""), histogram.getValueAtPercentile(percentile));
    }
    return node.put("worst", histogram.getMaxValue());
  }

  /** Pairs of 1 / (1 - percentile) and nanoseconds, as the percentile plot has them. */
  private ArrayNode curve(final Histogram histogram) {
    final ArrayNode curve = mapper.createArrayNode();
    for (final HistogramIterationValue value : histogram.percentiles(5)) {
      final double level = value.getPercentileLevelIteratedTo();
      if (level < 100) {
        curve.addArray().add(100 / (100 - level)).add(value.getValueIteratedTo());
      }
    }
    return curve;
  }

  private static String micros(final long nanos) {
    return String.format(Locale.ROOT, " %,9.1f", nanos / 1e3);
  }

  private static void say(final String format, final Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }

  private static void delete(final Path place) throws IOException {
    try (Stream<Path> paths = Files.walk(place)) {
      for (final Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
