package io.gavel.risk.position;

import io.gavel.codecs.InvariantViolation;
import io.gavel.codecs.Invariants;
import io.gavel.codecs.SnapshotSink;
import io.gavel.codecs.SnapshotSource;
import io.gavel.codecs.StateOwner;
import io.gavel.codecs.sbe.PositionSide;
import io.gavel.risk.instrument.Instrument;
import io.gavel.risk.instrument.Instruments;
import io.gavel.risk.ledger.AccountSlots;
import io.gavel.risk.ledger.Accounts;
import io.gavel.risk.money.FixedPoint;
import io.gavel.risk.money.Rounding;
import java.util.Arrays;

/**
 * Positions in contracts, per (account, instrument, side): NET in one-way mode, LONG and SHORT in hedge mode. Lots are
 * signed. So is the cost, in settle units: a purchase adds what it was worth, a sale takes it away; of an inverse
 * contract the other way round, so that the result of a position is always {@code what closing it adds - cost}. What
 * closes takes its share of the cost along, rounded up, so that no profit is shown before it is made. The epoch grows
 * each time the position goes flat or crosses zero: what protected the old one must not be inherited by the new one.
 *
 * <p>Of an instrument all lots together are zero between two trades, and of a settle asset all costs together are minus
 * what was realised: {@link #netLots} and {@link #netCostUnits} say so at any time. An option's cost is a figure only,
 * its premium has been paid, so it is not among them. Takes memory when {@link #allocate} is called, at the first
 * contract, and none after. One thread.
 */
public final class Contracts implements StateOwner {

  public static final int NULL_POSITION = AccountSlots.NULL_SLOT;

  private static final int SIDES = 3;
  private static final int LOTS = 0;
  private static final int COST = 1;
  private static final int REALISED = 2;
  private static final int FEES = 3;
  private static final int EPOCH = 4;
  private static final int FUNDING_INDEX = 5;
  private static final int MARGIN = 6;
  private static final int LEVERAGE = 7;
  private static final int BUY_LOTS = 8;
  private static final int SELL_LOTS = 9;
  private static final int BUY_UNITS = 10;
  private static final int SELL_UNITS = 11;
  private static final int ORDER_MARGIN = 12;
  private static final int ORDER_CLAIM = 13;
  private static final int REDUCE_ONLY_LOTS = 14;
  private static final int SAVED = 15;
  private static final int CHANGES = 15;
  private static final int STRIDE = 16;

  private final Accounts accounts;
  private final Instruments instruments;
  private final int accountsMax;
  private final int instrumentsMax;
  private final int positionsMax;
  private AccountSlots slots = new AccountSlots(0, 0, 0);
  private long[] records = {};
  private int[] accountSlots = {};
  private long[] openInterestLots = {};
  private long[] openInterestChanges = {};
  private long[] netLots = {};
  private long[] worstLongLots = {};
  private long[] worstShortLots = {};
  private long[] netCostUnits = {};

  public Contracts(
      final Accounts accounts, final Instruments instruments, final int accountsMax, final int assetsMax,
      final int instrumentsMax, final int positionsMax) {
    this.accounts = accounts;
    this.instruments = instruments;
    this.accountsMax = accountsMax;
    this.instrumentsMax = instrumentsMax;
    this.positionsMax = positionsMax;
    this.netCostUnits = new long[assetsMax + 1];
  }

  /** Takes the memory, once; with the first contract, since a house that knows none need not pay. */
  public void allocate() {
    if (0 == netLots.length) {
      slots = new AccountSlots(accountsMax, (instrumentsMax + 1) * SIDES, positionsMax);
      records = new long[positionsMax * STRIDE];
      accountSlots = new int[positionsMax];
      openInterestLots = new long[instrumentsMax + 1];
      openInterestChanges = new long[instrumentsMax + 1];
      netLots = new long[instrumentsMax + 1];
      worstLongLots = new long[instrumentsMax + 1];
      worstShortLots = new long[instrumentsMax + 1];
    }
  }

  public boolean isAllocated() {
    return 0 != netLots.length;
  }

  /** The position, or {@link #NULL_POSITION} while the account never had to do with it. */
  public int find(final int accountSlot, final int instrumentId, final PositionSide side) {
    return isAllocated() ? slots.find(accountSlot, id(instrumentId, side)) : NULL_POSITION;
  }

  public int capacity() {
    return positionsMax;
  }

  /** Whether so many more can be opened; after a snapshot without any it is the first to need the memory. */
  public boolean hasRoom(final int positions) {
    allocate();
    return slots.hasRoom(positions);
  }

