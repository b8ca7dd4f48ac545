package io.gavel.engine.sim;

import io.gavel.codecs.RuleGroups;
import io.gavel.codecs.sbe.AdvanceTimeEncoder;
import io.gavel.codecs.sbe.AmendOrderEncoder;
import io.gavel.codecs.sbe.AmendRuleEncoder;
import io.gavel.codecs.sbe.ArmPolicy;
import io.gavel.codecs.sbe.ArmRuleEncoder;
import io.gavel.codecs.sbe.CancelOrderEncoder;
import io.gavel.codecs.sbe.CancelRuleEncoder;
import io.gavel.codecs.sbe.CancelScope;
import io.gavel.codecs.sbe.DegradedCause;
import io.gavel.codecs.sbe.DegradedEncoder;
import io.gavel.codecs.sbe.DepositEncoder;
import io.gavel.codecs.sbe.ExpiryAction;
import io.gavel.codecs.sbe.Flag;
import io.gavel.codecs.sbe.HaltScope;
import io.gavel.codecs.sbe.HoldFundsEncoder;
import io.gavel.codecs.sbe.MassCancelEncoder;
import io.gavel.codecs.sbe.OrdType;
import io.gavel.codecs.sbe.PlaceOrderEncoder;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.ReserveMode;
import io.gavel.codecs.sbe.RuleKind;
import io.gavel.codecs.sbe.SetFeesEncoder;
import io.gavel.codecs.sbe.SetHaltEncoder;
import io.gavel.codecs.sbe.SetLimitsEncoder;
import io.gavel.codecs.sbe.SetPriceEncoder;
import io.gavel.codecs.sbe.Side;
import io.gavel.codecs.sbe.StpMode;
import io.gavel.codecs.sbe.TapePrintEncoder;
import io.gavel.codecs.sbe.TimeInForce;
import io.gavel.engine.core.oracle.Oracle;
import io.gavel.engine.sim.Swarm.Option;
import java.util.SplittableRandom;

/** Commands over two instruments, drawn towards prices at which something waits and towards edges. */
final class Commands {

  private static final int[] CENTRE = {0, 1_000, 300};
  private static final int[] UNITS = {0, 10, 4};
  private static final int ALL_E8 = 100_000_000;
  private static final RuleKind[] KINDS = {RuleKind.TAKE_PROFIT, RuleKind.TAKE_PROFIT, RuleKind.STOP_LOSS,
      RuleKind.STOP_LOSS, RuleKind.TRAILING_STOP, RuleKind.TRAILING_STOP, RuleKind.AT_TIME};
  private static final TimeInForce[] TIMES =
      {TimeInForce.GTC, TimeInForce.GTC, TimeInForce.GTD, TimeInForce.IOC, TimeInForce.FOK};
  private static final StpMode[] MODES = StpMode.values();
  private static final PriceSource[] SOURCES = PriceSource.values();
  private static final CancelScope[] SCOPES = CancelScope.values();

  private final SplittableRandom random;
  private final Swarm swarm;
  private final int narrowness;
  private final Witness witness;
  private final Oracle oracle;
  private final Frames frames;
  private final int[] prices = CENTRE.clone();
  private long timeNs;

  Commands(final SplittableRandom random, final Swarm swarm, final Witness witness, final Frames frames) {
    this.random = random;
    this.swarm = swarm;
    this.narrowness = swarm.narrowness();
    this.witness = witness;
    this.oracle = witness.oracle();
    this.frames = frames;
  }

  byte[] next(final long nowNs, final boolean calm) {
    timeNs = Math.max(nowNs, witness.engineTimeNs());
    final long account = 1L + random.nextInt(3);
    final int pair = random.nextInt(4) == 0 ? 2 : 1;
    if (random.nextInt(100) < swarm.armsMore()) {
      return arm(account, pair);
    }
    final int dice = random.nextInt(200);
    if (dice < 56) {
      return place(account, pair);
    }
    if (dice < 90) {
      return print(pair);
    }
    if (dice < 110) {
      return arm(account, pair);
    }
    if (dice < 128) {
      return cancel(account);
    }
    if (dice < 146) {
      return amend(account, pair);
    }
    if (dice < 150) {
      final long id = oracle.liveId(other(account), true, random.nextInt(1_000));
      return frames.of(new CancelRuleEncoder(), account, c -> {
        c.ruleId(id);
        Frames.put(c.clRuleId(), "");
      });
    }
    if (dice < 160) {
      return amendRule(account, pair);
    }
    return dice < 176 ? price(pair) : seldom(account, pair, dice, calm);
  }

