package io.gavel.adapters.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Goal: a run tells its outcome in every form, and its journal answers the question that it teaches. */
class RunVerbsTest {

  private static final String SCENARIO = """
      name: small
      data: { trades: tape.csv }
      instrument: { instId: BTC-USD, tickSz: 0.01, lotSz: 0.001, baseScale: 8, quoteScale: 6 }
      accounts:
        - { name: alice, deposits: { BTC: 1 } }
      rules:
        - { algoClOrdId: tp, acct: alice, side: sell, ordType: conditional, tpTriggerPx: 101, tpOrdPx: -1,
            triggerPxType: last, sz: 0.5 }
      report: { html: true, export: [csv] }
      """;

  @Test
  void shouldRunAScenarioAndExplainIt(@TempDir final Path dir) throws IOException {
    final Path out = dir.resolve("out");
    final Path scenario = scenario(dir, "1,100,1\n2,100.5,1\n3,101.5,2\n4,101,3\n");

    final CliRun run = CliRun.of("backtest", scenario.toString(), "--out", out.toString(), "--json");

    assertEquals(0, run.exitCode(), run.err());
    final JsonNode json = run.json();
    assertEquals("small", json.path("name").asText());
    assertTrue(json.path("stateHash").asText().matches("[0-9a-f]{64}"), run.out());
    assertEquals(4, json.path("rows").asLong());
    assertEquals(1, json.path("triggers").asLong());
    assertTrue(Files.size(Path.of(json.path("report").asText())) > 10_000);
    final String journal = json.path("journal").asText();
    assertEquals(0, CliRun.of("verify", journal).exitCode());
    assertEquals(0, CliRun.of("verify", out.toString()).exitCode());
    assertEquals(0, CliRun.of("stat", out.toString()).exitCode());
    final JsonNode replay = CliRun.of("replay", journal, "--json").json();
    assertEquals(json.path("stateHash"), replay.path("stateHash"));
    final CliRun why = CliRun.of("explain", journal, "--rule", "tp");
    assertTrue(why.out().contains("last 101.5 >= take-profit level 101"), why.out());
  }

  @Test
  void shouldTellTheOutcomeInTablesAndInChinese(@TempDir final Path dir) throws IOException {
    final Path scenario = scenario(dir, "1,100,1\n2,101.5,2\n3,101,3\n");

    final CliRun english = CliRun.of("backtest", scenario.toString());
    final CliRun chinese = CliRun.of("backtest", scenario.toString(), "--lang", "zh");
    final CliRun never = CliRun.of("backtest", scenario.toString(), "--set", "rules.tp.tpTriggerPx=200", "--json");

    assertEquals(0, english.exitCode(), english.err());
    assertTrue(english.out().contains("state hash"), english.out());
    assertFalse(english.out().contains("\u001b"), english.out());
    assertTrue(chinese.out().codePoints().anyMatch(c -> c > 0x2E80), chinese.out());
    assertEquals(0, never.json().path("triggers").asLong(), never.err());
  }

  @Test
  void shouldNameTheRowOfATapeThatIsWrong(@TempDir final Path dir) throws IOException {
    final CliRun backwards = CliRun.of("backtest", scenario(dir, "5,100,1\n4,100,1\n").toString());
    final CliRun letters = CliRun.of("backtest", scenario(dir, "1,100,1\n2,many,1\n").toString());

    assertEquals(2, backwards.exitCode(), backwards.err());
    assertTrue(backwards.err().contains("tape.csv"), backwards.err());
    assertEquals(2, letters.exitCode(), letters.err());
    assertTrue(letters.err().contains("many"), letters.err());
    Files.delete(dir.resolve("tape.csv"));
    assertEquals(2, CliRun.of("backtest", dir.resolve("s.yaml").toString()).exitCode());
  }

  private static Path scenario(final Path dir, final String tape) throws IOException {
    Files.writeString(dir.resolve("tape.csv"), tape);
    return Files.writeString(dir.resolve("s.yaml"), SCENARIO);
  }
}
