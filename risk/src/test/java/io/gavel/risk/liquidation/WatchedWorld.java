package io.gavel.risk.liquidation;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Accounts of every kind with obvious integer arithmetic, and what each must tell the watch about itself. Kinds: linear
 * legs with tiers, collateral with a weight and funding that is charged lazily; inverse legs reckoned in the coin; a
 * portfolio whose worth is a product of two prices and a short straddle, known to the watch by bands only. Any of them
 * may have isolated positions as well. The worth of an account is a function of its state and the levels alone.
 */
final class WatchedWorld {

  static final int PRICES = 5;
  /** Series PRICES + i is the cumulative funding of price i, in 10^-6 units a lot. */
  static final int SERIES = 2 * PRICES;
  static final int ISOLATED_MAX = 2;

  private static final long[] TIER_FLOORS = {0, 40_000, 200_000, 1_000_000};
  private static final long[] TIER_BPS = {50, 100, 250, 500};
  private static final long FUNDING_MOVE = 1_000_000;
  private static final long COIN_SHIFT = 1_000_000L;

  /** A holding of an account in one price. */
  static final class Leg {
    int price;
    /** Signed lots, contracts of one unit of money, or units of collateral. */
    long lots;
    long cost;
    long fundingAt;
    long weightBps;
  }

  enum Kind { LINEAR, INVERSE, PORTFOLIO }

  /** One account; {@code parameterBps} is added to its requirements and changes account by account. */
  static final class Account {
    Kind kind = Kind.LINEAR;
    long id;
    long cash;
    long parameterBps;
    final List<Leg> legs = new ArrayList<>();
    final List<Leg> collateral = new ArrayList<>();
    final List<Leg> isolated = new ArrayList<>();
    final List<Long> isolatedMargin = new ArrayList<>();
  }

  final long[] levels = new long[SERIES];
  final long[] unitsPerTick = {1, 1, 7, 10, 100};
  final List<Account> accounts = new ArrayList<>();
  private final Random random;
  /** What the bounds are multiplied with: 100 is right, less is a lie that a test must catch. */
  private final int boundsPercent;

  WatchedWorld(final Random random, final int accountsCount, final int boundsPercent) {
    this.random = random;
    this.boundsPercent = boundsPercent;
    for (int price = 0; price < PRICES; price++) {
      levels[price] = unitsPerTick[price] * (500L + random.nextInt(5_000));
    }
    // Ids fall while slots rise, so that a slot's order is not the id's.
    for (int slot = 0; slot < accountsCount; slot++) {
      final Account account = new Account();
      account.id = 7_000_000L - 13L * slot;
      accounts.add(account);
      found(account);
    }
  }

  /** An account begins anew with random holdings, usually healthy ones. */
  void found(final Account account) {
    account.kind = Kind.values()[random.nextInt(3)];
    account.legs.clear();
    account.collateral.clear();
    account.isolated.clear();
    account.isolatedMargin.clear();
    account.cash = 0;
    final int count = Kind.PORTFOLIO == account.kind ? 2 : 1 + random.nextInt(4);
    for (int i = 0; i < count; i++) {
      account.legs.add(leg(account.kind));
    }
    if (Kind.LINEAR == account.kind && random.nextInt(3) == 0) {
      final Leg held = leg(Kind.LINEAR);
      held.lots = random.nextInt(60) - 15L;
      held.weightBps = held.lots < 0 ? 11_000 : 9_000 - 1_000 * random.nextInt(5);
      account.collateral.add(held);
    }
    for (int i = random.nextInt(ISOLATED_MAX + 1); i > 0; i--) {
      final Leg leg = leg(Kind.INVERSE == account.kind ? Kind.INVERSE : Kind.LINEAR);
      final long worth = gross(account.kind, leg);
      account.isolated.add(leg);
      account.isolatedMargin.add(worth / 100 * (3 + random.nextInt(40)) + 3);
    }
    long gross = 0;
    for (final Leg leg : account.legs) {
      gross += gross(account.kind, leg);
    }
    final double share = 0.01 + 0.6 * random.nextDouble() * random.nextDouble();
    account.cash += (long) (gross * share) + requirementAndLoss(account);
  }

  private long requirementAndLoss(final Account account) {
    return -Math.min(0, slack(account));
  }

  private Leg leg(final Kind kind) {
    final Leg leg = new Leg();
    leg.price = random.nextInt(PRICES);
    leg.lots = (1L + random.nextInt(Kind.INVERSE == kind ? 20_000 : 400)) * (random.nextBoolean() ? 1 : -1);
    leg.cost = value(kind, leg);
    leg.fundingAt = levels[PRICES + leg.price];
    return leg;
  }

