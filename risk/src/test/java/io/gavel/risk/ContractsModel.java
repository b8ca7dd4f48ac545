package io.gavel.risk;

import io.gavel.codecs.sbe.PositionSide;
import io.gavel.codecs.sbe.ReasonCode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * Contracts and their margin as slow obvious arithmetic: nothing is kept that can be added up, and every amount is a
 * big integer. Two instruments, 2 linear in USDT and 3 inverse in BTC; rates of one tier; USDT is the reference.
 */
final class ContractsModel {

  static final int BTC = 1;
  static final int USDT = 2;
  private static final BigInteger ZERO = BigInteger.ZERO;
  private static final BigInteger E8 = BigInteger.valueOf(100_000_000);

  final List<Account> accounts = new ArrayList<>();
  /** Per instrument, in hundredths of a tick. */
  final long[] markUnits = new long[4];
  long initialE8;
  long btcWeightE8;
  /** Index of bitcoin in hundredths of a tick of 0.1. */
  long indexUnits;
  long makerE8;
  long takerE8;

  /** An order that is open. */
  static final class Order {
    Account account;
    int instrument;
    PositionSide side;
    boolean sells;
    boolean reduceOnly;
    int reservation;
    long limit;
    long open;
    BigInteger claim = ZERO;
    final BigInteger[] traded = {ZERO, ZERO};
    final BigInteger[] charged = {ZERO, ZERO};
  }

  /** A position and what is held for it. */
  static final class Position {
    int instrument;
    PositionSide side;
    BigInteger lots = ZERO;
    BigInteger cost = ZERO;
    BigInteger margin = ZERO;
    BigInteger orderMargin = ZERO;
    long epoch;
  }

  /** An account; its places are by asset. */
  static final class Account {
    long id;
    boolean isolated;
    boolean hedges;
    final BigInteger[] free = {ZERO, ZERO, ZERO};
    final BigInteger[] owed = {ZERO, ZERO, ZERO};
    final List<Position> positions = new ArrayList<>();
    final List<Order> orders = new ArrayList<>();

    Position position(final int instrument, final PositionSide side) {
      for (final Position each : positions) {
        if (each.instrument == instrument && each.side == side) {
          return each;
        }
      }
      final Position fresh = new Position();
      fresh.instrument = instrument;
      fresh.side = side;
      positions.add(fresh);
      return fresh;
    }

    BigInteger open(final Position position, final boolean sells) {
      BigInteger sum = ZERO;
      for (final Order each : orders) {
        sum = each.instrument == position.instrument && each.side == position.side && each.sells == sells
            ? sum.add(big(each.open)) : sum;
      }
      return sum;
    }

    BigInteger heldUnits(final int asset) {
      BigInteger sum = ZERO;
      for (final Position each : positions) {
        sum = asset(each.instrument) == asset ? sum.add(each.margin).add(each.orderMargin) : sum;
      }
      for (final Order each : orders) {
        sum = isolated && asset(each.instrument) == asset ? sum.add(each.claim) : sum;
      }
      return sum;
    }
  }

  static BigInteger big(final long value) {
    return BigInteger.valueOf(value);
  }

  static int asset(final int instrument) {
    return 2 == instrument ? USDT : BTC;
  }

  static BigInteger floor(final BigInteger dividend, final BigInteger divisor) {
    final BigInteger[] parts = dividend.divideAndRemainder(divisor);
    return parts[1].signum() < 0 ? parts[0].subtract(BigInteger.ONE) : parts[0];
  }

  static BigInteger ceil(final BigInteger dividend, final BigInteger divisor) {
    return floor(dividend.negate(), divisor).negate();
  }

  /** 100 units a tick and lot; or 100 dollars a lot in satoshi at a price in tenths, rounded down. */
  BigInteger value(final int instrument, final long ticks, final BigInteger lots) {
    return 2 == instrument ? lots.multiply(big(ticks * 100))
        : floor(lots.multiply(big(100_000_000_000L)), big(ticks));
  }

  BigInteger markValue(final int instrument, final BigInteger lots, final boolean up) {
    final BigInteger above = 2 == instrument ? lots.multiply(big(markUnits[2]))
        : lots.multiply(big(10_000_000_000_000L));
    final BigInteger below = 2 == instrument ? BigInteger.ONE : big(markUnits[3]);
    return up ? ceil(above, below) : floor(above, below);
  }

  /** In the reference asset; a satoshi is worth its share of the index. */
  private BigInteger worth(final int asset, final BigInteger units, final boolean up) {
    if (USDT == asset) {
      return units;
    }
    final BigInteger above = units.multiply(big(indexUnits)).multiply(big(100));
    final BigInteger below = big(100_000L * 100);
    return up ? ceil(above, below) : floor(above, below);
  }

