package io.gavel.adapters.cli;

/** Something the user can put right: says the place, the value and what was expected; shown without a stack trace. */
final class UserError extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final ExitCode exitCode;

  UserError(final ExitCode exitCode, final String message) {
    super(message, null, false, false);
    this.exitCode = exitCode;
  }

  static UserError unusable(final String message) {
    return new UserError(ExitCode.UNUSABLE, message);
  }

  static UserError finding(final String message) {
    return new UserError(ExitCode.FINDING, message);
  }

  ExitCode exitCode() {
    return exitCode;
  }

  String text() {
    return String.valueOf(getMessage());
  }
}
