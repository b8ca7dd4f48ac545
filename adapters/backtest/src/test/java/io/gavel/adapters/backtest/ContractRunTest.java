package io.gavel.adapters.backtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.adapters.backtest.result.AccountMargin;
import io.gavel.adapters.backtest.result.MarginPoint;
import io.gavel.adapters.backtest.result.MarginRows;
import io.gavel.adapters.backtest.result.PricePoint;
import io.gavel.adapters.backtest.result.ReferenceSeries;
import io.gavel.adapters.backtest.result.RunResult;
import io.gavel.adapters.backtest.run.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Contracts through the engine: small ones worked out by hand, and the incident of a source that goes astray. */
class ContractRunTest {

  private static final Path ASTRAY = Path.of("scenarios", "one-source-astray.yaml");
  private static final String HEAD = """
      name: small
      data: { trades: t.csv }
      venue: { tiers: [ { notional: 0, initial: 0.1, maintenance: 0.05 } ] }
      """;

  @TempDir
  private Path dir;

  @Test
  void shouldCountUnrealisedProfitAndTellTheLiquidationPriceOfALinearContract() throws IOException {
    final RunResult result = run("10,100,50\n11,110,50\n12,120,50\n", HEAD + """
        instrument: { instId: BTC-USDT-SWAP, kind: linear-perpetual, tickSz: 1, lotSz: 1, baseScale: 0, quoteScale: 2,
          takerFee: 0.01 }
        accounts: [ { name: alice, deposits: { USDT: 100 }, tdMode: cross } ]
        orders: [ { clOrdId: o, side: buy, ordType: market, sz: 4, protectionBps: 100, at: 11 } ]
        """);

    // Bought 4 at the ask of 101, fee 4.04: at 110 it is 95.96 + 36, at 120 it is 95.96 + 76; needed are 5 %.
    assertEquals(List.of("100.00 0", "131.96 22.00", "171.96 24.00"), result.margin().accounts().get(0).points()
        .stream().map(point -> result.header().instrument().quote(point.equityUnits()) + " "
            + (0 == point.maintenanceUnits() ? "0" : result.header().instrument().quote(point.maintenanceUnits())))
        .toList());
    assertEquals(List.of(10_000L, 13_196L, 17_196L),
        result.equity().stream().map(point -> point.equityUnits()).toList());
    // 95.96 + 4 p - 404 < 0.2 p below 81.06.
    assertEquals(List.of("11 81"), result.margin().levels().stream()
        .map(level -> level.timeNs() / 1_000_000_000L + " " + level.levelTicks()).toList());
    assertEquals(List.of(100, 110, 120), result.margin().references().get(0).points().stream()
        .map(PricePoint::priceTicks).toList());
  }

  @Test
  void shouldSettleAnInverseContractInItsBase() throws IOException {
    final RunResult result = run("10,100,50\n11,100,50\n12,125,50\n", HEAD + """
        instrument: { instId: BTC-USD-SWAP, kind: inverse-perpetual, multiplier: 100, tickSz: 1, lotSz: 1, baseScale: 8,
          quoteScale: 2 }
        accounts: [ { name: alice, deposits: { BTC: 10 }, tdMode: cross } ]
        orders: [ { clOrdId: o, side: sell, ordType: market, sz: 10, protectionBps: 100, at: 11 } ]
        """);

    // Sold 10 contracts of 100 USD at 100, worth 10 BTC; at 125 they are worth 8 BTC: two are lost.
    assertEquals("BTC", result.header().instrument().quoteSymbol());
    assertEquals(800_000_000L, result.equity().get(2).equityUnits());
    assertEquals(40_000_000L, result.margin().accounts().get(0).points().get(2).maintenanceUnits());
  }

  @Test
  void shouldReachOneHashInMemoryAndOnDisk() {
    final RunResult inMemory = Backtest.scenario(ASTRAY).run(Progress.NONE).rows();
    final BacktestResult onDisk = Backtest.scenario(ASTRAY).out(dir).run(Progress.NONE);

    assertEquals(inMemory.header().stateHash(), onDisk.stateHash());
    assertEquals(inMemory.margin(), onDisk.rows().margin());
    assertTrue(Files.exists(dir.resolve("report.html")));
    assertIncident(inMemory);
  }

  /** The proof that the scenario is dangerous: a mark that believed the source would have sold and liquidated. */
  @Test
  void shouldFireWhenTheSourceIsBelieved() {
    final RunResult result = Backtest.scenario(ASTRAY).set("data.sources", "[ { id: 1, file: 'gen:calm/11/astray' } ]")
        .set("data", "{ trades: 'gen:calm/11/trades', mark: 'gen:calm/11/astray', index: 'gen:calm/11/astray' }")
        .set("venue.prices", "{ mark: direct }").run(Progress.NONE).rows();

    assertEquals(2, result.triggers().size());
    assertTrue(result.margin().accounts().stream().allMatch(account -> account.worst().ratioBps() > 10_000));
  }

  private static void assertIncident(final RunResult result) {
    final MarginRows margin = result.margin();
    assertEquals(List.of(), result.triggers());
    assertEquals(List.of(), margin.liquidations());
    assertEquals(List.of(), result.rejects());
    assertEquals(2, result.fills().size());
    assertEquals(List.of(
        "INDEX NONE BELOW_QUORUM counted 2 excluded 0", "MARK NONE BELOW_QUORUM counted 0 excluded 0",
        "INDEX BELOW_QUORUM VALID counted 14 excluded 0", "MARK BELOW_QUORUM VALID counted 0 excluded 0",
        "INDEX VALID VALID counted 27 excluded 4", "INDEX VALID VALID counted 31 excluded 0"),
        margin.priceStates().stream().map(row -> row.source() + " " + row.fromState() + " " + row.toState()
            + " counted " + row.countedSources() + " excluded " + row.excludedSources()).toList());
    for (final AccountMargin account : margin.accounts()) {
      assertTrue(account.worst().ratioBps() < 2_500, account.account() + " " + account.worst());
    }
    assertEquals(7, margin.references().size());
    final ReferenceSeries mark = margin.references().get(6);
    assertEquals(ReferenceSeries.Kind.MARK, mark.kind());
    // The fault is 16 %; the mark feels a fifth of a per cent of it at most.
    assertTrue(mark.points().stream().allMatch(point -> Math.abs(point.priceTicks() - 600_000) < 1_200));
    assertFalse(margin.accounts().get(0).points().stream().map(MarginPoint::equityUnits).distinct().count() < 100);
  }

  private RunResult run(final String trades, final String scenario) throws IOException {
    Files.writeString(dir.resolve("t.csv"), trades);
    final Path file = dir.resolve("s.yaml");
    Files.writeString(file, scenario);
    return Backtest.scenario(file).run(Progress.NONE).rows();
  }
}
