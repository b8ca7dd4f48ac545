package io.gavel.risk;

import io.gavel.codecs.sbe.BalanceCause;
import io.gavel.risk.funding.LossIndex;
import io.gavel.risk.ledger.SystemAccount;

/**
 * Settles what a position owes of losses that all holders bear, into SOCIALISED, which paid them in advance: with what
 * positions not yet touched owe, and with what could be charged to nobody, it is never below zero. What an account
 * cannot pay it borrows.
 */
final class LossAccrual implements PositionAccrual {

  private final MarginRooms rooms;
  private final LossIndex losses;

  LossAccrual(final MarginRooms rooms) {
    this.rooms = rooms;
    losses = rooms.losses;
  }

  @Override
  public void settle(final int position) {
    final long owedUnits = losses.owedUnits(position);
    if (losses.settled(position) && owedUnits > 0) {
      rooms.contracts.settled(position);
      final int assetId = rooms.instrument(rooms.contracts.instrumentId(position)).settleAssetId();
      final int balance = rooms.ledger.open(rooms.contracts.accountSlot(position), assetId);
      rooms.debts.pay(balance, assetId, SystemAccount.SOCIALISED, owedUnits);
      rooms.ledger.moved(balance, -owedUnits, BalanceCause.LIQUIDATION);
    }
  }
}
