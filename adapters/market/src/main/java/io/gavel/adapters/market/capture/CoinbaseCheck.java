package io.gavel.adapters.market.capture;

import com.fasterxml.jackson.databind.JsonNode;
import io.gavel.adapters.market.capture.CaptureReport.Count;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Coinbase channels level2, ticker and matches of one connection: shares the messages out to one {@link CoinbaseBook} a
 * product.
 */
final class CoinbaseCheck implements FeedCheck {

  private final Tally tally;
  private final Map<String, CoinbaseBook> books = new LinkedHashMap<>();

  CoinbaseCheck(final Tally tally) {
    this.tally = tally;
  }

  @Override
  public void accept(final JsonNode message, final long record) {
    switch (message.path("type").asText()) {
      case "snapshot" -> book(message).snapshot(message);
      case "l2update" -> book(message).update(message);
      case "ticker" -> book(message).ticker(message, record);
      case "match" -> book(message).match(message, record);
      case "last_match" -> book(message).lastMatch(message);
      default -> tally.count(Count.OTHER);
    }
  }

  @Override
  public void end() {
    books.values().forEach(CoinbaseBook::end);
  }

  private CoinbaseBook book(final JsonNode message) {
    return books.computeIfAbsent(Messages.text(message, "product_id"), product -> {
      tally.count(Count.BOOKS);
      return new CoinbaseBook(product, tally);
    });
  }
}
