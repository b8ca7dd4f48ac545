package io.gavel.risk;

import io.gavel.codecs.InvariantViolation;
import io.gavel.codecs.Invariants;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.Side;
import io.gavel.risk.fee.CumulativeFee;
import io.gavel.risk.instrument.Instrument;
import io.gavel.risk.instrument.Instruments;
import io.gavel.risk.ledger.Accounts;
import io.gavel.risk.ledger.Debts;
import io.gavel.risk.ledger.Ledger;
import io.gavel.risk.margin.MarginModel;
import io.gavel.risk.position.Positions;

/** Money of orders and rules: set aside once, moved fill by fill, the rest given back. */
final class Settlement {

  private final Instruments instruments;
  private final Accounts accounts;
  private final Ledger ledger;
  private final Positions positions;
  private final Reservations reservations;
  private final MarginModel margin;
  private final ContractOrders contractOrders;
  private final ContractFills contractFills;
  private final Debts debts;

  Settlement(
      final Instruments instruments, final Accounts accounts, final Ledger ledger,
      final Positions positions, final Reservations reservations, final MarginModel margin,
      final ContractOrders contractOrders, final ContractFills contractFills, final Debts debts) {
    this.instruments = instruments;
    this.accounts = accounts;
    this.ledger = ledger;
    this.positions = positions;
    this.reservations = reservations;
    this.margin = margin;
    this.contractOrders = contractOrders;
    this.contractFills = contractFills;
    this.debts = debts;
  }

  /**
   * Sets the money of an order or rule aside, at the rates of now. Reads side, {@code effectiveLimitTicks} (a buy's
   * worst price) and the size, in lots or as a quote amount; sets {@code reservation}.
   */
  ReasonCode reserve(final OrderRequest request) {
    request.reservation = RiskEngine.NULL_RESERVATION;
    final int accountSlot = accounts.slotOf(request.account);
    if (Accounts.NULL_SLOT == accountSlot) {
      return ReasonCode.UNKNOWN_ACCOUNT;
    }
    final Instrument instrument = instruments.get(request.instrumentId);
    if (null == instrument) {
      return ReasonCode.UNKNOWN_INSTRUMENT;
    }
    return instrument.isContract() ? reserveContract(request, accountSlot, instrument)
        : reserveSpot(request, accountSlot, instrument);
  }

  private ReasonCode reserveContract(
      final OrderRequest request, final int accountSlot, final Instrument instrument) {
    if (request.quantityLots <= 0) {
      return ReasonCode.SIZE_NOT_POSITIVE;
    }
    return request.effectiveLimitTicks <= 0
        ? ReasonCode.PRICE_NOT_POSITIVE : contractOrders.reserve(request, accountSlot, instrument);
  }

  private ReasonCode reserveSpot(final OrderRequest request, final int accountSlot, final Instrument instrument) {
    final boolean sells = Side.SELL == request.side;
    final boolean byAmount = request.quoteAmountUnits > 0;
    if (byAmount ? sells : request.quantityLots <= 0) {
      return ReasonCode.SIZE_NOT_POSITIVE;
    }
    if (!sells && !byAmount && request.effectiveLimitTicks <= 0) {
      return ReasonCode.PRICE_NOT_POSITIVE;
    }
    if (!byAmount && !OrderAmounts.openFits(request, instrument)) {
      return ReasonCode.NOTIONAL_OVERFLOW;
    }
    final int feeE8 = OrderAmounts.feeE8(instrument, sells);
    final long openUnits = byAmount
        ? CumulativeFee.tradableUnits(feeE8, request.quoteAmountUnits) : OrderAmounts.openUnits(request, instrument);
    final long neededUnits = byAmount
        ? request.quoteAmountUnits : CumulativeFee.withCoverUnits(feeE8, openUnits, 0);
    if (reservations.isFull()) {
      return ReasonCode.CAPACITY_ORDERS;
    }
    final int assetId = sells ? instrument.baseAssetId() : instrument.quoteAssetId();
    final int balance = ledger.find(accountSlot, assetId);
    final ReasonCode funds = margin.check(accountSlot, assetId, ledger.freeUnitsOrZero(balance), neededUnits);
    if (ReasonCode.OK != funds) {
      return funds;
    }
    if (!hasRoomToTrade(accountSlot, instrument)) {
      return ReasonCode.CAPACITY_POSITIONS;
    }
    ledger.hold(balance, neededUnits);
    request.reservation = reservations.open(accountSlot, instrument, request.side,
        byAmount ? 0 : request.effectiveLimitTicks, openUnits, neededUnits);
    return ReasonCode.OK;
  }

