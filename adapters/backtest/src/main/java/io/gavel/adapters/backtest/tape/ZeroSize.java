package io.gavel.adapters.backtest.tape;

/** What happens to a row of size zero. */
public enum ZeroSize {
  /** The run stops and names the row. */
  ERROR,
  /** The row is left out and counted. */
  SKIP
}
