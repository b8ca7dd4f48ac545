package io.gavel.risk;

import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.risk.instrument.Assets;
import io.gavel.risk.instrument.Instrument;
import io.gavel.risk.instrument.Instruments;
import io.gavel.risk.ledger.Accounts;
import io.gavel.risk.ledger.Debts;
import io.gavel.risk.ledger.Holds;
import io.gavel.risk.ledger.Ledger;
import io.gavel.risk.ledger.SystemAccount;
import io.gavel.risk.margin.MarginModel;
import io.gavel.risk.position.Positions;
import io.gavel.risk.token.TokenBook;
import org.jspecify.annotations.Nullable;

/** Money in and out: deposits, and withdrawals in two phases. */
final class Funds {

  private final Assets assets;
  private final Instruments instruments;
  private final Accounts accounts;
  private final Ledger ledger;
  private final Holds holds;
  private final Positions positions;
  private final MarginModel margin;
  private final Debts debts;
  private @Nullable TokenBook tokens;

  Funds(
      final Assets assets, final Instruments instruments, final Accounts accounts, final Ledger ledger,
      final Holds holds, final Positions positions, final MarginModel margin, final Debts debts) {
    this.assets = assets;
    this.instruments = instruments;
    this.accounts = accounts;
    this.ledger = ledger;
    this.holds = holds;
    this.positions = positions;
    this.margin = margin;
    this.debts = debts;
  }

  /** Who knows which assets are issued against a pool: no more of them comes in than has gone out. */
  void tokens(final TokenBook book) {
    tokens = book;
  }

  /** From the world outside to a fund of the house, or out of it below zero. */
  ReasonCode fundHouse(final SystemAccount fund, final int assetId, final long amountUnits) {
    if (null == assets.get(assetId)) {
      return ReasonCode.UNKNOWN_ASSET;
    }
    if (amountUnits > 0 ? !ledger.canIssue(assetId, amountUnits)
        : ledger.systemUnits(fund, assetId) < -amountUnits) {
      return amountUnits > 0 ? ReasonCode.AMOUNT_OVERFLOW : ReasonCode.FUND_INSUFFICIENT;
    }
    final boolean comes = amountUnits > 0;
    ledger.move(assetId, comes ? SystemAccount.EXTERNAL : fund, comes ? fund : SystemAccount.EXTERNAL,
        Math.abs(amountUnits));
    return ReasonCode.OK;
  }

  /**
   * Issues an amount from outside to an account.
   *
   * @param basisInstrumentId instrument whose whole lots in the amount were acquired at the price; 0: basis unknown
   */
  ReasonCode deposit(
      final long account, final int assetId, final long amountUnits,
      final int basisInstrumentId, final int basisPriceTicks) {
    final int accountSlot = accounts.slotOf(account);
    final ReasonCode amount = checkAmount(accountSlot, assetId, amountUnits);
    if (ReasonCode.OK != amount) {
      return amount;
    }
    if (!ledger.canIssue(assetId, amountUnits)) {
      return ReasonCode.AMOUNT_OVERFLOW;
    }
    if (null != tokens && !tokens.canEnter(assetId, amountUnits)) {
      return ReasonCode.INSUFFICIENT_BALANCE;
    }
    if (Ledger.NULL_BALANCE == ledger.find(accountSlot, assetId) && !ledger.hasRoom(1)) {
      return ReasonCode.CAPACITY_POSITIONS;
    }
    if (0 != basisInstrumentId || 0 != basisPriceTicks) {
      final ReasonCode basis = addBasis(accountSlot, assetId, amountUnits, basisInstrumentId, basisPriceTicks);
      if (ReasonCode.OK != basis) {
        return basis;
      }
    }
    final int balance = ledger.open(accountSlot, assetId);
    ledger.issue(balance, assetId, amountUnits);
    moved(assetId, -amountUnits);
    debts.repay(balance, assetId, amountUnits);
    return ReasonCode.OK;
  }

  private void moved(final int assetId, final long units) {
    if (null != tokens) {
      tokens.moved(assetId, units);
    }
  }

  private ReasonCode addBasis(
      final int accountSlot, final int assetId, final long amountUnits,
      final int basisInstrumentId, final int basisPriceTicks) {
    final Instrument instrument = instruments.get(basisInstrumentId);
    if (null == instrument || instrument.isContract() || assetId != instrument.baseAssetId()) {
      return ReasonCode.UNKNOWN_INSTRUMENT;
    }
    if (basisPriceTicks <= 0) {
      return ReasonCode.PRICE_NOT_POSITIVE;
    }
    final long lots = amountUnits / instrument.baseUnitsPerLot();
    if (!instrument.notionalFits(basisPriceTicks, lots)) {
      return ReasonCode.NOTIONAL_OVERFLOW;
    }
    if (Positions.NULL_POSITION == positions.find(accountSlot, basisInstrumentId) && !positions.hasRoom(1)) {
      return ReasonCode.CAPACITY_POSITIONS;
    }
    positions.add(positions.open(accountSlot, basisInstrumentId), lots,
        instrument.notionalUnits(basisPriceTicks, lots));
    return ReasonCode.OK;
  }

