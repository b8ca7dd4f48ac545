package io.gavel.adapters.cli.pipe;

import io.gavel.codecs.sbe.ReasonCode;

/** A line that did not become a command: the code for programs, the place and the value for people. */
final class LineFault extends Exception {

  private static final long serialVersionUID = 1L;

  private final ReasonCode code;

  LineFault(final ReasonCode code, final String message) {
    super(message, null, false, false);
    this.code = code;
  }

  ReasonCode code() {
    return code;
  }

  String text() {
    return String.valueOf(getMessage());
  }
}
