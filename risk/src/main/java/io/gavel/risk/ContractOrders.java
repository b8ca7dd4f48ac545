package io.gavel.risk;

import io.gavel.codecs.InvariantViolation;
import io.gavel.codecs.sbe.AccountKind;
import io.gavel.codecs.sbe.MarginMode;
import io.gavel.codecs.sbe.PositionMode;
import io.gavel.codecs.sbe.PositionSide;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.Side;
import io.gavel.risk.fee.CumulativeFee;
import io.gavel.risk.instrument.Instrument;
import io.gavel.risk.ledger.Ledger;
import io.gavel.risk.margin.AccountCollateral;
import io.gavel.risk.margin.MarginBook;
import io.gavel.risk.money.FixedPoint;
import io.gavel.risk.money.Rounding;
import io.gavel.risk.position.Contracts;

/**
 * Lets orders in contracts in, keeps what they may come to with their position, and lets them go. An order passes when
 * the account can back the worst its position and all its open orders may come to, at the mark; one that can only
 * reduce passes always. The venue's own account is backed by nothing.
 */
final class ContractOrders {

  private final MarginRooms rooms;
  private final Ledger ledger;
  private final Contracts contracts;
  private final Reservations reservations;
  private final IsolatedMargin isolated;
  private final MarginBook book;
  /** What the order that was let in last may lose and pay in fees. */
  private long claimUnits;

  ContractOrders(final MarginRooms rooms) {
    this.rooms = rooms;
    ledger = rooms.ledger;
    contracts = rooms.contracts;
    reservations = rooms.reservations;
    isolated = rooms.isolated;
    book = rooms.book;
  }

  /** As {@link Settlement#reserve}; the request's lots and price are within what fits. */
  ReasonCode reserve(final OrderRequest request, final int accountSlot, final Instrument instrument) {
    ReasonCode code = check(request, accountSlot, instrument);
    if (ReasonCode.OK != code) {
      return code;
    }
    int position = contracts.find(accountSlot, instrument.id(), request.positionSide);
    final boolean isNew = Contracts.NULL_POSITION == position;
    code = checkRoom(accountSlot, instrument, isNew);
    if (ReasonCode.OK != code) {
      return code;
    }
    if (isNew) {
      position = contracts.open(accountSlot, instrument.id(), request.positionSide);
    }
    final boolean sells = Side.SELL == request.side;
    code = checkReduceOnly(request, position, sells);
    if (ReasonCode.OK == code) {
      code = admit(position, instrument, sells, request.effectiveLimitTicks, request.quantityLots);
    }
    if (ReasonCode.OK != code) {
      if (isNew) {
        book.forget(position);
        contracts.undoOpen(position);
      }
      return code;
    }
    open(request, position, accountSlot, instrument);
    return ReasonCode.OK;
  }

  private void open(
      final OrderRequest request, final int position, final int accountSlot, final Instrument instrument) {
    final boolean sells = Side.SELL == request.side;
    final int balance = ledger.open(accountSlot, instrument.settleAssetId());
    final boolean held = holdsMargin(accountSlot);
    if (held) {
      ledger.hold(balance, claimUnits);
      isolated.holdForOrders(position, instrument, balance);
    }
    // A side of hedge mode cannot be left to the other side of zero.
    final boolean reduceOnly = request.reduceOnly || closesHedge(request.positionSide, sells);
    if (reduceOnly) {
      contracts.addReduceOnly(position, request.quantityLots);
    }
    request.reservation = reservations.openContract(accountSlot, instrument, request.side, request.positionSide,
        request.effectiveLimitTicks, request.quantityLots, claimUnits,
        (reduceOnly ? Reservations.REDUCE_ONLY : 0) | (held ? Reservations.CLAIM_IS_HELD : 0));
  }

  private boolean holdsMargin(final int accountSlot) {
    return MarginMode.ISOLATED == rooms.modes.margin(accountSlot);
  }

