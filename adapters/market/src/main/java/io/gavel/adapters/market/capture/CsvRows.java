package io.gavel.adapters.market.capture;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import io.gavel.codecs.DecimalFormatException;
import io.gavel.codecs.DecimalText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** The rows of a CSV file, counted from 1, a header not counted; whatever is wrong with one is said with its number. */
final class CsvRows implements AutoCloseable {

  /** A column that the file does not have. */
  static final int NO_COLUMN = -1;

  private final CaptureFile file;
  private final CsvReader<CsvRecord> reader;
  private final Iterator<CsvRecord> rows;
  private final Map<String, Integer> columns = new HashMap<>();
  private List<String> row = List.of();
  private long record;
  private int size;

  CsvRows(final CaptureFile file) {
    this.file = file;
    reader = CsvReader.builder().missingFieldStrategy(FieldMismatchStrategy.IGNORE)
        .extraFieldStrategy(FieldMismatchStrategy.IGNORE).ofCsvRecord(file.open(), StandardCharsets.UTF_8);
    rows = reader.iterator();
  }

  /** Moves to the next row, which has as many columns as the first; false at the end. */
  boolean next() {
    try {
      if (!rows.hasNext()) {
        return false;
      }
      row = rows.next().getFields();
      record++;
      size = 0 == size ? row.size() : size;
      requireSize(size);
      return true;
    } catch (final CsvParseException e) {
      throw CaptureException.at(file.name(), record + 1, "the row is broken: " + e.getMessage());
    } catch (final UncheckedIOException e) {
      throw file.unreadable(record, e);
    }
  }

  /** Reads the first row as names of columns. */
  void readHeader() {
    if (!next()) {
      throw new CaptureException(file.name() + ": empty; expected a row of column names");
    }
    for (int i = 0; i < row.size(); i++) {
      columns.putIfAbsent(row.get(i).strip(), i);
    }
    record = 0;
  }

  /** Where a named column is, or {@link #NO_COLUMN}. */
  int columnIfThere(final String name) {
    return columns.getOrDefault(name, NO_COLUMN);
  }

  int column(final String name) {
    final int column = columnIfThere(name);
    if (NO_COLUMN == column) {
      throw new CaptureException(file.name() + ": no column " + name + " in '"
          + CaptureException.shown(String.join(",", row)) + "'");
    }
    return column;
  }

  String file() {
    return file.name();
  }

  long record() {
    return record;
  }

  int size() {
    return size;
  }

  void requireSize(final int expected) {
    if (row.size() != expected) {
      throw fault("'" + CaptureException.shown(String.join(",", row)) + "' has " + row.size() + " columns, expected "
          + expected);
    }
  }

  String text(final int column) {
    return row.get(column);
  }

  /** The whole number in a column. */
  long whole(final int column, final String name) {
    return decimal(column, name, 0);
  }

  /** The decimal in a column times ten to the {@code scale}. */
  long decimal(final int column, final String name, final int scale) {
    try {
      return DecimalText.parse(text(column), scale, name);
    } catch (final DecimalFormatException e) {
      throw fault(String.valueOf(e.getMessage()));
    }
  }

  /** A whole number without a sign, of up to 64 bits. */
  long unsigned(final int column, final String name) {
    try {
      return Long.parseUnsignedLong(text(column));
    } catch (final NumberFormatException e) {
      throw fault(name + ": '" + CaptureException.shown(text(column)) + "' is not a whole number of 64 bits");
    }
  }

  CaptureException fault(final String what) {
    return CaptureException.at(file.name(), record, what);
  }

  @Override
  public void close() {
    try {
      reader.close();
    } catch (final IOException e) {
      throw file.unreadable(record, e);
    }
  }
}
