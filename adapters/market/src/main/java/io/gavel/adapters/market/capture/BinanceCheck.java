package io.gavel.adapters.market.capture;

import com.fasterxml.jackson.databind.JsonNode;
import io.gavel.adapters.market.capture.CaptureReport.Count;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Binance depth and bookTicker, spot and futures, whole books ({@code lastUpdateId}) in the same file: shares the
 * messages out to one {@link BinanceBook} a symbol. Messages may stand bare or in the envelope of a combined stream.
 */
final class BinanceCheck implements FeedCheck {

  /** The book of a whole book that came before any message named a symbol. */
  private static final String UNNAMED = "";

  private final Tally tally;
  private final Map<String, BinanceBook> books = new LinkedHashMap<>();

  BinanceCheck(final Tally tally) {
    this.tally = tally;
  }

  @Override
  public void accept(final JsonNode message, final long record) {
    final JsonNode data = message.has("stream") ? message.path("data") : message;
    final String event = data.path("e").asText();
    if (data.has("lastUpdateId")) {
      bookOfSnapshot(data).snapshot(data);
    } else if ("depthUpdate".equals(event)) {
      book(Messages.text(data, "s")).depth(data, record);
    } else if ("bookTicker".equals(event) || (event.isEmpty() && data.has("u") && data.has("B") && data.has("A"))) {
      book(Messages.text(data, "s")).ticker(data);
    } else {
      tally.count(Count.OTHER);
    }
  }

  @Override
  public void end() {
    books.values().forEach(BinanceBook::end);
  }

  private BinanceBook book(final String symbol) {
    if (books.containsKey(UNNAMED)) {
      books.put(symbol, books.remove(UNNAMED));
    }
    return books.computeIfAbsent(symbol, unused -> {
      tally.count(Count.BOOKS);
      return new BinanceBook(tally);
    });
  }

  /** A whole book of spot names no symbol: it is that of the only one there is. */
  private BinanceBook bookOfSnapshot(final JsonNode data) {
    if (data.has("symbol")) {
      return book(Messages.text(data, "symbol"));
    }
    if (books.size() > 1) {
      throw new CaptureFault("a whole book without a symbol, but the capture has " + String.join(", ", books.keySet()));
    }
    return book(books.isEmpty() ? UNNAMED : books.keySet().iterator().next());
  }
}
