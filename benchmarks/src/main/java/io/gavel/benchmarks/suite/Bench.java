package io.gavel.benchmarks.suite;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.gavel.benchmarks.suite.HostCheck.Host;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Entry of {@code gavel bench}. The table goes to standard output, what is being done to standard error. */
@Command(name = "gavel bench", mixinStandardHelpOptions = true, sortOptions = false,
    description = "Measures the books, the whole engine and its latency, beside the peers that are built."
        + " No figure stands whose run ended elsewhere than it should.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:all was measured", "1:something gave no figure; the table says what and why",
        "2:wrong use", "5:it could not be built"})
public final class Bench implements Callable<Integer> {

  private static final int OK = 0;
  private static final int FINDING = 1;
  private static final List<String> PARTS = List.of("flows", "books", "engine", "latency", "micro");

  @Option(names = "--profile", paramLabel = "quick|full|smoke",
      description = "how much (default: quick, a few minutes; smoke: does it run)")
  private String profile = "quick";

  @Option(names = "--out", paramLabel = "DIR", description = "where results go (default: out/bench-DATE)")
  private @Nullable Path out;

  @Option(names = "--json", description = "prints results.json instead of the table")
  private boolean json;

  @Option(names = "--only", split = ",", paramLabel = "PART", description = "flows, books, engine, latency, micro")
  private List<String> only = PARTS;

  @Option(names = "--profiler", paramLabel = "NAME", description = "of JMH, beside gc: perfasm, perfnorm, async")
  private String profiler = "";

  private final PrintStream stdout;
  private final PrintStream stderr;

  Bench(final PrintStream stdout, final PrintStream stderr) {
    this.stdout = stdout;
    this.stderr = stderr;
  }

  public static void main(final String[] args) {
    final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    final PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
    System.exit(run(out, err, args));
  }

  static int run(final PrintStream out, final PrintStream err, final String... args) {
    final CommandLine line = new CommandLine(new Bench(out, err));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setOut(new java.io.PrintWriter(out, true, StandardCharsets.UTF_8));
    line.setErr(new java.io.PrintWriter(err, true, StandardCharsets.UTF_8));
    line.setExecutionExceptionHandler((e, command, parsed) -> {
      err.println("gavel bench: " + e.getMessage());
      return e instanceof IllegalArgumentException ? 2 : FINDING;
    });
    return line.execute(args);
  }

  @Override
  public Integer call() throws IOException {
    final Profile chosen = profile(profile);
    for (final String part : only) {
      if (!PARTS.contains(part)) {
        throw new IllegalArgumentException("--only " + part + "; expected " + String.join(", ", PARTS));
      }
    }
    final Instant began = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    final Path home = Path.of(System.getProperty("gavel.home", "")).toAbsolutePath();
    final Path folder = null != out ? out
        : Path.of("out", "bench-" + began.toString().replaceAll("[-:]", "").replace("T", "-").replace("Z", ""));
    Files.createDirectories(folder);
    final Path tapes = Files.createTempDirectory("gavel-bench-tapes");
    try {
      final BenchResults results = measure(chosen, began, home, folder, tapes);
      write(results, folder);
      return results.isWhole() ? OK : FINDING;
    } finally {
      delete(tapes);
    }
  }

  private BenchResults measure(final Profile chosen, final Instant began, final Path home, final Path folder,
      final Path tapes) throws IOException {
    final Progress progress = new Progress(stderr);
    progress.step("host");
    final Host host = new HostCheck(Path.of("/")).look(System.getProperty("gavel.revision", "unknown"));
    final List<String> missing = new ArrayList<>();
    final List<Contender> contenders = Contender.all(home.resolve("benchmarks"), missing);
    final List<String> problems = new ArrayList<>();
    missing.forEach(name -> problems.add(name + " is not built (benchmarks/run peers builds it): not in the tables"));
    final Sections sections = new Sections(chosen, folder, host, new TapeFiles(tapes),
        new SideBySide(contenders, progress), progress, problems);
    final JsonNode none = JsonNodeFactory.instance.objectNode();
    final List<BookRow> flows = only.contains("flows") ? sections.flows() : List.of();
    final List<BookRow> books = only.contains("books") ? sections.books() : List.of();
    final JsonNode engine = only.contains("engine") ? sections.engine() : none;
    final JsonNode loop = only.contains("engine") ? sections.closedLoop() : none;
    final JsonNode latency = only.contains("latency") ? sections.latency() : none;
    final JsonNode micro = only.contains("micro") ? sections.micro(profiler) : none;
    return new BenchResults(chosen.label(), began.toString(), began.until(Instant.now(), ChronoUnit.SECONDS), host,
        Fork.TAPE_FLAGS, flows, books, EngineRow.of(engine), engine.path("stateHash").asText(),
        EngineRow.closedLoopNs(loop), StageRow.of(latency), latency.path("stateHash").asText(),
        MicroRow.of(micro), problems);
  }

  private void write(final BenchResults results, final Path folder) throws IOException {
    final ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    mapper.writeValue(folder.resolve("results.json").toFile(), results);
    mapper.writeValue(folder.resolve("env.json").toFile(), results.host());
    Files.writeString(folder.resolve("report.html"), BenchPage.of(results));
    if (json) {
      stdout.println(mapper.writeValueAsString(results));
    } else {
      new ConsoleTable(results).lines().forEach(stdout::println);
    }
    stderr.println("results in " + folder + ": results.json, env.json, jmh.json, *.hgrm, *.hlog, report.html");
  }

  private static Profile profile(final String label) {
    for (final Profile candidate : Profile.values()) {
      if (candidate.label().equals(label)) {
        return candidate;
      }
    }
    throw new IllegalArgumentException("--profile " + label + "; expected quick, full or smoke");
  }

  private static void delete(final Path place) throws IOException {
    try (Stream<Path> paths = Files.walk(place)) {
      for (final Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
