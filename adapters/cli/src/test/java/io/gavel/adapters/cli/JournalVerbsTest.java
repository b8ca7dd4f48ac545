package io.gavel.adapters.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.gavel.engine.journal.DirectoryLock;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Goal: the verbs that look at a journal say the truth about it. Method: one session through the pipe in which a stop
 * fires, a take-profit and a sleeping trailing stop do not, and an order and a rule are refused; then every question.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JournalVerbsTest {

  private static final String[] LINES = {
      "{'op':'asset','ccy':'USDT','scale':6,'ts':1000000000}", "{'op':'asset','ccy':'BTC','scale':8}",
      "{'op':'instrument','instId':'BTC-USDT','tickSz':'0.1','lotSz':'0.001','takerFee':'0.0005'}",
      "{'op':'account','acct':'alice'}", "{'op':'account','acct':'mm'}",
      "{'op':'deposit','acct':'alice','ccy':'BTC','amt':'2'}",
      "{'op':'deposit','acct':'mm','ccy':'USDT','amt':'1000000'}",
      "{'op':'order','acct':'mm','instId':'BTC-USDT','side':'buy','ordType':'limit','px':'1041.5','sz':'0.2'}",
      "{'op':'order','acct':'mm','instId':'BTC-USDT','side':'buy','ordType':'limit','px':'1041.1','sz':'5',"
          + "'clOrdId':'deep'}",
      "{'op':'rule','acct':'alice','instId':'BTC-USDT','algoClOrdId':'stop','sz':'0.5','slTriggerPx':'1043',"
          + "'tpTriggerPx':'1100','triggerPxType':'mark'}",
      "{'op':'rule','acct':'alice','instId':'BTC-USDT','algoClOrdId':'asleep','sz':'0.1','callbackRatio':'0.02',"
          + "'activePx':'1200','triggerPxType':'mark'}",
      "{'op':'price','instId':'BTC-USDT','pxType':'mark','px':'1090','ts':2000000000}",
      "{'op':'rule','acct':'alice','instId':'BTC-USDT','algoClOrdId':'late','sz':'0.1','tpTriggerPx':'1080',"
          + "'triggerPxType':'mark'}",
      "{'op':'order','acct':'alice','instId':'BTC-USDT','side':'buy','ordType':'limit','px':'1','sz':'100',"
          + "'clOrdId':'poor'}",
      "{'op':'price','instId':'BTC-USDT','pxType':'mark','px':'1042.1','ts':3000000000}",
      "{'op':'rule','acct':'alice','instId':'BTC-USDT','algoClOrdId':'moon','sz':'0.1','tpTriggerPx':'1200',"
          + "'triggerPxType':'last'}",
      "{'op':'state'}"};

  private static final int FRAMES = LINES.length;

  private String journal = "";
  private JsonNode state;

  @BeforeAll
  void runTheSession(@TempDir final Path dir) {
    journal = dir.resolve("run").toString();
    final CliRun run = CliRun.withInput(String.join("\n", LINES).replace('\'', '"'), "pipe", "--dir", journal);
    assertEquals(0, run.exitCode(), run.err());
    state = run.lines().stream().filter(line -> "state".equals(line.path("event").asText())).findFirst()
        .orElseThrow();
    assertEquals(FRAMES, state.path("seq").asLong());
  }

  @Test
  void shouldDropNothingOfAJournalWithoutASnapshot() {
    final CliRun run = CliRun.of("retain", journal);
    assertEquals(0, run.exitCode(), run.err());
    assertTrue(run.out().startsWith("0 segments dropped; the journal begins behind sequence 0"), run.out());
    final JsonNode json = CliRun.of("retain", journal, "--json").json();
    assertEquals(0, json.path("dropped").size());
    assertEquals(0, json.path("neededBehind").asLong(-1));
    assertEquals(2, CliRun.of("retain", journal + "-nowhere").exitCode());
  }

  @Test
  void shouldFindACleanJournalClean() {
    final CliRun run = CliRun.of("verify", journal);

    assertEquals(0, run.exitCode(), run.out());
    assertTrue(run.out().contains(FRAMES + " frames"), run.out());
    assertEquals("CLEAN", CliRun.of("verify", journal, "--json").json().path("status").asText());
  }

  @Test
  void shouldNameTheSequenceOfAFlippedBit(@TempDir final Path copy) throws IOException {
    copyTree(Path.of(journal), copy);
    final Path file = queueFile(copy);
    final byte[] bytes = Files.readAllBytes(file);
    // The name of the rule stands in frame 14 and nowhere else: configuration, then the lines in order.
    final long at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("late");
    assertTrue(at > 0);
    try (RandomAccessFile handle = new RandomAccessFile(file.toFile(), "rw")) {
      handle.seek(at);
      handle.write(bytes[(int) at] ^ 0x04);
    }

    final CliRun verified = CliRun.of("verify", copy.toString());
    final CliRun replayed = CliRun.of("replay", copy.toString());
    final CliRun launched = CliRun.pipe(copy, "{\"op\":\"state\"}");

    assertEquals(1, verified.exitCode(), verified.out());
    assertTrue(verified.out().contains("sequence 14"), verified.out());
    assertEquals(14, CliRun.of("verify", copy.toString(), "--json").json().path("seq").asLong());
    assertEquals(1, replayed.exitCode(), replayed.err());
    assertTrue(replayed.err().contains("sequence 14"), replayed.err());
    assertEquals(1, launched.exitCode(), launched.err());
    assertTrue(launched.err().contains("sequence 14"), launched.err());
    assertFalse(launched.err().contains("\tat "), launched.err());
  }

  @Test
  void shouldTakeASnapshotFromWhichTheNextLaunchBegins(@TempDir final Path copy) throws IOException {
    copyTree(Path.of(journal), copy);
    final CliRun taken = CliRun.of("snapshot", copy.toString());
    final CliRun again = CliRun.of("snapshot", copy.toString(), "--json");

    assertEquals(0, taken.exitCode(), taken.err());
    assertTrue(taken.out().contains("snapshot of sequence " + FRAMES + ", hash " + state.path("hash").asText()),
        taken.out());
    assertEquals(0, again.exitCode(), again.err());
    assertFalse(again.json().path("taken").asBoolean());
    assertEquals(FRAMES, again.json().path("seq").asLong());
    final CliRun launched = CliRun.pipe(copy, "{\"op\":\"state\"}");
    assertEquals(0, launched.exitCode(), launched.err());
    assertTrue(launched.err().contains("recovered to sequence " + FRAMES + ", hash " + state.path("hash").asText()),
        launched.err());
    assertTrue(launched.err().contains("(snapshot " + FRAMES + ", 0 frames behind it)"), launched.err());
    assertTrue(launched.out().contains(state.path("hash").asText()), launched.out());
  }

  @Test
  void shouldPassOverADamagedSnapshotWithANotice(@TempDir final Path copy) throws IOException {
    copyTree(Path.of(journal), copy);
    assertEquals(0, CliRun.of("snapshot", copy.toString()).exitCode());
    try (Stream<Path> files = Files.list(copy.resolve("snapshots"))) {
      final Path file = files.findFirst().orElseThrow();
      final byte[] bytes = Files.readAllBytes(file);
      bytes[bytes.length / 2] ^= 1;
      Files.write(file, bytes);
    }
    final CliRun launched = CliRun.pipe(copy, "{\"op\":\"state\"}");
    assertEquals(0, launched.exitCode(), launched.err());
    assertTrue(launched.err().contains("a damaged snapshot was passed over"), launched.err());
    assertTrue(launched.out().contains(state.path("hash").asText()), launched.out());
    assertEquals(2, CliRun.of("snapshot", copy.resolve("journal").resolve("nothing").toString()).exitCode());
    assertEquals(2, CliRun.of("snapshot", copy.toString(), "--keep", "0").exitCode());
  }

  @Test
  void shouldReplayToTheSameHash() {
    final CliRun run = CliRun.of("replay", journal);
    final JsonNode json = CliRun.of("replay", journal, "--json").json();

    assertEquals(0, run.exitCode(), run.err());
    assertTrue(run.out().contains(state.path("hash").asText()), run.out());
    assertEquals(state.path("hash").asText(), json.path("stateHash").asText());
    assertEquals("SAME", json.path("comparison").asText());
    assertEquals(FRAMES, json.path("seq").asLong());
  }

  @Test
  void shouldPrintTheExecutionLog() {
    final CliRun run = CliRun.of("replay", journal, "--log");
    final CliRun chinese = CliRun.of("replay", journal, "--log", "--lang", "zh");
    final CliRun json = CliRun.of("replay", journal, "--log", "--json");

    assertEquals(0, run.exitCode(), run.err());
    assertTrue(run.out().contains("Z  16.2  alice  rule stop triggered: mark 1042.1 <= 1043 (leg 1, "), run.out());
    assertTrue(run.out().contains("15.0  alice  order poor (buy 100 BTC-USDT at 1) refused - INSUFFICIENT_BALANCE"),
        run.out());
    assertTrue(run.out().lines().allMatch(line -> line.startsWith("1970-01-01T00:00:0")), run.out());
    assertEquals(0, chinese.exitCode(), chinese.err());
    assertTrue(chinese.out().contains("规则 stop 已触发：标记价 1042.1 <= 1043"), chinese.out());
    assertEquals(2, json.exitCode());
    assertTrue(json.err().contains("--json"), json.err());
  }

  @Test
  void shouldReplayPartOfAJournal() {
    final JsonNode json = CliRun.of("replay", journal, "--to", "7", "--json").json();

    assertEquals(7, json.path("seq").asLong());
    assertEquals("NONE", json.path("comparison").asText());
    assertEquals(2, CliRun.of("replay", journal, "--to", "99").exitCode());
  }

  @Test
  void shouldExitThreeWhenTheStoredHashIsAnother(@TempDir final Path copy) throws IOException {
    copyTree(Path.of(journal), copy);
    final Path stored = copy.resolve("state.hash");
    final String hash = state.path("hash").asText();
    final String other = ('0' == hash.charAt(0) ? '1' : '0') + hash.substring(1);
    Files.writeString(stored, Files.readString(stored).replace(hash, other));

    final CliRun run = CliRun.of("replay", copy.toString());

    assertEquals(3, run.exitCode(), run.err());
    assertTrue(run.out().contains("DIFFERENT"), run.out());
    assertTrue(run.err().contains(other), run.err());
  }

  @Test
  void shouldExplainARuleThatFired() {
    final CliRun run = CliRun.of("explain", journal, "--rule", "stop");

    assertEquals(0, run.exitCode(), run.err());
    assertTrue(run.out().contains("mark 1042.1 <= stop level 1043"), run.out());
    assertTrue(run.out().contains("armed by #11"), run.out());
    assertTrue(run.out().contains("caused by #16 SetPrice"), run.out());
    assertTrue(run.out().contains("0.2 at 1041.5"), run.out());
    assertTrue(run.out().contains("0.3 at 1041.1"), run.out());
    // (1042.1 - (0.2 x 1041.5 + 0.3 x 1041.1) / 0.5) / 1042.1 = 8.0606 bps, told as no better than it was.
    assertTrue(run.out().contains("slippage 8.07 bps"), run.out());
    assertTrue(run.out().contains("nearest miss: 1090 at #13"), run.out());
    assertTrue(run.out().contains("FINISHED"), run.out());
  }

  @Test
  void shouldExplainTheNearestMissOfARuleThatDidNotFire() {
    final JsonNode asleep = explain("--rule", "asleep").get(0);
    final JsonNode moon = explain("--rule", "moon").get(0);

    assertFalse(asleep.path("fired").asBoolean());
    final JsonNode nearest = asleep.path("legs").get(0).path("nearest");
    assertEquals("1090", nearest.path("px").asText());
    assertEquals("110", nearest.path("distance").asText());
    assertEquals("1200", nearest.path("activePx").asText());
    assertEquals(13, nearest.path("seq").asLong());
    assertEquals("1041.1", moon.path("legs").get(0).path("nearest").path("px").asText());
    assertEquals("158.9", moon.path("legs").get(0).path("nearest").path("distance").asText());
  }

  @Test
  void shouldExplainByTheEnginesIdAsWell() {
    final JsonNode byName = explain("--rule", "stop");

    assertEquals(byName, explain("--rule", byName.get(0).path("algoId").asText()));
  }

  @Test
  void shouldExplainWhatWasRefused() {
    final JsonNode rule = explain("--rule", "late").get(0);
    final JsonNode order = explain("--order", "poor").get(0);
    final CliRun text = CliRun.of("explain", journal, "--order", "poor");

    assertEquals("ALREADY_CROSSED", rule.path("refusal").asText());
    assertEquals(14, rule.path("armSeq").asLong());
    assertEquals("INSUFFICIENT_BALANCE", order.path("refusal").asText());
    assertTrue(text.out().contains("INSUFFICIENT_BALANCE"), text.out());
    assertTrue(CliRun.of("explain", journal, "--rule", "late").out().contains("ALREADY_CROSSED"));
  }

  @Test
  void shouldExplainAnOrderAndItsFills() {
    final JsonNode order = explain("--order", "deep").get(0);
    final CliRun text = CliRun.of("explain", journal, "--order", "deep", "--lang", "zh");

    assertEquals(1, order.path("fills").size());
    assertEquals("0.3", order.path("fills").get(0).path("sz").asText());
    assertTrue(order.path("fills").get(0).path("maker").asBoolean());
    assertEquals("alice", order.path("fills").get(0).path("counterparty").asText());
    assertFalse(order.has("closeReason"));
    assertTrue(text.out().contains("成交"), text.out());
  }

  @Test
  void shouldExplainOneCommandWithItsAnswerAndEvents() {
    final JsonNode frame = explain("--seq", "16");
    final CliRun text = CliRun.of("explain", journal, "--seq", "11");

    assertEquals("SetPrice", frame.path("template").asText());
    assertEquals("price", frame.path("command").path("op").asText());
    assertEquals("1042.1", frame.path("command").path("px").asText());
    assertEquals("OK", frame.path("code").asText());
    assertEquals("price", frame.path("events").get(0).path("event").asText());
    assertEquals("trigger", frame.path("events").get(1).path("event").asText());
    assertTrue(text.out().contains("\"algoClOrdId\":\"stop\""), text.out());
  }

  @Test
  void shouldShowEveryCommandOfTheJournal() {
    for (int sequence = 1; sequence <= FRAMES; sequence++) {
      final JsonNode frame = explain("--seq", String.valueOf(sequence));
      if (sequence > 1) {
        assertEquals(CliRun.parse(LINES[sequence - 2].replace('\'', '"')).path("op"),
            frame.path("command").path("op"), frame.toString());
      }
    }
  }

  @Test
  void shouldExitTwoForWhatIsNotThere() {
    assertEquals(2, CliRun.of("explain", journal, "--rule", "nobody").exitCode());
    assertEquals(2, CliRun.of("explain", journal, "--order", "nobody").exitCode());
    final CliRun beyond = CliRun.of("explain", journal, "--seq", "999");
    assertEquals(2, beyond.exitCode());
    assertTrue(beyond.err().contains("999"), beyond.err());
  }

  @Test
  void shouldReadTheCountersOfAnEngineThatIsGone() {
    final CliRun run = CliRun.of("stat", journal);
    final JsonNode json = CliRun.of("stat", journal, "--json").json();

    assertEquals(0, run.exitCode(), run.err());
    assertTrue(run.out().contains("CLOSED"), run.out());
    assertEquals("CLOSED", json.path("state").asText());
    assertEquals(FRAMES, json.path("counters").path("sequence").asLong());
  }

  @Test
  void shouldRefuseASecondEngineOnTheSameDirectory(@TempDir final Path busy) {
    final DirectoryLock held = DirectoryLock.acquire(busy);
    try (held) {
      final CliRun run = CliRun.pipe(busy, "{\"op\":\"state\"}");

      assertEquals(2, run.exitCode(), run.err());
      assertTrue(run.err().contains(busy.toString()), run.err());
      assertFalse(run.err().contains("\tat "), run.err());
    }
  }

  private JsonNode explain(final String option, final String value) {
    final CliRun run = CliRun.of("explain", journal, option, value, "--json");
    assertEquals(0, run.exitCode(), run.err());
    return run.json();
  }

  private static Path queueFile(final Path dir) throws IOException {
    try (Stream<Path> tree = Files.walk(dir)) {
      return tree.filter(path -> path.toString().endsWith(".cq4")).findFirst().orElseThrow();
    }
  }

  private static void copyTree(final Path from, final Path to) throws IOException {
    try (Stream<Path> tree = Files.walk(from)) {
      for (final Path path : tree.toList()) {
        final Path target = to.resolve(from.relativize(path).toString());
        if (Files.isDirectory(path)) {
          Files.createDirectories(target);
        } else {
          Files.copy(path, target);
        }
      }
    }
  }
}
