package io.gavel.adapters.market.capture;

import io.gavel.adapters.market.capture.VenueModel.Change;
import io.gavel.adapters.market.capture.VenueModel.Kind;
import io.gavel.adapters.market.capture.VenueModel.Levels;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Traffic of {@link VenueModel} as Databento writes it: a file of orders, and one of levels. */
final class DatabentoFiles {

  static final String ORDER_COLUMNS = "ts_recv,ts_event,rtype,publisher_id,instrument_id,action,side,price,size,"
      + "channel_id,order_id,flags,ts_in_delta,sequence,symbol";
  private static final String LEVEL_COLUMNS =
      "ts_recv,ts_event,rtype,publisher_id,instrument_id,action,side,depth,price,size,flags,ts_in_delta,sequence";
  private static final long TIME = 1_700_000_000_000_000_000L;
  private static final String UNDEF = Long.toString(Long.MAX_VALUE);

  final List<String> orders = new ArrayList<>();
  final List<String> levels = new ArrayList<>();
  private final int depth;
  private long sequence;

  DatabentoFiles(final int depth) {
    this.depth = depth;
    orders.add(ORDER_COLUMNS);
    final StringBuilder columns = new StringBuilder(LEVEL_COLUMNS);
    for (int i = 0; i < depth; i++) {
      for (final String column : List.of("bid_px", "ask_px", "bid_sz", "ask_sz", "bid_ct", "ask_ct")) {
        columns.append(',').append(column).append("_0").append(i);
      }
    }
    levels.add(columns.append(",symbol").toString());
    order('R', 'N', UNDEF, 0, 0, 8 | 128);
  }

  static DatabentoFiles random(final Random random, final int depth, final int steps, final boolean modifies) {
    final VenueModel venue = new VenueModel(random, modifies);
    final DatabentoFiles files = new DatabentoFiles(depth);
    for (int i = 0; i < steps; i++) {
      files.event(venue.step());
    }
    return files;
  }

  /** Prices are 0.01 apart and reach below zero, as those of a spread may. */
  static String price(final long ticks) {
    return Long.toString((ticks - 10_000) * 10_000_000L);
  }

  void order(final char action, final char side, final String price, final long size, final long id, final int flags) {
    orders.add((TIME + sequence + 7) + "," + (TIME + sequence) + ",160,1,42," + action + ',' + side + ',' + price + ','
        + size + ",0," + id + ',' + flags + ",3," + sequence + ",X");
  }

  private void event(final List<Change> changes) {
    sequence++;
    final List<String> rows = new ArrayList<>();
    for (int i = 0; i < changes.size(); i++) {
      final Change change = changes.get(i);
      final int flags = i + 1 == changes.size() ? 128 : 0;
      final char side = change.isBuy() ? 'B' : 'A';
      final String price = price(change.price());
      if (Kind.EXECUTE == change.kind()) {
        order('T', change.isBuy() ? 'A' : 'B', price, change.size(), 0, 0);
        order('F', side, price, change.size(), change.id(), 0);
        rows.add(row('T', change.isBuy() ? 'A' : 'B', change, change.before()));
      }
      final char action = switch (change.kind()) {
        case ADD -> 'A';
        case MODIFY -> 'M';
        default -> 'C';
      };
      order(action, side, price, change.size(), change.id(), flags);
      if (!shown(change.before()).equals(shown(change.after()))) {
        rows.add(row(action, side, change, change.after()));
      }
    }
    for (int i = 0; i < rows.size(); i++) {
      levels.add(rows.get(i).replace("FLAGS", i + 1 == rows.size() ? "128" : "0"));
    }
  }

  private String row(final char action, final char side, final Change change, final Levels shown) {
    return (TIME + sequence + 7) + "," + (TIME + sequence) + ",10,1,42," + action + ',' + side + ",0,"
        + price(change.price()) + ',' + change.size() + ",FLAGS,3," + sequence + shown(shown) + ",X";
  }

  private String shown(final Levels all) {
    final StringBuilder text = new StringBuilder();
    for (int i = 0; i < depth; i++) {
      final long[] bid = i < all.bids().size() ? all.bids().get(i) : new long[2];
      final long[] ask = i < all.asks().size() ? all.asks().get(i) : new long[2];
      text.append(',').append(0 == bid[1] ? UNDEF : price(bid[0])).append(',')
          .append(0 == ask[1] ? UNDEF : price(ask[0])).append(',').append(bid[1]).append(',').append(ask[1])
          .append(",1,1");
    }
    return text.toString();
  }
}
