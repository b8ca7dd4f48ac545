package io.gavel.risk;

import io.gavel.codecs.sbe.Side;
import io.gavel.risk.fee.CumulativeFee;
import io.gavel.risk.instrument.Instrument;

/** What a request comes to in units of the asset that is held: base for a sale, quote for a purchase. */
final class OrderAmounts {

  private OrderAmounts() {
  }

  /** The rate a hold has to cover: none when the fee comes out of the proceeds. */
  static int feeE8(final Instrument instrument, final boolean sells) {
    return sells == instrument.feeInBase()
        ? CumulativeFee.worstE8(instrument.makerFeeE8(), instrument.takerFeeE8()) : 0;
  }

  static long openUnits(final OrderRequest request, final Instrument instrument) {
    return Side.SELL == request.side
        ? instrument.baseUnits(request.quantityLots)
        : instrument.notionalUnits(request.effectiveLimitTicks, request.quantityLots);
  }

  /** Whether the lots, at the worst price and with the worst fee, are amounts that fit a long on both sides. */
  static boolean openFits(final OrderRequest request, final Instrument instrument) {
    if (!instrument.baseFits(request.quantityLots)) {
      return false;
    }
    final boolean sells = Side.SELL == request.side;
    if (!sells && !instrument.notionalFits(request.effectiveLimitTicks, request.quantityLots)) {
      return false;
    }
    final long openUnits = openUnits(request, instrument);
    return CumulativeFee.TOO_LARGE != CumulativeFee.withCoverUnits(feeE8(instrument, sells), openUnits, 0);
  }
}
