package io.gavel.adapters.cli.pipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.gavel.adapters.cli.CliRun;
import io.gavel.adapters.cli.ReadmeBlocks;
import io.gavel.adapters.cli.text.Texts;
import io.gavel.engine.journal.DurabilityLevel;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PipeTest {

  private static final String[] MARKET = {
      "{'op':'asset','ccy':'USDT','scale':6,'ts':'1000000000'}", "{'op':'asset','ccy':'BTC','scale':8}",
      "{'op':'instrument','instId':'BTC-USDT','tickSz':'0.1','lotSz':'0.001'}",
      "{'op':'account','acct':'alice'}", "{'op':'deposit','acct':'alice','ccy':'BTC','amt':'10'}"};

  @Test
  void shouldNotFollowATimeThatGoesBack(@TempDir final Path dir) {
    final List<JsonNode> acks = acks(run(dir, "{'op':'time','ts':5000}", "{'op':'time','ts':3000}", "{'op':'time'}",
        "{'op':'time','ts':'1970-01-01T00:00:00.000006Z'}", "{'op':'time','ts':'1970-01-01T01:00:00.000007+01:00'}"));

    assertEquals(List.of("5000", "5000", "5000", "6000", "7000"),
        acks.stream().map(ack -> ack.path("ts").asText()).toList());
  }

  @Test
  void shouldKnowANameThatIsCreatedWhenSomethingElseIsDue(@TempDir final Path dir) {
    final CliRun run = run(dir, with(MARKET,
        "{'op':'order','acct':'alice','instId':'BTC-USDT','side':'sell','ordType':'limit','tif':'gtd','px':'100',"
            + "'sz':'1','expireTime':'2000000000'}",
        "{'op':'account','acct':'bob','ts':'3000000000'}", "{'op':'deposit','acct':'bob','ccy':'USDT','amt':'5'}"));

    acks(run).forEach(ack -> assertEquals("OK", ack.path("code").asText(), run.out()));
    final JsonNode expired = run.lines().stream()
        .filter(line -> "EXPIRED_GTD".equals(line.path("reason").asText())).findFirst().orElseThrow();
    assertEquals("2000000000", expired.path("ts").asText());
  }

  @Test
  void shouldArmAndFireARuleOnACondition(@TempDir final Path dir) {
    final String rule = "{'op':'rule','acct':'alice','instId':'BTC-USDT','sz':'1','when':";
    final CliRun run = run(dir, with(MARKET,
        rule + "{'all':[{'price':'mark','atOrBelow':'95'},{'after':'PT1S'}]}}",
        rule + "{'all':[{'price':'mark','atOrBelow':'95'},{'price':'mark','atOrAbove':'95.1'}]}}",
        rule + "{'price':'mark','atOrBelow':'95','colour':'red'}}", rule + "{'price':'mark','atOrBelow':'95.01'}}",
        "{'op':'price','instId':'BTC-USDT','pxType':'mark','px':'94'}", "{'op':'time','ts':'2000000000'}"));

    final List<String> codes = acks(run).stream().skip(MARKET.length).map(ack -> ack.path("code").asText()).toList();
    assertEquals("OK", codes.get(0), run.out());
    assertEquals("CONDITION_NEVER_TRUE", codes.get(1));
    assertEquals("CONDITION_MALFORMED", codes.get(2));
    assertTrue(run.out().contains("trigger_condition") || run.out().contains("TRIGGER_CONDITION"), run.out());
  }

  @Test
  void shouldAnswerARepeatedLineOnceEvenInAnotherLife(@TempDir final Path dir) {
    final String deposit =
        "{'op':'deposit','acct':'alice','ccy':'USDT','amt':'7','sessionId':9,'sessionSeq':1,'reqId':'x'}";
    final String other =
        "{'op':'deposit','acct':'alice','ccy':'USDT','amt':'8','sessionId':9,'sessionSeq':1,'reqId':'y'}";
    run(dir, with(MARKET, deposit));

    final List<JsonNode> acks = acks(run(dir, deposit, other, "{'op':'time','sessionId':9,'sessionSeq':3}"));
    final JsonNode state = run(dir, "{'op':'state'}").lines().get(1);

    assertTrue(acks.get(0).path("duplicate").asBoolean());
    assertEquals(7, acks.get(0).path("seq").asLong());
    assertEquals("DUPLICATE_MISMATCH", acks.get(1).path("code").asText());
    assertEquals("SESSION_SEQUENCE_GAP", acks.get(2).path("code").asText());
    assertEquals("7", state.path("balances").get(0).path("free").asText());
  }

  @Test
  void shouldDeliverAgainWhatLiesBehindTheLastEventSeen(@TempDir final Path dir) {
    final CliRun first = run(dir, with(MARKET,
        "{'op':'order','acct':'alice','instId':'BTC-USDT','side':'sell','ordType':'limit','px':'100','sz':'1'}",
        "{'op':'price','instId':'BTC-USDT','pxType':'mark','px':'99'}"));

    final CliRun again = CliRun.withInput("", "pipe", "--dir", dir.toString(), "--from", "6:1");
    final CliRun all = CliRun.withInput("", "pipe", "--dir", dir.toString(), "--from", "0:0");

    final List<JsonNode> events = events(first);
    assertEquals(3, events.size(), first.out());
    assertEquals(events.subList(1, 3), again.lines().subList(1, 3));
    assertEquals("recovered", again.lines().get(0).path("event").asText());
    assertEquals(events, all.lines().subList(1, 4));
  }

  @Test
  void shouldSayThatTheDiskHasConfirmed(@TempDir final Path dir) {
    final CliRun run = CliRun.withInput("{\"op\":\"time\"}\n", "pipe", "--dir", dir.toString(), "--durability", "disk");

    assertEquals("disk", run.lines().get(0).path("durability").asText());
  }

  @Test
  void shouldLetTimePassByItselfOnTheSystemClock(@TempDir final Path dir) throws Exception {
    final PipedInputStream input = new PipedInputStream();
    final PipedOutputStream lines = new PipedOutputStream(input);
    final BlockingQueue<String> out = new LinkedBlockingQueue<>();
    final PipeOptions options = new PipeOptions(dir, DurabilityLevel.PROCESS, true, -1, 0);
    final Thread thread = new Thread(() -> {
      try (Pipe pipe = new Pipe(options, new LineQueue(out), Texts.of(Texts.ENGLISH))) {
        pipe.run(input);
      } catch (final InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    });
    thread.start();

    for (final String line : MARKET) {
      write(lines, line.replace(",'ts':'1000000000'", ""));
    }
    final long soonNs = (System.currentTimeMillis() + 1_500) * 1_000_000;
    write(lines, "{'op':'order','acct':'alice','instId':'BTC-USDT','side':'sell','ordType':'limit','tif':'gtd',"
        + "'px':'100','sz':'1','expireTime':" + soonNs + "}");

    String line = out.poll(30, TimeUnit.SECONDS);
    while (null != line && !line.contains("EXPIRED_GTD")) {
      line = out.poll(30, TimeUnit.SECONDS);
    }
    final JsonNode counters = CliRun.of("stat", dir.toString(), "--json").json();
    lines.close();
    thread.join(30_000);
    assertTrue(null != line);
    assertEquals("RUNNING", counters.path("state").asText());
    assertTrue(counters.path("alive").asBoolean());
    assertTrue(counters.path("counters").path("sequence").asLong() >= 7, counters.toString());
    assertEquals(soonNs, CliRun.parse(line).path("ts").asLong());
    assertFalse(thread.isAlive());
  }

  @Test
  void shouldAnswerEachItemOfABatchAndKeepTheirSequencesTogether(@TempDir final Path dir) {
    final String sell = "{'op':'order','acct':'alice','instId':'BTC-USDT','side':'sell','ordType':'limit','px':'100',";
    final CliRun run = run(dir, with(MARKET, "{'op':'batch','reqId':'b','items':["
        + sell + "'reqId':1,'clOrdId':'a','sz':'1','sessionId':9,'sessionSeq':1},"
        + sell + "'reqId':'two','sz':'1000'},"
        + "{'op':'amend','acct':'alice','instId':'BTC-USDT','clOrdId':'a','newSz':'2'},"
        + sell + "'clOrdId':'a','sz':'1','sessionId':9,'sessionSeq':1},"
        + "{'op':'cancel','acct':'alice','clOrdId':'a'}]}"));

    final List<JsonNode> acks = acks(run);
    final JsonNode ack = acks.get(acks.size() - 1);
    final long first = acks.get(acks.size() - 2).path("seq").asLong() + 1;
    assertEquals(MARKET.length + 1, acks.size(), run.out());
    assertEquals(first, ack.path("seq").asLong());
    assertEquals("OK", ack.path("code").asText());
    final JsonNode items = ack.path("items");
    final String[] codes = {"OK", "INSUFFICIENT_BALANCE", "OK", "OK", "OK"};
    for (int i = 0; i < codes.length; i++) {
      final boolean again = 3 == i;
      assertEquals(codes[i], items.get(i).path("code").asText(), ack.toString());
      assertEquals(again, items.get(i).path("duplicate").asBoolean(), ack.toString());
      assertEquals(again ? first : first + i, items.get(i).path("seq").asLong(), ack.toString());
    }
    assertEquals("two", items.get(1).path("reqId").asText());
    assertEquals(items.get(0).path("ordId"), items.get(4).path("ordId"));
  }

  @Test
  void shouldShowNeitherAReserveNorAHiddenOrderInTheBook(@TempDir final Path dir) {
    final String sell = "{'op':'order','acct':'alice','instId':'BTC-USDT','side':'sell','ordType':'limit',";
    final CliRun run = run(dir, with(MARKET, sell + "'px':'100','sz':'2','displaySz':'0.5'}",
        sell + "'px':'99','sz':'1','hidden':true}", sell + "'px':'101','sz':'1','reduceOnly':true}",
        "{'op':'session','instId':'BTC-USDT','state':'halted'}", "{'op':'state','depth':1}", "{'op':'state'}"));

    final List<JsonNode> states = run.lines().stream().filter(line -> "state".equals(line.path("event").asText()))
        .toList();
    assertEquals("[[\"100\",\"0.5\"]]", states.get(0).path("books").get(0).path("asks").toString());
    assertEquals("[[\"100\",\"0.5\"],[\"101\",\"1\"]]",
        states.get(1).path("books").get(0).path("asks").toString());
    assertEquals("halted", states.get(1).path("books").get(0).path("session").asText());
    final JsonNode orders = states.get(1).path("orders");
    assertEquals("0.5", orders.get(0).path("displaySz").asText(), orders.toString());
    assertTrue(orders.get(1).path("hidden").asBoolean(), orders.toString());
    assertTrue(orders.get(2).path("reduceOnly").asBoolean(), orders.toString());
  }

  /** Whatever bytes come in: one acknowledgement a line, no exception, and an engine that goes on. */
  @Test
  void shouldAnswerEveryLineOfNoiseExactlyOnce(@TempDir final Path dir) throws IOException {
    final long seed = System.nanoTime();
    System.out.println("PipeTest seed " + seed);
    final Random random = new Random(seed);
    final List<String> good = ReadmeBlocks.examples().stream().flatMap(example -> example.in().stream()).toList();
    final StringBuilder input = new StringBuilder();
    good.forEach(line -> input.append(line).append('\n'));
    int count = good.size();
    for (int i = 0; i < 3_000; i++) {
      final String line = mutated(good.get(random.nextInt(good.size())), random);
      input.append(line).append('\n');
      count += line.isBlank() ? 0 : 1;
    }

    final CliRun run = CliRun.withInput(input.toString(), "pipe", "--dir", dir.toString());

    assertEquals(1, run.exitCode(), run.err());
    assertEquals(count, acks(run).size());
    assertEquals(0, CliRun.of("verify", dir.toString()).exitCode());
    assertEquals(0, CliRun.of("replay", dir.toString()).exitCode());
  }

  private static String mutated(final String line, final Random random) {
    final StringBuilder text = new StringBuilder(line);
    for (int edits = 1 + random.nextInt(3); edits > 0; edits--) {
      final int at = random.nextInt(text.length());
      switch (random.nextInt(4)) {
        case 0 -> text.setCharAt(at, (char) (' ' + random.nextInt(95)));
        case 1 -> text.deleteCharAt(at);
        case 2 -> text.insert(at, random.nextInt(10));
        default -> text.setCharAt(at, "\"{}[]:,-.0".charAt(random.nextInt(10)));
      }
      if (0 == text.length()) {
        text.append('x');
      }
    }
    return text.toString();
  }

  private static CliRun run(final Path dir, final String... lines) {
    final List<String> quoted = new ArrayList<>();
    for (final String line : lines) {
      quoted.add(line.replace('\'', '"'));
    }
    return CliRun.pipe(dir, quoted.toArray(new String[0]));
  }

  private static String[] with(final String[] first, final String... more) {
    final List<String> all = new ArrayList<>(List.of(first));
    all.addAll(List.of(more));
    return all.toArray(new String[0]);
  }

  private static List<JsonNode> acks(final CliRun run) {
    return run.lines().stream().filter(line -> "ack".equals(line.path("event").asText())).toList();
  }

  private static List<JsonNode> events(final CliRun run) {
    return run.lines().stream().filter(line -> !"ack".equals(line.path("event").asText())).toList();
  }

  private static void write(final OutputStream out, final String line) throws IOException {
    out.write((line.replace('\'', '"') + "\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  /** Hands on whole lines as they are written. */
  private static final class LineQueue extends OutputStream {

    private final BlockingQueue<String> lines;
    private final StringBuilder line = new StringBuilder();

    LineQueue(final BlockingQueue<String> lines) {
      this.lines = lines;
    }

    @Override
    public void write(final int b) {
      if ('\n' == b) {
        lines.add(line.toString());
        line.setLength(0);
      } else {
        line.append((char) b);
      }
    }
  }
}