  private long gross(final Kind kind, final Leg leg) {
    return Math.abs(value(kind, leg)) + 1;
  }

  /** Signed value at the present price, rounded down. */
  private long value(final Kind kind, final Leg leg) {
    return Kind.INVERSE == kind ? Math.floorDiv(-leg.lots * COIN_SHIFT, levels[leg.price])
        : Math.floorDiv(leg.lots * levels[leg.price], 3);
  }

  private static long ceilDiv(final long a, final long b) {
    return -Math.floorDiv(-a, b);
  }

  private long notional(final Kind kind, final Leg leg) {
    return Kind.INVERSE == kind ? ceilDiv(Math.abs(leg.lots) * COIN_SHIFT, levels[leg.price])
        : ceilDiv(Math.abs(leg.lots) * levels[leg.price], 3);
  }

  private static long maintenance(final long notional, final long addedBps) {
    long sum = 0;
    for (int tier = 0; tier < TIER_FLOORS.length; tier++) {
      final long top = tier + 1 < TIER_FLOORS.length ? Math.min(notional, TIER_FLOORS[tier + 1]) : notional;
      sum += Math.max(0, top - TIER_FLOORS[tier]) * (TIER_BPS[tier] + addedBps);
    }
    return ceilDiv(sum, 10_000);
  }

  private long legSlack(final Account account, final Leg leg) {
    final long funding = levels[PRICES + leg.price] - leg.fundingAt;
    final long charged = Kind.LINEAR == account.kind ? ceilDiv(leg.lots * funding, FUNDING_MOVE) : 0;
    return value(account.kind, leg) - leg.cost - charged
        - maintenance(notional(account.kind, leg), account.parameterBps);
  }

  long isolatedSlack(final Account account, final int at) {
    return account.isolatedMargin.get(at) + legSlack(account, account.isolated.get(at));
  }

  /** Equity less requirement of the cross part. */
  long slack(final Account account) {
    if (Kind.PORTFOLIO == account.kind) {
      return portfolioSlack(account);
    }
    long slack = account.cash;
    for (final Leg leg : account.legs) {
      slack += legSlack(account, leg);
    }
    for (final Leg leg : account.collateral) {
      slack += Math.floorDiv(leg.lots * levels[leg.price] * leg.weightBps, 30_000);
    }
    return slack;
  }

  /** A gain in one price that is paid in a coin of another price, and a short straddle. */
  private long portfolioSlack(final Account account) {
    final Leg paidInCoin = account.legs.get(0);
    final Leg straddle = account.legs.get(1);
    final long coinPrice = levels[straddle.price];
    final long gain = paidInCoin.lots * levels[paidInCoin.price] - paidInCoin.cost * 3;
    final long worth = Math.floorDiv(gain * coinPrice, 30_000);
    final long strike = Math.abs(straddle.cost) * 3 / Math.max(1, Math.abs(straddle.lots));
    final long owed = ceilDiv(Math.abs(straddle.lots) * Math.abs(coinPrice - strike), 3);
    return account.cash + worth - owed;
  }

  boolean isBreached(final Account account) {
    boolean isBreached = slack(account) < 0;
    for (int at = 0; at < account.isolated.size(); at++) {
      isBreached |= isolatedSlack(account, at) < 0;
    }
    return isBreached;
  }

  /** Ids of all accounts in breach, in order. */
  List<Long> scan() {
    final List<Long> found = new ArrayList<>();
    for (final Account account : accounts) {
      if (isBreached(account)) {
        found.add(account.id);
      }
    }
    found.sort(null);
    return found;
  }

  /** An examination: what the account tells the watch. Returns whether it is not in breach. */
  boolean examine(final MarginWatch watch, final int slot) {
    final Account account = accounts.get(slot);
    watch.begin(slot);
    boolean isHealthy = true;
    for (int at = 0; at < account.isolated.size(); at++) {
      final Leg leg = account.isolated.get(at);
      final boolean isInverse = Kind.INVERSE == account.kind;
      // Funding of an isolated position is charged at once, not lazily: the caller invalidates.
      isHealthy &= watch.isolated(leg.price, isInverse, isolatedSlack(account, at), 4,
          fall(account, leg), rise(account, leg));
    }
    if (Kind.PORTFOLIO == account.kind) {
      tellBands(watch, account);
    } else {
      tellLegs(watch, account);
    }
    return watch.commit(slack(account), 4 * (account.legs.size() + account.collateral.size())) && isHealthy;
  }

