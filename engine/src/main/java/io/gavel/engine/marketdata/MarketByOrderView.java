package io.gavel.engine.marketdata;

import io.gavel.codecs.sbe.BookAction;
import io.gavel.codecs.sbe.Flag;
import io.gavel.codecs.sbe.MarketByOrderDecoder;
import io.gavel.codecs.sbe.MessageHeaderDecoder;
import io.gavel.codecs.sbe.Side;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.agrona.DirectBuffer;

/**
 * One instrument's shown orders as a subscriber sees them, in the order in which they trade: takes market data
 * messages, counts them, and compares the checksum after each command. What is not by order, or of another instrument,
 * is left alone. One thread.
 */
public final class MarketByOrderView {

  /** A shown order. */
  public record Order(long orderId, Side side, int priceTicks, long shownLots) {
  }

  private final MessageHeaderDecoder header = new MessageHeaderDecoder();
  private final MarketByOrderDecoder message = new MarketByOrderDecoder();
  private final BookChecksum checksum = new BookChecksum();
  private final int instrumentId;
  private final NavigableMap<Integer, Map<Long, Long>> bids = new TreeMap<>(Comparator.reverseOrder());
  private final NavigableMap<Integer, Map<Long, Long>> asks = new TreeMap<>();
  private final FeedPosition position = new FeedPosition();

  public MarketByOrderView(final int instrumentId) {
    this.instrumentId = instrumentId;
  }

  /** Takes one message. */
  public void onMarketData(final DirectBuffer buffer, final int offset) {
    header.wrap(buffer, offset);
    if (MarketByOrderDecoder.SCHEMA_ID != header.schemaId()
        || MarketByOrderDecoder.TEMPLATE_ID != header.templateId()) {
      return;
    }
    message.wrapAndApplyHeader(buffer, offset, header);
    if (instrumentId != message.instrumentId()) {
      return;
    }
    if (position.begins(message.feedSequence(), Flag.YES == message.snapshot())) {
      bids.clear();
      asks.clear();
    }
    if (position.isLost()) {
      return;
    }
    for (final MarketByOrderDecoder.EntriesDecoder entry : message.entries()) {
      apply(entry.orderId(), entry.side(), entry.priceTicks(), entry.shownLots(), entry.action());
    }
    if (Flag.YES == message.last()) {
      position.ends(message.engineSequence(), message.checksum() == checksum());
    }
  }

  private void apply(final long orderId, final Side side, final int priceTicks, final long lots,
      final BookAction action) {
    final NavigableMap<Integer, Map<Long, Long>> levels = Side.BUY == side ? bids : asks;
    final Map<Long, Long> level = levels.computeIfAbsent(priceTicks, ticks -> new LinkedHashMap<>());
    if (BookAction.DELETE == action || 0 == lots) {
      level.remove(orderId);
    } else {
      level.put(orderId, lots);
    }
    if (level.isEmpty()) {
      levels.remove(priceTicks);
    }
  }

  private int checksum() {
    checksum.begin();
    fold(orders(Side.BUY));
    fold(orders(Side.SELL));
    return checksum.value();
  }

  private void fold(final List<Order> orders) {
    for (int i = 0; i < BookChecksum.DEPTH && i < orders.size(); i++) {
      checksum.add(orders.get(i).orderId());
      checksum.add(orders.get(i).shownLots());
    }
  }

  public ViewState state() {
    return position.state();
  }

  /** The engine's sequence of the command this view is as of. */
  public long engineSequence() {
    return position.engineSequence();
  }

  /** Orders of a side in the order in which they trade; a copy. */
  public List<Order> orders(final Side side) {
    final List<Order> orders = new ArrayList<>();
    (Side.BUY == side ? bids : asks).forEach((ticks, level) ->
        level.forEach((orderId, lots) -> orders.add(new Order(orderId, side, ticks, lots))));
    return orders;
  }
}
