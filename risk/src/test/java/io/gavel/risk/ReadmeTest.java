package io.gavel.risk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.codecs.Text32;
import io.gavel.codecs.sbe.AccountKind;
import io.gavel.codecs.sbe.CreateInstrumentDecoder;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.Side;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The example of the README is the code between the tags below: it compiles, runs, and reads the same in both. */
class ReadmeTest {

  private static final int BTC = RiskWorld.BTC;
  private static final int USDT = RiskWorld.USDT;
  private static final int BTC_USDT = RiskWorld.BTC_USDT;
  private static final long ALICE = RiskWorld.ALICE;
  private static final long BOB = RiskWorld.BOB;

  private final CreateInstrumentDecoder btcUsdt =
      RiskWorld.instrument(BTC_USDT, "BTC-USDT", c -> c.makerFeeE8(20_000).takerFeeE8(50_000));

  @Test
  void shouldDoWhatTheReadmeSays() {
    // tag::example
    final RiskEngine risk = new RiskEngine(100, 8, 8, 400, 1_000, 100);
    risk.createAsset(BTC, 8, 8, Text32.word("BTC", 0), 0, 0, 0);
    risk.createAsset(USDT, 6, 6, Text32.word("USDT", 0), 0, 0, 0);
    risk.createInstrument(btcUsdt);                     // tick 0.1, lot 0.001, fees 0.02 % and 0.05 %
    risk.createAccount(ALICE, AccountKind.USER, 0, 0, 0, 0);
    risk.createAccount(BOB, AccountKind.USER, 0, 0, 0, 0);
    risk.deposit(ALICE, BTC, 500_000, 0, 0);            // 0.005 BTC
    risk.deposit(BOB, USDT, 1_000_000_000, 0, 0);       // 1,000 USDT

    final OrderRequest order = new OrderRequest();
    order.account = ALICE;
    order.instrumentId = BTC_USDT;
    order.side = Side.SELL;
    order.limitPriceTicks = 600_000;                    // 60,000.0
    order.quantityLots = 5;
    ReasonCode code = risk.checkOrder(order);           // known, not halted, within limits and collar
    if (ReasonCode.OK == code) {
      risk.reserve(order);                              // 0.005 BTC held
    }
    final int maker = order.reservation;

    order.clear();
    order.account = BOB;
    order.instrumentId = BTC_USDT;
    order.side = Side.BUY;
    order.limitPriceTicks = 600_100;
    order.quantityLots = 2;
    code = risk.checkOrder(order);
    if (ReasonCode.OK == code) {
      risk.reserve(order);                              // 120.02 USDT, its fee, and one unit a role for rounding
    }
    final int taker = order.reservation;

    final FillSettlement fill = new FillSettlement();
    risk.settleFill(maker, taker, BTC_USDT, Side.BUY, 600_000, 2, fill);
    risk.release(taker);                                // what was not needed is free again
    // end::example

    assertEquals(ReasonCode.OK, code);
    assertEquals(120_000_000, fill.notionalUnits);
    assertEquals(1_000_000_000 - 120_000_000 - 60_000, risk.freeUnits(BOB, USDT));
    assertEquals(120_000_000 - 24_000, risk.freeUnits(ALICE, USDT));
    assertEquals(200_000, risk.freeUnits(BOB, BTC));
    assertEquals(300_000, risk.heldUnits(ALICE, BTC));
    risk.assertConserved();
  }

  @Test
  void shouldBeTheExampleOfTheReadme() throws IOException {
    final Path risk = Path.of(System.getProperty("gavel.root", "..")).resolve("risk");
    final List<String> source = Files.readAllLines(risk.resolve("src/test/java/io/gavel/risk/ReadmeTest.java"));
    final String example = source.subList(
        source.indexOf("    // tag::example") + 1, source.indexOf("    // end::example")).stream()
        .map(line -> line.isEmpty() ? line : line.substring(4))
        .collect(Collectors.joining("\n"));

    assertTrue(Files.readString(risk.resolve("README.md")).contains("```java\n" + example + "\n```"));
  }
}
