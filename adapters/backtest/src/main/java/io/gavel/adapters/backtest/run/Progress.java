package io.gavel.adapters.backtest.run;

/** Hears how far a run is, on the run's thread, a few times a second at most. */
@FunctionalInterface
public interface Progress {

  /** Tells nobody. */
  Progress NONE = (rows, rowsExpected) -> { };

  /**
   * The run got this far.
   *
   * @param rows         played so far
   * @param rowsExpected estimate of the whole from the bytes read so far; 0: not known yet
   */
  void at(long rows, long rowsExpected);
}
