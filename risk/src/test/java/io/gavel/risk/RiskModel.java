package io.gavel.risk;

import static java.math.BigInteger.ONE;
import static java.math.BigInteger.TWO;
import static java.math.BigInteger.ZERO;

import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.Side;
import java.math.BigInteger;
import java.util.TreeMap;

/** The same books, obviously: big integers in sorted maps, fees added up from the beginning, no tricks. */
final class RiskModel {

  private static final BigInteger ONE_E8 = BigInteger.valueOf(100_000_000);

  /** The money behind an order. Units of the held asset: base when selling, quote when buying. */
  static final class Reservation {
    final long account;
    final int instrumentId;
    final boolean sells;
    final boolean feeInBase;
    final BigInteger[] rates;
    /** In the fee asset, by role: maker, taker. */
    final BigInteger[] traded = {ZERO, ZERO};
    final BigInteger[] charged = {ZERO, ZERO};
    int limitTicks;
    long openLots;
    BigInteger budget = ZERO;
    BigInteger heldUnits = ZERO;

    Reservation(final OrderRequest request, final Instrument instrument) {
      account = request.account;
      instrumentId = request.instrumentId;
      sells = Side.SELL == request.side;
      feeInBase = instrument.feeInBase;
      rates = new BigInteger[] {big(instrument.makerE8), big(instrument.takerE8)};
      limitTicks = request.effectiveLimitTicks;
      openLots = request.quantityLots;
    }

    boolean byAmount() {
      return 0 == limitTicks;
    }

    long budgetUnits() {
      return budget.longValueExact();
    }

    long feesCharged() {
      return charged[0].add(charged[1]).longValueExact();
    }

    BigInteger openUnits() {
      return byAmount() ? budget : amount(limitTicks, openLots);
    }

    BigInteger amount(final int priceTicks, final long lots) {
      return sells ? base(lots) : notional(priceTicks, lots);
    }

    /** What is open, and the fees that may still come: worst rate on all of it, one unit a role for rounding. */
    BigInteger required() {
      final BigInteger worst = rates[0].max(rates[1]).max(ZERO);
      final BigInteger openUnits = openUnits();
      if (sells != feeInBase || 0 == worst.signum() || 0 == openUnits.signum()) {
        return openUnits;
      }
      BigInteger feesE8 = worst.multiply(openUnits);
      for (int role = 0; role < 2; role++) {
        if (rates[role].signum() > 0) {
          feesE8 = feesE8.subtract(charged[role].multiply(ONE_E8).subtract(rates[role].multiply(traded[role])));
        }
      }
      return openUnits.add(ceilE8(feesE8)).add(TWO);
    }

    BigInteger charge(final int role, final BigInteger amount) {
      traded[role] = traded[role].add(amount);
      final BigInteger all = ceilE8(rates[role].multiply(traded[role]));
      final BigInteger fee = all.subtract(charged[role]);
      charged[role] = all;
      return fee;
    }
  }

  /** Average cost. */
  static final class Position {
    BigInteger lots = ZERO;
    BigInteger costUnits = ZERO;
    BigInteger realisedUnits = ZERO;
    BigInteger feesUnits = ZERO;
  }

  private record Instrument(boolean feeInBase, int makerE8, int takerE8) {
  }

  private record Hold(long account, int assetId, BigInteger units) {
  }

  private static final class Balance {
    BigInteger free = ZERO;
    BigInteger held = ZERO;
  }

  private final TreeMap<Integer, Instrument> instruments = new TreeMap<>();
  private final TreeMap<Long, TreeMap<Integer, Balance>> balances = new TreeMap<>();
  private final TreeMap<Long, TreeMap<Integer, Position>> positions = new TreeMap<>();
  private final TreeMap<Long, Hold> holds = new TreeMap<>();
  private final TreeMap<Integer, BigInteger> fees = new TreeMap<>();
  private final TreeMap<Integer, BigInteger> external = new TreeMap<>();

  void instrument(final int instrumentId, final boolean feeInBase, final int makerE8, final int takerE8) {
    instruments.put(instrumentId, new Instrument(feeInBase, makerE8, takerE8));
  }

  ReasonCode deposit(final long account, final int assetId, final long amountUnits) {
    if (amountUnits <= 0) {
      return ReasonCode.AMOUNT_NOT_POSITIVE;
    }
    balance(account, assetId).free = balance(account, assetId).free.add(big(amountUnits));
    external.merge(assetId, big(-amountUnits), BigInteger::add);
    return ReasonCode.OK;
  }

