package io.gavel.risk.limit;

import io.gavel.codecs.sbe.Side;

/** What the risk table sees of positions and open orders, in lots of the instrument. Reading has no effect. */
public interface ExposureView {

  /**
   * The position an account would have if every open order of the side were filled and none of the other: long is
   * positive for {@link Side#BUY}, short for {@link Side#SELL}. Below zero it is a position of the other side.
   */
  long worstLots(int accountSlot, int instrumentId, Side side);

  /** The sum over all accounts of {@link #worstLots} where it is above zero; 0 for what has no open interest. */
  long worstTotalLots(int instrumentId, Side side);
}
