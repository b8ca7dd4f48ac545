package io.gavel.risk;

import static io.gavel.risk.TradeFacts.BUYER;
import static io.gavel.risk.TradeFacts.SELLER;
import static io.gavel.risk.TradeFacts.SIDES;

import io.gavel.codecs.InvariantViolation;
import io.gavel.codecs.sbe.PositionSide;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.Side;
import io.gavel.risk.instrument.Instrument;
import io.gavel.risk.instrument.Instruments;
import io.gavel.risk.ledger.Ledger;
import io.gavel.risk.ledger.SystemAccount;
import io.gavel.risk.position.Contracts;
import io.gavel.risk.position.Positions;

/**
 * Undoes a trade, or gives it another price, by entries that compensate for it. First {@link #planBust} or
 * {@link #planAdjust} says whether it can be done and what the parties lack for it, without an effect; then
 * {@link #carryOut} does it, with the missing money from a fund of the house.
 *
 * <p>Where a holding has only been added to since, and would have been without the trade, its lots, cost and realised
 * result become what they were had the trade not happened, or had it had the other price. Where something was closed,
 * what was realised since depends on the trade, so the holding changes as by a trade the other way at the same value,
 * and what has been earned or lost since stays: the sum of money and holding is the same. Funding that was settled in
 * between stays as well. One thread.
 */
public final class TradeReversal {

  private final MarginRooms rooms;
  private final Instruments instruments;
  private final Positions positions;
  private final Contracts contracts;
  private final SpotReversal spot;
  private final ContractReversal contract;
  private Reversal planned;

  /** What either kind of market does for itself; {@code newTicks} 0: the trade is taken back. */
  interface Reversal {
    ReasonCode plan(TradeFacts facts, Instrument instrument, int newTicks, ReversalResult out);

    void carryOut(TradeFacts facts, Instrument instrument, int newTicks, SystemAccount fund, ReversalResult out);
  }

  TradeReversal(final MarginRooms rooms, final Positions positions, final ContractFills fills) {
    this.rooms = rooms;
    this.positions = positions;
    instruments = rooms.instruments;
    contracts = rooms.contracts;
    spot = new SpotReversal(rooms, positions);
    contract = new ContractReversal(rooms, fills);
    planned = spot;
  }

  /** What both holdings are in front of a trade between the two reservations, the first of which sells. */
  public void before(final TradeFacts facts, final int instrumentId, final int seller, final int buyer,
      final PositionSide sellerSide, final PositionSide buyerSide) {
    facts.instrumentId = instrumentId;
    facts.accountSlots[SELLER] = rooms.reservations.accountSlot(seller);
    facts.accountSlots[BUYER] = rooms.reservations.accountSlot(buyer);
    facts.positionSides[SELLER] = sellerSide;
    facts.positionSides[BUYER] = buyerSide;
    for (int side = 0; side < SIDES; side++) {
      final int holding = holding(facts, side);
      facts.lotsChange[side] = lots(facts, holding);
      facts.costChange[side] = cost(facts, holding);
      facts.realisedChange[side] = realised(facts, holding);
    }
  }

  /** The trade has been settled. */
  public void after(final TradeFacts facts, final Side takerSide, final int priceTicks, final long lots,
      final FillSettlement settlement) {
    final boolean takerSells = Side.SELL == takerSide;
    facts.priceTicks = priceTicks;
    facts.lots = lots;
    facts.valueUnits = settlement.notionalUnits;
    facts.feeUnits[SELLER] = takerSells ? settlement.takerFeeUnits : settlement.makerFeeUnits;
    facts.feeUnits[BUYER] = takerSells ? settlement.makerFeeUnits : settlement.takerFeeUnits;
    for (int side = 0; side < SIDES; side++) {
      final int holding = holding(facts, side);
      facts.lotsChange[side] = lots(facts, holding) - facts.lotsChange[side];
      facts.costChange[side] = cost(facts, holding) - facts.costChange[side];
      facts.realisedChange[side] = realised(facts, holding) - facts.realisedChange[side];
      facts.lotsAfter[side] = lots(facts, holding);
      facts.costAfter[side] = cost(facts, holding);
    }
  }

  /** Whether the trade can be taken back; {@code out} says what each side lacks for it. No effect. */
  public ReasonCode planBust(final TradeFacts facts, final ReversalResult out) {
    return plan(facts, 0, out);
  }

  /** Whether the trade can have another price; {@code out} says what each side lacks for it. No effect. */
  public ReasonCode planAdjust(final TradeFacts facts, final int newTicks, final ReversalResult out) {
    if (newTicks == facts.priceTicks) {
      return ReasonCode.AMEND_NOTHING;
    }
    return instrument(facts).notionalFits(newTicks, facts.lots) ? plan(facts, newTicks, out)
        : ReasonCode.NOTIONAL_OVERFLOW;
  }

  private ReasonCode plan(final TradeFacts facts, final int newTicks, final ReversalResult out) {
    final Instrument instrument = instrument(facts);
    out.clear();
    planned = instrument.isContract() ? contract : spot;
    return planned.plan(facts, instrument, newTicks, out);
  }

  /** Does what was planned last; the fund has what is missing. */
  public void carryOut(
      final TradeFacts facts, final int newTicks, final SystemAccount fund, final ReversalResult out) {
    planned.carryOut(facts, instrument(facts), newTicks, fund, out);
  }

  /** What the trade would be worth at another price less what it was worth, in quote or settle units. */
  public long differenceUnits(final TradeFacts facts, final int ticks) {
    return instrument(facts).notionalUnits(ticks, facts.lots) - facts.valueUnits;
  }

  private Instrument instrument(final TradeFacts facts) {
    final Instrument instrument = instruments.get(facts.instrumentId);
    if (null == instrument) {
      throw new InvariantViolation("a trade without an instrument: " + facts.instrumentId);
    }
    return instrument;
  }

  private int holding(final TradeFacts facts, final int side) {
    return instrument(facts).isContract()
        ? contracts.find(facts.accountSlots[side], facts.instrumentId, facts.positionSides[side])
        : positions.find(facts.accountSlots[side], facts.instrumentId);
  }

  private long lots(final TradeFacts facts, final int holding) {
    return instrument(facts).isContract() ? contracts.lots(holding) : positions.lotsAt(holding);
  }

  private long cost(final TradeFacts facts, final int holding) {
    return instrument(facts).isContract() ? contracts.costUnits(holding) : positions.costAt(holding);
  }

  private long realised(final TradeFacts facts, final int holding) {
    return instrument(facts).isContract() ? contracts.realisedUnits(holding) : positions.realisedAt(holding);
  }

  /** What of an amount an account could not pay out of its free balance. */
  static long missingUnits(final Ledger ledger, final int balance, final long netUnits, final long elseUnits) {
    final long lackUnits = -netUnits - ledger.freeUnits(balance) - elseUnits;
    return Math.max(0, lackUnits);
  }
}
