package io.gavel.engine.core;

import io.gavel.risk.RiskEngine;
import io.gavel.risk.ledger.SystemAccount;
import io.gavel.risk.liquidation.BankruptcyPrice;
import io.gavel.risk.liquidation.LiquidationTerms;
import io.gavel.risk.position.Contracts;

/**
 * What an order of a liquidation has fetched, against what its lots would have fetched at the bankruptcy price (F-22):
 * of what it is better by the account pays its share to the insurance fund, at most the fee and never by borrowing;
 * what it is worse by the fund pays to the account, within its caps. Without a fee neither is done. One thread.
 */
final class FillInsurance {

  private static final int E6_TO_E8 = 100;

  private final Rooms rooms;
  private final RiskEngine risk;
  private final Contracts contracts;
  private final LiquidationTerms terms;
  private final HouseMoney money;
  private long lots;
  private long costUnits;
  private long realisedUnits;
  private long worthUnits;
  private long shareUnits;
  private long weightUnits;

  FillInsurance(final Rooms rooms, final HouseMoney money) {
    this.rooms = rooms;
    this.money = money;
    risk = rooms.risk;
    contracts = rooms.risk.contracts();
    terms = rooms.liquidationTerms;
  }

  /**
   * An order is about to be sent for a position that was settled just now.
   *
   * @param ofShareUnits the position's part of the account's equity, in settle units
   * @param ofWeightUnits what that part was measured by
   */
  void before(final int position, final long ofShareUnits, final long ofWeightUnits) {
    lots = contracts.lots(position);
    costUnits = contracts.costUnits(position);
    realisedUnits = contracts.realisedUnits(position);
    worthUnits = money.worthUnits(position);
    shareUnits = ofShareUnits;
    weightUnits = ofWeightUnits;
  }

  /** Signed lots that the order has closed. */
  long closedLots(final int position) {
    return lots - contracts.lots(position);
  }

  /** What they were worth at the prices of the fills, without sign: the position's books say so. */
  long closedUnits(final int position) {
    return Math.abs(contracts.realisedUnits(position) - realisedUnits + costUnits - contracts.costUnits(position));
  }

  /**
   * Moves the money.
   *
   * @param leftUnits what is left of the weight
   * @return what the fund has paid; below zero it was paid
   */
  long settle(final int position, final long leftUnits) {
    final int instrumentId = contracts.instrumentId(position);
    final int feeE6 = terms.insuranceFeeE6(instrumentId);
    if (0 == feeE6 || 0 == closedLots(position) || 0 == weightUnits) {
      return 0;
    }
    final int accountSlot = contracts.accountSlot(position);
    final int assetId = rooms.instrument(instrumentId).settleAssetId();
    final boolean gives = worthUnits < 0;
    final long fillUnits = gives ? -closedUnits(position) : closedUnits(position);
    final long bankruptcyUnits = BankruptcyPrice.quoteUnits(shareUnits, weightUnits,
        money.worthUnits(position) - worthUnits, Math.max(0, weightUnits - leftUnits));
    final long deltaUnits = BankruptcyPrice.insuranceDeltaUnits(fillUnits, bankruptcyUnits, feeE6);
    if (deltaUnits > 0) {
      final long free = risk.freeUnits(risk.accountAt(accountSlot), assetId);
      final long paid = Math.min(deltaUnits, free);
      if (paid > 0) {
        risk.payToHouse(accountSlot, assetId, SystemAccount.INSURANCE, paid);
      }
      return -paid;
    }
    final long granted = terms.grant(instrumentId, -deltaUnits, risk.systemUnits(SystemAccount.INSURANCE, assetId),
        rooms.clock.timeNs());
    if (granted > 0) {
      risk.receiveFromHouse(accountSlot, assetId, SystemAccount.INSURANCE, granted);
    }
    return granted;
  }

  /** The fee as a part of what is closed, in 10^-8. */
  static int feeE8(final LiquidationTerms terms, final int instrumentId) {
    return terms.insuranceFeeE6(instrumentId) * E6_TO_E8;
  }
}
