package io.gavel.risk.liquidation;

import io.gavel.codecs.InvariantViolation;
import io.gavel.risk.instrument.Instrument;
import io.gavel.risk.instrument.Instruments;
import io.gavel.risk.ledger.SystemAccount;
import io.gavel.risk.money.FixedPoint;
import io.gavel.risk.money.Rounding;
import io.gavel.risk.position.Contracts;

/**
 * Moves positions to the backstop account at their bankruptcy price (F-16): the mark value, worse by the position's
 * share of what the account has left, or better by its share of what it lacks. What is lacking the insurance fund pays
 * to the backstop account as far as its caps allow, then the ring-fenced backstop fund as far as its limit allows; what
 * neither pays makes the lots wait for deleveraging. So the backstop account is never worse off than at the mark, once
 * those lots are gone. Answers stay readable until the next call. Allocates nothing. One thread.
 */
public final class Takeover {

  private final Instruments instruments;
  private final Contracts contracts;
  private final LiquidationTerms terms;
  private final BankruptLots bankrupt;
  private final HouseCash cash;
  private long lots;
  private long valueUnits;
  private long fundUnits;
  private long backstopUnits;
  private long shortfallUnits;

  public Takeover(final Instruments instruments, final Contracts contracts, final LiquidationTerms terms,
      final BankruptLots bankrupt, final HouseCash cash) {
    this.instruments = instruments;
    this.contracts = contracts;
    this.terms = terms;
    this.bankrupt = bankrupt;
    this.cash = cash;
  }

  /** The part of the account's equity that goes with a position, by the maintenance margin it releases; F-16. */
  public static long shareUnits(final long equityUnits, final long releasedUnits, final long maintenanceUnits) {
    return FixedPoint.mulDiv(equityUnits, releasedUnits, maintenanceUnits, Rounding.FLOOR);
  }

  /** What closing at the bankruptcy price is worth, never below zero. */
  public static long closeUnits(final boolean owns, final long markValueUnits, final long shareUnits) {
    return Math.max(0, FixedPoint.add(markValueUnits, owns ? -shareUnits : shareUnits));
  }

  /** Whether a position is worth what its instrument is, as a long, or owes it; of an inverse one the other way. */
  static boolean owns(final Instrument instrument, final long lots) {
    return lots > 0 != instrument.isInverse();
  }

  /** Takes over all of a position that has lots; {@code shareUnits} is its part of the account's equity. */
  public void take(final int position, final int backstopSlot, final long shareUnits, final long timeNs) {
    final int instrumentId = contracts.instrumentId(position);
    final Instrument instrument = instrument(instrumentId);
    final int assetId = instrument.settleAssetId();
    lots = contracts.lots(position);
    final long markUnits = cash.markValueUnits(position);
    valueUnits = closeUnits(owns(instrument, lots), markUnits, shareUnits);
    cash.exchange(position, cash.openPosition(backstopSlot, instrumentId), lots, valueUnits);
    // What the backstop account pays above the mark, or receives below it; a gain stays where it is.
    final long lacking = Math.max(0, owns(instrument, lots) ? valueUnits - markUnits : markUnits - valueUnits);
    fundUnits = terms.fundGrant(instrumentId, lacking, cash.fundUnits(SystemAccount.INSURANCE, assetId), timeNs);
    final long rest = lacking - fundUnits;
    backstopUnits = terms.backstopGrant(instrumentId, rest, cash.fundUnits(SystemAccount.BACKSTOP, assetId));
    shortfallUnits = rest - backstopUnits;
    if (shortfallUnits > 0) {
      // All or nothing: a position that is to be deleveraged costs neither fund anything.
      fundUnits = 0;
      backstopUnits = 0;
      shortfallUnits = lacking;
      bankrupt.add(instrumentId, lots > 0, Math.abs(lots), valueUnits, lacking);
      return;
    }
    pay(SystemAccount.INSURANCE, backstopSlot, assetId, fundUnits);
    pay(SystemAccount.BACKSTOP, backstopSlot, assetId, backstopUnits);
    terms.paid(instrumentId, fundUnits, backstopUnits, timeNs);
  }

  /** All lots of a position of the backstop account itself are bankrupt: nobody takes them over, they wait. */
  public void surrender(final int position, final long shareUnits) {
    final int instrumentId = contracts.instrumentId(position);
    lots = contracts.lots(position);
    valueUnits = closeUnits(owns(instrument(instrumentId), lots), cash.markValueUnits(position), shareUnits);
    bankrupt.add(instrumentId, lots > 0, Math.abs(lots), valueUnits, Math.max(0, -shareUnits));
  }

  private void pay(final SystemAccount from, final int backstopSlot, final int assetId, final long units) {
    if (units > 0) {
      cash.payIn(from, backstopSlot, assetId, units);
    }
  }

  private Instrument instrument(final int instrumentId) {
    final Instrument instrument = instruments.get(instrumentId);
    if (null == instrument) {
      throw new InvariantViolation("position without instrument: " + instrumentId);
    }
    return instrument;
  }

  /** Signed lots taken over. */
  public long lots() {
    return lots;
  }

  /** What they were worth at the bankruptcy price. */
  public long valueUnits() {
    return valueUnits;
  }

  /** What the insurance fund paid. */
  public long fundUnits() {
    return fundUnits;
  }

  /** What the backstop fund paid. */
  public long backstopUnits() {
    return backstopUnits;
  }

  /** What nobody paid: above zero the lots wait to be deleveraged. */
  public long shortfallUnits() {
    return shortfallUnits;
  }
}
