package io.gavel.risk;

import io.gavel.codecs.sbe.BalanceCause;
import io.gavel.risk.funding.FundingIndex;
import io.gavel.risk.instrument.Instrument;
import io.gavel.risk.ledger.SystemAccount;

/**
 * Settles the funding that a position owes, or is owed, since it was touched last. Payers pay the ceiling into FUNDING
 * and receivers take the floor out of it, so that with what positions not yet touched owe it is never below zero; what
 * an account cannot pay it borrows.
 */
final class FundingAccrual implements PositionAccrual {

  private final MarginRooms rooms;
  private final FundingIndex funding;

  FundingAccrual(final MarginRooms rooms, final FundingIndex funding) {
    this.rooms = rooms;
    this.funding = funding;
  }

  @Override
  public void settle(final int position) {
    final int instrumentId = rooms.contracts.instrumentId(position);
    final long index = funding.index(instrumentId);
    final long sinceIndex = rooms.contracts.fundingIndex(position);
    if (index == sinceIndex) {
      return;
    }
    final Instrument instrument = rooms.instrument(instrumentId);
    final long owedUnits = funding.owedUnits(instrument, rooms.contracts.lots(position), sinceIndex);
    rooms.contracts.fundingIndex(position, index);
    if (0 == owedUnits) {
      return;
    }
    final int assetId = instrument.settleAssetId();
    final int balance = rooms.ledger.open(rooms.contracts.accountSlot(position), assetId);
    if (owedUnits > 0) {
      rooms.debts.pay(balance, assetId, SystemAccount.FUNDING, owedUnits);
    } else {
      rooms.debts.receive(balance, assetId, SystemAccount.FUNDING, -owedUnits);
    }
    rooms.ledger.moved(balance, -owedUnits, BalanceCause.FUNDING);
  }
}
