package io.gavel.risk.margin;

import io.gavel.codecs.InvariantViolation;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.risk.funding.FundingIndex;
import io.gavel.risk.funding.LossIndex;
import io.gavel.risk.instrument.Instrument;
import io.gavel.risk.instrument.Instruments;
import io.gavel.risk.mark.Marks;
import io.gavel.risk.money.Rounding;
import io.gavel.risk.position.Contracts;
import org.jspecify.annotations.Nullable;

/**
 * What one position has gained or lost and what it needs, worked out from its mark: {@link #evaluate} fills the answers
 * in units of the reference asset, the other methods answer in the settle asset. Requirements are rounded up, gains
 * down, losses up; what would exceed {@link AccountCollateral#UNITS_MAX} stays at it. A short option needs its rate of
 * what the underlying is worth at the index; its mark is a loss besides. Allocates nothing. One thread.
 */
public final class LegMargin {

  /** Terms may begin or cease to depend on the open interest: no count of other changes reaches up to theirs. */
  private static final int TERMS_SHIFT = 40;

  private final Instruments instruments;
  private final Contracts contracts;
  private final Marks marks;
  private final MarginRegister register;
  private final AccountCollateral collateral;
  private final FundingIndex funding;
  private final LossIndex losses;
  private long lossUnits;
  private long creditLossUnits;
  private long creditProfitUnits;
  private long profitUnits;
  private long initialUnits;
  private long maintenanceUnits;
  private long claimUnits;
  private boolean profitCounts;

  public LegMargin(
      final Instruments instruments, final Contracts contracts, final Marks marks, final MarginRegister register,
      final AccountCollateral collateral, final FundingIndex funding, final LossIndex losses) {
    this.instruments = instruments;
    this.contracts = contracts;
    this.marks = marks;
    this.register = register;
    this.collateral = collateral;
    this.funding = funding;
    this.losses = losses;
  }

  /** Grows with everything that the answers depend on. */
  public long stamp(final int position) {
    final Instrument instrument = instrument(position);
    return contracts.changes(position) + (register.version() << TERMS_SHIFT)
        + collateral.version(instrument.settleAssetId())
        + funding.version(instrument.id()) + losses.version(instrument.id()) + marks.version(instrument.id())
        + marks.version(instrument.indexInstrumentId())
        + (register.isByOpenInterest(instrument.id()) ? contracts.openInterestChanges(instrument.id()) : 0);
  }

  /** Works out the answers below. */
  public void evaluate(final int position) {
    final Instrument instrument = instrument(position);
    final int assetId = instrument.settleAssetId();
    final MarginTerms terms = register.terms(contracts.accountSlot(position), instrument.id());
    profitCounts = null != terms && terms.profitCounts();
    final long gainUnits = gainUnits(position, instrument);
    profitUnits = gainUnits > 0 ? collateral.profitUnits(assetId, gainUnits) : 0;
    lossUnits = gainUnits < 0 ? -collateral.valueUnits(assetId, -gainUnits, Rounding.UP) : 0;
    final long creditUnits = creditGainUnits(position);
    creditProfitUnits = creditUnits > 0 ? collateral.profitUnits(assetId, creditUnits) : 0;
    creditLossUnits = creditUnits < 0 ? -collateral.valueUnits(assetId, -creditUnits, Rounding.UP) : 0;
    claimUnits = collateral.valueUnits(assetId, contracts.orderClaimUnits(position), Rounding.UP);
    final long worst = initialOf(instrument, terms, worstLots(position, instrument), contracts.leverageE2(position));
    initialUnits = Math.min(AccountCollateral.UNITS_MAX,
        collateral.valueUnits(assetId, worst, Rounding.UP) + claimUnits);
    maintenanceUnits = collateral.valueUnits(assetId, maintenanceOf(position), Rounding.UP);
  }

  /** Zero or below. */
  long lossUnits() {
    return lossUnits;
  }

  long profitUnits() {
    return profitUnits;
  }

  /** As {@link #lossUnits}, at a mark that does not help faster than it may (R13). */
  long creditLossUnits() {
    return creditLossUnits;
  }

  long creditProfitUnits() {
    return creditProfitUnits;
  }

  long initialUnits() {
    return initialUnits;
  }

  long maintenanceUnits() {
    return maintenanceUnits;
  }

  long claimUnits() {
    return claimUnits;
  }

  boolean profitCounts() {
    return profitCounts;
  }

  /**
   * What the position has gained or lost at its mark, and in funding and shared losses not yet settled, rounded down,
   * in settle units; of an option its worth.
   */
  public long gainUnits(final int position) {
    return gainUnits(position, instrument(position));
  }

