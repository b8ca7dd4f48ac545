package io.gavel.adapters.market.capture;

import com.fasterxml.jackson.databind.JsonNode;
import io.gavel.adapters.market.capture.CaptureReport.Count;
import io.gavel.codecs.DecimalText;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * One product of a Coinbase capture, with two truths. The ticker tells the best prices: they are those of the book when
 * it comes, since the venue writes a connection's channels in one order. The first ticker answers the subscription with
 * the past and is left out. A match tells a price, a size and the maker's side: the level there fell by that size in an
 * update of the same time, before or after the match; each fall explains one match. Trade ids count up by one.
 */
final class CoinbaseBook {

  private static final int FALLS_KEPT_MAX = 4096;
  private static final long NO_TRADE = -1;

  private final String product;
  private final Tally tally;
  private final LevelBook book = new LevelBook();
  private final Deque<Fall> falls = new ArrayDeque<>();
  private final Deque<Match> unexplained = new ArrayDeque<>();
  private boolean whole;
  private boolean tickerSeen;
  private long tradeId = NO_TRADE;
  private String bookTime = "";

  /** Where a level lost size: what a match must find. */
  private record Place(String time, String side, long price) {
  }

  private record Fall(Place place, long size) {
  }

  private record Match(Place place, long size, long record) {
  }

  CoinbaseBook(final String product, final Tally tally) {
    this.product = product;
    this.tally = tally;
  }

  void snapshot(final JsonNode message) {
    tally.count(Count.SNAPSHOTS);
    book.clear();
    LevelBook.set(book.bids, Messages.array(message, "bids"), "bids");
    LevelBook.set(book.asks, Messages.array(message, "asks"), "asks");
    whole = true;
  }

  void update(final JsonNode message) {
    if (!whole) {
      throw new CaptureFault("an update of " + product + " before its snapshot");
    }
    bookTime = message.path("time").asText();
    for (final JsonNode change : Messages.array(message, "changes")) {
      final String side = sideOf(Messages.text(change, 0, "changes"));
      final String priceText = Messages.text(change, 1, "changes");
      final String sizeText = Messages.text(change, 2, "changes");
      final long before = ("buy".equals(side) ? book.bids : book.asks).set(priceText, sizeText);
      final long fallen = before - LevelSide.size(sizeText, "changes");
      if (fallen > 0) {
        fell(new Fall(new Place(bookTime, side, LevelSide.price(priceText, "changes")), fallen));
      }
    }
  }

  void ticker(final JsonNode message, final long record) {
    if (!whole || !tickerSeen) {
      tickerSeen = true;
      tally.count(Count.BEFORE_BOOK);
      return;
    }
    final LevelSide.Level bid = book.bids.best();
    final LevelSide.Level ask = book.asks.best();
    final String bidSaid = Messages.text(message, "best_bid");
    final String askSaid = Messages.text(message, "best_ask");
    final boolean agrees = null != bid && null != ask && bid.price() == LevelSide.price(bidSaid, "best_bid")
        && ask.price() == LevelSide.price(askSaid, "best_ask");
    tally.count(Count.TICKERS);
    tally.compared(record, agrees ? null : product + " best is bid " + bid + ", ask " + ask + "; the ticker says bid "
        + bidSaid + ", ask " + askSaid);
  }

  void lastMatch(final JsonNode message) {
    tradeId = Messages.whole(message, "trade_id");
  }

  void match(final JsonNode message, final long record) {
    final long id = Messages.whole(message, "trade_id");
    if (NO_TRADE != tradeId && id != tradeId + 1) {
      tally.count(Count.GAPS);
    }
    tradeId = id;
    final Match match = new Match(new Place(Messages.text(message, "time"), sideOf(Messages.text(message, "side")),
        LevelSide.price(Messages.text(message, "price"), "match")),
        LevelSide.size(Messages.text(message, "size"), "match"), record);
    if (!whole) {
      tally.count(Count.BEFORE_BOOK);
      return;
    }
    for (final Iterator<Fall> i = falls.iterator(); i.hasNext();) {
      final Fall fall = i.next();
      if (fall.place.equals(match.place)) {
        i.remove();
        compare(match, fall);
        return;
      }
    }
    unexplained.add(match);
  }

  /** A match without a fall is wrong once the book has gone beyond its time; else its update is not in the file. */
  void end() {
    for (final Match match : unexplained) {
      if (bookTime.compareTo(match.place.time) > 0) {
        tally.count(Count.MATCHES);
        tally.compared(match.record, product + " match at " + match.place.time + ": no level fell by it");
      } else {
        tally.count(Count.NOT_COMPARED);
      }
    }
  }

  private void fell(final Fall fall) {
    for (final Iterator<Match> i = unexplained.iterator(); i.hasNext();) {
      final Match match = i.next();
      if (match.place.equals(fall.place)) {
        i.remove();
        compare(match, fall);
        return;
      }
    }
    falls.add(fall);
    if (falls.size() > FALLS_KEPT_MAX) {
      falls.remove();
    }
  }

  private void compare(final Match match, final Fall fall) {
    tally.count(Count.MATCHES);
    tally.compared(match.record, fall.size == match.size ? null : product + " match at " + match.place.time
        + ": the level fell by " + text(fall.size) + ", the match says " + text(match.size));
  }

  private static String text(final long size) {
    return DecimalText.format(size, LevelSide.SIZE_SCALE);
  }

  private static String sideOf(final String text) {
    if (!"buy".equals(text) && !"sell".equals(text)) {
      throw new CaptureFault("side: '" + CaptureException.shown(text) + "' is neither buy nor sell");
    }
    return text;
  }
}
