package io.gavel.adapters.market.flow;

/** Writes reports as text into an array of bytes that is large enough. One thread. */
final class ReportText {

  private static final int DIGITS_MAX = 20;

  private final byte[] bytes;
  private final byte[] digits = new byte[DIGITS_MAX];
  private int length;

  ReportText(final byte[] bytes) {
    this.bytes = bytes;
  }

  /** Adds the line of the report that stands at {@code at}; returns how long the text is now. */
  int line(final long[] words, final int at) {
    final int kind = ReportRing.kind(words, at);
    number(kind);
    field(words[at + ReportRing.SEQUENCE]);
    if (ReportRing.TRADE == kind) {
      field(ReportRing.priceTicks(words, at));
      field(ReportRing.lots(words, at));
      field(words[at + ReportRing.ORDER_ID]);
      field(words[at + ReportRing.INCOMING_ID]);
    } else if (ReportRing.CANCEL_REJECTED == kind || ReportRing.MODIFY_REJECTED == kind) {
      field(words[at + ReportRing.ORDER_ID]);
    } else {
      field(ReportRing.isBuy(words, at) ? 0 : 1);
      field(words[at + ReportRing.ORDER_ID]);
      field(ReportRing.priceTicks(words, at));
      if (ReportRing.CANCELLED != kind) {
        field(ReportRing.lots(words, at));
      }
    }
    return length;
  }

  void newline() {
    bytes[length++] = '\n';
  }

  /** Begins anew; returns how long the text was. */
  int reset() {
    final int was = length;
    length = 0;
    return was;
  }

  private void field(final long value) {
    bytes[length++] = ',';
    number(value);
  }

  /** Unsigned, in decimals. */
  private void number(final long value) {
    long rest = value;
    int from = DIGITS_MAX;
    if (rest < 0) {
      digits[--from] = (byte) ('0' + Long.remainderUnsigned(rest, 10));
      rest = Long.divideUnsigned(rest, 10);
    }
    do {
      final long tenth = rest / 10;
      digits[--from] = (byte) ('0' + (rest - tenth * 10));
      rest = tenth;
    } while (rest > 0);
    System.arraycopy(digits, from, bytes, length, DIGITS_MAX - from);
    length += DIGITS_MAX - from;
  }
}