  /** The position; a flat one when there is none, for which there must be room. */
  public int open(final int accountSlot, final int instrumentId, final PositionSide side) {
    final int position = slots.open(accountSlot, id(instrumentId, side));
    accountSlots[position] = accountSlot;
    return position;
  }

  /** Takes back the position that {@link #open} opened last, while nothing has happened to it. */
  public void undoOpen(final int position) {
    final int accountSlot = accountSlots[position];
    Arrays.fill(records, position * STRIDE, position * STRIDE + STRIDE, 0);
    slots.undoOpen(accountSlot, slots.id(position));
  }

  /** How many positions the account has ever had to do with. */
  public int count(final int accountSlot) {
    int count = 0;
    for (int position = first(accountSlot); NULL_POSITION != position; position = next(position)) {
      count++;
    }
    return count;
  }

  /** Grows with each change of what the position needs or is worth. */
  public long changes(final int position) {
    return records[position * STRIDE + CHANGES];
  }

  /** Positions ever opened: they are 0 to this less one, flat ones among them. */
  public int size() {
    return slots.size();
  }

  /** The account's position of the smallest (instrument, side), or {@link #NULL_POSITION}. */
  public int first(final int accountSlot) {
    return isAllocated() ? slots.first(accountSlot) : NULL_POSITION;
  }

  /** The next position of the same account. */
  public int next(final int position) {
    return slots.next(position);
  }

  public int instrumentId(final int position) {
    return slots.id(position) / SIDES;
  }

  public PositionSide side(final int position) {
    return PositionSide.get((short) (slots.id(position) % SIDES));
  }

  public int accountSlot(final int position) {
    return accountSlots[position];
  }

  /** Above zero long, below zero short. */
  public long lots(final int position) {
    return records[position * STRIDE + LOTS];
  }

  public long costUnits(final int position) {
    return records[position * STRIDE + COST];
  }

  /** Profits less losses of all epochs, without fees; a figure. */
  public long realisedUnits(final int position) {
    return records[position * STRIDE + REALISED];
  }

  /** Fees paid less rebates, of all epochs; a figure. */
  public long feesPaidUnits(final int position) {
    return records[position * STRIDE + FEES];
  }

  /** How often the position went flat or crossed zero. */
  public long epoch(final int position) {
    return records[position * STRIDE + EPOCH];
  }

  /** The instrument's funding index when it was last settled with this position. */
  public long fundingIndex(final int position) {
    return records[position * STRIDE + FUNDING_INDEX];
  }

  public void fundingIndex(final int position, final long index) {
    records[position * STRIDE + FUNDING_INDEX] = index;
    records[position * STRIDE + CHANGES]++;
  }

  /** Something that the position owed has been settled outside of it. */
  public void settled(final int position) {
    records[position * STRIDE + CHANGES]++;
  }

  /** What is held for the position of an isolated account, in settle units. */
  public long marginUnits(final int position) {
    return records[position * STRIDE + MARGIN];
  }

  public void marginUnits(final int position, final long units) {
    records[position * STRIDE + MARGIN] = units;
  }

  /** A hundred times the leverage that was chosen; 0: none was, the schedule alone counts. */
  public int leverageE2(final int position) {
    return (int) records[position * STRIDE + LEVERAGE];
  }

  public void leverageE2(final int position, final int value) {
    records[position * STRIDE + CHANGES]++;
    records[position * STRIDE + LEVERAGE] = value;
  }

  public long openBuyLots(final int position) {
    return records[position * STRIDE + BUY_LOTS];
  }

  public long openSellLots(final int position) {
    return records[position * STRIDE + SELL_LOTS];
  }

  /** What the open purchases are worth at their limits. */
  public long openBuyUnits(final int position) {
    return records[position * STRIDE + BUY_UNITS];
  }

  public long openSellUnits(final int position) {
    return records[position * STRIDE + SELL_UNITS];
  }

  /** Open orders of a side grow, or shrink by negative numbers. */
  public void addOpen(final int position, final boolean sells, final long lots, final long units) {
    final int at = position * STRIDE;
    final int lotsAt = at + (sells ? SELL_LOTS : BUY_LOTS);
    final int unitsAt = at + (sells ? SELL_UNITS : BUY_UNITS);
    records[at + CHANGES]++;
    addWorst(position, -1);
    records[lotsAt] += lots;
    records[unitsAt] += units;
    if (records[lotsAt] < 0 || records[unitsAt] < 0) {
      Invariants.check(false, "more is closed than was open: lots, units", records[lotsAt], records[unitsAt]);
    }
    addWorst(position, 1);
  }

