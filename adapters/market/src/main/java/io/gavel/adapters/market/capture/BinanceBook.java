package io.gavel.adapters.market.capture;

import com.fasterxml.jackson.databind.JsonNode;
import io.gavel.adapters.market.capture.CaptureReport.Count;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * One symbol of a Binance capture. A depth event brings the book to update id {@code u}; the truth is the bookTicker
 * with the greatest id not above {@code u}. The two channels run apart, so an event waits until a ticker with a greater
 * id (or the same) shows that none is still to come; at the end of the file only the same id can tell.
 *
 * <p>Continuity: the first event behind a whole book covers its {@code lastUpdateId}; each further one begins where the
 * last ended: {@code U == u + 1} for spot, {@code pu == u} for futures. Where that fails, nothing is compared until the
 * next whole book. Events from before the first whole book are kept, and applied when it comes.
 */
final class BinanceBook {

  private static final int KEPT_MAX = 10_000;

  private final Tally tally;
  private final LevelBook book = new LevelBook();
  private final Deque<Event> kept = new ArrayDeque<>();
  private final Deque<Ticker> tickers = new ArrayDeque<>();
  private final Deque<Row> waiting = new ArrayDeque<>();
  private boolean whole;
  private boolean afterSnapshot;
  private long lastId;

  private record Event(JsonNode data, long record, long firstId, long lastId) {
  }

  private record Ticker(long id, Best bid, Best ask) {
  }

  private record Row(long record, long id, Best bid, Best ask) {
  }

  /** Best price and size of a side, scaled; zeros when it is empty. */
  private record Best(long price, long size, String text) {
  }

  BinanceBook(final Tally tally) {
    this.tally = tally;
  }

  /** A whole book; one that is older than what was followed already changes nothing. */
  void snapshot(final JsonNode data) {
    tally.count(Count.SNAPSHOTS);
    final long id = Messages.whole(data, "lastUpdateId");
    if (whole && id <= lastId) {
      return;
    }
    book.clear();
    LevelBook.set(book.bids, Messages.array(data, "bids"), "bids");
    LevelBook.set(book.asks, Messages.array(data, "asks"), "asks");
    lastId = id;
    whole = true;
    afterSnapshot = true;
    final Deque<Event> before = new ArrayDeque<>(kept);
    kept.clear();
    before.forEach(this::follow);
  }

  void depth(final JsonNode data, final long record) {
    final Event event = new Event(data, record, Messages.whole(data, "U"), Messages.whole(data, "u"));
    if (event.lastId < event.firstId) {
      throw new CaptureFault("u: " + event.lastId + " is below U: " + event.firstId);
    }
    follow(event);
  }

  void ticker(final JsonNode data) {
    final Ticker ticker = new Ticker(Messages.whole(data, "u"), said(data, "b", "B"), said(data, "a", "A"));
    final Ticker newest = tickers.peekLast();
    if (null != newest && ticker.id <= newest.id) {
      tally.count(Count.STALE);
      return;
    }
    tickers.add(ticker);
    while (!waiting.isEmpty() && waiting.element().id <= ticker.id) {
      compare(waiting.remove());
    }
  }

  void end() {
    if (!kept.isEmpty()) {
      tally.count(Count.BEFORE_BOOK, kept.size());
    }
    for (final Row row : waiting) {
      final Ticker newest = tickers.peekLast();
      if (null != newest && newest.id == row.id) {
        compare(row);
      } else {
        tally.count(Count.NOT_COMPARED);
      }
    }
    waiting.clear();
  }

  private void follow(final Event event) {
    if (whole && event.lastId < lastId + (isFutures(event) ? 0 : 1) && afterSnapshot) {
      return;
    }
    if (whole && !continues(event)) {
      whole = false;
      tally.count(Count.GAPS);
    }
    if (!whole) {
      kept.add(event);
      if (kept.size() > KEPT_MAX) {
        kept.remove();
        tally.count(Count.BEFORE_BOOK);
      }
      return;
    }
    LevelBook.set(book.bids, Messages.array(event.data, "b"), "b");
    LevelBook.set(book.asks, Messages.array(event.data, "a"), "a");
    lastId = event.lastId;
    afterSnapshot = false;
    final Row row = new Row(event.record, lastId, best(book.bids), best(book.asks));
    final Ticker newest = tickers.peekLast();
    if (null != newest && newest.id >= lastId) {
      compare(row);
    } else {
      waiting.add(row);
    }
  }

  private boolean continues(final Event event) {
    if (afterSnapshot) {
      return event.firstId <= lastId + 1;
    }
    return isFutures(event) ? Messages.whole(event.data, "pu") == lastId : event.firstId == lastId + 1;
  }

  private static boolean isFutures(final Event event) {
    return event.data.has("pu");
  }

  private void compare(final Row row) {
    final Ticker ticker = newestUpTo(row.id);
    if (null == ticker) {
      tally.count(Count.NOT_COMPARED);
      return;
    }
    if (ticker.id == row.id) {
      tally.count(Count.SAME_ID);
    }
    final boolean agrees = same(row.bid, ticker.bid) && same(row.ask, ticker.ask);
    tally.compared(row.record, agrees ? null : "after update " + row.id + " the best is bid " + row.bid.text + ", ask "
        + row.ask.text + "; bookTicker " + ticker.id + " says bid " + ticker.bid.text + ", ask " + ticker.ask.text);
  }

  /** Rows are asked for in the order of their ids: older tickers are not needed any more. */
  private @Nullable Ticker newestUpTo(final long id) {
    Ticker found = null;
    while (!tickers.isEmpty() && tickers.element().id <= id) {
      found = tickers.remove();
    }
    if (null != found) {
      tickers.addFirst(found);
    }
    return found;
  }

  private static boolean same(final Best derived, final Best said) {
    return derived.price == said.price && derived.size == said.size;
  }

  private static Best best(final LevelSide side) {
    final LevelSide.Level level = side.best();
    return null == level ? new Best(0, 0, "none") : new Best(level.price(), level.size(), level.toString());
  }

  private static Best said(final JsonNode data, final String priceField, final String sizeField) {
    final String priceText = Messages.text(data, priceField);
    final String sizeText = Messages.text(data, sizeField);
    final long size = LevelSide.size(sizeText, sizeField);
    return 0 == size ? new Best(0, 0, "none")
        : new Best(LevelSide.price(priceText, priceField), size, sizeText + " at " + priceText);
  }
}
