package io.gavel.adapters.cli.pipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.gavel.adapters.cli.CliRun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Goal: a line that is no command is acknowledged once, with a code and the place, and changes nothing. Method: a
 * table of such lines between two looks at the state hash.
 */
class MalformedLinesTest {

  private static final String STATE = "{\"op\":\"state\"}";

  /** A line, the code it is answered with, and what the message must name. */
  private record Bad(String line, String code, String names) {
  }

  private static final List<String> SETUP = List.of(
      "{'op':'asset','ccy':'USDT','scale':6}", "{'op':'asset','ccy':'BTC','scale':8}",
      "{'op':'instrument','instId':'BTC-USDT','tickSz':'0.1','lotSz':'0.001'}", "{'op':'account','acct':'alice'}",
      "{'op':'account','acct':'tape','kind':'tape'}", "{'op':'deposit','acct':'alice','ccy':'USDT','amt':'1000'}",
      "{'op':'deposit','acct':'alice','ccy':'BTC','amt':'1'}",
      "{'op':'rule','acct':'alice','instId':'BTC-USDT','algoClOrdId':'sl','sz':'0.1','slTriggerPx':'90',"
          + "'triggerPxType':'mark'}",
      "{'op':'hold','acct':'alice','ccy':'USDT','amt':'1'}");

