package io.gavel.adapters.backtest.tape;

import io.gavel.codecs.DecimalFault;
import io.gavel.codecs.DecimalStep;
import io.gavel.codecs.DecimalText;
import io.gavel.risk.money.FixedPoint;
import io.gavel.risk.money.Rounding;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The columns of one file by meaning, found by the header or, without one, by position; reads times, prices and sizes
 * of the current line and says exactly what is wrong with one that does not fit.
 */
final class CsvFields implements AutoCloseable {

  private final CsvLines lines;
  private final TapeScale scale;
  private final StampParser stamps = new StampParser();
  private final String[] names;
  private final int[] columns;
  private int fieldCount;
  private boolean lineIsData;
  private long lastTimeNs;
  private long rowNumber;

  /**
   * A column of the format.
   *
   * @param name    as messages call it
   * @param aliases header words in lower case that mean it
   */
  record Column(String name, Set<String> aliases) {
  }

  CsvFields(final TapeInput input, final TapeScale scale, final List<Column> format) {
    this.scale = scale;
    lines = new CsvLines(input);
    names = new String[format.size()];
    columns = new int[format.size()];
    try {
      bind(format);
    } catch (final RuntimeException e) {
      lines.close();
      throw e;
    }
  }

  /** Moves to the next data row; false at the end. */
  boolean next() {
    if (!lineIsData && !lines.next()) {
      return false;
    }
    lineIsData = false;
    if (lines.fieldCount() != fieldCount) {
      throw new TapeException(lines.file() + " line " + lines.line() + ": '" + TapeException.shown(lines.text())
          + "' has " + lines.fieldCount() + " columns, expected " + fieldCount);
    }
    rowNumber++;
    return true;
  }

  long rowNumber() {
    return rowNumber;
  }

  long storedBytesRead() {
    return lines.storedBytesRead();
  }

  String dataHash() {
    return lines.digest();
  }

  /** The stamp in {@code column}; refused when it lies before the row above. */
  long timeNs(final int column) {
    final int field = columns[column];
    final StampParser.Kind kind = stamps.kind();
    final long timeNs = stamps.parse(lines.bytes(), lines.fieldStart(field), lines.fieldEnd(field));
    if (StampParser.NOT_PARSED == timeNs) {
      throw refusal(column, "is not " + kind.words + (StampParser.Kind.UNDECIDED == kind
          ? "; expected seconds, milli-, micro- or nanoseconds since the epoch, or ISO 8601"
          : ", as the rows above are"));
    }
    if (timeNs < lastTimeNs) {
      throw refusal(column, "lies before the row above (row " + rowNumber + ", out of order)");
    }
    lastTimeNs = timeNs;
    return timeNs;
  }

  /** The price in {@code column}, at least one tick. */
  int priceTicks(final int column) {
    final long ticks = steps(column, scale.tick(), "ticks", "a price such as 800.01");
    if (ticks < 1 || ticks > Integer.MAX_VALUE) {
      throw refusal(column, ticks < 1 ? "is not positive; expected a price of at least one tick"
          : "is more than " + Integer.MAX_VALUE + " ticks of " + scale.tick().format(1));
    }
    return (int) ticks;
  }

  /** The price in {@code column} in parts of a tick, the rest cut off; above zero. */
  long priceUnits(final int column) {
    final int field = columns[column];
    final int from = lines.fieldStart(field);
    final int to = lines.fieldEnd(field);
    final long priceE10 = DecimalText.parse(lines.bytes(), from, to, DecimalText.SCALE_MAX);
    if (DecimalText.NOT_PARSED == priceE10) {
      throw refusal(column, "is no plain decimal of at most " + DecimalText.SCALE_MAX
          + " decimals; expected a price such as 800.01");
    }
    final long tickE10 = scale.tick().stepE10();
    final long units = priceE10 <= 0 || priceE10 / tickE10 > Integer.MAX_VALUE ? 0
        : FixedPoint.mulDiv(priceE10, TapeScale.MARK_UNITS_PER_TICK, tickE10, Rounding.DOWN);
    if (units < TapeScale.MARK_UNITS_PER_TICK) {
      throw refusal(column, "is not from one tick to " + Integer.MAX_VALUE + " ticks of " + scale.tick().format(1));
    }
    return units;
  }

  /** The size in {@code column}, 0 or more lots. */
  long sizeLots(final int column) {
    final long lots = steps(column, scale.lot(), "lots", "a size such as 0.25");
    if (lots < 0) {
      throw refusal(column, "is negative");
    }
    return lots;
  }

  TapeException refusal(final int column, final String expected) {
    return TapeException.at(lines.file(), lines.line(), names[column], lines.field(columns[column]), expected);
  }

  @Override
  public void close() {
    lines.close();
  }

  private long steps(final int column, final DecimalStep step, final String unit, final String example) {
    final int field = columns[column];
    final int from = lines.fieldStart(field);
    final int to = lines.fieldEnd(field);
    final long count = step.parse(lines.bytes(), from, to);
    if (DecimalText.NOT_PARSED == count) {
      final DecimalFault fault = step.fault(lines.bytes(), from, to);
      throw refusal(column, switch (fault) {
        case EMPTY -> "is empty; expected " + example;
        case NOT_A_NUMBER -> "is not a plain decimal; expected " + example;
        case TOO_MANY_DECIMALS, OFF_STEP -> "is not a whole number of " + unit + " of " + step.format(1);
        case OVERFLOW -> "is too large to count in " + unit + " of " + step.format(1);
      });
    }
    return count;
  }

  private void bind(final List<Column> format) {
    for (int i = 0; i < names.length; i++) {
      names[i] = format.get(i).name();
      columns[i] = i;
    }
    if (!lines.next()) {
      throw new TapeException(lines.file() + ": empty; expected rows of " + String.join(",", names));
    }
    final byte first = lines.bytes()[lines.fieldStart(0)];
    lineIsData = (first >= '0' && first <= '9') || '-' == first || ',' == first;
    if (!lineIsData) {
      bindHeader(format);
    }
    fieldCount = lineIsData ? Math.max(names.length, lines.fieldCount()) : lines.fieldCount();
  }

  private void bindHeader(final List<Column> format) {
    for (int i = 0; i < names.length; i++) {
      columns[i] = -1;
      for (int field = 0; field < lines.fieldCount(); field++) {
        final String word = lines.field(field).strip().toLowerCase(Locale.ROOT);
        if (format.get(i).aliases().contains(word)) {
          if (columns[i] >= 0) {
            throw new TapeException(lines.file() + " line " + lines.line() + ": two columns for " + names[i]
                + ", '" + lines.field(columns[i]) + "' and '" + lines.field(field) + "'");
          }
          columns[i] = field;
        }
      }
      if (columns[i] < 0) {
        throw new TapeException(lines.file() + " line " + lines.line() + ": no column for " + names[i]
            + " in the header '" + TapeException.shown(lines.text()) + "'; expected one of "
            + String.join(", ", format.get(i).aliases().stream().sorted().toList()));
      }
    }
  }
}