  private byte[] seldom(final long account, final int pair, final int dice, final boolean calm) {
    return switch (dice) {
      case 176, 177 -> {
        final int of = random.nextInt(3);
        final CancelScope scope = SCOPES[random.nextInt(3)];
        yield frames.of(new MassCancelEncoder(), account, c -> c.instrumentId(of).scope(scope));
      }
      case 178 -> halt(account, pair, !calm && swarm.has(Option.HALTS) && random.nextInt(2) == 0);
      case 179, 180, 181, 182, 183 -> halt(account, pair, false);
      case 184, 185, 186, 187, 188, 189 -> hold(random.nextInt(6) == 0 ? Traffic.TAPE : account);
      case 190 -> {
        final boolean absurd = random.nextInt(6) == 0;
        final int maker = absurd ? -ALL_E8 - 1 + random.nextInt(3) : random.nextInt(200_000) - 50_000;
        final int taker = random.nextInt(300_000);
        yield frames.of(new SetFeesEncoder(), 0, e -> e.instrumentId(pair).makerFeeE8(maker).takerFeeE8(taker));
      }
      case 191 -> limits(pair);
      case 192 -> {
        final Flag on = !calm && swarm.has(Option.DEGRADED) && random.nextInt(8) == 0 ? Flag.YES : Flag.NO;
        final DegradedCause cause = random.nextInt(3) == 0 ? DegradedCause.DISK_SPACE : DegradedCause.OPERATOR;
        yield frames.of(new DegradedEncoder(), 0, c -> c.on(on).cause(cause));
      }
      case 193, 194 -> {
        final int asset = 1 + random.nextInt(2);
        // What has left by way of the bank comes back, or the poor would only be refused.
        final long units = oracle.freeUnits(account, asset) < 10_000 ? 100_000 : 1L + random.nextInt(1_000);
        yield frames.of(new DepositEncoder(), account,
            c -> c.assetId(asset).basisInstrumentId(0).amountUnits(units).basisPriceTicks(0));
      }
      default -> {
        // An operator's own time: accepts a jump of the clock.
        final long to = random.nextInt(3) == 0 ? timeNs + random.nextInt(200) : 0;
        yield frames.of(new AdvanceTimeEncoder(), 0, c -> c.timeNs(to));
      }
    };
  }

  private byte[] place(final long account, final int pair) {
    final boolean market = random.nextInt(4) == 0;
    final boolean byQuote = market && random.nextInt(3) == 0;
    final Side side = byQuote || random.nextBoolean() ? Side.BUY : Side.SELL;
    final TimeInForce timeInForce = market
        ? random.nextInt(4) == 0 && !byQuote ? TimeInForce.FOK : TimeInForce.IOC : TIMES[random.nextInt(5)];
    final boolean rests = TimeInForce.GTC == timeInForce || TimeInForce.GTD == timeInForce;
    final int aside = rests && random.nextBoolean() ? 30 / narrowness : 0;
    final int limit = market ? 0 : Math.max(1, near(pair, 25) + (Side.BUY == side ? -aside : aside));
    final boolean odd = random.nextInt(60) == 0;
    final long lots = byQuote ? 0 : odd ? size() : 1 + random.nextInt(60);
    final long amount = byQuote ? 1 + random.nextInt(60_000) : odd && random.nextInt(4) == 0 ? 1 : 0;
    final int protection = market && random.nextBoolean() ? random.nextInt(odd ? 20_000 : 2_000) : 0;
    final long expiryNs = TimeInForce.GTD == timeInForce ? timeNs + random.nextInt(500) : odd ? 1 : 0;
    final boolean postOnly = (rests || odd) && random.nextInt(6) == 0;
    final String name = random.nextInt(5) == 0 ? "c" + random.nextInt(20) : "";
    final StpMode mode = MODES[random.nextInt(5)];
    return frames.of(new PlaceOrderEncoder(), account, c -> {
      c.instrumentId(pair).side(side).ordType(market ? OrdType.MARKET : OrdType.LIMIT).timeInForce(timeInForce)
          .stpMode(mode).postOnly(postOnly ? Flag.YES : Flag.NO).limitPriceTicks(limit).protectionBps(protection)
          .quantityLots(lots).quoteAmountUnits(amount).expireTimeNs(expiryNs).displayLots(0).hidden(Flag.NO)
          .reduceOnly(Flag.NO);
      Frames.put(c.clOrdId(), name);
    });
  }

