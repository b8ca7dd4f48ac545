package io.gavel.risk;

import static io.gavel.risk.RiskWorld.ALICE;
import static io.gavel.risk.RiskWorld.BASE_PER_LOT;
import static io.gavel.risk.RiskWorld.BOB;
import static io.gavel.risk.RiskWorld.BTC;
import static io.gavel.risk.RiskWorld.BTC_USDT;
import static io.gavel.risk.RiskWorld.CAROL;
import static io.gavel.risk.RiskWorld.USDT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.codecs.Text32;
import io.gavel.codecs.sbe.AccountKind;
import io.gavel.codecs.sbe.CreateInstrumentEncoder;
import io.gavel.codecs.sbe.DegradedCause;
import io.gavel.codecs.sbe.FeeAsset;
import io.gavel.codecs.sbe.HaltMode;
import io.gavel.codecs.sbe.HaltScope;
import io.gavel.codecs.sbe.InstrumentKind;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.RiskLimitKind;
import io.gavel.codecs.sbe.SetRiskLimitsEncoder;
import io.gavel.codecs.sbe.Side;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Goal: each refusal of this room can be provoked, and leaves every component of the state as it was. Method: one row
 * a refusal, against a small world with a minimum and a maximum of everything, full pools and a few halts in reach.
 */
class RefusalTest {

  private record Row(String what, ReasonCode expected, Function<RiskWorld, ReasonCode> act) {
  }

  /** What this room may answer; OK aside. Other codes belong to other rooms. */
  private static final Set<ReasonCode> OURS = EnumSet.of(
      ReasonCode.UNKNOWN_ENUM, ReasonCode.OUT_OF_RANGE, ReasonCode.UNKNOWN_ACCOUNT, ReasonCode.UNKNOWN_ASSET,
      ReasonCode.CONTRACT_TERMS_INVALID,
      ReasonCode.UNKNOWN_INSTRUMENT, ReasonCode.UNKNOWN_HOLD, ReasonCode.DUPLICATE_ACCOUNT,
      ReasonCode.DUPLICATE_ASSET, ReasonCode.DUPLICATE_INSTRUMENT, ReasonCode.DUPLICATE_NAME,
      ReasonCode.CAPACITY_ACCOUNTS, ReasonCode.CAPACITY_ASSETS, ReasonCode.CAPACITY_INSTRUMENTS,
      ReasonCode.CAPACITY_ORDERS, ReasonCode.CAPACITY_HOLDS, ReasonCode.CAPACITY_POSITIONS,
      ReasonCode.AMOUNT_NOT_POSITIVE, ReasonCode.AMOUNT_OVERFLOW, ReasonCode.INSUFFICIENT_BALANCE,
      ReasonCode.SCALE_OUT_OF_RANGE, ReasonCode.TICK_LOT_NOT_WHOLE, ReasonCode.FEE_OUT_OF_RANGE,
      ReasonCode.NAME_INVALID, ReasonCode.LIMITS_INVALID, ReasonCode.PRICE_NOT_POSITIVE,
      ReasonCode.PRICE_NOT_ALLOWED, ReasonCode.SIZE_NOT_POSITIVE, ReasonCode.SIZE_AMBIGUOUS,
      ReasonCode.SIZE_BELOW_MIN, ReasonCode.SIZE_ABOVE_MAX, ReasonCode.NOTIONAL_BELOW_MIN,
      ReasonCode.NOTIONAL_ABOVE_MAX, ReasonCode.NOTIONAL_OVERFLOW, ReasonCode.NO_REFERENCE_PRICE,
      ReasonCode.PRICE_OUTSIDE_COLLAR, ReasonCode.PROTECTION_OUT_OF_RANGE, ReasonCode.HALTED_ENGINE,
      ReasonCode.HALTED_INSTRUMENT, ReasonCode.HALTED_ACCOUNT, ReasonCode.DEGRADED,
      ReasonCode.POSITION_ABOVE_MAX, ReasonCode.COOLING_OFF, ReasonCode.VOLATILITY_HALT, ReasonCode.FLAGS_CONFLICT);

  private static final long TEN_18 = 1_000_000_000_000_000_000L;
  private static final int NO_PRICE = 2;
  private static final int WIDE = 3;

