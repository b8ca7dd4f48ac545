package io.gavel.adapters.backtest.run;

/** A run that could not begin or go on: the message names what was tried and why it failed. */
public final class RunException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public RunException(final String message) {
    super(message);
  }

  public RunException(final String message, final Throwable cause) {
    super(message, cause);
  }
}
