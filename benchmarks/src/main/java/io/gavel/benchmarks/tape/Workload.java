package io.gavel.benchmarks.tape;

import io.gavel.codecs.RuleGroups;
import io.gavel.codecs.Text32;
import io.gavel.codecs.sbe.AccountKind;
import io.gavel.codecs.sbe.ArmPolicy;
import io.gavel.codecs.sbe.ArmRuleEncoder;
import io.gavel.codecs.sbe.CreateAccountEncoder;
import io.gavel.codecs.sbe.CreateAssetEncoder;
import io.gavel.codecs.sbe.CreateInstrumentEncoder;
import io.gavel.codecs.sbe.DepositEncoder;
import io.gavel.codecs.sbe.EngineConfigEncoder;
import io.gavel.codecs.sbe.FeeAsset;
import io.gavel.codecs.sbe.InstrumentKind;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.RuleKind;
import io.gavel.codecs.sbe.Side;
import io.gavel.codecs.sbe.TapePrintEncoder;
import io.gavel.codecs.sbe.Text32Encoder;
import io.gavel.engine.core.CoreConfig;

/**
 * The demo week over and over: a thousand rules that never fire stand by, and each round arms seven that do (a ladder,
 * a stop, a trailing stop, a pair), funds them and plays every row.
 */
final class Workload {

  static final int IDLE_RULES = 1_000;
  static final int RULES_PER_ROUND = 7;

  private static final int BTC = 1;
  private static final int USD = 2;
  private static final int INSTRUMENT = 1;
  private static final long TAPE = 1;
  private static final long USER = 2;
  private static final long ONE_BTC = 100_000_000L;
  private static final int HALF_E8 = 50_000_000;

  private final CoreDriver driver;
  private final DecodedTape tape;
  private final TapePrintEncoder print = new TapePrintEncoder();
  private final ArmRuleEncoder arm = new ArmRuleEncoder();
  private final DepositEncoder deposit = new DepositEncoder();
  private long shiftNs;

  Workload(final CoreDriver driver, final DecodedTape tape) {
    this.driver = driver;
    this.tape = tape;
  }

  void found(final CoreConfig config) {
    driver.at(tape.timesNs[0]);
    final EngineConfigEncoder record = driver.beginClean(new EngineConfigEncoder());
    config.encode(record);
    driver.send(record);
    asset(BTC, 8, "BTC");
    asset(USD, 10, "USD");
    final CreateInstrumentEncoder instrument = driver.beginClean(new CreateInstrumentEncoder());
    instrument.instrumentId(INSTRUMENT).baseAssetId(BTC).quoteAssetId(USD).makerFeeE8(100_000).takerFeeE8(200_000)
        .markUnitsPerTick(100).protectionBps(1_000).tickSizeE10(ONE_BTC).lotSizeE10(100).kind(InstrumentKind.SPOT)
        .feeAsset(FeeAsset.QUOTE);
    text(instrument.symbol(), "BTC-USD");
    driver.send(instrument);
    account(TAPE, AccountKind.TAPE, "TAPE");
    account(USER, AccountKind.USER, "alice");
    fund(TAPE, BTC, Long.MAX_VALUE / 4);
    fund(TAPE, USD, Long.MAX_VALUE / 4);
    fund(USER, BTC, IDLE_RULES * ONE_BTC);
    for (int i = 0; i < IDLE_RULES; i++) {
      // Beyond every price of the week, a tick apart: armed for good.
      armPlain(0 == i % 2 ? RuleKind.TAKE_PROFIT : RuleKind.STOP_LOSS, 0 == i % 2 ? 120_000 + i : 60_000 - i);
    }
  }

  /** Plays the whole tape once, behind what was played before. */
  void round() {
    driver.at(tape.timesNs[0] + shiftNs);
    fund(USER, BTC, RULES_PER_ROUND * ONE_BTC);
    armPlain(RuleKind.TAKE_PROFIT, 90_000);
    armPlain(RuleKind.TAKE_PROFIT, 100_000);
    armPlain(RuleKind.TAKE_PROFIT, 110_000);
    armPlain(RuleKind.TAKE_PROFIT, 115_000);
    armPlain(RuleKind.STOP_LOSS, 78_000);
    armTrailing();
    armPair();
    for (int i = 0; i < tape.rows(); i++) {
      driver.at(tape.timesNs[i] + shiftNs);
      driver.begin(print).header().sessionId(0).sessionSequence(0).correlationId(0).account(TAPE).expiryTimeNs(0);
      print.instrumentId(INSTRUMENT).priceTicks(tape.priceTicks[i]).sizeLots(tape.sizeLots[i]).shareE8(HALF_E8)
          .slippageTicks(1);
      driver.send(print);
    }
    shiftNs += tape.roundNs();
  }

  private void asset(final int assetId, final int scale, final String symbol) {
    final CreateAssetEncoder asset = driver.beginClean(new CreateAssetEncoder());
    asset.assetId(assetId).scale((short) scale).externalDecimals((short) scale);
    text(asset.symbol(), symbol);
    driver.send(asset);
  }

  private void account(final long account, final AccountKind kind, final String name) {
    final CreateAccountEncoder command = driver.beginClean(new CreateAccountEncoder());
    command.header().account(account);
    command.kind(kind);
    text(command.name(), name);
    driver.send(command);
  }

  private void fund(final long account, final int assetId, final long amountUnits) {
    driver.beginClean(deposit).header().account(account);
    deposit.assetId(assetId).amountUnits(amountUnits);
    driver.send(deposit);
  }

  private void armPlain(final RuleKind kind, final int levelTicks) {
    // The last round may have ended beyond the level: the rule waits until the price comes back over it.
    beginRule().armPolicy(ArmPolicy.WAIT_RECROSS).legsCount(1).next().levelTicks(levelTicks).kind(kind)
        .source(PriceSource.LAST);
    RuleGroups.none(arm);
    driver.send(arm);
  }

  private void armTrailing() {
    beginRule().legsCount(1).next().levelTicks(0).trailRatioE8(8_000_000).activationTicks(100_000)
        .kind(RuleKind.TRAILING_STOP).source(PriceSource.LAST);
    RuleGroups.none(arm);
    driver.send(arm);
  }

  private void armPair() {
    final ArmRuleEncoder.LegsEncoder legs = beginRule().legsCount(2);
    legs.next().levelTicks(105_000).kind(RuleKind.TAKE_PROFIT).source(PriceSource.LAST);
    legs.next().levelTicks(75_000).kind(RuleKind.STOP_LOSS).source(PriceSource.LAST);
    RuleGroups.none(arm);
    driver.send(arm);
  }

  private ArmRuleEncoder beginRule() {
    driver.beginClean(arm).header().account(USER);
    return arm.instrumentId(INSTRUMENT).quantityLots(ONE_BTC).side(Side.SELL);
  }

  private static void text(final Text32Encoder words, final String text) {
    words.w0(Text32.word(text, 0)).w1(Text32.word(text, 1)).w2(Text32.word(text, 2)).w3(Text32.word(text, 3));
  }
}