  /**
   * BTC-USDT: 2 to 1,000,000 lots, 6 x 10^7 to 10^15 quote units, collar 5 %, mark 600,000 ticks. NO_PRICE has a
   * collar, WIDE no limits and a last price of one tick. ALICE is rich, has hold 1 and an order, BOB BTC only, CAROL
   * nothing. Two reservations, two holds, four balances and four positions is all there is room for.
   */
  private static RiskWorld world() {
    final RiskWorld world = new RiskWorld(4, 2, 2, c -> c.makerFeeE8(1_000).takerFeeE8(2_000).collarBps(500)
        .minLots(2).maxLots(1_000_000).minNotionalUnits(60_000_000).maxNotionalUnits(1_000_000_000_000_000L));
    world.risk.createInstrument(RiskWorld.instrument(NO_PRICE, "NO-PRICE", c -> c.collarBps(100)));
    world.risk.createInstrument(RiskWorld.instrument(WIDE, "WIDE", c -> c.takerFeeE8(100_000_000)));
    world.risk.marks().setMark(BTC_USDT, 600_000_00, 1, 1);
    world.risk.marks().setLast(WIDE, 1, 1, 1);
    world.deposit(ALICE, BTC, TEN_18).deposit(ALICE, USDT, TEN_18);
    world.deposit(BOB, BTC, 100 * BASE_PER_LOT);
    assertEquals(ReasonCode.OK, world.risk.holdFunds(ALICE, USDT, 500, 1));
    world.reserved(world.limit(ALICE, Side.SELL, 600_000, 2));
    return world;
  }

  private static Stream<Row> contracts() {
    return Stream.of(
        new Row("spot with a strike", ReasonCode.CONTRACT_TERMS_INVALID, w -> instrument(w, c -> c.strikeTicks(1))),
        new Row("future without expiry", ReasonCode.CONTRACT_TERMS_INVALID,
            w -> instrument(w, c -> c.kind(InstrumentKind.LINEAR_FUTURE))),
        new Row("perpetual with expiry", ReasonCode.CONTRACT_TERMS_INVALID,
            w -> instrument(w, c -> c.kind(InstrumentKind.LINEAR_PERPETUAL).expiryTimeNs(1))),
        new Row("option without strike", ReasonCode.CONTRACT_TERMS_INVALID,
            w -> instrument(w, c -> c.kind(InstrumentKind.CALL_OPTION).expiryTimeNs(1))),
        new Row("future with a strike", ReasonCode.CONTRACT_TERMS_INVALID,
            w -> instrument(w, c -> c.kind(InstrumentKind.INVERSE_FUTURE).expiryTimeNs(1).strikeTicks(1))),
        new Row("averaging for longer than it lives", ReasonCode.CONTRACT_TERMS_INVALID,
            w -> instrument(w, c -> c.kind(InstrumentKind.LINEAR_FUTURE).expiryTimeNs(5).settlementWindowNs(6))),
        new Row("multiplier below zero", ReasonCode.CONTRACT_TERMS_INVALID,
            w -> instrument(w, c -> c.kind(InstrumentKind.LINEAR_PERPETUAL).multiplierE10(-1))),
        new Row("inverse that settles in quote", ReasonCode.CONTRACT_TERMS_INVALID,
            w -> instrument(w, c -> c.kind(InstrumentKind.INVERSE_PERPETUAL).settleAssetId(2))),
        new Row("contract with fees in base", ReasonCode.CONTRACT_TERMS_INVALID,
            w -> instrument(w, c -> c.kind(InstrumentKind.LINEAR_PERPETUAL).feeAsset(FeeAsset.BASE))),
        new Row("unknown settle asset", ReasonCode.UNKNOWN_ASSET,
            w -> instrument(w, c -> c.kind(InstrumentKind.LINEAR_PERPETUAL).settleAssetId(7))),
        new Row("unknown index", ReasonCode.UNKNOWN_INSTRUMENT,
            w -> instrument(w, c -> c.kind(InstrumentKind.LINEAR_PERPETUAL).indexInstrumentId(7))),
        new Row("multiplier below a settle unit", ReasonCode.TICK_LOT_NOT_WHOLE,
            w -> instrument(w, c -> c.kind(InstrumentKind.LINEAR_PERPETUAL).multiplierE10(1))),
        new Row("inverse lot beyond a long", ReasonCode.AMOUNT_OVERFLOW,
            w -> instrument(w, c -> c.kind(InstrumentKind.INVERSE_PERPETUAL).lotSizeE10(9 * TEN_18)
                .multiplierE10(9 * TEN_18))),
        new Row("kind that there is not", ReasonCode.UNKNOWN_ENUM,
            w -> instrument(w, c -> c.kind(InstrumentKind.NULL_VAL))),
        new Row("token with an expiry", ReasonCode.CONTRACT_TERMS_INVALID,
            w -> instrument(w, c -> c.kind(InstrumentKind.SYNTHETIC).expiryTimeNs(1))));
  }

