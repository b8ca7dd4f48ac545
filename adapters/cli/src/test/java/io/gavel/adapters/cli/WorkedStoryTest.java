package io.gavel.adapters.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Orders that are worked over time, told step by step, and run again with other steps. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WorkedStoryTest {

  private static final String[] LINES = {
      "{'op':'asset','ccy':'BTC','scale':8}", "{'op':'asset','ccy':'USDT','scale':6}",
      "{'op':'instrument','instId':'BTC-USDT','tickSz':'0.1','lotSz':'0.01'}",
      "{'op':'account','acct':'alice'}", "{'op':'account','acct':'bob'}", "{'op':'account','acct':'carol'}",
      "{'op':'account','acct':'mm'}", "{'op':'deposit','acct':'alice','ccy':'BTC','amt':'2'}",
      "{'op':'deposit','acct':'bob','ccy':'BTC','amt':'2'}", "{'op':'deposit','acct':'carol','ccy':'BTC','amt':'2'}",
      "{'op':'deposit','acct':'mm','ccy':'USDT','amt':'1000000'}",
      "{'op':'order','acct':'mm','instId':'BTC-USDT','side':'buy','ordType':'limit','px':'99','sz':'1'}",
      "{'op':'order','acct':'mm','instId':'BTC-USDT','side':'buy','ordType':'limit','px':'98','sz':'9'}",
      "{'op':'rule','acct':'alice','instId':'BTC-USDT','algoClOrdId':'a','sz':'1','slTriggerPx':'90',"
          + "'triggerPxType':'last'}",
      // 4: carol meets 99; 5: her rule waits for a person; 6: bob's sells in three legs.
      "{'op':'order','acct':'carol','instId':'BTC-USDT','side':'sell','ordType':'limit','px':'99',"
          + "'sz':'0.5','ts':2000000000}",
      "{'op':'rule','acct':'carol','instId':'BTC-USDT','algoClOrdId':'r','sz':'0.2','now':true,'reviewSec':'60'}",
      "{'op':'review','acct':'carol','algoId':5,'decision':'release','ts':3000000000}",
      "{'op':'rule','acct':'bob','instId':'BTC-USDT','algoClOrdId':'w','sz':'0.6','now':true,'action':'twap',"
          + "'durationSec':'6','intervalSec':'2'}",
      "{'op':'time','ts':20000000000}"};

  private String journal = "";

  @BeforeAll
  void runTheSession(@TempDir final Path dir) {
    journal = dir.resolve("run").toString();
    final CliRun run = CliRun.withInput(String.join("\n", LINES).replace('\'', '"'), "pipe", "--dir", journal);
    assertEquals(0, run.exitCode(), run.out() + run.err());
  }

  @Test
  void shouldTellEveryStepOfAWorkedOrder() {
    final CliRun english = CliRun.of("explain", journal, "--rule", "w");
    assertEquals(0, english.exitCode(), english.err());
    assertTrue(english.out().contains("twap, step 0: sends 0.2, no worse than"), english.out());
    assertTrue(english.out().contains("as scheduled; 0.2 of 0.6 done, 0.2 in open orders"), english.out());
    assertTrue(english.out().contains("ends, all of it is done; 0.6 of 0.6 done"), english.out());
    final String chinese = CliRun.of("explain", journal, "--rule", "w", "--lang", "zh").out();
    assertTrue(chinese.contains("twap 第 0 步：发送 0.2"), chinese);
    assertFalse(CliRun.of("explain", journal, "--rule", "r").out().contains("step 0"), "nothing was worked");

    final JsonNode work = CliRun.of("explain", journal, "--rule", "w", "--json").json().findPath("work");
    assertEquals(List.of("place", "place", "place", "finish"), texts(work, "what"));
    assertEquals("0.6", work.get(3).path("fillSz").asText());
  }

  @Test
  void shouldRunAgainWithOtherSteps(@TempDir final Path dir) {
    final String out = dir.resolve("w").toString();
    final CliRun run = CliRun.of("whatif", journal, "--set", "rule.w.intervalSec=3", "--set", "rule.w.tolerance=0.02",
        "--out", out);

    assertEquals(0, run.exitCode(), run.err());
    assertEquals(List.of("place", "place", "finish"),
        texts(CliRun.of("explain", out, "--rule", "w", "--json").json().findPath("work"), "what"), "two legs");
    final CliRun bad = CliRun.of("whatif", journal, "--set", "rule.w.action=twop", "--out", out);
    assertEquals(2, bad.exitCode());
    assertTrue(bad.err().contains("twap"), bad.err());
    final CliRun iceberg = CliRun.of("whatif", journal, "--set", "rule.w.action=iceberg", "--out", out);
    assertTrue(iceberg.out().contains("would have been refused"), iceberg.out() + iceberg.err());
  }

  @Test
  void shouldReviewTheSameRuleWhenItsIdIsAnother(@TempDir final Path dir) {
    final String out = dir.resolve("r").toString();
    assertEquals(0, CliRun.of("whatif", journal, "--set", "rule.a.slTriggerPx=99.5", "--out", out).exitCode());

    // Alice's child took an id, so carol's rule is 6 now; a review of 5 would meet nobody, and hers wait a minute.
    final JsonNode rule = CliRun.of("explain", out, "--rule", "r", "--json").json();
    assertEquals("6", rule.findPath("algoId").asText(), rule.toString());
    assertEquals("finished", rule.findPath("state").asText(), rule.toString());
  }

  private static List<String> texts(final JsonNode rows, final String field) {
    final List<String> texts = new ArrayList<>();
    rows.forEach(row -> texts.add(row.path(field).asText()));
    return texts;
  }
}
