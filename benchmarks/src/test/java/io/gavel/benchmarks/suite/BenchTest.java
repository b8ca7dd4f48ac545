package io.gavel.benchmarks.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.gavel.adapters.market.flow.FlowScenario;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchTest {

  @TempDir
  private Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void shouldSayWhatIsWrongWithAnArgument() {
    assertRefused("--profile slow; expected quick, full or smoke", "--profile", "slow");
    assertRefused("--only tapes; expected flows, books, engine, latency, micro", "--only", "tapes");
    assertRefused("Unknown option: '--fast'", "--fast");
  }

  @Test
  void shouldMakeTapesThatOurBookPlaysAsTheReplayDoes() throws IOException {
    final TapeFiles tapes = new TapeFiles(folder);
    final Contender ours = Contender.all(folder, new java.util.ArrayList<>()).get(0);
    final Progress progress = new Progress(new PrintStream(err, true, StandardCharsets.UTF_8));
    final SideBySide sideBySide = new SideBySide(List.of(ours), progress);

    final BookRow flow = sideBySide.play(tapes.flow(FlowScenario.FLASH_CRASH, 300), 1, 1);
    final BookRow mix = sideBySide.play(tapes.mix(100), 1, 1);

    assertTrue(flow.ours().isPresent(), () -> flow.entries().toString());
    assertTrue(mix.ours().isPresent(), () -> mix.entries().toString());
    assertTrue(flow.ours().orElseThrow().handedOffRate() > 0);
  }

  @Test
  void shouldRunEveryPartAndWriteItsFiles() throws IOException {
    System.setProperty("gavel.home", folder.toString());

    final int exit = run("--profile", "smoke", "--json", "--out", folder.toString());

    final BenchResults results = new ObjectMapper().readValue(out.toString(StandardCharsets.UTF_8), BenchResults.class);
    assertEquals(1, exit, "no peer is built here, and the table says so");
    assertEquals(3, results.problems().stream().filter(problem -> problem.contains("is not built")).count());
    assertEquals(5, results.flows().stream().filter(row -> row.ours().isPresent()).count(), () -> results.toString());
    assertEquals(1, results.books().stream().filter(row -> row.ours().isPresent()).count());
    assertEquals(5, results.engine().size(), () -> results.problems().toString());
    assertEquals(4, results.stages().size());
    assertTrue(results.micro().size() >= 3);
    for (final String name : List.of("results.json", "env.json", "jmh.json", "report.html", "invoker-10k.hgrm",
        "dedicated-journal-10k.hlog")) {
      assertTrue(Files.size(folder.resolve(name)) > 0, name);
    }
  }

  @Test
  void shouldReadBackWhatItWrites() throws IOException {
    final ObjectMapper mapper = new ObjectMapper();
    final BenchResults results = SampleResults.results();

    final BenchResults again = mapper.readValue(mapper.writeValueAsString(results), BenchResults.class);

    assertEquals(new ConsoleTable(results).lines(), new ConsoleTable(again).lines());
  }

  private void assertRefused(final String expected, final String... args) {
    err.reset();
    assertEquals(2, run(args));
    assertTrue(err.toString(StandardCharsets.UTF_8).contains(expected), err::toString);
  }

  private int run(final String... args) {
    return Bench.run(new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8), args);
  }
}
