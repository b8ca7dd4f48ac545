package io.gavel.engine.core;

import io.gavel.codecs.sbe.OrdType;
import io.gavel.codecs.sbe.StpMode;
import io.gavel.codecs.sbe.TimeInForce;
import java.util.Arrays;

/**
 * What the core knows of each live order beyond the book's facts, a record of two cache lines by the order pool's slot,
 * and the list of each account's orders in order of arrival. What an amend or a fill needs is on the first line.
 *
 * <pre>
 *   quantity | filled | notional | fees | instrument, reservation | rule, expiry handle | kind | quote amount |
 *   client id (4 words) | expire time | free (3) |
 * </pre>
 */
public final class OrderTable {

  static final int NULL_SLOT = -1;

  private static final int STRIDE = 16;
  /** Behind the header of the array a record starts on a cache line. */
  private static final int ORIGIN = 6;
  private static final int QUANTITY = ORIGIN;
  private static final int FILLED = ORIGIN + 1;
  private static final int NOTIONAL = ORIGIN + 2;
  private static final int FEES = ORIGIN + 3;
  private static final int INSTRUMENT_AND_RESERVATION = ORIGIN + 4;
  private static final int RULE_AND_EXPIRY = ORIGIN + 5;
  private static final int KIND = ORIGIN + 6;
  private static final int QUOTE_AMOUNT = ORIGIN + 7;
  private static final int CLIENT_ID = ORIGIN + 8;
  private static final int EXPIRE_TIME = ORIGIN + 12;
  private static final long LOW_32 = 0xFFFF_FFFFL;

  /** Kind: ordinals of a byte each, then flags. */
  private static final int TIME_IN_FORCE_SHIFT = 8;
  private static final int STP_MODE_SHIFT = 16;
  private static final int BYTE_MASK = 0xFF;
  private static final long POST_ONLY = 1L << 32;
  private static final long TAPE = 1L << 33;
  private static final long REDUCE_ONLY = 1L << 34;
  private static final OrdType[] ORD_TYPES = OrdType.values();
  private static final TimeInForce[] TIMES_IN_FORCE = TimeInForce.values();
  private static final StpMode[] STP_MODES = StpMode.values();

  private long[] records;
  private final SlotList ofAccount;

  OrderTable(final int ordersMax, final int accountsMax) {
    records = new long[ORIGIN + STRIDE * ordersMax];
    ofAccount = new SlotList(ordersMax, accountsMax);
  }

  /** Makes room for more orders. Allocates. */
  void grow(final int ordersMax) {
    records = Arrays.copyOf(records, ORIGIN + STRIDE * ordersMax);
    ofAccount.grow(ordersMax);
  }

  /** Resets a slot just claimed and appends it to its account's list. */
  void open(final int slot, final int accountSlot, final int instrumentId, final int reservation) {
    final int at = STRIDE * slot;
    records[at + QUANTITY] = 0;
    records[at + FILLED] = 0;
    records[at + NOTIONAL] = 0;
    records[at + FEES] = 0;
    records[at + INSTRUMENT_AND_RESERVATION] = pair(instrumentId, reservation);
    records[at + RULE_AND_EXPIRY] = pair(NULL_SLOT, NULL_SLOT);
    records[at + QUOTE_AMOUNT] = 0;
    records[at + EXPIRE_TIME] = 0;
    clientId(slot, 0, 0, 0, 0);
    kind(slot, OrdType.LIMIT, TimeInForce.GTC, StpMode.NONE, false, false);
    ofAccount.append(accountSlot, slot);
  }

  void kind(final int slot, final OrdType ordType, final TimeInForce timeInForce, final StpMode stpMode,
      final boolean isPostOnly, final boolean isTape) {
    records[STRIDE * slot + KIND] = ordType.ordinal()
        | ((long) timeInForce.ordinal() << TIME_IN_FORCE_SHIFT) | ((long) stpMode.ordinal() << STP_MODE_SHIFT)
        | (isPostOnly ? POST_ONLY : 0) | (isTape ? TAPE : 0);
  }

  void reduceOnly(final int slot, final boolean on) {
    final int at = STRIDE * slot + KIND;
    records[at] = on ? records[at] | REDUCE_ONLY : records[at] & ~REDUCE_ONLY;
  }

  void clientId(final int slot, final long w0, final long w1, final long w2, final long w3) {
    final int at = STRIDE * slot + CLIENT_ID;
    records[at] = w0;
    records[at + 1] = w1;
    records[at + 2] = w2;
    records[at + 3] = w3;
  }