  private static Stream<Row> registries() {
    return Stream.of(
        new Row("asset id 0", ReasonCode.OUT_OF_RANGE, w -> RiskWorld.asset(w.risk, 0, 8, "X")),
        new Row("asset beyond the pool", ReasonCode.CAPACITY_ASSETS, w -> RiskWorld.asset(w.risk, 9, 8, "X")),
        new Row("asset twice", ReasonCode.DUPLICATE_ASSET, w -> RiskWorld.asset(w.risk, BTC, 8, "X")),
        new Row("asset symbol twice", ReasonCode.DUPLICATE_NAME, w -> RiskWorld.asset(w.risk, 3, 8, "BTC")),
        new Row("asset without symbol", ReasonCode.NAME_INVALID, w -> RiskWorld.asset(w.risk, 3, 8, "")),
        new Row("11 decimals", ReasonCode.SCALE_OUT_OF_RANGE, w -> RiskWorld.asset(w.risk, 3, 11, "X")),
        new Row("-1 decimals", ReasonCode.SCALE_OUT_OF_RANGE, w -> RiskWorld.asset(w.risk, 3, -1, "X")),
        new Row("account 0", ReasonCode.OUT_OF_RANGE, w -> account(w, 0, "X")),
        new Row("account twice", ReasonCode.DUPLICATE_ACCOUNT, w -> account(w, ALICE, "X")),
        new Row("account with a blank in its name", ReasonCode.NAME_INVALID, w -> account(w, 99, "a b")),
        new Row("account of no kind", ReasonCode.UNKNOWN_ENUM,
            w -> w.risk.createAccount(99, AccountKind.NULL_VAL, 0, 0, 0, 0)),
        new Row("instrument id 0", ReasonCode.OUT_OF_RANGE, w -> instrument(w, c -> c.instrumentId(0))),
        new Row("instrument beyond the pool", ReasonCode.CAPACITY_INSTRUMENTS,
            w -> instrument(w, c -> c.instrumentId(9))),
        new Row("instrument twice", ReasonCode.DUPLICATE_INSTRUMENT, w -> instrument(w, c -> c.instrumentId(1))),
        new Row("instrument symbol twice", ReasonCode.DUPLICATE_NAME,
            w -> instrument(w, c -> c.symbol().w0(Text32.word("WIDE", 0)))),
        new Row("instrument without symbol", ReasonCode.NAME_INVALID, w -> instrument(w, c -> c.symbol().w0(0))),
        new Row("instrument of no kind", ReasonCode.UNKNOWN_ENUM,
            w -> instrument(w, c -> c.kind(InstrumentKind.NULL_VAL))),
        new Row("unknown base", ReasonCode.UNKNOWN_ASSET, w -> instrument(w, c -> c.baseAssetId(7))),
        new Row("unknown quote", ReasonCode.UNKNOWN_ASSET, w -> instrument(w, c -> c.quoteAssetId(7))),
        new Row("base for base", ReasonCode.UNKNOWN_ASSET, w -> instrument(w, c -> c.quoteAssetId(BTC))),
        new Row("no tick", ReasonCode.OUT_OF_RANGE, w -> instrument(w, c -> c.tickSizeE10(0))),
        new Row("no lot", ReasonCode.OUT_OF_RANGE, w -> instrument(w, c -> c.lotSizeE10(-1))),
        new Row("no mark scale", ReasonCode.OUT_OF_RANGE, w -> instrument(w, c -> c.markUnitsPerTick(0))),
        new Row("lot below a base unit", ReasonCode.TICK_LOT_NOT_WHOLE, w -> instrument(w, c -> c.lotSizeE10(50))),
        new Row("tick lot below a quote unit", ReasonCode.TICK_LOT_NOT_WHOLE,
            w -> instrument(w, c -> c.tickSizeE10(1_000_000))),
        new Row("tick lot beyond a long", ReasonCode.AMOUNT_OVERFLOW,
            w -> instrument(w, c -> c.tickSizeE10(9 * TEN_18).lotSizeE10(9 * TEN_18))),
        new Row("protection above 100 %", ReasonCode.PROTECTION_OUT_OF_RANGE,
            w -> instrument(w, c -> c.protectionBps(10_001))),
        new Row("fee above 100 %", ReasonCode.FEE_OUT_OF_RANGE, w -> instrument(w, c -> c.takerFeeE8(100_000_001))),
        new Row("minimum above maximum", ReasonCode.LIMITS_INVALID, w -> instrument(w, c -> c.minLots(3).maxLots(2))));
  }