  private static final List<Bad> LINES = List.of(
      new Bad("not json", "MALFORMED", "column"),
      new Bad("{'op':'time'", "MALFORMED", "column"),
      new Bad("{'op':'time'} {}", "MALFORMED", "column"),
      new Bad("{'op':'time','op':'time'}", "MALFORMED", "op"),
      new Bad("[]", "MALFORMED", "object"),
      new Bad("7", "MALFORMED", "object"),
      new Bad("{}", "MALFORMED", "op"),
      new Bad("{'op':7}", "MALFORMED", "op"),
      new Bad("{'op':'buy'}", "UNKNOWN_TEMPLATE", "buy"),
      new Bad("{'op':'time','reqId':{}}", "MALFORMED", "reqId"),
      new Bad("{'op':'time','ts':1.5}", "MALFORMED", "ts"),
      new Bad("{'op':'time','ts':11e1000000000000}", "MALFORMED", "exponent"),
      new Bad("{'op':'time','ts':-1}", "OUT_OF_RANGE", "-1"),
      new Bad("{'op':'time','ts':'99999999999999999999'}", "MALFORMED", "ts"),
      new Bad("{'op':'time','ts':'9999999999999999999'}", "OUT_OF_RANGE", "ts"),
      new Bad("{'op':'time','ts':'yesterday'}", "MALFORMED", "yesterday"),
      new Bad("{'op':'time','ts':'2500-01-01T00:00:00Z'}", "OUT_OF_RANGE", "2500"),
      new Bad("{'op':'time','ts':'1960-01-01T00:00:00Z'}", "OUT_OF_RANGE", "1960"),
      new Bad("{'op':'time','acceptJump':true}", "MALFORMED", "ts"),
      new Bad("{'op':'time','acceptJump':'yes'}", "MALFORMED", "acceptJump"),
      new Bad("{'op':'time','sessionId':1}", "MALFORMED", "sessionSeq"),
      new Bad("{'op':'time','sessionId':0,'sessionSeq':1}", "OUT_OF_RANGE", "sessionId"),
      new Bad("{'op':'asset','ccy':'ETH','scale':11}", "OUT_OF_RANGE", "11"),
      new Bad("{'op':'asset','ccy':'','scale':1}", "NAME_INVALID", "ccy"),
      new Bad("{'op':'asset','ccy':'a b','scale':1}", "NAME_INVALID", "a b"),
      new Bad("{'op':'asset','ccy':'" + "x".repeat(33) + "','scale':1}", "NAME_INVALID", "xxx"),
      new Bad("{'op':'asset','ccy':null,'scale':1}", "MALFORMED", "ccy"),
      new Bad("{'op':'instrument','instId':'BTC-EUR','tickSz':'0.1','lotSz':'0.001'}", "UNKNOWN_ASSET", "EUR"),
      new Bad("{'op':'instrument','instId':'X','quoteCcy':'USDT','tickSz':'1','lotSz':'1'}", "MALFORMED", "baseCcy"),
      new Bad("{'op':'instrument','instId':'BTC-USDT','tickSz':'0','lotSz':'1'}", "OUT_OF_RANGE", "tickSz"),
      new Bad("{'op':'instrument','instId':'BTC-USDT','tickSz':'1e-3','lotSz':'1'}", "MALFORMED", "1e-3"),
      new Bad("{'op':'instrument','instId':'BTC-USDT','tickSz':'0.1','lotSz':'0.00000000001'}", "OUT_OF_RANGE",
          "lotSz"),
      new Bad("{'op':'instrument','instId':'BTC-USDT','tickSz':'0.1','lotSz':'1','makerFee':'1000'}", "OUT_OF_RANGE",
          "makerFee"),
      new Bad("{'op':'account','acct':'bob','kind':'admin'}", "UNKNOWN_ENUM", "user, tape"),
      new Bad("{'op':'deposit','acct':'bob','ccy':'USDT','amt':'1'}", "UNKNOWN_ACCOUNT", "bob"),
      new Bad("{'op':'deposit','acct':'alice','ccy':'EUR','amt':'1'}", "UNKNOWN_ASSET", "EUR"),
      new Bad("{'op':'deposit','acct':'alice','ccy':'USDT'}", "MALFORMED", "amt"),
      new Bad("{'op':'deposit','acct':'alice','ccy':'USDT','amt':1}", "MALFORMED", "amt"),
      new Bad("{'op':'deposit','acct':'alice','ccy':'USDT','amt':'0.0000001'}", "OUT_OF_RANGE", "0.000001"),
      new Bad("{'op':'deposit','acct':'alice','ccy':'USDT','amt':'99999999999999'}", "OUT_OF_RANGE", "99999999999999"),
      new Bad("{'op':'deposit','acct':'alice','ccy':'USDT','amt':'1','basisPx':'1'}", "MALFORMED", "basisInstId"),
      new Bad("{'op':'settle','acct':'alice','holdId':2,'ccy':'BTC','amt':'1'}", "UNKNOWN_HOLD", "USDT"),
      new Bad("{'op':'settle','acct':'alice','holdId':'x','ccy':'USDT','amt':'1'}", "MALFORMED", "holdId"),
      new Bad(order("'side':'sideways','ordType':'limit','px':'1','sz':'1'"), "UNKNOWN_ENUM", "sideways"),
      new Bad(order("'side':'buy','ordType':'stop','px':'1','sz':'1'"), "UNKNOWN_ENUM", "market, limit"),
      new Bad(order("'side':'buy','ordType':'limit','px':'1.05','sz':'1'"), "OUT_OF_RANGE", "1.05"),
      new Bad(order("'side':'buy','ordType':'limit','px':'1','sz':'0.0001'"), "OUT_OF_RANGE", "0.001"),
      new Bad(order("'side':'buy','ordType':'limit','px':'999999999','sz':'1'"), "OUT_OF_RANGE", "999999999"),
      new Bad(order("'side':'buy','ordType':'limit','px':'one','sz':'1'"), "MALFORMED", "one"),
      new Bad(order("'side':'buy','ordType':'limit','px':'','sz':'1'"), "MALFORMED", "px"),
      new Bad(order("'side':'buy','ordType':'limit','px':'1','sz':'1','size':'1'"), "MALFORMED", "nearest \"sz\""),
      new Bad(order("'side':'buy','ordType':'fok','tif':'gtc','px':'1','sz':'1'"), "FLAGS_CONFLICT", "gtc"),
      new Bad(order("'side':'buy','ordType':'limit','px':'1','sz':'1','clOrdId':'ü'"), "NAME_INVALID", "clOrdId"),
      new Bad(order("'side':'buy','ordType':'market','sz':'1','protectionBps':10001"), "OUT_OF_RANGE", "10001"),
      new Bad("{'op':'order','acct':'alice','instId':'ETH-USDT','side':'buy','ordType':'limit','px':'1','sz':'1'}",
          "UNKNOWN_INSTRUMENT", "ETH-USDT"),
      new Bad("{'op':'cancel','acct':'alice'}", "MALFORMED", "ordId"),
      new Bad("{'op':'cancel','acct':'alice','ordId':1,'clOrdId':'a'}", "MALFORMED", "exactly one"),
      new Bad("{'op':'amend','acct':'alice','ordId':99,'newPx':'1'}", "UNKNOWN_ORDER", "instId"),
      new Bad(rule("'slTriggerPx':'80','sz':'0.1'"), "MALFORMED", "triggerPxType"),
      new Bad(rule("'slTriggerPx':'80','sz':'0.1','triggerPxType':'median'"), "UNKNOWN_ENUM", "last, bid"),
      new Bad(rule("'slOrdPx':'80','sz':'0.1','triggerPxType':'mark'"), "MALFORMED", "slTriggerPx"),
      new Bad(rule("'callbackRatio':'0.01','callbackBps':100,'sz':'0.1','triggerPxType':'mark'"),
          "TRAIL_DISTANCE_INVALID", "callbackRatio"),
      new Bad(rule("'activePx':'80','sz':'0.1','triggerPxType':'mark'"), "MALFORMED", "activePx"),
      new Bad(rule("'ordType':'oco','slTriggerPx':'80','sz':'0.1','triggerPxType':'mark'"), "FLAGS_CONFLICT", "oco"),
      new Bad("{'op':'amend-rule','acct':'alice','algoClOrdId':'sl','newTpTriggerPx':'200'}", "LEVEL_NOT_ALLOWED",
          "take_profit"),
      new Bad("{'op':'amend-rule','acct':'alice','algoClOrdId':'sl','newTpTriggerPx':'200','newSlTriggerPx':'1'}",
          "AMEND_NOT_ALLOWED", "one leg"),
      new Bad("{'op':'price','instId':'BTC-USDT','pxType':'last','px':'1'}", "UNKNOWN_ENUM", "mark, index"),
      new Bad("{'op':'price','instId':'BTC-USDT','pxType':'mark','px':'1.00005'}", "OUT_OF_RANGE", "1.00005"),
      new Bad("{'op':'print','acct':'tape','instId':'BTC-USDT','sz':'1'}", "MALFORMED", "px"),
      new Bad("{'op':'halt','scope':'engine','acct':'alice','on':true}", "FLAGS_CONFLICT", "engine"),
      new Bad("{'op':'halt','scope':'engine','on':1}", "MALFORMED", "on"),
      new Bad(order("'side':'buy','ordType':'limit','px':'1','sz':'1','displaySz':'0.0001'"), "OUT_OF_RANGE",
          "displaySz"),
      new Bad(order("'side':'buy','ordType':'limit','px':'1','sz':'1','displaySz':'-0.001'"), "DISPLAY_INVALID",
          "shown size"),
      new Bad(order("'side':'buy','ordType':'limit','px':'1','sz':'1','displaySz':0.5"), "MALFORMED", "displaySz"),
      new Bad(order("'side':'buy','ordType':'limit','px':'1','sz':'1','hidden':'yes'"), "MALFORMED", "hidden"),
      new Bad(order("'side':'buy','ordType':'limit','px':'1','sz':'1','reduceOnly':1"), "MALFORMED", "reduceOnly"),
      new Bad(order("'side':'buy','ordType':'ioc','tif':'gfa','px':'1','sz':'1'"), "FLAGS_CONFLICT", "gfa"),
      new Bad("{'op':'session','instId':'BTC-USDT','state':'auction'}", "UNKNOWN_ENUM", "pre_open"),
      new Bad("{'op':'session','instId':'ETH-USDT','state':'closed'}", "UNKNOWN_INSTRUMENT", "ETH-USDT"),
      new Bad("{'op':'auction','instId':'BTC-USDT','next':'pre_open'}", "UNKNOWN_ENUM", "close_only"),
      new Bad("{'op':'auction','instId':'BTC-USDT','until':'soon'}", "MALFORMED", "soon"),
      new Bad("{'op':'auction','instId':'BTC-USDT','referencePx':'1.05'}", "OUT_OF_RANGE", "referencePx"),
      new Bad("{'op':'volatility-guard','instId':'BTC-USDT','callSec':'1'}", "MALFORMED", "bandBps"),
      new Bad("{'op':'volatility-guard','instId':'BTC-USDT','bandBps':10001,'callSec':'1'}", "OUT_OF_RANGE", "10001"),
      new Bad("{'op':'volatility-guard','instId':'BTC-USDT','bandBps':50,'callSec':1}", "MALFORMED", "callSec"),
      new Bad("{'op':'volatility-guard','instId':'BTC-USDT','bandBps':50,'callSec':'-1'}", "OUT_OF_RANGE",
          "negative"),
      new Bad("{'op':'volatility-guard','instId':'BTC-USDT','bandBps':50,'horizonSec':'0.0000000001'}",
          "OUT_OF_RANGE", "horizonSec"),
      new Bad("{'op':'cancel-all-after','acct':'alice'}", "MALFORMED", "timeoutSec"),
      new Bad("{'op':'cancel-all-after','acct':'alice','timeoutSec':'99999999999'}", "OUT_OF_RANGE", "timeoutSec"),
      new Bad("{'op':'cancel-on-disconnect','acct':'alice','boundSessionId':-1}", "OUT_OF_RANGE", "boundSessionId"),
      new Bad("{'op':'disconnect','lostSessionId':0}", "OUT_OF_RANGE", "lostSessionId"),
      new Bad("{'op':'disconnect'}", "MALFORMED", "lostSessionId"),
      new Bad("{'op':'account-limits','acct':'alice','ratePerSecond':1000001}", "OUT_OF_RANGE", "1000001"),
      new Bad("{'op':'price-rule','instId':'BTC-USDT','quorum':17}", "OUT_OF_RANGE", "quorum"),
      new Bad("{'op':'interest','ccy':'BTC','kink':'high'}", "MALFORMED", "kink"),
      new Bad("{'op':'price-rule','instId':'BTC-USDT','markRule':'guess'}", "UNKNOWN_ENUM", "ema_basis"),
      new Bad("{'op':'quote','instId':'BTC-USDT','source':0,'px':'1','seen':'1'}", "OUT_OF_RANGE", "source"),
      new Bad("{'op':'quote','instId':'BTC-USDT','source':1,'px':'1'}", "MALFORMED", "seen"),
      new Bad("{'op':'funding','instId':'BTC-USDT','intervalSec':'1','cap':'0.00000000001'}", "OUT_OF_RANGE", "cap"),
      new Bad("{'op':'margin','instId':'BTC-USDT','model':'guess'}", "UNKNOWN_ENUM", "square_root"),
      new Bad("{'op':'margin','instId':'BTC-USDT','tiers':[]}", "MALFORMED", "1 to 16"),
      new Bad("{'op':'margin','instId':'BTC-USDT','tiers':[{'imr':'0.1'}]}", "MALFORMED", "floor"),
      new Bad("{'op':'margin','instId':'BTC-USDT','tiers':[{'floor':'0','imr':'0.1','fee':'1'}]}", "MALFORMED",
          "fee"),
      new Bad("{'op':'margin','instId':'BTC-USDT','tiers':[{'floor':'0','imr':'30'}]}", "OUT_OF_RANGE", "imr"),
      new Bad("{'op':'margin','instId':'BTC-USDT','lever':'0.001'}", "OUT_OF_RANGE", "lever"),
      new Bad("{'op':'collateral','ccy':'USDT'}", "MALFORMED", "tiers"),
      new Bad("{'op':'collateral','ccy':'EUR','tiers':[{'floor':'0','weight':'1'}]}", "UNKNOWN_ASSET", "EUR"),
      new Bad("{'op':'account-mode','acct':'alice','tdMode':'spot'}", "UNKNOWN_ENUM", "portfolio"),
      new Bad("{'op':'account-mode','acct':'alice','tdMode':'cross','posMode':'hedge'}", "UNKNOWN_ENUM",
          "long_short"),
      new Bad("{'op':'leverage','acct':'alice','instId':'BTC-USDT'}", "MALFORMED", "lever"),
      new Bad("{'op':'leverage','acct':'alice','instId':'BTC-USDT','lever':'-1'}", "OUT_OF_RANGE", "lever"),
      new Bad("{'op':'leverage','acct':'alice','instId':'BTC-USDT','lever':10}", "MALFORMED", "lever"),
      new Bad("{'op':'adjust-margin','acct':'alice','instId':'BTC-USDT'}", "MALFORMED", "amt"),
      new Bad("{'op':'adjust-margin','acct':'alice','instId':'BTC-USDT','posSide':'both','amt':'1'}", "UNKNOWN_ENUM",
          "net, long, short"),
      new Bad("{'op':'volatility','instId':'BTC-USDT'}", "MALFORMED", "vol"),
      new Bad("{'op':'portfolio-margin','instId':'BTC-USDT','parameter':'mood','value':'1'}", "UNKNOWN_ENUM", "mood"),
      new Bad("{'op':'house-fund','fund':'pension','ccy':'USDT','amt':'1'}", "UNKNOWN_ENUM", "insurance"),
      new Bad("{'op':'house-fund','fund':'insurance','ccy':'USDT','amt':'0'}", "AMOUNT_NOT_POSITIVE", "amount"),
      new Bad("{'op':'liquidation','instId':'BTC-USDT','backstopAcct':'bob'}", "UNKNOWN_ACCOUNT", "backstopAcct"),
      new Bad("{'op':'liquidation','instId':'BTC-USDT','collarBps':10001}", "OUT_OF_RANGE", "10001"),
      new Bad("{'op':'settle-instrument','instId':'BTC-USDT'}", "MALFORMED", "px"),
      new Bad("{'op':'token','instId':'BTC-USDT','pxType':'tomorrow'}", "UNKNOWN_ENUM", "tomorrow"),
      new Bad("{'op':'token','instId':'BTC-USDT','underlyingInstId':'X'}", "UNKNOWN_INSTRUMENT", "underlyingInstId"),
      new Bad("{'op':'token','instId':'BTC-USDT','nav':'-1'}", "OUT_OF_RANGE", "nav"),
      new Bad("{'op':'token-subscribe','acct':'alice','instId':'BTC-USDT'}", "MALFORMED", "sz"),
      new Bad("{'op':'token-subscribe','acct':'alice','instId':'BTC-USDT','sz':'0'}", "AMOUNT_NOT_POSITIVE", "amount"),
      new Bad("{'op':'token-redeem','acct':'alice','instId':'BTC-USDT','shares':0}", "OUT_OF_RANGE", "shares"),
      new Bad("{'op':'settle-instrument','instId':'BTC-USDT','px':'0'}", "PRICE_NOT_POSITIVE", "price"),
      new Bad(order("'side':'buy','ordType':'limit','px':'1','sz':'1','posSide':'both'"), "UNKNOWN_ENUM", "posSide"),
      new Bad("{'op':'grow-orders','ordersMax':0}", "OUT_OF_RANGE", "ordersMax"),
      new Bad("{'op':'grant-key','keySessionId':0,'principal':1,'scopes':'trade'}", "OUT_OF_RANGE", "keySessionId"),
      new Bad("{'op':'grant-key','keySessionId':1,'principal':1,'scopes':'trade fly'}", "UNKNOWN_ENUM", "fly"),
      new Bad("{'op':'grant-key','keySessionId':1,'principal':1,'scopes':'trade','accts':'nobody'}", "UNKNOWN_ACCOUNT",
          "nobody"),
      new Bad("{'op':'grant-key','keySessionId':1,'principal':1,'scopes':'trade','accts':'alice alice alice alice "
          + "alice alice alice alice alice'}", "OUT_OF_RANGE", "more than 8"),
      new Bad("{'op':'grant-key','keySessionId':1,'principal':1,'scopes':'trade','publicKey':'abc'}", "MALFORMED",
          "publicKey"),
      new Bad("{'op':'security'}", "MALFORMED", "keysNeeded"),
      new Bad("{'op':'security','keysNeeded':true,'twoPeople':'order'}", "UNKNOWN_ENUM", "order"),
      new Bad("{'op':'approve','proposalId':0,'approved':true}", "OUT_OF_RANGE", "proposalId"),
      new Bad("{'op':'revoke-key'}", "MALFORMED", "keySessionId"),
      new Bad("{'op':'risk-limit','row':65,'kind':'none'}", "OUT_OF_RANGE", "65"),
      new Bad("{'op':'risk-limit','row':1,'kind':'cascade','count':2,'windowSec':'1','bps':10001}", "OUT_OF_RANGE",
          "10001"),
      new Bad("{'op':'risk-limit','row':1,'kind':'mood'}", "UNKNOWN_ENUM", "mood"),
      new Bad("{'op':'risk-limit','row':1,'kind':'position_lots','maxSz':'1'}", "MALFORMED", "instId"),
      new Bad("{'op':'risk-limit','row':1,'kind':'order_notional','max':'1'}", "LIMITS_INVALID", "ccy"),
      new Bad("{'op':'risk-limit','row':1,'kind':'command_cost','count':2,'command':'cancel'}", "UNKNOWN_ENUM",
          "cancel"),
      new Bad("{'op':'account-profile','acct':'alice','group':4097}", "OUT_OF_RANGE", "4097"),
      new Bad("{'op':'self-exclude','acct':'alice'}", "MALFORMED", "until"),
      new Bad("{'op':'review','acct':'alice','algoId':1}", "MALFORMED", "decision"),
      new Bad("{'op':'review','acct':'alice','algoId':0,'decision':'release'}", "OUT_OF_RANGE", "algoId"),
      new Bad("{'op':'rule','acct':'alice','instId':'BTC-USDT','sz':'1','now':true,'action':'sweep'}",
          "UNKNOWN_ENUM", "sweep"),
      new Bad("{'op':'rule','acct':'alice','instId':'BTC-USDT','sz':'1','now':true,'action':'vwap','curve':'1 x'}",
          "MALFORMED", "curve"),
      new Bad("{'op':'keep-trades','count':0}", "OUT_OF_RANGE", "count"),
      new Bad("{'op':'bust-trade','instId':'BTC-USDT','tradeId':1,'cause':'other'}", "MALFORMED", "evidence"),
      new Bad("{'op':'compensate','acct':'alice','ccy':'USDT','amt':'1','key':1,'cause':'bad','evidence':'e'}",
          "UNKNOWN_ENUM", "outage"),
      new Bad("{'op':'halt','scope':'group','on':true}", "MALFORMED", "group"),
      new Bad("{'op':'halt','scope':'engine','group':4,'on':true}", "FLAGS_CONFLICT", "engine"),
      new Bad("{'op':'halt','scope':'engine','on':true,'mode':'half'}", "UNKNOWN_ENUM", "half"),
      new Bad("{'op':'batch'}", "MALFORMED", "items"),
      new Bad("{'op':'batch','items':[]}", "MALFORMED", "1 to 20"),
      new Bad("{'op':'batch','items':{}}", "MALFORMED", "1 to 20"),
      new Bad("{'op':'batch','items':[1]}", "MALFORMED", "objects"),
      new Bad("{'op':'batch','items':[" + "{},".repeat(20) + "{}]}", "MALFORMED", "1 to 20"),
      new Bad("{'op':'batch','sessionId':1,'sessionSeq':1,'items':[{}]}", "MALFORMED", "sessionId"),
      new Bad(batch("{'op':'time'}"), "UNKNOWN_TEMPLATE", "items[1]: op: \"time\""),
      new Bad(batch("{'op':'batch','items':[]}"), "UNKNOWN_TEMPLATE", "items[1]"),
      new Bad(batch("{'op':'cancel','acct':'bob','ordId':1}"), "UNKNOWN_ACCOUNT", "items[1]: acct"),
      new Bad(batch("{'op':'cancel','acct':'alice','ordId':1,'ts':5}"), "MALFORMED", "items[1]: unknown field"),
      new Bad(batch(order("'side':'buy','ordType':'limit','px':'1.05','sz':'1'")), "OUT_OF_RANGE", "1.05"),
      new Bad(batch(order("'side':'buy','ordType':'limit','px':'-1','sz':'1'")), "PRICE_NOT_POSITIVE", "items[1]"),
      new Bad("{'op':'state','acct':'bob'}", "UNKNOWN_ACCOUNT", "bob"),
      new Bad("{'op':'state','depth':-1}", "OUT_OF_RANGE", "depth"),
      new Bad("{'op':{'deep':[[[[[[[[[[1]]]]]]]]]]}}", "MALFORMED", "column"),
      new Bad("{'op':'time','reqId':'" + "x".repeat(LineReader.LINE_LENGTH_MAX) + "'}", "MALFORMED", "65536"));