  boolean hasClientId(final int slot, final long w0, final long w1, final long w2, final long w3) {
    final int at = STRIDE * slot + CLIENT_ID;
    return w0 == records[at] && w1 == records[at + 1] && w2 == records[at + 2] && w3 == records[at + 3];
  }

  void close(final int slot) {
    ofAccount.remove(slot);
  }

  /** Slot of the account whose order it is. */
  int accountSlot(final int slot) {
    return ofAccount.owner(slot);
  }

  /** First live order of the account in order of arrival, or -1. */
  public int firstOf(final int accountSlot) {
    return ofAccount.first(accountSlot);
  }

  /** The next live order of the same account, or -1. */
  public int nextOf(final int slot) {
    return ofAccount.next(slot);
  }

  public int instrumentId(final int slot) {
    return first(records[STRIDE * slot + INSTRUMENT_AND_RESERVATION]);
  }

  public int reservation(final int slot) {
    return second(records[STRIDE * slot + INSTRUMENT_AND_RESERVATION]);
  }

  public long quantityLots(final int slot) {
    return records[STRIDE * slot + QUANTITY];
  }

  void quantityLots(final int slot, final long lots) {
    records[STRIDE * slot + QUANTITY] = lots;
  }

  public long filledLots(final int slot) {
    return records[STRIDE * slot + FILLED];
  }

  void filledLots(final int slot, final long lots) {
    records[STRIDE * slot + FILLED] = lots;
  }

  long filledNotionalUnits(final int slot) {
    return records[STRIDE * slot + NOTIONAL];
  }

  void filledNotionalUnits(final int slot, final long units) {
    records[STRIDE * slot + NOTIONAL] = units;
  }

  long feeUnits(final int slot) {
    return records[STRIDE * slot + FEES];
  }

  void feeUnits(final int slot, final long units) {
    records[STRIDE * slot + FEES] = units;
  }

  /** Lots traded, what they came to, and the fee charged for them. */
  void addFill(final int slot, final long lots, final long notionalUnits, final long fillFeeUnits) {
    final int at = STRIDE * slot;
    records[at + FILLED] += lots;
    records[at + NOTIONAL] += notionalUnits;
    records[at + FEES] += fillFeeUnits;
  }

  public int ruleSlot(final int slot) {
    return first(records[STRIDE * slot + RULE_AND_EXPIRY]);
  }

  void ruleSlot(final int slot, final int ruleSlot) {
    records[STRIDE * slot + RULE_AND_EXPIRY] = pair(ruleSlot, expiryHandle(slot));
  }

  int expiryHandle(final int slot) {
    return second(records[STRIDE * slot + RULE_AND_EXPIRY]);
  }

  void expiryHandle(final int slot, final int handle) {
    records[STRIDE * slot + RULE_AND_EXPIRY] = pair(ruleSlot(slot), handle);
  }

  long quoteAmountUnits(final int slot) {
    return records[STRIDE * slot + QUOTE_AMOUNT];
  }

  void quoteAmountUnits(final int slot, final long units) {
    records[STRIDE * slot + QUOTE_AMOUNT] = units;
  }

  public OrdType ordType(final int slot) {
    return ORD_TYPES[(int) records[STRIDE * slot + KIND] & BYTE_MASK];
  }

  public TimeInForce timeInForce(final int slot) {
    return TIMES_IN_FORCE[((int) records[STRIDE * slot + KIND] >>> TIME_IN_FORCE_SHIFT) & BYTE_MASK];
  }

  public StpMode stpMode(final int slot) {
    return STP_MODES[((int) records[STRIDE * slot + KIND] >>> STP_MODE_SHIFT) & BYTE_MASK];
  }

  public boolean isPostOnly(final int slot) {
    return 0 != (records[STRIDE * slot + KIND] & POST_ONLY);
  }

  public boolean isReduceOnly(final int slot) {
    return 0 != (records[STRIDE * slot + KIND] & REDUCE_ONLY);
  }

  /** Whether the order is a quote of the simulated venue: no events of its own, no place in lists for people. */
  public boolean isTape(final int slot) {
    return 0 != (records[STRIDE * slot + KIND] & TAPE);
  }

  public long expireTimeNs(final int slot) {
    return records[STRIDE * slot + EXPIRE_TIME];
  }

  void expireTimeNs(final int slot, final long timeNs) {
    records[STRIDE * slot + EXPIRE_TIME] = timeNs;
  }

  /** Word {@code index} (0 to 3) of the order's client id. */
  public long clientWord(final int slot, final int index) {
    return records[STRIDE * slot + CLIENT_ID + index];
  }

  boolean isRuleChild(final int slot) {
    return NULL_SLOT != ruleSlot(slot);
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
}
