package io.gavel.adapters.market.capture;

import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.zip.CRC32;

/** The checksums that venues send with their books: CRC32 over the texts of the best levels, put together their way. */
final class BookChecksum {

  private static final int OKX_LEVELS = 25;
  private static final int KRAKEN_LEVELS = 10;

  private BookChecksum() {
  }

  /** Best 25 levels, bid and ask in turn, {@code price:size} joined by colons; a signed number of 32 bits. */
  static int okx(final LevelBook book) {
    final StringBuilder text = new StringBuilder();
    final Iterator<LevelSide.Level> bids = book.bids.bestFirst();
    final Iterator<LevelSide.Level> asks = book.asks.bestFirst();
    for (int i = 0; i < OKX_LEVELS; i++) {
      joinNext(text, bids);
      joinNext(text, asks);
    }
    return (int) crc32(text);
  }

  /** Best 10 asks, then best 10 bids, price and size without point and leading zeros; 32 bits without a sign. */
  static long kraken(final LevelBook book) {
    final StringBuilder text = new StringBuilder();
    appendDigits(text, book.asks.bestFirst());
    appendDigits(text, book.bids.bestFirst());
    return crc32(text);
  }

  private static void joinNext(final StringBuilder text, final Iterator<LevelSide.Level> levels) {
    if (levels.hasNext()) {
      final LevelSide.Level level = levels.next();
      text.append(0 == text.length() ? "" : ":").append(level.priceText()).append(':').append(level.sizeText());
    }
  }

  private static void appendDigits(final StringBuilder text, final Iterator<LevelSide.Level> levels) {
    for (int i = 0; i < KRAKEN_LEVELS && levels.hasNext(); i++) {
      final LevelSide.Level level = levels.next();
      appendDigits(text, level.priceText());
      appendDigits(text, level.sizeText());
    }
  }

  private static void appendDigits(final StringBuilder text, final String decimal) {
    boolean leading = true;
    for (int i = 0; i < decimal.length(); i++) {
      final char c = decimal.charAt(i);
      leading &= '0' == c || '.' == c;
      if (!leading && '.' != c) {
        text.append(c);
      }
    }
  }

  private static long crc32(final StringBuilder text) {
    final CRC32 crc = new CRC32();
    crc.update(text.toString().getBytes(StandardCharsets.US_ASCII));
    return crc.getValue();
  }
}
