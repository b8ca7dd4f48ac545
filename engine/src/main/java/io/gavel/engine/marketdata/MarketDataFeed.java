package io.gavel.engine.marketdata;

import io.gavel.codecs.EventDescriptor;
import io.gavel.codecs.Invariants;
import io.gavel.codecs.sbe.Flag;
import io.gavel.codecs.sbe.OrderAcceptedDecoder;
import io.gavel.codecs.sbe.OrderAmendedDecoder;
import io.gavel.codecs.sbe.OrderClosedDecoder;
import io.gavel.codecs.sbe.Side;
import io.gavel.codecs.sbe.TradeDecoder;
import io.gavel.engine.book.OrderPool;
import io.gavel.engine.egress.EventKey;
import io.gavel.engine.egress.EventSink;
import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Turns the events of an engine into market data: give it every event, from the first, and {@link #flush} when a host
 * has no more; each command that changed what a book shows becomes one delta by price and one by order. Prices are
 * ticks, sizes lots. Events tell of all that trades but of the quotes of a simulated venue, which are not in here.
 *
 * <p>One thread, the one that hands on events. Allocates nothing once every instrument has been seen.
 */
public final class MarketDataFeed implements EventSink {

  private final OrderAcceptedDecoder accepted = new OrderAcceptedDecoder();
  private final TradeDecoder trade = new TradeDecoder();
  private final OrderClosedDecoder closed = new OrderClosedDecoder();
  private final OrderAmendedDecoder amended = new OrderAmendedDecoder();
  private final OrderPool pool;
  private final OrderFacts facts;
  private final @Nullable ShownBook[] books;
  private final MarketDataSink sink;
  private final int[] dirty;
  private int dirtyCount;
  private long sequence;
  private long timeNs;
  /** The order that is looking for its place: an order that was accepted, or lost its place, and may yet trade. */
  private int incoming = OrderPool.NULL_SLOT;

  /**
   * An empty market.
   *
   * @param ordersMax      live orders the engine may have, those of rules included
   * @param instrumentsMax highest instrument id
   */
  public MarketDataFeed(final int ordersMax, final int instrumentsMax, final MarketDataSink sink) {
    this.sink = sink;
    pool = new OrderPool(ordersMax);
    facts = new OrderFacts(ordersMax);
    books = new ShownBook[instrumentsMax + 1];
    dirty = new int[instrumentsMax + 1];
    Arrays.fill(dirty, 0);
  }

  @Override
  public void onEvent(final DirectBuffer buffer, final int offset, final int length) {
    final long eventSequence = EventKey.sequence(buffer, offset);
    if (eventSequence != sequence) {
      flush();
      sequence = eventSequence;
    }
    final int body = offset + EventDescriptor.HEADER_LENGTH;
    final int block = EventKey.blockLength(buffer, offset);
    final int version = EventKey.version(buffer, offset);
    switch (EventKey.templateId(buffer, offset)) {
      case OrderAcceptedDecoder.TEMPLATE_ID -> accept(accepted.wrap(buffer, body, block, version));
      case TradeDecoder.TEMPLATE_ID -> trade(trade.wrap(buffer, body, block, version));
      case OrderClosedDecoder.TEMPLATE_ID -> close(closed.wrap(buffer, body, block, version));
      case OrderAmendedDecoder.TEMPLATE_ID -> amend(amended.wrap(buffer, body, block, version));
      default -> {
        // Not about an order.
      }
    }
  }

  /** Tells what the commands seen so far have changed. Nothing when it was told already. */
  public void flush() {
    settle();
    for (int i = 0; i < dirtyCount; i++) {
      final ShownBook shown = bookOf(dirty[i]);
      if (shown.writer().isDirty()) {
        shown.writer().flush(shown.book(), sequence, timeNs, sink);
      }
    }
    dirtyCount = 0;
  }

  /** Tells the whole of one book, to the same sink: for a subscriber that has just come, or lost something. */
  public void snapshot(final int instrumentId) {
    flush();
    final ShownBook shown = bookOf(instrumentId);
    shown.writer().snapshot(shown.book(), sink);
  }

  private void accept(final OrderAcceptedDecoder order) {
    settle();
    timeNs = order.header().engineTimeNs();
    final int slot = pool.claim(order.orderId(), order.header().account(), order.side(), order.limitPriceTicks(),
        order.quantityLots());
    Invariants.check(OrderPool.NULL_SLOT != slot, "the feed has no room for an order: id", order.orderId(), 0);
    facts.open(slot, order.instrumentId(), order.quantityLots(), order.displayLots(), Flag.YES == order.hidden());
    incoming = slot;
  }

  private void trade(final TradeDecoder fill) {
    timeNs = fill.header().engineTimeNs();
    if (Flag.YES == fill.auction()) {
      settle();
    }
    fill(fill.makerOrderId(), fill.quantityLots(), fill.makerOpenLots());
    fill(fill.takerOrderId(), fill.quantityLots(), fill.takerOpenLots());
  }

  private void fill(final long orderId, final long lots, final long openLots) {
    final int slot = pool.slotOf(orderId);
    if (OrderPool.NULL_SLOT == slot) {
      return;
    }
    if (slot == incoming) {
      facts.openLots(slot, openLots);
    } else {
      touch(slot).execute(slot, lots, openLots);
    }
  }

  private void close(final OrderClosedDecoder order) {
    timeNs = order.header().engineTimeNs();
    final int slot = pool.slotOf(order.orderId());
    if (OrderPool.NULL_SLOT == slot) {
      return;
    }
    if (slot == incoming) {
      incoming = OrderPool.NULL_SLOT;
    } else {
      touch(slot).remove(slot);
    }
    pool.release(slot);
  }

  private void amend(final OrderAmendedDecoder order) {
    timeNs = order.header().engineTimeNs();
    final int slot = pool.slotOf(order.orderId());
    if (OrderPool.NULL_SLOT == slot) {
      return;
    }
    if (slot == incoming) {
      facts.openLots(slot, order.openLots());
    } else if (Flag.YES == order.keptPriority()) {
      touch(slot).shrink(slot, order.openLots());
    } else {
      settle();
      touch(slot).remove(slot);
      facts.openLots(slot, order.openLots());
      pool.reprice(slot, order.limitPriceTicks(), order.openLots());
      incoming = slot;
    }
  }

  /** Whoever was looking for a place has found it: nothing else happens to a book before that. */
  private void settle() {
    if (OrderPool.NULL_SLOT != incoming) {
      final int slot = incoming;
      incoming = OrderPool.NULL_SLOT;
      if (facts.openLots(slot) > 0) {
        touch(slot).rest(slot);
      }
    }
  }

  private ShownBook touch(final int slot) {
    final int instrumentId = facts.instrumentId(slot);
    final ShownBook shown = bookOf(instrumentId);
    if (!shown.writer().isDirty() && !isNoted(instrumentId)) {
      dirty[dirtyCount++] = instrumentId;
    }
    return shown;
  }

  private boolean isNoted(final int instrumentId) {
    for (int i = 0; i < dirtyCount; i++) {
      if (dirty[i] == instrumentId) {
        return true;
      }
    }
    return false;
  }

  private ShownBook bookOf(final int instrumentId) {
    ShownBook shown = books[instrumentId];
    if (null == shown) {
      shown = new ShownBook(instrumentId, pool, facts, new FeedWriter(instrumentId, pool));
      books[instrumentId] = shown;
    }
    return shown;
  }

  /** Lots shown at a price, as told last. */
  public long shownLots(final int instrumentId, final Side side, final int priceTicks) {
    return bookOf(instrumentId).book().depthLots(side, priceTicks);
  }
}
