package io.gavel.risk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gavel.codecs.Text32;
import io.gavel.codecs.sbe.AccountKind;
import io.gavel.codecs.sbe.CreateInstrumentDecoder;
import io.gavel.codecs.sbe.CreateInstrumentEncoder;
import io.gavel.codecs.sbe.FeeAsset;
import io.gavel.codecs.sbe.InstrumentKind;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.RiskLimitKind;
import io.gavel.codecs.sbe.SetLimitsDecoder;
import io.gavel.codecs.sbe.SetLimitsEncoder;
import io.gavel.codecs.sbe.SetRiskLimitsDecoder;
import io.gavel.codecs.sbe.SetRiskLimitsEncoder;
import io.gavel.codecs.sbe.Side;
import java.util.function.Consumer;
import org.agrona.concurrent.UnsafeBuffer;

/** A small world to test in: BTC with 8 decimals, USDT with 6, BTC-USDT with tick 0.1 and lot 0.001, some accounts. */
public final class RiskWorld {

  static final int BTC = 1;
  static final int USDT = 2;
  public static final int BTC_USDT = 1;
  static final long ALICE = 11;
  static final long BOB = 12;
  static final long CAROL = 13;
  /** Base units of a lot and quote units of a tick times a lot in BTC-USDT. */
  static final long BASE_PER_LOT = 100_000;
  static final long QUOTE_PER_TICK_LOT = 100;

  final RiskEngine risk;
  final OrderRequest request = new OrderRequest();
  final FillSettlement fill = new FillSettlement();

  RiskWorld() {
    this(1_000, 1_000, 1_000, c -> { });
  }

  RiskWorld(final Consumer<CreateInstrumentEncoder> terms) {
    this(1_000, 1_000, 1_000, terms);
  }

  RiskWorld(
      final int balancesMax, final int reservationsMax, final int holdsMax,
      final Consumer<CreateInstrumentEncoder> terms) {
    risk = new RiskEngine(100, 8, 8, balancesMax, reservationsMax, holdsMax);
    assertEquals(ReasonCode.OK, asset(risk, BTC, 8, "BTC"));
    assertEquals(ReasonCode.OK, asset(risk, USDT, 6, "USDT"));
    assertEquals(ReasonCode.OK, risk.createInstrument(instrument(BTC_USDT, "BTC-USDT", terms)));
    for (final long account : new long[] {ALICE, BOB, CAROL}) {
      assertEquals(ReasonCode.OK, risk.createAccount(account, AccountKind.USER, 0, 0, 0, 0));
    }
  }

  private RiskWorld(final RiskEngine risk) {
    this.risk = risk;
  }

  /** The same world around another engine. */
  RiskWorld with(final RiskEngine other) {
    return new RiskWorld(other);
  }

  /** The engine of such a world, for tests of the rooms. */
  public static RiskEngine open() {
    return new RiskWorld().risk;
  }

  static ReasonCode asset(final RiskEngine risk, final int assetId, final int scale, final String symbol) {
    return risk.createAsset(assetId, scale, scale, Text32.word(symbol, 0), Text32.word(symbol, 1), 0, 0);
  }

  /** A command of the terms above, changed by {@code terms}. */
  static CreateInstrumentDecoder instrument(
      final int instrumentId, final String symbol, final Consumer<CreateInstrumentEncoder> terms) {
    final UnsafeBuffer buffer = new UnsafeBuffer(new byte[CreateInstrumentEncoder.BLOCK_LENGTH]);
    final CreateInstrumentEncoder encoder = new CreateInstrumentEncoder().wrap(buffer, 0);
    encoder.instrumentId(instrumentId).baseAssetId(BTC).quoteAssetId(USDT).markUnitsPerTick(100)
        .protectionBps(1_000).tickSizeE10(1_000_000_000L).lotSizeE10(10_000_000L)
        .kind(InstrumentKind.SPOT).feeAsset(FeeAsset.QUOTE);
    encoder.symbol().w0(Text32.word(symbol, 0)).w1(Text32.word(symbol, 1)).w2(0).w3(0);
    terms.accept(encoder);
    return new CreateInstrumentDecoder().wrap(
        buffer, 0, CreateInstrumentDecoder.BLOCK_LENGTH, CreateInstrumentDecoder.SCHEMA_VERSION);
  }

