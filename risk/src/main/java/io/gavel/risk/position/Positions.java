package io.gavel.risk.position;

import io.gavel.codecs.SnapshotSink;
import io.gavel.codecs.SnapshotSource;
import io.gavel.codecs.StateOwner;
import io.gavel.risk.instrument.Instrument;
import io.gavel.risk.instrument.Instruments;
import io.gavel.risk.ledger.AccountSlots;
import io.gavel.risk.ledger.Accounts;
import io.gavel.risk.money.FixedPoint;
import io.gavel.risk.money.Rounding;

/**
 * Average cost per (account, instrument): lots whose cost is known, that cost and the realised result in quote units,
 * and fees paid in units of the fee asset. Lots that came without a price (a deposit of unknown basis) are not among
 * them and realise nothing when sold. Figures only, no money depends on them: sums that leave a long stay at its end.
 * Allocates nothing after start. One thread.
 */
public final class Positions implements StateOwner {

  public static final int NULL_POSITION = AccountSlots.NULL_SLOT;

  private static final int LOTS = 0;
  private static final int COST = 1;
  private static final int REALISED = 2;
  private static final int FEES = 3;
  private static final int STRIDE = 4;

  private final Accounts accounts;
  private final Instruments instruments;
  private final AccountSlots slots;
  private final long[] figures;

  public Positions(
      final Accounts accounts, final Instruments instruments,
      final int accountsMax, final int instrumentsMax, final int positionsMax) {
    this.accounts = accounts;
    this.instruments = instruments;
    slots = new AccountSlots(accountsMax, instrumentsMax, positionsMax);
    figures = new long[positionsMax * STRIDE];
  }

  /** Lots whose cost is known. */
  public long lots(final long account, final int instrumentId) {
    return figure(account, instrumentId, LOTS);
  }

  /** What those lots cost, in quote units, without fees. */
  public long costUnits(final long account, final int instrumentId) {
    return figure(account, instrumentId, COST);
  }

  /** Proceeds less cost of what was sold, in quote units, without fees. */
  public long realisedUnits(final long account, final int instrumentId) {
    return figure(account, instrumentId, REALISED);
  }

  /** Fees paid less rebates received, in units of the instrument's fee asset. */
  public long feesPaidUnits(final long account, final int instrumentId) {
    return figure(account, instrumentId, FEES);
  }

  /** What the lots would bring at a price, less their cost, in quote units. */
  public long unrealisedUnits(final long account, final int instrumentId, final int priceTicks) {
    final int position = find(account, instrumentId);
    final Instrument instrument = instruments.get(instrumentId);
    if (NULL_POSITION == position || null == instrument) {
      return 0;
    }
    final long lots = figures[position * STRIDE + LOTS];
    final long worthUnits =
        instrument.notionalFits(priceTicks, lots) ? instrument.notionalUnits(priceTicks, lots) : Long.MAX_VALUE;
    return worthUnits - figures[position * STRIDE + COST];
  }

  /** The position, or {@link #NULL_POSITION}: by account slot, for the owner of the slots. */
  public int find(final int accountSlot, final int instrumentId) {
    return slots.find(accountSlot, instrumentId);
  }

  /** Lots whose cost is known, by slot. */
  public long lotsAt(final int position) {
    return figures[position * STRIDE + LOTS];
  }

  /** What those lots cost, by slot. */
  public long costAt(final int position) {
    return figures[position * STRIDE + COST];
  }

  /** The realised result, by slot. */
  public long realisedAt(final int position) {
    return figures[position * STRIDE + REALISED];
  }

  public boolean hasRoom(final int positions) {
    return slots.hasRoom(positions);
  }

  /** The position; a new one when there is none, for which there must be room. */
  public int open(final int accountSlot, final int instrumentId) {
    return slots.open(accountSlot, instrumentId);
  }

  public int size() {
    return slots.size();
  }

