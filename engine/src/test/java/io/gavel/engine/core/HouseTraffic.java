package io.gavel.engine.core;

import io.gavel.codecs.sbe.DeleveragePolicy;
import io.gavel.codecs.sbe.Flag;
import io.gavel.codecs.sbe.FundingRule;
import io.gavel.codecs.sbe.HouseFund;
import io.gavel.codecs.sbe.InstrumentKind;
import io.gavel.codecs.sbe.MarginMode;
import io.gavel.codecs.sbe.MarkRuleKind;
import io.gavel.codecs.sbe.OrdType;
import io.gavel.codecs.sbe.PositionMode;
import io.gavel.codecs.sbe.PositionSide;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.SetOptionVolatilityEncoder;
import io.gavel.codecs.sbe.SetPortfolioMarginEncoder;
import io.gavel.codecs.sbe.Side;
import java.util.SplittableRandom;

/**
 * Seeded commands of every kind with contracts, margin, funding, liquidation, portfolio margin and tokens among them:
 * four traders who are margined each in another way, a market that moves, and a house that changes its mind.
 */
final class HouseTraffic {

  private static final int CALL = 5;
  private static final int BULL_USD = 6;
  private static final int FUTURE = 8;
  private static final int TRADERS = 4;
  private static final long FAR_NS = 1_000_000_000_000_000_000L;

  private final SplittableRandom random;
  private final RandomTraffic traffic;
  private final LiquidationDesk desk;
  private final MarginDesk margin;
  private final TokenStand tokens;
  private int mark = 100;
  private boolean isSettled;
  private boolean isCalm;

  /** Opens what the traffic is about; the core has spot already. */
  HouseTraffic(final long seed, final Core core) {
    random = new SplittableRandom(seed);
    traffic = new RandomTraffic(seed);
    margin = MarginDesk.on(core);
    desk = new LiquidationDesk(margin);
    tokens = new TokenStand(core, BULL_USD);
    margin.contract(CALL, InstrumentKind.CALL_OPTION, c -> c.expiryTimeNs(FAR_NS).strikeTicks(100)
        .indexInstrumentId(Core.PAIR));
    margin.contract(FUTURE, InstrumentKind.LINEAR_FUTURE, c -> c.expiryTimeNs(FAR_NS));
    margin.margin(FUTURE, 10_000_000, 5_000_000);
    desk.trader(LiquidationDesk.HOUSE, MarginMode.CROSS, PositionMode.ONE_WAY, 1_000_000);
    for (int i = 0; i < TRADERS; i++) {
      desk.trader(LiquidationDesk.FIRST_TRADER + i, MarginMode.values()[1 + i % 3],
          1 == i ? PositionMode.HEDGE : PositionMode.ONE_WAY, 20_000);
      core.deposit(LiquidationDesk.FIRST_TRADER + i, Core.BTC, 50);
    }
    desk.fund(HouseFund.INSURANCE, 5_000);
    desk.terms(t -> { });
    margin.price(Core.PAIR, PriceSource.MARK, 1_000);
    margin.price(Core.PAIR, PriceSource.INDEX, 1_000);
    tokens.goldAt(1_000);
    tokens.gold(t -> t.feeE8(100_000));
    tokens.bull(t -> t.dailyTimeNs(500).feeE8(50_000));
  }

  /** From now on nothing that may allocate: the house leaves its tables as they are. */
  void calm() {
    isCalm = true;
  }

  ReasonCode next(final Core core) {
    final int dice = random.nextInt(100);
    if (dice < 40) {
      return traffic.next(core);
    }
    final long trader = LiquidationDesk.FIRST_TRADER + random.nextInt(TRADERS);
    if (dice < 65) {
      return order(core, trader);
    }
    if (dice < 75) {
      mark = Math.max(20, Math.min(400, mark + random.nextInt(13) - 6));
      return margin.mark(random.nextInt(4) == 0 ? FUTURE : MarginDesk.PERP, mark);
    }
    if (dice < 88) {
      return token(trader);
    }
    return dice < 94 ? account(trader) : house(core);
  }

