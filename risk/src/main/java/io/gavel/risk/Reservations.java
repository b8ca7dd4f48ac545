package io.gavel.risk;

import io.gavel.codecs.Invariants;
import io.gavel.codecs.SnapshotSink;
import io.gavel.codecs.SnapshotSource;
import io.gavel.codecs.StateOwner;
import io.gavel.codecs.sbe.Side;
import io.gavel.risk.fee.CumulativeFee;
import io.gavel.risk.instrument.Instrument;
import io.gavel.risk.instrument.Instruments;
import io.gavel.risk.ledger.Ledger;
import io.gavel.risk.price.Slots;
import io.gavel.risk.money.FixedPoint;
import io.gavel.risk.position.Positions;

/**
 * The money behind orders and rules: what each holds, what it may still trade, and the fee rates it was accepted with.
 * The slot number is the name by which orders know their reservation; it survives a snapshot. Two rows of numbers per
 * slot, so that settling touches two cache lines. Allocates nothing after start. One thread.
 */
final class Reservations implements StateOwner {

  /** In the asset that is held: base when selling, quote when buying. */
  private static final int HELD = 0;
  /** What may still be traded at worst, in the asset that is held, fees not included. */
  private static final int OPEN = 1;
  private static final int FEES = 2;
  private static final int LONGS = 4;

  private static final int ACCOUNT_SLOT = 0;
  private static final int INSTRUMENT = 1;
  private static final int SELLS = 2;
  /** 0: a buy by quote amount. */
  private static final int LIMIT_TICKS = 3;
  private static final int MAKER_FEE = 4;
  private static final int TAKER_FEE = 5;
  private static final int MAKER_REMAINDER = 6;
  private static final int TAKER_REMAINDER = 7;
  /** Found again when loading; not written. */
  private static final int HOLD_BALANCE = 8;
  private static final int OTHER_BALANCE = 9;
  private static final int POSITION = 10;
  private static final int FEE_IS_HELD = 11;
  private static final int INTS = 16;
  private static final int INTS_WRITTEN = 8;

  private final Instruments instruments;
  private final Ledger ledger;
  private final Positions positions;
  private final Slots pool;
  private final long[] longs;
  private final int[] ints;

  Reservations(
      final int reservationsMax, final Instruments instruments, final Ledger ledger, final Positions positions) {
    this.instruments = instruments;
    this.ledger = ledger;
    this.positions = positions;
    pool = new Slots(reservationsMax);
    longs = new long[reservationsMax * LONGS];
    ints = new int[reservationsMax * INTS];
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
    final int at = reservation * INTS;
    ints[at + ACCOUNT_SLOT] = accountSlot;
    ints[at + INSTRUMENT] = instrument.id();
    ints[at + SELLS] = Side.SELL == side ? 1 : 0;
    ints[at + LIMIT_TICKS] = limitTicks;
    ints[at + MAKER_FEE] = instrument.makerFeeE8();
    ints[at + TAKER_FEE] = instrument.takerFeeE8();
    ints[at + MAKER_REMAINDER] = 0;
    ints[at + TAKER_REMAINDER] = 0;
    find(at, instrument);
    final int longsAt = reservation * LONGS;
    longs[longsAt + HELD] = heldUnits;
    longs[longsAt + OPEN] = openUnits;
    longs[longsAt + FEES] = 0;
    return reservation;
  }

  void close(final int reservation) {
    pool.release(reservation);
  }

  /** What would have to be held for so much open, or {@link CumulativeFee#TOO_LARGE}. */
  long requiredUnits(final int reservation, final long openUnits) {
    final int at = reservation * INTS;
    if (0 == ints[at + FEE_IS_HELD]) {
      return openUnits;
    }
    final int makerE8 = ints[at + MAKER_FEE];
    final int takerE8 = ints[at + TAKER_FEE];
    final int remaindersE8 =
        (makerE8 > 0 ? ints[at + MAKER_REMAINDER] : 0) + (takerE8 > 0 ? ints[at + TAKER_REMAINDER] : 0);
    return CumulativeFee.withCoverUnits(CumulativeFee.worstE8(makerE8, takerE8), openUnits, remaindersE8);
  }

