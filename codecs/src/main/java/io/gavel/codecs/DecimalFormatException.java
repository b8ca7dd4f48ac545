package io.gavel.codecs;

/** A decimal text that does not fit, with the place it stood at and the text itself. For the edge, never the core. */
public final class DecimalFormatException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;
  private static final int SHOWN_MAX = 64;

  private final String place;
  private final String text;
  private final DecimalFault fault;

  DecimalFormatException(final String place, final CharSequence text, final DecimalFault fault, final String why) {
    super((place.isEmpty() ? "" : place + ": ") + '"' + shown(text) + "\" " + why);
    this.place = place;
    this.text = text.toString();
    this.fault = fault;
  }

  /** Field, column or option that held the text; empty when the caller named none. */
  public String place() {
    return place;
  }

  public String text() {
    return text;
  }

  public DecimalFault fault() {
    return fault;
  }

  private static String shown(final CharSequence text) {
    return text.length() <= SHOWN_MAX ? text.toString() : text.subSequence(0, SHOWN_MAX) + "...";
  }
}