  /** Phase one of money out: free becomes held under an id that no hold has. */
  ReasonCode holdFunds(final long account, final int assetId, final long amountUnits, final long holdId) {
    final int accountSlot = accounts.slotOf(account);
    final ReasonCode amount = checkAmount(accountSlot, assetId, amountUnits);
    if (ReasonCode.OK != amount) {
      return amount;
    }
    if (holds.isFull()) {
      return ReasonCode.CAPACITY_HOLDS;
    }
    final int balance = ledger.find(accountSlot, assetId);
    final ReasonCode funds = margin.check(
        accountSlot, assetId, ledger.freeUnitsOrZero(balance) + ledger.earnedUnits(balance), amountUnits);
    if (ReasonCode.OK != funds) {
      return funds;
    }
    ledger.settleInterest(balance);
    ledger.hold(balance, amountUnits);
    holds.open(holdId, accountSlot, assetId, amountUnits);
    return ReasonCode.OK;
  }

  /** Phase two: up to the held amount leaves to the outside, the rest is free again. */
  ReasonCode settleHold(final long account, final long holdId, final long amountUnits) {
    final int hold = findHold(account, holdId);
    if (Holds.NULL_SLOT == hold) {
      return ReasonCode.UNKNOWN_HOLD;
    }
    if (amountUnits <= 0) {
      return ReasonCode.AMOUNT_NOT_POSITIVE;
    }
    if (amountUnits > holds.amountUnits(hold)) {
      return ReasonCode.INSUFFICIENT_BALANCE;
    }
    final int accountSlot = holds.accountSlot(hold);
    final int assetId = holds.assetId(hold);
    final int balance = ledger.find(accountSlot, assetId);
    ledger.retireHeld(balance, assetId, amountUnits);
    moved(assetId, amountUnits);
    ledger.unhold(balance, holds.amountUnits(hold) - amountUnits);
    holds.close(hold);
    trimPositions(accountSlot, assetId, balance);
    return ReasonCode.OK;
  }

  ReasonCode releaseHold(final long account, final long holdId) {
    final int hold = findHold(account, holdId);
    if (Holds.NULL_SLOT == hold) {
      return ReasonCode.UNKNOWN_HOLD;
    }
    ledger.unhold(ledger.find(holds.accountSlot(hold), holds.assetId(hold)), holds.amountUnits(hold));
    holds.close(hold);
    return ReasonCode.OK;
  }

  boolean isHoldOf(final long account, final long holdId) {
    return Holds.NULL_SLOT != findHold(account, holdId);
  }

  /** The asset of a hold; 0 when there is no such hold. */
  int holdAsset(final long holdId) {
    final int hold = holds.find(holdId);
    return Holds.NULL_SLOT == hold ? 0 : holds.assetId(hold);
  }

  /** The amount of a hold; 0 when there is no such hold. */
  long holdUnits(final long holdId) {
    final int hold = holds.find(holdId);
    return Holds.NULL_SLOT == hold ? 0 : holds.amountUnits(hold);
  }

  long freeUnits(final long account, final int assetId) {
    return ledger.freeUnitsOrZero(findBalance(account, assetId));
  }

  /** Held behind orders, rules and money on its way out. */
  long heldUnits(final long account, final int assetId) {
    final int balance = findBalance(account, assetId);
    return Ledger.NULL_BALANCE == balance ? 0 : ledger.heldUnits(balance);
  }

  private ReasonCode checkAmount(final int accountSlot, final int assetId, final long amountUnits) {
    if (Accounts.NULL_SLOT == accountSlot) {
      return ReasonCode.UNKNOWN_ACCOUNT;
    }
    if (null == assets.get(assetId)) {
      return ReasonCode.UNKNOWN_ASSET;
    }
    return amountUnits <= 0 ? ReasonCode.AMOUNT_NOT_POSITIVE : ReasonCode.OK;
  }

  private int findBalance(final long account, final int assetId) {
    final int accountSlot = accounts.slotOf(account);
    return Accounts.NULL_SLOT == accountSlot || null == assets.get(assetId)
        ? Ledger.NULL_BALANCE : ledger.find(accountSlot, assetId);
  }

  private int findHold(final long account, final long holdId) {
    final int hold = holds.find(holdId);
    return Holds.NULL_SLOT != hold && accounts.at(holds.accountSlot(hold)).id() == account ? hold : Holds.NULL_SLOT;
  }

  /** No position may show more lots than the account has of the asset after some of it has left the house. */
  void trimPositions(final int accountSlot, final int assetId, final int balance) {
    final long ownedUnits = ledger.freeUnits(balance) + ledger.heldUnits(balance);
    for (int i = 0; i < instruments.count(); i++) {
      final Instrument instrument = instruments.at(i);
      final int position = positions.find(accountSlot, instrument.id());
      if (assetId == instrument.baseAssetId() && !instrument.isContract() && Positions.NULL_POSITION != position) {
        positions.keepAtMost(position, ownedUnits / instrument.baseUnitsPerLot());
      }
    }
  }
}
