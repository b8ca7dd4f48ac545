package io.gavel.adapters.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Goal: a tape out of a seed goes through the book, and its reports, their hash and the rates are told. */
class MatchVerbTest {

  @TempDir
  private Path dir;

  @Test
  void shouldGenerateATapeAndMatchIt() throws IOException, NoSuchAlgorithmException {
    final Path tape = dir.resolve("orders_swing-25_s3_n2000.bin");
    final Path reports = dir.resolve("reports.txt");

    final CliRun made = CliRun.of(
        "data", "gen", "flow", tape.toString(), "--scenario", "swing-25", "--seed", "3", "--orders", "2000", "--json");
    final CliRun run = CliRun.of("match", tape.toString(), "--reports", reports.toString(), "--passes", "2", "--json");

    assertEquals(0, made.exitCode(), made.err());
    assertEquals(2_000, made.json().path("newOrders").asInt());
    assertEquals(0, run.exitCode(), run.err());
    final JsonNode json = run.json();
    final byte[] text = Files.readAllBytes(reports);
    assertEquals(made.json().path("messages").asInt(), json.path("messages").asInt());
    assertEquals(sha256(text), json.path("sha256").asText());
    assertEquals(new String(text, StandardCharsets.US_ASCII).lines().count(),
        json.path("reports").asLong());
    assertTrue(json.path("same").asBoolean());
    for (final String rate : List.of("coldRate", "bookRate", "handedOffRate", "bestBookRate", "bestHandedOffRate")) {
      assertTrue(json.path(rate).asLong() > 0, rate + run.out());
    }
    assertTrue(run.err().contains("100 %"), run.err());
  }

  @Test
  void shouldShowATableInBothLanguages() {
    final String tape = tape("t.bin.gz");

    final CliRun english = CliRun.of("match", tape, "--passes", "1");
    final CliRun chinese = CliRun.of("match", tape, "--passes", "0", "--lang", "zh");

    assertEquals(0, english.exitCode(), english.err());
    assertTrue(english.out().contains("SHA-256"), english.out());
    assertTrue(english.out().contains("book alone"), english.out());
    assertEquals(3, english.out().lines().filter(line -> line.contains(" M/s")).count(), english.out());
    assertEquals(0, chinese.exitCode(), chinese.err());
    assertTrue(chinese.out().contains("冷启动"), chinese.out());
    assertFalse(chinese.out().contains("仅订单簿"), chinese.out());
  }

  @Test
  void shouldMakeTheSameTapeOfTheSameSeed() throws IOException {
    final byte[] first = Files.readAllBytes(Path.of(tape("a.bin")));

    assertTrue(Arrays.equals(first, Files.readAllBytes(Path.of(tape("b.bin")))));
    assertEquals(0, CliRun.of("data", "gen", "flow", dir.resolve("c.bin").toString(), "--orders", "300",
        "--overlap", "20", "--lang", "zh").exitCode());
    assertFalse(Arrays.equals(first, Files.readAllBytes(dir.resolve("c.bin"))));
  }

  @Test
  void shouldNameTheRecordThatIsWrong() throws IOException {
    final Path tape = Path.of(tape("t.bin"));
    final byte[] bytes = Files.readAllBytes(tape);

    bytes[16 + 40 * 7] = 9;
    Files.write(tape, bytes);
    assertUnusable("record 8: type 9", "match", tape.toString());
    Files.write(tape, Arrays.copyOf(bytes, 16 + 40 * 3 + 5));
    assertUnusable("record 4: cut short", "match", tape.toString());
    Files.writeString(tape, "not a tape at all, but long enough");
    assertUnusable("is no order flow", "match", tape.toString());
  }

  /** Only the book knows which ids are live. */
  @Test
  void shouldNameTheRecordThatUsesALiveIdAgain() throws IOException {
    final Path tape = Path.of(tape("t.bin"));
    final byte[] bytes = Files.readAllBytes(tape);
    final byte[] twice = Arrays.copyOf(bytes, 16 + 80);
    System.arraycopy(bytes, 16, twice, 56, 40);
    twice[12] = 2;
    twice[13] = 0;
    twice[18] = 0;
    twice[58] = 0;
    twice[16] = 0;
    Files.write(tape, twice);

    assertUnusable("record 2: new order", "match", tape.toString());
    assertUnusable("record 2: new order", "match", tape.toString(), "--json");
  }

  @Test
  void shouldSayWhatCannotBeReadOrWritten() {
    final String tape = tape("t.bin");

    assertUnusable("nowhere.bin", "match", dir.resolve("nowhere.bin").toString());
    assertUnusable("nowhere.bin.gz", "match", dir.resolve("nowhere.bin.gz").toString());
    assertUnusable(dir.toString(), "match", dir.toString());
    assertUnusable("no/such", "match", tape, "--reports", dir.resolve("no/such").toString());
    assertUnusable("no/such", "data", "gen", "flow", dir.resolve("no/such").toString(), "--orders", "5");
  }

  @Test
  void shouldRefuseWrongValuesOfOptions() {
    final String tape = tape("t.bin");
    final String file = dir.resolve("x.bin").toString();

    assertUnusable("--passes", "match", tape, "--passes", "-1");
    assertUnusable("--passes", "match", tape, "--passes", "many");
    assertUnusable("TAPE", "match");
    assertUnusable("flash", "data", "gen", "flow", file, "--scenario", "flash");
    assertUnusable("--orders", "data", "gen", "flow", file, "--orders", "0");
    assertUnusable("--overlap", "data", "gen", "flow", file, "--orders", "5", "--overlap", "6");
    assertUnusable("candles", "data", "gen", "candles", file);
    assertUnusable("FILE", "data", "gen", "flow");
    assertUnusable("data", "data");
    assertFalse(Files.exists(Path.of(file)));
  }

  @Test
  void shouldExplainTheVerbsBelowData() {
    for (final String language : List.of("en", "zh")) {
      final CliRun data = CliRun.of("data", "--help", "--lang", language);
      final CliRun gen = CliRun.of("data", "gen", "--help", "--lang", language);

      assertEquals(0, data.exitCode(), data.err());
      assertTrue(data.out().contains("gen"), data.out());
      assertEquals(0, gen.exitCode(), gen.err());
      assertTrue(gen.out().contains("flash-crash"), gen.out());
    }
  }

  private String tape(final String name) {
    final String file = dir.resolve(name).toString();
    final CliRun made = CliRun.of("data", "gen", "flow", file, "--orders", "300");
    assertEquals(0, made.exitCode(), made.err());
    assertTrue(made.out().contains(file), made.out());
    return file;
  }

  private static void assertUnusable(final String saying, final String... args) {
    final CliRun run = CliRun.of(args);
    final String context = String.join(" ", args) + "\n" + run.err();
    assertEquals(2, run.exitCode(), context);
    assertTrue(run.err().contains(saying), context);
    assertFalse(run.err().contains("\tat "), context);
  }

  private static String sha256(final byte[] bytes) throws NoSuchAlgorithmException {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }
}
