package io.gavel.adapters.market.capture;

import com.fasterxml.jackson.databind.JsonNode;

/** Both sides of a book of levels. */
final class LevelBook {

  final LevelSide bids = new LevelSide(true);
  final LevelSide asks = new LevelSide(false);

  void clear() {
    bids.clear();
    asks.clear();
  }

  void truncate(final int depth) {
    bids.truncate(depth);
    asks.truncate(depth);
  }

  /** Sets each of the levels {@code [price, size, ...]}. */
  static void set(final LevelSide side, final JsonNode levels, final String place) {
    for (final JsonNode level : levels) {
      side.set(Messages.text(level, 0, place), Messages.text(level, 1, place));
    }
  }
}
