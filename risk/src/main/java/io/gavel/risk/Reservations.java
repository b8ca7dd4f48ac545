package io.gavel.risk;

import io.gavel.codecs.Invariants;
import io.gavel.codecs.SnapshotSink;
import io.gavel.codecs.SnapshotSource;
import io.gavel.codecs.StateOwner;
import io.gavel.codecs.sbe.PositionSide;
import io.gavel.codecs.sbe.Side;
import io.gavel.risk.fee.CumulativeFee;
import io.gavel.risk.instrument.Instrument;
import io.gavel.risk.instrument.Instruments;
import io.gavel.risk.ledger.Ledger;
import io.gavel.risk.price.Slots;
import io.gavel.risk.money.FixedPoint;
import io.gavel.risk.position.Positions;
import java.util.Arrays;

/**
 * The money behind orders and rules: what each holds, what it may still trade, and the fee rates it was accepted with.
 * The slot number is the name by which orders know their reservation; it survives a snapshot. One record of 64 bytes a
 * slot. Allocates nothing after start. One thread.
 *
 * <pre>
 *   held | open | fees | account slot, instrument | limit ticks, flags | maker, taker rate | remainders |
 *   hold balance, other balance |
 * </pre>
 *
 * <p>Held and open are in the asset that is held: base when selling, quote when buying. Open is what may still be
 * traded at worst, fees not included. A limit of 0 is a buy by quote amount. Of a contract's order, open is in lots and
 * held is its claim: what it may lose against the mark and pay in fees; that is in the ledger only where flags say so.
 * Balances and the flag that fees come from the hold are found again when loading; the position is looked up when a
 * fill needs it.
 */
final class Reservations implements StateOwner {

  private static final int STRIDE = 8;
  /** Behind the header of the array a record starts on a cache line. */
  private static final int ORIGIN = 6;
  private static final int HELD = ORIGIN;
  private static final int OPEN = ORIGIN + 1;
  private static final int FEES = ORIGIN + 2;
  private static final int ACCOUNT_AND_INSTRUMENT = ORIGIN + 3;
  private static final int LIMIT_AND_FLAGS = ORIGIN + 4;
  private static final int RATES = ORIGIN + 5;
  private static final int REMAINDERS = ORIGIN + 6;
  private static final int BALANCES = ORIGIN + 7;
  private static final long LOW_32 = 0xFFFF_FFFFL;
  private static final int SELLS = 1;
  private static final int FEE_IS_HELD = 2;
  private static final int CONTRACT = 4;
  static final int REDUCE_ONLY = 8;
  /** The claim of a contract's order is held in the ledger: the account is isolated. */
  static final int CLAIM_IS_HELD = 16;
  private static final int POSITION_SIDE_SHIFT = 5;
  private static final int POSITION_SIDE_MASK = 3;
  private static final int SAVED_FLAGS = ~FEE_IS_HELD;

  private final Instruments instruments;
  private final Ledger ledger;
  private final Positions positions;
  private final Slots pool;
  private long[] records;

  Reservations(
      final int reservationsMax, final Instruments instruments, final Ledger ledger, final Positions positions) {
    this.instruments = instruments;
    this.ledger = ledger;
    this.positions = positions;
    pool = new Slots(reservationsMax);
    records = new long[ORIGIN + reservationsMax * STRIDE];
  }

  /** Makes room for more; slots stay as they are. Allocates. */
  void grow(final int reservationsMax) {
    pool.grow(reservationsMax);
    records = Arrays.copyOf(records, ORIGIN + reservationsMax * STRIDE);
  }

  boolean isFull() {
    return pool.isFull();
  }

  int size() {
    return pool.size();
  }

  int capacity() {
    return pool.capacity();
  }

  boolean isOpen(final int reservation) {
    return pool.isTaken(reservation);
  }

  /** Opens a reservation with the instrument's rates of now; the caller has moved {@code heldUnits} to held. */
  int open(
      final int accountSlot, final Instrument instrument, final Side side, final int limitTicks,
      final long openUnits, final long heldUnits) {
    final int reservation = pool.claim();
    final int at = reservation * STRIDE;
    records[at + HELD] = heldUnits;
    records[at + OPEN] = openUnits;
    records[at + FEES] = 0;
    records[at + ACCOUNT_AND_INSTRUMENT] = pair(accountSlot, instrument.id());
    records[at + LIMIT_AND_FLAGS] = pair(limitTicks, Side.SELL == side ? SELLS : 0);
    records[at + RATES] = pair(instrument.makerFeeE8(), instrument.takerFeeE8());
    records[at + REMAINDERS] = 0;
    find(at, instrument);
    return reservation;
  }

