package io.gavel.engine.core;

import io.gavel.codecs.sbe.ArmPolicy;
import io.gavel.codecs.sbe.CancelScope;
import io.gavel.codecs.sbe.ExpiryAction;
import io.gavel.codecs.sbe.Flag;
import io.gavel.codecs.sbe.HaltScope;
import io.gavel.codecs.sbe.OrdType;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.ReasonCode;
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
import io.gavel.engine.core.oracle.NewOrder;
import io.gavel.engine.core.oracle.NewRule;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Seeded commands over two instruments, drawn towards the prices at which something waits. */
final class OracleTraffic {

  private static final int[] CENTRE = {0, 1_000, 300};
  private static final int[] UNITS = {0, 10, 4};
  private static final RuleKind[] KINDS = {RuleKind.TAKE_PROFIT, RuleKind.TAKE_PROFIT, RuleKind.STOP_LOSS,
      RuleKind.STOP_LOSS, RuleKind.TRAILING_STOP, RuleKind.TRAILING_STOP, RuleKind.TRAILING_STOP, RuleKind.AT_TIME};

  private final SplittableRandom random;
  private final Twins twins;
  /** Prices of a narrow market meet one another at the same tick all the time. */
  private final int narrowness;
  /** How many of a hundred commands arm a rule, beyond the usual. */
  private final int armsMore;
  private final int[] prices = CENTRE.clone();
  private long timeNs;

  OracleTraffic(final long seed, final Twins twins) {
    random = new SplittableRandom(seed);
    this.twins = twins;
    narrowness = new int[] {1, 4, 12}[random.nextInt(3)];
    armsMore = random.nextInt(25);
  }

  ReasonCode next() {
    timeNs += random.nextLong(50);
    twins.at(timeNs);
    final long account = 1L + random.nextInt(3);
    final int pair = random.nextInt(4) == 0 ? Twins.OTHER : Core.PAIR;
    if (random.nextInt(100) < armsMore) {
      return twins.arm(rule(account, pair));
    }
    final int dice = random.nextInt(200);
    if (dice < 50) {
      return place(account, pair);
    }
    if (dice < 95) {
      return print(pair);
    }
    if (dice < 120) {
      return twins.arm(rule(account, pair));
    }
    if (dice < 132) {
      final long id = someId(account, false);
      final String name = "c" + random.nextInt(20);
      return random.nextInt(5) == 0
          ? twins.both("cancel " + name + " of " + account, o -> o.cancel(account, 0, name),
          c -> c.cancel(account, name))
          : twins.both("cancel " + id + " of " + account, o -> o.cancel(account, id, ""), c -> c.cancel(account, id));
    }
    if (dice < 146) {
      final long id = someId(account, false);
      final long lots = random.nextInt(30);
      final int ticks = random.nextBoolean() ? 0 : near(pair, 40);
      return twins.both("amend " + id + " of " + account + " to " + lots + "@" + ticks,
          o -> o.amend(account, id, lots, ticks), c -> c.amend(account, id, lots, ticks));
    }
    if (dice < 150) {
      final long id = someId(account, true);
      return twins.both("cancel rule " + id + " of " + account, o -> o.cancelRule(account, id),
          c -> c.cancelRule(account, id));
    }
    if (dice < 162) {
      return amendRule(account, pair);
    }
    return dice < 178 ? price(pair) : seldom(account, pair, dice);
  }

  private ReasonCode seldom(final long account, final int pair, final int dice) {
    return switch (dice) {
      case 178 -> {
        final int of = random.nextInt(3);
        final CancelScope scope = CancelScope.values()[random.nextInt(3)];
        yield twins.both("mass cancel " + account + " " + scope + " in " + of, o -> o.massCancel(account, of, scope),
            c -> c.massCancel(account, of, scope));
      }
      case 179 -> halt(account, pair, random.nextInt(3) == 0);
      case 180, 181, 182, 183 -> halt(account, pair, false);
      case 184, 185, 186 -> hold(random.nextInt(6) == 0 ? Core.TAPE : account);
      case 187, 188, 189 -> endHold(random.nextInt(5) == 0 ? Core.TAPE : account);
      case 190 -> fees(pair);
      case 191 -> limits(pair);
      case 192, 193 -> {
        final boolean on = random.nextInt(8) == 0;
        yield twins.both("degraded " + on, o -> o.degraded(on), c -> c.degraded(on));
      }
      case 194 -> twins.deposit(account, 1 + random.nextInt(2), 1 + random.nextInt(1_000));
      default -> {
        timeNs += random.nextLong(300);
        twins.at(timeNs);
        yield twins.both("time", o -> o.time(), c -> c.time(timeNs));
      }
    };
  }

