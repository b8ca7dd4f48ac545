package io.gavel.adapters.market.capture;

import com.fasterxml.jackson.databind.JsonNode;
import io.gavel.adapters.market.capture.CaptureReport.Count;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * OKX channels of books with increments: after each message the CRC32 of the best 25 levels is the checksum in it.
 * Where messages are numbered, {@code prevSeqId} is the {@code seqId} before; where one is missing nothing is compared
 * up to the next snapshot.
 */
final class OkxCheck implements FeedCheck {

  private static final Set<String> CHANNELS = Set.of("books", "books-l2-tbt", "books50-l2-tbt");

  private final Tally tally;
  private final Map<String, Followed> books = new HashMap<>();

  private static final class Followed {
    private final LevelBook book = new LevelBook();
    private boolean whole;
    private long sequence;
  }

  OkxCheck(final Tally tally) {
    this.tally = tally;
  }

  @Override
  public void accept(final JsonNode message, final long record) {
    final JsonNode arg = message.path("arg");
    if (!message.has("action") || !CHANNELS.contains(arg.path("channel").asText())) {
      tally.count(Count.OTHER);
      return;
    }
    final String instrument = Messages.text(arg, "instId");
    final Followed followed = books.computeIfAbsent(arg.path("channel").asText() + ' ' + instrument, unused -> {
      tally.count(Count.BOOKS);
      return new Followed();
    });
    final boolean snapshot = isSnapshot(Messages.text(message, "action"));
    for (final JsonNode data : Messages.array(message, "data")) {
      apply(followed, data, snapshot);
      compare(followed, data, instrument, record);
    }
  }

  @Override
  public void end() {
    // Each checksum was compared where it stood.
  }

  private static boolean isSnapshot(final String action) {
    if (!"snapshot".equals(action) && !"update".equals(action)) {
      throw new CaptureFault("action: '" + CaptureException.shown(action) + "' is neither snapshot nor update");
    }
    return "snapshot".equals(action);
  }

  private void apply(final Followed followed, final JsonNode data, final boolean snapshot) {
    if (snapshot) {
      followed.book.clear();
      followed.whole = true;
      tally.count(Count.SNAPSHOTS);
    } else if (followed.whole && data.has("prevSeqId") && Messages.whole(data, "prevSeqId") != followed.sequence) {
      followed.whole = false;
      tally.count(Count.GAPS);
    }
    followed.sequence = data.has("seqId") ? Messages.whole(data, "seqId") : 0;
    LevelBook.set(followed.book.bids, Messages.array(data, "bids"), "bids");
    LevelBook.set(followed.book.asks, Messages.array(data, "asks"), "asks");
  }

  private void compare(final Followed followed, final JsonNode data, final String instrument, final long record) {
    if (!followed.whole) {
      tally.count(Count.BEFORE_BOOK);
    } else if (!data.has("checksum")) {
      tally.count(Count.NOT_COMPARED);
    } else {
      final long said = Messages.whole(data, "checksum");
      final int checksum = BookChecksum.okx(followed.book);
      tally.compared(record,
          said == checksum ? null : instrument + " checksum is " + checksum + ", the capture says " + said);
    }
  }
}
