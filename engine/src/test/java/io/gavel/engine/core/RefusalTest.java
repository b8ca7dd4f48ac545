package io.gavel.engine.core;

import static io.gavel.codecs.sbe.Side.BUY;
import static io.gavel.codecs.sbe.Side.SELL;
import static io.gavel.engine.core.Core.ALICE;
import static io.gavel.engine.core.Core.BOB;
import static io.gavel.engine.core.Core.BTC;
import static io.gavel.engine.core.Core.PAIR;
import static io.gavel.engine.core.Core.TAPE;
import static io.gavel.engine.core.Core.USD;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gavel.codecs.KeyScope;
import io.gavel.codecs.sbe.AccountKind;
import io.gavel.codecs.sbe.ArmRuleEncoder;
import io.gavel.codecs.sbe.ArmRuleEncoder.LegsEncoder;
import io.gavel.codecs.sbe.ArmRuleEncoder.NodesEncoder;
import io.gavel.codecs.sbe.CancelScope;
import io.gavel.codecs.sbe.Compare;
import io.gavel.codecs.sbe.CreateInstrumentEncoder;
import io.gavel.codecs.sbe.DepositEncoder;
import io.gavel.codecs.sbe.EngineConfigEncoder;
import io.gavel.codecs.sbe.FeeAsset;
import io.gavel.codecs.sbe.Flag;
import io.gavel.codecs.sbe.GrantKeyEncoder;
import io.gavel.codecs.sbe.HaltScope;
import io.gavel.codecs.sbe.InstrumentKind;
import io.gavel.codecs.sbe.MarginMode;
import io.gavel.codecs.sbe.NodeOp;
import io.gavel.codecs.sbe.OrdType;
import io.gavel.codecs.sbe.PlaceOrderEncoder;
import io.gavel.codecs.sbe.PositionMode;
import io.gavel.codecs.sbe.PositionSide;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.ReserveMode;
import io.gavel.codecs.sbe.ReviewDefault;
import io.gavel.codecs.sbe.RevokeKeyEncoder;
import io.gavel.codecs.sbe.RiskLimitKind;
import io.gavel.codecs.sbe.RuleAction;
import io.gavel.codecs.sbe.RuleAttach;
import io.gavel.codecs.sbe.RuleKind;
import io.gavel.codecs.sbe.SessionState;
import io.gavel.codecs.sbe.Side;
import io.gavel.codecs.sbe.Signal;
import io.gavel.codecs.sbe.TapePrintEncoder;
import io.gavel.codecs.sbe.TimeInForce;
import io.gavel.engine.core.Core.RuleDraft;
import io.gavel.engine.trigger.RuleBook;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * Every refusal that the core can give, each provoked by one command on a small house, each leaving the business
 * state byte for byte as it was. A code without a line here fails the last test.
 */
class RefusalTest {

  /** Refused at the door by the frame check; provoked in the tests of the codecs. */
  private static final Set<ReasonCode> AT_THE_DOOR = EnumSet.of(ReasonCode.MALFORMED, ReasonCode.UNSUPPORTED_VERSION,
      ReasonCode.UNKNOWN_ENUM, ReasonCode.SIGNATURE_INVALID);

  private static final byte ROOT = -1;

  private final Map<ReasonCode, Function<Core, ReasonCode>> cases = new LinkedHashMap<>();

  RefusalTest() {
    registry();
    money();
    orders();
    controls();
    markets();
    rules();
    relations();
    actions();
    sessions();
    keys();
    proposals();
    new HouseRefusals(cases).add();
    sourcePrices();
    contracts();
    limits();
  }

  private void contracts() {
    cases.put(ReasonCode.ACCOUNT_MODE_WRONG, c -> order(c, o -> o.positionSide(PositionSide.LONG)));
    cases.put(ReasonCode.MARGIN_TABLE_INVALID, c -> perp(c).margin(MarginDesk.PERP, 1, 2));
    cases.put(ReasonCode.LEVERAGE_ABOVE_MAX, c -> perp(c).leverage(ALICE, MarginDesk.PERP, 1_001));
    cases.put(ReasonCode.MARGIN_INSUFFICIENT,
        c -> perp(c).core.order(ALICE, BUY, 100, 1L << 31, o -> o.instrumentId(MarginDesk.PERP)));
    cases.put(ReasonCode.MARGIN_NOT_SET, c -> perp(c).collateral(BTC, MarginDesk.PERP, 1));
    cases.put(ReasonCode.POSITION_OPEN, c -> {
      perp(c).core.order(ALICE, BUY, 100, 1, o -> o.instrumentId(MarginDesk.PERP));
      return new MarginDesk(c).mode(ALICE, MarginMode.CASH, PositionMode.ONE_WAY);
    });
  }