  private static Stream<Row> money() {
    return Stream.of(
        new Row("deposit to nobody", ReasonCode.UNKNOWN_ACCOUNT, w -> w.risk.deposit(99, BTC, 1, 0, 0)),
        new Row("deposit of nothing known", ReasonCode.UNKNOWN_ASSET, w -> w.risk.deposit(ALICE, 3, 1, 0, 0)),
        new Row("deposit of asset -1", ReasonCode.UNKNOWN_ASSET, w -> w.risk.deposit(ALICE, -1, 1, 0, 0)),
        new Row("deposit of nothing", ReasonCode.AMOUNT_NOT_POSITIVE, w -> w.risk.deposit(ALICE, BTC, 0, 0, 0)),
        new Row("deposit beyond a long", ReasonCode.AMOUNT_OVERFLOW,
            w -> w.risk.deposit(ALICE, USDT, Long.MAX_VALUE, 0, 0)),
        new Row("basis of an unknown instrument", ReasonCode.UNKNOWN_INSTRUMENT,
            w -> w.risk.deposit(ALICE, BTC, 1, 7, 1)),
        new Row("basis of another asset", ReasonCode.UNKNOWN_INSTRUMENT,
            w -> w.risk.deposit(ALICE, USDT, 1, BTC_USDT, 1)),
        new Row("basis price without instrument", ReasonCode.UNKNOWN_INSTRUMENT,
            w -> w.risk.deposit(ALICE, BTC, 1, 0, 1)),
        new Row("basis without price", ReasonCode.PRICE_NOT_POSITIVE,
            w -> w.risk.deposit(ALICE, BTC, BASE_PER_LOT, BTC_USDT, 0)),
        new Row("cost beyond a long", ReasonCode.NOTIONAL_OVERFLOW,
            w -> w.risk.deposit(ALICE, BTC, TEN_18, BTC_USDT, Integer.MAX_VALUE)),
        new Row("hold of nobody", ReasonCode.UNKNOWN_ACCOUNT, w -> w.risk.holdFunds(99, BTC, 1, 9)),
        new Row("hold of nothing known", ReasonCode.UNKNOWN_ASSET, w -> w.risk.holdFunds(ALICE, 3, 1, 9)),
        new Row("hold of less than nothing", ReasonCode.AMOUNT_NOT_POSITIVE,
            w -> w.risk.holdFunds(ALICE, BTC, -1, 9)),
        new Row("hold of more than there is", ReasonCode.INSUFFICIENT_BALANCE,
            w -> w.risk.holdFunds(BOB, BTC, 100 * BASE_PER_LOT + 1, 9)),
        new Row("hold of what one never had", ReasonCode.INSUFFICIENT_BALANCE,
            w -> w.risk.holdFunds(CAROL, BTC, 1, 9)),
        new Row("settle no hold", ReasonCode.UNKNOWN_HOLD, w -> w.risk.settleHold(ALICE, 9, 1)),
        new Row("settle another's hold", ReasonCode.UNKNOWN_HOLD, w -> w.risk.settleHold(BOB, 1, 1)),
        new Row("settle nothing", ReasonCode.AMOUNT_NOT_POSITIVE, w -> w.risk.settleHold(ALICE, 1, 0)),
        new Row("settle more than held", ReasonCode.INSUFFICIENT_BALANCE, w -> w.risk.settleHold(ALICE, 1, 501)),
        new Row("release no hold", ReasonCode.UNKNOWN_HOLD, w -> w.risk.releaseHold(ALICE, 9)),
        new Row("release another's hold", ReasonCode.UNKNOWN_HOLD, w -> w.risk.releaseHold(BOB, 1)),
        new Row("halt of no instrument", ReasonCode.UNKNOWN_INSTRUMENT,
            w -> w.risk.setHalt(HaltScope.INSTRUMENT, 7, 0, true)),
        new Row("halt of no account", ReasonCode.UNKNOWN_ACCOUNT,
            w -> w.risk.setHalt(HaltScope.ACCOUNT, 0, 99, true)),
        new Row("halt of no scope", ReasonCode.UNKNOWN_ENUM, w -> w.risk.setHalt(HaltScope.NULL_VAL, 1, 1, true)),
        new Row("fees of no instrument", ReasonCode.UNKNOWN_INSTRUMENT, w -> w.risk.setFees(7, 1, 1)),
        new Row("rebate above the fee", ReasonCode.FEE_OUT_OF_RANGE, w -> w.risk.setFees(BTC_USDT, -2, 1)),
        new Row("fee below -100 %", ReasonCode.FEE_OUT_OF_RANGE, w -> w.risk.setFees(BTC_USDT, -100_000_001, 1)),
        new Row("limits of no instrument", ReasonCode.UNKNOWN_INSTRUMENT,
            w -> w.risk.setLimits(RiskWorld.limits(c -> c.instrumentId(7)))),
        new Row("negative limit", ReasonCode.LIMITS_INVALID,
            w -> w.risk.setLimits(RiskWorld.limits(c -> c.minNotionalUnits(-1)))),
        new Row("notional limits crossed", ReasonCode.LIMITS_INVALID,
            w -> w.risk.setLimits(RiskWorld.limits(c -> c.minNotionalUnits(2).maxNotionalUnits(1)))),
        new Row("collar below 0", ReasonCode.LIMITS_INVALID,
            w -> w.risk.setLimits(RiskWorld.limits(c -> c.collarBps(-1)))));
  }