  /** A fill must find every slot it needs: the balance to receive into, and the position. */
  private boolean hasRoomToTrade(final int accountSlot, final Instrument instrument) {
    final int missing = (Ledger.NULL_BALANCE == ledger.find(accountSlot, instrument.baseAssetId()) ? 1 : 0)
        + (Ledger.NULL_BALANCE == ledger.find(accountSlot, instrument.quoteAssetId()) ? 1 : 0);
    return (0 == missing || ledger.hasRoom(missing))
        && (Positions.NULL_POSITION != positions.find(accountSlot, instrument.id()) || positions.hasRoom(1));
  }

  /** Moves what a fill moves: base, quote, fees and positions; frees what the hold of a better price leaves over. */
  void settleFill(
      final int makerReservation, final int takerReservation, final int instrumentId, final Side takerSide,
      final int priceTicks, final long lots, final FillSettlement out) {
    final boolean takerSells = Side.SELL == takerSide;
    final int seller = takerSells ? takerReservation : makerReservation;
    final int buyer = takerSells ? makerReservation : takerReservation;
    final Instrument instrument = checkedInstrument(instrumentId, seller, buyer);
    if (instrument.isContract()) {
      contractFills.settleFill(makerReservation, takerReservation, instrument, takerSide, priceTicks, lots, out);
    } else {
      settleSpot(seller, buyer, instrument, takerSells, priceTicks, lots, out);
    }
  }

  private void settleSpot(
      final int seller, final int buyer, final Instrument instrument, final boolean takerSells,
      final int priceTicks, final long lots, final FillSettlement out) {
    final long notionalUnits = instrument.notionalUnits(priceTicks, lots);
    final long baseUnits = instrument.baseUnits(lots);
    ledger.payHeld(reservations.holdBalance(buyer), reservations.otherBalance(seller), notionalUnits);
    ledger.payHeld(reservations.holdBalance(seller), reservations.otherBalance(buyer), baseUnits);

    final int feeAssetId = instrument.feeAssetId();
    final long feeBasisUnits = instrument.feeInBase() ? baseUnits : notionalUnits;
    final long sellerFeeUnits = reservations.charge(seller, takerSells, feeBasisUnits);
    final long buyerFeeUnits = reservations.charge(buyer, !takerSells, feeBasisUnits);
    final long sellerPaysUnits = baseUnits + moveFee(seller, feeAssetId, sellerFeeUnits);
    final long buyerPaysUnits = notionalUnits + moveFee(buyer, feeAssetId, buyerFeeUnits);

    final int limitTicks = reservations.limitTicks(buyer);
    final long worstUnits = 0 == limitTicks ? notionalUnits : instrument.notionalUnits(limitTicks, lots);
    if (notionalUnits > worstUnits) {
      Invariants.check(false, "fill beyond the reserved price: ticks, limit", priceTicks, limitTicks);
    }
    reservations.spend(seller, baseUnits, sellerPaysUnits);
    freeSurplus(seller);
    reservations.spend(buyer, worstUnits, buyerPaysUnits);
    if (0 != limitTicks) {
      freeSurplus(buyer);
    }
    out.notionalUnits = notionalUnits;
    out.baseUnits = baseUnits;
    out.makerFeeUnits = takerSells ? buyerFeeUnits : sellerFeeUnits;
    out.takerFeeUnits = takerSells ? sellerFeeUnits : buyerFeeUnits;
    keepFigures(seller, buyer, lots, notionalUnits, sellerFeeUnits, buyerFeeUnits);
    debts.repay(reservations.otherBalance(seller), instrument.quoteAssetId(), notionalUnits);
    debts.repay(reservations.otherBalance(buyer), instrument.baseAssetId(), baseUnits);
  }

  private void keepFigures(
      final int seller, final int buyer, final long lots, final long notionalUnits,
      final long sellerFeeUnits, final long buyerFeeUnits) {
    positions.sell(reservations.position(seller), lots, notionalUnits);
    positions.addFee(reservations.position(seller), sellerFeeUnits);
    positions.add(reservations.position(buyer), lots, notionalUnits);
    positions.addFee(reservations.position(buyer), buyerFeeUnits);
  }

  private Instrument checkedInstrument(final int instrumentId, final int seller, final int buyer) {
    final Instrument instrument = instruments.get(instrumentId);
    if (null == instrument
        || instrumentId != reservations.instrumentId(seller) || instrumentId != reservations.instrumentId(buyer)
        || !reservations.sells(seller) || reservations.sells(buyer)) {
      throw new InvariantViolation("not a pair to trade " + instrumentId + ": " + seller + ", " + buyer);
    }
    return instrument;
  }