  private static MarginDesk perp(final Core c) {
    final MarginDesk desk = new MarginDesk(c);
    desk.contract(MarginDesk.PERP, InstrumentKind.LINEAR_PERPETUAL, e -> { });
    desk.collateral(USD, 0, 100_000_000);
    desk.margin(MarginDesk.PERP, 10_000_000, 5_000_000);
    desk.mark(MarginDesk.PERP, 100);
    desk.mode(ALICE, MarginMode.CROSS, PositionMode.ONE_WAY);
    return desk;
  }

  private void limits() {
    cases.put(ReasonCode.POSITION_ABOVE_MAX, c -> {
      c.riskLimit(1, RiskLimitKind.POSITION_LOTS, 5);
      return c.limit(ALICE, BUY, 1, 6);
    });
    cases.put(ReasonCode.OPEN_INTEREST_ABOVE_MAX, c -> {
      perp(c).mode(BOB, MarginMode.CROSS, PositionMode.ONE_WAY);
      c.riskLimit(0, 1, RiskLimitKind.OPEN_INTEREST, 5, e -> e.instrumentId(MarginDesk.PERP));
      c.order(BOB, BUY, 100, 10, o -> o.instrumentId(MarginDesk.PERP));
      return c.order(ALICE, Side.SELL, 101, 6, o -> o.instrumentId(MarginDesk.PERP));
    });
    cases.put(ReasonCode.COOLING_OFF, c -> {
      c.selfExclude(ALICE, 1_000);
      return c.limit(ALICE, BUY, 1, 6);
    });
    cases.put(ReasonCode.EXCLUSION_SHORTER, c -> {
      c.selfExclude(ALICE, 1_000);
      return c.selfExclude(ALICE, 999);
    });
    cases.put(ReasonCode.VOLATILITY_HALT, c -> {
      c.riskLimit(0, 1, RiskLimitKind.VOLATILITY, 1, e -> e.instrumentId(PAIR).windowNs(9).durationNs(9));
      c.price(PriceSource.MARK, 10_000);
      c.price(PriceSource.MARK, 10_100);
      return c.limit(ALICE, BUY, 1, 6);
    });
  }

  @Test
  void shouldRefuseWithItsCodeAndChangeNothing() {
    cases.forEach((code, provoke) -> {
      final Core core = Core.spot();
      core.at(100).watch();
      assertEquals(code, provoke.apply(core));
      assertEquals(core.stateBefore(), core.state(), "state after " + code);
    });
  }

  @Test
  void shouldKnowACaseForEveryRefusal() {
    final Set<ReasonCode> missing = EnumSet.noneOf(ReasonCode.class);
    for (final ReasonCode code : ReasonCode.values()) {
      final boolean outcome = code.value() >= ReasonCode.FILLED.value();
      if (!outcome && ReasonCode.OK != code && !cases.containsKey(code) && !AT_THE_DOOR.contains(code)) {
        missing.add(code);
      }
    }
    assertEquals(EnumSet.noneOf(ReasonCode.class), missing);
  }

  private void registry() {
    cases.put(ReasonCode.DUPLICATE_ASSET, c -> c.asset(BTC, 2, "NEW"));
    cases.put(ReasonCode.DUPLICATE_NAME, c -> c.asset(3, 2, "BTC"));
    cases.put(ReasonCode.CAPACITY_ASSETS, c -> c.asset(65, 2, "NEW"));
    cases.put(ReasonCode.SCALE_OUT_OF_RANGE, c -> c.asset(3, 11, "NEW"));
    cases.put(ReasonCode.NAME_INVALID, c -> c.asset(3, 2, ""));
    cases.put(ReasonCode.DUPLICATE_ACCOUNT, c -> c.account(ALICE, AccountKind.USER, "alice2"));
    cases.put(ReasonCode.CAPACITY_ACCOUNTS, c -> {
      ReasonCode code = ReasonCode.OK;
      for (int i = 100; ReasonCode.OK == code; i++) {
        code = c.account(i, AccountKind.USER, "a" + c.timeNs() + "-" + i + "-" + c.machine.sequence());
        code = ReasonCode.DUPLICATE_ACCOUNT == code ? ReasonCode.OK : code;
      }
      return code;
    });
    cases.put(ReasonCode.DUPLICATE_INSTRUMENT, c -> c.instrument(PAIR, 0, 0, FeeAsset.QUOTE));
    cases.put(ReasonCode.CAPACITY_INSTRUMENTS, c -> c.instrument(65, 0, 0, FeeAsset.QUOTE));
    cases.put(ReasonCode.TICK_LOT_NOT_WHOLE, c -> instrument(c, 2, e -> e.tickSizeE10(1)));
    cases.put(ReasonCode.FEE_OUT_OF_RANGE, c -> c.fees(-2, 1));
    cases.put(ReasonCode.LIMITS_INVALID, c -> c.limits(0, 10, 5, 0, 0));
    cases.put(ReasonCode.NOT_CONFIGURED, c -> c.send(new EngineConfigEncoder(), 0, c.config::encode));
    cases.put(ReasonCode.UNKNOWN_TEMPLATE, c -> c.sendUnknownTemplate());
  }