  /** Far too much to pay for, or so much that no sum of it fits. */
  private long size() {
    return random.nextBoolean() ? random.nextLong(1L << 40) : Long.MAX_VALUE - random.nextInt(3);
  }

  private byte[] cancel(final long account) {
    final boolean byName = random.nextInt(5) == 0;
    final long id = byName ? 0 : someId(account);
    final String name = byName ? "c" + random.nextInt(20) : "";
    return frames.of(new CancelOrderEncoder(), account, c -> {
      c.orderId(id);
      Frames.put(c.clOrdId(), name);
    });
  }

  private byte[] amend(final long account, final int pair) {
    final long id = someId(account);
    final long lots = random.nextInt(30);
    final int ticks = random.nextBoolean() ? 0 : near(pair, 40);
    return frames.of(new AmendOrderEncoder(), account, c -> {
      c.orderId(id).newQuantityLots(lots).newLimitPriceTicks(ticks);
      Frames.put(c.clOrdId(), "");
    });
  }

  /** A wander, a step to where something waits, or a gap; always back towards the middle in the end. */
  private byte[] print(final int pair) {
    final int level = random.nextInt(3) == 0
        ? oracle.someLevel(pair, SOURCES[random.nextInt(5)], random.nextInt(1_000)) : 0;
    int price = prices[pair];
    if (level > 0) {
      price = level + random.nextInt(3) - 1;
    } else if (random.nextInt(20) == 0) {
      price += price / 100 * (random.nextInt(31) - 15);
    } else {
      price += (random.nextInt(31) - 15) / narrowness;
    }
    price += (CENTRE[pair] - price) / 16;
    prices[pair] = Math.max(20, price);
    final int ticks = prices[pair];
    final long lots = 1L + random.nextInt(40);
    final int shareE8 = random.nextInt(4) == 0 ? random.nextInt(ALL_E8 + 1) : ALL_E8;
    final int slippage = random.nextInt(4) == 0 ? random.nextInt(5) : 0;
    final long account = random.nextInt(300) == 0 ? 2 : Traffic.TAPE;
    return frames.of(new TapePrintEncoder(), account, c -> c.instrumentId(pair).priceTicks(ticks).sizeLots(lots)
        .shareE8(shareE8).slippageTicks(slippage));
  }

  private byte[] price(final int pair) {
    final PriceSource source = random.nextInt(50) == 0 ? PriceSource.LAST
        : random.nextBoolean() ? PriceSource.MARK : PriceSource.INDEX;
    final int level = random.nextBoolean() ? oracle.someLevel(pair, source, random.nextInt(1_000)) : 0;
    final long units = 0 == level ? (long) UNITS[pair] * near(pair, 60) + random.nextInt(UNITS[pair])
        : (long) UNITS[pair] * level + random.nextInt(5) - 2;
    return frames.of(new SetPriceEncoder(), 0, c -> c.instrumentId(pair).source(source).priceUnits(units));
  }

  private byte[] arm(final long account, final int pair) {
    final boolean buys = random.nextInt(5) == 0;
    final int shareE8 = random.nextInt(6) == 0 ? 1_000_000 * (1 + random.nextInt(Traffic.CAROL == account ? 100 : 10))
        : 0;
    final long lots = 0 == shareE8 ? 1 + random.nextInt(80) : random.nextInt(40) == 0 ? 1 : 0;
    final long start = random.nextInt(4) == 0 ? Math.max(0, timeNs - 50 + random.nextInt(400)) : 0;
    final long end = random.nextInt(4) == 0 ? timeNs + random.nextInt(2_000) : 0;
    final ReserveMode mode =
        random.nextInt(Traffic.CAROL == account ? 2 : 4) == 0 ? ReserveMode.NONE : ReserveMode.RESERVE;
    final ArmPolicy policy = ArmPolicy.values()[random.nextInt(3)];
    final ExpiryAction action = ExpiryAction.values()[random.nextInt(2)];
    final String name = random.nextInt(5) == 0 ? "r" + random.nextInt(20) : "";
    final int legs = 1 + random.nextInt(3);
    return frames.of(new ArmRuleEncoder(), account, c -> {
      c.instrumentId(pair).shareE8(shareE8).quantityLots(lots).startTimeNs(start).endTimeNs(end)
          .side(buys ? Side.BUY : Side.SELL).armPolicy(policy).expiryAction(action).reserveMode(mode);
      Frames.put(c.clRuleId(), name);
      final ArmRuleEncoder.LegsEncoder leg = c.legsCount(legs);
      for (int i = 0; i < legs; i++) {
        leg(leg.next(), pair, buys);
      }
      RuleGroups.none(c);
    });
  }