  /** Charges the fee of a fill to a role and remembers the remainder; whoever calls moves the money. */
  long charge(final int reservation, final boolean taker, final long amountUnits) {
    final int at = reservation * INTS;
    final int rateE8 = ints[at + (taker ? TAKER_FEE : MAKER_FEE)];
    if (0 == rateE8) {
      return 0;
    }
    final int remainderAt = at + (taker ? TAKER_REMAINDER : MAKER_REMAINDER);
    final long feeUnits = CumulativeFee.feeUnits(rateE8, amountUnits, ints[remainderAt]);
    ints[remainderAt] = CumulativeFee.nextRemainderE8(rateE8, amountUnits, ints[remainderAt], feeUnits);
    final int feesAt = reservation * LONGS + FEES;
    longs[feesAt] = FixedPoint.addSaturating(longs[feesAt], feeUnits);
    return feeUnits;
  }

  /** The open amount falls by what was traded, at worst price; the hold by what was paid from it. */
  void spend(final int reservation, final long openUnits, final long paidUnits) {
    final int at = reservation * LONGS;
    longs[at + OPEN] -= openUnits;
    longs[at + HELD] -= paidUnits;
    if (longs[at + OPEN] < 0 || longs[at + HELD] < 0) {
      Invariants.check(false, "more is spent than reserved: open, held", longs[at + OPEN], longs[at + HELD]);
    }
  }

  void openUnits(final int reservation, final long openUnits) {
    longs[reservation * LONGS + OPEN] = openUnits;
  }

  void heldUnits(final int reservation, final long heldUnits) {
    longs[reservation * LONGS + HELD] = heldUnits;
  }

  void limitTicks(final int reservation, final int limitTicks) {
    ints[reservation * INTS + LIMIT_TICKS] = limitTicks;
  }

  long heldUnits(final int reservation) {
    return longs[reservation * LONGS + HELD];
  }

  long openUnits(final int reservation) {
    return longs[reservation * LONGS + OPEN];
  }

  long feeUnits(final int reservation) {
    return longs[reservation * LONGS + FEES];
  }

  int instrumentId(final int reservation) {
    return ints[reservation * INTS + INSTRUMENT];
  }

  boolean sells(final int reservation) {
    return 0 != ints[reservation * INTS + SELLS];
  }

  int limitTicks(final int reservation) {
    return ints[reservation * INTS + LIMIT_TICKS];
  }

  int holdBalance(final int reservation) {
    return ints[reservation * INTS + HOLD_BALANCE];
  }

  int otherBalance(final int reservation) {
    return ints[reservation * INTS + OTHER_BALANCE];
  }

  int position(final int reservation) {
    return ints[reservation * INTS + POSITION];
  }

  /** Whether fees are taken from the hold, not from the proceeds. */
  boolean feeIsHeld(final int reservation) {
    return 0 != ints[reservation * INTS + FEE_IS_HELD];
  }

  private void find(final int at, final Instrument instrument) {
    final int accountSlot = ints[at + ACCOUNT_SLOT];
    final int base = ledger.open(accountSlot, instrument.baseAssetId());
    final int quote = ledger.open(accountSlot, instrument.quoteAssetId());
    final boolean sells = 0 != ints[at + SELLS];
    ints[at + HOLD_BALANCE] = sells ? base : quote;
    ints[at + OTHER_BALANCE] = sells ? quote : base;
    ints[at + POSITION] = positions.open(accountSlot, instrument.id());
    ints[at + FEE_IS_HELD] = sells == instrument.feeInBase() ? 1 : 0;
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
        sink.putInt(reservation);
        for (int i = 0; i < INTS_WRITTEN; i++) {
          sink.putInt(ints[reservation * INTS + i]);
        }
        sink.putLong(heldUnits(reservation));
        sink.putLong(openUnits(reservation));
        sink.putLong(feeUnits(reservation));
      }
    }
  }

  /** The instruments must have been loaded; balances and positions may come before or after. */
  @Override
  public void load(final SnapshotSource source) {
    final int count = source.getInt();
    for (int i = 0; i < count; i++) {
      final int reservation = source.getInt();
      pool.claim(reservation);
      final int at = reservation * INTS;
      for (int j = 0; j < INTS_WRITTEN; j++) {
        ints[at + j] = source.getInt();
      }
      longs[reservation * LONGS + HELD] = source.getLong();
      longs[reservation * LONGS + OPEN] = source.getLong();
      longs[reservation * LONGS + FEES] = source.getLong();
      final Instrument instrument = instruments.get(instrumentId(reservation));
      if (null == instrument) {
        Invariants.check(false, "reservation of an unknown instrument", reservation, instrumentId(reservation));
      } else {
        find(at, instrument);
      }
    }
  }
}