  private void money() {
    cases.put(ReasonCode.UNKNOWN_ACCOUNT, c -> c.deposit(77, BTC, 1));
    cases.put(ReasonCode.UNKNOWN_ASSET, c -> c.deposit(ALICE, 7, 1));
    cases.put(ReasonCode.AMOUNT_NOT_POSITIVE, c -> c.deposit(ALICE, BTC, 0));
    cases.put(ReasonCode.AMOUNT_OVERFLOW, c -> c.deposit(ALICE, BTC, Long.MAX_VALUE));
    cases.put(ReasonCode.UNKNOWN_HOLD, c -> c.release(ALICE, 99));
    cases.put(ReasonCode.INSUFFICIENT_BALANCE, c -> c.hold(ALICE, BTC, 1_000_001));
    cases.put(ReasonCode.CAPACITY_HOLDS, c -> {
      ReasonCode code = ReasonCode.OK;
      while (ReasonCode.OK == code) {
        code = c.hold(ALICE, BTC, 1);
      }
      return code;
    });
    cases.put(ReasonCode.CAPACITY_POSITIONS, c -> {
      ReasonCode code = ReasonCode.OK;
      for (int i = 0; ReasonCode.OK == code && i < 200; i++) {
        c.asset(3 + i % 60, 0, "A" + i);
        for (int account = 100; account < 161 && ReasonCode.OK == code; account++) {
          c.account(account, AccountKind.USER, "u" + account);
          code = c.deposit(account, 3 + i % 60, 1);
        }
      }
      return code;
    });
  }

