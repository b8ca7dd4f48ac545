package io.gavel.adapters.market.capture;

import com.fasterxml.jackson.databind.JsonNode;
import io.gavel.adapters.market.capture.CaptureReport.Count;
import io.gavel.codecs.DecimalText;
import io.gavel.codecs.sbe.Side;
import java.util.HashMap;
import java.util.Map;

/**
 * One product of Coinbase's full channel, order by order through the engine's book. The channel begins in the middle of
 * the day: orders from before are not known, and messages about them change nothing. Of a known order the truth is what
 * a {@code done} says it has left and a {@code change} says it had; a {@code match} with a known maker is sent through
 * the engine's matching, which must hit it, since an order that is not known and came first would have been hit by the
 * venue. Sequences count up by one; behind a gap nothing is known any more.
 */
final class CoinbaseOrders {

  private static final long NO_SEQUENCE = -1;

  private final String product;
  private final PriceGrid grid;
  private final Tally tally;
  private final Map<String, Long> ids = new HashMap<>();
  private VenueBook book = new VenueBook();
  private long sequence = NO_SEQUENCE;
  private long lastId;

  CoinbaseOrders(final String product, final PriceGrid grid, final Tally tally) {
    this.product = product;
    this.grid = grid;
    this.tally = tally;
  }

  /** A price of an order, scaled: what the grid must see. */
  static long price(final JsonNode message) {
    return LevelSide.price(Messages.text(message, "price"), "price");
  }

  void accept(final JsonNode message, final long record) {
    follow(Messages.whole(message, "sequence"));
    switch (Messages.text(message, "type")) {
      case "open" -> open(message);
      case "match" -> match(message, record);
      case "change" -> change(message, record);
      case "done" -> done(message, record);
      default -> tally.count(Count.OTHER);
    }
  }

  private void follow(final long next) {
    if (NO_SEQUENCE != sequence && next != sequence + 1) {
      tally.count(Count.GAPS);
      book = new VenueBook();
      ids.clear();
    }
    sequence = next;
  }

  private void open(final JsonNode message) {
    final String order = Messages.text(message, "order_id");
    final long lots = size(message, "remaining_size");
    if (ids.containsKey(order)) {
      throw new CaptureFault("order " + CaptureException.shown(order) + ": used twice, it is in the book");
    }
    book.add(++lastId, side(message), grid.ticks(price(message)), lots);
    ids.put(order, lastId);
  }

  private void match(final JsonNode message, final long record) {
    final Long maker = ids.get(Messages.text(message, "maker_order_id"));
    final long lots = size(message, "size");
    if (null == maker) {
      tally.count(Count.BEFORE_BOOK);
      return;
    }
    tally.count(Count.EXECUTIONS);
    final int ticks = grid.ticks(price(message));
    final boolean atItsPrice = book.isLive(maker) && ticks == book.priceTicks(maker);
    final boolean hit = book.execute(maker, lots);
    tally.count(hit ? Count.HITS : Count.MISSES);
    tally.count(Count.MATCHES);
    tally.compared(record, hit && atItsPrice ? null
        : product + " match with " + message.path("maker_order_id").asText() + ": the book "
            + (hit ? "has it at another price" : "hits another order"));
  }

  private void change(final JsonNode message, final long record) {
    final Long order = ids.get(Messages.text(message, "order_id"));
    if (null == order || !message.has("new_size") || !book.isLive(order)) {
      tally.count(Count.OTHER);
      return;
    }
    final long open = book.openLots(order);
    final long before = size(message, "old_size");
    tally.compared(record, open == before ? null : difference(message, open, before));
    final long after = size(message, "new_size");
    if (0 == after) {
      book.take(order, open);
    } else {
      book.replace(order, book.priceTicks(order), after);
    }
  }

  private void done(final JsonNode message, final long record) {
    final Long order = ids.remove(Messages.text(message, "order_id"));
    if (null == order || !message.has("remaining_size")) {
      tally.count(Count.OTHER);
      return;
    }
    final long open = book.isLive(order) ? book.openLots(order) : 0;
    final long left = size(message, "remaining_size");
    tally.compared(record, open == left ? null : difference(message, open, left));
    if (open > 0) {
      book.take(order, open);
    }
  }

  private String difference(final JsonNode message, final long open, final long said) {
    return product + " order " + message.path("order_id").asText() + " has "
        + DecimalText.format(open, LevelSide.SIZE_SCALE) + " left, the capture says "
        + DecimalText.format(said, LevelSide.SIZE_SCALE);
  }

  private static long size(final JsonNode message, final String field) {
    return LevelSide.size(Messages.text(message, field), field);
  }

  private static Side side(final JsonNode message) {
    final String side = Messages.text(message, "side");
    return switch (side) {
      case "buy" -> Side.BUY;
      case "sell" -> Side.SELL;
      default -> throw new CaptureFault("side: '" + CaptureException.shown(side) + "' is neither buy nor sell");
    };
  }
}