  /** Creates a contract on the terms above, changed by {@code terms}. */
  public static void contract(
      final RiskEngine risk, final int instrumentId, final String symbol,
      final Consumer<CreateInstrumentEncoder> terms) {
    assertEquals(ReasonCode.OK, risk.createInstrument(instrument(instrumentId, symbol, terms)));
  }

  static SetLimitsDecoder limits(final Consumer<SetLimitsEncoder> terms) {
    final UnsafeBuffer buffer = new UnsafeBuffer(new byte[SetLimitsEncoder.BLOCK_LENGTH]);
    final SetLimitsEncoder encoder = new SetLimitsEncoder().wrap(buffer, 0).instrumentId(BTC_USDT);
    terms.accept(encoder);
    return new SetLimitsDecoder().wrap(buffer, 0, SetLimitsDecoder.BLOCK_LENGTH, SetLimitsDecoder.SCHEMA_VERSION);
  }

  /** A row of the risk table, changed by {@code terms}. */
  public static SetRiskLimitsDecoder row(final long account, final int row, final RiskLimitKind kind,
      final long limit, final Consumer<SetRiskLimitsEncoder> terms) {
    final UnsafeBuffer buffer = new UnsafeBuffer(new byte[SetRiskLimitsEncoder.BLOCK_LENGTH]);
    final SetRiskLimitsEncoder encoder = new SetRiskLimitsEncoder().wrap(buffer, 0).row(row).kind(kind)
        .limitValue(limit);
    encoder.header().account(account);
    terms.accept(encoder);
    return new SetRiskLimitsDecoder().wrap(
        buffer, 0, SetRiskLimitsDecoder.BLOCK_LENGTH, SetRiskLimitsDecoder.SCHEMA_VERSION);
  }

  /** Puts a row about anyone into the risk table. */
  RiskWorld limited(final int row, final RiskLimitKind kind, final long limit,
      final Consumer<SetRiskLimitsEncoder> terms) {
    assertEquals(ReasonCode.OK, risk.controls().setRiskLimits(row(0, row, kind, limit, terms)));
    return this;
  }

  RiskWorld deposit(final long account, final int assetId, final long amountUnits) {
    assertEquals(ReasonCode.OK, risk.deposit(account, assetId, amountUnits, 0, 0));
    return this;
  }

  OrderRequest limit(final long account, final Side side, final int priceTicks, final long lots) {
    request.clear();
    request.account = account;
    request.instrumentId = BTC_USDT;
    request.side = side;
    request.limitPriceTicks = priceTicks;
    request.quantityLots = lots;
    return request;
  }

  OrderRequest market(final long account, final Side side, final long lots) {
    limit(account, side, 0, lots).market = true;
    return request;
  }

  OrderRequest marketBuyFor(final long account, final long quoteAmountUnits) {
    market(account, Side.BUY, 0).quoteAmountUnits = quoteAmountUnits;
    return request;
  }

  /** Check, then reserve: the answer of the first that refuses. */
  ReasonCode accept(final OrderRequest order) {
    final ReasonCode checked = risk.checkOrder(order);
    return ReasonCode.OK == checked ? risk.reserve(order) : checked;
  }

  int reserved(final OrderRequest order) {
    assertEquals(ReasonCode.OK, accept(order));
    return order.reservation;
  }

  FillSettlement settle(
      final int maker, final int taker, final Side takerSide, final int priceTicks, final long lots) {
    risk.settleFill(maker, taker, BTC_USDT, takerSide, priceTicks, lots, fill);
    return fill;
  }

  long free(final long account, final int assetId) {
    return risk.freeUnits(account, assetId);
  }

  long held(final long account, final int assetId) {
    return risk.heldUnits(account, assetId);
  }
}
