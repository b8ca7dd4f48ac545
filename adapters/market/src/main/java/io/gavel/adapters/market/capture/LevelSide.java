package io.gavel.adapters.market.capture;

import io.gavel.codecs.DecimalText;
import java.util.Comparator;
import java.util.Iterator;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The price levels of one side of a book of levels, best first. Keeps the text of prices and sizes as it was sent,
 * since a checksum is taken over it. Prices are scaled by {@link #PRICE_SCALE}, sizes by {@link #SIZE_SCALE}.
 */
final class LevelSide {

  static final int PRICE_SCALE = DecimalText.SCALE_MAX;
  static final int SIZE_SCALE = 8;

  private final String name;
  private final TreeMap<Long, Level> levels;

  /**
   * One price.
   *
   * @param price scaled by {@link #PRICE_SCALE}
   * @param size  scaled by {@link #SIZE_SCALE}
   */
  record Level(String priceText, String sizeText, long price, long size) {

    @Override
    public String toString() {
      return sizeText + " at " + priceText;
    }
  }

  LevelSide(final boolean isBid) {
    name = isBid ? "bid" : "ask";
    levels = isBid ? new TreeMap<>(Comparator.reverseOrder()) : new TreeMap<>();
  }

  /** Sets the size at a price; a size of zero takes the level out. Returns the size that was there, scaled. */
  long set(final String priceText, final String sizeText) {
    final long price = price(priceText, name);
    final long size = size(sizeText, name);
    final Level before = 0 == size
        ? levels.remove(price) : levels.put(price, new Level(priceText, sizeText, price, size));
    return null == before ? 0 : before.size();
  }

  void clear() {
    levels.clear();
  }

  /** Forgets all but the best {@code depth} levels. */
  void truncate(final int depth) {
    while (levels.size() > depth) {
      levels.pollLastEntry();
    }
  }

  @Nullable Level best() {
    return levels.isEmpty() ? null : levels.firstEntry().getValue();
  }

  Iterator<Level> bestFirst() {
    return levels.values().iterator();
  }

  int size() {
    return levels.size();
  }

  /** A price of this feed, scaled; positive. */
  static long price(final String text, final String place) {
    final long price = DecimalText.parse(text, PRICE_SCALE, place + " price");
    if (price <= 0) {
      throw new CaptureFault(place + " price: '" + CaptureException.shown(text) + "' is not positive");
    }
    return price;
  }

  /** A size of this feed, scaled; not negative. */
  static long size(final String text, final String place) {
    final long size = DecimalText.parse(text, SIZE_SCALE, place + " size");
    if (size < 0) {
      throw new CaptureFault(place + " size: '" + CaptureException.shown(text) + "' is negative");
    }
    return size;
  }
}
