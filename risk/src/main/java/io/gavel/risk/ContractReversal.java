package io.gavel.risk;

import static io.gavel.risk.TradeFacts.SELLER;
import static io.gavel.risk.TradeFacts.SIDES;

import io.gavel.codecs.sbe.MarginMode;
import io.gavel.codecs.sbe.PositionSide;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.risk.instrument.Instrument;
import io.gavel.risk.ledger.Debts;
import io.gavel.risk.ledger.Ledger;
import io.gavel.risk.ledger.SystemAccount;
import io.gavel.risk.position.Contracts;

/**
 * Undoes a trade in a contract: the lots are traded back at the value they had, then cost and result are corrected to
 * what they were without it; both sides against CLEARING. Another price changes the cost of what was opened, and is
 * paid for what was closed; the premium of an option is paid in any case.
 */
final class ContractReversal implements TradeReversal.Reversal {

  private final MarginRooms rooms;
  private final Ledger ledger;
  private final Debts debts;
  private final Contracts contracts;
  private final ContractFills fills;

  ContractReversal(final MarginRooms rooms, final ContractFills fills) {
    this.rooms = rooms;
    this.fills = fills;
    ledger = rooms.ledger;
    debts = rooms.debts;
    contracts = rooms.contracts;
  }

  @Override
  public ReasonCode plan(final TradeFacts facts, final Instrument instrument, final int newTicks,
      final ReversalResult out) {
    for (int side = 0; side < SIDES; side++) {
      final int position =
          contracts.find(facts.accountSlots[side], facts.instrumentId, facts.positionSides[side]);
      out.positions[side] = position;
      if (0 == newTicks) {
        out.lots[side] = SELLER == side ? facts.lots : -facts.lots;
        if (!fitsSide(position, contracts.lots(position) + out.lots[side])) {
          return ReasonCode.REMEDY_NOT_COVERED;
        }
        planBust(facts, instrument, side, out);
      } else {
        planAdjust(facts, instrument, newTicks, side, out);
      }
      final boolean isolated = MarginMode.ISOLATED == rooms.modes.margin(facts.accountSlots[side]);
      out.missingUnits[side] = TradeReversal.missingUnits(ledger, balance(facts, instrument, side),
          out.quoteUnits[side] + out.feeUnits[side], isolated ? contracts.marginUnits(position) : 0);
    }
    return ReasonCode.OK;
  }

  /** A position of hedge mode has one side only, whatever happened to it since. */
  private boolean fitsSide(final int position, final long lots) {
    final PositionSide side = contracts.side(position);
    return PositionSide.LONG == side ? lots >= 0 : PositionSide.SHORT != side || lots <= 0;
  }

  private void planBust(final TradeFacts facts, final Instrument instrument, final int side,
      final ReversalResult out) {
    final int position = out.positions[side];
    out.feeUnits[side] = facts.feeUnits[side];
    out.exact[side] = isExact(facts, side, position);
    out.realisedUnits[side] = out.exact[side] ? -facts.realisedChange[side]
        : contracts.realisedBy(position, out.lots[side], facts.valueUnits);
    out.quoteUnits[side] = !instrument.isOption() ? out.realisedUnits[side]
        : SELLER == side ? -facts.valueUnits : facts.valueUnits;
  }

  private void planAdjust(final TradeFacts facts, final Instrument instrument, final int newTicks, final int side,
      final ReversalResult out) {
    final int position = out.positions[side];
    final long gainUnits = gainUnits(facts, instrument, newTicks, side);
    out.exact[side] = isExact(facts, side, position);
    final boolean opened = opened(facts, side, out);
    out.realisedUnits[side] = opened ? 0 : gainUnits;
    out.quoteUnits[side] = opened && !instrument.isOption() ? 0 : gainUnits;
  }

  /** Whether the trade only opened, and what it opened is there still: its cost is what the price has made it. */
  private static boolean opened(final TradeFacts facts, final int side, final ReversalResult out) {
    final long oldLots = facts.lotsAfter[side] - facts.lotsChange[side];
    return out.exact[side] && (0 == oldLots || (SELLER == side) == (oldLots < 0));
  }

  /** What a side is better off by the other price: of a linear contract the seller by a higher one. */
  private static long gainUnits(final TradeFacts facts, final Instrument instrument, final int newTicks,
      final int side) {
    final long differenceUnits = instrument.valueUnits(newTicks, facts.lots) - facts.valueUnits;
    return SELLER == side != instrument.isInverse() ? differenceUnits : -differenceUnits;
  }

  private boolean isExact(final TradeFacts facts, final int side, final int position) {
    return facts.independent[side] && contracts.lots(position) == facts.lotsNow[side]
        && contracts.costUnits(position) == facts.costNow[side];
  }

  private int balance(final TradeFacts facts, final Instrument instrument, final int side) {
    return ledger.open(facts.accountSlots[side], instrument.settleAssetId());
  }

  @Override
  public void carryOut(final TradeFacts facts, final Instrument instrument, final int newTicks,
      final SystemAccount fund, final ReversalResult out) {
    for (int side = 0; side < SIDES; side++) {
      final int balance = balance(facts, instrument, side);
      ledger.payIn(balance, instrument.settleAssetId(), fund, out.missingUnits[side]);
      fills.touch(out.positions[side]);
      if (0 == newTicks) {
        bust(facts, instrument, side, balance, out);
      } else {
        final int position = out.positions[side];
        move(balance, instrument, SystemAccount.CLEARING, out.quoteUnits[side]);
        final long gainUnits = gainUnits(facts, instrument, newTicks, side);
        contracts.correct(position, opened(facts, side, out) ? -gainUnits : 0, out.realisedUnits[side]);
      }
    }
    fills.requireZeroSum(instrument);
  }

  private void bust(final TradeFacts facts, final Instrument instrument, final int side, final int balance,
      final ReversalResult out) {
    final int position = out.positions[side];
    final long realisedBefore = contracts.realisedUnits(position);
    final long costUnits = contracts.costUnits(position) - facts.costChange[side];
    move(balance, instrument, SystemAccount.FEES, out.feeUnits[side]);
    contracts.addFee(position, -out.feeUnits[side]);
    final long tradedUnits = contracts.realisedBy(position, out.lots[side], facts.valueUnits);
    if (out.exact[side] && !instrument.isOption()) {
      move(balance, instrument, SystemAccount.CLEARING, out.realisedUnits[side] - tradedUnits);
    }
    fills.trade(position, balance, instrument, out.lots[side], facts.valueUnits);
    if (out.exact[side]) {
      contracts.correct(position, costUnits - contracts.costUnits(position),
          realisedBefore + out.realisedUnits[side] - contracts.realisedUnits(position));
    }
  }

  private void move(final int balance, final Instrument instrument, final SystemAccount house, final long units) {
    if (units >= 0) {
      debts.receive(balance, instrument.settleAssetId(), house, units);
    } else {
      debts.pay(balance, instrument.settleAssetId(), house, -units);
    }
  }
}
