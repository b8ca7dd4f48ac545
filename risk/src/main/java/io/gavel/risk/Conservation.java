package io.gavel.risk;

import io.gavel.codecs.Invariants;
import io.gavel.risk.instrument.Assets;
import io.gavel.risk.instrument.Instrument;
import io.gavel.risk.instrument.Instruments;
import io.gavel.risk.ledger.Accounts;
import io.gavel.risk.ledger.Holds;
import io.gavel.risk.ledger.Ledger;
import io.gavel.risk.ledger.SystemAccount;
import io.gavel.risk.money.Sum128;
import io.gavel.risk.position.Contracts;

/** Whether money and lots add up: walks all there is, so it is for tests and snapshots. Allocates. */
record Conservation(
    Assets assets, Instruments instruments, Accounts accounts, Ledger ledger, Holds holds, Reservations reservations,
    Contracts contracts, MarginRooms margin) {

  /**
   * Walks everything: per asset all accounts together are at zero, and each held balance is what its reservations and
   * holds say. Allocates; for tests and snapshots.
   */
  void assertConserved() {
    final Sum128 sum = new Sum128();
    for (int i = 0; i < assets.count(); i++) {
      sum.clear();
      ledger.addTotals(assets.at(i).id(), sum);
      Invariants.check(sum.isZero(), "asset is not conserved: id, difference", assets.at(i).id(), sum.lowWord());
    }
    for (int i = 0; i < instruments.count(); i++) {
      final int instrumentId = instruments.at(i).id();
      Invariants.check(0 == contracts.netLots(instrumentId), "lots of a contract do not cancel out: instrument, net",
          instrumentId, contracts.netLots(instrumentId));
    }
    final long[] heldUnits = new long[ledger.balances()];
    for (int reservation = 0; reservation < reservations.capacity(); reservation++) {
      if (reservations.isOpen(reservation)
          && (!reservations.isContract(reservation) || reservations.claimIsHeld(reservation))) {
        heldUnits[reservations.holdBalance(reservation)] += reservations.heldUnits(reservation);
      }
    }
    for (int hold = holds.oldest(); Holds.NULL_SLOT != hold; hold = holds.newer(hold)) {
      heldUnits[ledger.find(holds.accountSlot(hold), holds.assetId(hold))] += holds.amountUnits(hold);
    }
    addContracts(heldUnits);
    for (int balance = 0; balance < heldUnits.length; balance++) {
      Invariants.check(heldUnits[balance] == ledger.heldUnits(balance) && ledger.freeUnits(balance) >= 0,
          "held is not what is reserved: held, reserved", ledger.heldUnits(balance), heldUnits[balance]);
    }
  }

  /** What isolated positions hold; and whether costs, CLEARING, debts and lending cancel out. */
  private void addContracts(final long[] heldUnits) {
    for (int position = 0; position < contracts.size(); position++) {
      final long units = contracts.marginUnits(position) + contracts.orderMarginUnits(position);
      if (0 != units) {
        final Instrument instrument = margin.instrument(contracts.instrumentId(position));
        heldUnits[ledger.find(contracts.accountSlot(position), instrument.settleAssetId())] += units;
      }
    }
    addLosses();
    final long[] owedUnits = new long[assets.count() + 1];
    for (int accountSlot = 0; accountSlot < accounts.count(); accountSlot++) {
      margin.book.verify(accountSlot);
      for (int balance = ledger.first(accountSlot); Ledger.NULL_BALANCE != balance; balance = ledger.next(balance)) {
        owedUnits[indexOfAsset(ledger.assetId(balance))] += margin.debts.units(balance);
      }
    }
    for (int i = 0; i < assets.count(); i++) {
      final int assetId = assets.at(i).id();
      Invariants.check(0 == contracts.netCostUnits(assetId) + ledger.systemUnits(SystemAccount.CLEARING, assetId),
          "costs and CLEARING do not cancel out: asset, cost", assetId, contracts.netCostUnits(assetId));
      Invariants.check(owedUnits[i] >= -ledger.systemUnits(SystemAccount.LENDING, assetId),
          "more is lent than owed: asset, owed", assetId, owedUnits[i]);
    }
  }

  /** What SOCIALISED has paid in advance, holders owe it, or nobody could be charged. */
  private void addLosses() {
    final long[] leftUnits = new long[assets.count() + 1];
    for (int i = 0; i < assets.count(); i++) {
      leftUnits[i] = ledger.systemUnits(SystemAccount.SOCIALISED, assets.at(i).id());
    }
    for (int position = 0; position < contracts.size(); position++) {
      leftUnits[indexOfAsset(margin.instrument(contracts.instrumentId(position)).settleAssetId())] +=
          margin.losses.owedUnits(position);
    }
    for (int i = 0; i < instruments.count(); i++) {
      if (instruments.at(i).isContract()) {
        leftUnits[indexOfAsset(instruments.at(i).settleAssetId())] +=
            margin.losses.borneUnits(instruments.at(i).id());
      }
    }
    for (int i = 0; i < assets.count(); i++) {
      Invariants.check(leftUnits[i] >= 0, "more is socialised than charged: asset, left", assets.at(i).id(),
          leftUnits[i]);
    }
  }

  private int indexOfAsset(final int assetId) {
    int index = 0;
    while (assets.at(index).id() != assetId) {
      index++;
    }
    return index;
  }
}
