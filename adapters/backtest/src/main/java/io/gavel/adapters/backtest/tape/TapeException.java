package io.gavel.adapters.backtest.tape;

/** A tape that cannot be read: the message names the file, the line, the column, its text and what was expected. */
public final class TapeException extends RuntimeException {

  private static final long serialVersionUID = 1L;
  private static final int SHOWN_MAX = 60;

  public TapeException(final String message) {
    super(message);
  }

  public TapeException(final String message, final Throwable cause) {
    super(message, cause);
  }

  static TapeException at(
      final String file, final long line, final String column, final String text, final String expected) {
    return new TapeException(file + " line " + line + " column " + column + ": '" + shown(text) + "' " + expected);
  }

  /** Text as a person can read it in one line: control and foreign bytes escaped, long text cut. */
  static String shown(final String text) {
    final StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      final char c = text.charAt(i);
      if (out.length() >= SHOWN_MAX) {
        return out.append("...").toString();
      }
      if (c < ' ' || c > '~') {
        out.append("\\x").append(Character.forDigit(c >> 4 & 15, 16)).append(Character.forDigit(c & 15, 16));
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }
}
