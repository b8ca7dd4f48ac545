package io.gavel.adapters.backtest;

import io.gavel.adapters.backtest.result.RunResult;
import io.gavel.adapters.backtest.run.Progress;
import io.gavel.adapters.backtest.run.Run;
import io.gavel.adapters.backtest.run.RunException;
import io.gavel.adapters.backtest.scenario.Scenario;
import io.gavel.adapters.backtest.scenario.ScenarioReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A scenario to be replayed through the engine that a host embeds.
 *
 * <pre>{@code
 *   BacktestResult result = Backtest.scenario(Path.of("scenario.yaml"))
 *       .set("rules.tp1.tpTriggerPx", "950")
 *       .out(Path.of("out"))
 *       .run(Progress.NONE);
 *   result.print(System.out);
 * }</pre>
 *
 * <p>One thread. Mistakes are a {@code ScenarioException} that names them all, a bad row a {@code TapeException}, an
 * engine that refuses or halts a {@code RunException}.
 */
public final class Backtest {

  /** Marks a directory as the output of a backtest, so that the next one may replace it. */
  static final String MARKER = ".gavel-backtest";

  private static final String JOURNAL = "journal";
  private static final String DEMO = "demo.yaml";

  private final @Nullable Path file;
  private final List<String> overrides = new ArrayList<>();
  private @Nullable Path out;

  private Backtest(final @Nullable Path file) {
    this.file = file;
  }

  /** A scenario file; paths in it are relative to its directory. */
  public static Backtest scenario(final Path file) {
    return new Backtest(file);
  }

  /** The bundled scenario: a real week of Bitcoin and ten rules. */
  public static Backtest demo() {
    return new Backtest(null);
  }

  /** Replaces one value of the scenario, as {@code --set path=value} does. */
  public Backtest set(final String path, final String value) {
    return override(path + "=" + value);
  }

  /** As {@link #set}, in one text. */
  public Backtest override(final String pathAndValue) {
    overrides.add(pathAndValue);
    return this;
  }

  /**
   * Where the journal, the report and the tables go; absent: the journal is kept in memory and nothing is written. The
   * output of an earlier backtest there is replaced, anything else is refused.
   */
  public Backtest out(final Path dir) {
    out = dir;
    return this;
  }

  /** Reads and checks the scenario without running it. */
  public Scenario read() {
    if (null != file) {
      return ScenarioReader.read(file, overrides);
    }
    try (InputStream in = Backtest.class.getResourceAsStream(DEMO)) {
      if (null == in) {
        throw new RunException("the bundled " + DEMO + " is missing");
      }
      return ScenarioReader.read(DEMO, new String(in.readAllBytes(), StandardCharsets.UTF_8), Path.of(""), overrides);
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Plays the whole tape; what the scenario's {@code report} asks for is written to {@link #out}. */
  public BacktestResult run(final Progress progress) {
    final Scenario scenario = read();
    final Path dir = out;
    final Path journal = null == dir ? null : prepare(dir);
    final RunResult result;
    try (Run run = new Run(scenario, journal)) {
      result = run.play(progress);
    }
    final BacktestResult finished = new BacktestResult(result);
    if (null != dir) {
      finished.write(dir, scenario.report());
    }
    return finished;
  }

  private static Path prepare(final Path dir) {
    final Path journal = dir.resolve(JOURNAL);
    try {
      if (isInUse(journal) && !Files.exists(dir.resolve(MARKER))) {
        throw new RunException(journal + " holds a journal that no backtest wrote: choose another directory");
      }
      delete(journal);
      Files.createDirectories(dir);
      Files.writeString(dir.resolve(MARKER), "The output of a backtest: the next one may replace it.\n");
      return journal;
    } catch (final IOException e) {
      throw new RunException(dir + " cannot be written: " + e.getMessage(), e);
    }
  }

  private static boolean isInUse(final Path journal) throws IOException {
    if (!Files.isDirectory(journal)) {
      return Files.exists(journal);
    }
    try (Stream<Path> entries = Files.list(journal)) {
      return entries.findAny().isPresent();
    }
  }

  private static void delete(final Path journal) throws IOException {
    if (!Files.exists(journal)) {
      return;
    }
    final List<Path> deepestFirst;
    try (Stream<Path> tree = Files.walk(journal)) {
      deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
    }
    for (final Path path : deepestFirst) {
      Files.delete(path);
    }
  }
}
