package io.gavel.adapters.backtest.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gavel.codecs.sbe.InstrumentKind;
import io.gavel.codecs.sbe.PositionSide;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a scenario says about contracts, margin and prices, and what it cannot. */
class ContractScenarioTest {

  private static final String GOOD = """
      name: crash
      data:
        trades: "gen:crash/7/trades"
        sources: [ { id: 1, file: "gen:crash/7/source-1" }, { id: 2, file: "gen:crash/7/source-2" },
          { id: 3, file: "gen:crash/7/source-3", confidence: 0.9 } ]
      instrument: { instId: BTC-USDT-SWAP, kind: linear-perpetual, tickSz: 0.1, lotSz: 0.001, baseScale: 3,
        quoteScale: 6 }
      venue:
        lever: 50
        tiers: [ { notional: 0, initial: 0.02, maintenance: 0.01 }, { notional: 500000, initial: 0.04,
          maintenance: 0.02 } ]
        funding: { rule: direct, intervalMs: 600000, rate: -0.0001 }
        prices: { quorum: 3, deviation: 0.02, staleMs: 10000, mark: ema-basis, band: 0.05 }
        liquidation: { partial: 0.2, policy: greedy, fundIntervalMax: 5, intervalMs: 1000 }
        insurance: 1000
      accounts:
        - { name: alice, deposits: { USDT: 10000 }, tdMode: cross, lever: 20 }
        - { name: bob, deposits: { USDT: 10000 }, tdMode: isolated, posMode: long_short }
      orders:
        - { clOrdId: a, acct: alice, side: buy, ordType: market, sz: 2 }
        - { clOrdId: b, acct: bob, side: sell, ordType: limit, px: 60000, sz: 2, posSide: short, reduceOnly: false }
      rules:
        - { algoClOrdId: sl, acct: alice, side: sell, ordType: conditional, slTriggerPx: 50000, triggerPxType: mark,
            sz: 1 }
      """;

  private static final String WRONG = """
      name: crash
      data: { trades: "gen:crush/7/trades", mark: "gen:crash/7/mark",
        sources: [ { id: 1, file: "gen:crash/7/source-1" }, { id: 1, file: nowhere.csv, confidence: 2 } ] }
      instrument: { instId: BTC-USDT-SWAP, kind: linear-perpetual, settleCcy: BTC, expiry: 2026-03-27, tickSz: 0.1,
        lotSz: 0.001, baseScale: 3, quoteScale: 6 }
      venue:
        lever: 0.5
        tiers: [ { notional: 5, initial: 0.02, maintenance: 0.03 },
          { notional: 5, initial: 2, maintenance: 0.01, maintenence: 0.1 } ]
        funding: { rule: direct, intervalMs: 600000, capp: 1 }
        prices: { mark: median, quorum: 2 }
        backstop: 5
      accounts:
        - { name: alice, deposits: { USDT: 10000 } }
        - { name: bob, deposits: { USDT: 10000 }, tdMode: crossed, posMode: long_short }
        - { name: carol, deposits: { USDT: 1 }, tdMode: cross }
      orders:
        - { clOrdId: a, acct: bob, side: buy, ordType: market, sz: 2 }
        - { clOrdId: b, acct: carol, side: buy, ordType: market, quoteSz: 2, posSide: long, reduceOnly: maybe }
      """;

  private static final String SPOT = """
      name: spot
      data: { trades: "demo:", mark: "gen:crash/7/mark" }
      instrument: { instId: BTC-USD-SWAP, tickSz: 0.01, lotSz: 0.00000001, baseScale: 8, quoteScale: 10,
        multiplier: 2 }
      venue: { tiers: [ { notional: 0, initial: 1, maintenance: 1 } ] }
      accounts: [ { name: alice, deposits: { BTC: 1 }, tdMode: cross } ]
      orders: [ { clOrdId: a, side: sell, ordType: market, sz: 1, posSide: short } ]
      """;

