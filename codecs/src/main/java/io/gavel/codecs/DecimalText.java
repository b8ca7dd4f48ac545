package io.gavel.codecs;

/**
 * Owns the way from decimal text to a scaled long and back; no other class parses money text. It never rounds: what
 * does not fit is refused. The text is an optional minus, digits, and optionally a point with digits behind it; zeros
 * beyond the scale are fine. No exponent, plus, blank, grouping or locale. Values lie in
 * [-{@link Long#MAX_VALUE}, {@link Long#MAX_VALUE}].
 *
 * <p>The byte forms allocate nothing and answer {@link #NOT_PARSED}; the text forms are for the edge and throw.
 * Stateless, any thread.
 */
public final class DecimalText {

  /** The finest scale of the house: ten decimals. */
  public static final int SCALE_MAX = 10;

  /** What the byte forms return instead of a value; ask {@link #fault} why. No text has this value. */
  public static final long NOT_PARSED = Long.MIN_VALUE;

  private static final int NO_POINT = -1;

  private DecimalText() {
  }

  /** The value of {@code text} times ten to the {@code scale}. */
  public static long parse(final CharSequence text, final int scale) {
    return parse(text, scale, "");
  }

  /** As {@link #parse(CharSequence, int)}; the refusal names {@code place}. */
  public static long parse(final CharSequence text, final int scale, final String place) {
    final byte[] bytes = asciiOf(text);
    final long value = parse(bytes, 0, bytes.length, scale);
    if (NOT_PARSED == value) {
      final DecimalFault fault = fault(bytes, 0, bytes.length, scale);
      throw new DecimalFormatException(place, text, fault, sentence(fault, scale));
    }
    return value;
  }

  /** The value of the bytes in [from, to) times ten to the {@code scale}, or {@link #NOT_PARSED}. */
  public static long parse(final byte[] bytes, final int from, final int to, final int scale) {
    requireScale(scale);
    final boolean negative = from < to && '-' == bytes[from];
    final int first = negative ? from + 1 : from;
    long value = 0;
    int point = NO_POINT;
    int decimals = 0;
    for (int i = first; i < to; i++) {
      final int digit = bytes[i] - '0';
      if (digit < 0 || digit > 9) {
        if ('.' != bytes[i] || NO_POINT != point || first == i) {
          return NOT_PARSED;
        }
        point = i;
      } else if (NO_POINT != point && decimals == scale) {
        if (0 != digit) {
          return NOT_PARSED;
        }
      } else {
        decimals += NO_POINT == point ? 0 : 1;
        value = timesTenPlus(value, digit);
        if (NOT_PARSED == value) {
          return NOT_PARSED;
        }
      }
    }
    if (first >= to || point == to - 1) {
      return NOT_PARSED;
    }
    for (; decimals < scale && NOT_PARSED != value; decimals++) {
      value = timesTenPlus(value, 0);
    }
    return negative && NOT_PARSED != value ? -value : value;
  }

  /** Why {@link #parse(byte[], int, int, int)} answered {@link #NOT_PARSED} to these bytes. */
  public static DecimalFault fault(final byte[] bytes, final int from, final int to, final int scale) {
    Invariants.check(NOT_PARSED == parse(bytes, from, to, scale), "a text that parses has no fault");
    if (from >= to) {
      return DecimalFault.EMPTY;
    }
    final int first = '-' == bytes[from] ? from + 1 : from;
    int point = NO_POINT;
    boolean beyond = false;
    for (int i = first; i < to; i++) {
      final boolean isPoint = '.' == bytes[i];
      if (isPoint ? NO_POINT != point || first == i : bytes[i] < '0' || bytes[i] > '9') {
        return DecimalFault.NOT_A_NUMBER;
      }
      point = isPoint ? i : point;
      beyond |= NO_POINT != point && i - point > scale && '0' != bytes[i];
    }
    if (first >= to || point == to - 1) {
      return DecimalFault.NOT_A_NUMBER;
    }
    return beyond ? DecimalFault.TOO_MANY_DECIMALS : DecimalFault.OVERFLOW;
  }

  /** Shortest plain text: no zeros behind the last decimal that counts, no point without decimals. */
  public static String format(final long value, final int scale) {
    return append(new StringBuilder(24), value, scale).toString();
  }

  /** Plain text with exactly {@code scale} decimals. */
  public static String formatFixed(final long value, final int scale) {
    return appendFixed(new StringBuilder(24), value, scale).toString();
  }

  /** Appends {@link #format}. */
  public static StringBuilder append(final StringBuilder out, final long value, final int scale) {
    appendFixed(out, value, scale);
    return scale > 0 ? stripDecimals(out) : out;
  }

  /** Appends {@link #formatFixed}. */
  public static StringBuilder appendFixed(final StringBuilder out, final long value, final int scale) {
    requireScale(scale);
    return appendDigits(out, value < 0, Long.toUnsignedString(value < 0 ? -value : value), scale);
  }

  static StringBuilder appendDigits(
      final StringBuilder out, final boolean negative, final String digits, final int scale) {
    if (negative) {
      out.append('-');
    }
    final int whole = digits.length() - scale;
    if (whole > 0) {
      out.append(digits, 0, whole);
    } else {
      out.append('0');
    }
    if (scale > 0) {
      out.append('.').append("0".repeat(Math.max(0, -whole))).append(digits, Math.max(0, whole), digits.length());
    }
    return out;
  }

  /** Drops zeros behind the last decimal that counts, and a point without decimals. */
  static StringBuilder stripDecimals(final StringBuilder out) {
    int end = out.length();
    while ('0' == out.charAt(end - 1)) {
      end--;
    }
    out.setLength('.' == out.charAt(end - 1) ? end - 1 : end);
    return out;
  }

  static byte[] asciiOf(final CharSequence text) {
    final byte[] bytes = new byte[text.length()];
    for (int i = 0; i < bytes.length; i++) {
      final char c = text.charAt(i);
      bytes[i] = (byte) (c < 0x80 ? c : 0);
    }
    return bytes;
  }

  static String sentence(final DecimalFault fault, final int scale) {
    return switch (fault) {
      case EMPTY -> "is empty, a decimal number is needed";
      case NOT_A_NUMBER -> "is not a plain decimal number";
      case TOO_MANY_DECIMALS -> "has more than " + scale + " significant decimals";
      case OFF_STEP -> "is no whole number of steps";
      case OVERFLOW -> "is too large";
    };
  }

  private static long timesTenPlus(final long value, final int digit) {
    if (value > (Long.MAX_VALUE - digit) / 10) {
      return NOT_PARSED;
    }
    return value * 10 + digit;
  }

  private static void requireScale(final int scale) {
    if (scale < 0 || scale > SCALE_MAX) {
      throw new IllegalArgumentException("scale out of range: " + scale);
    }
  }
}
