package io.gavel.risk;

import io.gavel.codecs.sbe.PositionSide;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.Side;
import io.gavel.risk.fee.CumulativeFee;
import io.gavel.risk.instrument.Instrument;
import io.gavel.risk.instrument.Instruments;
import io.gavel.risk.ledger.Accounts;
import io.gavel.risk.limit.CoolingOff;
import io.gavel.risk.limit.Exposures;
import io.gavel.risk.limit.RiskAsk;
import io.gavel.risk.limit.RiskTable;

/**
 * {@link Settlement} behind the risk table: what takes new risk is asked about before its money is set aside, and open
 * lots are counted while a row needs them. What only reduces is never asked about. A house without rows and without
 * pauses pays one branch a call.
 */
final class LimitedSettlement {

  private final Settlement settlement;
  private final Reservations reservations;
  private final Instruments instruments;
  private final Accounts accounts;
  private final RiskTable table;
  private final CoolingOff cooling;
  private final Exposures exposures;
  private final RiskAsk ask = new RiskAsk();
  private boolean counting;
  private long nowNs;

  LimitedSettlement(final Settlement settlement, final Reservations reservations, final Instruments instruments,
      final Accounts accounts, final RiskTable table, final CoolingOff cooling, final Exposures exposures) {
    this.settlement = settlement;
    this.reservations = reservations;
    this.instruments = instruments;
    this.accounts = accounts;
    this.table = table;
    this.cooling = cooling;
    this.exposures = exposures;
  }

  void now(final long timeNs) {
    nowNs = timeNs;
    table.now(timeNs);
  }

  /** When what the last refusal by a pause or a halt said is over. */
  long untilTimeNs() {
    return ask.untilTimeNs;
  }

  ReasonCode reserve(final OrderRequest request) {
    if (!(table.isOn() || cooling.isOn() || counting)) {
      return settlement.reserve(request);
    }
    count();
    if (mayTakeRisk(request)) {
      request.reservation = RiskEngine.NULL_RESERVATION;
      final ReasonCode limit = check(request);
      if (ReasonCode.OK != limit) {
        return limit;
      }
    }
    final ReasonCode code = settlement.reserve(request);
    if (ReasonCode.OK == code && counting) {
      countOpen(request.reservation, openLots(request.reservation));
    }
    return code;
  }

  /** In spot a purchase. In a contract what is not told to reduce, and is not the closing side of hedge mode. */
  private boolean mayTakeRisk(final OrderRequest request) {
    final Instrument instrument = instruments.get(request.instrumentId);
    if (null == instrument || !instrument.isContract()) {
      return Side.BUY == request.side;
    }
    return !request.reduceOnly
        && (Side.SELL == request.side ? PositionSide.LONG : PositionSide.SHORT) != request.positionSide;
  }

  private ReasonCode check(final OrderRequest request) {
    final int accountSlot = accounts.slotOf(request.account);
    final Instrument instrument = instruments.get(request.instrumentId);
    if (Accounts.NULL_SLOT == accountSlot || null == instrument) {
      return ReasonCode.OK;
    }
    ask.lots = 0 == request.quoteAmountUnits ? request.quantityLots : affordableLots(request, instrument);
    ask.replacedLots = 0;
    ask.priceTicks = request.effectiveLimitTicks;
    return check(accountSlot, instrument.id(), request.side);
  }

  /** What a quote amount buys at most, where the best price is all of the book's. */
  private static long affordableLots(final OrderRequest request, final Instrument instrument) {
    final long budgetUnits =
        CumulativeFee.tradableUnits(OrderAmounts.feeE8(instrument, false), request.quoteAmountUnits);
    final int ticks = Math.max(1, request.bestTicks);
    return instrument.notionalFits(ticks, 1) ? budgetUnits / instrument.notionalUnits(ticks, 1) : 0;
  }

  /** An order that can only close what is there already is not asked about, whatever it says of itself. */
  private ReasonCode check(final int accountSlot, final int instrumentId, final Side side) {
    if (exposures.isContract(instrumentId)
        && exposures.worstLots(accountSlot, instrumentId, side) + ask.lots - ask.replacedLots <= 0) {
      return ReasonCode.OK;
    }
    final ReasonCode pause = checkPause(accountSlot);
    if (ReasonCode.OK != pause || !table.isOn()) {
      return pause;
    }
    ask.accountSlot = accountSlot;
    ask.instrumentId = instrumentId;
    ask.side = side;
    return table.check(ask);
  }

