package io.gavel.engine.core;

import io.gavel.codecs.sbe.PoolKind;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.SessionState;
import io.gavel.codecs.sbe.Side;
import io.gavel.codecs.sbe.Signal;
import io.gavel.engine.book.OrderBook;
import io.gavel.engine.condition.Pools;
import io.gavel.engine.condition.SignalView;
import io.gavel.risk.funding.FundingIndex;
import io.gavel.risk.instrument.Instrument;
import io.gavel.risk.money.FixedPoint;
import io.gavel.risk.money.Rounding;

/** What conditions ask of the market: prices that may fire rules, the spread, and what is shown near the touch. */
final class Signals implements SignalView {

  private static final int ONE_BPS = 10_000;

  private final Rooms rooms;
  private final FundingIndex funding;

  Signals(final Rooms rooms) {
    this.rooms = rooms;
    funding = rooms.risk.funding();
  }

  @Override
  public boolean hasInstrument(final int instrumentId) {
    return null != rooms.risk.instrument(instrumentId);
  }

  @Override
  public boolean hasFunding(final int instrumentId) {
    return funding.has(instrumentId);
  }

  @Override
  public long low(final Signal signal, final int instrumentId, final PriceSource source, final long second) {
    return value(signal, instrumentId, source, second, false);
  }

  @Override
  public long high(final Signal signal, final int instrumentId, final PriceSource source, final long second) {
    return value(signal, instrumentId, source, second, true);
  }

  private long value(final Signal signal, final int instrumentId, final PriceSource source, final long second,
      final boolean up) {
    final long value = switch (signal) {
      case PRICE, TRAILING -> PriceSource.POOL == source
          ? poolTicks(instrumentId, second, up) : price(instrumentId, source, up);
      case SPREAD -> spreadTicks(instrumentId);
      case DEPTH -> depthLots(instrumentId, source, (int) second);
      case POOL_RESERVE -> reserveUnits(source, second);
      case FUNDING_RATE -> funding.hasRate(instrumentId) ? funding.rateE10(instrumentId) : -NONE;
      case RISK_SIGNAL -> rooms.riskSignals.isKnown((int) second) ? rooms.riskSignals.value((int) second) : -NONE;
      default -> -NONE;
    };
    return -NONE == value && up ? NONE : value;
  }

  private long price(final int instrumentId, final PriceSource source, final boolean up) {
    if (!rooms.risk.validity().mayFireRules(instrumentId, source)) {
      return -NONE;
    }
    final int ticks = up ? rooms.risk.marks().ceilTicks(instrumentId, source)
        : rooms.risk.marks().floorTicks(instrumentId, source);
    return ticks > 0 ? ticks : -NONE;
  }

  @Override
  public boolean hasPool(final long poolId, final int instrumentId) {
    final int slot = rooms.pools.find(poolId);
    return Pools.NULL_SLOT != slot && instrumentId == rooms.pools.instrumentId(slot);
  }

  @Override
  public int signalSlot(final long account, final int instrumentId, final long signalId) {
    return rooms.riskSignals.find(account, instrumentId, signalId);
  }

  @Override
  public long baseUnits(final int instrumentId, final long lots) {
    final long perLot = rooms.instrument(instrumentId).baseUnitsPerLot();
    return lots > (NONE - 1) / perLot ? NONE - 1 : lots * perLot;
  }

  /** Base of a pool, or with source BID its quote; not known while it holds none. */
  private long reserveUnits(final PriceSource source, final long poolId) {
    final int slot = rooms.pools.find(poolId);
    final long units = Pools.NULL_SLOT == slot ? 0
        : PriceSource.BID == source ? rooms.pools.quoteUnits(slot) : rooms.pools.baseUnits(slot);
    return 0 == units ? -NONE : Math.min(NONE - 1, units);
  }

  /** Quote over base of a constant product; what a stable pool trades at is not so simple, and not known here. */
  private long poolTicks(final int instrumentId, final long poolId, final boolean up) {
    final int slot = rooms.pools.find(poolId);
    if (Pools.NULL_SLOT == slot || 0 == rooms.pools.baseUnits(slot) || 0 == rooms.pools.quoteUnits(slot)
        || PoolKind.CONSTANT_PRODUCT != rooms.pools.kind(slot)) {
      return -NONE;
    }
    final Instrument instrument = rooms.instrument(instrumentId);
    final Rounding rounding = up ? Rounding.UP : Rounding.FLOOR;
    final long quote = rooms.pools.quoteUnits(slot);
    final long base = rooms.pools.baseUnits(slot);
    if (!FixedPoint.mulDivFits(quote, instrument.baseUnitsPerLot(), base, rounding)) {
      return -NONE;
    }
    final long perLot = FixedPoint.mulDiv(quote, instrument.baseUnitsPerLot(), base, rounding);
    final long ticks = FixedPoint.mulDiv(perLot, 1, instrument.quoteUnitsPerTickLot(), rounding);
    return ticks > 0 && ticks < Integer.MAX_VALUE ? ticks : -NONE;
  }

  /** From best bid to best ask as they stood after the last step; not known while a side is empty. */
  private long spreadTicks(final int instrumentId) {
    final long bid = price(instrumentId, PriceSource.BID, false);
    final long ask = price(instrumentId, PriceSource.ASK, false);
    return -NONE == bid || -NONE == ask ? -NONE : ask - bid;
  }

  /** Lots shown on a side from its best price on, as far as {@code bps} of it. */
  private long depthLots(final int instrumentId, final PriceSource source, final int bps) {
    final OrderBook book = rooms.bookOrNull(instrumentId);
    if (null == book || SessionState.CONTINUOUS != rooms.sessions.state(instrumentId)) {
      return -NONE;
    }
    final Side side = PriceSource.BID == source ? Side.BUY : Side.SELL;
    final int best = book.bestShownTicks(side);
    final long reach = (long) best * bps / ONE_BPS;
    long lots = 0;
    for (int ticks = best; 0 != ticks && Math.abs((long) ticks - best) <= reach; ticks = book.nextLevel(side, ticks)) {
      lots = Math.min(NONE - 1, lots + book.shownLots(side, ticks));
    }
    return lots;
  }
}