  private void tellLegs(final MarginWatch watch, final Account account) {
    for (final Leg leg : account.legs) {
      if (Kind.INVERSE == account.kind) {
        watch.inverse(leg.price, fall(account, leg), rise(account, leg));
      } else {
        watch.linear(leg.price, fall(account, leg), rise(account, leg));
        final long aside = Math.abs(leg.lots) * 40 + 1;
        watch.accrual(PRICES + leg.price, percent(-leg.lots), percent(leg.lots), FUNDING_MOVE, aside);
      }
    }
    for (final Leg leg : account.collateral) {
      final long worth = ceilDiv(leg.lots * levels[leg.price] * leg.weightBps, 30_000);
      final long atLeast = Math.floorDiv(leg.lots * levels[leg.price] * leg.weightBps, 30_000);
      watch.linear(leg.price, percent(worth), percent(-atLeast));
    }
  }

  private long percent(final long bound) {
    return 100 == boundsPercent ? bound : bound > 0 ? bound * boundsPercent / 100 : bound * 100 / boundsPercent;
  }

  /** What the leg loses to a fall of its price, in proportion; a gain is negative. */
  private long fall(final Account account, final Leg leg) {
    return percent(leg.lots > 0 ? bound(account, leg, 1, -lowest(account)) : -gain(account, leg, 1, lowest(account)));
  }

  private long rise(final Account account, final Leg leg) {
    return percent(leg.lots < 0 ? bound(account, leg, 1, highest(account)) : -gain(account, leg, 1, -highest(account)));
  }

  /** An inverse position grows in coin while its price falls, so the requirement goes the other way. */
  private static long lowest(final Account account) {
    return Kind.INVERSE == account.kind ? -TIER_BPS[3] - account.parameterBps : TIER_BPS[0] + account.parameterBps;
  }

  private static long highest(final Account account) {
    return Kind.INVERSE == account.kind ? -TIER_BPS[0] - account.parameterBps : TIER_BPS[3] + account.parameterBps;
  }

  private long bound(final Account account, final Leg leg, final long sign, final long bps) {
    return ceilDiv(exactNumerator(account, leg) * sign * (10_000 + bps), exactDivisor(account, leg) * 10_000);
  }

  private long gain(final Account account, final Leg leg, final long sign, final long bps) {
    return Math.floorDiv(exactNumerator(account, leg) * sign * (10_000 + bps), exactDivisor(account, leg) * 10_000);
  }

  private long exactNumerator(final Account account, final Leg leg) {
    return Kind.INVERSE == account.kind ? Math.abs(leg.lots) * COIN_SHIFT : Math.abs(leg.lots) * levels[leg.price];
  }

  private long exactDivisor(final Account account, final Leg leg) {
    return Kind.INVERSE == account.kind ? levels[leg.price] : 3;
  }

  /** Both prices within a sixteenth of where they are; slopes are the largest over that box. */
  private void tellBands(final MarginWatch watch, final Account account) {
    final Leg paidInCoin = account.legs.get(0);
    final Leg straddle = account.legs.get(1);
    final long price = levels[paidInCoin.price];
    final long coinPrice = levels[straddle.price];
    final long coinHigh = coinPrice + coinPrice / 16;
    final long lots = Math.abs(paidInCoin.lots);
    final long gainMax = Math.max(Math.abs(paidInCoin.lots * (price + price / 16) - paidInCoin.cost * 3),
        Math.abs(paidInCoin.lots * (price - price / 16) - paidInCoin.cost * 3));
    final long slope = percent(ceilDiv(lots * price * coinHigh, 30_000));
    watch.linear(paidInCoin.price, slope, slope);
    watch.within(paidInCoin.price, price - price / 16, price + price / 16);
    final long coinSlope =
        percent(ceilDiv(gainMax * coinPrice, 30_000) + ceilDiv(Math.abs(straddle.lots) * coinPrice, 3));
    watch.linear(straddle.price, coinSlope, coinSlope);
    watch.within(straddle.price, coinPrice - coinPrice / 16, coinHigh);
  }

  /** A fresh watch over all accounts, as after a restart. Accounts in breach are left to the caller by {@code poll}. */
  MarginWatch rebuild(final int nodesMax) {
    final MarginWatch watch = new MarginWatch(accounts.size(), SERIES, nodesMax, 16);
    for (int series = 0; series < SERIES; series++) {
      if (series < PRICES) {
        watch.definePrice(series, unitsPerTick[series]);
      } else {
        watch.defineIndex(series, 1_000);
      }
      watch.onLevel(series, levels[series]);
    }
    for (int slot = 0; slot < accounts.size(); slot++) {
      watch.identify(slot, accounts.get(slot).id);
      if (!examine(watch, slot)) {
        watch.invalidate(slot);
      }
    }
    return watch;
  }
}
