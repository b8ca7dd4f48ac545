package io.gavel.adapters.backtest.tape;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.ZipException;

/**
 * Splits a stream of bytes into lines and fields in place: no object a row. LF or CRLF, a missing final newline and
 * blank lines at the end are fine; quotes are not part of the format. Keeps the SHA-256 of what it has read.
 */
final class CsvLines implements AutoCloseable {

  static final int FIELDS_MAX = 64;
  private static final int LINE_LENGTH_MAX = 1 << 12;
  private static final int CAPACITY = 1 << 16;

  private final String file;
  private final InputStream in;
  private final MessageDigest digest;
  private final TapeInput.Meter meter = new TapeInput.Meter();
  private final byte[] bytes = new byte[CAPACITY];
  private final int[] starts = new int[FIELDS_MAX + 1];
  private int fieldCount;
  private int lineEnd;
  private int position;
  private int limit;
  private boolean ended;
  private long line;

  CsvLines(final TapeInput input) {
    file = input.name();
    in = input.open(meter);
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (final NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
    fill();
    if (limit >= 3 && (byte) 0xEF == bytes[0] && (byte) 0xBB == bytes[1] && (byte) 0xBF == bytes[2]) {
      position = 3;
    }
  }

  /** Moves to the next line that is not blank; false at the end. */
  boolean next() {
    long blank = 0;
    while (split()) {
      if (1 != fieldCount || fieldEnd(0) > fieldStart(0)) {
        if (0 != blank) {
          throw new TapeException(file + " line " + blank + ": a blank line in the middle of the rows");
        }
        return true;
      }
      blank = 0 == blank ? line : blank;
    }
    return false;
  }

  String file() {
    return file;
  }

  /** Number of the current line, from 1, the header counted. */
  long line() {
    return line;
  }

  int fieldCount() {
    return fieldCount;
  }

  /** The bytes that the field borders index; refilled by {@link #next}. */
  byte[] bytes() {
    return bytes;
  }

  int fieldStart(final int field) {
    return starts[field];
  }

  int fieldEnd(final int field) {
    return starts[field + 1] - 1;
  }

  /** The text of a field; allocates, for headers and messages. */
  String field(final int field) {
    return new String(bytes, fieldStart(field), fieldEnd(field) - fieldStart(field), StandardCharsets.ISO_8859_1);
  }

  /** The whole current line; allocates, for messages. */
  String text() {
    return new String(bytes, starts[0], lineEnd - starts[0], StandardCharsets.ISO_8859_1);
  }

  /** Stored bytes read so far. */
  long storedBytesRead() {
    return meter.bytes();
  }

  String digest() {
    try {
      return HexFormat.of().formatHex(((MessageDigest) digest.clone()).digest());
    } catch (final CloneNotSupportedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (final IOException e) {
      throw new TapeException(file + ": cannot be closed: " + e.getMessage(), e);
    }
  }

  private boolean split() {
    int scanned = position;
    fieldCount = 0;
    starts[0] = position;
    while (true) {
      final int stop = scan(scanned);
      if (stop < limit) {
        endLine(stop);
        position = stop + 1;
        return true;
      }
      if (ended) {
        if (position == limit) {
          return false;
        }
        endLine(limit);
        position = limit;
        return true;
      }
      if (limit - position > LINE_LENGTH_MAX) {
        throw new TapeException(file + " line " + (line + 1) + ": longer than " + LINE_LENGTH_MAX + " bytes");
      }
      scanned = stop - compact();
      fill();
    }
  }

  /** Marks field borders from {@code from} on; returns where the newline is, or the limit. */
  private int scan(final int from) {
    final byte[] source = bytes;
    final int to = limit;
    for (int i = from; i < to; i++) {
      final byte b = source[i];
      if (b <= ',') {
        if (',' == b) {
          if (fieldCount + 1 >= FIELDS_MAX) {
            throw new TapeException(file + " line " + (line + 1) + ": more than " + FIELDS_MAX + " columns");
          }
          starts[++fieldCount] = i + 1;
        } else if ('\n' == b) {
          return i;
        }
      }
    }
    return to;
  }

  private void endLine(final int newline) {
    final int end = newline > starts[fieldCount] && '\r' == bytes[newline - 1] ? newline - 1 : newline;
    starts[++fieldCount] = end + 1;
    lineEnd = end;
    line++;
  }

  /** Moves the unread bytes to the front; returns how far. */
  private int compact() {
    final int shift = position;
    System.arraycopy(bytes, shift, bytes, 0, limit - shift);
    for (int i = 0; i <= fieldCount; i++) {
      starts[i] -= shift;
    }
    limit -= shift;
    position = 0;
    return shift;
  }

  private void fill() {
    try {
      final int read = in.read(bytes, limit, CAPACITY - limit);
      if (read < 0) {
        ended = true;
      } else {
        digest.update(bytes, limit, read);
        limit += read;
      }
    } catch (final EOFException e) {
      throw new TapeException(file + " after line " + line + ": the compressed data ends in the middle", e);
    } catch (final ZipException e) {
      throw new TapeException(file + " after line " + line + ": the compressed data is damaged: " + e.getMessage(), e);
    } catch (final IOException e) {
      throw new TapeException(file + " after line " + line + ": cannot be read: " + e.getMessage(), e);
    }
  }
}