  private void orders() {
    cases.put(ReasonCode.UNKNOWN_INSTRUMENT, c -> order(c, o -> o.instrumentId(9)));
    cases.put(ReasonCode.UNKNOWN_ORDER, c -> c.cancel(ALICE, 99));
    cases.put(ReasonCode.DUPLICATE_CLIENT_ID, c -> {
      c.limit(ALICE, BUY, 1, 1, "twin");
      return c.limit(ALICE, BUY, 1, 1, "twin");
    });
    cases.put(ReasonCode.CAPACITY_ORDERS, c -> {
      ReasonCode code = ReasonCode.OK;
      while (ReasonCode.OK == code) {
        code = c.limit(ALICE, BUY, 1, 1);
      }
      return code;
    });
    cases.put(ReasonCode.PRICE_NOT_POSITIVE, c -> order(c, o -> o.limitPriceTicks(0)));
    cases.put(ReasonCode.PRICE_NOT_ALLOWED,
        c -> order(c, o -> o.ordType(OrdType.MARKET).timeInForce(TimeInForce.IOC)));
    cases.put(ReasonCode.SIZE_NOT_POSITIVE, c -> order(c, o -> o.quantityLots(0)));
    cases.put(ReasonCode.SIZE_AMBIGUOUS, c -> order(c, o -> o.quoteAmountUnits(5)));
    cases.put(ReasonCode.SIZE_BELOW_MIN, c -> limited(c, 2, 0, 0, 0));
    cases.put(ReasonCode.SIZE_ABOVE_MAX, c -> {
      c.limits(0, 1, 2, 0, 0);
      return order(c, o -> o.quantityLots(3));
    });
    cases.put(ReasonCode.NOTIONAL_BELOW_MIN, c -> limited(c, 1, 0, 101, 0));
    cases.put(ReasonCode.NOTIONAL_ABOVE_MAX, c -> limited(c, 1, 0, 0, 99));
    cases.put(ReasonCode.NOTIONAL_OVERFLOW, c -> order(c, o -> o.quantityLots(Long.MAX_VALUE / 2)));
    cases.put(ReasonCode.NO_REFERENCE_PRICE, c -> c.market(ALICE, BUY, 1));
    cases.put(ReasonCode.PRICE_OUTSIDE_COLLAR, c -> {
      reference(c);
      c.limits(100, 1, 0, 0, 0);
      return order(c, o -> o.limitPriceTicks(1_200));
    });
    cases.put(ReasonCode.PROTECTION_OUT_OF_RANGE, c -> {
      reference(c);
      return order(c, o -> o.limitPriceTicks(0).ordType(OrdType.MARKET).timeInForce(TimeInForce.IOC)
          .protectionBps(10_001));
    });
    cases.put(ReasonCode.POST_ONLY_WOULD_CROSS, c -> {
      c.limit(BOB, SELL, 90, 1);
      return order(c, o -> o.postOnly(Flag.YES));
    });
    cases.put(ReasonCode.FLAGS_CONFLICT, c -> order(c, o -> o.postOnly(Flag.YES).timeInForce(TimeInForce.IOC)));
    cases.put(ReasonCode.FOK_NOT_FILLABLE, c -> order(c, o -> o.timeInForce(TimeInForce.FOK)));
    cases.put(ReasonCode.EXPIRE_TIME_INVALID,
        c -> order(c, o -> o.timeInForce(TimeInForce.GTD).expireTimeNs(100)));
    cases.put(ReasonCode.AMEND_NOTHING, c -> amend(c, 1, 100));
    cases.put(ReasonCode.AMEND_BELOW_FILLED, c -> amend(c, -1, 100));
    cases.put(ReasonCode.AMEND_NOT_ALLOWED, c -> {
      c.print(100, 1);
      return c.amend(TAPE, c.machine.orderPool().orderId(
          c.machine.orders().firstOf(c.machine.risk().accountSlot(TAPE))), 9, 0);
    });
    cases.put(ReasonCode.ACCOUNT_KIND_WRONG, c -> c.send(new TapePrintEncoder(), ALICE,
        p -> p.instrumentId(PAIR).priceTicks(5).sizeLots(1).shareE8(0).slippageTicks(0)));
    cases.put(ReasonCode.OUT_OF_RANGE, c -> c.price(PriceSource.MARK, Long.MAX_VALUE));
  }

  private void controls() {
    cases.put(ReasonCode.HALTED_ENGINE, c -> halted(c, HaltScope.ENGINE));
    cases.put(ReasonCode.HALTED_INSTRUMENT, c -> halted(c, HaltScope.INSTRUMENT));
    cases.put(ReasonCode.HALTED_ACCOUNT, c -> halted(c, HaltScope.ACCOUNT));
    cases.put(ReasonCode.DEGRADED, c -> {
      c.degraded(true);
      return order(c, o -> { });
    });
  }

  private void markets() {
    cases.put(ReasonCode.DISPLAY_INVALID, c -> order(c, o -> o.quantityLots(101).displayLots(1)));
    cases.put(ReasonCode.REDUCE_ONLY_INCREASES, c -> order(c, o -> o.reduceOnly(Flag.YES)));
    cases.put(ReasonCode.ONLY_IN_AUCTION, c -> order(c, o -> o.timeInForce(TimeInForce.GFA)));
    cases.put(ReasonCode.NOT_IN_AUCTION, c -> {
      c.session(SessionState.AUCTION);
      return order(c, o -> o.timeInForce(TimeInForce.IOC));
    });
    cases.put(ReasonCode.SESSION_HALTED, c -> {
      c.session(SessionState.HALTED);
      return order(c, o -> { });
    });
    cases.put(ReasonCode.SESSION_CLOSED, c -> {
      c.session(SessionState.CLOSED);
      return order(c, o -> { });
    });
    cases.put(ReasonCode.SESSION_CLOSE_ONLY, c -> {
      c.session(SessionState.CLOSE_ONLY);
      return order(c, o -> { });
    });
    cases.put(ReasonCode.SESSION_CHANGE_INVALID, c -> c.session(SessionState.CONTINUOUS));
    cases.put(ReasonCode.GUARD_INVALID, c -> c.guard(10_000, 1, 1));
    cases.put(ReasonCode.QUARANTINED, c -> c.passOver().halt(HaltScope.ENGINE, 0, 0, true));
    cases.put(ReasonCode.QUARANTINE_MISPLACED, c -> c.quarantine(1_000_000));
    cases.put(ReasonCode.CAPACITY_NOT_LARGER, c -> c.grow(c.config.ordersMax()));
    cases.put(ReasonCode.OPEN_ORDERS_ABOVE_MAX, c -> {
      c.accountLimits(ALICE, l -> l.openOrdersMax(1));
      c.limit(ALICE, BUY, 1, 1);
      return c.limit(ALICE, BUY, 1, 1);
    });
    cases.put(ReasonCode.OPEN_RULES_ABOVE_MAX, c -> {
      c.accountLimits(ALICE, l -> l.openRulesMax(1));
      rule(c, d -> d);
      return rule(c, d -> d);
    });
    cases.put(ReasonCode.RATE_LIMITED, c -> {
      c.accountLimits(ALICE, l -> l.ratePerSecond(1));
      c.limit(ALICE, BUY, 1, 1);
      return c.limit(ALICE, BUY, 1, 1);
    });
    cases.put(ReasonCode.COUNTDOWN_OUT_OF_RANGE, c -> c.cancelAllAfter(ALICE, 1, CancelScope.ORDERS));
  }