  private static Stream<Row> orders() {
    return Stream.of(
        new Row("order of nobody", ReasonCode.UNKNOWN_ACCOUNT, w -> w.accept(w.limit(99, Side.SELL, 600_000, 2))),
        new Row("order in nothing", ReasonCode.UNKNOWN_INSTRUMENT,
            w -> w.accept(in(7, w.limit(ALICE, Side.SELL, 600_000, 2)))),
        new Row("no size", ReasonCode.SIZE_NOT_POSITIVE, w -> w.accept(w.limit(ALICE, Side.SELL, 600_000, 0))),
        new Row("negative size", ReasonCode.SIZE_NOT_POSITIVE, w -> w.accept(w.limit(ALICE, Side.SELL, 600_000, -1))),
        new Row("negative amount", ReasonCode.SIZE_NOT_POSITIVE, w -> w.accept(w.marketBuyFor(ALICE, -1))),
        new Row("size and amount", ReasonCode.SIZE_AMBIGUOUS,
            w -> w.accept(sized(w.marketBuyFor(ALICE, 100_000_000), 2))),
        new Row("sale by amount", ReasonCode.SIZE_AMBIGUOUS,
            w -> w.accept(selling(w.marketBuyFor(ALICE, 100_000_000)))),
        new Row("no price", ReasonCode.PRICE_NOT_POSITIVE, w -> w.accept(w.limit(ALICE, Side.SELL, 0, 2))),
        new Row("price of a market order", ReasonCode.PRICE_NOT_ALLOWED,
            w -> w.accept(priced(w.market(ALICE, Side.SELL, 2)))),
        new Row("protection below 0", ReasonCode.PROTECTION_OUT_OF_RANGE,
            w -> w.accept(protectedBy(-1, w.market(ALICE, Side.SELL, 2)))),
        new Row("protection above 100 %", ReasonCode.PROTECTION_OUT_OF_RANGE,
            w -> w.accept(protectedBy(10_001, w.market(ALICE, Side.SELL, 2)))),
        new Row("market order without reference", ReasonCode.NO_REFERENCE_PRICE,
            w -> w.accept(in(NO_PRICE, w.market(ALICE, Side.SELL, 2)))),
        new Row("collar without reference", ReasonCode.NO_REFERENCE_PRICE,
            w -> w.accept(in(NO_PRICE, w.limit(ALICE, Side.SELL, 1, 2)))),
        new Row("above the collar", ReasonCode.PRICE_OUTSIDE_COLLAR,
            w -> w.accept(w.limit(ALICE, Side.SELL, 630_001, 2))),
        new Row("below the collar", ReasonCode.PRICE_OUTSIDE_COLLAR,
            w -> w.accept(w.limit(ALICE, Side.BUY, 569_999, 2))),
        new Row("too small", ReasonCode.SIZE_BELOW_MIN, w -> w.accept(w.limit(ALICE, Side.SELL, 600_000, 1))),
        new Row("too large", ReasonCode.SIZE_ABOVE_MAX, w -> w.accept(w.limit(ALICE, Side.SELL, 600_000, 1_000_001))),
        new Row("amount too small", ReasonCode.NOTIONAL_BELOW_MIN, w -> w.accept(w.marketBuyFor(ALICE, 59_999_999))),
        new Row("amount below its fees", ReasonCode.NOTIONAL_BELOW_MIN,
            w -> w.accept(in(WIDE, w.marketBuyFor(ALICE, 3)))),
        new Row("amount too large", ReasonCode.NOTIONAL_ABOVE_MAX,
            w -> w.accept(w.marketBuyFor(ALICE, 1_000_000_000_000_001L))),
        new Row("base beyond a long", ReasonCode.NOTIONAL_OVERFLOW,
            w -> w.accept(in(WIDE, w.limit(ALICE, Side.SELL, 1, Long.MAX_VALUE / BASE_PER_LOT + 1)))),
        new Row("notional beyond a long", ReasonCode.NOTIONAL_OVERFLOW,
            w -> w.accept(in(WIDE, w.limit(ALICE, Side.BUY, Integer.MAX_VALUE, 1L << 40)))),
        new Row("notional and fee beyond a long", ReasonCode.NOTIONAL_OVERFLOW,
            w -> w.accept(in(WIDE, w.limit(ALICE, Side.BUY, 2_000_000_000, 30_000_000)))),
        new Row("purchase without money", ReasonCode.INSUFFICIENT_BALANCE,
            w -> w.accept(w.limit(BOB, Side.BUY, 600_000, 2))),
        new Row("sale of more than there is", ReasonCode.INSUFFICIENT_BALANCE,
            w -> w.accept(w.limit(BOB, Side.SELL, 600_000, 101))),
        new Row("reserve for nobody", ReasonCode.UNKNOWN_ACCOUNT, w -> w.risk.reserve(w.limit(99, Side.SELL, 1, 2))),
        new Row("reserve in nothing", ReasonCode.UNKNOWN_INSTRUMENT,
            w -> w.risk.reserve(in(7, w.limit(ALICE, Side.SELL, 1, 2)))),
        new Row("reserve nothing", ReasonCode.SIZE_NOT_POSITIVE,
            w -> w.risk.reserve(w.limit(ALICE, Side.SELL, 1, 0))),
        new Row("reserve at no price", ReasonCode.PRICE_NOT_POSITIVE,
            w -> w.risk.reserve(w.limit(ALICE, Side.BUY, 0, 2))),
        new Row("reserve beyond a long", ReasonCode.NOTIONAL_OVERFLOW,
            w -> w.risk.reserve(w.limit(ALICE, Side.SELL, 1, Long.MAX_VALUE))),
        new Row("grow beyond a long", ReasonCode.NOTIONAL_OVERFLOW, w -> w.risk.resize(0, 1, Long.MAX_VALUE)),
        new Row("grow beyond the balance", ReasonCode.INSUFFICIENT_BALANCE,
            w -> w.risk.resize(0, 1, 10_000_000_000_001L)));
  }

