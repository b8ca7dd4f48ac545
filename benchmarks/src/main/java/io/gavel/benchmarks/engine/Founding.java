package io.gavel.benchmarks.engine;

import io.gavel.codecs.RuleGroups;
import io.gavel.codecs.Text32;
import io.gavel.codecs.sbe.AccountKind;
import io.gavel.codecs.sbe.ArmRuleEncoder;
import io.gavel.codecs.sbe.CreateAccountEncoder;
import io.gavel.codecs.sbe.CreateAssetEncoder;
import io.gavel.codecs.sbe.CreateInstrumentEncoder;
import io.gavel.codecs.sbe.DepositEncoder;
import io.gavel.codecs.sbe.FeeAsset;
import io.gavel.codecs.sbe.InstrumentKind;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.RuleKind;
import io.gavel.codecs.sbe.SetLimitsEncoder;
import io.gavel.codecs.sbe.SetPriceEncoder;
import io.gavel.codecs.sbe.Side;
import io.gavel.codecs.sbe.Text32Encoder;

/** Opens the house: two assets, one instrument with fees, limits and a collar, funded accounts, idle stop orders. */
public final class Founding {

  static final int INSTRUMENT = 1;
  static final int IDLE_RULES = 1_000;
  /** Where the market starts. */
  static final int MID_TICKS = 100_000;

  private static final int BTC = 1;
  private static final int USD = 2;
  private static final int MARK_UNITS_PER_TICK = 100;
  private static final long ACCOUNT_BTC_UNITS = 1_000_000_000_000L;
  private static final long ACCOUNT_USD_UNITS = 4_000_000_000_000L;

  private final FrameWriter frames;
  private final FrameSink sink;

  private Founding(final FrameSink sink) {
    this.sink = sink;
    frames = new FrameWriter();
  }

  /** Accounts are numbered from 1. Record 1 is the engine's own affair. */
  public static void write(final Scale scale, final FrameSink sink) {
    final Founding founding = new Founding(sink);
    founding.market();
    for (int account = 1; account <= scale.accounts(); account++) {
      founding.account(account);
    }
    for (int i = 0; i < IDLE_RULES; i++) {
      founding.idleRule(1 + i % scale.accounts(), MID_TICKS / 2 - i);
    }
  }

  /** As many stop orders more, by one account after the other, below the market where they sleep. */
  static void writeRules(final int accounts, final int rules, final FrameSink sink) {
    final Founding founding = new Founding(sink);
    for (int i = 0; i < rules; i++) {
      founding.idleRule(1 + i % accounts, MID_TICKS / 2 - i % (MID_TICKS / 4));
    }
  }

  private void market() {
    asset(BTC, 8, "BTC");
    asset(USD, 6, "USD");
    final CreateInstrumentEncoder instrument = frames.begin(new CreateInstrumentEncoder());
    instrument.instrumentId(INSTRUMENT).baseAssetId(BTC).quoteAssetId(USD).makerFeeE8(20_000).takerFeeE8(50_000)
        .markUnitsPerTick(MARK_UNITS_PER_TICK).protectionBps(1_000).tickSizeE10(1_000_000_000L)
        .lotSizeE10(1_000_000L).kind(InstrumentKind.SPOT).feeAsset(FeeAsset.QUOTE);
    text(instrument.symbol(), "BTC-USD");
    frames.send(instrument, sink);
    final SetPriceEncoder mark = frames.begin(new SetPriceEncoder());
    mark.instrumentId(INSTRUMENT).source(PriceSource.MARK).priceUnits((long) MID_TICKS * MARK_UNITS_PER_TICK);
    frames.send(mark, sink);
    final SetLimitsEncoder limits = frames.begin(new SetLimitsEncoder());
    limits.instrumentId(INSTRUMENT).collarBps(2_000).minLots(1).maxLots(1_000_000).minNotionalUnits(1)
        .maxNotionalUnits(Long.MAX_VALUE / 2);
    frames.send(limits, sink);
  }

  private void account(final long account) {
    final CreateAccountEncoder command = frames.begin(new CreateAccountEncoder());
    command.header().account(account);
    command.kind(AccountKind.USER);
    text(command.name(), "account-" + account);
    frames.send(command, sink);
    fund(account, BTC, ACCOUNT_BTC_UNITS);
    fund(account, USD, ACCOUNT_USD_UNITS);
  }

  private void fund(final long account, final int assetId, final long amountUnits) {
    final DepositEncoder deposit = frames.begin(new DepositEncoder());
    deposit.header().account(account);
    deposit.assetId(assetId).amountUnits(amountUnits);
    frames.send(deposit, sink);
  }

  private void asset(final int assetId, final int scale, final String symbol) {
    final CreateAssetEncoder asset = frames.begin(new CreateAssetEncoder());
    asset.assetId(assetId).scale((short) scale).externalDecimals((short) scale);
    text(asset.symbol(), symbol);
    frames.send(asset, sink);
  }

  private void idleRule(final long account, final int levelTicks) {
    final ArmRuleEncoder rule = frames.begin(new ArmRuleEncoder());
    rule.header().account(account);
    rule.instrumentId(INSTRUMENT).quantityLots(1).side(Side.SELL).legsCount(1).next().levelTicks(levelTicks)
        .kind(RuleKind.STOP_LOSS).source(PriceSource.LAST);
    RuleGroups.none(rule);
    frames.send(rule, sink);
  }

  private static void text(final Text32Encoder words, final String text) {
    words.w0(Text32.word(text, 0)).w1(Text32.word(text, 1)).w2(Text32.word(text, 2)).w3(Text32.word(text, 3));
  }
}