  /** As {@link #gainUnits}, for doing more: a mark that helps counts no more than it may in its interval (R13). */
  public long creditGainUnits(final int position) {
    final Instrument instrument = instrument(position);
    return gainUnits(position, instrument, marks.creditUnits(instrument.id(), contracts.lots(position) > 0));
  }

  private long gainUnits(final int position, final Instrument instrument) {
    return gainUnits(position, instrument, marks.priceUnits(instrument.id(), PriceSource.MARK));
  }

  private long gainUnits(final int position, final Instrument instrument, final long markUnits) {
    final long lots = contracts.lots(position);
    if (0 == lots || 0 == markUnits) {
      return 0;
    }
    final boolean owns = lots > 0 != instrument.isInverse();
    final long worth = valueUnits(instrument, markUnits, Math.abs(lots), owns ? Rounding.DOWN : Rounding.UP);
    final long gain = (owns ? worth : -worth) - (instrument.isOption() ? 0 : contracts.costUnits(position))
        - funding.owedUnits(instrument, lots, contracts.fundingIndex(position)) - losses.owedUnits(position);
    return Math.max(-AccountCollateral.UNITS_MAX, Math.min(AccountCollateral.UNITS_MAX, gain));
  }

  /** What the position needs to stay, in settle units. */
  public long maintenanceOf(final int position) {
    final Instrument instrument = instrument(position);
    final long lots = contracts.lots(position);
    final long needyLots = instrument.isOption() ? Math.max(0, -lots) : Math.abs(lots);
    if (0 == needyLots) {
      return 0;
    }
    final long notionalUnits = notionalUnits(instrument, needyLots);
    final MarginTerms terms = register.terms(contracts.accountSlot(position), instrument.id());
    return null == terms ? notionalUnits : terms.schedule().maintenanceUnits(notionalUnits, needyLots);
  }

  /** What so many lots of an instrument need to be opened at the mark, at a leverage, in settle units. */
  public long initialOf(
      final Instrument instrument, final @Nullable MarginTerms terms, final long lots, final int leverageE2) {
    return 0 == lots ? 0 : initialOf(instrument, terms, notionalUnits(instrument, lots), lots, leverageE2);
  }

  /** As {@link #initialOf}, of a notional that is known. */
  public long initialOf(
      final Instrument instrument, final @Nullable MarginTerms terms, final long notionalUnits, final long lots,
      final int leverageE2) {
    if (null == terms) {
      return notionalUnits;
    }
    final long openInterestLots = contracts.openInterestLots(instrument.id());
    final boolean byInterest = MarginCurve.OPEN_INTEREST == terms.schedule().curve();
    return terms.schedule().initialUnits(
        notionalUnits, lots, byInterest ? notionalUnits(instrument, openInterestLots) : 0, leverageE2);
  }

  /** The most lots the position can have when its open orders of one side are filled, options bought apart. */
  private long worstLots(final int position, final Instrument instrument) {
    final long lots = contracts.lots(position);
    final long afterSales = lots - contracts.openSellLots(position);
    return instrument.isOption() ? Math.max(0, Math.max(-lots, -afterSales))
        : Math.max(Math.abs(lots + contracts.openBuyLots(position)), Math.abs(afterSales));
  }

  /** What so many lots are worth at the mark, those of an option at the index of its underlying; rounded up. */
  public long notionalUnits(final Instrument instrument, final long lots) {
    if (0 == lots) {
      return 0;
    }
    final long priceUnits = instrument.isOption() ? underlyingUnits(instrument)
        : marks.priceUnits(instrument.id(), PriceSource.MARK);
    return priceUnits <= 0 ? AccountCollateral.UNITS_MAX : valueUnits(instrument, priceUnits, lots, Rounding.UP);
  }

  /** The index of a contract's underlying in its own mark units; 0 or below when there is none. */
  public long underlyingUnits(final Instrument instrument) {
    final Instrument index = instruments.get(instrument.indexInstrumentId());
    return null == index ? 0
        : instrument.markUnitsOf(index, marks.priceUnits(index.id(), PriceSource.INDEX));
  }

  private static long valueUnits(
      final Instrument instrument, final long priceUnits, final long lots, final Rounding rounding) {
    return instrument.markValueFits(priceUnits, lots)
        ? Math.min(AccountCollateral.UNITS_MAX, instrument.markValueUnits(priceUnits, lots, rounding))
        : AccountCollateral.UNITS_MAX;
  }

  private Instrument instrument(final int position) {
    final Instrument instrument = instruments.get(contracts.instrumentId(position));
    if (null == instrument) {
      throw new InvariantViolation("position without instrument: " + position);
    }
    return instrument;
  }
}