  private static Stream<Row> fullPools() {
    return Stream.of(
        new Row("no reservation left", ReasonCode.CAPACITY_ORDERS, w -> {
          w.reserved(w.limit(ALICE, Side.SELL, 600_000, 2));
          return unchanged(w, () -> w.accept(w.limit(ALICE, Side.SELL, 600_000, 2)));
        }),
        new Row("no hold left", ReasonCode.CAPACITY_HOLDS, w -> {
          assertEquals(ReasonCode.OK, w.risk.holdFunds(ALICE, USDT, 1, 2));
          return unchanged(w, () -> w.risk.holdFunds(ALICE, USDT, 1, 3));
        }),
        new Row("no balance left for a deposit", ReasonCode.CAPACITY_POSITIONS, w -> {
          w.deposit(CAROL, BTC, 1);
          return unchanged(w, () -> w.risk.deposit(CAROL, USDT, 1, 0, 0));
        }),
        new Row("no balance left to receive into", ReasonCode.CAPACITY_POSITIONS, w -> {
          w.deposit(CAROL, BTC, 1);
          return unchanged(w, () -> w.accept(w.limit(BOB, Side.SELL, 600_000, 2)));
        }),
        new Row("no position left", ReasonCode.CAPACITY_POSITIONS, w -> {
          for (int id = 4; id < 7; id++) {
            w.risk.createInstrument(RiskWorld.instrument(id, "I" + id, c -> { }));
            assertEquals(ReasonCode.OK, w.risk.deposit(ALICE, BTC, BASE_PER_LOT, id, 1));
          }
          assertEquals(ReasonCode.CAPACITY_POSITIONS, w.accept(in(WIDE, w.limit(ALICE, Side.SELL, 1, 1))));
          return unchanged(w, () -> w.risk.deposit(ALICE, BTC, BASE_PER_LOT, WIDE, 1));
        }),
        new Row("no account left", ReasonCode.CAPACITY_ACCOUNTS, w -> {
          for (int id = 100; id < 197; id++) {
            assertEquals(ReasonCode.OK, account(w, id, "a" + id));
          }
          return unchanged(w, () -> account(w, 197, "X"));
        }),
        new Row("account name twice", ReasonCode.DUPLICATE_NAME, w -> {
          assertEquals(ReasonCode.OK, account(w, 100, "X"));
          return unchanged(w, () -> account(w, 101, "X"));
        }));
  }

  private static Stream<Row> halts() {
    return Stream.of(
        new Row("engine halted", ReasonCode.HALTED_ENGINE, w -> {
          assertEquals(ReasonCode.OK, w.risk.setHalt(HaltScope.ENGINE, 0, 0, true));
          return unchanged(w, () -> w.accept(w.limit(ALICE, Side.SELL, 600_000, 2)));
        }),
        new Row("instrument halted", ReasonCode.HALTED_INSTRUMENT, w -> {
          assertEquals(ReasonCode.OK, w.risk.setHalt(HaltScope.INSTRUMENT, BTC_USDT, 0, true));
          assertEquals(ReasonCode.OK, w.risk.haltReason(ALICE, WIDE));
          return unchanged(w, () -> w.accept(w.limit(ALICE, Side.SELL, 600_000, 2)));
        }),
        new Row("account halted", ReasonCode.HALTED_ACCOUNT, w -> {
          assertEquals(ReasonCode.OK, w.risk.setHalt(HaltScope.ACCOUNT, 0, ALICE, true));
          assertEquals(ReasonCode.OK, w.risk.haltReason(BOB, BTC_USDT));
          assertEquals(ReasonCode.OK, w.risk.haltReason(99, 99));
          return unchanged(w, () -> w.accept(w.limit(ALICE, Side.SELL, 600_000, 2)));
        }),
        new Row("degraded", ReasonCode.DEGRADED, w -> {
          w.risk.degraded(DegradedCause.OPERATOR, true);
          return unchanged(w, () -> w.accept(w.limit(ALICE, Side.SELL, 600_000, 2)));
        }));
  }

