package io.gavel.adapters.backtest.tape;

import io.gavel.codecs.DecimalStep;

/**
 * How the decimals of a tape become whole numbers of an instrument.
 *
 * @param tick one tick
 * @param lot  one lot
 */
public record TapeScale(int instrumentId, DecimalStep tick, DecimalStep lot) {

  /** How much finer than a tick marks and indices are. */
  public static final int MARK_UNITS_PER_TICK = 100;

  /** From the sizes of one tick and one lot as decimals times 10^10. */
  public static TapeScale of(final int instrumentId, final long tickSizeE10, final long lotSizeE10) {
    return new TapeScale(instrumentId, DecimalStep.ofE10(tickSizeE10), DecimalStep.ofE10(lotSizeE10));
  }
}
