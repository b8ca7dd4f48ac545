package io.gavel.engine.core.oracle;

import io.gavel.codecs.sbe.Side;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Balances, and the money behind orders and rules, in exact numbers. */
final class Money {

  static final BigInteger E8 = BigInteger.valueOf(100_000_000L);

  /** Free and held per account and asset. */
  private final TreeMap<Long, TreeMap<Integer, BigInteger[]>> balances = new TreeMap<>();

  /** What one order or rule has set aside; its fees add up per role over all its fills. */
  static final class Reservation {
    final long account;
    final Pair pair;
    final boolean sells;
    final boolean byAmount;
    final int[] ratesE8;
    final BigInteger[] traded = {BigInteger.ZERO, BigInteger.ZERO};
    final BigInteger[] charged = {BigInteger.ZERO, BigInteger.ZERO};
    int limitTicks;
    BigInteger open;
    BigInteger held = BigInteger.ZERO;

    Reservation(final long account, final Pair pair, final Side side, final int limitTicks, final boolean byAmount,
        final BigInteger open) {
      this.account = account;
      this.pair = pair;
      this.sells = Side.SELL == side;
      this.limitTicks = limitTicks;
      this.byAmount = byAmount;
      this.open = open;
      ratesE8 = new int[] {pair.makerFeeE8, pair.takerFeeE8};
    }

    boolean feeIsHeld() {
      return sells == pair.feeInBase;
    }

    int heldAsset() {
      return sells ? pair.baseAsset : pair.quoteAsset;
    }

    int otherAsset() {
      return sells ? pair.quoteAsset : pair.baseAsset;
    }

    BigInteger unitsOf(final long lots) {
      return sells ? pair.base(lots) : pair.notional(limitTicks, lots);
    }

    /** What is open, the worst fee on it less what was rounded up already, and one unit per role. */
    BigInteger required() {
      final BigInteger worst = BigInteger.valueOf(Math.max(0, Math.max(ratesE8[0], ratesE8[1])));
      if (!feeIsHeld() || 0 == worst.signum() || 0 == open.signum()) {
        return open;
      }
      BigInteger owed = worst.multiply(open);
      for (int role = 0; role < 2; role++) {
        if (ratesE8[role] > 0) {
          owed = owed.add(BigInteger.valueOf(ratesE8[role]).multiply(traded[role]))
              .subtract(charged[role].multiply(E8));
        }
      }
      return open.add(ceilDiv(owed, E8)).add(BigInteger.TWO);
    }

    BigInteger charge(final int role, final BigInteger amount) {
      traded[role] = traded[role].add(amount);
      final BigInteger before = charged[role];
      charged[role] = ceilDiv(BigInteger.valueOf(ratesE8[role]).multiply(traded[role]), E8);
      return charged[role].subtract(before);
    }
  }

  static BigInteger floorDiv(final BigInteger value, final BigInteger by) {
    final BigInteger[] parts = value.divideAndRemainder(by);
    return parts[1].signum() < 0 ? parts[0].subtract(BigInteger.ONE) : parts[0];
  }

  static BigInteger ceilDiv(final BigInteger value, final BigInteger by) {
    return floorDiv(value.negate(), by).negate();
  }

  BigInteger[] of(final long account, final int asset) {
    return balances.computeIfAbsent(account, k -> new TreeMap<>())
        .computeIfAbsent(asset, k -> new BigInteger[] {BigInteger.ZERO, BigInteger.ZERO});
  }

  BigInteger free(final long account, final int asset) {
    return of(account, asset)[0];
  }

  BigInteger held(final long account, final int asset) {
    return of(account, asset)[1];
  }

  void addFree(final long account, final int asset, final BigInteger units) {
    final BigInteger[] balance = of(account, asset);
    balance[0] = balance[0].add(units);
    check(balance[0].signum() >= 0, "free below zero");
  }

  void addHeld(final long account, final int asset, final BigInteger units) {
    final BigInteger[] balance = of(account, asset);
    balance[1] = balance[1].add(units);
    check(balance[1].signum() >= 0, "held below zero");
  }

  boolean hold(final long account, final int asset, final BigInteger units) {
    if (free(account, asset).compareTo(units) < 0) {
      return false;
    }
    addFree(account, asset, units.negate());
    addHeld(account, asset, units);
    return true;
  }

  /** Null when the account cannot pay. */
  @Nullable Reservation reserve(final long account, final Pair pair, final Side side, final int limitTicks,
      final long lots) {
    final Reservation reservation = new Reservation(account, pair, side, limitTicks, false, BigInteger.ZERO);
    reservation.open = reservation.unitsOf(lots);
    return take(reservation, reservation.required());
  }

  @Nullable Reservation reserveAmount(final long account, final Pair pair, final long quoteAmount) {
    return take(new Reservation(account, pair, Side.BUY, 0, true, BigInteger.ZERO), BigInteger.valueOf(quoteAmount));
  }

