package io.gavel.adapters.backtest.tape;

import io.gavel.codecs.DecimalText;

/**
 * Reads one kind of time stamp: seconds (with or without decimals), milli-, micro- or nanoseconds since the epoch, or
 * ISO 8601 ({@code 2020-01-01 00:00:00}, {@code 2020-01-01T00:00:00.123Z}, {@code +08:00}; no zone is UTC). The first
 * stamp decides the kind for the whole file. Allocates nothing.
 */
final class StampParser {

  /** What {@link #parse} returns for bytes that are no stamp of the file's kind. */
  static final long NOT_PARSED = Long.MIN_VALUE;

  private static final int NS_DECIMALS = 9;
  private static final long SECONDS_BELOW = 100_000_000_000L;
  private static final long MILLIS_BELOW = SECONDS_BELOW * 1_000;
  private static final long MICROS_BELOW = MILLIS_BELOW * 1_000;
  private static final int DATE_LENGTH = 10;
  private static final int TIME_LENGTH = 8;
  private static final long YEAR_MAX = 2261;

  /** Kinds of stamp. */
  enum Kind {
    UNDECIDED("a time stamp"),
    SECONDS("seconds since the epoch"),
    MILLIS("milliseconds since the epoch"),
    MICROS("microseconds since the epoch"),
    NANOS("nanoseconds since the epoch"),
    ISO("an ISO 8601 time such as 2020-01-01T00:00:00Z");

    final String words;

    Kind(final String words) {
      this.words = words;
    }
  }

  private Kind kind = Kind.UNDECIDED;
  private int cursor;

  Kind kind() {
    return kind;
  }

  /** Nanoseconds since the epoch, never negative, or {@link #NOT_PARSED}. */
  long parse(final byte[] bytes, final int from, final int to) {
    if (to - from > 4 && '-' == bytes[from + 4]) {
      return Kind.UNDECIDED == kind || Kind.ISO == kind ? iso(bytes, from, to) : NOT_PARSED;
    }
    final int point = indexOfPoint(bytes, from, to);
    if (point < to) {
      final long timeNs = DecimalText.parse(bytes, from, to, NS_DECIMALS);
      return timeNs < 0 ? NOT_PARSED : as(Kind.SECONDS, timeNs);
    }
    final long number = DecimalText.parse(bytes, from, to, 0);
    if (number < 0) {
      return NOT_PARSED;
    }
    if (number < SECONDS_BELOW) {
      return number > Long.MAX_VALUE / 1_000_000_000L ? NOT_PARSED : as(Kind.SECONDS, number * 1_000_000_000L);
    }
    if (number < MILLIS_BELOW) {
      return number > Long.MAX_VALUE / 1_000_000L ? NOT_PARSED : as(Kind.MILLIS, number * 1_000_000L);
    }
    return number < MICROS_BELOW ? as(Kind.MICROS, number * 1_000L) : as(Kind.NANOS, number);
  }

  private long as(final Kind found, final long timeNs) {
    if (Kind.UNDECIDED == kind) {
      kind = found;
    }
    return found == kind ? timeNs : NOT_PARSED;
  }

  private long iso(final byte[] bytes, final int from, final int to) {
    if (to - from < DATE_LENGTH) {
      return NOT_PARSED;
    }
    cursor = from;
    final long year = digits(bytes, 4);
    final boolean firstDash = '-' == bytes[cursor++];
    final long month = digits(bytes, 2);
    final boolean secondDash = '-' == bytes[cursor++];
    final long day = digits(bytes, 2);
    if (!firstDash || !secondDash || year < 1970 || year > YEAR_MAX || month < 1 || month > 12 || day < 1
        || day > daysIn(year, month)) {
      return NOT_PARSED;
    }
    final long secondOfDay = cursor == to ? 0 : secondOfDay(bytes, to);
    final long nanos = secondOfDay < 0 ? NOT_PARSED : fraction(bytes, to);
    final long offsetSeconds = nanos < 0 ? NOT_PARSED : offset(bytes, to);
    if (NOT_PARSED == offsetSeconds) {
      return NOT_PARSED;
    }
    final long seconds = epochDay(year, month, day) * 86_400 + secondOfDay - offsetSeconds;
    return seconds < 0 ? NOT_PARSED : as(Kind.ISO, seconds * 1_000_000_000L + nanos);
  }

  private long secondOfDay(final byte[] bytes, final int to) {
    if (to - cursor < 1 + TIME_LENGTH || ('T' != bytes[cursor] && ' ' != bytes[cursor])
        || ':' != bytes[cursor + 3] || ':' != bytes[cursor + 6]) {
      return NOT_PARSED;
    }
    cursor++;
    final long hour = digits(bytes, 2);
    cursor++;
    final long minute = digits(bytes, 2);
    cursor++;
    final long second = digits(bytes, 2);
    return hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59 ? NOT_PARSED
        : hour * 3_600 + minute * 60 + second;
  }

  private long fraction(final byte[] bytes, final int to) {
    if (cursor >= to || '.' != bytes[cursor]) {
      return 0;
    }
    cursor++;
    long nanos = 0;
    int decimals = 0;
    for (; cursor < to && bytes[cursor] >= '0' && bytes[cursor] <= '9'; cursor++) {
      if (decimals++ == NS_DECIMALS) {
        return NOT_PARSED;
      }
      nanos = nanos * 10 + bytes[cursor] - '0';
    }
    if (0 == decimals) {
      return NOT_PARSED;
    }
    for (; decimals < NS_DECIMALS; decimals++) {
      nanos *= 10;
    }
    return nanos;
  }

  private long offset(final byte[] bytes, final int to) {
    if (cursor == to || (cursor + 1 == to && 'Z' == bytes[cursor])) {
      return 0;
    }
    final int sign = '+' == bytes[cursor] ? 1 : '-' == bytes[cursor] ? -1 : 0;
    if (0 == sign || to - cursor != 6 || ':' != bytes[cursor + 3]) {
      return NOT_PARSED;
    }
    cursor++;
    final long hours = digits(bytes, 2);
    cursor++;
    final long minutes = digits(bytes, 2);
    return hours < 0 || hours > 18 || minutes < 0 || minutes > 59 ? NOT_PARSED
        : sign * (hours * 3_600 + minutes * 60);
  }

  private long digits(final byte[] bytes, final int count) {
    long value = 0;
    for (int i = 0; i < count; i++) {
      final int digit = bytes[cursor++] - '0';
      value = value < 0 || digit < 0 || digit > 9 ? -1 : value * 10 + digit;
    }
    return value;
  }

  private static int indexOfPoint(final byte[] bytes, final int from, final int to) {
    int i = from;
    while (i < to && '.' != bytes[i]) {
      i++;
    }
    return i;
  }

  private static long daysIn(final long year, final long month) {
    if (2 == month) {
      return 0 == year % 4 && (0 != year % 100 || 0 == year % 400) ? 29 : 28;
    }
    return 4 == month || 6 == month || 9 == month || 11 == month ? 30 : 31;
  }

  /** Days since 1970-01-01; counts years from March so that the leap day is the last. */
  private static long epochDay(final long year, final long month, final long day) {
    final long y = month <= 2 ? year - 1 : year;
    final long dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return y * 365 + y / 4 - y / 100 + y / 400 + dayOfYear - 719_468;
  }
}
