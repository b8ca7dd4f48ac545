package io.gavel.engine.core;

import io.gavel.codecs.SnapshotSink;
import io.gavel.codecs.SnapshotSource;
import io.gavel.codecs.StateOwner;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.Side;
import io.gavel.engine.algo.MarketView;
import io.gavel.engine.book.OrderBook;
import io.gavel.risk.mark.Marks;
import io.gavel.risk.money.FixedPoint;

/**
 * What a parent order sees of the market. Volume is counted only while somebody takes a share of it, from 0 on, since
 * only differences matter; a print of the tape counts as much as a trade in the book.
 */
final class AlgoMarket implements MarketView, StateOwner {

  /** Levels that are looked at for visible lots: nearer ones come first, so farther ones only add. */
  private static final int LEVELS_MAX = 64;

  private final Rooms rooms;
  private final Marks marks;
  private final int[] counters;
  private final long[] tradedLots;

  AlgoMarket(final Rooms rooms, final int instrumentsMax) {
    this.rooms = rooms;
    marks = rooms.risk.marks();
    counters = new int[instrumentsMax + 1];
    tradedLots = new long[instrumentsMax + 1];
  }

  /** One more, or one less, takes a share of the volume; nobody is left: it counts from 0 again. */
  void count(final int instrumentId, final int change) {
    counters[instrumentId] += change;
    if (0 == counters[instrumentId]) {
      tradedLots[instrumentId] = 0;
    }
  }

  void traded(final int instrumentId, final long lots) {
    if (0 != counters[instrumentId]) {
      tradedLots[instrumentId] = FixedPoint.addSaturating(tradedLots[instrumentId], lots);
    }
  }

  @Override
  public int bidTicks(final int instrumentId) {
    return rooms.book(instrumentId).bestShownTicks(Side.BUY);
  }

  @Override
  public int askTicks(final int instrumentId) {
    return rooms.book(instrumentId).bestShownTicks(Side.SELL);
  }

  @Override
  public long depthLots(final int instrumentId, final Side takerSide, final int limitTicks) {
    final OrderBook book = rooms.book(instrumentId);
    final Side from = Side.SELL == takerSide ? Side.BUY : Side.SELL;
    long lots = 0;
    int ticks = book.bestShownTicks(from);
    for (int level = 0; level < LEVELS_MAX && 0 != ticks; level++) {
      if (0 != limitTicks && (Side.BUY == from ? ticks < limitTicks : ticks > limitTicks)) {
        break;
      }
      lots = FixedPoint.addSaturating(lots, book.shownLots(from, ticks));
      ticks = book.nextLevel(from, ticks);
    }
    return lots;
  }

  @Override
  public long tradedLots(final int instrumentId) {
    return tradedLots[instrumentId];
  }

  /** The mark that counts, else the last price. */
  @Override
  public long referenceUnits(final int instrumentId) {
    final boolean marked = 0 != marks.priceUnits(instrumentId, PriceSource.MARK)
        && rooms.risk.validity().mayFireRules(instrumentId, PriceSource.MARK);
    return marks.priceUnits(instrumentId, marked ? PriceSource.MARK : PriceSource.LAST);
  }

  @Override
  public long unitsPerTick(final int instrumentId) {
    return rooms.instrument(instrumentId).markUnitsPerTick();
  }

  @Override
  public int componentId() {
    return 2051;
  }

  @Override
  public String componentName() {
    return "algo-market";
  }

  /** Who counts follows from the parents; who looks first when a touch moves does not. */
  @Override
  public void save(final SnapshotSink sink) {
    int count = 0;
    boolean chased = false;
    for (int i = 0; i < tradedLots.length; i++) {
      count += 0 == tradedLots[i] ? 0 : 1;
      chased |= SlotList.NULL_SLOT != rooms.algos.chasers.first(i);
    }
    if (0 == count && !chased) {
      return;
    }
    sink.putInt(count);
    for (int i = 0; i < tradedLots.length; i++) {
      if (0 != tradedLots[i]) {
        sink.putInt(i);
        sink.putLong(tradedLots[i]);
      }
    }
    for (int i = 0; i < tradedLots.length; i++) {
      final SlotList chasers = rooms.algos.chasers;
      for (int algo = chasers.first(i); SlotList.NULL_SLOT != algo; algo = chasers.next(algo)) {
        sink.putInt(algo);
      }
      sink.putInt(SlotList.NULL_SLOT);
    }
  }

  @Override
  public void load(final SnapshotSource source) {
    for (int i = source.getInt(); i > 0; i--) {
      final int instrumentId = source.getInt();
      tradedLots[instrumentId] = source.getLong();
    }
    for (int i = 0; i < tradedLots.length; i++) {
      for (int algo = source.getInt(); SlotList.NULL_SLOT != algo; algo = source.getInt()) {
        rooms.algos.chasers.append(i, algo);
      }
    }
  }
}
