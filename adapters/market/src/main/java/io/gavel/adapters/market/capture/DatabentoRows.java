package io.gavel.adapters.market.capture;

import io.gavel.codecs.sbe.Side;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a Databento CSV by the published names of its columns. Prices are counted in 1e-9: whole numbers as in the
 * records, or decimals where the file was written with pretty prices. Instruments are told apart by publisher and
 * instrument id.
 */
final class DatabentoRows implements AutoCloseable {

  static final int PRICE_SCALE = 9;
  /** A price that is not there. */
  static final long UNDEF_PRICE = Long.MAX_VALUE;

  /** Sizes have 32 bits without a sign. */
  private static final long SIZE_MAX = 0xFFFF_FFFFL;
  /** The last record of an instrument in an event: only now may the book be looked at. */
  private static final int F_LAST = 128;
  /** A record that is about the top of the book, not about an order. */
  private static final int F_TOB = 64;
  private static final int LEVELS_MAX = 10;

  private final CsvRows rows;
  private final int action;
  private final int side;
  private final int price;
  private final int size;
  private final int flags;
  private final int sequence;
  private final int eventTime;
  private final int instrument;
  private final int publisher;
  private final int orderId;
  private final List<int[]> levels = new ArrayList<>();

  /** Which event a row is of; events of a file come in this order. */
  record Event(String time, long sequence) implements Comparable<Event> {

    @Override
    public int compareTo(final Event other) {
      if (time.length() != other.time.length()) {
        return Integer.compare(time.length(), other.time.length());
      }
      final int byTime = time.compareTo(other.time);
      return 0 != byTime ? byTime : Long.compareUnsigned(sequence, other.sequence);
    }
  }

  private DatabentoRows(final CaptureFile file, final boolean ofOrders) {
    rows = new CsvRows(file);
    try {
      rows.readHeader();
      action = rows.column("action");
      side = rows.column("side");
      price = rows.column("price");
      size = rows.column("size");
      flags = rows.column("flags");
      sequence = rows.column("sequence");
      eventTime = rows.column("ts_event");
      instrument = rows.column("instrument_id");
      publisher = rows.columnIfThere("publisher_id");
      orderId = ofOrders ? rows.column("order_id") : CsvRows.NO_COLUMN;
      if (!ofOrders) {
        findLevels();
      }
    } catch (final RuntimeException e) {
      rows.close();
      throw e;
    }
  }

  static DatabentoRows ofOrders(final CaptureFile file) {
    return new DatabentoRows(file, true);
  }

  static DatabentoRows ofLevels(final CaptureFile file) {
    return new DatabentoRows(file, false);
  }

  boolean next() {
    return rows.next();
  }

  long record() {
    return rows.record();
  }

  String instrument() {
    final String id = rows.text(instrument);
    return CsvRows.NO_COLUMN == publisher ? id : rows.text(publisher) + '/' + id;
  }

  Event event() {
    return new Event(rows.text(eventTime), rows.unsigned(sequence, "sequence"));
  }

  char action() {
    final String text = rows.text(action);
    if (1 != text.length() || "ACMTFRN".indexOf(text.charAt(0)) < 0) {
      throw rows.fault("action: '" + CaptureException.shown(text) + "' is not one of A, C, M, T, F, R, N");
    }
    return text.charAt(0);
  }

  /** Null: none is said. */
  @Nullable Side side() {
    return switch (rows.text(side)) {
      case "B" -> Side.BUY;
      case "A" -> Side.SELL;
      case "N" -> null;
      default -> throw rows.fault("side: '" + CaptureException.shown(rows.text(side)) + "' is not one of B, A, N");
    };
  }

  /** The side of an order, which must be said. */
  Side orderSide() {
    final Side said = side();
    if (null == said) {
      throw rows.fault("side: an order needs B or A");
    }
    return said;
  }

  /** The price of an order, which must be said. */
  long orderPrice() {
    final long said = price(price, "price");
    if (UNDEF_PRICE == said) {
      throw rows.fault("price: an order needs one");
    }
    return said;
  }

  long size() {
    return size(size, "size");
  }

  long orderId() {
    return rows.unsigned(orderId, "order_id");
  }

  boolean isLast() {
    return 0 != (flags() & F_LAST);
  }

  boolean isTopOfBook() {
    return 0 != (flags() & F_TOB);
  }

  /** How many levels a row has. */
  int depth() {
    return levels.size();
  }

  /** The levels of a side, best first. */
  List<ShownSide.Level> levels(final boolean bids) {
    final List<ShownSide.Level> shown = new ArrayList<>();
    for (int i = 0; i < levels.size(); i++) {
      final int[] columns = levels.get(i);
      final long levelPrice = price(columns[bids ? 0 : 1], "level " + i + " price");
      final long levelSize = size(columns[bids ? 2 : 3], "level " + i + " size");
      if (UNDEF_PRICE != levelPrice) {
        shown.add(new ShownSide.Level(levelPrice, levelSize));
      }
    }
    return shown;
  }

  CaptureException fault(final String what) {
    return rows.fault(what);
  }

  String file() {
    return rows.file();
  }

  @Override
  public void close() {
    rows.close();
  }

  private void findLevels() {
    for (int i = 0; i < LEVELS_MAX; i++) {
      final String level = "_0" + i;
      if (i > 0 && CsvRows.NO_COLUMN == rows.columnIfThere("bid_px" + level)) {
        return;
      }
      levels.add(new int[] {rows.column("bid_px" + level), rows.column("ask_px" + level),
          rows.column("bid_sz" + level), rows.column("ask_sz" + level)});
    }
  }

  private long flags() {
    return rows.whole(flags, "flags");
  }

  private long size(final int column, final String name) {
    final long said = rows.whole(column, name);
    if (said < 0 || said > SIZE_MAX) {
      throw rows.fault(name + ": " + said + (said < 0 ? " is negative" : " is more than " + SIZE_MAX));
    }
    return said;
  }

  private long price(final int column, final String name) {
    final String text = rows.text(column);
    if (text.isEmpty()) {
      return UNDEF_PRICE;
    }
    return rows.decimal(column, name, text.indexOf('.') < 0 ? 0 : PRICE_SCALE);
  }
}
