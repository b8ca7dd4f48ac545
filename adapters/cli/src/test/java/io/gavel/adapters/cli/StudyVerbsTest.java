package io.gavel.adapters.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Goal: data that cannot be believed is told before anybody believes what came of it, and a rule's past before it is
 * armed. Method: one small tape for each thing that can be wrong with one, and one whose firings are counted by hand.
 */
class StudyVerbsTest {

  private static final String HEAD = """
      name: small
      data: { trades: [tape.csv%s] }
      instrument: { instId: BTC-USD, tickSz: 0.01, lotSz: 0.001, baseScale: 8, quoteScale: 6 }
      accounts:
        - { name: alice, deposits: { BTC: 10 } }
      rules:
        - { algoClOrdId: sl, side: sell, ordType: conditional, slTriggerPx: 99, triggerPxType: last, sz: 0.5 }
      """;

  @Test
  void shouldFindNothingWrongWithAQuietTape(@TempDir final Path dir) throws IOException {
    final CliRun run = CliRun.of("check", scenario(dir, "", "1000,100,1\n1060,100.5,1\n1120,101,1\n"));

    assertEquals(0, run.exitCode(), run.out() + run.err());
    assertTrue(run.out().contains("nothing found"), run.out());
    assertEquals(0, CliRun.of("check", "demo:", "--gap", "10800").exitCode());
  }

  @Test
  void shouldFindGapsJumpsAndRulesThatHearNothing(@TempDir final Path dir) throws IOException {
    final String file = scenario(dir, "", "1000,100,1\n1060,115,1\n9000,115,1\n99000,115,1\n");

    final CliRun run = CliRun.of("check", file, "--json", "--set", "rules.sl.armAt=2030-01-01T00:00:00Z");

    assertEquals(1, run.exitCode(), run.err());
    final JsonNode gap = finding(run.json(), "gap");
    assertEquals(2, gap.path("count").asLong(), run.out());
    assertEquals("90000", gap.path("value").asText());
    assertEquals(4, gap.path("row").asLong());
    assertEquals("15", finding(run.json(), "jump").path("value").asText());
    assertEquals("sl", finding(run.json(), "never_heard").path("tape").asText());
    assertTrue(CliRun.of("check", file, "--lang", "zh").out().contains("缺口"), run.out());
  }

  @Test
  void shouldFindTapesThatTellOneTradeTwice(@TempDir final Path dir) throws IOException {
    Files.writeString(dir.resolve("again.csv"), "1030,100,1\n1090,100,1\n");

    final CliRun run = CliRun.of("check", scenario(dir, ", again.csv", "1000,100,1\n1060,100,1\n"), "--json");

    assertEquals(1, run.exitCode(), run.err());
    assertEquals("30", finding(run.json(), "overlap").path("value").asText(), run.out());
  }

  @Test
  void shouldFindADamagedRow(@TempDir final Path dir) throws IOException {
    final CliRun run = CliRun.of("check", scenario(dir, "", "1000,100,1\n900,100,1\n"), "--json");

    assertEquals(1, run.exitCode(), run.err());
    assertTrue(finding(run.json(), "damaged").path("detail").asText().contains("out of order"), run.out());
  }

  @Test
  void shouldFindBarsThatTellTheirExtremesBeforeTheTrades(@TempDir final Path dir) throws IOException {
    Files.writeString(dir.resolve("bars.csv"), "960,100,101,99,100,5\n1020,100,101,99,100,5\n");
    final String file = scenario(dir, "", "1000,100,1\n1060,100,1\n");
    final Path path = Path.of(file);
    Files.writeString(path, Files.readString(path).replace("trades: [tape.csv]", "trades: tape.csv, klines: bars.csv"));

    final CliRun run = CliRun.of("check", file, "--json");

    assertEquals(1, run.exitCode(), run.err());
    assertEquals("bars.csv", finding(run.json(), "look_ahead_bars").path("detail").asText(), run.out());
  }

  @Test
  void shouldFindMarksThatKnowTheNextTrade(@TempDir final Path dir) throws IOException {
    final StringBuilder trades = new StringBuilder();
    final StringBuilder knowing = new StringBuilder();
    final StringBuilder late = new StringBuilder();
    for (int i = 0; i < 60; i++) {
      trades.append(1000 + 10 * i).append(',').append(100 + i % 7).append(",1\n");
      knowing.append(1005 + 10 * i).append(',').append(100 + (i + 1) % 7).append('\n');
      late.append(1005 + 10 * i).append(',').append(100 + i % 7).append('\n');
    }
    Files.writeString(dir.resolve("tape.csv"), trades);
    final String contract = """
        name: small
        data: { trades: tape.csv, mark: mark.csv }
        instrument: { instId: BTC-USDT-SWAP, kind: linear-perpetual, tickSz: 0.01, lotSz: 0.001, baseScale: 8,
                      quoteScale: 6 }
        venue: { tiers: [ { notional: 0, initial: 0.1, maintenance: 0.05 } ] }
        accounts:
          - { name: alice, tdMode: cross, deposits: { USDT: 10 } }
        """;
    final String file = Files.writeString(dir.resolve("s.yaml"), contract).toString();

    Files.writeString(dir.resolve("mark.csv"), knowing);
    final CliRun knows = CliRun.of("check", file, "--json");
    Files.writeString(dir.resolve("mark.csv"), late);
    final CliRun follows = CliRun.of("check", file, "--json");

    assertEquals(1, knows.exitCode(), knows.err());
    assertEquals("100", finding(knows.json(), "look_ahead_mark").path("value").asText(), knows.out());
    assertEquals(0, follows.exitCode(), follows.out());
  }