  /**
   * Opens a reservation for an order in a contract: open is in lots, held is what it may lose and pay in fees. Flags
   * are {@link #REDUCE_ONLY} and {@link #CLAIM_IS_HELD}.
   */
  int openContract(
      final int accountSlot, final Instrument instrument, final Side side, final PositionSide positionSide,
      final int limitTicks, final long openLots, final long claimUnits, final int flags) {
    final int reservation = open(accountSlot, instrument, side, limitTicks, openLots, claimUnits);
    records[reservation * STRIDE + LIMIT_AND_FLAGS] |=
        flags | CONTRACT | positionSide.value() << POSITION_SIDE_SHIFT;
    return reservation;
  }

  boolean isContract(final int reservation) {
    return has(reservation, CONTRACT);
  }

  boolean isReduceOnly(final int reservation) {
    return has(reservation, REDUCE_ONLY);
  }

  boolean claimIsHeld(final int reservation) {
    return has(reservation, CLAIM_IS_HELD);
  }

  PositionSide positionSide(final int reservation) {
    final long flags = records[reservation * STRIDE + LIMIT_AND_FLAGS];
    return PositionSide.get((short) (flags >> POSITION_SIDE_SHIFT & POSITION_SIDE_MASK));
  }

  private boolean has(final int reservation, final int flag) {
    return 0 != (records[reservation * STRIDE + LIMIT_AND_FLAGS] & flag);
  }

  void close(final int reservation) {
    pool.release(reservation);
  }

  /** What would have to be held for so much open, or {@link CumulativeFee#TOO_LARGE}. */
  long requiredUnits(final int reservation, final long openUnits) {
    final int at = reservation * STRIDE;
    if (0 == (records[at + LIMIT_AND_FLAGS] & FEE_IS_HELD)) {
      return openUnits;
    }
    final long rates = records[at + RATES];
    final long remainders = records[at + REMAINDERS];
    final int remaindersE8 =
        (first(rates) > 0 ? first(remainders) : 0) + (second(rates) > 0 ? second(remainders) : 0);
    return CumulativeFee.withCoverUnits(CumulativeFee.worstE8(first(rates), second(rates)), openUnits, remaindersE8);
  }

  /** Charges the fee of a fill to a role and remembers the remainder; whoever calls moves the money. */
  long charge(final int reservation, final boolean taker, final long amountUnits) {
    final int at = reservation * STRIDE;
    final long rates = records[at + RATES];
    final int rateE8 = taker ? second(rates) : first(rates);
    if (0 == rateE8) {
      return 0;
    }
    final long remainders = records[at + REMAINDERS];
    final int remainderE8 = taker ? second(remainders) : first(remainders);
    final long feeUnits = CumulativeFee.feeUnits(rateE8, amountUnits, remainderE8);
    final int leftE8 = CumulativeFee.nextRemainderE8(rateE8, amountUnits, remainderE8, feeUnits);
    records[at + REMAINDERS] = taker ? pair(first(remainders), leftE8) : pair(leftE8, second(remainders));
    records[at + FEES] = FixedPoint.addSaturating(records[at + FEES], feeUnits);
    return feeUnits;
  }

  /** The open amount falls by what was traded, at worst price; the hold by what was paid from it. */
  void spend(final int reservation, final long openUnits, final long paidUnits) {
    final int at = reservation * STRIDE;
    records[at + OPEN] -= openUnits;
    records[at + HELD] -= paidUnits;
    if (records[at + OPEN] < 0 || records[at + HELD] < 0) {
      Invariants.check(false, "more is spent than reserved: open, held", records[at + OPEN], records[at + HELD]);
    }
  }

  void openUnits(final int reservation, final long openUnits) {
    records[reservation * STRIDE + OPEN] = openUnits;
  }

  void heldUnits(final int reservation, final long heldUnits) {
    records[reservation * STRIDE + HELD] = heldUnits;
  }

  void limitTicks(final int reservation, final int limitTicks) {
    final int at = reservation * STRIDE + LIMIT_AND_FLAGS;
    records[at] = pair(limitTicks, second(records[at]));
  }

  long heldUnits(final int reservation) {
    return records[reservation * STRIDE + HELD];
  }

  long openUnits(final int reservation) {
    return records[reservation * STRIDE + OPEN];
  }

  long feeUnits(final int reservation) {
    return records[reservation * STRIDE + FEES];
  }

