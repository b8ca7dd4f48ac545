package io.gavel.adapters.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Why was I liquidated: {@code gavel explain --account}, on a journal that a pipe wrote. */
class ExplainAccountTest {

  private static final List<String> LINES = List.of(
      "{'op':'asset','ccy':'USDT','scale':6}", "{'op':'asset','ccy':'BTC','scale':8}",
      "{'op':'instrument','instId':'BTC-PERP','baseCcy':'BTC','quoteCcy':'USDT','tickSz':'0.1','lotSz':'0.001',"
          + "'kind':'linear_perpetual','settleCcy':'USDT'}",
      "{'op':'account','acct':'alice'}", "{'op':'account','acct':'bob'}", "{'op':'account','acct':'house'}",
      "{'op':'deposit','acct':'alice','ccy':'USDT','amt':'700'}",
      "{'op':'deposit','acct':'bob','ccy':'USDT','amt':'50000'}",
      "{'op':'deposit','acct':'house','ccy':'USDT','amt':'50000'}",
      "{'op':'collateral','ccy':'USDT','tiers':[{'floor':'0','weight':'1'}]}",
      "{'op':'margin','instId':'BTC-PERP','tiers':[{'floor':'0','imr':'0.1','mmr':'0.05'}]}",
      "{'op':'account-mode','acct':'alice','tdMode':'cross'}", "{'op':'account-mode','acct':'bob','tdMode':'cross'}",
      "{'op':'account-mode','acct':'house','tdMode':'cross'}",
      "{'op':'liquidation','instId':'BTC-PERP','collarBps':100,'backstopAcct':'house'}",
      "{'op':'price','instId':'BTC-PERP','pxType':'mark','px':'60000'}",
      "{'op':'order','acct':'bob','instId':'BTC-PERP','side':'sell','ordType':'limit','px':'60000','sz':'0.1'}",
      "{'op':'order','acct':'alice','instId':'BTC-PERP','side':'buy','ordType':'limit','px':'60000','sz':'0.1'}",
      "{'op':'price','instId':'BTC-PERP','pxType':'mark','px':'56000'}",
      "{'op':'price','instId':'BTC-PERP','pxType':'mark','px':'55700'}");

  @TempDir private Path temp;
  private String dir = "";

  @BeforeEach
  void record() {
    dir = temp.resolve("data").toString();
    final CliRun run = CliRun.withInput(
        String.join("\n", LINES).replace('\'', '"') + "\n", "pipe", "--lenient", "--dir", dir);
    assertEquals(0, run.exitCode(), run.err());
  }

  @Test
  void shouldSayEquityRequirementAndMarkAtTheSequenceOfTheBreach() {
    final CliRun text = CliRun.of("explain", dir, "--account", "alice");
    assertEquals(0, text.exitCode(), text.err());
    // 700 less 0.1 of 4,300 is 270; 5 % of 0.1 at 55,700 is 278.5.
    for (final String said : List.of("270", "278.5", "55700", "#21")) {
      assertTrue(text.out().contains(said), said + " is not in\n" + text.out());
    }

    final CliRun json = CliRun.of("explain", dir, "--account", "alice", "--json");
    final JsonNode story = CliRun.parse(json.out());
    assertTrue(story.toString().contains("\"equity\":\"270\""), story.toString());
    assertTrue(story.toString().contains("\"requirement\":\"278.5\""), story.toString());
    assertEquals(json.out(), CliRun.of("explain", dir, "--account", "1", "--json").out(), "by number");
  }

  @Test
  void shouldSayHowNearAnAccountCameThatWasNot() {
    final CliRun text = CliRun.of("explain", dir, "--account", "bob");
    assertEquals(0, text.exitCode(), text.err());
    assertTrue(text.out().contains("BTC-PERP"), text.out());
    final JsonNode story = CliRun.parse(CliRun.of("explain", dir, "--account", "bob", "--json").out());
    assertEquals(0, story.path("liquidations").size(), story.toString());
  }

  @Test
  void shouldRefuseAnAccountThatIsNotThere() {
    final CliRun run = CliRun.of("explain", dir, "--account", "nobody");
    assertNotEquals(0, run.exitCode());
    assertTrue(run.err().contains("nobody"), run.err());
  }
}