  @Test
  void shouldAcknowledgeEveryBadLineWithItsPlaceAndChangeNothing(@TempDir final Path dir) {
    final List<String> lines = new ArrayList<>(SETUP);
    lines.add(STATE);
    LINES.forEach(bad -> lines.add(bad.line()));
    lines.add(STATE);

    final CliRun run = CliRun.pipe(dir, lines.stream().map(line -> line.replace('\'', '"')).toArray(String[]::new));

    assertEquals(1, run.exitCode(), run.err());
    final List<JsonNode> out = run.lines();
    final List<JsonNode> acks = out.stream().filter(line -> "ack".equals(line.path("event").asText())).toList();
    assertEquals(lines.size(), acks.size());
    SETUP.forEach(line -> assertEquals("OK", acks.get(SETUP.indexOf(line)).path("code").asText(), line));
    for (int i = 0; i < LINES.size(); i++) {
      final Bad bad = LINES.get(i);
      final JsonNode ack = acks.get(SETUP.size() + 1 + i);
      final String context = bad + "\n" + ack;
      assertEquals(bad.code(), ack.path("code").asText(), context);
      assertTrue(ack.path("message").asText().contains(bad.names()), context);
      assertEquals(0, ack.path("seq").asLong(), context);
      assertEquals(SETUP.size() + 2 + i, ack.path("line").asLong(), context);
    }
    final List<JsonNode> states = out.stream().filter(line -> "state".equals(line.path("event").asText())).toList();
    assertEquals(states.get(0), states.get(1));
  }

