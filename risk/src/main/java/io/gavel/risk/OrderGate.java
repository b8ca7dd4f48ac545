package io.gavel.risk;

import io.gavel.codecs.sbe.PositionSide;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.Side;
import io.gavel.risk.fee.CumulativeFee;
import io.gavel.risk.instrument.Instrument;
import io.gavel.risk.instrument.Instruments;
import io.gavel.risk.ledger.Accounts;
import io.gavel.risk.limit.HaltModes;
import io.gavel.risk.limit.Halts;
import io.gavel.risk.limit.OrderLimits;
import io.gavel.risk.mark.Marks;

/** The ladder an order climbs before its money is looked at: who, where, whether at all, how much, at what price. */
final class OrderGate {

  private final Instruments instruments;
  private final Accounts accounts;
  private final Halts halts;
  private final HaltModes haltModes;
  private final Marks marks;

  OrderGate(final Instruments instruments, final Accounts accounts, final Halts halts, final HaltModes haltModes,
      final Marks marks) {
    this.instruments = instruments;
    this.accounts = accounts;
    this.halts = halts;
    this.haltModes = haltModes;
    this.marks = marks;
  }

  /** Whether the order would be let in, funds aside. No effect but on the request, whose results it works out. */
  ReasonCode check(final OrderRequest request) {
    final int accountSlot = accounts.slotOf(request.account);
    return Accounts.NULL_SLOT == accountSlot ? ReasonCode.UNKNOWN_ACCOUNT : check(request, accountSlot);
  }

  /** As {@link #check(OrderRequest)}, for an account that is known. */
  ReasonCode check(final OrderRequest request, final int accountSlot) {
    final Instrument instrument = instruments.get(request.instrumentId);
    if (null == instrument) {
      return ReasonCode.UNKNOWN_INSTRUMENT;
    }
    if (instrument.isContract() ? request.quoteAmountUnits > 0 : PositionSide.NET != request.positionSide) {
      return instrument.isContract() ? ReasonCode.SIZE_AMBIGUOUS : ReasonCode.ACCOUNT_MODE_WRONG;
    }
    final ReasonCode halt = halts.reason(accountSlot, instrument.id());
    if (ReasonCode.OK != halt) {
      return halt;
    }
    final ReasonCode mode = haltModes.reason(accountSlot, instrument.id(),
        instrument.isContract() ? request.reduceOnly : Side.SELL == request.side);
    if (ReasonCode.OK != mode) {
      return mode;
    }
    if (request.newRisk && halts.isDegraded()) {
      return ReasonCode.DEGRADED;
    }
    final ReasonCode size = checkSizeFields(request);
    if (ReasonCode.OK != size) {
      return size;
    }
    final ReasonCode price = resolvePrice(request, instrument);
    if (ReasonCode.OK != price) {
      return price;
    }
    return 0 == request.quoteAmountUnits ? checkLots(request, instrument) : checkQuoteAmount(request, instrument);
  }

  /** Whether an account may take new risk in an instrument, or make its risk smaller, apart from any order. */
  ReasonCode mayTrade(final int accountSlot, final int instrumentId, final boolean newRisk) {
    if (null == instruments.get(instrumentId)) {
      return ReasonCode.UNKNOWN_INSTRUMENT;
    }
    final ReasonCode halt = halts.reason(accountSlot, instrumentId);
    if (ReasonCode.OK != halt) {
      return halt;
    }
    final ReasonCode mode = haltModes.reason(accountSlot, instrumentId, !newRisk);
    return ReasonCode.OK == mode && newRisk && halts.isDegraded() ? ReasonCode.DEGRADED : mode;
  }

  private static ReasonCode checkSizeFields(final OrderRequest request) {
    final long lots = request.quantityLots;
    final long quoteUnits = request.quoteAmountUnits;
    if (lots < 0 || quoteUnits < 0 || 0 == (lots | quoteUnits)) {
      return ReasonCode.SIZE_NOT_POSITIVE;
    }
    if (0 == quoteUnits) {
      return ReasonCode.OK;
    }
    return 0 == lots && request.market && Side.SELL != request.side ? ReasonCode.OK : ReasonCode.SIZE_AMBIGUOUS;
  }

  private ReasonCode resolvePrice(final OrderRequest request, final Instrument instrument) {
    if (!request.market) {
      if (request.limitPriceTicks <= 0) {
        return ReasonCode.PRICE_NOT_POSITIVE;
      }
      request.effectiveLimitTicks = request.limitPriceTicks;
      return 0 == instrument.collarBps()
          ? ReasonCode.OK
          : OrderLimits.checkCollar(instrument, request.limitPriceTicks, marks.referenceTicks(instrument.id()));
    }
    if (0 != request.limitPriceTicks) {
      return ReasonCode.PRICE_NOT_ALLOWED;
    }
    final int protectionBps = 0 == request.protectionBps ? instrument.protectionBps() : request.protectionBps;
    if (protectionBps < 0 || protectionBps > Instruments.PROTECTION_BPS_MAX) {
      return ReasonCode.PROTECTION_OUT_OF_RANGE;
    }
    final int referenceTicks = marks.referenceTicks(instrument.id());
    if (0 == referenceTicks) {
      return ReasonCode.NO_REFERENCE_PRICE;
    }
    request.effectiveLimitTicks = OrderLimits.protectionTicks(instrument, request.side, protectionBps, referenceTicks);
    return ReasonCode.OK;
  }

  private ReasonCode checkLots(final OrderRequest request, final Instrument instrument) {
    request.notionalBudgetUnits = Long.MAX_VALUE;
    final long lots = request.quantityLots;
    final ReasonCode size = OrderLimits.checkSize(instrument, lots, request.newRisk);
    if (ReasonCode.OK != size) {
      return size;
    }
    final int priceTicks = request.market ? marks.referenceTicks(instrument.id()) : request.limitPriceTicks;
    if (!instrument.notionalFits(priceTicks, lots) || !OrderAmounts.openFits(request, instrument)) {
      return ReasonCode.NOTIONAL_OVERFLOW;
    }
    return OrderLimits.checkNotional(instrument, instrument.notionalUnits(priceTicks, lots), request.newRisk);
  }

  private static ReasonCode checkQuoteAmount(final OrderRequest request, final Instrument instrument) {
    request.notionalBudgetUnits =
        CumulativeFee.tradableUnits(OrderAmounts.feeE8(instrument, false), request.quoteAmountUnits);
    if (0 == request.notionalBudgetUnits) {
      return ReasonCode.NOTIONAL_BELOW_MIN;
    }
    return OrderLimits.checkNotional(instrument, request.quoteAmountUnits, request.newRisk);
  }
}