  @TestFactory
  Stream<DynamicTest> shouldRefuseAndChangeNothingWhen() {
    return rows().stream().map(row -> DynamicTest.dynamicTest(row.what, () -> {
      final RiskWorld world = world();
      final ReasonCode answer =
          STAGED.contains(row.what) ? row.act.apply(world) : unchanged(world, () -> row.act.apply(world));
      assertEquals(row.expected, answer);
      world.risk.assertConserved();
    }));
  }

  @Test
  void shouldHaveARowForEachRefusalOfThisRoom() {
    final EnumSet<ReasonCode> provoked = EnumSet.noneOf(ReasonCode.class);
    rows().forEach(row -> provoked.add(row.expected));

    assertEquals(OURS, provoked);
  }

  @Test
  void shouldAcceptAgainWhenAHaltIsLifted() {
    final RiskWorld world = world();
    world.risk.setHalt(HaltScope.ACCOUNT, 0, ALICE, true);
    world.risk.setHalt(HaltScope.ACCOUNT, 0, ALICE, true);
    world.risk.setHalt(HaltScope.ACCOUNT, 0, ALICE, false);
    world.risk.degraded(DegradedCause.OPERATOR, true);

    assertEquals(ReasonCode.OK, world.risk.haltReason(ALICE, BTC_USDT));
    world.limit(ALICE, Side.SELL, 600_000, 1).newRisk = false;
    assertEquals(ReasonCode.OK, world.accept(world.request));
    assertTrue(world.risk.isDegraded());
  }

  private static Stream<Row> limits() {
    return Stream.of(
        new Row("above the position limit", ReasonCode.POSITION_ABOVE_MAX,
            w -> buying(w.limited(1, RiskLimitKind.POSITION_LOTS, 9, c -> { }), 10)),
        new Row("above the notional limit", ReasonCode.POSITION_ABOVE_MAX, w -> buying(w.limited(1,
            RiskLimitKind.POSITION_NOTIONAL, 10 * 60_000_000L - 1, c -> c.instrumentId(BTC_USDT)), 10)),
        new Row("above the order limit", ReasonCode.SIZE_ABOVE_MAX,
            w -> buying(w.limited(1, RiskLimitKind.ORDER_LOTS, 9, c -> { }), 10)),
        new Row("above the order's notional", ReasonCode.NOTIONAL_ABOVE_MAX, w -> buying(w.limited(1,
            RiskLimitKind.ORDER_NOTIONAL, 10 * 60_000_000L - 1, c -> c.assetId(USDT)), 10)),
        new Row("shut out", ReasonCode.COOLING_OFF, w -> {
          w.risk.cooling().exclude(w.risk.accountSlot(ALICE), 5);
          w.risk.now(4);
          return buying(w, 10);
        }),
        new Row("moved too far", ReasonCode.VOLATILITY_HALT, w -> {
          w.limited(1, RiskLimitKind.VOLATILITY, 1, c -> c.instrumentId(BTC_USDT).windowNs(9).durationNs(9));
          w.risk.limits().marked(BTC_USDT, 10_000);
          w.risk.limits().marked(BTC_USDT, 10_002);
          return buying(w, 10);
        }));
  }

  private static ReasonCode buying(final RiskWorld world, final long lots) {
    world.risk.release(world.request.reservation);
    final OrderRequest order = world.limit(ALICE, Side.BUY, 600_000, lots);
    return unchanged(world, () -> world.accept(order));
  }

