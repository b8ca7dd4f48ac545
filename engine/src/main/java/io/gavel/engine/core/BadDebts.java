package io.gavel.engine.core;

import io.gavel.codecs.sbe.MarginMode;
import io.gavel.risk.RiskEngine;
import io.gavel.risk.ledger.Ledger;
import io.gavel.risk.ledger.SystemAccount;
import io.gavel.risk.money.FixedPoint;
import io.gavel.risk.money.Rounding;
import io.gavel.risk.position.Contracts;

/**
 * What a liquidation leaves an account owing when nothing is left to be taken over: orders have filled below the
 * bankruptcy price. An account whose positions share their money owes what its debts are worth above all its balances,
 * without haircuts; an isolated position owes what it lost above its margin. The insurance fund pays within its caps,
 * SOCIALISED the rest, at once, and the holders of the instrument are charged for it as one when nobody is due any
 * more, by the loss index (F-46): each loss by itself would bring up all holders again. Always within the same frame,
 * so that what waits here is no state.
 */
final class BadDebts {

  /** So many units of an asset say what it is worth. */
  private static final long SAMPLE_UNITS = 1_000_000_000L;

  private final Rooms rooms;
  private final RiskEngine risk;
  private final Contracts contracts;
  private final HouseMoney money;
  private final long[] lossUnits;
  private int waiting;
  private int last;
  private long marginUnits;
  private long realisedUnits;
  private long costUnits;
  private long feesUnits;
  private long lots;
  private long isolatedUnits;
  private long fundUnits;
  private long sharedUnits;

  BadDebts(final Rooms rooms, final HouseMoney money) {
    this.rooms = rooms;
    this.money = money;
    risk = rooms.risk;
    contracts = rooms.risk.contracts();
    lossUnits = new long[rooms.config.instrumentsMax() + 1];
    last = Contracts.NULL_POSITION;
  }

  /** An account is begun with. */
  void begin() {
    last = Contracts.NULL_POSITION;
    isolatedUnits = 0;
  }

  /** Lots of a position, settled just now, are about to be closed. */
  void before(final int position) {
    last = position;
    lots = contracts.lots(position);
    marginUnits = contracts.marginUnits(position);
    realisedUnits = contracts.realisedUnits(position);
    costUnits = contracts.costUnits(position);
    feesUnits = contracts.feesPaidUnits(position);
    isolatedUnits = 0;
  }

  /** They were closed, and insurance has paid so much towards it, or nothing. */
  void after(final int position, final long insuredUnits) {
    if (0 == lots || 0 != contracts.lots(position)
        || MarginMode.ISOLATED != risk.accountModes().margin(contracts.accountSlot(position))) {
      return;
    }
    final long madeUnits = contracts.realisedUnits(position) - realisedUnits;
    final long valueUnits = Math.abs(madeUnits + costUnits - contracts.costUnits(position));
    final boolean isOption = rooms.instrument(contracts.instrumentId(position)).isOption();
    final long moneyUnits = !isOption ? madeUnits : lots > 0 ? valueUnits : -valueUnits;
    final long leftUnits = marginUnits + moneyUnits + insuredUnits
        - (contracts.feesPaidUnits(position) - feesUnits);
    isolatedUnits = Math.max(0, -leftUnits);
  }

  /** The position that was closed last; NULL_POSITION when none was. */
  int position() {
    return last;
  }

  /** What an account without lots owes beyond what it has, in settle units of {@link #position}. */
  long owedUnits(final int accountSlot) {
    if (Contracts.NULL_POSITION == last) {
      return 0;
    }
    return MarginMode.ISOLATED == risk.accountModes().margin(accountSlot) ? isolatedUnits : sharedUnits(accountSlot);
  }

  private long sharedUnits(final int accountSlot) {
    final int assetId = rooms.instrument(contracts.instrumentId(last)).settleAssetId();
    long netUnits = 0;
    long settleDebtUnits = 0;
    boolean owesOthers = false;
    for (int balance = risk.ledger().first(accountSlot); Ledger.NULL_BALANCE != balance;
        balance = risk.ledger().next(balance)) {
      final int of = risk.ledger().assetId(balance);
      final long debtUnits = risk.debts().units(balance);
      final long hasUnits = FixedPoint.addSaturating(risk.ledger().freeUnits(balance),
          risk.ledger().heldUnits(balance));
      netUnits = FixedPoint.addSaturating(netUnits, risk.collateral().valueUnits(of, hasUnits, Rounding.DOWN)
          - (0 == debtUnits ? 0 : risk.collateral().valueUnits(of, debtUnits, Rounding.UP)));
      settleDebtUnits = of == assetId ? debtUnits : settleDebtUnits;
      owesOthers |= of != assetId && debtUnits > 0;
    }
    if (netUnits >= 0) {
      return 0;
    }
    final long owed = inSettleUnits(assetId, -netUnits);
    return owesOthers ? owed : Math.min(owed, settleDebtUnits);
  }

  /** Rounded up, so that nothing stays owed. */
  private long inSettleUnits(final int assetId, final long units) {
    if (assetId == risk.collateral().referenceAssetId()) {
      return units;
    }
    final long worth = Math.max(1, risk.collateral().valueUnits(assetId, SAMPLE_UNITS, Rounding.DOWN));
    return FixedPoint.mulDivFits(units, SAMPLE_UNITS, worth, Rounding.CEILING)
        ? FixedPoint.mulDiv(units, SAMPLE_UNITS, worth, Rounding.CEILING) : 0;
  }

  /** Pays what the account owes: the insurance fund within its caps, then all holders. */
  void writeOff(final int accountSlot, final long owedUnits) {
    final int instrumentId = contracts.instrumentId(last);
    final int assetId = rooms.instrument(instrumentId).settleAssetId();
    fundUnits = rooms.liquidationTerms.grant(instrumentId, owedUnits,
        risk.systemUnits(SystemAccount.INSURANCE, assetId), rooms.clock.timeNs());
    if (fundUnits > 0) {
      money.payIn(SystemAccount.INSURANCE, accountSlot, assetId, fundUnits);
    }
    sharedUnits = owedUnits - fundUnits;
    if (sharedUnits > 0) {
      money.payIn(SystemAccount.SOCIALISED, accountSlot, assetId, sharedUnits);
      waiting += 0 == lossUnits[instrumentId] ? 1 : 0;
      lossUnits[instrumentId] = FixedPoint.add(lossUnits[instrumentId], sharedUnits);
    }
    begin();
  }

  /** What the fund has paid of it. */
  long fundUnits() {
    return fundUnits;
  }

  /** What holders bear of it. */
  long sharedUnits() {
    return sharedUnits;
  }

  /** Whether there are losses that holders have not been charged yet. */
  boolean isWaiting() {
    return waiting > 0;
  }

  /** Charges the holders of one instrument, the first by id; the house's own position bears nothing. */
  void share(final int backstopSlot) {
    int instrumentId = 0;
    while (0 == lossUnits[instrumentId]) {
      instrumentId++;
    }
    final long units = lossUnits[instrumentId];
    lossUnits[instrumentId] = 0;
    waiting--;
    money.shareLoss(money.openPosition(backstopSlot, instrumentId), units);
    rooms.guard.holdersChanged(instrumentId);
  }
}