  int accountSlot(final int reservation) {
    return first(records[reservation * STRIDE + ACCOUNT_AND_INSTRUMENT]);
  }

  int instrumentId(final int reservation) {
    return second(records[reservation * STRIDE + ACCOUNT_AND_INSTRUMENT]);
  }

  boolean sells(final int reservation) {
    return 0 != (records[reservation * STRIDE + LIMIT_AND_FLAGS] & SELLS);
  }

  int limitTicks(final int reservation) {
    return first(records[reservation * STRIDE + LIMIT_AND_FLAGS]);
  }

  int holdBalance(final int reservation) {
    return first(records[reservation * STRIDE + BALANCES]);
  }

  int otherBalance(final int reservation) {
    return second(records[reservation * STRIDE + BALANCES]);
  }

  int position(final int reservation) {
    return positions.find(accountSlot(reservation), instrumentId(reservation));
  }

  /** Whether fees are taken from the hold, not from the proceeds. */
  boolean feeIsHeld(final int reservation) {
    return 0 != (records[reservation * STRIDE + LIMIT_AND_FLAGS] & FEE_IS_HELD);
  }

  private void find(final int at, final Instrument instrument) {
    final int accountSlot = first(records[at + ACCOUNT_AND_INSTRUMENT]);
    if (instrument.isContract()) {
      final int settle = ledger.open(accountSlot, instrument.settleAssetId());
      records[at + BALANCES] = pair(settle, settle);
      return;
    }
    final int base = ledger.open(accountSlot, instrument.baseAssetId());
    final int quote = ledger.open(accountSlot, instrument.quoteAssetId());
    positions.open(accountSlot, instrument.id());
    final boolean sells = 0 != (records[at + LIMIT_AND_FLAGS] & SELLS);
    records[at + BALANCES] = sells ? pair(base, quote) : pair(quote, base);
    if (sells == instrument.feeInBase()) {
      records[at + LIMIT_AND_FLAGS] |= FEE_IS_HELD;
    }
  }

  private static long pair(final int first, final int second) {
    return ((long) first << Integer.SIZE) | (second & LOW_32);
  }

  private static int first(final long pair) {
    return (int) (pair >>> Integer.SIZE);
  }

  private static int second(final long pair) {
    return (int) pair;
  }

  @Override
  public int componentId() {
    return 15;
  }

  @Override
  public String componentName() {
    return "reservations";
  }

  @Override
  public void save(final SnapshotSink sink) {
    if (0 == pool.size()) {
      return;
    }
    sink.putInt(pool.size());
    int left = pool.size();
    for (int reservation = 0; left > 0; reservation++) {
      if (pool.isTaken(reservation)) {
        left--;
        save(sink, reservation);
      }
    }
  }

  private void save(final SnapshotSink sink, final int reservation) {
    final int at = reservation * STRIDE;
    sink.putInt(reservation);
    sink.putInt(accountSlot(reservation));
    sink.putInt(instrumentId(reservation));
    sink.putInt(second(records[at + LIMIT_AND_FLAGS]) & SAVED_FLAGS);
    sink.putInt(limitTicks(reservation));
    sink.putInt(first(records[at + RATES]));
    sink.putInt(second(records[at + RATES]));
    sink.putInt(first(records[at + REMAINDERS]));
    sink.putInt(second(records[at + REMAINDERS]));
    sink.putLong(heldUnits(reservation));
    sink.putLong(openUnits(reservation));
    sink.putLong(feeUnits(reservation));
  }

  /** The instruments must have been loaded; balances and positions may come before or after. */
  @Override
  public void load(final SnapshotSource source) {
    final int count = source.getInt();
    for (int i = 0; i < count; i++) {
      final int reservation = source.getInt();
      pool.claim(reservation);
      final int at = reservation * STRIDE;
      records[at + ACCOUNT_AND_INSTRUMENT] = pair(source.getInt(), source.getInt());
      final int flags = source.getInt();
      records[at + LIMIT_AND_FLAGS] = pair(source.getInt(), flags);
      records[at + RATES] = pair(source.getInt(), source.getInt());
      records[at + REMAINDERS] = pair(source.getInt(), source.getInt());
      records[at + HELD] = source.getLong();
      records[at + OPEN] = source.getLong();
      records[at + FEES] = source.getLong();
      final Instrument instrument = instruments.get(instrumentId(reservation));
      if (null == instrument) {
        Invariants.check(false, "reservation of an unknown instrument", reservation, instrumentId(reservation));
      } else {
        find(at, instrument);
      }
    }
  }
}