  ReasonCode hold(final long account, final int assetId, final long amountUnits, final long holdId) {
    final Balance balance = balance(account, assetId);
    if (balance.free.compareTo(big(amountUnits)) < 0) {
      return ReasonCode.INSUFFICIENT_BALANCE;
    }
    move(balance, big(amountUnits));
    holds.put(holdId, new Hold(account, assetId, big(amountUnits)));
    return ReasonCode.OK;
  }

  ReasonCode settle(final long account, final long holdId, final long amountUnits) {
    final Hold hold = holds.get(holdId);
    if (null == hold || hold.account != account) {
      return ReasonCode.UNKNOWN_HOLD;
    }
    if (hold.units.compareTo(big(amountUnits)) < 0) {
      return ReasonCode.INSUFFICIENT_BALANCE;
    }
    final Balance balance = balance(account, hold.assetId);
    balance.held = balance.held.subtract(hold.units);
    balance.free = balance.free.add(hold.units.subtract(big(amountUnits)));
    external.merge(hold.assetId, big(amountUnits), BigInteger::add);
    holds.remove(holdId);
    if (RiskWorld.BTC == hold.assetId) {
      final BigInteger ownedLots = balance.free.add(balance.held).divide(big(RiskWorld.BASE_PER_LOT));
      for (final int instrumentId : instruments.keySet()) {
        final Position position = position(account, instrumentId);
        if (position.lots.compareTo(ownedLots) > 0) {
          takeCost(position, position.lots.subtract(ownedLots));
        }
      }
    }
    return ReasonCode.OK;
  }

  ReasonCode release(final long account, final long holdId) {
    final Hold hold = holds.get(holdId);
    if (null == hold || hold.account != account) {
      return ReasonCode.UNKNOWN_HOLD;
    }
    move(balance(account, hold.assetId), hold.units.negate());
    holds.remove(holdId);
    return ReasonCode.OK;
  }

  long holdUnits(final long holdId) {
    final Hold hold = holds.get(holdId);
    return null == hold ? 0 : hold.units.longValueExact();
  }

  /** The reservation, or null when the balance is too small. */
  Reservation reserve(final OrderRequest request) {
    final Reservation reservation = new Reservation(request, instruments.get(request.instrumentId));
    BigInteger needed = big(request.quoteAmountUnits);
    if (reservation.byAmount()) {
      reservation.budget = needed;
      while (reservation.required().compareTo(needed) > 0) {
        // From above: each step takes off what is too much at a rate of at most one to one, so it ends at the largest.
        final BigInteger over = reservation.required().subtract(needed);
        reservation.budget = reservation.budget.subtract(over.divide(TWO).max(ONE)).max(ZERO);
      }
    } else {
      needed = reservation.required();
    }
    final Balance balance = holdBalance(reservation);
    if (balance.free.compareTo(needed) < 0) {
      return null;
    }
    move(balance, needed);
    reservation.heldUnits = needed;
    return reservation;
  }

  void reduce(final Reservation reservation, final long openLots) {
    reservation.openLots = openLots;
    holdRequired(reservation);
  }

  ReasonCode resize(final Reservation reservation, final int limitTicks, final long openLots) {
    final int oldTicks = reservation.limitTicks;
    final long oldLots = reservation.openLots;
    reservation.limitTicks = limitTicks;
    reservation.openLots = openLots;
    final BigInteger more = reservation.required().subtract(reservation.heldUnits);
    if (more.compareTo(holdBalance(reservation).free) > 0) {
      reservation.limitTicks = oldTicks;
      reservation.openLots = oldLots;
      return ReasonCode.INSUFFICIENT_BALANCE;
    }
    holdRequired(reservation);
    return ReasonCode.OK;
  }

  void release(final Reservation reservation) {
    move(holdBalance(reservation), reservation.heldUnits.negate());
  }

  /** Returns the fees of buyer and seller. */
  long[] fill(
      final Reservation buyer, final Reservation seller, final boolean takerBuys,
      final int priceTicks, final long lots) {
    final BigInteger notional = notional(priceTicks, lots);
    final BigInteger base = base(lots);
    final BigInteger feeBasis = buyer.feeInBase ? base : notional;
    final int feeAsset = buyer.feeInBase ? RiskWorld.BTC : RiskWorld.USDT;
    payFromHold(buyer, notional);
    payFromHold(seller, base);
    receive(buyer, RiskWorld.BTC, base);
    receive(seller, RiskWorld.USDT, notional);
    buyer.openLots -= buyer.byAmount() ? 0 : lots;
    buyer.budget = buyer.byAmount() ? buyer.budget.subtract(notional) : ZERO;
    seller.openLots -= lots;
    final BigInteger buyerFee = buyer.charge(takerBuys ? 1 : 0, feeBasis);
    final BigInteger sellerFee = seller.charge(takerBuys ? 0 : 1, feeBasis);
    payFee(buyer, feeAsset, buyerFee);
    payFee(seller, feeAsset, sellerFee);
    if (!buyer.byAmount()) {
      holdRequired(buyer);
    }
    holdRequired(seller);
    book(buyer, seller, lots, notional, buyerFee, sellerFee);
    return new long[] {buyerFee.longValueExact(), sellerFee.longValueExact()};
  }