  private ReasonCode place(final long account, final int pair) {
    final boolean market = random.nextInt(4) == 0;
    final boolean byQuote = market && random.nextInt(3) == 0;
    final Side side = byQuote || random.nextBoolean() ? Side.BUY : Side.SELL;
    final TimeInForce[] timed = {TimeInForce.GTC, TimeInForce.GTC, TimeInForce.GTD, TimeInForce.IOC, TimeInForce.FOK};
    final TimeInForce timeInForce = market ? random.nextInt(4) == 0 && !byQuote ? TimeInForce.FOK : TimeInForce.IOC
        : timed[random.nextInt(timed.length)];
    final boolean rests = TimeInForce.GTC == timeInForce || TimeInForce.GTD == timeInForce;
    final int aside = rests && random.nextBoolean() ? 30 / narrowness : 0;
    final int limit = Math.max(1, near(pair, 25) + (Side.BUY == side ? -aside : aside));
    return twins.place(new NewOrder(account, pair, side, market ? OrdType.MARKET : OrdType.LIMIT, timeInForce,
        StpMode.values()[random.nextInt(5)], rests && random.nextInt(6) == 0, market ? 0 : limit,
        market && random.nextBoolean() ? random.nextInt(2_000) : 0, byQuote ? 0 : 1 + random.nextInt(60),
        byQuote ? 1 + random.nextInt(60_000) : 0,
        TimeInForce.GTD == timeInForce ? timeNs + random.nextInt(500) : 0,
        random.nextInt(5) == 0 ? "c" + random.nextInt(20) : ""));
  }

  /** A wander, a step to where something waits, or a gap; always back towards the middle in the end. */
  private void move(final int pair) {
    final int level = random.nextInt(3) == 0
        ? twins.oracle.someLevel(pair, PriceSource.values()[random.nextInt(5)], random.nextInt(1_000)) : 0;
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
  }

  private ReasonCode print(final int pair) {
    move(pair);
    final int ticks = prices[pair];
    final long lots = 1L + random.nextInt(40);
    final int shareE8 = random.nextInt(4) == 0 ? random.nextInt(100_000_001) : 100_000_000;
    final int slippage = random.nextInt(4) == 0 ? random.nextInt(5) : 0;
    final long account = random.nextInt(300) == 0 ? Core.BOB : Core.TAPE;
    return twins.both("print " + pair + " " + lots + "@" + ticks + " share " + shareE8 + " slip " + slippage,
        o -> o.print(account, pair, ticks, lots, shareE8, slippage),
        c -> c.send(new TapePrintEncoder(), account, p -> p.instrumentId(pair).priceTicks(ticks).sizeLots(lots)
            .shareE8(shareE8).slippageTicks(slippage)));
  }

  private ReasonCode price(final int pair) {
    final PriceSource source = random.nextInt(50) == 0 ? PriceSource.LAST
        : random.nextBoolean() ? PriceSource.MARK : PriceSource.INDEX;
    final int level = random.nextBoolean() ? twins.oracle.someLevel(pair, source, random.nextInt(1_000)) : 0;
    final long units = 0 == level ? (long) UNITS[pair] * near(pair, 60) + random.nextInt(UNITS[pair])
        : (long) UNITS[pair] * level + random.nextInt(5) - 2;
    return twins.both("price " + pair + " " + source + " " + units, o -> o.price(pair, source, units),
        c -> c.send(new SetPriceEncoder(), 0, p -> p.instrumentId(pair).source(source).priceUnits(units)));
  }

