package io.gavel.adapters.backtest.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScenarioReaderTest {

  private static final String GOOD = """
      name: small
      data: { trades: "demo:" }
      instrument: { instId: BTC-USD, tickSz: 0.01, lotSz: 0.00000001, baseScale: 8, quoteScale: 10 }
      accounts: [ { name: alice, deposits: { BTC: 1.50 }, basisPx: 800.10 } ]
      rules:
        - { algoClOrdId: tp, side: sell, ordType: conditional, tpTriggerPx: 900, triggerPxType: last, sz: 010 }
      """;

  private static final String WRONG = """
      name: has blank
      dta: { trades: "demo:" }
      data:
        trades: [nowhere.csv]
        zerosize: skip
      instrument: { instId: BTC-USD, tickSz: 0.01, lotSz: 1e-8, baseScale: 8, quoteScale: 11, takerFee: 0.5 }
      venue: { share: 1.5, loop: 0 }
      accounts:
        - { name: alice, deposits: { BTC: 1, EUR: 5 } }
        - { name: alice, deposits: { USD: -5 } }
        - { name: TAPE }
      rules:
        - { algoClOrdId: a, acct: alice, side: short, ordType: conditional, tpTrigerPx: 900, sz: 1 }
        - { algoClOrdId: a, acct: carol, side: sell, ordType: conditional, tpTriggerPx: 900.001,
            slTriggerPx: 0, triggerPxType: mark, sz: 1, closeFraction: 2 }
        - { algoClOrdId: t, acct: alice, side: buy, ordType: move_order_stop, callbackRatio: 1, triggerPxType: last,
            sz: 1, startTime: 2013-11-30T00:00:00Z, endTime: 2013-11-30, armAt: tomorrow }
      orders:
        - { clOrdId: o, acct: alice, side: sell, ordType: market, px: 5, quoteSz: 5 }
      report: { export: [csv, parquet] }
      report: yes
      """;

  @TempDir
  private Path dir;

  @Test
  void shouldReadScalarsAsTheTextThatWasWritten() {
    final Scenario scenario = read(GOOD.replace("name: small", "name: no"));

    assertEquals("no", scenario.name());
    assertEquals("1.50", scenario.accounts().get(0).deposits().get("BTC"));
    assertEquals("800.10", scenario.accounts().get(0).basisPx());
    assertEquals("010", scenario.rules().get(0).sz());
    assertEquals("alice", scenario.rules().get(0).acct());
    assertEquals(new Scenario.Venue(100_000_000, 0, 0, 1), scenario.venue());
  }

  @Test
  void shouldReadTheBundledDemo() throws Exception {
    final Path demo = Path.of(ScenarioReaderTest.class.getResource("/io/gavel/adapters/backtest/demo.yaml").toURI());
    final Scenario scenario = ScenarioReader.read(demo, List.of());

    assertEquals(10, scenario.rules().size());
    assertEquals(50_000_000L, scenario.venue().activationDelayNs());
    assertEquals(50_000_000, scenario.venue().shareE8());
    assertEquals(1_385_769_600_000_000_000L, scenario.rules().get(4).armAtNs());
  }

  @Test
  void shouldReportAllMistakesAtOnceWithPathLineAndNearestKey() {
    final ScenarioException e = assertThrows(ScenarioException.class, () -> read(WRONG));

    assertEquals(List.of(
        "line 1: name: 'has blank' is not 1 to 32 printable characters without blanks",
        "line 2: dta: unknown key 'dta'; the nearest valid key is 'data'",
        "line 4: data.trades[0]: 'nowhere.csv': no such file",
        "line 5: data.zerosize: unknown key 'zerosize'; the nearest valid key is 'zeroSize'",
        "line 6: instrument.lotSz: '1e-8' is not a plain decimal such as 0.25",
        "line 6: instrument.quoteScale: '11' is not a number of decimals from 0 to 10",
        "line 6: instrument.takerFee: '0.5' is not from -0.1 to 0.1",
        "line 7: venue.loop: '0' is not from 1 to 10000",
        "line 7: venue.share: '1.5' is not from 0 to 1",
        "line 9: accounts[0].deposits.EUR: unknown asset 'EUR'; expected BTC or USD",
        "line 10: accounts[1].deposits.USD: '-5' is not a plain decimal such as 0.25",
        "line 10: accounts[1].name: 'alice' is taken by an account above",
        "line 11: accounts[2].deposits: missing",
        "line 11: accounts[2].name: 'TAPE' is taken by the account that quotes the tape",
        "line 13: rules[0].ordType: 'conditional' needs exactly one of tpTriggerPx, slTriggerPx and when",
        "line 13: rules[0].side: 'short' is not one of sell, buy",
        "line 13: rules[0].tpTrigerPx: unknown key 'tpTrigerPx'; the nearest valid key is 'tpTriggerPx'",
        "line 13: rules[0].triggerPxType: missing; expected one of last, bid, ask, mark, index",
        "line 14: rules[1].acct: 'carol' is not one of alice, alice, TAPE",
        "line 14: rules[1].algoClOrdId: 'a' is taken by an entry above",
        "line 14: rules[1].ordType: 'conditional' needs exactly one of tpTriggerPx, slTriggerPx and when",
        "line 14: rules[1].tpTriggerPx: \"900.001\" is no multiple of 0.01",
        "line 15: rules[1].closeFraction: '2' is not from 0.00000001 to 1",
        "line 15: rules[1].slTriggerPx: '0' is not positive",
        "line 15: rules[1].sz: closeFraction is said too; expected one of them",
        "line 15: rules[1].triggerPxType: 'mark' would never fire: the tapes carry trades, from which come last, bid "
            + "and ask",
        "line 16: rules[2].callbackOrdPx: missing; a rule that buys needs a limit price, so that its cost can be put "
            + "aside",
        "line 16: rules[2].callbackRatio: '1' is not from 0.00000001 to 0.99999999",
        "line 17: rules[2].armAt: 'tomorrow' is not a time such as 2013-11-25T12:00:00Z, or seconds since the epoch",
        "line 17: rules[2].endTime: '2013-11-30' is not after startTime",
        "line 19: orders[0].px: a market order has none; its protection is protectionBps",
        "line 19: orders[0].quoteSz: only a market buy can be sized in quote",
        "line 20: report.export[1]: 'parquet' is not one of csv, json",
        "line 21: report: said twice, first on line 20"),
        e.mistakes().stream().map(Mistake::toString).toList());
    assertTrue(e.getMessage().startsWith("s.yaml: 34 mistakes"), e.getMessage());
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "venue.share=0.5|venue.share|0.5",
    "rules.tp.tpTriggerPx=901|rules[0].tpTriggerPx|901",
    "rules.0.tpTriggerPx=902|rules[0].tpTriggerPx|902"})
  void shouldApplyOverrides(final String override, final String path, final String value) {
    final Scenario plain = read(GOOD);
    final Scenario changed = read(GOOD, override);

    assertEquals(value, path.startsWith("venue") ? "0." + changed.venue().shareE8() / 10_000_000
        : changed.rules().get(0).tpTriggerPx());
    assertNotEquals(plain.configHash(), changed.configHash());
  }

  @Test
  void shouldTellMistakesOfOverridesWithoutALine() {
    final ScenarioException e = assertThrows(ScenarioException.class, () -> read(GOOD,
        "venue.shar=1", "rules.tx.sz=1", "name.first=x", "name", "rules.tp.sz=0.000000001", "report.export=[csv, xml]",
        "instrument.instId=BTCUSD"));

    assertEquals(List.of(
        "--set name: expected a path, '=' and a value such as venue.share=0.5",
        "--set name.first=x: there is nothing under 'name'",
        "--set rules.tx.sz=1: no entry 'tx.sz' in rules; expected a position from 0 or an id",
        "instrument.instId: 'BTCUSD' is not base and quote asset such as BTC-USD",
        "report.export[1]: 'xml' is not one of csv, json",
        "rules[0].sz: \"0.000000001\" is no multiple of 0.00000001",
        "venue.shar: unknown key 'shar'; the nearest valid key is 'share'"),
        e.mistakes().stream().map(Mistake::toString).toList());
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "''|the file is empty",
    "- a|expected keys and values such as 'name: first-run'",
    "'name: [a'|line 1: not valid YAML: expected ',' or ']', but got <stream end>",
    "'name: &x a'|line 1: name: anchors are not part of the format: '&x'"})
  void shouldRefuseWhatIsNoScenario(final String text, final String message) {
    assertTrue(assertThrows(ScenarioException.class, () -> read(text)).mistakes().stream()
        .anyMatch(mistake -> message.equals(mistake.toString())), text);
  }

  @Test
  void shouldRefuseAMissingFileAndBytesThatAreNoText() throws Exception {
    Files.write(dir.resolve("b.yaml"), new byte[] {(byte) 0xC3, 0x28});

    assertTrue(assertThrows(ScenarioException.class, () -> ScenarioReader.read(dir.resolve("a.yaml"), List.of()))
        .getMessage().contains("no such file"));
    assertTrue(assertThrows(ScenarioException.class, () -> ScenarioReader.read(dir.resolve("b.yaml"), List.of()))
        .getMessage().contains("is not UTF-8 text"));
  }

  @Test
  void shouldAnswerRandomDamageWithMistakesOrAScenario() {
    final long seed = 8;
    final Random random = new Random(seed);
    for (int i = 0; i < 400; i++) {
      final StringBuilder text = new StringBuilder(GOOD);
      for (int n = random.nextInt(5); n >= 0; n--) {
        final int at = random.nextInt(text.length());
        switch (random.nextInt(3)) {
          case 0 -> text.setCharAt(at, (char) (32 + random.nextInt(95)));
          case 1 -> text.delete(at, Math.min(text.length(), at + random.nextInt(30)));
          default -> text.insert(at, text.substring(at, Math.min(text.length(), at + random.nextInt(30))));
        }
      }
      try {
        read(text.toString());
      } catch (final ScenarioException e) {
        assertTrue(!e.mistakes().isEmpty(), "seed " + seed + " round " + i);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"zerosize, zeroSize, 0", "tpTrigerPx, tpTriggerPx, 1", "lopo, loop, 1", "'', loop, 4", "abc, abc, 0"})
  void shouldCountEdits(final String from, final String to, final int edits) {
    assertEquals(edits, EditDistance.between(from.toLowerCase(java.util.Locale.ROOT),
        to.toLowerCase(java.util.Locale.ROOT)));
  }

  private Scenario read(final String text, final String... overrides) {
    return ScenarioReader.read("s.yaml", text, dir, List.of(overrides));
  }
}
