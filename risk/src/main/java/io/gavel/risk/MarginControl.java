package io.gavel.risk;

import io.gavel.codecs.sbe.AdjustMarginDecoder;
import io.gavel.codecs.sbe.Flag;
import io.gavel.codecs.sbe.MarginMode;
import io.gavel.codecs.sbe.PositionMode;
import io.gavel.codecs.sbe.PositionSide;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.SetAccountModeDecoder;
import io.gavel.codecs.sbe.SetCollateralDecoder;
import io.gavel.codecs.sbe.SetLeverageDecoder;
import io.gavel.codecs.sbe.SetMarginDecoder;
import io.gavel.risk.collateral.HaircutTable;
import io.gavel.risk.instrument.Assets;
import io.gavel.risk.instrument.Instrument;
import io.gavel.risk.ledger.Accounts;
import io.gavel.risk.ledger.Ledger;
import io.gavel.risk.limit.RiskTable;
import io.gavel.risk.margin.MarginBook;
import io.gavel.risk.margin.MarginCurve;
import io.gavel.risk.margin.MarginTable;
import io.gavel.risk.margin.MarginTerms;
import io.gavel.risk.position.Contracts;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Sets what margin is reckoned by, and what accounts choose of it: each method refuses before its first effect. */
final class MarginControl {

  private final MarginRooms rooms;
  private final Assets assets;
  private final Contracts contracts;
  private final MarginTable table = new MarginTable();
  private final HaircutTable haircuts = new HaircutTable();

  MarginControl(final MarginRooms rooms, final Assets assets) {
    this.rooms = rooms;
    this.assets = assets;
    contracts = rooms.contracts;
  }

  /** New terms hold at once while nobody has a position, else account by account. */
  ReasonCode setMargin(final SetMarginDecoder command) {
    final Instrument instrument = rooms.instruments.get(command.instrumentId());
    if (null == instrument) {
      return ReasonCode.UNKNOWN_INSTRUMENT;
    }
    if (!instrument.isContract()) {
      return ReasonCode.CONTRACT_TERMS_INVALID;
    }
    if (rooms.register.isChanging(instrument.id())) {
      return ReasonCode.MARGIN_NOT_SET;
    }
    table.clear(Objects.requireNonNull(MarginCurve.of(command.curve().value()), "curve"));
    table.leverageMax(command.leverageMaxE2());
    table.slope(command.lotsPerSize(), command.initialSlopeE8(), command.maintenanceSlopeE8());
    table.openInterest(command.openInterestLowUnits(), command.openInterestHighUnits());
    final SetMarginDecoder.TiersDecoder tiers = command.tiers();
    while (tiers.hasNext()) {
      tiers.next();
      table.tier(tiers.floorUnits(), tiers.initialRateE8(), tiers.maintenanceRateE8());
    }
    final ReasonCode code = table.check();
    if (ReasonCode.OK != code) {
      return code;
    }
    final boolean atOnce =
        !rooms.register.isSet(instrument.id()) || 0 == contracts.openInterestLots(instrument.id());
    if (!atOnce && (command.accountsPerStep() <= 0 || command.stepNs() <= 0)) {
      return ReasonCode.OUT_OF_RANGE;
    }
    final MarginTerms terms = new MarginTerms(table.schedule(), Flag.YES == command.profitCounts());
    if (atOnce) {
      rooms.register.set(instrument.id(), terms);
    } else {
      rooms.register.begin(instrument.id(), terms, command.accountsPerStep(), command.stepNs());
    }
    return ReasonCode.OK;
  }

  ReasonCode setCollateral(final SetCollateralDecoder command) {
    if (null == assets.get(command.assetId())) {
      return ReasonCode.UNKNOWN_ASSET;
    }
    haircuts.clear(command.amountPerSize());
    haircuts.debt(command.debtWeightE8());
    haircuts.factor(command.factorE6());
    haircuts.concentrationStart(command.concentrationStartUnits());
    final SetCollateralDecoder.TiersDecoder tiers = command.tiers();
    while (tiers.hasNext()) {
      tiers.next();
      haircuts.tier(tiers.floorUnits(), tiers.weightE8());
    }
    ReasonCode code = haircuts.check();
    if (ReasonCode.OK == code) {
      code = rooms.collateral.check(command.assetId(), command.instrumentId());
    }
    if (ReasonCode.OK == code) {
      rooms.collateral.set(command.assetId(), command.instrumentId(), haircuts.haircuts());
    }
    return code;
  }