  private BigInteger weighted(final int asset, final BigInteger value) {
    return USDT == asset ? value : floor(value.multiply(big(btcWeightE8)), E8);
  }

  BigInteger collateral(final Account account) {
    BigInteger sum = ZERO;
    for (final int asset : new int[] {BTC, USDT}) {
      sum = sum.add(weighted(asset, worth(asset, account.free[asset], false)))
          .subtract(worth(asset, account.owed[asset], true));
    }
    return sum;
  }

  BigInteger gain(final Position position) {
    if (0 == position.lots.signum()) {
      return ZERO;
    }
    final boolean owns = position.lots.signum() > 0 == (2 == position.instrument);
    final BigInteger worth = markValue(position.instrument, position.lots.abs(), !owns);
    return (owns ? worth : worth.negate()).subtract(position.cost);
  }

  BigInteger equity(final Account account, final boolean withProfit) {
    BigInteger sum = collateral(account);
    for (final Position each : account.positions) {
      final BigInteger gain = gain(each);
      final int asset = asset(each.instrument);
      if (gain.signum() < 0) {
        sum = sum.subtract(worth(asset, gain.negate(), true));
      } else if (withProfit) {
        sum = sum.add(weighted(asset, worth(asset, gain, false)));
      }
    }
    return sum;
  }

  private BigInteger rate(final BigInteger notional) {
    return ceil(notional.multiply(big(initialE8)), E8);
  }

  BigInteger initial(final Account account) {
    BigInteger sum = ZERO;
    for (final Position each : account.positions) {
      final BigInteger worst = each.lots.add(account.open(each, false)).abs()
          .max(each.lots.subtract(account.open(each, true)).abs());
      BigInteger claims = ZERO;
      for (final Order order : account.orders) {
        claims = order.instrument == each.instrument && order.side == each.side ? claims.add(order.claim) : claims;
      }
      final int asset = asset(each.instrument);
      sum = sum.add(worth(asset, 0 == worst.signum() ? ZERO : rate(markValue(each.instrument, worst, true)), true))
          .add(worth(asset, claims, true));
    }
    return sum;
  }

  BigInteger free(final Account account) {
    return equity(account, false).subtract(initial(account));
  }

  /** F-08: what open orders need beyond the position, at their limits; the worse side. */
  private BigInteger orderMargin(final Account account, final Position position) {
    return side(account, position, false).max(side(account, position, true));
  }

  private BigInteger side(final Account account, final Position position, final boolean sells) {
    BigInteger lots = ZERO;
    BigInteger units = ZERO;
    for (final Order each : account.orders) {
      if (each.instrument == position.instrument && each.side == position.side && each.sells == sells) {
        lots = lots.add(big(each.open));
        units = units.add(value(each.instrument, each.limit, big(each.open)));
      }
    }
    final BigInteger closed = (sells ? position.lots : position.lots.negate()).max(ZERO);
    final BigInteger opening = lots.subtract(lots.min(closed));
    if (0 == opening.signum()) {
      return ZERO;
    }
    final BigInteger openingUnits = ceil(units.multiply(opening), lots);
    return closed.signum() > 0 ? rate(openingUnits)
        : rate(position.cost.abs().add(openingUnits)).subtract(rate(position.cost.abs()));
  }

  BigInteger reducible(final Position position, final boolean sells) {
    return (sells ? position.lots : position.lots.negate()).max(ZERO);
  }

  private BigInteger claim(final Order order, final BigInteger opening) {
    if (0 == opening.signum()) {
      return ZERO;
    }
    final BigInteger limit = value(order.instrument, order.limit, opening);
    final boolean gives = order.sells == (3 == order.instrument);
    final BigInteger mark = markValue(order.instrument, opening, !gives);
    final BigInteger loss = (gives ? limit.subtract(mark) : mark.subtract(limit)).max(ZERO);
    return loss.add(ceil(limit.max(mark).multiply(big(Math.max(makerE8, takerE8))), E8)).add(big(2));
  }