  /** Lots came in at a known cost. */
  public void add(final int position, final long lots, final long costUnits) {
    final int at = position * STRIDE;
    figures[at + LOTS] = FixedPoint.addSaturating(figures[at + LOTS], lots);
    figures[at + COST] = FixedPoint.addSaturating(figures[at + COST], costUnits);
  }

  /** Lots were sold; their share of the cost is rounded up, so that no profit is shown before it is made. */
  public void sell(final int position, final long lots, final long proceedsUnits) {
    final int at = position * STRIDE;
    final long knownLots = figures[at + LOTS];
    if (0 == knownLots) {
      return;
    }
    final long soldLots = Math.min(lots, knownLots);
    final long proceedsKnownUnits = soldLots == lots
        ? proceedsUnits
        : FixedPoint.mulDiv(proceedsUnits, soldLots, lots, Rounding.DOWN);
    final long costUnits = takeCost(at, soldLots);
    figures[at + REALISED] = FixedPoint.addSaturating(figures[at + REALISED], proceedsKnownUnits - costUnits);
  }

  /** Leaves at most so many lots: the rest has left the house at cost, and realises nothing. */
  public void keepAtMost(final int position, final long lots) {
    final int at = position * STRIDE;
    final long surplusLots = figures[at + LOTS] - lots;
    if (surplusLots > 0) {
      takeCost(at, surplusLots);
    }
  }

  /** A trade was undone, or had another price: all figures change by so much. */
  public void correct(final int position, final long lots, final long costUnits, final long realisedUnits) {
    final int at = position * STRIDE;
    figures[at + LOTS] = FixedPoint.addSaturating(figures[at + LOTS], lots);
    figures[at + COST] = FixedPoint.addSaturating(figures[at + COST], costUnits);
    figures[at + REALISED] = FixedPoint.addSaturating(figures[at + REALISED], realisedUnits);
  }

  public void addFee(final int position, final long feeUnits) {
    final int at = position * STRIDE + FEES;
    figures[at] = FixedPoint.addSaturating(figures[at], feeUnits);
  }

  private long takeCost(final int at, final long lots) {
    final long knownLots = figures[at + LOTS];
    final long costUnits = lots == knownLots
        ? figures[at + COST]
        : FixedPoint.mulDiv(figures[at + COST], lots, knownLots, Rounding.UP);
    figures[at + LOTS] = knownLots - lots;
    figures[at + COST] -= costUnits;
    return costUnits;
  }

  private int find(final long account, final int instrumentId) {
    final int accountSlot = accounts.slotOf(account);
    return Accounts.NULL_SLOT == accountSlot || null == instruments.get(instrumentId)
        ? NULL_POSITION
        : slots.find(accountSlot, instrumentId);
  }

  private long figure(final long account, final int instrumentId, final int figure) {
    final int position = find(account, instrumentId);
    return NULL_POSITION == position ? 0 : figures[position * STRIDE + figure];
  }

  @Override
  public int componentId() {
    return 16;
  }

  @Override
  public String componentName() {
    return "positions";
  }

  @Override
  public void save(final SnapshotSink sink) {
    if (0 == slots.size()) {
      return;
    }
    sink.putInt(slots.size());
    for (int accountSlot = 0; accountSlot < accounts.count(); accountSlot++) {
      for (int position = slots.first(accountSlot); NULL_POSITION != position; position = slots.next(position)) {
        sink.putInt(accountSlot);
        sink.putInt(slots.id(position));
        for (int figure = 0; figure < STRIDE; figure++) {
          sink.putLong(figures[position * STRIDE + figure]);
        }
      }
    }
  }

  @Override
  public void load(final SnapshotSource source) {
    final int count = source.getInt();
    for (int i = 0; i < count; i++) {
      final int position = slots.open(source.getInt(), source.getInt());
      for (int figure = 0; figure < STRIDE; figure++) {
        figures[position * STRIDE + figure] = source.getLong();
      }
    }
  }
}
