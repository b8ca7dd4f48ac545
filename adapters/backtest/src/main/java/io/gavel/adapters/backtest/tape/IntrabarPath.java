package io.gavel.adapters.backtest.tape;

/** In which order the prices of one bar are visited; the truth is not in the bar. */
public enum IntrabarPath {
  /** The extreme that hurts comes first: low before high for a holder, high before low for who waits to buy. */
  PESSIMISTIC,
  /** Open, high, low, close. */
  OHLC,
  /** Open, low, high, close. */
  OLHC
}