  private void actions() {
    cases.put(ReasonCode.ALGO_SCHEDULE_INVALID, c -> rule(c, d -> {
      d.block = e -> e.action(RuleAction.TWAP).durationNs(5);
      return d;
    }));
    cases.put(ReasonCode.ALGO_SHARE_INVALID, c -> rule(c, d -> {
      d.block = e -> e.action(RuleAction.POV).durationNs(5).intervalNs(1);
      return d;
    }));
    cases.put(ReasonCode.ALGO_PRICES_INVALID, c -> rule(c, d -> {
      d.block = e -> e.action(RuleAction.SCALE).orderCount(3).firstTicks(100).lastTicks(90);
      return d;
    }));
    cases.put(ReasonCode.ALGO_NO_ROOM, c -> {
      ReasonCode code = ReasonCode.OK;
      for (int i = 0; i < 40 && ReasonCode.OK == code; i++) {
        code = rule(c, d -> {
          d.lots = 32;
          d.block = e -> e.action(RuleAction.SCALE).orderCount(32).firstTicks(100).lastTicks(900);
          return d;
        });
      }
      return code;
    });
    cases.put(ReasonCode.NOT_UNDER_REVIEW, c -> {
      rule(c, d -> d);
      return c.review(ALICE, 1, ReviewDefault.RELEASE);
    });
  }

  private void relations() {
    cases.put(ReasonCode.RULE_PARENT_INVALID, c -> rule(c, d -> {
      d.block = e -> e.attach(RuleAttach.ORDER_COMPLETE).parentId(99);
      return d;
    }));
    cases.put(ReasonCode.RULE_LINK_INVALID, c -> {
      rule(c, d -> d);
      ReasonCode code = ReasonCode.OK;
      for (int i = 0; ReasonCode.OK == code && i < 20; i++) {
        final long named = lastRule(c);
        code = rule(c, d -> {
          d.block = e -> e.updatesRuleId(named).updatesLevelTicks(10);
          return d;
        });
      }
      return code;
    });
    cases.put(ReasonCode.NO_POSITION, c -> leg(c, l -> l.kind(RuleKind.PROFIT).levelTicks(0).target(5)));
    cases.put(ReasonCode.TARGET_UNREACHABLE, c -> {
      c.limit(BOB, Side.SELL, 100, 1);
      c.limit(ALICE, BUY, 100, 1);
      return leg(c, l -> l.kind(RuleKind.PROFIT).levelTicks(0).target(Long.MAX_VALUE));
    });
  }

