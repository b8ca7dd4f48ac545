package io.gavel.benchmarks.peers;

import org.jspecify.annotations.Nullable;

/**
 * Takes what a book reports. By turns it folds each report into a digest on the book's own thread, hands it to a second
 * thread over the ring, or writes it out as text: the book never knows, and what it pays for a report is the same for
 * all who take part. The book's thread only.
 *
 * <pre>
 *   word 0   trade (1 bit) | price in ticks (31) | lots (32)
 *   word 1   sequence of the message
 *   word 2   order id; of a trade: the resting order's
 *   word 3   of a trade: the incoming order's id; else type (8) | side (8)
 * </pre>
 */
public final class Reports {

  /** The price of a cancelled order, from a book that does not keep it. */
  public static final long NO_PRICE = 0;

  static final int WORDS = 4;
  static final int ACCEPTED = 0;
  static final int TRADE = 1;
  static final int CANCELLED = 2;
  static final int MODIFIED = 3;
  static final int CANCEL_REJECTED = 4;
  static final int MODIFY_REJECTED = 5;

  private static final long TRADE_BIT = Long.MIN_VALUE;
  private static final long TICKS_MASK = 0x7fff_ffffL;
  private static final long LOTS_MASK = 0xffff_ffffL;
  private static final int TYPE_MASK = 0xff;

  private final ReportDigest digest = new ReportDigest();
  private @Nullable ReportRing ring;
  private @Nullable ReportText text;

  Reports() {
  }

  /** A new order is in. */
  public void accepted(final long sequence, final boolean isBuy, final long orderId, final long ticks,
      final long lots) {
    put(ticks << Integer.SIZE | lots, sequence, orderId, kind(ACCEPTED, isBuy));
  }

  /** Two orders met. */
  public void traded(final long sequence, final long ticks, final long lots, final long restingId,
      final long incomingId) {
    put(TRADE_BIT | ticks << Integer.SIZE | lots, sequence, restingId, incomingId);
  }

  /** An order is gone by a cancel, or the rest of one that would not wait; its price, or {@link #NO_PRICE}. */
  public void cancelled(final long sequence, final boolean isBuy, final long orderId, final long ticks) {
    put(ticks << Integer.SIZE, sequence, orderId, kind(CANCELLED, isBuy));
  }

  /** An order has its new price and size; after the trades that this caused. */
  public void modified(final long sequence, final boolean isBuy, final long orderId, final long ticks,
      final long lots) {
    put(ticks << Integer.SIZE | lots, sequence, orderId, kind(MODIFIED, isBuy));
  }

  /** What was to be cancelled does not rest. */
  public void cancelRejected(final long sequence, final long orderId) {
    put(0, sequence, orderId, CANCEL_REJECTED);
  }

  /** What was to be modified does not rest. */
  public void modifyRejected(final long sequence, final long orderId) {
    put(0, sequence, orderId, MODIFY_REJECTED);
  }

  /** Lets the second thread see what was handed to it. */
  void publish() {
    final ReportRing handTo = ring;
    if (null != handTo) {
      handTo.publish();
    }
  }

  /** From now on folded here; the digest begins anew. */
  ReportDigest fold() {
    ring = null;
    text = null;
    digest.clear();
    return digest;
  }

  /** From now on handed to the ring. */
  void handTo(final ReportRing to) {
    ring = to;
    text = null;
  }

  /** From now on written out, and folded as before. */
  void writeTo(final ReportText to) {
    ring = null;
    text = to;
  }

  static int type(final long word0, final long word3) {
    return word0 < 0 ? TRADE : (int) word3 & TYPE_MASK;
  }

  static boolean isSell(final long word3) {
    return 0 != word3 >>> Byte.SIZE;
  }

  static long ticks(final long word0) {
    return word0 >>> Integer.SIZE & TICKS_MASK;
  }

  static long lots(final long word0) {
    return word0 & LOTS_MASK;
  }

  private static long kind(final int type, final boolean isBuy) {
    return isBuy ? type : 1L << Byte.SIZE | type;
  }

  private void put(final long word0, final long word1, final long word2, final long word3) {
    final ReportRing handTo = ring;
    if (null != handTo) {
      handTo.put(word0, word1, word2, word3);
      return;
    }
    digest.fold(word0, word1, word2, word3);
    final ReportText writeTo = text;
    if (null != writeTo) {
      writeTo.append(word0, word1, word2, word3);
    }
  }
}
