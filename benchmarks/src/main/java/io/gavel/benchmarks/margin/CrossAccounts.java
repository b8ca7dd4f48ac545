package io.gavel.benchmarks.margin;

import io.gavel.risk.liquidation.MarginWatch;
import java.util.Random;

/**
 * Cross accounts with four linear positions each, in four of eight markets, long or short, with maintenance margin in
 * two tiers. The slack of an account is 5 % to 90 % of the sum of its positions, evenly in the logarithm: half of the
 * accounts have less than 21 %, as leverage does. One thread.
 */
public final class CrossAccounts {

  public static final int MARKETS = 8;
  public static final int LEGS = 4;
  public static final double TICK = 0.0005;

  private static final long UNITS_PER_TICK = 10;
  private static final long FIRST_PRICE = 60_000_00_0L;
  private static final long TIER_EDGE = 5_000_000_00L;
  private static final double LEAST_SLACK = 0.05;
  private static final double MOST_SLACK = 0.90;

  private final MarginWatch watch;
  private final Random random;
  /** Of its own, so that prices walk the same way whatever the number of accounts. */
  private final Random walk;
  private final long[] prices = new long[MARKETS];
  private final int[] lots;
  private final byte[] markets;
  /** Cash less the costs of the positions. */
  private final long[] cash;
  private final boolean[] isClosed;
  private int liquidated;
  private int missed;

  /** Founds and examines so many accounts. */
  public CrossAccounts(final int accounts, final long seed) {
    random = new Random(seed);
    walk = new Random(-seed);
    watch = new MarginWatch(accounts, MARKETS, accounts * LEGS, LEGS);
    lots = new int[accounts * LEGS];
    markets = new byte[accounts * LEGS];
    cash = new long[accounts];
    isClosed = new boolean[accounts];
    for (int market = 0; market < MARKETS; market++) {
      prices[market] = FIRST_PRICE >> market;
      watch.definePrice(market, UNITS_PER_TICK);
      watch.onLevel(market, prices[market]);
    }
    for (int account = 0; account < accounts; account++) {
      found(account);
      watch.identify(account, account + 1L);
      examine(account);
    }
  }

  private void found(final int account) {
    final int first = random.nextInt(MARKETS);
    long gross = 0;
    for (int leg = 0; leg < LEGS; leg++) {
      final int at = account * LEGS + leg;
      markets[at] = (byte) ((first + 3 * leg) % MARKETS);
      final long worth = 1_000_00L + (long) (100_000_00L * Math.exp(random.nextGaussian()));
      lots[at] = (int) Math.max(1, worth / prices[markets[at]]) * (random.nextBoolean() ? 1 : -1);
      gross += Math.abs(lots[at]) * prices[markets[at]];
    }
    final double share = LEAST_SLACK * Math.pow(MOST_SLACK / LEAST_SLACK, random.nextDouble());
    cash[account] = (long) (gross * share) - slackUnits(account);
  }

  /** Equity less maintenance margin, in integers. */
  private long slackUnits(final int account) {
    long slack = cash[account];
    for (int at = account * LEGS; at < (account + 1) * LEGS; at++) {
      final long value = lots[at] * prices[markets[at]];
      final long notional = Math.abs(value);
      slack += value - (notional * 5 + Math.max(0, notional - TIER_EDGE) * 5 + 999) / 1_000;
    }
    return slack;
  }

  private void examine(final int account) {
    final long slack = slackUnits(account);
    watch.begin(account);
    for (int at = account * LEGS; at < (account + 1) * LEGS; at++) {
      final long notional = Math.abs(lots[at]) * prices[markets[at]];
      // Long: the requirement falls by 0.5 % at least. Short: it grows by 1 % at most.
      watch.linear(markets[at], lots[at] > 0 ? notional - notional * 5 / 1_000 : 0,
          lots[at] < 0 ? notional + notional / 100 + 1 : 0);
    }
    if (!watch.commit(slack, LEGS)) {
      isClosed[account] = true;
      liquidated++;
    }
  }

  /** One of the markets makes a random step of 0.05 %; what it reaches is examined. Returns how many. */
  public int tick() {
    final int market = walk.nextInt(MARKETS);
    return move(market, Math.max(UNITS_PER_TICK, Math.round(prices[market] * (1 + TICK * walk.nextGaussian()))));
  }

  /** The price takes a value; what it reaches is examined. Returns how many. */
  public int move(final int market, final long price) {
    prices[market] = price;
    final int due = watch.onLevel(market, price);
    for (int account = watch.poll(); MarginWatch.NULL_ACCOUNT != account; account = watch.poll()) {
      examine(account);
    }
    return due;
  }

  /** The price of a market. */
  public long price(final int market) {
    return prices[market];
  }

  /** Looks at every account, as engines without a watch do. Returns how many breaches the watch has missed so far. */
  public int scan() {
    for (int account = 0; account < cash.length; account++) {
      if (!isClosed[account] && slackUnits(account) < 0) {
        isClosed[account] = true;
        missed++;
      }
    }
    return missed;
  }

  /** Accounts found in breach. */
  public int liquidated() {
    return liquidated;
  }
}
