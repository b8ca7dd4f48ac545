package io.gavel.engine.marketdata;

import io.gavel.codecs.sbe.Flag;
import io.gavel.codecs.sbe.MarketByPriceDecoder;
import io.gavel.codecs.sbe.MessageHeaderDecoder;
import io.gavel.codecs.sbe.Side;
import java.util.Comparator;
import java.util.Iterator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.agrona.DirectBuffer;

/**
 * One instrument's levels as a subscriber sees them: takes market data messages, counts them, and compares the
 * checksum after each command. What is not by price, or of another instrument, is left alone. One thread.
 */
public final class MarketByPriceView {

  /** Lots and orders at a price. */
  public record Level(long shownLots, int orders) {
  }

  private final MessageHeaderDecoder header = new MessageHeaderDecoder();
  private final MarketByPriceDecoder message = new MarketByPriceDecoder();
  private final BookChecksum checksum = new BookChecksum();
  private final int instrumentId;
  private final NavigableMap<Integer, Level> bids = new TreeMap<>(Comparator.reverseOrder());
  private final NavigableMap<Integer, Level> asks = new TreeMap<>();
  private final FeedPosition position = new FeedPosition();

  public MarketByPriceView(final int instrumentId) {
    this.instrumentId = instrumentId;
  }

  /** Takes one message. */
  public void onMarketData(final DirectBuffer buffer, final int offset) {
    header.wrap(buffer, offset);
    if (MarketByPriceDecoder.SCHEMA_ID != header.schemaId()
        || MarketByPriceDecoder.TEMPLATE_ID != header.templateId()) {
      return;
    }
    message.wrapAndApplyHeader(buffer, offset, header);
    if (instrumentId != message.instrumentId()) {
      return;
    }
    final boolean snapshot = Flag.YES == message.snapshot();
    if (position.begins(message.feedSequence(), snapshot)) {
      bids.clear();
      asks.clear();
    }
    if (position.isLost()) {
      return;
    }
    for (final MarketByPriceDecoder.LevelsDecoder level : message.levels()) {
      final NavigableMap<Integer, Level> side = Side.BUY == level.side() ? bids : asks;
      if (0 == level.shownLots()) {
        side.remove(level.priceTicks());
      } else {
        side.put(level.priceTicks(), new Level(level.shownLots(), level.orders()));
      }
    }
    if (Flag.YES == message.last()) {
      position.ends(message.engineSequence(), message.checksum() == checksum());
    }
  }

  private int checksum() {
    checksum.begin();
    fold(bids);
    fold(asks);
    return checksum.value();
  }

  private void fold(final NavigableMap<Integer, Level> side) {
    final Iterator<Map.Entry<Integer, Level>> levels = side.entrySet().iterator();
    for (int i = 0; i < BookChecksum.DEPTH && levels.hasNext(); i++) {
      final Map.Entry<Integer, Level> level = levels.next();
      checksum.add(level.getKey().intValue());
      checksum.add(level.getValue().shownLots());
    }
  }

  public ViewState state() {
    return position.state();
  }

  /** The engine's sequence of the command this view is as of. */
  public long engineSequence() {
    return position.engineSequence();
  }

  /** Levels of a side by price in ticks, best first; a live view of it. */
  public Iterable<Map.Entry<Integer, Level>> levels(final Side side) {
    return (Side.BUY == side ? bids : asks).entrySet();
  }
}
