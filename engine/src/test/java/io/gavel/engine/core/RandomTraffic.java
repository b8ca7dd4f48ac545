package io.gavel.engine.core;

import io.gavel.codecs.sbe.ArmPolicy;
import io.gavel.codecs.sbe.ArmRuleEncoder;
import io.gavel.codecs.sbe.CancelScope;
import io.gavel.codecs.sbe.ExpiryAction;
import io.gavel.codecs.sbe.Flag;
import io.gavel.codecs.sbe.HaltScope;
import io.gavel.codecs.sbe.OrdType;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.ReserveMode;
import io.gavel.codecs.sbe.RuleKind;
import io.gavel.codecs.sbe.SessionState;
import io.gavel.codecs.sbe.Side;
import io.gavel.codecs.sbe.StpMode;
import io.gavel.codecs.sbe.TimeInForce;
import java.util.SplittableRandom;

/** Seeded commands of every kind around one price, aimed at ids that exist, existed or never did. */
final class RandomTraffic {

  private final SplittableRandom random;
  private long timeNs;
  private int price = 1_000;

  RandomTraffic(final long seed) {
    random = new SplittableRandom(seed);
  }

  ReasonCode next(final Core core) {
    timeNs += random.nextLong(50);
    core.at(timeNs);
    final long account = random.nextLong(1, 3);
    final int dice = random.nextInt(100);
    if (dice < 30) {
      return order(core, account);
    }
    if (dice < 55) {
      price = Math.max(50, price + random.nextInt(31) - 15);
      return core.print(price, 1 + random.nextInt(40));
    }
    if (dice < 67) {
      return core.arm(account, rule());
    }
    if (dice < 75) {
      return core.cancel(account, someId(core, account));
    }
    if (dice < 80) {
      return core.amend(account, someId(core, account), random.nextInt(30), random.nextBoolean() ? 0 : near(40));
    }
    return seldom(core, account, dice);
  }

  private ReasonCode seldom(final Core core, final long account, final int dice) {
    return switch (dice) {
      case 80, 81, 82 -> core.cancelRule(account, someId(core, account));
      case 83, 84, 85 -> core.amendRule(account, someId(core, account), c -> c.newQuantityLots(random.nextInt(20))
          .newLevelTicks(random.nextBoolean() ? 0 : near(100)).newTrailSpreadTicks(0));
      case 86, 87, 88, 89, 90 -> core.price(random.nextBoolean() ? PriceSource.MARK : PriceSource.INDEX,
          10L * near(60) + random.nextInt(10));
      case 91 -> core.massCancel(account, random.nextInt(2), CancelScope.values()[random.nextInt(3)]);
      case 92 -> core.halt(HaltScope.values()[random.nextInt(3)], account, Core.PAIR, random.nextInt(4) == 0);
      case 93 -> core.halt(HaltScope.values()[random.nextInt(3)], account, Core.PAIR, false);
      case 94 -> random.nextBoolean() ? core.hold(account, 1 + random.nextInt(2), 1 + random.nextInt(1_000))
          : core.deposit(account, 1 + random.nextInt(2), 1 + random.nextInt(1_000));
      case 95 -> random.nextBoolean() ? core.settle(account, someId(core, account), 1 + random.nextInt(500))
          : core.release(account, someId(core, account));
      case 96 -> random.nextBoolean() ? core.session(SessionState.CONTINUOUS)
          : core.fees(random.nextInt(100_000), random.nextInt(200_000));
      case 97 -> core.limits(random.nextInt(3) * 2_000, 1, 1_000, 0, 0);
      case 98 -> random.nextInt(3) == 0 ? core.degraded(random.nextInt(5) == 0) : market(core);
      default -> {
        timeNs += random.nextLong(200);
        yield core.time(timeNs);
      }
    };
  }

  /** Mostly back to continuous trading, or little would happen. */
  private ReasonCode market(final Core core) {
    final long account = random.nextLong(1, 3);
    final CancelScope scope = CancelScope.values()[random.nextInt(3)];
    return switch (random.nextInt(13)) {
      case 12 -> core.accountLimits(account, l -> l.openOrdersMax(random.nextInt(3) * 20)
          .openRulesMax(random.nextInt(3) * 10).ratePerSecond(random.nextInt(3) * 500_000).rateBurst(5));
      case 0 -> core.session(SessionState.get((short) random.nextInt(6)));
      case 1, 2 -> core.session(SessionState.AUCTION, timeNs + 1 + random.nextInt(1_000),
          random.nextInt(3) == 0 ? price : 0, SessionState.CONTINUOUS);
      case 3 -> core.guard(random.nextInt(300), 1 + random.nextInt(500), random.nextInt(2_000));
      case 4 -> core.cancelAllAfter(account, random.nextInt(4) * 1_000_000_000L, scope);
      case 5 -> core.cancelOnDisconnect(account, random.nextInt(3), scope);
      case 6 -> timeNs % 3 == 0 ? core.quarantine(1 + timeNs % 50) : core.disconnect(1 + random.nextInt(2));
      case 7 -> {
        timeNs += random.nextInt(20) == 0 ? 1_000_000_000L : 1_000;
        yield core.time(timeNs);
      }
      default -> core.session(SessionState.CONTINUOUS);
    };
  }