  private void book(
      final Reservation buyer, final Reservation seller, final long lots, final BigInteger notional,
      final BigInteger buyerFee, final BigInteger sellerFee) {
    final Position sold = position(seller.account, seller.instrumentId);
    final BigInteger known = sold.lots.min(big(lots));
    if (known.signum() > 0) {
      final BigInteger cost = takeCost(sold, known);
      sold.realisedUnits = sold.realisedUnits.add(notional.multiply(known).divide(big(lots)).subtract(cost));
    }
    final Position bought = position(buyer.account, buyer.instrumentId);
    bought.lots = bought.lots.add(big(lots));
    bought.costUnits = bought.costUnits.add(notional);
    bought.feesUnits = bought.feesUnits.add(buyerFee);
    sold.feesUnits = sold.feesUnits.add(sellerFee);
  }

  private static BigInteger takeCost(final Position position, final BigInteger lots) {
    final BigInteger[] parts = position.costUnits.multiply(lots).divideAndRemainder(position.lots);
    final BigInteger cost = 0 == parts[1].signum() ? parts[0] : parts[0].add(ONE);
    position.lots = position.lots.subtract(lots);
    position.costUnits = position.costUnits.subtract(cost);
    return cost;
  }

  private void payFromHold(final Reservation reservation, final BigInteger units) {
    final Balance balance = holdBalance(reservation);
    balance.held = balance.held.subtract(units);
    reservation.heldUnits = reservation.heldUnits.subtract(units);
  }

  private void receive(final Reservation reservation, final int assetId, final BigInteger units) {
    final Balance balance = balance(reservation.account, assetId);
    balance.free = balance.free.add(units);
  }

  private void payFee(final Reservation reservation, final int feeAsset, final BigInteger fee) {
    if (fee.signum() > 0 && reservation.sells == reservation.feeInBase) {
      payFromHold(reservation, fee);
    } else {
      receive(reservation, feeAsset, fee.negate());
    }
    fees.merge(feeAsset, fee, BigInteger::add);
  }

  private void holdRequired(final Reservation reservation) {
    final BigInteger required = reservation.required();
    move(holdBalance(reservation), required.subtract(reservation.heldUnits));
    reservation.heldUnits = required;
  }

  private static void move(final Balance balance, final BigInteger toHeld) {
    balance.free = balance.free.subtract(toHeld);
    balance.held = balance.held.add(toHeld);
  }

  long freeUnits(final long account, final int assetId) {
    return balance(account, assetId).free.longValueExact();
  }

  long heldUnits(final long account, final int assetId) {
    return balance(account, assetId).held.longValueExact();
  }

  long feesUnits(final int assetId) {
    return fees.getOrDefault(assetId, ZERO).longValueExact();
  }

  long externalUnits(final int assetId) {
    return external.getOrDefault(assetId, ZERO).longValueExact();
  }

  Position position(final long account, final int instrumentId) {
    return positions.computeIfAbsent(account, k -> new TreeMap<>())
        .computeIfAbsent(instrumentId, k -> new Position());
  }

  private Balance holdBalance(final Reservation reservation) {
    return balance(reservation.account, reservation.sells ? RiskWorld.BTC : RiskWorld.USDT);
  }

  private Balance balance(final long account, final int assetId) {
    return balances.computeIfAbsent(account, k -> new TreeMap<>()).computeIfAbsent(assetId, k -> new Balance());
  }

  private static BigInteger base(final long lots) {
    return big(lots).multiply(big(RiskWorld.BASE_PER_LOT));
  }

  private static BigInteger notional(final int priceTicks, final long lots) {
    return big(priceTicks).multiply(big(lots)).multiply(big(RiskWorld.QUOTE_PER_TICK_LOT));
  }

  private static BigInteger ceilE8(final BigInteger valueE8) {
    final BigInteger[] parts = valueE8.divideAndRemainder(ONE_E8);
    return parts[1].signum() > 0 ? parts[0].add(ONE) : parts[0];
  }

  private static BigInteger big(final long value) {
    return BigInteger.valueOf(value);
  }
}
