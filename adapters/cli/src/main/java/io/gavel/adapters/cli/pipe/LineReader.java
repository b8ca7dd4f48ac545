package io.gavel.adapters.cli.pipe;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Cuts a stream of bytes into lines at line feeds. Keeps at most {@link #LINE_LENGTH_MAX} bytes of a line, so that no
 * input can exhaust memory; the rest of a longer line is skipped. One thread.
 */
final class LineReader {

  static final int LINE_LENGTH_MAX = 1 << 16;
  private static final int CHUNK_LENGTH = 1 << 16;

  private final InputStream in;
  private final byte[] chunk = new byte[CHUNK_LENGTH];
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private int position;
  private int limit;
  private long number;

  LineReader(final InputStream in) {
    this.in = in;
  }

  /** The next line, or {@link InputLine#END}; a last line needs no line feed. */
  InputLine next() throws IOException {
    line.reset();
    boolean oversize = false;
    while (true) {
      if (position == limit) {
        position = 0;
        limit = Math.max(0, in.read(chunk, 0, chunk.length));
        if (0 == limit) {
          return 0 == line.size() ? InputLine.END : new InputLine(++number, line.toByteArray(), oversize);
        }
      }
      final int end = lineEnd();
      final int room = LINE_LENGTH_MAX - line.size();
      oversize |= end - position > room;
      line.write(chunk, position, Math.min(room, end - position));
      position = end;
      if (position < limit) {
        position++;
        return new InputLine(++number, line.toByteArray(), oversize);
      }
    }
  }

  private int lineEnd() {
    int end = position;
    while (end < limit && '\n' != chunk[end]) {
      end++;
    }
    return end;
  }
}