  /** Only an account without positions, orders in contracts and debts changes its ways. */
  ReasonCode setAccountMode(final SetAccountModeDecoder command) {
    final int accountSlot = rooms.accounts.slotOf(command.header().account());
    if (Accounts.NULL_SLOT == accountSlot) {
      return ReasonCode.UNKNOWN_ACCOUNT;
    }
    final MarginMode margin = command.marginMode();
    if ((MarginMode.PORTFOLIO == margin && !rooms.book.hasPortfolio())
        || (MarginMode.CASH == margin && PositionMode.HEDGE == command.positionMode())) {
      return ReasonCode.ACCOUNT_MODE_WRONG;
    }
    if (isEngaged(accountSlot)) {
      return ReasonCode.POSITION_OPEN;
    }
    rooms.modes.set(accountSlot, margin, command.positionMode());
    return ReasonCode.OK;
  }

  private boolean isEngaged(final int accountSlot) {
    for (int position = contracts.first(accountSlot); Contracts.NULL_POSITION != position;
        position = contracts.next(position)) {
      if (isOpen(position)) {
        return true;
      }
    }
    for (int balance = rooms.ledger.first(accountSlot); Ledger.NULL_BALANCE != balance;
        balance = rooms.ledger.next(balance)) {
      if (0 != rooms.debts.units(balance)) {
        return true;
      }
    }
    return false;
  }

  private boolean isOpen(final int position) {
    return 0 != (contracts.lots(position) | contracts.openBuyLots(position) | contracts.openSellLots(position));
  }

  /** The leverage of all positions that the account's mode has in the instrument; 0: no choice. */
  ReasonCode setLeverage(final SetLeverageDecoder command, final RiskTable limits) {
    final int accountSlot = rooms.accounts.slotOf(command.header().account());
    if (Accounts.NULL_SLOT == accountSlot) {
      return ReasonCode.UNKNOWN_ACCOUNT;
    }
    final Instrument instrument = rooms.instruments.get(command.instrumentId());
    if (null == instrument) {
      return ReasonCode.UNKNOWN_INSTRUMENT;
    }
    if (MarginMode.CASH == rooms.modes.margin(accountSlot)) {
      return ReasonCode.ACCOUNT_MODE_WRONG;
    }
    final @Nullable MarginTerms terms = rooms.register.terms(accountSlot, instrument.id());
    if (null == terms) {
      return ReasonCode.MARGIN_NOT_SET;
    }
    final ReasonCode code = leverageReason(accountSlot, instrument, terms, command.leverageE2(), limits);
    if (ReasonCode.OK != code) {
      return code;
    }
    final boolean hedges = PositionMode.HEDGE == rooms.modes.position(accountSlot);
    final int count = contracts.count(accountSlot);
    if (!contracts.hasRoom(2) || count > MarginBook.POSITIONS_MAX - 2) {
      return ReasonCode.CAPACITY_POSITIONS;
    }
    return hedges ? setBoth(accountSlot, instrument.id(), command.leverageE2())
        : setOne(accountSlot, instrument.id(), PositionSide.NET, command.leverageE2());
  }

  /** What the terms allow anyone, and the risk table this account; no choice is what the terms allow. */
  private ReasonCode leverageReason(final int accountSlot, final Instrument instrument, final MarginTerms terms,
      final int leverageE2, final RiskTable limits) {
    final ReasonCode code = terms.schedule().leverageReason(leverageE2);
    if (ReasonCode.OK != code) {
      return code;
    }
    long lots = 0;
    for (int side = PositionSide.NET.value(); side <= PositionSide.SHORT.value(); side++) {
      final int position = contracts.find(accountSlot, instrument.id(), PositionSide.get((short) side));
      lots = Math.max(lots, Contracts.NULL_POSITION == position ? 0 : Math.abs(contracts.lots(position)));
    }
    final long notionalUnits = rooms.leg.notionalUnits(instrument, lots);
    final int askedE2 = 0 == leverageE2 ? terms.schedule().leverageMaxE2(notionalUnits, lots, 0) : leverageE2;
    return askedE2 > limits.leverageMaxE2(accountSlot, instrument.id(), notionalUnits)
        ? ReasonCode.LEVERAGE_ABOVE_MAX : ReasonCode.OK;
  }