  private void rules() {
    cases.put(ReasonCode.UNKNOWN_RULE, c -> c.cancelRule(ALICE, 99));
    cases.put(ReasonCode.CAPACITY_RULES, c -> {
      ReasonCode code = ReasonCode.OK;
      while (ReasonCode.OK == code) {
        code = rule(c, d -> d);
      }
      return code;
    });
    cases.put(ReasonCode.LEGS_MISSING, c -> rule(c, d -> {
      d.legs.clear();
      return d;
    }));
    cases.put(ReasonCode.LEVEL_REQUIRED, c -> leg(c, l -> l.levelTicks(0)));
    cases.put(ReasonCode.LEVEL_NOT_ALLOWED, c -> leg(c, l -> l.kind(RuleKind.TRAILING_STOP).trailSpreadTicks(5)));
    cases.put(ReasonCode.TRAIL_DISTANCE_INVALID,
        c -> leg(c, l -> l.kind(RuleKind.TRAILING_STOP).levelTicks(0)));
    cases.put(ReasonCode.ALREADY_CROSSED, c -> {
      c.print(40, 1);
      return rule(c, d -> d);
    });
    cases.put(ReasonCode.LEGS_INVERTED, c -> rule(c, d -> {
      d.legs.add(level(RuleKind.TAKE_PROFIT, 40));
      return d;
    }));
    cases.put(ReasonCode.WINDOW_INVALID, c -> rule(c, d -> {
      d.endTimeNs = 100;
      return d;
    }));
    cases.put(ReasonCode.BUY_RULE_NEEDS_LIMIT, c -> rule(c, d -> {
      d.side = Side.BUY;
      return d;
    }));
    cases.put(ReasonCode.SHARE_OUT_OF_RANGE, c -> rule(c, d -> {
      d.shareE8 = 100_000_001;
      d.lots = 0;
      return d;
    }));
    cases.put(ReasonCode.RULE_SIZE_ZERO, c -> rule(c, d -> {
      d.shareE8 = 1;
      d.lots = 0;
      return d;
    }));
    cases.put(ReasonCode.RULE_FIELD_NOT_ALLOWED, c -> rule(c, d -> {
      d.block = e -> e.durationNs(5);
      return d;
    }));
    conditions();
    cases.put(ReasonCode.RULE_NOT_LIVE, c -> {
      c.print(100, 1);
      rule(c, d -> {
        d.lots = 100;
        return d;
      });
      final long ruleId = c.machine.rules().ruleId(c.machine.ruleTable().firstOf(
          c.machine.risk().accountSlot(ALICE)));
      c.print(50, 1);
      return c.amendRule(ALICE, ruleId, a -> a.newLevelTicks(40));
    });
  }

  private void conditions() {
    cases.put(ReasonCode.CONDITION_MALFORMED, c -> when(c, e -> e.nodesCount(1).next().op(NodeOp.NOT).parent(ROOT)));
    cases.put(ReasonCode.CONDITION_NEVER_TRUE, c -> when(c, e -> {
      final NodesEncoder nodes = e.nodesCount(3);
      nodes.next().op(NodeOp.ALL).parent(ROOT);
      nodes.next().threshold(100);
      nodes.next().threshold(99).compare(Compare.AT_OR_BELOW);
    }));
    cases.put(ReasonCode.CONDITION_ALWAYS_TRUE, c -> when(c, e -> {
      final NodesEncoder nodes = e.nodesCount(3);
      nodes.next().op(NodeOp.ANY).parent(ROOT);
      nodes.next().threshold(100);
      nodes.next().threshold(99).compare(Compare.AT_OR_BELOW);
    }));
    cases.put(ReasonCode.CONDITION_SOURCE_MISSING,
        c -> when(c, e -> e.nodesCount(1).next().parent(ROOT).threshold(5).source(PriceSource.POOL)));
    cases.put(ReasonCode.CAPACITY_SIGNALS, c -> {
      ReasonCode code = ReasonCode.OK;
      for (int i = 0; ReasonCode.OK == code; i++) {
        final long windowNs = 16L + i;
        code = when(c, e -> e.nodesCount(1).next().parent(ROOT).signal(Signal.VOLATILITY).threshold(5)
            .second(windowNs));
        if (ReasonCode.OK == code) {
          c.watch();
        }
      }
      return code;
    });
  }

  private void sessions() {
    cases.put(ReasonCode.COMMAND_EXPIRED,
        c -> c.send(new DepositEncoder(), ALICE, 0, 0, 99, d -> d.assetId(BTC).amountUnits(1)));
    cases.put(ReasonCode.SESSION_SEQUENCE_GAP, c -> {
      depositIn(c, 5, 1, 1);
      return depositIn(c, 5, 3, 1);
    });
    cases.put(ReasonCode.DUPLICATE_MISMATCH, c -> {
      depositIn(c, 5, 1, 1);
      return depositIn(c, 5, 1, 2);
    });
    cases.put(ReasonCode.DUPLICATE_TOO_OLD, c -> {
      for (int i = 1; i <= 300; i++) {
        depositIn(c, 5, i, 1);
      }
      return depositIn(c, 5, 1, 1);
    });
    cases.put(ReasonCode.CAPACITY_SESSIONS, c -> {
      ReasonCode code = ReasonCode.OK;
      for (int session = 1; ReasonCode.OK == code; session++) {
        code = depositIn(c, session, 1, 1);
      }
      return code;
    });
  }

