package io.gavel.risk;

import static io.gavel.risk.TradeFacts.BUYER;
import static io.gavel.risk.TradeFacts.SELLER;
import static io.gavel.risk.TradeFacts.SIDES;

import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.risk.instrument.Instrument;
import io.gavel.risk.ledger.Debts;
import io.gavel.risk.ledger.Ledger;
import io.gavel.risk.ledger.SystemAccount;
import io.gavel.risk.position.Positions;

/** Undoes a trade in spot: base and quote go back, fees and rebates too; or the difference of two prices is paid. */
final class SpotReversal implements TradeReversal.Reversal {

  private final Ledger ledger;
  private final Debts debts;
  private final Positions positions;
  private final int[] quote = new int[SIDES];
  private final int[] base = new int[SIDES];

  SpotReversal(final MarginRooms rooms, final Positions positions) {
    this.positions = positions;
    ledger = rooms.ledger;
    debts = rooms.debts;
  }

  @Override
  public ReasonCode plan(final TradeFacts facts, final Instrument instrument, final int newTicks,
      final ReversalResult out) {
    for (int side = 0; side < SIDES; side++) {
      quote[side] = ledger.find(facts.accountSlots[side], instrument.quoteAssetId());
      base[side] = ledger.find(facts.accountSlots[side], instrument.baseAssetId());
    }
    final long differenceUnits =
        0 == newTicks ? -facts.valueUnits : instrument.notionalUnits(newTicks, facts.lots) - facts.valueUnits;
    out.quoteUnits[SELLER] = differenceUnits;
    out.quoteUnits[BUYER] = -differenceUnits;
    if (0 == newTicks) {
      out.baseUnits[SELLER] = instrument.baseUnits(facts.lots);
      out.baseUnits[BUYER] = -out.baseUnits[SELLER];
      out.lots[SELLER] = facts.lots;
      out.lots[BUYER] = -facts.lots;
    }
    final boolean oneAccount = facts.accountSlots[SELLER] == facts.accountSlots[BUYER];
    for (int side = 0; side < SIDES; side++) {
      out.feeUnits[side] = 0 == newTicks ? facts.feeUnits[side] : 0;
      final long feeQuoteUnits = instrument.feeInBase() ? 0 : out.feeUnits[side];
      out.missingUnits[side] = TradeReversal.missingUnits(
          ledger, quote[side], feeQuoteUnits + (oneAccount ? 0 : out.quoteUnits[side]), 0);
      out.missingBaseUnits[side] = TradeReversal.missingUnits(
          ledger, base[side], out.feeUnits[side] - feeQuoteUnits + (oneAccount ? 0 : out.baseUnits[side]), 0);
      out.exact[side] = isExact(facts, side);
    }
    return ReasonCode.OK;
  }

  private boolean isExact(final TradeFacts facts, final int side) {
    final int position = positions.find(facts.accountSlots[side], facts.instrumentId);
    return facts.independent[side] && positions.lotsAt(position) == facts.lotsNow[side]
        && positions.costAt(position) == facts.costNow[side];
  }

  @Override
  public void carryOut(final TradeFacts facts, final Instrument instrument, final int newTicks,
      final SystemAccount fund, final ReversalResult out) {
    final int feeAssetId = instrument.feeAssetId();
    for (int side = 0; side < SIDES; side++) {
      ledger.payIn(quote[side], instrument.quoteAssetId(), fund, out.missingUnits[side]);
      ledger.payIn(base[side], instrument.baseAssetId(), fund, out.missingBaseUnits[side]);
      ledger.rebate(feeBalance(instrument, side), feeAssetId, Math.max(0, out.feeUnits[side]));
    }
    final long differenceUnits = out.quoteUnits[BUYER];
    final int payer = differenceUnits > 0 ? SELLER : BUYER;
    move(quote[payer], quote[1 - payer], instrument.quoteAssetId(), Math.abs(differenceUnits));
    move(base[BUYER], base[SELLER], instrument.baseAssetId(), out.baseUnits[SELLER]);
    for (int side = 0; side < SIDES; side++) {
      ledger.chargeFree(feeBalance(instrument, side), feeAssetId, Math.max(0, -out.feeUnits[side]));
      debts.repay(feeBalance(instrument, side), feeAssetId, Math.max(0, out.feeUnits[side]));
      keepFigures(facts, side, newTicks, out);
    }
  }

  private int feeBalance(final Instrument instrument, final int side) {
    return instrument.feeInBase() ? base[side] : quote[side];
  }

  private void move(final int from, final int to, final int assetId, final long units) {
    ledger.hold(from, units);
    ledger.payHeld(from, to, units);
    if (from != to) {
      debts.repay(to, assetId, units);
    }
  }

  private void keepFigures(final TradeFacts facts, final int side, final int newTicks, final ReversalResult out) {
    final int position = positions.find(facts.accountSlots[side], facts.instrumentId);
    final long before = positions.realisedAt(position);
    positions.addFee(position, -out.feeUnits[side]);
    if (0 != newTicks) {
      final boolean opened = BUYER == side && out.exact[side];
      final long gainUnits = SELLER == side && 0 == facts.lotsChange[side] ? 0 : out.quoteUnits[side];
      positions.correct(position, 0, opened ? -gainUnits : 0, opened ? 0 : gainUnits);
    } else if (out.exact[side]) {
      positions.correct(position, -facts.lotsChange[side], -facts.costChange[side], -facts.realisedChange[side]);
    } else if (SELLER == side) {
      positions.add(position, facts.lots, facts.valueUnits);
    } else {
      positions.sell(position, facts.lots, facts.valueUnits);
    }
    out.realisedUnits[side] = positions.realisedAt(position) - before;
  }
}
