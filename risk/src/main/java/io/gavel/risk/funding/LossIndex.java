package io.gavel.risk.funding;

import io.gavel.codecs.SnapshotSink;
import io.gavel.codecs.SnapshotSource;
import io.gavel.codecs.StateOwner;
import io.gavel.codecs.sbe.PositionSide;
import io.gavel.risk.ledger.Accounts;
import io.gavel.risk.money.FixedPoint;
import io.gavel.risk.money.Rounding;
import io.gavel.risk.position.Contracts;

/**
 * Losses that all holders of an instrument bear together (F-46): an index of what a lot, long or short, has been
 * charged, in 10^-8 settle units, so that a loss costs the same however many positions there are. A position owes what
 * the index has risen by since it was last settled, which is done when it is touched: rounded up, as the rise is, so
 * that what is collected is never less than the loss. A rise that no longer fits is not charged, and stays with the
 * house as does a loss that meets no holder. Of an instrument without losses nothing is part of the state. Takes memory
 * when {@link #allocate} is called. One thread.
 */
public final class LossIndex implements StateOwner {

  private static final long ONE_E8 = 100_000_000;

  private final Accounts accounts;
  private final Contracts contracts;
  private final long[] indexesE8;
  /** How often the index rose; for those who keep what they worked out of it. */
  private final long[] versions;
  private final long[] borneUnits;
  /** Read of instruments whose index has risen, and so only after the memory was taken. */
  private long[] sinceE8 = {};

  public LossIndex(final Accounts accounts, final Contracts contracts, final int instrumentsMax) {
    this.accounts = accounts;
    this.contracts = contracts;
    indexesE8 = new long[instrumentsMax + 1];
    versions = new long[instrumentsMax + 1];
    borneUnits = new long[instrumentsMax + 1];
  }

  /** Takes the memory, once. */
  public void allocate() {
    if (0 == sinceE8.length) {
      sinceE8 = new long[contracts.capacity()];
    }
  }

  /**
   * Charges a loss, above zero, to all lots of the instrument, except those of a position that was settled just now.
   *
   * @return what a lot is charged, in 10^-8; 0: nothing, and the house bears the loss
   */
  public long charge(final int instrumentId, final int exemptPosition, final long lossUnits) {
    final long exemptLots = contracts.lots(exemptPosition);
    final long openLots = contracts.openInterestLots(instrumentId);
    final long longLots = openLots - Math.max(0, exemptLots);
    final long shortLots = openLots + Math.min(0, exemptLots);
    final long payingLots = FixedPoint.addSaturating(longLots, shortLots);
    if (payingLots <= 0 || !FixedPoint.mulDivFits(lossUnits, ONE_E8, payingLots, Rounding.CEILING)) {
      borneUnits[instrumentId] = FixedPoint.addSaturating(borneUnits[instrumentId], lossUnits);
      return 0;
    }
    final long riseE8 = FundingRates.lossPerUnit(lossUnits, longLots, -shortLots, ONE_E8);
    if (riseE8 > Long.MAX_VALUE - indexesE8[instrumentId]) {
      borneUnits[instrumentId] = FixedPoint.addSaturating(borneUnits[instrumentId], lossUnits);
      return 0;
    }
    allocate();
    versions[instrumentId]++;
    indexesE8[instrumentId] += riseE8;
    sinceE8[exemptPosition] = indexesE8[instrumentId];
    return riseE8;
  }

  /** What a position owes since it was settled, in settle units, rounded up. */
  public long owedUnits(final int position) {
    final long indexE8 = indexesE8[contracts.instrumentId(position)];
    final long riseE8 = 0 == indexE8 ? 0 : indexE8 - sinceE8[position];
    return 0 == riseE8 ? 0
        : FixedPoint.mulDiv(Math.abs(contracts.lots(position)), riseE8, ONE_E8, Rounding.CEILING);
  }

  /** The position owes nothing from now on; true when it did not have the index of today. */
  public boolean settled(final int position) {
    final long indexE8 = indexesE8[contracts.instrumentId(position)];
    if (0 == indexE8 || indexE8 == sinceE8[position]) {
      return false;
    }
    sinceE8[position] = indexE8;
    return true;
  }

  /** What a lot has been charged so far, in 10^-8 settle units. */
  public long indexE8(final int instrumentId) {
    return indexesE8[instrumentId];
  }

  /** Grows with each loss that is charged; begins anew when a snapshot is loaded. */
  public long version(final int instrumentId) {
    return versions[instrumentId];
  }

  /** Losses of the instrument that nobody could be charged. */
  public long borneUnits(final int instrumentId) {
    return borneUnits[instrumentId];
  }

  @Override
  public int componentId() {
    return 52;
  }

  @Override
  public String componentName() {
    return "loss-index";
  }

  @Override
  public void save(final SnapshotSink sink) {
    int count = 0;
    for (int i = 0; i < indexesE8.length; i++) {
      count += 0 == (indexesE8[i] | borneUnits[i]) ? 0 : 1;
    }
    if (0 == count) {
      return;
    }
    sink.putInt(count);
    for (int instrumentId = 0; instrumentId < indexesE8.length; instrumentId++) {
      if (0 != (indexesE8[instrumentId] | borneUnits[instrumentId])) {
        sink.putInt(instrumentId);
        sink.putLong(indexesE8[instrumentId]);
        sink.putLong(borneUnits[instrumentId]);
      }
    }
    int settled = 0;
    for (int position = 0; position < Math.min(sinceE8.length, contracts.size()); position++) {
      settled += 0 == sinceE8[position] ? 0 : 1;
    }
    sink.putInt(settled);
    // By account, since that is how places of positions are given anew.
    for (int accountSlot = 0; settled > 0 && accountSlot < accounts.count(); accountSlot++) {
      for (int position = contracts.first(accountSlot); Contracts.NULL_POSITION != position;
          position = contracts.next(position)) {
        if (0 != sinceE8[position]) {
          sink.putInt(accountSlot);
          sink.putInt(contracts.instrumentId(position));
          sink.putInt(contracts.side(position).value());
          sink.putLong(sinceE8[position]);
        }
      }
    }
  }

  /** The contracts must have been loaded. */
  @Override
  public void load(final SnapshotSource source) {
    allocate();
    final int count = source.getInt();
    for (int i = 0; i < count; i++) {
      final int instrumentId = source.getInt();
      indexesE8[instrumentId] = source.getLong();
      borneUnits[instrumentId] = source.getLong();
    }
    final int settled = source.getInt();
    for (int i = 0; i < settled; i++) {
      final int position =
          contracts.find(source.getInt(), source.getInt(), PositionSide.get((short) source.getInt()));
      sinceE8[position] = source.getLong();
    }
  }
}