  /** Moves the fee from the hold or the proceeds, or pays the rebate; the part that came from the hold is returned. */
  private long moveFee(final int reservation, final int feeAssetId, final long feeUnits) {
    final boolean feeIsHeld = reservations.feeIsHeld(reservation);
    final int balance = feeIsHeld ? reservations.holdBalance(reservation) : reservations.otherBalance(reservation);
    if (feeUnits < 0) {
      ledger.rebate(balance, feeAssetId, -feeUnits);
      return 0;
    }
    if (feeIsHeld) {
      ledger.chargeHeld(balance, feeAssetId, feeUnits);
      return feeUnits;
    }
    ledger.chargeFree(balance, feeAssetId, feeUnits);
    return 0;
  }

  private void freeSurplus(final int reservation) {
    final long requiredUnits = reservations.requiredUnits(reservation, reservations.openUnits(reservation));
    final long surplusUnits = reservations.heldUnits(reservation) - requiredUnits;
    if (requiredUnits < 0 || surplusUnits < 0) {
      Invariants.check(false, "hold is short: surplus, reservation", surplusUnits, reservation);
    }
    if (0 != surplusUnits) {
      ledger.unhold(reservations.holdBalance(reservation), surplusUnits);
      reservations.heldUnits(reservation, requiredUnits);
    }
  }

  /** Fewer lots stay open than did; what they no longer need is free. Not for a buy by quote amount. */
  void reduce(final int reservation, final long newOpenLots) {
    if (reservations.isContract(reservation)) {
      contractOrders.reduce(reservation, newOpenLots);
      return;
    }
    final long openUnits = openUnits(reservation, reservations.limitTicks(reservation), newOpenLots);
    Invariants.check(openUnits >= 0 && openUnits <= reservations.openUnits(reservation),
        "reduced to more: units, reservation", openUnits, reservation);
    reservations.openUnits(reservation, openUnits);
    freeSurplus(reservation);
  }

  /**
   * Holds what a new limit price and open size need, at the rates the reservation was accepted with. The price of a
   * sale does not matter. A refusal leaves all as it was. Not for a buy by quote amount.
   */
  ReasonCode resize(final int reservation, final int newLimitTicks, final long newOpenLots) {
    if (reservations.isContract(reservation)) {
      return contractOrders.resize(reservation, newLimitTicks, newOpenLots);
    }
    final boolean sells = reservations.sells(reservation);
    if (!sells && newLimitTicks <= 0) {
      return ReasonCode.PRICE_NOT_POSITIVE;
    }
    if (newOpenLots < 0) {
      return ReasonCode.SIZE_NOT_POSITIVE;
    }
    final Instrument instrument = instrumentOf(reservation);
    if (!(sells ? instrument.baseFits(newOpenLots) : instrument.notionalFits(newLimitTicks, newOpenLots))) {
      return ReasonCode.NOTIONAL_OVERFLOW;
    }
    final long openUnits = openUnits(reservation, newLimitTicks, newOpenLots);
    final long requiredUnits = reservations.requiredUnits(reservation, openUnits);
    if (requiredUnits < 0) {
      return ReasonCode.NOTIONAL_OVERFLOW;
    }
    final long moreUnits = requiredUnits - reservations.heldUnits(reservation);
    final int balance = reservations.holdBalance(reservation);
    if (moreUnits > 0) {
      final ReasonCode funds = margin.check(
          reservations.accountSlot(reservation), ledger.assetId(balance), ledger.freeUnits(balance), moreUnits);
      if (ReasonCode.OK != funds) {
        return funds;
      }
      ledger.hold(balance, moreUnits);
    } else {
      ledger.unhold(balance, -moreUnits);
    }
    reservations.heldUnits(reservation, requiredUnits);
    reservations.openUnits(reservation, openUnits);
    reservations.limitTicks(reservation, newLimitTicks);
    return ReasonCode.OK;
  }

  /** What is left of the hold is free, and the reservation is no more. */
  void release(final int reservation) {
    if (reservations.isContract(reservation)) {
      contractOrders.release(reservation);
      return;
    }
    final long leftUnits = reservations.heldUnits(reservation);
    reservations.close(reservation);
    if (0 != leftUnits) {
      ledger.unhold(reservations.holdBalance(reservation), leftUnits);
    }
  }

  private long openUnits(final int reservation, final int limitTicks, final long lots) {
    final Instrument instrument = instrumentOf(reservation);
    return reservations.sells(reservation) ? instrument.baseUnits(lots) : instrument.notionalUnits(limitTicks, lots);
  }

  private Instrument instrumentOf(final int reservation) {
    final Instrument instrument = instruments.get(reservations.instrumentId(reservation));
    if (null == instrument) {
      throw new InvariantViolation("reservation without instrument: " + reservation);
    }
    return instrument;
  }
}
