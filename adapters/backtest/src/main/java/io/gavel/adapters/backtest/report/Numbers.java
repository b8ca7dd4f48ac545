package io.gavel.adapters.backtest.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Numbers and times as people read them: thousands separators, no more decimals than needed, times in UTC. */
final class Numbers {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final int MONEY_DECIMALS = 2;
  private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);
  private static final DateTimeFormatter SHORT = DateTimeFormatter.ofPattern("MM-dd HH:mm", Locale.ROOT);

  private Numbers() {
  }

  static String count(final long count) {
    return grouped(Long.toString(count));
  }

  /** Thousands separators in decimal text; signs and decimals stay. */
  static String grouped(final String decimal) {
    final boolean signed = decimal.startsWith("-") || decimal.startsWith("+");
    final String digits = signed ? decimal.substring(1) : decimal;
    final int point = digits.indexOf('.');
    final String whole = point < 0 ? digits : digits.substring(0, point);
    final StringBuilder text = new StringBuilder(decimal.length() + whole.length() / 3);
    if (signed) {
      text.append(decimal.charAt(0));
    }
    for (int i = 0; i < whole.length(); i++) {
      if (i > 0 && (whole.length() - i) % 3 == 0) {
        text.append(',');
      }
      text.append(whole.charAt(i));
    }
    return point < 0 ? text.toString() : text.append(digits, point, digits.length()).toString();
  }

  /** Exact, but zeros behind the second decimal are not shown. */
  static String exact(final BigDecimal value) {
    final BigDecimal bare = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
    final int decimals = Math.max(Math.min(MONEY_DECIMALS, value.scale()), Math.max(0, bare.scale()));
    return grouped(bare.setScale(decimals, RoundingMode.UNNECESSARY).toPlainString());
  }

  /** An amount in units of 10 to the power of minus {@code scale}. */
  static String exact(final long units, final int scale) {
    return exact(BigDecimal.valueOf(units, scale));
  }

  /** For headlines: two decimals from 100 upwards, up to four below, all of them below 1. */
  static String rounded(final long units, final int scale) {
    final BigDecimal value = BigDecimal.valueOf(units, scale);
    final BigDecimal size = value.abs();
    if (size.compareTo(BigDecimal.ONE) < 0) {
      return exact(value);
    }
    final int decimals = size.compareTo(BigDecimal.valueOf(100)) < 0 ? 2 * MONEY_DECIMALS : MONEY_DECIMALS;
    return exact(value.setScale(Math.min(decimals, scale), RoundingMode.HALF_EVEN));
  }

  /** The same text with a plus sign when it is above zero. */
  static String signed(final String text, final long sign) {
    return sign > 0 ? "+" + text : text;
  }

  /** 1/10,000 as per cent with two decimals. */
  static String percent(final long bps) {
    return grouped(BigDecimal.valueOf(bps, 2).toPlainString()) + " %";
  }

  /** A ratio times 10^8 as per cent with at least two decimals. */
  static String percentE8(final long ratioE8) {
    return exact(ratioE8, 6) + " %";
  }

  /** 1/100 of 1/10,000 as basis points. */
  static String bps(final long bpsE2) {
    return grouped(BigDecimal.valueOf(bpsE2, 2).toPlainString());
  }

  /** UTC, with as many decimals of a second as the time has. */
  static String time(final long timeNs) {
    final long nanos = Math.floorMod(timeNs, NANOS_PER_SECOND);
    final String seconds = SECONDS.format(instant(timeNs).atOffset(ZoneOffset.UTC));
    if (nanos == 0) {
      return seconds;
    }
    final String decimals = String.valueOf(NANOS_PER_SECOND + nanos).substring(1);
    final int length = decimals.endsWith("000000") ? 3 : decimals.endsWith("000") ? 6 : 9;
    return seconds + "." + decimals.substring(0, length);
  }

  static String shortTime(final long timeNs) {
    return SHORT.format(instant(timeNs).atOffset(ZoneOffset.UTC));
  }

  /** A span of time in its two largest units: 6 d 17 h, 412 ms, 0 s. */
  static String span(final long spanNs) {
    if (spanNs < NANOS_PER_SECOND) {
      return spanNs == 0 ? "0 s" : bare(BigDecimal.valueOf(spanNs, 6)) + " ms";
    }
    final long seconds = spanNs / NANOS_PER_SECOND;
    if (seconds < 60) {
      return bare(BigDecimal.valueOf(spanNs / 1_000_000L, 3)) + " s";
    }
    final long[] parts = {seconds / 86_400, seconds / 3_600 % 24, seconds / 60 % 60, seconds % 60};
    final String[] units = {"d", "h", "min", "s"};
    int first = 0;
    while (parts[first] == 0) {
      first++;
    }
    final String text = parts[first] + " " + units[first];
    return first == 3 || parts[first + 1] == 0 ? text : text + " " + parts[first + 1] + " " + units[first + 1];
  }

  private static String bare(final BigDecimal value) {
    return value.stripTrailingZeros().toPlainString();
  }

  private static Instant instant(final long timeNs) {
    return Instant.ofEpochSecond(Math.floorDiv(timeNs, NANOS_PER_SECOND), Math.floorMod(timeNs, NANOS_PER_SECOND));
  }
}