  private ReasonCode order(final Core core, final long trader) {
    final Side side = random.nextBoolean() ? Side.BUY : Side.SELL;
    final int accountSlot = core.machine.risk().accountSlot(trader);
    final boolean hedge = PositionMode.HEDGE == core.machine.risk().accountModes().position(accountSlot);
    final PositionSide position = !hedge ? PositionSide.NET
        : random.nextBoolean() ? PositionSide.LONG : PositionSide.SHORT;
    final boolean market = random.nextInt(5) == 0;
    final int instrumentId = switch (random.nextInt(8)) {
      case 0 -> CALL;
      case 1 -> FUTURE;
      default -> MarginDesk.PERP;
    };
    final int price = CALL == instrumentId ? 1 + random.nextInt(10) : mark + random.nextInt(9) - 4;
    return core.order(trader, side, market ? 0 : price, 1 + random.nextInt(60), c -> c.instrumentId(instrumentId)
        .positionSide(position).ordType(market ? OrdType.MARKET : OrdType.LIMIT)
        .reduceOnly(random.nextInt(8) == 0 ? Flag.YES : Flag.NO));
  }

  private ReasonCode token(final long trader) {
    final int instrumentId = random.nextBoolean() ? tokens.bullUsd : tokens.goldUsd;
    return switch (random.nextInt(6)) {
      case 0 -> tokens.subscribe(trader, instrumentId, 1 + random.nextInt(20_000), 0);
      case 1 -> tokens.redeem(trader, instrumentId, 1 + random.nextInt(20_000), random.nextInt(3));
      case 2 -> tokens.back(trader, instrumentId, 1 + random.nextInt(2_000));
      case 3 -> tokens.leave(trader, instrumentId, 1 + random.nextInt(2_000));
      case 4 -> tokens.goldAt(5_000 + random.nextInt(10_000));
      default -> margin.price(Core.PAIR, PriceSource.MARK, 700 + random.nextInt(600));
    };
  }

  private ReasonCode account(final long trader) {
    return switch (random.nextInt(4)) {
      case 0 -> margin.leverage(trader, MarginDesk.PERP, random.nextInt(12) * 100);
      case 1 -> margin.adjust(trader, MarginDesk.PERP,
          PositionSide.values()[random.nextInt(3)], random.nextInt(400) - 200);
      case 2 -> margin.mode(trader, MarginMode.values()[random.nextInt(4)], PositionMode.values()[random.nextInt(2)]);
      default -> desk.core.deposit(trader, Core.USD, 1 + random.nextInt(500));
    };
  }

  private ReasonCode house(final Core core) {
    return switch (random.nextInt(isCalm ? 6 : 11)) {
      case 0 -> desk.fund(HouseFund.values()[random.nextInt(3)], random.nextInt(4_000) - 1_000);
      case 1 -> desk.terms(t -> t.policy(DeleveragePolicy.values()[random.nextInt(2)]).depthShareBps(
          random.nextInt(2) * 5_000).attemptsMax(2).partialBps(random.nextInt(2) * 5_000));
      case 2 -> tokens.bull(t -> t.navE6(0).leverageE8((1 + random.nextInt(4)) * 100_000_000L));
      case 3 -> core.send(new SetOptionVolatilityEncoder(), 0,
          c -> c.instrumentId(CALL).volatilityE8(1 + random.nextInt(90_000_000)));
      case 4 -> core.send(new SetPortfolioMarginEncoder(), 0,
          c -> c.instrumentId(Core.PAIR).parameter(random.nextInt(16)).valueE8(random.nextInt(200_000_000)));
      case 5 -> core.quote(1 + random.nextInt(4), 9_000 + random.nextInt(2_000));
      case 6 -> core.funding(MarginDesk.PERP, f -> f.intervalNs(3_000_000L).periodNs(3_000_000L)
          .rule(FundingRule.values()[random.nextInt(4)]).rateE10(random.nextInt(2_000_000) - 1_000_000));
      case 7 -> margin.margin(MarginDesk.PERP, 8_000_000 + 1_000_000 * random.nextInt(5), 5_000_000);
      case 8 -> margin.collateral(random.nextBoolean() ? Core.USD : Core.BTC, 0,
          80_000_000 + 1_000_000 * random.nextInt(20));
      case 9 -> core.priceRule(r -> r.quorum(random.nextInt(2) * 3).markRule(
          random.nextInt(3) == 0 ? MarkRuleKind.MEDIAN : MarkRuleKind.DIRECT).windowNs(300));
      default -> settle(core);
    };
  }

  /** Once, and the future, so that the perpetual goes on. */
  private ReasonCode settle(final Core core) {
    if (isSettled) {
      return core.time(core.timeNs());
    }
    isSettled = true;
    return core.send(new io.gavel.codecs.sbe.SettleInstrumentEncoder(), 0,
        c -> c.instrumentId(FUTURE).priceUnits(mark * 10L));
  }
}
