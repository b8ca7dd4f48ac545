package io.gavel.engine.core;

import io.gavel.codecs.sbe.MarginMode;
import io.gavel.codecs.sbe.PositionSide;
import io.gavel.risk.FillSettlement;
import io.gavel.risk.RiskEngine;
import io.gavel.risk.instrument.Instrument;
import io.gavel.risk.ledger.SystemAccount;
import io.gavel.risk.liquidation.HouseCash;
import io.gavel.risk.position.Contracts;

/** What liquidations see and move of positions and money: the risk engine's own. */
final class HouseMoney implements HouseCash {

  private final Rooms rooms;
  private final RiskEngine risk;
  private final Contracts contracts;
  private final FillSettlement result = new FillSettlement();

  HouseMoney(final Rooms rooms) {
    this.rooms = rooms;
    risk = rooms.risk;
    contracts = rooms.risk.contracts();
  }

  @Override
  public void exchange(final int fromPosition, final int toPosition, final long lots, final long valueUnits) {
    risk.exchange(fromPosition, toPosition, lots, valueUnits, result);
  }

  /** What the exchange realised for whom. */
  FillSettlement result() {
    return result;
  }

  @Override
  public int openPosition(final int accountSlot, final int instrumentId) {
    return risk.openPosition(accountSlot, instrumentId, PositionSide.NET);
  }

  @Override
  public void payIn(final SystemAccount from, final int accountSlot, final int assetId, final long amountUnits) {
    risk.receiveFromHouse(accountSlot, assetId, from, amountUnits);
  }

  @Override
  public void shareLoss(final int exemptPosition, final long lossUnits) {
    risk.shareLoss(exemptPosition, lossUnits);
  }

  @Override
  public long fundUnits(final SystemAccount account, final int assetId) {
    return risk.systemUnits(account, assetId);
  }

  @Override
  public long backingUnits(final int position) {
    final int accountSlot = contracts.accountSlot(position);
    return MarginMode.ISOLATED == risk.accountModes().margin(accountSlot)
        ? contracts.marginUnits(position) + gainUnits(position) : risk.marginBook().equityUnits(accountSlot);
  }

  @Override
  public long gainUnits(final int position) {
    return risk.legMargin().gainUnits(position);
  }

  @Override
  public long markValueUnits(final int position) {
    final Instrument instrument = rooms.instrument(contracts.instrumentId(position));
    return contracts.lots(position) > 0 != instrument.isInverse() ? worthUnits(position) : -worthUnits(position);
  }

  /** Below zero where it is owed. The gain says it, rounded as it was: cost and gain together. */
  long worthUnits(final int position) {
    final Instrument instrument = rooms.instrument(contracts.instrumentId(position));
    return gainUnits(position) + (instrument.isOption() ? 0 : contracts.costUnits(position));
  }
}