  private static void reference(final Core c) {
    if (0 == c.machine.risk().marks().referenceTicks(PAIR)) {
      c.price(PriceSource.MARK, 10_000);
    }
  }

  private static ReasonCode depositIn(final Core c, final long session, final long number, final long units) {
    return c.send(new DepositEncoder(), ALICE, session, number, 0,
        d -> d.assetId(USD).basisInstrumentId(0).amountUnits(units).basisPriceTicks(0));
  }

  private static ReasonCode instrument(final Core c, final int id, final Consumer<CreateInstrumentEncoder> change) {
    return c.send(new CreateInstrumentEncoder(), 0, e -> {
      e.instrumentId(id).baseAssetId(BTC).quoteAssetId(USD).makerFeeE8(0).takerFeeE8(0).markUnitsPerTick(1)
          .protectionBps(1_000).collarBps(0).tickSizeE10(10_000_000_000L).lotSizeE10(10_000_000_000L).minLots(1)
          .maxLots(0).minNotionalUnits(0).maxNotionalUnits(0).kind(InstrumentKind.SPOT).feeAsset(FeeAsset.QUOTE);
      Core.put(e.symbol(), "X-" + id);
      change.accept(e);
    });
  }

  private static ReasonCode order(final Core c, final Consumer<PlaceOrderEncoder> change) {
    return c.order(ALICE, BUY, 100, 1, change);
  }

  private static ReasonCode limited(final Core c, final long minLots, final long maxLots, final long minNotional,
      final long maxNotional) {
    c.limits(0, minLots, maxLots, minNotional, maxNotional);
    return order(c, o -> { });
  }

  private static ReasonCode amend(final Core c, final long lots, final int priceTicks) {
    c.limit(ALICE, BUY, 100, 1, "amended");
    final int slot = c.machine.orders().firstOf(c.machine.risk().accountSlot(ALICE));
    return c.amend(ALICE, c.machine.orderPool().orderId(slot), lots, priceTicks);
  }

  private static ReasonCode halted(final Core c, final HaltScope scope) {
    c.halt(scope, ALICE, PAIR, true);
    return order(c, o -> { });
  }

  private static Consumer<LegsEncoder> level(final RuleKind kind, final int levelTicks) {
    return l -> l.levelTicks(levelTicks).trailRatioE8(0).trailSpreadTicks(0).activationTicks(0).childLimitTicks(0)
        .protectionBps(0).kind(kind).source(PriceSource.LAST);
  }

  private static ReasonCode rule(final Core c, final UnaryOperator<RuleDraft> change) {
    final RuleDraft draft = new RuleDraft();
    draft.lots = 1;
    draft.legs.add(level(RuleKind.STOP_LOSS, 50));
    return c.arm(ALICE, change.apply(draft));
  }

  /** A rule on one condition; the rule's instrument, the last price, at or above, unless it says otherwise. */
  private static ReasonCode when(final Core c, final Consumer<ArmRuleEncoder> nodes) {
    return rule(c, d -> {
      d.reserveMode = ReserveMode.NONE;
      d.legs.set(0, level(RuleKind.CONDITION, 0));
      d.more = e -> {
        nodes.accept(e);
        e.curveCount(0);
      };
      return d;
    });
  }

  /** Id of the rule that the account armed last. */
  private static long lastRule(final Core c) {
    long id = 0;
    for (int slot = c.machine.rules().nextSlot(RuleBook.NULL_SLOT); RuleBook.NULL_SLOT != slot;
        slot = c.machine.rules().nextSlot(slot)) {
      id = Math.max(id, c.machine.rules().ruleId(slot));
    }
    return id;
  }

  private static ReasonCode leg(final Core c, final Consumer<LegsEncoder> change) {
    return rule(c, d -> {
      d.legs.set(0, d.legs.get(0).andThen(change));
      return d;
    });
  }

  private static Core guarded(final Core core) {
    core.grant(1, 1, KeyScope.SECURITY);
    core.grant(2, 2, KeyScope.SECURITY);
    core.security(true);
    return core.as(1);
  }

  /** A key for session 3 as changed, its first order. */
  private static ReasonCode keyed(final Core core, final Consumer<GrantKeyEncoder> change) {
    assertEquals(ReasonCode.OK, guarded(core).grant(3, 3, KeyScope.TRADE.bit(), change));
    return core.as(3).limit(ALICE, BUY, 10, 10);
  }