  @Test
  void shouldReadAContractItsMarginAndItsPrices() {
    final Scenario scenario = read(GOOD);
    final ContractSpec contract = scenario.contract();

    assertNotNull(contract);
    assertEquals(InstrumentKind.LINEAR_PERPETUAL, contract.kind());
    assertEquals("USDT", contract.settleSymbol());
    assertEquals(List.of(new ContractSpec.Tier(0, 2_000_000, 1_000_000),
        new ContractSpec.Tier(500_000_000_000L, 4_000_000, 2_000_000)), contract.tiers());
    assertEquals(new ContractSpec.Funding(ContractSpec.FundingKind.DIRECT, 600_000_000_000L, 600_000_000_000L,
        -1_000_000, 0, 0, 10_000_000_000L, 0), contract.funding());
    assertEquals(new ContractSpec.Prices(3, 2_000_000, 10_000_000_000L, 0, 0, 0, 0, 0, 0,
        ContractSpec.MarkKind.EMA_BASIS, 0, 0, 5_000_000, 0, 0), contract.prices());
    assertEquals(new ContractSpec.Liquidation(500, 5_000, 2_000, 10, 1_000_000_000L, true, 0, 0, 5_000_000L,
        1_000_000_000L, 0, 1_000_000_000L, 0, 0), contract.liquidation());
    assertEquals("USDT", scenario.market().quoteSymbol());
    assertEquals(Scenario.TdMode.CROSS, scenario.accounts().get(0).tdMode());
    assertEquals("20", scenario.accounts().get(0).lever());
    assertEquals(true, scenario.accounts().get(1).hedged());
    assertEquals(PositionSide.SHORT, scenario.orders().get(1).posSide());
    assertEquals(List.of(100_000_000, 100_000_000, 90_000_000),
        scenario.data().sources().stream().map(Scenario.SourceTape::confidenceE8).toList());
  }

  @Test
  void shouldTellAllMistakesOfAContractAtOnce() {
    assertEquals(List.of(
        "line 2: data.mark: the venue works it out itself: prices.mark says median",
        "line 2: data.trades[0]: 'gen:crush/7/trades': no such file",
        "line 3: data.sources[1].confidence: '2' is not from 0 to 1",
        "line 3: data.sources[1].file: 'nowhere.csv': no such file",
        "line 3: data.sources[1].id: '1' is taken by a source above",
        "line 4: instrument.expiry: only a future has it",
        "line 4: instrument.settleCcy: 'BTC': linear-perpetual is settled in USDT",
        "line 7: venue.lever: '0.5' is not from 1 to 1000",
        "line 8: venue.tiers[0].maintenance: '0.03' is more than initial",
        "line 8: venue.tiers[0].notional: '5': the first tier begins at 0",
        "line 9: venue.tiers[1].initial: '2' is not from 0.00000001 to 1",
        "line 9: venue.tiers[1].maintenence: unknown key 'maintenence'; the nearest valid key is 'maintenance'",
        "line 9: venue.tiers[1].notional: '5' is not above that of the tier in front",
        "line 10: venue.funding.capp: unknown key 'capp'; the nearest valid key is 'cap'",
        "line 10: venue.funding.rate: missing; rule: direct names the rate",
        "line 11: venue.prices.quorum: '2' is not from 3 to 16",
        "line 12: venue.backstop: means nothing without liquidation",
        "line 14: accounts[0].tdMode: missing; expected one of cash, isolated, cross",
        "line 15: accounts[1].tdMode: 'crossed' is not one of cash, isolated, cross",
        "line 18: orders[0].posSide: missing; bob keeps a long and a short position: expected long or short",
        "line 19: orders[1].posSide: 'long': carol keeps one position; posMode: long_short keeps two",
        "line 19: orders[1].quoteSz: a contract is sized by sz",
        "line 19: orders[1].reduceOnly: 'maybe' is not one of true, false"), mistakes(WRONG));
  }

  @Test
  void shouldTakeWhatBelongsToAContractForAMistakeInSpot() {
    assertEquals(List.of(
        "line 2: data.mark: means nothing in spot; instrument.kind names a contract",
        "line 3: instrument.instId: 'BTC-USD-SWAP' names a contract; kind says which, such as linear-perpetual",
        "line 4: instrument.multiplier: means nothing in spot; instrument.kind names a contract",
        "line 5: venue.tiers: means nothing in spot; instrument.kind names a contract",
        "line 6: accounts[0].tdMode: means nothing in spot; instrument.kind names a contract",
        "line 7: orders[0].posSide: means nothing in spot; instrument.kind names a contract"), mistakes(SPOT));
  }

  private static List<String> mistakes(final String text) {
    return assertThrows(ScenarioException.class, () -> read(text)).mistakes().stream().map(Mistake::toString).toList();
  }

  private static Scenario read(final String text) {
    return ScenarioReader.read("s.yaml", text, Path.of(""), List.of());
  }
}