  private NewRule rule(final long account, final int pair) {
    final boolean buys = random.nextInt(5) == 0;
    final boolean share = random.nextInt(6) == 0;
    final List<NewRule.Leg> legs = new ArrayList<>();
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      legs.add(leg(pair, buys));
    }
    final long start = random.nextInt(4) == 0 ? Math.max(0, timeNs - 50 + random.nextInt(400)) : 0;
    return new NewRule(account, pair, share ? 1_000_000 * (1 + random.nextInt(account == Twins.CAROL ? 100 : 10)) : 0,
        share ? 0 : 1 + random.nextInt(80), start,
        random.nextInt(4) == 0 ? timeNs + random.nextInt(2_000) : 0, buys ? Side.BUY : Side.SELL,
        ArmPolicy.values()[random.nextInt(3)], ExpiryAction.values()[random.nextInt(2)],
        random.nextInt(Twins.CAROL == account ? 2 : 4) == 0 ? ReserveMode.NONE : ReserveMode.RESERVE,
        random.nextInt(5) == 0 ? "r" + random.nextInt(20) : "", legs);
  }

  private NewRule.Leg leg(final int pair, final boolean buys) {
    final RuleKind kind = KINDS[random.nextInt(KINDS.length)];
    final boolean trails = RuleKind.TRAILING_STOP == kind;
    final boolean plain = RuleKind.TAKE_PROFIT == kind || RuleKind.STOP_LOSS == kind;
    final boolean byRatio = random.nextBoolean();
    final int above = RuleKind.TAKE_PROFIT == kind != buys ? 30 / narrowness : -30 / narrowness;
    return new NewRule.Leg(kind, PriceSource.values()[random.nextInt(7) % 5],
        plain ? Math.max(1, near(pair, 40) + above) : 0,
        trails && byRatio ? (500_000 * (1 + random.nextInt(16)) + random.nextInt(3)) / narrowness : 0,
        trails && !byRatio ? 1 + random.nextInt(60 / narrowness) : 0,
        trails && random.nextInt(3) == 0 ? Math.max(1, near(pair, 40) + (buys ? -20 : 20) / narrowness) : 0,
        buys || random.nextInt(3) == 0 ? near(pair, 30) : 0,
        random.nextInt(3) == 0 ? 1 + random.nextInt(3_000) : 0);
  }

  private ReasonCode amendRule(final long account, final int pair) {
    final long id = someId(account, true);
    final boolean trail = random.nextInt(3) == 0;
    final boolean byRatio = random.nextBoolean();
    return twins.amendRule(account, id, new Twins.AmendedRule(random.nextInt(20) == 0 ? 3 : random.nextInt(2),
        random.nextBoolean() ? 0 : random.nextInt(40), trail || random.nextInt(4) == 0 ? 0 : near(pair, 100),
        trail && byRatio ? 500_000 * (1 + random.nextInt(16)) : 0, trail && !byRatio ? 1 + random.nextInt(60) : 0,
        random.nextInt(4) == 0 ? near(pair, 30) : 0));
  }

  private ReasonCode halt(final long account, final int pair, final boolean on) {
    final HaltScope scope = HaltScope.values()[random.nextInt(3)];
    return twins.both("halt " + scope + " " + on + " " + account + " " + pair, o -> o.halt(scope, account, pair, on),
        c -> c.send(new SetHaltEncoder(), account,
            e -> e.instrumentId(pair).scope(scope).on(on ? Flag.YES : Flag.NO)));
  }

  /** Mostly little; sometimes so much that whoever sells or quotes next finds hardly anything. */
  private ReasonCode hold(final long account) {
    final int asset = 1 + random.nextInt(2);
    final long free = twins.core.free(account, asset);
    final long units = random.nextInt(4) == 0 ? Math.max(0, free - random.nextInt(100)) : random.nextInt(600);
    return twins.both("hold " + units + " of " + account + "/" + asset, o -> o.hold(account, asset, units),
        c -> c.hold(account, asset, units));
  }

  private ReasonCode endHold(final long account) {
    final long id = Twins.pick(twins.oracle.holdIds(), random.nextInt(1_000), ids -> 1);
    final long units = random.nextInt(500);
    return random.nextBoolean()
        ? twins.both("settle " + id + " " + units, o -> o.settle(account, id, units),
        c -> c.settle(account, id, units))
        : twins.both("release " + id, o -> o.release(account, id), c -> c.release(account, id));
  }

  private ReasonCode fees(final int pair) {
    final int maker = random.nextInt(200_000) - 50_000;
    final int taker = random.nextInt(300_000);
    return twins.both("fees " + pair + " " + maker + "/" + taker, o -> o.fees(pair, maker, taker),
        c -> c.send(new SetFeesEncoder(), 0, e -> e.instrumentId(pair).makerFeeE8(maker).takerFeeE8(taker)));
  }

  private ReasonCode limits(final int pair) {
    final int collar = random.nextInt(3) * 1_000;
    final long minLots = 1L + random.nextInt(4);
    final long maxLots = random.nextBoolean() ? 0 : 50 + random.nextInt(100);
    final long minNotional = random.nextInt(2) * 2_000L;
    final long maxNotional = random.nextInt(2) * 70_000L;
    return twins.both("limits " + pair + " " + collar + " " + minLots + " " + maxLots,
        o -> o.limits(pair, collar, minLots, maxLots, minNotional, maxNotional),
        c -> c.send(new SetLimitsEncoder(), 0, e -> e.instrumentId(pair).collarBps(collar).minLots(minLots)
            .maxLots(maxLots).minNotionalUnits(minNotional).maxNotionalUnits(maxNotional)));
  }

  private int near(final int pair, final int width) {
    final int reach = 1 + width / narrowness;
    return Math.max(1, prices[pair] + random.nextInt(2 * reach + 1) - reach);
  }

  /** Mostly what the account has, sometimes what it had, another has, or nobody ever had. */
  private long someId(final long account, final boolean ofRules) {
    if (random.nextInt(8) == 0) {
      return 1L + random.nextInt(5_000);
    }
    final long other = random.nextInt(10) == 0 ? 1 + random.nextInt(3) : account;
    return Twins.pick(twins.oracle.liveIds(other, ofRules), random.nextInt(1_000), ids -> 1);
  }
}
