package io.gavel.adapters.market.capture;

/** A capture that cannot be read or replayed: the message names the file, the record, the value, what was expected. */
public final class CaptureException extends RuntimeException {

  private static final long serialVersionUID = 1L;
  private static final int SHOWN_MAX = 60;

  CaptureException(final String message) {
    super(message);
  }

  CaptureException(final String message, final Throwable cause) {
    super(message, cause);
  }

  static CaptureException at(final String file, final long record, final String what) {
    return new CaptureException(file + " record " + record + ": " + what);
  }

  /** Text as a person can read it in one line: control and foreign characters escaped, long text cut. */
  static String shown(final String text) {
    final StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      final char c = text.charAt(i);
      if (out.length() >= SHOWN_MAX) {
        return out.append("...").toString();
      }
      if (c < ' ' || c > '~') {
        out.append("\\u").append(Integer.toHexString(0x10000 | c), 1, 5);
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }
}