  @Test
  void shouldCountWhatARuleWouldHaveDone(@TempDir final Path dir) throws IOException {
    // Armed at 0 h and 1 h the stop at 99 fires at 97.5, at 2 h it is crossed already, at 3 h nothing comes near.
    final String quiet = scenario(dir, "", """
        1000000,100,1
        1003600,100,1
        1005000,97.5,1
        1007200,97,1
        1010000,105,1
        1010800,105,1
        1012000,103,1
        """);

    final CliRun run = CliRun.of("preview", quiet, "--every", "1", "--json");

    assertEquals(0, run.exitCode(), run.err());
    final JsonNode json = run.json();
    assertEquals(4, json.path("trials").size(), run.out());
    assertEquals(2, json.path("fired").asInt(), run.out());
    assertEquals(1, json.path("refused").asInt(), run.out());
    assertEquals("1.50", json.path("worstGap").asText(), run.out());
    assertEquals("4.00", json.path("trials").get(3).path("missing").asText(), run.out());
    assertTrue(json.path("sentence").asText().contains("fired 2 times and been refused 1 times"), run.out());
    final CliRun chinese = CliRun.of("preview", quiet, "--every", "1", "--lang", "zh");
    assertTrue(chinese.out().contains("会触发 2 次，被拒绝 1 次"), chinese.out());
  }

  @Test
  void shouldHoldWhatWasBestInSampleAgainstWhatCameAfter(@TempDir final Path dir) throws IOException {
    // In the first half the low stop is not met and the price recovers; in the second it falls on and on.
    final String file = scenario(dir, "", """
        1000,100,9
        1100,98,9
        1199,110,9
        1200,100,9
        1300,97,9
        1399,80,9
        """);
    final String[] ask = {"sweep", file, "--vary", "rules.sl.slTriggerPx=99,90", "--folds", "1", "--json"};

    final CliRun run = CliRun.of(ask);

    assertEquals(0, run.exitCode(), run.err());
    final JsonNode step = run.json().path("steps").get(0);
    assertEquals("rules.sl.slTriggerPx=90", step.path("chosen").asText(), run.out());
    assertEquals("rules.sl.slTriggerPx=99", step.path("bestAfter").asText(), run.out());
    assertTrue(step.path("inSampleBps").asText().charAt(0) != '-', run.out());
    assertEquals('-', step.path("outOfSampleBps").asText().charAt(0), run.out());
    assertEquals("1100", run.json().path("choices").get(1).path("stretches").get(0).path("equity").asText()
        .replaceAll("\\.0+$", ""), run.out());
    assertEquals(run.json().path("hash"), CliRun.of(ask).json().path("hash"));
    assertTrue(CliRun.of("sweep", file, "--vary", "rules.sl.slTriggerPx=99,90", "--lang", "zh").out()
        .contains("样本外"));
    assertTrue(refused("sweep", file, "--vary", "novalue").contains("PATH=V1,V2"));
    assertTrue(refused("sweep", file, "--vary", "rules.sl.slTriggerPx=99.001").contains("99.001"));
    assertTrue(refused("sweep", file, "--vary", "rules.sl.sz=1", "--folds", "0").contains("--folds"));
  }

  @Test
  void shouldTeachWhatCanBePreviewed(@TempDir final Path dir) throws IOException {
    final String file = scenario(dir, "", "1000,100,1\n9999999,100,1\n");

    assertTrue(refused("preview", file, "--rule", "tp").contains("it has: sl"));
    assertTrue(refused("preview", "demo:").contains("trail-8"));
    assertTrue(refused("preview", file, "--every", "0").contains("--every"));
    assertTrue(refused("preview", file, "--days", "-1").contains("--days"));
    assertTrue(refused("preview", file, "--every", "1").contains("arm less often"));
    assertTrue(refused("check", file, "--gap", "0").contains("--gap"));
    assertTrue(refused("check", dir.resolve("no.yaml").toString()).contains("no.yaml"));
  }

  private static String refused(final String... args) {
    final CliRun run = CliRun.of(args);
    assertEquals(2, run.exitCode(), run.out() + run.err());
    return run.err();
  }

  private static JsonNode finding(final JsonNode json, final String kind) {
    return StreamSupport.stream(json.path("findings").spliterator(), false)
        .filter(one -> kind.equals(one.path("kind").asText())).findFirst().orElseThrow();
  }

  private static String scenario(final Path dir, final String more, final String tape) throws IOException {
    Files.writeString(dir.resolve("tape.csv"), tape);
    return Files.writeString(dir.resolve("s.yaml"), HEAD.formatted(more)).toString();
  }
}