  private boolean isVenue(final int accountSlot) {
    return AccountKind.TAPE == rooms.accounts.at(accountSlot).kind();
  }

  static boolean closesHedge(final PositionSide side, final boolean sells) {
    return PositionSide.NET != side && sells == (PositionSide.LONG == side);
  }

  private ReasonCode check(final OrderRequest request, final int accountSlot, final Instrument instrument) {
    final boolean hedges = PositionMode.HEDGE == rooms.modes.position(accountSlot);
    final MarginMode mode = rooms.modes.margin(accountSlot);
    if (hedges == (PositionSide.NET == request.positionSide)
        || (MarginMode.CASH == mode && !isVenue(accountSlot))
        || (MarginMode.ISOLATED == mode && instrument.isOption())) {
      return ReasonCode.ACCOUNT_MODE_WRONG;
    }
    if (request.quoteAmountUnits > 0) {
      return ReasonCode.SIZE_AMBIGUOUS;
    }
    if (!rooms.register.isSet(instrument.id()) || !rooms.collateral.counts(instrument.settleAssetId())) {
      return ReasonCode.MARGIN_NOT_SET;
    }
    if (0 == rooms.marks.priceUnits(instrument.id(), PriceSource.MARK)
        || (instrument.isOption() && rooms.leg.underlyingUnits(instrument) <= 0)) {
      return ReasonCode.NO_REFERENCE_PRICE;
    }
    return reservations.isFull() ? ReasonCode.CAPACITY_ORDERS : ReasonCode.OK;
  }

  private ReasonCode checkRoom(final int accountSlot, final Instrument instrument, final boolean isNew) {
    final boolean room = !isNew
        || (contracts.hasRoom(1) && contracts.count(accountSlot) < MarginBook.POSITIONS_MAX);
    return room && (Ledger.NULL_BALANCE != ledger.find(accountSlot, instrument.settleAssetId()) || ledger.hasRoom(1))
        ? ReasonCode.OK : ReasonCode.CAPACITY_POSITIONS;
  }

  private ReasonCode checkReduceOnly(final OrderRequest request, final int position, final boolean sells) {
    if (!request.reduceOnly && !closesHedge(request.positionSide, sells)) {
      return ReasonCode.OK;
    }
    final long lots = request.rests ? closableLots(position, sells) : reducibleLots(position, sells);
    return request.quantityLots <= lots ? ReasonCode.OK : ReasonCode.REDUCE_ONLY_INCREASES;
  }

  /** Lots that the side could close if it had no order. */
  long reducibleLots(final int position, final boolean sells) {
    return Contracts.NULL_POSITION == position ? 0
        : Math.max(0, sells ? contracts.lots(position) : -contracts.lots(position));
  }

  /** Lots that no open order of the side closes already. */
  long closableLots(final int position, final boolean sells) {
    if (Contracts.NULL_POSITION == position) {
      return 0;
    }
    final long openLots = sells ? contracts.openSellLots(position) : contracts.openBuyLots(position);
    return Math.max(0, reducibleLots(position, sells) - openLots);
  }

  /** Adds an order, or more of one, to its position if the account can back it; else leaves all as it was. */
  private ReasonCode admit(
      final int position, final Instrument instrument, final boolean sells, final int limitTicks, final long lots) {
    final int accountSlot = contracts.accountSlot(position);
    if (!fits(position, instrument, limitTicks, lots)) {
      return ReasonCode.NOTIONAL_OVERFLOW;
    }
    final long openingLots =
        isVenue(accountSlot) ? 0 : lots - Math.min(lots, closableLots(position, sells));
    claimUnits = 0 == openingLots ? 0 : claimUnits(instrument, sells, limitTicks, openingLots);
    final long valueUnits = instrument.valueUnits(limitTicks, lots);
    contracts.addOpen(position, sells, lots, valueUnits);
    contracts.addOrderClaim(position, claimUnits);
    if (0 == openingLots || backs(position, accountSlot, instrument)) {
      return ReasonCode.OK;
    }
    contracts.addOpen(position, sells, -lots, -valueUnits);
    contracts.addOrderClaim(position, -claimUnits);
    return ReasonCode.MARGIN_INSUFFICIENT;
  }

