package io.gavel.risk;

import io.gavel.codecs.InvariantViolation;
import io.gavel.codecs.Invariants;
import io.gavel.codecs.sbe.InstrumentKind;
import io.gavel.codecs.sbe.MarginMode;
import io.gavel.codecs.sbe.Side;
import io.gavel.risk.funding.FundingIndex;
import io.gavel.risk.instrument.Instrument;
import io.gavel.risk.ledger.Debts;
import io.gavel.risk.ledger.Ledger;
import io.gavel.risk.ledger.SystemAccount;
import io.gavel.risk.money.Rounding;
import io.gavel.risk.position.Contracts;

/**
 * Books what trades and settlements do to positions in contracts and to the money behind them. Whatever is realised
 * comes from CLEARING or goes there, so that with the costs of all open positions it is always at zero; what an account
 * cannot pay it borrows. None of it can be refused.
 */
final class ContractFills {

  private final MarginRooms rooms;
  private final Ledger ledger;
  private final Debts debts;
  private final Contracts contracts;
  private final Reservations reservations;
  private final IsolatedMargin isolated;
  private final ContractOrders orders;
  private final PositionAccrual funding;
  private final PositionAccrual losses;
  private long feeUnits;

  ContractFills(final MarginRooms rooms, final ContractOrders orders, final FundingIndex fundingIndex) {
    this.rooms = rooms;
    funding = new FundingAccrual(rooms, fundingIndex);
    losses = new LossAccrual(rooms);
    this.orders = orders;
    ledger = rooms.ledger;
    debts = rooms.debts;
    contracts = rooms.contracts;
    reservations = rooms.reservations;
    isolated = rooms.isolated;
  }

  void settleFill(
      final int makerReservation, final int takerReservation, final Instrument instrument, final Side takerSide,
      final int priceTicks, final long lots, final FillSettlement out) {
    final long valueUnits = instrument.valueUnits(priceTicks, lots);
    if (reservations.sells(takerReservation) != (Side.SELL == takerSide)
        || reservations.sells(makerReservation) == (Side.SELL == takerSide)) {
      throw new InvariantViolation("not a pair to trade: " + makerReservation + ", " + takerReservation);
    }
    out.makerPosition = orders.position(makerReservation);
    out.takerPosition = orders.position(takerReservation);
    out.makerRealisedUnits = side(makerReservation, false, instrument, lots, valueUnits);
    out.makerFeeUnits = feeUnits;
    out.takerRealisedUnits = side(takerReservation, true, instrument, lots, valueUnits);
    out.takerFeeUnits = feeUnits;
    out.notionalUnits = valueUnits;
    out.baseUnits = 0;
    requireZeroSum(instrument);
  }

  /** One side of a trade: the order shrinks, the position changes, money follows, the fee last. */
  private long side(
      final int reservation, final boolean taker, final Instrument instrument, final long lots,
      final long valueUnits) {
    final int position = orders.position(reservation);
    final int balance = reservations.holdBalance(reservation);
    final boolean sells = reservations.sells(reservation);
    if (reservations.isReduceOnly(reservation) && lots > orders.reducibleLots(position, sells)) {
      Invariants.check(false, "a reduce-only order would cross zero: lots, position", lots, contracts.lots(position));
    }
    final long releasedUnits =
        orders.take(reservation, reservations.openUnits(reservation) - lots, position, instrument);
    if (reservations.claimIsHeld(reservation)) {
      ledger.unhold(balance, releasedUnits);
    }
    final long realisedUnits = trade(position, balance, instrument, sells ? -lots : lots, valueUnits);
    feeUnits = reservations.charge(reservation, taker, valueUnits);
    if (feeUnits >= 0) {
      debts.pay(balance, instrument.settleAssetId(), SystemAccount.FEES, feeUnits);
    } else {
      debts.receive(balance, instrument.settleAssetId(), SystemAccount.FEES, -feeUnits);
    }
    contracts.addFee(position, feeUnits);
    return realisedUnits;
  }