  /** What is held for the open orders of an isolated account, fees not included, in settle units. */
  public long orderMarginUnits(final int position) {
    return records[position * STRIDE + ORDER_MARGIN];
  }

  public void orderMarginUnits(final int position, final long units) {
    records[position * STRIDE + ORDER_MARGIN] = units;
  }

  /** What the open orders of a cross account may lose at once and pay in fees, in settle units. */
  public long orderClaimUnits(final int position) {
    return records[position * STRIDE + ORDER_CLAIM];
  }

  public void addOrderClaim(final int position, final long units) {
    final int at = position * STRIDE + ORDER_CLAIM;
    records[position * STRIDE + CHANGES]++;
    records[at] += units;
    if (records[at] < 0) {
      Invariants.check(false, "claims of orders below zero: claim, change", records[at], units);
    }
  }

  /** Lots of open orders that only reduce; they stand on the closing side. */
  public long reduceOnlyLots(final int position) {
    return records[position * STRIDE + REDUCE_ONLY_LOTS];
  }

  public void addReduceOnly(final int position, final long lots) {
    final int at = position * STRIDE + REDUCE_ONLY_LOTS;
    records[at] += lots;
    if (records[at] < 0) {
      Invariants.check(false, "reduce-only lots below zero: lots, change", records[at], lots);
    }
  }

  public void addFee(final int position, final long feeUnits) {
    final int at = position * STRIDE + FEES;
    records[at] = FixedPoint.addSaturating(records[at], feeUnits);
  }

  /**
   * The position if every open order of the side were filled and none of the other: long above zero for a purchase,
   * short above zero for a sale. A position of hedge mode has one side only, which the other's orders just close.
   */
  public long worstLots(final int position, final boolean sells) {
    final int at = position * STRIDE;
    return sells ? records[at + SELL_LOTS] - records[at + LOTS] : records[at + BUY_LOTS] + records[at + LOTS];
  }

  /** All positions of the instrument that are then above zero, added up. */
  public long worstTotalLots(final int instrumentId, final boolean sells) {
    return isAllocated() ? (sells ? worstShortLots : worstLongLots)[instrumentId] : 0;
  }

  private void addWorst(final int position, final int sign) {
    final int instrumentId = instrumentId(position);
    final PositionSide side = side(position);
    worstLongLots[instrumentId] += PositionSide.SHORT == side ? 0 : sign * Math.max(0, worstLots(position, false));
    worstShortLots[instrumentId] += PositionSide.LONG == side ? 0 : sign * Math.max(0, worstLots(position, true));
  }

  /** Lots all longs have together, and so all shorts. */
  public long openInterestLots(final int instrumentId) {
    return isAllocated() ? openInterestLots[instrumentId] : 0;
  }

  /** Grows with each change of the open interest. */
  public long openInterestChanges(final int instrumentId) {
    return openInterestChanges[instrumentId];
  }

  /** All lots of an instrument together: zero whenever both sides of a trade are booked. */
  public long netLots(final int instrumentId) {
    return isAllocated() ? netLots[instrumentId] : 0;
  }

  /** All costs in a settle asset together, options apart; with what was realised from it CLEARING is at zero. */
  public long netCostUnits(final int assetId) {
    return netCostUnits[assetId];
  }

  /**
   * Books one side of a trade: lots above zero are bought, below zero sold, and are worth {@code valueUnits} above zero
   * at its price. The part that closes is realised, the rest opens.
   *
   * @return the profit, or the loss below zero, in settle units; of an option a figure
   */
  public long trade(final int position, final long lots, final long valueUnits) {
    final Instrument instrument = instrument(position);
    final long addedUnits = lots < 0 == instrument.isInverse() ? valueUnits : -valueUnits;
    return book(position, instrument, lots, addedUnits);
  }

  /** What {@link #trade} would realise. No effect. */
  public long realisedBy(final int position, final long lots, final long valueUnits) {
    final int at = position * STRIDE;
    final long oldLots = records[at + LOTS];
    if (0 == oldLots || oldLots < 0 == lots < 0) {
      return 0;
    }
    final long addedUnits = lots < 0 == instrument(position).isInverse() ? valueUnits : -valueUnits;
    return -FixedPoint.add(closedCostUnits(records[at + COST], oldLots, lots),
        closingUnits(addedUnits, oldLots, lots));
  }

