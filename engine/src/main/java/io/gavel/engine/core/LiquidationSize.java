package io.gavel.engine.core;

import io.gavel.codecs.sbe.MarginMode;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.ReductionPolicy;
import io.gavel.codecs.sbe.Side;
import io.gavel.engine.book.OrderBook;
import io.gavel.risk.RiskEngine;
import io.gavel.risk.instrument.Instrument;
import io.gavel.risk.liquidation.LiquidationPlan;
import io.gavel.risk.liquidation.LiquidationTerms;
import io.gavel.risk.margin.MarginTerms;
import io.gavel.risk.money.FixedPoint;
import io.gavel.risk.money.Rounding;
import io.gavel.risk.position.Contracts;

/**
 * How many lots the next liquidation order closes, and at which limit: what the policy of the instrument wants, as far
 * as its share of the position and of the lots that others show within the collar allow. Changes nothing.
 */
final class LiquidationSize {

  /** Levels of the book that are looked at for visible lots: nearer ones come first, so farther ones only add. */
  private static final int LEVELS_MAX = 64;
  private static final long ONE_E8 = 100_000_000;

  private final Rooms rooms;
  private final RiskEngine risk;
  private final Contracts contracts;
  private final LiquidationTerms terms;
  private long depthLots;

  LiquidationSize(final Rooms rooms) {
    this.rooms = rooms;
    risk = rooms.risk;
    contracts = rooms.risk.contracts();
    terms = rooms.liquidationTerms;
  }

  /** The worst price of an order that closes: the collar, rounded towards the mark. */
  int limitTicks(final int position) {
    final int instrumentId = contracts.instrumentId(position);
    return LiquidationPlan.limitTicks(contracts.lots(position) > 0 ? Side.SELL : Side.BUY,
        risk.marks().priceUnits(instrumentId, PriceSource.MARK),
        rooms.instrument(instrumentId).markUnitsPerTick(), terms.collarBps(instrumentId));
  }

  /** Lots that an order may close now; 0: others show too little within the collar. */
  long lots(final int position) {
    final int instrumentId = contracts.instrumentId(position);
    final long wanted = wantedLots(position);
    return LiquidationPlan.orderLots(Math.abs(contracts.lots(position)), wanted, terms.partialBps(instrumentId),
        depthLots, terms.depthShareBps(instrumentId));
  }

  /** What the policy wants; on the way the lots within the collar are added up. */
  private long wantedLots(final int position) {
    final int instrumentId = contracts.instrumentId(position);
    final long lots = Math.abs(contracts.lots(position));
    final int accountSlot = contracts.accountSlot(position);
    final MarginTerms margin = risk.marginRegister().terms(accountSlot, instrumentId);
    final ReductionPolicy reduction = terms.reduction(instrumentId);
    // A portfolio's requirement is not the sum of its positions': there is no telling what a lot less frees.
    final boolean byShare = ReductionPolicy.SHARE == reduction || null == margin
        || MarginMode.PORTFOLIO == risk.accountModes().margin(accountSlot);
    final boolean byShortage = ReductionPolicy.SHORTAGE == reduction && !byShare;
    final Instrument instrument = rooms.instrument(instrumentId);
    final long notionalUnits = risk.legMargin().notionalUnits(instrument, lots);
    long wanted = byShare || null == margin ? lots
        : LiquidationPlan.lotsToLowerTier(margin.schedule(), lots, notionalUnits);
    final OrderBook book = rooms.book(instrumentId);
    final Side takenFrom = contracts.lots(position) > 0 ? Side.BUY : Side.SELL;
    final int limitTicks = limitTicks(position);
    final long backingUnits = byShortage ? risk.legMargin().maintenanceOf(position) - shortageUnits(position) : 0;
    boolean isFound = false;
    depthLots = 0;
    int ticks = book.bestShownTicks(takenFrom);
    for (int level = 0; level < LEVELS_MAX && 0 != ticks; level++) {
      if (Side.BUY == takenFrom ? ticks < limitTicks : ticks > limitTicks) {
        break;
      }
      depthLots = FixedPoint.addSaturating(depthLots, book.shownLots(takenFrom, ticks));
      if (byShortage && null != margin && !isFound) {
        wanted = LiquidationPlan.lotsToRestore(
            margin.schedule(), lots, notionalUnits, backingUnits, 0, costE8(instrument, takenFrom, ticks));
        isFound = wanted <= depthLots;
      }
      ticks = book.nextLevel(takenFrom, ticks);
    }
    return wanted;
  }

  /** What the account lacks, or the isolated position, in settle units rounded up. */
  private long shortageUnits(final int position) {
    final int accountSlot = contracts.accountSlot(position);
    if (MarginMode.ISOLATED == risk.accountModes().margin(accountSlot)) {
      return risk.legMargin().maintenanceOf(position) - contracts.marginUnits(position)
          - risk.legMargin().gainUnits(position);
    }
    final long shortage = FixedPoint.addSaturating(
        risk.marginBook().maintenanceUnits(accountSlot), -risk.marginBook().equityUnits(accountSlot));
    final int assetId = rooms.instrument(contracts.instrumentId(position)).settleAssetId();
    if (assetId == risk.collateral().referenceAssetId() || shortage <= 0) {
      return shortage;
    }
    // As much of the asset as what it needs now is worth in the reference, in proportion.
    final long worth = Math.max(1, risk.legMargin().maintenanceOf(position));
    final long reference = Math.max(1, risk.collateral().valueUnits(assetId, worth, Rounding.DOWN));
    return FixedPoint.mulDivFits(shortage, worth, reference, Rounding.UP)
        ? FixedPoint.mulDiv(shortage, worth, reference, Rounding.UP) : Long.MAX_VALUE / 2;
  }

  /** What closing at a price costs of the notional, in 10^-8: the fee, and how much worse than the mark it is. */
  private long costE8(final Instrument instrument, final Side takenFrom, final int ticks) {
    final long markUnits = risk.marks().priceUnits(instrument.id(), PriceSource.MARK);
    final long priceUnits = ticks * (long) instrument.markUnitsPerTick();
    final long baseUnits = instrument.isOption() ? Math.max(1, risk.legMargin().underlyingUnits(instrument))
        : Math.max(1, instrument.isInverse() ? Math.min(markUnits, priceUnits) : markUnits);
    final long gapUnits = Math.max(0, Side.BUY == takenFrom ? markUnits - priceUnits : priceUnits - markUnits);
    final long gapE8 = FixedPoint.mulDivFits(gapUnits, ONE_E8, baseUnits, Rounding.UP)
        ? FixedPoint.mulDiv(gapUnits, ONE_E8, baseUnits, Rounding.UP) : ONE_E8;
    return Math.min(ONE_E8, gapE8) + Math.max(0, instrument.takerFeeE8())
        + FillInsurance.feeE8(terms, instrument.id());
  }
}