  /** Lets an order in or says why not; it is among the account's orders afterwards if it is. */
  ReasonCode place(final Order order) {
    final Account account = order.account;
    final Position position = account.position(order.instrument, order.side);
    final BigInteger lots = big(order.open);
    final BigInteger closable =
        reducible(position, order.sells).subtract(account.open(position, order.sells)).max(ZERO);
    final boolean closesHedge = PositionSide.NET != order.side && order.sells == (PositionSide.LONG == order.side);
    order.reduceOnly |= closesHedge;
    if (order.reduceOnly && lots.compareTo(closable) > 0) {
      return ReasonCode.REDUCE_ONLY_INCREASES;
    }
    final BigInteger opening = lots.subtract(lots.min(closable));
    order.claim = claim(order, opening);
    account.orders.add(order);
    final int asset = asset(order.instrument);
    final BigInteger more = account.isolated ? orderMargin(account, position).subtract(position.orderMargin) : ZERO;
    final boolean backed = account.isolated ? account.free[asset].subtract(order.claim).compareTo(more) >= 0
        : free(account).signum() >= 0;
    if (opening.signum() > 0 && !backed) {
      account.orders.remove(order);
      return ReasonCode.MARGIN_INSUFFICIENT;
    }
    if (account.isolated) {
      account.free[asset] = account.free[asset].subtract(order.claim);
      hold(account, position);
    }
    return ReasonCode.OK;
  }

  private void hold(final Account account, final Position position) {
    final int asset = asset(position.instrument);
    final BigInteger more = orderMargin(account, position).subtract(position.orderMargin).min(account.free[asset]);
    account.free[asset] = account.free[asset].subtract(more);
    position.orderMargin = position.orderMargin.add(more);
  }

  /** So many lots of an order are gone, filled or not. */
  void shrink(final Order order, final long open) {
    final BigInteger left = 0 == open ? ZERO : ceil(order.claim.multiply(big(open)), big(order.open));
    if (order.account.isolated) {
      final int asset = asset(order.instrument);
      order.account.free[asset] = order.account.free[asset].add(order.claim.subtract(left));
    }
    order.claim = left;
    order.open = open;
  }

  void reduce(final Order order, final long open) {
    shrink(order, open);
    if (0 == open) {
      order.account.orders.remove(order);
    }
    if (order.account.isolated) {
      hold(order.account, order.account.position(order.instrument, order.side));
    }
  }

  BigInteger fill(final Order order, final boolean taker, final long ticks, final long lots) {
    final Account account = order.account;
    final Position position = account.position(order.instrument, order.side);
    final BigInteger value = value(order.instrument, ticks, big(lots));
    shrink(order, order.open - lots);
    final BigInteger signed = order.sells ? big(-lots) : big(lots);
    final BigInteger added = order.sells == (3 == order.instrument) ? value : value.negate();
    final BigInteger old = position.lots;
    final boolean closes = old.signum() * signed.signum() < 0;
    final BigInteger closing = closes ? old.abs().min(signed.abs()) : ZERO;
    final BigInteger oldNeed = rate(position.cost.abs());
    BigInteger profit = ZERO;
    if (closes) {
      final BigInteger closedCost = ceil(position.cost.multiply(closing), old.abs());
      final BigInteger closedValue = ceil(added.multiply(closing), signed.abs());
      profit = closedCost.add(closedValue).negate();
      position.cost = position.cost.subtract(closedCost).add(added).subtract(closedValue);
      position.epoch += closing.equals(old.abs()) ? 1 : 0;
    } else {
      position.cost = position.cost.add(added);
    }
    position.lots = old.add(signed);
    final int asset = asset(order.instrument);
    if (account.isolated && closes) {
      final BigInteger share = floor(position.margin.multiply(closing), old.abs());
      final BigInteger freed = position.margin.min(share.max(profit.negate()));
      position.margin = position.margin.subtract(freed);
      account.free[asset] = account.free[asset].add(freed);
    }
    money(account, asset, profit);
    if (account.isolated) {
      hold(account, position);
      if (closing.compareTo(signed.abs()) < 0) {
        final BigInteger need = rate(position.cost.abs()).subtract(closes ? ZERO : oldNeed);
        final BigInteger more = need.max(ZERO).min(account.free[asset]);
        account.free[asset] = account.free[asset].subtract(more);
        position.margin = position.margin.add(more);
      }
    }
    final int role = taker ? 1 : 0;
    order.traded[role] = order.traded[role].add(value);
    final BigInteger due = ceil(order.traded[role].multiply(big(taker ? takerE8 : makerE8)), E8);
    money(account, asset, order.charged[role].subtract(due));
    order.charged[role] = due;
    return profit;
  }

  /** What comes in pays debts first; what goes out and is not there is lent. */
  void money(final Account account, final int asset, final BigInteger change) {
    BigInteger free = account.free[asset].add(change);
    if (change.signum() > 0) {
      final BigInteger repaid = account.owed[asset].min(change);
      account.owed[asset] = account.owed[asset].subtract(repaid);
      free = free.subtract(repaid);
    } else if (free.signum() < 0) {
      account.owed[asset] = account.owed[asset].subtract(free);
      free = ZERO;
    }
    account.free[asset] = free;
  }
}
