package io.gavel.adapters.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Goal: a what-if changes the one thing that was asked and follows its consequences, and a diff finds exactly these.
 * Method: a book of two bids and two sellers with a stop each; worked out by hand what a tighter stop of the one does
 * to the other when he reacts, and when he does not; ids that move; every way to ask for what cannot be.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WhatIfVerbTest {

  /** Alice's stop at 98 never fires. Bob's at 97.5 does, at the trade that carol makes at 97. */
  private static final String[] LINES = {
      "{'op':'asset','ccy':'USDT','scale':6,'ts':1000000000}", "{'op':'asset','ccy':'BTC','scale':8}",
      "{'op':'instrument','instId':'BTC-USDT','tickSz':'0.1','lotSz':'0.001'}",
      "{'op':'account','acct':'alice'}", "{'op':'account','acct':'bob'}", "{'op':'account','acct':'carol'}",
      "{'op':'account','acct':'mm'}", "{'op':'deposit','acct':'alice','ccy':'BTC','amt':'2'}",
      "{'op':'deposit','acct':'bob','ccy':'BTC','amt':'2'}", "{'op':'deposit','acct':'carol','ccy':'BTC','amt':'2'}",
      "{'op':'deposit','acct':'mm','ccy':'USDT','amt':'1000000'}",
      "{'op':'order','acct':'mm','instId':'BTC-USDT','side':'buy','ordType':'limit','px':'99','sz':'1'}",
      "{'op':'order','acct':'mm','instId':'BTC-USDT','side':'buy','ordType':'limit','px':'98','sz':'1'}",
      "{'op':'order','acct':'mm','instId':'BTC-USDT','side':'buy','ordType':'limit','px':'97','sz':'5'}",
      "{'op':'rule','acct':'alice','instId':'BTC-USDT','algoClOrdId':'a','sz':'1','slTriggerPx':'90',"
          + "'triggerPxType':'last'}",
      "{'op':'rule','acct':'bob','instId':'BTC-USDT','algoClOrdId':'b','sz':'1','slTriggerPx':'97.5',"
          + "'triggerPxType':'last'}",
      // 17: carol meets 99.
      "{'op':'order','acct':'carol','instId':'BTC-USDT','side':'sell','ordType':'limit','px':'99',"
          + "'sz':'0.5','ts':2000000000}",
      "{'op':'order','acct':'mm','instId':'BTC-USDT','side':'buy','ordType':'limit','px':'96','sz':'1',"
          + "'clOrdId':'low'}",
      // 19: carol rests at 105 and takes it back by the engine's id: 8 in the journal.
      "{'op':'order','acct':'carol','instId':'BTC-USDT','side':'sell','ordType':'limit','px':'105','sz':'0.5'}",
      "{'op':'cancel','acct':'carol','ordId':8}"};

  private String journal = "";

  @BeforeAll
  void runTheSession(@TempDir final Path dir) {
    journal = dir.resolve("run").toString();
    final CliRun run = CliRun.withInput(String.join("\n", LINES).replace('\'', '"'), "pipe", "--dir", journal);
    assertEquals(0, run.exitCode(), run.out() + run.err());
    assertTrue(run.out().contains("\"ordId\":8"), run.out());
  }

  @Test
  void shouldSayNothingDiffersFromItself() {
    final CliRun same = CliRun.of("diff", journal, journal);

    assertEquals(0, same.exitCode(), same.err());
    assertTrue(same.out().startsWith("Same"), same.out());
    assertTrue(CliRun.of("diff", journal, journal, "--json").json().path("same").asBoolean());
  }

  @Test
  void shouldFollowAStopThatWouldHaveFiredAndTheOtherThatItSetsOff(@TempDir final Path dir) {
    final String out = dir.resolve("w").toString();

    final CliRun run = CliRun.of("whatif", journal, "--set", "rule.a.slTriggerPx=99.5", "--out", out, "--json");

    assertEquals(0, run.exitCode(), run.err());
    final JsonNode json = run.json();
    assertEquals(15 + 1, json.path("parted").path("seq").asLong(), run.out());
    assertEquals("99", find(json.path("rules"), "algoClOrdId", "a").path("second").path("refPx").asText());
    // Carol took 0.5 of the 99, alice the other half and half of the 98: bob's 97.5 is not reached.
    assertEquals("98.500", find(json.path("rules"), "algoClOrdId", "a").path("second").path("avgPx").asText());
    assertTrue(find(json.path("rules"), "algoClOrdId", "b").isMissingNode(), run.out());
    assertEquals("98.5", find(json.path("accounts"), "acct", "alice", "ccy", "USDT").path("change").asText());
    // Alice's child took id 8: carol's cancel of 8 must still mean her own order, now 9.
    final CliRun why = CliRun.of("explain", out, "--seq", "21", "--json");
    assertEquals("OK", why.json().path("code").asText(), why.out());
    assertTrue(why.out().contains("9"), why.out());
    assertEquals(0, CliRun.of("verify", out).exitCode());
    assertEquals("SAME", CliRun.of("replay", out, "--json").json().path("comparison").asText());
    assertEquals(1, CliRun.of("diff", journal, out).exitCode());
  }

  @Test
  void shouldDrawBothRunsOnOnePageThatNeedsNoNetwork(@TempDir final Path dir) throws IOException {
    final String out = dir.resolve("w").toString();
    assertEquals(0, CliRun.of("whatif", journal, "--set", "rule.a.slTriggerPx=99.5", "--out", out).exitCode());
    final Path page = dir.resolve("pages/diff.html");

    final CliRun run = CliRun.of("diff", journal, out, "--html", page.toString(), "--lang", "zh");

    assertEquals(1, run.exitCode(), run.err());
    final String text = Files.readString(page);
    assertTrue(text.contains("\"partedMs\":1000"), "where the runs part");
    assertTrue(text.contains("两次运行叠画"), "in the language that was asked for");
    assertTrue(text.contains("[2000,99,\"a\"]"), "the firing of the changed run");
    assertFalse(text.contains("src=\"http"), "nothing is fetched");
    assertFalse(text.contains("$$data$$"), "every part is there");
  }

  @Test
  void shouldLetTheOtherReactOnlyInAClosedMarket(@TempDir final Path dir) {
    final String[] ask = {"whatif", journal, "--set", "rule.a.slTriggerPx=99.5", "--set", "rule.a.sz=2", "--json"};

    final JsonNode closed = with(ask, "--closed", "--out", dir.resolve("c").toString()).json();
    final JsonNode open = with(ask, "--open", "--out", dir.resolve("o").toString()).json();

    // Two take 0.5 at 99, 1 at 98 and 0.5 at 97, which is below bob's stop.
    assertEquals("98", find(closed.path("rules"), "algoClOrdId", "a").path("second").path("avgPx").asText()
        .replaceAll("\\.?0+$", ""), closed.toString());
    assertEquals(1, find(closed.path("rules"), "algoClOrdId", "b").path("second").path("firings").asInt());
    assertEquals("97", find(closed.path("accounts"), "acct", "bob", "ccy", "USDT").path("change").asText());
    assertTrue(find(open.path("accounts"), "acct", "bob").isMissingNode(), open.toString());
    assertEquals(find(closed.path("accounts"), "acct", "alice", "ccy", "USDT"),
        find(open.path("accounts"), "acct", "alice", "ccy", "USDT"));
  }

  @Test
  void shouldKeepWhatOthersDidInAnOpenMarket(@TempDir final Path dir) {
    // Now bob's is the rule that is changed, and alice's is made to fire in the journal first.
    final String fired = dir.resolve("fired").toString();
    assertEquals(0, CliRun.of("whatif", journal, "--set", "rule.a.slTriggerPx=99.5", "--out", fired).exitCode());
    final String open = dir.resolve("open").toString();

    final CliRun run = CliRun.of("whatif", fired, "--set", "rule.b.slTriggerPx=98.5", "--open", "--out", open);

    assertEquals(0, run.exitCode(), run.err());
    final JsonNode json = CliRun.of("diff", fired, open, "--json").json();
    assertFalse(json.path("same").asBoolean());
    assertEquals("b", json.path("rules").get(0).path("algoClOrdId").asText());
    assertEquals(1, json.path("rules").size());
    // Alice sold what she sold, at the prices she got; bob meets what she left: 0.5 at 98 and 0.5 at 97.
    assertTrue(find(json.path("accounts"), "acct", "alice").isMissingNode(), json.toString());
    assertEquals("97.5", find(json.path("accounts"), "acct", "bob", "ccy", "USDT").path("change").asText());
    assertEquals(0, CliRun.of("verify", open).exitCode());
  }

  @Test
  void shouldBeTheSameRunWhenTheChangeIsNone(@TempDir final Path dir) {
    for (final String market : List.of("--open", "--closed")) {
      final String out = dir.resolve("same" + market).toString();
      final CliRun run = CliRun.of("whatif", journal, "--set", "rule.a.slTriggerPx=90", market, "--out", out, "--json");

      assertEquals(0, run.exitCode(), run.err());
      assertTrue(run.json().path("same").asBoolean(), market + run.out());
      assertEquals(0, CliRun.of("diff", journal, out).exitCode());
    }
  }

  @Test
  void shouldSayThatTheChangedRuleWouldHaveBeenRefused(@TempDir final Path dir) {
    final String out = dir.resolve("r").toString();

    final CliRun run = CliRun.of("whatif", journal, "--set", "rule.a.sz=50", "--out", out);

    assertEquals(0, run.exitCode(), run.err());
    assertTrue(run.out().contains("would have been refused at #16"), run.out());
    final CliRun chinese = CliRun.of("whatif", journal, "--set", "rule.a.sz=50", "--out", out, "--lang", "zh");
    assertTrue(chinese.out().contains("会被拒绝"), chinese.out());
  }

  @Test
  void shouldTeachWhatCanBeAsked(@TempDir final Path dir) throws IOException {
    final String out = dir.resolve("w").toString();
    refused("no rule \"c\"", "rule.c.sz=1", out);
    refused("it has: a, b", "rule.c.sz=1", out);
    refused("nearest: slTriggerPx", "rule.a.slTriggerPrice=1", out);
    refused("has no leg take_profit", "rule.a.tpTriggerPx=120", out);
    refused("whole number of steps of 0.1", "rule.a.slTriggerPx=99.55", out);
    refused("not a plain decimal", "rule.a.slTriggerPx=low", out);
    refused("last, bid, ask", "rule.a.triggerPxType=middle", out);
    refused("is not rule.ID.FIELD=VALUE", "a.sz=1", out);
    refused("no engine takes", "rule.a.slTriggerPx=-1", out);
    assertFalse(Files.exists(dir.resolve("w/WHATIF")));
    final Path other = Files.createDirectories(dir.resolve("mine"));
    Files.writeString(other.resolve("x"), "x");
    refused("no what-if wrote", "rule.a.sz=1", other.toString());
    refused("no what-if wrote", "rule.a.sz=1", journal);
    assertEquals(2, CliRun.of("whatif", journal, "--set", "rule.a.sz=1", "--open", "--closed").exitCode());
    assertEquals(2, CliRun.of("diff", journal, dir.resolve("nowhere").toString()).exitCode());
  }

  private void refused(final String reason, final String change, final String out) {
    final CliRun run = CliRun.of("whatif", journal, "--set", change, "--out", out);
    assertEquals(2, run.exitCode(), change + run.err());
    assertTrue(run.err().contains(reason), change + ": " + run.err());
  }

  private static CliRun with(final String[] args, final String... more) {
    final String[] all = java.util.Arrays.copyOf(args, args.length + more.length);
    System.arraycopy(more, 0, all, args.length, more.length);
    final CliRun run = CliRun.of(all);
    assertEquals(0, run.exitCode(), run.err());
    return run;
  }

  private static JsonNode find(final JsonNode rows, final String... namesAndValues) {
    for (final JsonNode row : rows) {
      boolean matches = true;
      for (int i = 0; i < namesAndValues.length; i += 2) {
        matches &= namesAndValues[i + 1].equals(row.path(namesAndValues[i]).asText());
      }
      if (matches) {
        return row;
      }
    }
    return com.fasterxml.jackson.databind.node.MissingNode.getInstance();
  }
}
