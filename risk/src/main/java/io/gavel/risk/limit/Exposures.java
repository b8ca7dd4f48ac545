package io.gavel.risk.limit;

import io.gavel.codecs.sbe.PositionSide;
import io.gavel.codecs.sbe.Side;
import io.gavel.risk.instrument.Instrument;
import io.gavel.risk.instrument.Instruments;
import io.gavel.risk.money.FixedPoint;
import io.gavel.risk.position.Contracts;
import io.gavel.risk.position.Positions;
import java.util.Arrays;

/**
 * What accounts have at stake. Contracts know it themselves. In spot it is the lots they came by in this very market,
 * and the lots of their open orders and reserved rules by side. A balance would not do: it also grows by another market
 * of the same asset, which the limit of this one is not asked about. The open lots are counted while the risk table
 * wants them and found again from the reservations when it begins to, so they are in no snapshot. Allocates nothing
 * after start. One thread.
 */
public final class Exposures implements ExposureView {

  private final Instruments instruments;
  private final Positions positions;
  private final Contracts contracts;
  private final long[] openBuyLots;
  private final long[] openSellLots;

  /** As many pairs of account and instrument as there can be positions. */
  public Exposures(final Instruments instruments, final Positions positions, final Contracts contracts,
      final int positionsMax) {
    this.instruments = instruments;
    this.positions = positions;
    this.contracts = contracts;
    openBuyLots = new long[positionsMax];
    openSellLots = new long[positionsMax];
  }

  /** As if no order were open. */
  public void clear() {
    Arrays.fill(openBuyLots, 0);
    Arrays.fill(openSellLots, 0);
  }

  /** Lots that are open came, or went; the pair has a position's slot. */
  public void open(final int position, final boolean sells, final long changeLots) {
    final long[] openLots = sells ? openSellLots : openBuyLots;
    openLots[position] = FixedPoint.addSaturating(openLots[position], changeLots);
  }

  @Override
  public long worstLots(final int accountSlot, final int instrumentId, final Side side) {
    if (isContract(instrumentId)) {
      return worstOf(accountSlot, instrumentId, PositionSide.NET, side) + worstOf(
          accountSlot, instrumentId, Side.BUY == side ? PositionSide.LONG : PositionSide.SHORT, side);
    }
    final int position = positions.find(accountSlot, instrumentId);
    if (Positions.NULL_POSITION == position) {
      return 0;
    }
    final long lots = positions.lotsAt(position);
    return Side.BUY == side
        ? FixedPoint.addSaturating(lots, openBuyLots[position]) : openSellLots[position] - lots;
  }

  private long worstOf(final int accountSlot, final int instrumentId, final PositionSide positionSide,
      final Side side) {
    final int position = contracts.find(accountSlot, instrumentId, positionSide);
    return Contracts.NULL_POSITION == position ? 0 : contracts.worstLots(position, Side.SELL == side);
  }

  /** Whether contracts know the figures of the instrument. */
  public boolean isContract(final int instrumentId) {
    final Instrument instrument = instruments.get(instrumentId);
    return null != instrument && instrument.isContract();
  }

  /** Spot has no open interest. */
  @Override
  public long worstTotalLots(final int instrumentId, final Side side) {
    return contracts.worstTotalLots(instrumentId, Side.SELL == side);
  }
}
