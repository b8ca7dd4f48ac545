package io.gavel.adapters.cli.pipe;

/** One line as it came in. Its number counts from 1, blank lines included. */
final class InputLine {

  /** The last line: there will be no more. */
  static final InputLine END = new InputLine(0, new byte[0], false);

  private final long number;
  private final byte[] bytes;
  private final boolean oversize;

  /** {@code bytes} are without the line end, and cut off at the limit when {@code oversize}. */
  InputLine(final long number, final byte[] bytes, final boolean oversize) {
    this.number = number;
    this.bytes = bytes;
    this.oversize = oversize;
  }

  long number() {
    return number;
  }

  byte[] bytes() {
    return bytes;
  }

  boolean oversize() {
    return oversize;
  }

  boolean isBlank() {
    for (final byte b : bytes) {
      if (' ' != b && '\t' != b && '\r' != b) {
        return false;
      }
    }
    return !oversize;
  }
}