  private static Stream<Row> limitRows() {
    return Stream.of(
        limitRow("row 0", ReasonCode.OUT_OF_RANGE, RiskLimitKind.ORDER_LOTS, c -> c.row(0)),
        limitRow("row 65", ReasonCode.OUT_OF_RANGE, RiskLimitKind.ORDER_LOTS, c -> c.row(65)),
        limitRow("group beyond the last", ReasonCode.OUT_OF_RANGE, RiskLimitKind.ORDER_LOTS, c -> c.groupId(4_097)),
        limitRow("row of an unknown account", ReasonCode.UNKNOWN_ACCOUNT, RiskLimitKind.ORDER_LOTS,
            c -> c.header().account(99)),
        limitRow("row of an unknown instrument", ReasonCode.UNKNOWN_INSTRUMENT, RiskLimitKind.ORDER_LOTS,
            c -> c.instrumentId(9)),
        limitRow("row of an unknown asset", ReasonCode.UNKNOWN_ASSET, RiskLimitKind.ORDER_LOTS, c -> c.assetId(9)),
        limitRow("ages that cross", ReasonCode.LIMITS_INVALID, RiskLimitKind.ORDER_LOTS,
            c -> c.ageFromNs(5).ageBelowNs(5)),
        limitRow("notional of no asset", ReasonCode.LIMITS_INVALID, RiskLimitKind.POSITION_NOTIONAL, c -> { }),
        limitRow("leverage below one", ReasonCode.LIMITS_INVALID, RiskLimitKind.LEVERAGE, c -> c.limitValue(99)),
        limitRow("volatility of no market", ReasonCode.LIMITS_INVALID, RiskLimitKind.VOLATILITY,
            c -> c.windowNs(1).durationNs(1)),
        limitRow("volatility for no time", ReasonCode.LIMITS_INVALID, RiskLimitKind.VOLATILITY,
            c -> c.instrumentId(1).windowNs(1)),
        limitRow("17 stop-outs", ReasonCode.LIMITS_INVALID, RiskLimitKind.STOP_OUTS,
            c -> c.limitValue(17).windowNs(1).durationNs(1)),
        limitRow("loss of nothing", ReasonCode.LIMITS_INVALID, RiskLimitKind.LOSS,
            c -> c.windowNs(1).durationNs(1)),
        limitRow("window of years", ReasonCode.OUT_OF_RANGE, RiskLimitKind.LOSS, c -> c.windowNs(Long.MAX_VALUE)),
        limitRow("cascade of none", ReasonCode.LIMITS_INVALID, RiskLimitKind.CASCADE,
            c -> c.limitValue(0).windowNs(1)),
        limitRow("bands wider than the price", ReasonCode.OUT_OF_RANGE, RiskLimitKind.CASCADE,
            c -> c.windowNs(1).bandBps(10_001)),
        limitRow("bands of a size", ReasonCode.LIMITS_INVALID, RiskLimitKind.ORDER_LOTS, c -> c.bandBps(50)),
        limitRow("open interest of one account", ReasonCode.LIMITS_INVALID, RiskLimitKind.OPEN_INTEREST,
            c -> c.header().account(ALICE)),
        limitRow("cost of no command", ReasonCode.LIMITS_INVALID, RiskLimitKind.COMMAND_COST, c -> { }),
        new Row("profile of nobody", ReasonCode.UNKNOWN_ACCOUNT, w -> w.risk.controls().setProfile(99, 0, 0, 0, 0)),
        new Row("profile with row 65", ReasonCode.OUT_OF_RANGE, w -> w.risk.controls().setProfile(ALICE, 0, 0, 0, 65)),
        new Row("profile with a group too many", ReasonCode.LIMITS_INVALID,
            w -> w.risk.controls().setProfile(ALICE, 0, 4_097, 0, 0)),
        new Row("half a halt of all rules", ReasonCode.FLAGS_CONFLICT,
            w -> w.risk.controls().setHalt(HaltScope.AUTO_SELL, 0, 0, 0, true, HaltMode.REDUCE_ONLY)),
        new Row("halt of no group", ReasonCode.OUT_OF_RANGE,
            w -> w.risk.controls().setHalt(HaltScope.GROUP, 0, 0, 0, true, HaltMode.FULL)));
  }

  private static Row limitRow(final String what, final ReasonCode expected, final RiskLimitKind kind,
      final Consumer<SetRiskLimitsEncoder> terms) {
    return new Row(what, expected, w -> w.risk.controls().setRiskLimits(RiskWorld.row(0, 1, kind, 1, terms)));
  }

  /** Rows that first fill a pool or switch something, and look at the state themselves. */
  private static final Set<String> STAGED =
      Stream.of(fullPools(), halts(), limits()).flatMap(s -> s).map(Row::what).collect(Collectors.toSet());

  private static List<Row> rows() {
    return Stream.of(registries(), contracts(), money(), orders(), fullPools(), halts(), limits(), limitRows())
        .flatMap(s -> s).toList();
  }

  private static ReasonCode unchanged(final RiskWorld world, final Supplier<ReasonCode> act) {
    final List<Object> before = StateTape.of(world.risk);
    final ReasonCode answer = act.get();
    assertEquals(before, StateTape.of(world.risk));
    return answer;
  }

  private static ReasonCode account(final RiskWorld world, final long account, final String name) {
    return world.risk.createAccount(account, AccountKind.USER, Text32.word(name, 0), 0, 0, 0);
  }

  private static ReasonCode instrument(
      final RiskWorld world, final Consumer<CreateInstrumentEncoder> terms) {
    return world.risk.createInstrument(RiskWorld.instrument(5, "NEW", terms));
  }

  private static OrderRequest in(final int instrumentId, final OrderRequest order) {
    order.instrumentId = instrumentId;
    return order;
  }

  private static OrderRequest sized(final OrderRequest order, final long lots) {
    order.quantityLots = lots;
    return order;
  }

  private static OrderRequest selling(final OrderRequest order) {
    order.side = Side.SELL;
    return order;
  }

  private static OrderRequest priced(final OrderRequest order) {
    order.limitPriceTicks = 600_000;
    return order;
  }

  private static OrderRequest protectedBy(final int protectionBps, final OrderRequest order) {
    order.protectionBps = protectionBps;
    return order;
  }
}