  private void leg(final ArmRuleEncoder.LegsEncoder leg, final int pair, final boolean buys) {
    final RuleKind kind = KINDS[random.nextInt(KINDS.length)];
    final boolean trails = RuleKind.TRAILING_STOP == kind;
    final boolean plain = RuleKind.TAKE_PROFIT == kind || RuleKind.STOP_LOSS == kind;
    final boolean byRatio = random.nextBoolean();
    final int above = RuleKind.TAKE_PROFIT == kind != buys ? 30 / narrowness : -30 / narrowness;
    leg.kind(kind).source(SOURCES[random.nextInt(7) % 5])
        .levelTicks(plain ? Math.max(1, near(pair, 40) + above) : 0)
        .trailRatioE8(trails && byRatio ? (500_000 * (1 + random.nextInt(16)) + random.nextInt(3)) / narrowness : 0)
        .trailSpreadTicks(trails && !byRatio ? 1 + random.nextInt(60 / narrowness) : 0)
        .activationTicks(trails && random.nextInt(3) == 0
            ? Math.max(1, near(pair, 40) + (buys ? -20 : 20) / narrowness) : 0)
        .childLimitTicks(buys || random.nextInt(3) == 0 ? near(pair, 30) : 0)
        .protectionBps(random.nextInt(3) == 0 ? 1 + random.nextInt(3_000) : 0);
  }

  private byte[] amendRule(final long account, final int pair) {
    final long id = oracle.liveId(other(account), true, random.nextInt(1_000));
    final boolean trail = random.nextInt(3) == 0;
    final boolean byRatio = random.nextBoolean();
    final int leg = random.nextInt(20) == 0 ? 3 : random.nextInt(2);
    final long lots = random.nextBoolean() ? 0 : random.nextInt(40);
    final int level = trail || random.nextInt(4) == 0 ? 0 : near(pair, 100);
    final int ratio = trail && byRatio ? 500_000 * (1 + random.nextInt(16)) : 0;
    final int spread = trail && !byRatio ? 1 + random.nextInt(60) : 0;
    final int childLimit = random.nextInt(4) == 0 ? near(pair, 30) : 0;
    return frames.of(new AmendRuleEncoder(), account, c -> {
      c.ruleId(id).legIndex(leg).newQuantityLots(lots).newLevelTicks(level).newTrailRatioE8(ratio)
          .newTrailSpreadTicks(spread).newChildLimitTicks(childLimit);
      Frames.put(c.clRuleId(), "");
    });
  }

  private byte[] halt(final long account, final int pair, final boolean on) {
    final HaltScope scope = HaltScope.values()[random.nextInt(3)];
    return frames.of(new SetHaltEncoder(), account,
        e -> e.instrumentId(pair).scope(scope).on(on ? Flag.YES : Flag.NO));
  }

  /** Mostly little; sometimes so much that whoever sells or quotes next finds hardly anything. */
  private byte[] hold(final long account) {
    final int asset = 1 + random.nextInt(2);
    final long free = oracle.freeUnits(account, asset);
    final long units = random.nextInt(4) == 0 ? Math.max(0, free - random.nextInt(100)) : random.nextInt(600);
    return frames.of(new HoldFundsEncoder(), account, c -> c.assetId(asset).amountUnits(units));
  }

  private byte[] limits(final int pair) {
    final int collar = random.nextInt(3) * 1_000;
    final long minLots = 1L + random.nextInt(4);
    final long maxLots = random.nextBoolean() ? 0 : 50 + random.nextInt(100);
    final long minNotional = random.nextInt(2) * 2_000L;
    final long maxNotional = random.nextInt(2) * 70_000L;
    return frames.of(new SetLimitsEncoder(), 0, e -> e.instrumentId(pair).collarBps(collar).minLots(minLots)
        .maxLots(maxLots).minNotionalUnits(minNotional).maxNotionalUnits(maxNotional));
  }

  private int near(final int pair, final int width) {
    final int reach = 1 + width / narrowness;
    return Math.max(1, prices[pair] + random.nextInt(2 * reach + 1) - reach);
  }

  /** Mostly the account itself. */
  private long other(final long account) {
    return random.nextInt(10) == 0 ? 1 + random.nextInt(3) : account;
  }

  /** Mostly what the account has, sometimes what it had, another has, or nobody ever had. */
  private long someId(final long account) {
    if (random.nextInt(8) == 0) {
      return 1L + random.nextInt(5_000);
    }
    return oracle.liveId(other(account), false, random.nextInt(1_000));
  }
}