  private ReasonCode setBoth(final int accountSlot, final int instrumentId, final int leverageE2) {
    final int first = contracts.find(accountSlot, instrumentId, PositionSide.LONG);
    final int oldE2 = Contracts.NULL_POSITION == first ? 0 : contracts.leverageE2(first);
    ReasonCode code = setOne(accountSlot, instrumentId, PositionSide.LONG, leverageE2);
    if (ReasonCode.OK == code) {
      code = setOne(accountSlot, instrumentId, PositionSide.SHORT, leverageE2);
      if (ReasonCode.OK != code) {
        // The first was flat or could bear it, so it can bear what it had.
        contracts.leverageE2(contracts.find(accountSlot, instrumentId, PositionSide.LONG), oldE2);
      }
    }
    return code;
  }

  private ReasonCode setOne(
      final int accountSlot, final int instrumentId, final PositionSide side, final int leverageE2) {
    final int found = contracts.find(accountSlot, instrumentId, side);
    if (Contracts.NULL_POSITION == found) {
      contracts.leverageE2(contracts.open(accountSlot, instrumentId, side), leverageE2);
      return ReasonCode.OK;
    }
    if (!isOpen(found)) {
      contracts.leverageE2(found, leverageE2);
      return ReasonCode.OK;
    }
    if (!rooms.modes.isShared(accountSlot)) {
      return ReasonCode.POSITION_OPEN;
    }
    final int oldE2 = contracts.leverageE2(found);
    final long oldNeedUnits = rooms.book.initialUnits(accountSlot);
    contracts.leverageE2(found, leverageE2);
    if (rooms.book.initialUnits(accountSlot) > oldNeedUnits && rooms.book.freeUnits(accountSlot) < 0) {
      contracts.leverageE2(found, oldE2);
      return ReasonCode.MARGIN_INSUFFICIENT;
    }
    return ReasonCode.OK;
  }

  /** Money to or from the margin of an isolated position; what it has lost, and needs at the mark, must stay. */
  ReasonCode adjust(final AdjustMarginDecoder command) {
    final int accountSlot = rooms.accounts.slotOf(command.header().account());
    if (Accounts.NULL_SLOT == accountSlot) {
      return ReasonCode.UNKNOWN_ACCOUNT;
    }
    final Instrument instrument = rooms.instruments.get(command.instrumentId());
    if (null == instrument) {
      return ReasonCode.UNKNOWN_INSTRUMENT;
    }
    final int position = contracts.find(accountSlot, instrument.id(), command.positionSide());
    if (MarginMode.ISOLATED != rooms.modes.margin(accountSlot) || Contracts.NULL_POSITION == position
        || 0 == contracts.lots(position)) {
      return ReasonCode.ACCOUNT_MODE_WRONG;
    }
    final long units = command.amountUnits();
    if (0 == units || Long.MIN_VALUE == units) {
      return ReasonCode.AMOUNT_NOT_POSITIVE;
    }
    final int balance = rooms.ledger.find(accountSlot, instrument.settleAssetId());
    if (units > 0) {
      if (units > rooms.ledger.freeUnitsOrZero(balance)) {
        return ReasonCode.INSUFFICIENT_BALANCE;
      }
    } else if (contracts.marginUnits(position) + units < leastMarginUnits(position, instrument)) {
      return ReasonCode.MARGIN_INSUFFICIENT;
    }
    rooms.isolated.move(position, balance, units);
    return ReasonCode.OK;
  }

  private long leastMarginUnits(final int position, final Instrument instrument) {
    final MarginTerms terms = rooms.register.terms(contracts.accountSlot(position), instrument.id());
    return rooms.leg.initialOf(instrument, terms, Math.abs(contracts.lots(position)), contracts.leverageE2(position))
        + Math.max(0, -rooms.leg.creditGainUnits(position));
  }
}
