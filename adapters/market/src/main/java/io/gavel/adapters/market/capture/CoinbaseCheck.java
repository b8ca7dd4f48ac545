package io.gavel.adapters.market.capture;

import com.fasterxml.jackson.databind.JsonNode;
import io.gavel.adapters.market.capture.CaptureReport.Count;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Coinbase channels of one connection: shares the messages out, level2, ticker and matches to one {@link CoinbaseBook}
 * a product, the full channel to one {@link CoinbaseOrders}. A match belongs to the full channel where there is one.
 */
final class CoinbaseCheck implements FeedCheck {

  private final Map<String, PriceGrid> grids;
  private final Tally tally;
  private final Map<String, CoinbaseBook> books = new LinkedHashMap<>();
  private final Map<String, CoinbaseOrders> orders = new HashMap<>();

  /** A first look at the messages: the prices of the full channel, by product. */
  static final class Prices implements FeedCheck {

    private final Map<String, PriceGrid> grids = new HashMap<>();

    @Override
    public void accept(final JsonNode message, final long record) {
      final String type = message.path("type").asText();
      if ("open".equals(type) || ("match".equals(type) && grids.containsKey(message.path("product_id").asText()))) {
        grids.computeIfAbsent(Messages.text(message, "product_id"), unused -> new PriceGrid())
            .see(CoinbaseOrders.price(message));
      }
    }

    @Override
    public void end() {
      // Every price was seen where it stood.
    }

    Map<String, PriceGrid> grids() {
      return grids;
    }
  }

  CoinbaseCheck(final Map<String, PriceGrid> grids, final Tally tally) {
    this.grids = grids;
    this.tally = tally;
  }

  @Override
  public void accept(final JsonNode message, final long record) {
    final String type = message.path("type").asText();
    switch (type) {
      case "snapshot" -> book(message).snapshot(message);
      case "l2update" -> book(message).update(message);
      case "ticker" -> book(message).ticker(message, record);
      case "last_match" -> book(message).lastMatch(message);
      case "received", "open", "change", "done" -> orders(message).accept(message, record);
      case "match" -> {
        if (grids.containsKey(Messages.text(message, "product_id"))) {
          orders(message).accept(message, record);
        } else {
          book(message).match(message, record);
        }
      }
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

  private CoinbaseOrders orders(final JsonNode message) {
    return orders.computeIfAbsent(Messages.text(message, "product_id"), product -> {
      tally.count(Count.BOOKS);
      return new CoinbaseOrders(product, grids.getOrDefault(product, new PriceGrid()), tally);
    });
  }
}