  private boolean backs(final int position, final int accountSlot, final Instrument instrument) {
    if (!holdsMargin(accountSlot)) {
      return book.freeUnits(accountSlot) >= 0;
    }
    final int balance = ledger.find(accountSlot, instrument.settleAssetId());
    return ledger.freeUnitsOrZero(balance) - claimUnits
        >= isolated.orderMarginUnits(position, instrument) - contracts.orderMarginUnits(position);
  }

  /** Whether everything the position may come to has an amount that can be reckoned with. */
  private boolean fits(final int position, final Instrument instrument, final int limitTicks, final long lots) {
    final long allLots = lots + Math.abs(contracts.lots(position))
        + contracts.openBuyLots(position) + contracts.openSellLots(position);
    final long markUnits = rooms.marks.priceUnits(instrument.id(), PriceSource.MARK);
    return allLots > 0 && instrument.notionalFits(limitTicks, allLots) && instrument.markValueFits(markUnits, allLots)
        && instrument.valueUnits(limitTicks, allLots) <= AccountCollateral.UNITS_MAX / 4
        && instrument.markValueUnits(markUnits, allLots, Rounding.UP) <= AccountCollateral.UNITS_MAX / 4
        && Math.abs(contracts.costUnits(position)) <= AccountCollateral.UNITS_MAX / 4;
  }

  /** What lots that open may lose at once against the mark, their fees, and the premium of an option bought. */
  private long claimUnits(
      final Instrument instrument, final boolean sells, final int limitTicks, final long lots) {
    final long markUnits = rooms.marks.priceUnits(instrument.id(), PriceSource.MARK);
    final long limitUnits = instrument.valueUnits(limitTicks, lots);
    final boolean gives = sells == instrument.isInverse();
    final long worthUnits = instrument.markValueUnits(markUnits, lots, gives ? Rounding.DOWN : Rounding.UP);
    final long lossUnits = instrument.isOption() && !sells ? limitUnits
        : Math.max(0, gives ? limitUnits - worthUnits : worthUnits - limitUnits);
    final int worstE8 = CumulativeFee.worstE8(instrument.makerFeeE8(), instrument.takerFeeE8());
    final long basisUnits = Math.max(limitUnits, worthUnits);
    return lossUnits + CumulativeFee.withCoverUnits(worstE8, basisUnits, 0) - basisUnits;
  }

  // ---- orders that are in the house

  void reduce(final int reservation, final long newOpenLots) {
    shrink(reservation, newOpenLots, position(reservation), instrument(reservation));
  }

  /** A smaller, dearer or cheaper order is as a new one in the place of the old. */
  ReasonCode resize(final int reservation, final int newLimitTicks, final long newOpenLots) {
    if (newLimitTicks <= 0) {
      return ReasonCode.PRICE_NOT_POSITIVE;
    }
    if (newOpenLots < 0) {
      return ReasonCode.SIZE_NOT_POSITIVE;
    }
    final Instrument instrument = instrument(reservation);
    final int position = position(reservation);
    final boolean sells = reservations.sells(reservation);
    final long oldLots = reservations.openUnits(reservation);
    final long oldUnits = instrument.valueUnits(reservations.limitTicks(reservation), oldLots);
    final long oldClaimUnits = reservations.heldUnits(reservation);
    contracts.addOpen(position, sells, -oldLots, -oldUnits);
    contracts.addOrderClaim(position, -oldClaimUnits);
    ReasonCode code = reservations.isReduceOnly(reservation) && newOpenLots > closableLots(position, sells)
        ? ReasonCode.REDUCE_ONLY_INCREASES : ReasonCode.OK;
    final int balance = reservations.holdBalance(reservation);
    final boolean held = reservations.claimIsHeld(reservation);
    if (held) {
      ledger.unhold(balance, oldClaimUnits);
    }
    if (ReasonCode.OK == code && newOpenLots > 0) {
      code = admit(position, instrument, sells, newLimitTicks, newOpenLots);
    }
    if (ReasonCode.OK != code) {
      contracts.addOpen(position, sells, oldLots, oldUnits);
      contracts.addOrderClaim(position, oldClaimUnits);
    } else {
      reservations.limitTicks(reservation, newLimitTicks);
      setOpen(reservation, position, newOpenLots, newOpenLots > 0 ? claimUnits : 0);
    }
    if (held) {
      ledger.hold(balance, reservations.heldUnits(reservation));
      isolated.holdForOrders(position, instrument, balance);
    }
    return code;
  }