  /** Whether the account may take new risk at all. */
  ReasonCode checkPause(final int accountSlot) {
    final long untilTimeNs = cooling.untilNs(accountSlot);
    if (untilTimeNs <= nowNs) {
      return ReasonCode.OK;
    }
    ask.untilTimeNs = untilTimeNs;
    ask.row = 0;
    return ReasonCode.COOLING_OFF;
  }

  ReasonCode resize(final int reservation, final int newLimitTicks, final long newOpenLots) {
    if (table.isOn() || cooling.isOn() || counting) {
      count();
      final boolean contract = reservations.isContract(reservation);
      if (contract ? !reservations.isReduceOnly(reservation) : !reservations.sells(reservation)) {
        ask.lots = newOpenLots;
        ask.replacedLots = openLots(reservation);
        ask.priceTicks = newLimitTicks;
        final ReasonCode limit = newOpenLots > ask.replacedLots
            ? check(reservations.accountSlot(reservation), reservations.instrumentId(reservation),
                reservations.sells(reservation) ? Side.SELL : Side.BUY)
            : checkPause(reservations.accountSlot(reservation));
        if (ReasonCode.OK != limit) {
          return limit;
        }
      }
    }
    return restore(reservation, newLimitTicks, newOpenLots);
  }

  /** As {@link #resize}, back to what it was: no limit is asked. */
  ReasonCode restore(final int reservation, final int limitTicks, final long openLots) {
    if (!counting) {
      return settlement.resize(reservation, limitTicks, openLots);
    }
    final long before = openLots(reservation);
    final ReasonCode code = settlement.resize(reservation, limitTicks, openLots);
    if (ReasonCode.OK == code) {
      countOpen(reservation, openLots - before);
    }
    return code;
  }

  void settleFill(final int makerReservation, final int takerReservation, final int instrumentId,
      final Side takerSide, final int priceTicks, final long lots, final FillSettlement out) {
    settlement.settleFill(makerReservation, takerReservation, instrumentId, takerSide, priceTicks, lots, out);
    if (counting) {
      countFilled(makerReservation, lots);
      countFilled(takerReservation, lots);
    }
  }

  /** A buy by quote amount never counted as open lots. */
  private void countFilled(final int reservation, final long lots) {
    if (reservations.sells(reservation) || 0 != reservations.limitTicks(reservation)) {
      countOpen(reservation, -lots);
    }
  }

  void reduce(final int reservation, final long newOpenLots) {
    if (counting) {
      countOpen(reservation, newOpenLots - openLots(reservation));
    }
    settlement.reduce(reservation, newOpenLots);
  }

  void release(final int reservation) {
    if (counting) {
      countOpen(reservation, -openLots(reservation));
    }
    settlement.release(reservation);
  }

  private void countOpen(final int reservation, final long changeLots) {
    if (!reservations.isContract(reservation)) {
      exposures.open(reservations.position(reservation), reservations.sells(reservation), changeLots);
    }
  }

  private long openLots(final int reservation) {
    final Instrument instrument = instruments.get(reservations.instrumentId(reservation));
    final int limitTicks = reservations.limitTicks(reservation);
    if (reservations.isContract(reservation)) {
      return reservations.openUnits(reservation);
    }
    if (null == instrument || (0 == limitTicks && !reservations.sells(reservation))) {
      return 0;
    }
    return reservations.openUnits(reservation) / (reservations.sells(reservation)
        ? instrument.baseUnitsPerLot() : instrument.notionalUnits(limitTicks, 1));
  }

  /** Begins to count, or stops to, when the rows changed: what is open now is found in the reservations. */
  private void count() {
    if (counting == table.countsOpenLots()) {
      return;
    }
    counting = table.countsOpenLots();
    exposures.clear();
    for (int reservation = 0; counting && reservation < reservations.capacity(); reservation++) {
      if (reservations.isOpen(reservation)) {
        countOpen(reservation, openLots(reservation));
      }
    }
  }
}