  private @Nullable Reservation take(final Reservation reservation, final BigInteger units) {
    if (!hold(reservation.account, reservation.heldAsset(), units)) {
      return null;
    }
    reservation.held = units;
    return reservation;
  }

  /** At most so many lots, and no more than the units can sell when their fee comes out of them, too. */
  long affordable(final long account, final Pair pair, final long wanted, final BigInteger units) {
    final Reservation reservation = new Reservation(account, pair, Side.SELL, 0, false, BigInteger.ZERO);
    reservation.open = pair.base(wanted).min(units.divide(pair.baseUnitsPerLot).multiply(pair.baseUnitsPerLot));
    while (reservation.open.signum() > 0 && reservation.required().compareTo(units) > 0) {
      reservation.open = reservation.open.subtract(pair.baseUnitsPerLot);
    }
    return reservation.open.divide(pair.baseUnitsPerLot).longValueExact();
  }

  /** Largest notional that, with its worst fee and a unit per role, is at most the amount. */
  static BigInteger budget(final Pair pair, final long quoteAmount) {
    final int worst = pair.feeInBase ? 0 : Math.max(0, Math.max(pair.makerFeeE8, pair.takerFeeE8));
    final BigInteger amount = BigInteger.valueOf(quoteAmount);
    if (0 == worst) {
      return amount;
    }
    final BigInteger rate = BigInteger.valueOf(worst);
    BigInteger notional = amount.subtract(BigInteger.TWO).multiply(E8).divide(E8.add(rate)).add(BigInteger.TWO);
    while (notional.signum() > 0
        && notional.add(ceilDiv(notional.multiply(rate), E8)).add(BigInteger.TWO).compareTo(amount) > 0) {
      notional = notional.subtract(BigInteger.ONE);
    }
    return notional.max(BigInteger.ZERO);
  }

  /** Moves one fill; answers {taker fee, maker fee}. */
  BigInteger[] fill(final Reservation maker, final Reservation taker, final int ticks, final long lots) {
    final Pair pair = maker.pair;
    final BigInteger notional = pair.notional(ticks, lots);
    final BigInteger base = pair.base(lots);
    final BigInteger[] fees = new BigInteger[2];
    for (final Reservation side : List.of(maker, taker)) {
      final int role = side == taker ? 1 : 0;
      final BigInteger pays = side.sells ? base : notional;
      final BigInteger gets = side.sells ? notional : base;
      final BigInteger fee = side.charge(role, pair.feeInBase ? base : notional);
      fees[1 - role] = fee;
      addHeld(side.account, side.heldAsset(), pays.negate());
      side.held = side.held.subtract(pays);
      addFree(side.account, side.otherAsset(), gets);
      if (side.feeIsHeld() && fee.signum() > 0) {
        addHeld(side.account, side.heldAsset(), fee.negate());
        side.held = side.held.subtract(fee);
      } else {
        addFree(side.account, side.feeIsHeld() ? side.heldAsset() : side.otherAsset(), fee.negate());
      }
      if (!side.byAmount) {
        side.open = side.open.subtract(side.unitsOf(lots));
        check(side.required().compareTo(side.held) <= 0, "the hold does not cover the rest");
        settleTo(side, side.required());
      }
      check(side.held.signum() >= 0, "more was paid than held");
    }
    return fees;
  }

  /** Frees what is held beyond the units, or takes what is missing; false when it is not there. */
  boolean settleTo(final Reservation reservation, final BigInteger units) {
    final BigInteger more = units.subtract(reservation.held);
    if (!(more.signum() > 0) || hold(reservation.account, reservation.heldAsset(), more)) {
      if (more.signum() < 0) {
        addHeld(reservation.account, reservation.heldAsset(), more);
        addFree(reservation.account, reservation.heldAsset(), more.negate());
      }
      reservation.held = units;
      return true;
    }
    return false;
  }

  boolean resize(final Reservation reservation, final int limitTicks, final long lots) {
    final int oldLimit = reservation.limitTicks;
    final BigInteger oldOpen = reservation.open;
    reservation.limitTicks = limitTicks;
    reservation.open = reservation.unitsOf(lots);
    if (settleTo(reservation, reservation.required())) {
      return true;
    }
    reservation.limitTicks = oldLimit;
    reservation.open = oldOpen;
    return false;
  }

  void release(final Reservation reservation) {
    settleTo(reservation, BigInteger.ZERO);
  }

  List<String> lines() {
    final List<String> lines = new ArrayList<>();
    balances.forEach((account, assets) -> assets.forEach((asset, balance) ->
        lines.add(account + "/" + asset + " free=" + balance[0] + " held=" + balance[1])));
    return lines;
  }

  static void check(final boolean condition, final String what) {
    if (!condition) {
      throw new AssertionError(what);
    }
  }
}