  private void keys() {
    cases.put(ReasonCode.NOT_AUTHORISED, c -> guarded(c).as(9).limit(ALICE, BUY, 1, 1));
    cases.put(ReasonCode.KEY_EXPIRED, c -> {
      assertEquals(ReasonCode.OK, keyed(c, g -> g.expiryTimeNs(200)));
      assertEquals(ReasonCode.OK, c.at(200).limit(ALICE, BUY, 1, 1));
      return c.at(201).limit(ALICE, BUY, 1, 1);
    });
    cases.put(ReasonCode.SIGNATURE_REQUIRED, c -> keyed(c, g -> g.publicKey().w3(1)));
    cases.put(ReasonCode.SCOPE_MISSING, c -> {
      assertEquals(ReasonCode.OK, keyed(c, g -> { }));
      return c.price(PriceSource.MARK, 100);
    });
    cases.put(ReasonCode.KEY_ACCOUNT_NOT_ALLOWED, c -> keyed(c, g -> g.accounts().v7(BOB)));
    cases.put(ReasonCode.KEY_INSTRUMENT_NOT_ALLOWED, c -> keyed(c, g -> g.instruments().v7(2)));
    cases.put(ReasonCode.KEY_NOTIONAL_ABOVE_MAX, c -> keyed(c, g -> g.notionalAssetId(USD).commandMaxUnits(99)));
    cases.put(ReasonCode.KEY_WINDOW_ABOVE_MAX, c -> {
      assertEquals(ReasonCode.OK, keyed(c, g -> g.notionalAssetId(USD).windowMaxUnits(101).windowNs(10)));
      return c.at(109).limit(ALICE, BUY, 2, 1);
    });
    cases.put(ReasonCode.KEY_RATE_LIMITED, c -> {
      assertEquals(ReasonCode.OK, keyed(c, g -> g.ratePerSecond(1)));
      return c.limit(ALICE, BUY, 1, 1);
    });
    cases.put(ReasonCode.UNKNOWN_KEY, c -> c.revoke(5));
    cases.put(ReasonCode.CAPACITY_KEYS, c -> {
      ReasonCode code = ReasonCode.OK;
      for (int session = 1; ReasonCode.OK == code; session++) {
        code = c.grant(session, 1, KeyScope.TRADE);
      }
      return code;
    });
    cases.put(ReasonCode.KEY_INVALID, c -> c.grant(3, 3, KeyScope.TRADE.bit(), g -> g.commandMaxUnits(5)));
    cases.put(ReasonCode.KEY_LAST, c -> c.security(true));
  }

  private void proposals() {
    cases.put(ReasonCode.CONTRACT_TERMS_INVALID, c -> instrument(c, 9, e -> e.strikeTicks(1)));
    cases.put(ReasonCode.DUAL_CONTROL_INVALID, c -> guarded(c).dual(0, 1, PlaceOrderEncoder.TEMPLATE_ID));
    cases.put(ReasonCode.UNKNOWN_PROPOSAL, c -> guarded(c).approve(1, true));
    cases.put(ReasonCode.SAME_PRINCIPAL, c -> {
      assertEquals(ReasonCode.OK, guarded(c).dual(0, 10, RevokeKeyEncoder.TEMPLATE_ID));
      assertEquals(ReasonCode.PROPOSED, c.revoke(9));
      return c.approve(1, true);
    });
    cases.put(ReasonCode.CAPACITY_PROPOSALS, c -> {
      assertEquals(ReasonCode.OK, guarded(c).dual(0, 10, RevokeKeyEncoder.TEMPLATE_ID));
      ReasonCode code = c.revoke(9);
      while (ReasonCode.PROPOSED == code) {
        code = c.revoke(9);
      }
      return code;
    });
  }

  private void sourcePrices() {
    cases.put(ReasonCode.PARAMETERS_INVALID, c -> c.priceRule(r -> r.quorum(2)));
    cases.put(ReasonCode.PRICE_STALE, c -> {
      c.at(70_000_000_000L).priceRule(r -> { });
      c.watch();
      return c.quote(1, 1_000, 9_999_999_999L);
    });
    cases.put(ReasonCode.PRICE_FROM_FUTURE, c -> {
      c.priceRule(r -> { });
      return c.quote(1, 1_000, 101);
    });
  }
}
