package io.gavel.engine.core;

import io.gavel.codecs.sbe.OrdType;
import io.gavel.codecs.sbe.StpMode;
import io.gavel.codecs.sbe.TimeInForce;
import java.util.Arrays;

/**
 * What the core knows of each live order beyond the book's facts, in arrays indexed by the order pool's slot, and the
 * list of each account's orders in order of arrival.
 */
public final class OrderTable {

  static final int NULL_SLOT = -1;

  final int[] instrumentIds;
  final int[] reservations;
  final int[] ruleSlots;
  final int[] expiryHandles;
  final long[] quantityLots;
  final long[] quoteAmountUnits;
  final long[] filledLots;
  final long[] filledNotionalUnits;
  final long[] feeUnits;
  final long[] expireTimesNs;
  final long[] clientWords;
  private final OrdType[] ordTypes;
  private final TimeInForce[] timesInForce;
  private final StpMode[] stpModes;
  private final boolean[] postOnly;
  private final boolean[] tape;
  private final boolean[] reduceOnly;
  private final SlotList ofAccount;

  OrderTable(final int ordersMax, final int accountsMax) {
    instrumentIds = new int[ordersMax];
    reservations = new int[ordersMax];
    ruleSlots = new int[ordersMax];
    expiryHandles = new int[ordersMax];
    quantityLots = new long[ordersMax];
    quoteAmountUnits = new long[ordersMax];
    filledLots = new long[ordersMax];
    filledNotionalUnits = new long[ordersMax];
    feeUnits = new long[ordersMax];
    expireTimesNs = new long[ordersMax];
    clientWords = new long[4 * ordersMax];
    ordTypes = new OrdType[ordersMax];
    timesInForce = new TimeInForce[ordersMax];
    stpModes = new StpMode[ordersMax];
    postOnly = new boolean[ordersMax];
    tape = new boolean[ordersMax];
    reduceOnly = new boolean[ordersMax];
    ofAccount = new SlotList(ordersMax, accountsMax);
  }

  /** Resets a slot just claimed and appends it to its account's list. */
  void open(final int slot, final int accountSlot, final int instrumentId, final int reservation) {
    instrumentIds[slot] = instrumentId;
    reservations[slot] = reservation;
    ruleSlots[slot] = NULL_SLOT;
    expiryHandles[slot] = NULL_SLOT;
    quantityLots[slot] = 0;
    quoteAmountUnits[slot] = 0;
    filledLots[slot] = 0;
    filledNotionalUnits[slot] = 0;
    feeUnits[slot] = 0;
    expireTimesNs[slot] = 0;
    Arrays.fill(clientWords, 4 * slot, 4 * slot + 4, 0L);
    kind(slot, OrdType.LIMIT, TimeInForce.GTC, StpMode.NONE, false, false);
    reduceOnly[slot] = false;
    ofAccount.append(accountSlot, slot);
  }

  void kind(final int slot, final OrdType ordType, final TimeInForce timeInForce, final StpMode stpMode,
      final boolean isPostOnly, final boolean isTape) {
    ordTypes[slot] = ordType;
    timesInForce[slot] = timeInForce;
    stpModes[slot] = stpMode;
    postOnly[slot] = isPostOnly;
    tape[slot] = isTape;
  }

  void reduceOnly(final int slot, final boolean on) {
    reduceOnly[slot] = on;
  }

  void clientId(final int slot, final long w0, final long w1, final long w2, final long w3) {
    clientWords[4 * slot] = w0;
    clientWords[4 * slot + 1] = w1;
    clientWords[4 * slot + 2] = w2;
    clientWords[4 * slot + 3] = w3;
  }

  void close(final int slot) {
    ofAccount.remove(slot);
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
    return instrumentIds[slot];
  }

  public long quantityLots(final int slot) {
    return quantityLots[slot];
  }

  public long filledLots(final int slot) {
    return filledLots[slot];
  }

  public int ruleSlot(final int slot) {
    return ruleSlots[slot];
  }

  public OrdType ordType(final int slot) {
    return ordTypes[slot];
  }

  public TimeInForce timeInForce(final int slot) {
    return timesInForce[slot];
  }

  public StpMode stpMode(final int slot) {
    return stpModes[slot];
  }

  public boolean isPostOnly(final int slot) {
    return postOnly[slot];
  }

  public boolean isReduceOnly(final int slot) {
    return reduceOnly[slot];
  }

  /** Whether the order is a quote of the simulated venue: no events of its own, no place in lists for people. */
  public boolean isTape(final int slot) {
    return tape[slot];
  }

  public long expireTimeNs(final int slot) {
    return expireTimesNs[slot];
  }

  /** Word {@code index} (0 to 3) of the order's client id. */
  public long clientWord(final int slot, final int index) {
    return clientWords[4 * slot + index];
  }

  boolean isRuleChild(final int slot) {
    return NULL_SLOT != ruleSlots[slot];
  }
}
