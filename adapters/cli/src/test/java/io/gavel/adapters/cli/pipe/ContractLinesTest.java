package io.gavel.adapters.cli.pipe;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.gavel.adapters.cli.CliRun;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the pipe says of a contract that settles in its base: amounts of that asset, and which of two positions. */
class ContractLinesTest {

  private static final List<String> LINES = List.of(
      "{'op':'asset','ccy':'USD','scale':2}", "{'op':'asset','ccy':'BTC','scale':8}",
      "{'op':'instrument','instId':'BTC-USD','baseCcy':'BTC','quoteCcy':'USD','tickSz':'0.5','lotSz':'1',"
          + "'kind':'inverse_perpetual','settleCcy':'BTC','takerFee':'0.001'}",
      "{'op':'account','acct':'alice'}", "{'op':'account','acct':'bob'}",
      "{'op':'deposit','acct':'alice','ccy':'BTC','amt':'1'}", "{'op':'deposit','acct':'bob','ccy':'BTC','amt':'1'}",
      "{'op':'collateral','ccy':'BTC','tiers':[{'floor':'0','weight':'1'}]}",
      "{'op':'margin','instId':'BTC-USD','tiers':[{'floor':'0','imr':'0.1','mmr':'0.05'}]}",
      "{'op':'account-mode','acct':'alice','tdMode':'cross','posMode':'long_short'}",
      "{'op':'account-mode','acct':'bob','tdMode':'cross'}",
      "{'op':'price','instId':'BTC-USD','pxType':'mark','px':'50000'}",
      "{'op':'order','acct':'alice','instId':'BTC-USD','side':'sell','posSide':'short','ordType':'limit','px':'50000',"
          + "'sz':'150'}",
      "{'op':'order','acct':'bob','instId':'BTC-USD','side':'buy','ordType':'limit','px':'50000','sz':'100'}",
      "{'op':'state'}");

  @Test
  void shouldSayAmountsInWhatTheContractSettlesInAndThePositionOfAnOrder(@TempDir final Path dir) {
    final CliRun run = CliRun.withInput(
        String.join("\n", LINES).replace('\'', '"') + "\n", "pipe", "--lenient", "--dir", dir.toString());
    assertEquals(0, run.exitCode(), run.err());

    final JsonNode trade = only(run, "trade");
    assertEquals("0.002", trade.path("notional").asText(), trade.toString());
    assertEquals("0.000002", trade.path("takerFee").asText());
    assertEquals("BTC", trade.path("feeCcy").asText());
    final JsonNode closed = only(run, "order-closed");
    assertEquals("0.002", closed.path("fillNotional").asText());
    assertEquals("0.000002", closed.path("fee").asText());
    final JsonNode orders = only(run, "state").path("orders");
    assertEquals(1, orders.size());
    assertEquals("short", orders.get(0).path("posSide").asText(), orders.toString());
  }

  private static JsonNode only(final CliRun run, final String event) {
    final List<JsonNode> found =
        run.lines().stream().filter(line -> event.equals(line.path("event").asText())).toList();
    assertEquals(1, found.size(), run.out());
    return found.get(0);
  }
}