  @Test
  void shouldEchoTheRequestIdEvenOfALineThatDoesNotParse(@TempDir final Path dir) {
    final CliRun run = CliRun.pipe(dir, "{\"reqId\":\"a\",\"op\":\"time\",}", "{\"reqId\":17,\"op\":\"time\",\"op\":1}",
        "{\"op\":{\"x\":[1,2]},\"reqId\":\"late\",,}", "junk", "", "{\"reqId\":null,\"op\":\"time\"}",
        "{\"reqId\":18446744073709551616,\"op\":\"time\"}");

    assertEquals(List.of("\"a\"", "17", "\"late\"", "null", "null", "18446744073709551616"),
        run.lines().stream().map(line -> line.get("reqId").toString()).toList());
  }

  @Test
  void shouldExitOneWhenALineNeverBecameACommandUnlessLenient(@TempDir final Path dir) {
    final String refusedByEngine = "{\"op\":\"degraded\",\"on\":true,\"expTime\":1,\"ts\":5}\n";

    assertEquals(0, CliRun.withInput(refusedByEngine, "pipe", "--dir", dir.toString()).exitCode());
    assertEquals(1, CliRun.withInput("junk\n", "pipe", "--dir", dir.toString()).exitCode());
    assertEquals(0, CliRun.withInput("junk\n", "pipe", "--lenient", "--dir", dir.toString()).exitCode());
  }

  /** A good item, then the one that is said. */
  private static String batch(final String second) {
    return "{'op':'batch','items':[" + order("'side':'sell','ordType':'limit','px':'900','sz':'0.1'") + ','
        + second + "]}";
  }

  private static String order(final String fields) {
    return "{'op':'order','acct':'alice','instId':'BTC-USDT'," + fields + "}";
  }

  private static String rule(final String fields) {
    return "{'op':'rule','acct':'alice','instId':'BTC-USDT'," + fields + "}";
  }
}
