package io.gavel.adapters.market.capture;

import com.fasterxml.jackson.databind.JsonNode;
import io.gavel.adapters.market.capture.CaptureReport.Count;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Kraken's book, arrays of version 1 and objects of version 2: the CRC32 of the best 10 levels is the checksum in the
 * message. Levels beyond the depth subscribed to are forgotten after each message, since no update tells their end.
 */
final class KrakenCheck implements FeedCheck {

  private static final int[] DEPTHS = {10, 25, 100, 500, 1000};

  private final Tally tally;
  private final Map<String, Followed> books = new HashMap<>();
  private final Map<String, Integer> subscribedDepths = new HashMap<>();

  private static final class Followed {
    private final LevelBook book = new LevelBook();
    private boolean whole;
    private int depth = DEPTHS[0];
  }

  KrakenCheck(final Tally tally) {
    this.tally = tally;
  }

  @Override
  public void accept(final JsonNode message, final long record) {
    if (message.isArray() && message.size() >= 4
        && message.path(message.size() - 2).asText().startsWith("book")) {
      acceptV1(message, record);
    } else if ("book".equals(message.path("channel").asText()) && message.has("data")) {
      acceptV2(message, record);
    } else {
      final JsonNode result = message.path("result");
      if ("book".equals(result.path("channel").asText()) && result.has("depth")) {
        subscribedDepths.put(Messages.text(result, "symbol"), (int) Messages.whole(result, "depth"));
      }
      tally.count(Count.OTHER);
    }
  }

  @Override
  public void end() {
    // Each checksum was compared where it stood.
  }

  /** {@code [channelId, {levels}, ({levels},) "book-DEPTH", "PAIR"]}. */
  private void acceptV1(final JsonNode message, final long record) {
    final int size = message.size();
    final Followed followed = followed(Messages.text(message, size - 1, "pair"));
    followed.depth = depthV1(Messages.text(message, size - 2, "channel"));
    String checksum = null;
    for (int i = 1; i < size - 2; i++) {
      final JsonNode levels = message.get(i);
      if (levels.has("as") || levels.has("bs")) {
        restart(followed);
      }
      setIfThere(followed.book.asks, levels, "as");
      setIfThere(followed.book.bids, levels, "bs");
      setIfThere(followed.book.asks, levels, "a");
      setIfThere(followed.book.bids, levels, "b");
      checksum = levels.has("c") ? Messages.text(levels, "c") : checksum;
    }
    compare(followed, checksum, record);
  }

  private void acceptV2(final JsonNode message, final long record) {
    final boolean snapshot = "snapshot".equals(Messages.text(message, "type"));
    for (final JsonNode data : Messages.array(message, "data")) {
      final String symbol = Messages.text(data, "symbol");
      final Followed followed = followed(symbol);
      if (snapshot) {
        restart(followed);
      }
      setV2(followed.book.bids, data, "bids");
      setV2(followed.book.asks, data, "asks");
      if (snapshot) {
        followed.depth = subscribedDepths.getOrDefault(symbol, depthOf(followed.book));
      }
      compare(followed, data.has("checksum") ? Messages.text(data, "checksum") : null, record);
    }
  }

  private Followed followed(final String pair) {
    return books.computeIfAbsent(pair, unused -> {
      tally.count(Count.BOOKS);
      return new Followed();
    });
  }

  private void restart(final Followed followed) {
    if (!followed.whole || followed.book.bids.size() + followed.book.asks.size() > 0) {
      tally.count(Count.SNAPSHOTS);
    }
    followed.book.clear();
    followed.whole = true;
  }

  private void compare(final Followed followed, final @Nullable String checksum, final long record) {
    followed.book.truncate(followed.depth);
    if (null == checksum) {
      return;
    }
    if (!followed.whole) {
      tally.count(Count.BEFORE_BOOK);
      return;
    }
    final long computed = BookChecksum.kraken(followed.book);
    tally.compared(record, Long.toString(computed).equals(checksum) ? null
        : "checksum is " + computed + ", the capture says " + CaptureException.shown(checksum));
  }

  private static void setIfThere(final LevelSide side, final JsonNode levels, final String field) {
    if (levels.has(field)) {
      LevelBook.set(side, Messages.array(levels, field), field);
    }
  }

  private static void setV2(final LevelSide side, final JsonNode data, final String field) {
    if (data.has(field)) {
      for (final JsonNode level : Messages.array(data, field)) {
        side.set(Messages.text(level, "price"), Messages.text(level, "qty"));
      }
    }
  }

  private static int depthV1(final String channel) {
    final int dash = channel.indexOf('-');
    if (dash < 0) {
      return DEPTHS[0];
    }
    try {
      return Integer.parseInt(channel.substring(dash + 1));
    } catch (final NumberFormatException e) {
      throw new CaptureFault("channel: '" + CaptureException.shown(channel) + "' has no depth like book-10");
    }
  }

  /** The least depth that can be subscribed to and holds the snapshot. */
  private static int depthOf(final LevelBook book) {
    final int levels = Math.max(book.bids.size(), book.asks.size());
    int i = 0;
    while (i < DEPTHS.length - 1 && DEPTHS[i] < levels) {
      i++;
    }
    return DEPTHS[i];
  }
}