  /** The cost, and what was realised, were others after all: a trade has been undone or has another price. */
  public void correct(final int position, final long costUnits, final long realisedUnits) {
    final int at = position * STRIDE;
    records[at + COST] = FixedPoint.add(records[at + COST], costUnits);
    records[at + REALISED] = FixedPoint.addSaturating(records[at + REALISED], realisedUnits);
    records[at + CHANGES]++;
    final Instrument instrument = instrument(position);
    if (!instrument.isOption()) {
      netCostUnits[instrument.settleAssetId()] =
          FixedPoint.add(netCostUnits[instrument.settleAssetId()], costUnits);
    }
  }

  /** The share of the cost that goes with the lots that close. */
  private static long closedCostUnits(final long costUnits, final long oldLots, final long lots) {
    return Math.abs(lots) < Math.abs(oldLots)
        ? FixedPoint.mulDiv(costUnits, Math.abs(lots), Math.abs(oldLots), Rounding.CEILING) : costUnits;
  }

  /** The part of a trade's value that closes. */
  private static long closingUnits(final long addedUnits, final long oldLots, final long lots) {
    return Math.abs(lots) > Math.abs(oldLots)
        ? FixedPoint.mulDiv(addedUnits, Math.abs(oldLots), Math.abs(lots), Rounding.CEILING) : addedUnits;
  }

  private long book(final int position, final Instrument instrument, final long lots, final long addedUnits) {
    final int at = position * STRIDE;
    final long oldLots = records[at + LOTS];
    final long oldCostUnits = records[at + COST];
    final long newLots = FixedPoint.add(oldLots, lots);
    long realisedUnits = 0;
    if (0 == oldLots || oldLots < 0 == lots < 0) {
      records[at + COST] = FixedPoint.add(oldCostUnits, addedUnits);
    } else {
      final boolean reduces = Math.abs(lots) < Math.abs(oldLots);
      final long closedCostUnits = closedCostUnits(oldCostUnits, oldLots, lots);
      final long closingUnits = closingUnits(addedUnits, oldLots, lots);
      realisedUnits = -FixedPoint.add(closedCostUnits, closingUnits);
      records[at + COST] = reduces ? oldCostUnits - closedCostUnits : addedUnits - closingUnits;
      records[at + EPOCH] += reduces ? 0 : 1;
    }
    records[at + CHANGES]++;
    addWorst(position, -1);
    records[at + LOTS] = newLots;
    addWorst(position, 1);
    records[at + REALISED] = FixedPoint.addSaturating(records[at + REALISED], realisedUnits);
    count(instrument, oldLots, newLots, records[at + COST] - oldCostUnits);
    return realisedUnits;
  }

  private void count(final Instrument instrument, final long oldLots, final long newLots, final long costUnits) {
    final int id = instrument.id();
    netLots[id] += newLots - oldLots;
    final long newInterestLots = openInterestLots[id] + Math.max(0, newLots) - Math.max(0, oldLots);
    openInterestChanges[id] += newInterestLots == openInterestLots[id] ? 0 : 1;
    openInterestLots[id] = newInterestLots;
    if (!instrument.isOption()) {
      netCostUnits[instrument.settleAssetId()] =
          FixedPoint.add(netCostUnits[instrument.settleAssetId()], costUnits);
    }
  }

  private Instrument instrument(final int position) {
    final Instrument instrument = instruments.get(instrumentId(position));
    if (null == instrument) {
      throw new InvariantViolation("position without instrument: " + position);
    }
    return instrument;
  }

  private static int id(final int instrumentId, final PositionSide side) {
    return instrumentId * SIDES + side.value();
  }

  @Override
  public int componentId() {
    return 31;
  }

  @Override
  public String componentName() {
    return "contracts";
  }

  /** A flat position is written, too: it takes a place of the pool, and keeps its epoch. */
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
        for (int figure = 0; figure < SAVED; figure++) {
          sink.putLong(records[position * STRIDE + figure]);
        }
      }
    }
  }

  /** The instruments must have been loaded. */
  @Override
  public void load(final SnapshotSource source) {
    allocate();
    final int count = source.getInt();
    for (int i = 0; i < count; i++) {
      final int accountSlot = source.getInt();
      final int position = slots.open(accountSlot, source.getInt());
      final int at = position * STRIDE;
      accountSlots[position] = accountSlot;
      for (int figure = 0; figure < SAVED; figure++) {
        records[at + figure] = source.getLong();
      }
      count(instrument(position), 0, records[at + LOTS], records[at + COST]);
      addWorst(position, 1);
    }
  }
}