  /** Signed lots of a position trade at a value above zero; returns what was realised. */
  long trade(
      final int position, final int balance, final Instrument instrument, final long lots, final long valueUnits) {
    touch(position);
    final long oldLots = contracts.lots(position);
    final boolean closes = 0 != oldLots && oldLots < 0 != lots < 0;
    final long closedLots = closes ? Math.min(Math.abs(oldLots), Math.abs(lots)) : 0;
    final boolean isIsolated = MarginMode.ISOLATED == rooms.modes.margin(contracts.accountSlot(position));
    final long oldNeedUnits =
        isIsolated && !closes ? isolated.positionMarginUnits(position, instrument) : 0;
    final long realisedUnits = contracts.trade(position, lots, valueUnits);
    final long moneyUnits = instrument.isOption() ? (lots < 0 ? valueUnits : -valueUnits) : realisedUnits;
    if (isIsolated && closedLots > 0) {
      isolated.free(position, balance, closedLots, oldLots, Math.max(0, -moneyUnits));
    }
    if (moneyUnits >= 0) {
      debts.receive(balance, instrument.settleAssetId(), SystemAccount.CLEARING, moneyUnits);
    } else {
      debts.pay(balance, instrument.settleAssetId(), SystemAccount.CLEARING, -moneyUnits);
    }
    if (isIsolated) {
      isolated.holdForOrders(position, instrument, balance);
      if (closedLots < Math.abs(lots)) {
        isolated.topUp(position, instrument, balance, oldNeedUnits);
      }
    }
    return realisedUnits;
  }

  /** Settles what has accrued on a position since it was touched last: funding and shared losses. */
  void touch(final int position) {
    funding.settle(position);
    losses.settle(position);
  }

  /**
   * Lots go from one position to another of the same instrument at a value, without an order and without a fee: the
   * first sells them when above zero, and buys when below.
   */
  void exchange(
      final int fromPosition, final int toPosition, final long lots, final long valueUnits,
      final FillSettlement out) {
    final Instrument instrument = rooms.instrument(contracts.instrumentId(fromPosition));
    if (contracts.instrumentId(toPosition) != instrument.id() || fromPosition == toPosition) {
      throw new InvariantViolation("not a pair to exchange: " + fromPosition + ", " + toPosition);
    }
    out.makerPosition = fromPosition;
    out.takerPosition = toPosition;
    out.makerRealisedUnits = trade(fromPosition, balance(fromPosition, instrument), instrument, -lots, valueUnits);
    out.takerRealisedUnits = trade(toPosition, balance(toPosition, instrument), instrument, lots, valueUnits);
    out.notionalUnits = valueUnits;
    requireZeroSum(instrument);
  }

  /** Closes a position at its last settlement; what rounding leaves of all of them stays in CLEARING for a while. */
  long settle(final int position, final int settlementTicks, final FinalSettlement out) {
    final Instrument instrument = rooms.instrument(contracts.instrumentId(position));
    final long lots = contracts.lots(position);
    final int balance = balance(position, instrument);
    if (instrument.isOption()) {
      final long payoffUnits = payoffUnits(instrument, settlementTicks, Math.abs(lots));
      return trade(position, balance, instrument, -lots, payoffUnits);
    }
    final boolean gives = lots < 0 == instrument.isInverse();
    final long valueUnits = instrument.markValueUnits((long) settlementTicks * instrument.markUnitsPerTick(),
        Math.abs(lots), gives ? Rounding.DOWN : Rounding.UP);
    out.unmatchedUnits += gives ? -valueUnits : valueUnits;
    return trade(position, balance, instrument, -lots, valueUnits);
  }

  /** What an option pays at its end: what it is in the money, exact, since prices of settlements are whole ticks. */
  private static long payoffUnits(final Instrument instrument, final int settlementTicks, final long lots) {
    final boolean call = InstrumentKind.CALL_OPTION == instrument.kind();
    final int ticks = call ? settlementTicks - instrument.strikeTicks() : instrument.strikeTicks() - settlementTicks;
    return ticks <= 0 ? 0 : instrument.valueUnits(ticks, lots);
  }

  /** All positions of an instrument are settled: what rounding has left goes to the insurance fund. */
  void finish(final Instrument instrument, final FinalSettlement out) {
    final int assetId = instrument.settleAssetId();
    ledger.move(assetId, SystemAccount.CLEARING, SystemAccount.INSURANCE, out.unmatchedUnits);
    requireZeroSum(instrument);
  }

  private int balance(final int position, final Instrument instrument) {
    return ledger.open(contracts.accountSlot(position), instrument.settleAssetId());
  }

  void requireZeroSum(final Instrument instrument) {
    final int assetId = instrument.settleAssetId();
    if (0 != contracts.netLots(instrument.id())) {
      Invariants.check(false, "lots of a contract do not cancel out: instrument, net", instrument.id(),
          contracts.netLots(instrument.id()));
    }
    final long differenceUnits =
        contracts.netCostUnits(assetId) + ledger.systemUnits(SystemAccount.CLEARING, assetId);
    if (0 != differenceUnits) {
      Invariants.check(false, "costs and CLEARING do not cancel out: asset, difference", assetId, differenceUnits);
    }
  }

  /** Isolated margin that the holder adds, or takes back by a number below zero. */
  void adjust(final int position, final long units) {
    isolated.move(position, balance(position, rooms.instrument(contracts.instrumentId(position))), units);
  }
}