  private ReasonCode order(final Core core, final long account) {
    final boolean market = random.nextInt(4) == 0;
    final boolean byQuote = market && random.nextInt(3) == 0;
    final Side side = byQuote || random.nextBoolean() ? Side.BUY : Side.SELL;
    final TimeInForce[] resting = {TimeInForce.GTC, TimeInForce.GTC, TimeInForce.GTD, TimeInForce.IOC,
        TimeInForce.FOK, TimeInForce.GFA};
    final TimeInForce timeInForce = market ? TimeInForce.IOC : resting[random.nextInt(resting.length)];
    final long expireTimeNs = TimeInForce.GTD == timeInForce ? timeNs + 1 + random.nextInt(500) : 0;
    final String id = random.nextInt(5) == 0 ? "c" + random.nextInt(20) : "";
    final StpMode stpMode = StpMode.values()[random.nextInt(5)];
    final boolean postOnly = !market && TimeInForce.GTC == timeInForce && random.nextInt(5) == 0;
    final long lots = byQuote ? 0 : random.nextLong(1, 61);
    final long quote = byQuote ? random.nextLong(1, 60_001) : 0;
    final boolean waits = !market && TimeInForce.IOC != timeInForce && TimeInForce.FOK != timeInForce;
    final long displayLots = waits && random.nextInt(6) == 0 ? 1 + random.nextLong(lots) : 0;
    final boolean hidden = waits && 0 == displayLots && random.nextInt(8) == 0;
    final boolean reduceOnly = random.nextInt(10) == 0;
    return core.order(account, side, market ? 0 : near(25), lots, c -> {
      c.ordType(market ? OrdType.MARKET : OrdType.LIMIT).timeInForce(timeInForce).expireTimeNs(expireTimeNs)
          .stpMode(stpMode).postOnly(postOnly ? Flag.YES : Flag.NO).quoteAmountUnits(quote).displayLots(displayLots)
          .hidden(hidden ? Flag.YES : Flag.NO).reduceOnly(reduceOnly ? Flag.YES : Flag.NO);
      Core.put(c.clOrdId(), id);
    });
  }

  private Core.RuleDraft rule() {
    final Core.RuleDraft draft = new Core.RuleDraft();
    draft.side = random.nextInt(5) == 0 ? Side.BUY : Side.SELL;
    draft.lots = random.nextLong(1, 81);
    if (random.nextInt(6) == 0) {
      draft.shareE8 = 1_000_000 * (1 + random.nextInt(10));
      draft.lots = 0;
    }
    draft.armPolicy = ArmPolicy.values()[random.nextInt(3)];
    draft.expiryAction = ExpiryAction.values()[random.nextInt(2)];
    draft.reserveMode = ReserveMode.values()[random.nextInt(5) == 0 ? 1 : 0];
    draft.name = random.nextInt(5) == 0 ? "r" + random.nextInt(20) : "";
    if (random.nextInt(4) == 0) {
      draft.startTimeNs = timeNs + random.nextInt(400);
    }
    if (random.nextInt(4) == 0) {
      draft.endTimeNs = timeNs + random.nextInt(2_000);
    }
    final int legCount = 1 + random.nextInt(3);
    for (int i = 0; i < legCount; i++) {
      draft.legs.add(leg -> leg(leg, Side.BUY == draft.side));
    }
    return draft;
  }

  private void leg(final ArmRuleEncoder.LegsEncoder leg, final boolean buys) {
    final RuleKind kind = RuleKind.values()[random.nextInt(3)];
    final boolean trails = RuleKind.TRAILING_STOP == kind;
    final boolean byRatio = random.nextBoolean();
    final int above = RuleKind.TAKE_PROFIT == kind != buys ? 30 : -30;
    leg.levelTicks(trails ? 0 : Math.max(1, near(40) + above))
        .trailRatioE8(trails && byRatio ? 1_000_000 * (1 + random.nextInt(8)) : 0)
        .trailSpreadTicks(trails && !byRatio ? 1 + random.nextInt(60) : 0)
        .activationTicks(trails && random.nextInt(3) == 0 ? Math.max(1, near(40) + (buys ? -30 : 30)) : 0)
        .childLimitTicks(buys || random.nextInt(3) == 0 ? near(30) : 0)
        .protectionBps(random.nextInt(3) == 0 ? 1 + random.nextInt(3_000) : 0)
        .kind(kind).source(PriceSource.values()[random.nextInt(5)]);
  }

  private int near(final int width) {
    return Math.max(1, price + random.nextInt(2 * width + 1) - width);
  }

  /** Mostly an order or a rule that the account has, sometimes one that is gone, was another's or never was. */
  private long someId(final Core core, final long account) {
    final int accountSlot = core.machine.risk().accountSlot(account);
    int steps = random.nextInt(12);
    if (random.nextInt(3) == 0) {
      return random.nextLong(1, 4_001);
    }
    if (random.nextBoolean()) {
      int slot = core.machine.orders().firstOf(accountSlot);
      while (steps-- > 0 && slot >= 0 && core.machine.orders().nextOf(slot) >= 0) {
        slot = core.machine.orders().nextOf(slot);
      }
      return slot < 0 ? 1 : core.machine.orderPool().orderId(slot);
    }
    int slot = core.machine.ruleTable().firstOf(accountSlot);
    while (steps-- > 0 && slot >= 0 && core.machine.ruleTable().nextOf(slot) >= 0) {
      slot = core.machine.ruleTable().nextOf(slot);
    }
    return slot < 0 ? 1 : core.machine.rules().ruleId(slot);
  }
}