  private void setOpen(final int reservation, final int position, final long openLots, final long newClaimUnits) {
    if (reservations.isReduceOnly(reservation)) {
      contracts.addReduceOnly(position, openLots - reservations.openUnits(reservation));
    }
    reservations.openUnits(reservation, openLots);
    reservations.heldUnits(reservation, newClaimUnits);
  }

  /** What is left open is as it was, the rest has never been: its claim goes with it, share by share. */
  private void shrink(
      final int reservation, final long newOpenLots, final int position, final Instrument instrument) {
    final long releasedUnits = take(reservation, newOpenLots, position, instrument);
    if (reservations.claimIsHeld(reservation)) {
      ledger.unhold(reservations.holdBalance(reservation), releasedUnits);
      isolated.holdForOrders(position, instrument, reservations.holdBalance(reservation));
    }
  }

  /** Takes open lots and their share of the claim from an order, rounded down; the money stays where it is. */
  long take(final int reservation, final long newOpenLots, final int position, final Instrument instrument) {
    final long openLots = reservations.openUnits(reservation);
    if (newOpenLots < 0 || newOpenLots > openLots) {
      throw new InvariantViolation("reduced to more: lots " + newOpenLots + ", reservation " + reservation);
    }
    final int limitTicks = reservations.limitTicks(reservation);
    final long oldClaimUnits = reservations.heldUnits(reservation);
    final long leftUnits = 0 == newOpenLots ? 0
        : FixedPoint.mulDiv(oldClaimUnits, newOpenLots, openLots, Rounding.CEILING);
    contracts.addOpen(position, reservations.sells(reservation), newOpenLots - openLots,
        (0 == newOpenLots ? 0 : instrument.valueUnits(limitTicks, newOpenLots))
            - (0 == openLots ? 0 : instrument.valueUnits(limitTicks, openLots)));
    contracts.addOrderClaim(position, leftUnits - oldClaimUnits);
    setOpen(reservation, position, newOpenLots, leftUnits);
    return oldClaimUnits - leftUnits;
  }

  void release(final int reservation) {
    shrink(reservation, 0, position(reservation), instrument(reservation));
    reservations.close(reservation);
  }

  int position(final int reservation) {
    return contracts.find(reservations.accountSlot(reservation), reservations.instrumentId(reservation),
        reservations.positionSide(reservation));
  }

  private Instrument instrument(final int reservation) {
    return rooms.instrument(reservations.instrumentId(reservation));
  }

  /** A position of the account; a new one where there is none; {@link Contracts#NULL_POSITION} without room. */
  int openPosition(final int accountSlot, final int instrumentId, final PositionSide side) {
    final int position = contracts.find(accountSlot, instrumentId, side);
    if (Contracts.NULL_POSITION != position) {
      return position;
    }
    final int assetId = rooms.instrument(instrumentId).settleAssetId();
    final boolean room = contracts.hasRoom(1)
        && (Ledger.NULL_BALANCE != ledger.find(accountSlot, assetId) || ledger.hasRoom(1));
    if (room) {
      ledger.open(accountSlot, assetId);
    }
    return room ? contracts.open(accountSlot, instrumentId, side) : Contracts.NULL_POSITION;
  }
}
