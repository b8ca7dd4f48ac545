package io.gavel.adapters.market.capture;

import java.util.List;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * One side of a book of which only the best levels are shown. What lies behind the last level shown is not known: a
 * level that comes into view from there is taken over as it is, one that leaves the view is forgotten. Where fewer
 * levels are shown than there is room for, the whole side is known.
 */
final class ShownSide {

  private final String name;
  private final boolean isBid;
  private final int depth;
  private final LongFunction<String> priceText;
  private boolean bounded = true;
  private long horizon;

  /** Size at a price, in the units of the capture. */
  record Level(long price, long size) {
  }

  /** Of nothing known; {@code depth} levels are shown at most. */
  ShownSide(final boolean isBid, final int depth, final LongFunction<String> priceText) {
    name = isBid ? "bid" : "ask";
    this.isBid = isBid;
    this.depth = depth;
    this.priceText = priceText;
    horizon = isBid ? Long.MAX_VALUE : Long.MIN_VALUE;
  }

  /** Whether a level at this price, or that there is none, is known. */
  boolean isKnown(final long price) {
    return !bounded || (isBid ? price >= horizon : price <= horizon);
  }

  /** Everything is known from here on: the book was just cleared. */
  void knowAll() {
    bounded = false;
  }

  /** What is other than derived, or null. {@code derived} holds known levels only, best first. */
  @Nullable String difference(final List<Level> derived, final List<Level> shown) {
    final int known = Math.min(derived.size(), depth);
    for (int i = 0; i < Math.max(known, shown.size()); i++) {
      final Level mine = i < known ? derived.get(i) : null;
      final Level theirs = i < shown.size() ? shown.get(i) : null;
      if (null == mine ? null != theirs && isKnown(theirs.price) : !mine.equals(theirs)) {
        return name + ' ' + (i + 1) + " is " + text(mine) + ", the capture says " + text(theirs);
      }
    }
    return null;
  }

  /** From now on as far is known as these levels show. */
  void follow(final List<Level> shown) {
    bounded = shown.size() >= depth;
    if (bounded) {
      horizon = shown.get(shown.size() - 1).price;
    }
  }

  private String text(final @Nullable Level level) {
    return null == level ? "none" : level.size + " at " + priceText.apply(level.price);
  }
}
