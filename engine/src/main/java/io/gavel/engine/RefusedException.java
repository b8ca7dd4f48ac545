package io.gavel.engine;

import io.gavel.codecs.DecimalFault;
import io.gavel.codecs.DecimalFormatException;
import io.gavel.codecs.sbe.ReasonCode;

/** A command that could not be built from what a host said: names the field, the value and what would fit. */
public final class RefusedException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  private final ReasonCode code;
  private final String field;
  private final String value;

  RefusedException(final ReasonCode code, final String field, final String value, final String why) {
    super(code + ": " + field + " \"" + value + "\" " + why);
    this.code = code;
    this.field = field;
    this.value = value;
  }

  RefusedException(final DecimalFormatException cause) {
    super(codeOf(cause.fault()) + ": " + cause.getMessage(), cause);
    this.code = codeOf(cause.fault());
    this.field = cause.place();
    this.value = cause.text();
  }

  /** A mistake in one of several items: {@code place} says which. */
  RefusedException(final String place, final RefusedException cause) {
    super(place + ": " + cause.getMessage(), cause);
    this.code = cause.code;
    this.field = place + '.' + cause.field;
    this.value = cause.value;
  }

  public ReasonCode code() {
    return code;
  }

  public String field() {
    return field;
  }

  public String value() {
    return value;
  }

  private static ReasonCode codeOf(final DecimalFault fault) {
    return switch (fault) {
      case EMPTY, NOT_A_NUMBER -> ReasonCode.MALFORMED;
      case TOO_MANY_DECIMALS, OFF_STEP, OVERFLOW -> ReasonCode.OUT_OF_RANGE;
    };
  }
}
