package io.gavel.engine.marketdata;

import io.gavel.codecs.sbe.BookAction;
import io.gavel.codecs.sbe.Flag;
import io.gavel.codecs.sbe.MarketByOrderEncoder;
import io.gavel.codecs.sbe.MarketByPriceEncoder;
import io.gavel.codecs.sbe.MessageHeaderEncoder;
import io.gavel.codecs.sbe.Side;
import io.gavel.engine.book.OrderBook;
import io.gavel.engine.book.OrderPool;
import java.nio.ByteBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Gathers what one command did to one instrument and writes it as messages of at most {@link #PART_MAX} entries, by
 * price and by order. Changes beyond the room for them become a snapshot, which says the same. One thread. Allocates
 * nothing after start.
 */
final class FeedWriter {

  /** Entries of one message. */
  static final int PART_MAX = 48;
  /** Changes of one command that are told one by one; a command that does more is told by a snapshot. */
  private static final int CHANGES_MAX = 4_096;
  private static final int BUFFER_LENGTH = 4_096;

  private final UnsafeBuffer buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(BUFFER_LENGTH));
  private final MessageHeaderEncoder header = new MessageHeaderEncoder();
  private final MarketByPriceEncoder byPrice = new MarketByPriceEncoder();
  private final MarketByOrderEncoder byOrder = new MarketByOrderEncoder();
  private final BookChecksum checksum = new BookChecksum();
  private final long[] orderIds = new long[CHANGES_MAX];
  private final long[] orderLots = new long[CHANGES_MAX];
  private final int[] orderTicks = new int[CHANGES_MAX];
  private final byte[] orderKinds = new byte[CHANGES_MAX];
  private final int[] levels = new int[CHANGES_MAX];
  private final int instrumentId;
  private final OrderPool pool;
  private long priceSequence;
  private long orderSequence;
  private long engineSequence;
  private long engineTimeNs;
  private int orderChanges;
  private int levelChanges;
  private boolean overflowed;

  FeedWriter(final int instrumentId, final OrderPool pool) {
    this.instrumentId = instrumentId;
    this.pool = pool;
  }

  boolean isDirty() {
    return overflowed || 0 != orderChanges;
  }

  /** Notes what happened to an order. */
  void order(final long orderId, final Side side, final int priceTicks, final long lots, final BookAction action) {
    if (CHANGES_MAX == orderChanges) {
      overflowed = true;
      return;
    }
    orderIds[orderChanges] = orderId;
    orderLots[orderChanges] = lots;
    orderTicks[orderChanges] = priceTicks;
    orderKinds[orderChanges] = (byte) (action.value() << 1 | side.value());
    orderChanges++;
  }

  /** Notes that a level is not what it was; sells by their price turned negative. */
  void touched(final Side side, final int priceTicks) {
    final int level = Side.BUY == side ? priceTicks : -priceTicks;
    for (int i = levelChanges - 1; i >= 0 && i >= levelChanges - PART_MAX; i--) {
      if (levels[i] == level) {
        return;
      }
    }
    if (CHANGES_MAX == levelChanges) {
      overflowed = true;
      return;
    }
    levels[levelChanges++] = level;
  }

  /** Tells all that was noted, as of a command. */
  void flush(final OrderBook book, final long sequence, final long timeNs, final MarketDataSink sink) {
    engineSequence = sequence;
    engineTimeNs = timeNs;
    if (overflowed) {
      clear();
      snapshot(book, sink);
      return;
    }
    for (int from = 0; from < levelChanges; from += PART_MAX) {
      final int to = Math.min(levelChanges, from + PART_MAX);
      final MarketByPriceEncoder.LevelsEncoder entries =
          beginPrices(book, Flag.NO, to == levelChanges, to - from);
      for (int i = from; i < to; i++) {
        final Side side = levels[i] > 0 ? Side.BUY : Side.SELL;
        level(entries, book, side, Math.abs(levels[i]));
      }
      send(byPrice.encodedLength(), sink);
    }
    for (int from = 0; from < orderChanges; from += PART_MAX) {
      final int to = Math.min(orderChanges, from + PART_MAX);
      final MarketByOrderEncoder.EntriesEncoder entries =
          beginOrders(book, Flag.NO, to == orderChanges, to - from);
      for (int i = from; i < to; i++) {
        entries.next().orderId(orderIds[i]).shownLots(orderLots[i]).priceTicks(orderTicks[i])
            .side(Side.get((short) (orderKinds[i] & 1))).action(BookAction.get((short) (orderKinds[i] >>> 1)));
      }
      send(byOrder.encodedLength(), sink);
    }
    clear();
  }

  /** The whole book by price and by order, as of the last command told. */
  void snapshot(final OrderBook book, final MarketDataSink sink) {
    snapshotPrices(book, sink);
    snapshotOrders(book, sink);
  }

  private void snapshotPrices(final OrderBook book, final MarketDataSink sink) {
    Side side = Side.BUY;
    int ticks = firstLevel(book, side);
    boolean last = false;
    while (!last) {
      final int count = count(book, side, ticks);
      final MarketByPriceEncoder.LevelsEncoder entries =
          beginPrices(book, Flag.YES, count < PART_MAX, Math.min(count, PART_MAX));
      for (int i = 0; i < Math.min(count, PART_MAX); i++) {
        if (0 == ticks) {
          side = Side.SELL;
          ticks = firstLevel(book, side);
        }
        level(entries, book, side, ticks);
        ticks = book.nextLevel(side, ticks);
      }
      last = count < PART_MAX;
      send(byPrice.encodedLength(), sink);
    }
  }

  private static int firstLevel(final OrderBook book, final Side side) {
    return book.nextLevel(side, 0);
  }

  /** Levels from here to the end, the asks behind the bids; counts no further than one part. */
  private static int count(final OrderBook book, final Side from, final int fromTicks) {
    int count = 0;
    int ticks = fromTicks;
    for (; count < PART_MAX && 0 != ticks; ticks = book.nextLevel(from, ticks)) {
      count++;
    }
    if (Side.BUY == from) {
      for (ticks = firstLevel(book, Side.SELL); count < PART_MAX && 0 != ticks;
          ticks = book.nextLevel(Side.SELL, ticks)) {
        count++;
      }
    }
    return count;
  }

  private void snapshotOrders(final OrderBook book, final MarketDataSink sink) {
    int slot = firstOrder(book);
    boolean last = false;
    while (!last) {
      int count = 0;
      for (int at = slot; count < PART_MAX && OrderPool.NULL_SLOT != at; at = nextOrder(book, at)) {
        count++;
      }
      last = count < PART_MAX;
      final MarketByOrderEncoder.EntriesEncoder entries = beginOrders(book, Flag.YES, last, count);
      for (int i = 0; i < count; i++) {
        entries.next().orderId(pool.orderId(slot)).shownLots(pool.openLots(slot)).priceTicks(pool.priceTicks(slot))
            .side(pool.side(slot)).action(BookAction.ADD);
        slot = nextOrder(book, slot);
      }
      send(byOrder.encodedLength(), sink);
    }
  }

  private static int firstOrder(final OrderBook book) {
    final int bid = book.firstOrder(Side.BUY);
    return OrderPool.NULL_SLOT == bid ? book.firstOrder(Side.SELL) : bid;
  }

  private int nextOrder(final OrderBook book, final int slot) {
    final int next = book.nextOrder(slot);
    return OrderPool.NULL_SLOT == next && Side.BUY == pool.side(slot) ? book.firstOrder(Side.SELL) : next;
  }

  private static void level(final MarketByPriceEncoder.LevelsEncoder entries, final OrderBook book, final Side side,
      final int ticks) {
    entries.next().shownLots(book.depthLots(side, ticks)).priceTicks(ticks).orders(book.ordersAt(side, ticks))
        .side(side);
  }

  private MarketByPriceEncoder.LevelsEncoder beginPrices(final OrderBook book, final Flag snapshot,
      final boolean last, final int count) {
    byPrice.wrapAndApplyHeader(buffer, 0, header);
    return byPrice.feedSequence(++priceSequence).engineSequence(engineSequence).engineTimeNs(engineTimeNs)
        .instrumentId(instrumentId).checksum(last ? checksum.byPrice(book) : 0).snapshot(snapshot)
        .last(last ? Flag.YES : Flag.NO).levelsCount(count);
  }

  private MarketByOrderEncoder.EntriesEncoder beginOrders(final OrderBook book, final Flag snapshot,
      final boolean last, final int count) {
    byOrder.wrapAndApplyHeader(buffer, 0, header);
    return byOrder.feedSequence(++orderSequence).engineSequence(engineSequence).engineTimeNs(engineTimeNs)
        .instrumentId(instrumentId).checksum(last ? checksum.byOrder(book, pool) : 0).snapshot(snapshot)
        .last(last ? Flag.YES : Flag.NO).entriesCount(count);
  }

  private void send(final int bodyLength, final MarketDataSink sink) {
    sink.onMarketData(buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + bodyLength);
  }

  private void clear() {
    orderChanges = 0;
    levelChanges = 0;
    overflowed = false;
  }
}
