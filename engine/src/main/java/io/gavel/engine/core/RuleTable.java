package io.gavel.engine.core;

import io.gavel.risk.limit.CascadeBudget;
import java.util.Arrays;

/**
 * What the core knows of each rule beyond the rule book's facts, in arrays indexed by the rule's slot: client id,
 * deadlines, protection of the fired leg, and three lists in order of entry: the rules of each account, the rules of
 * each instrument whose market child left a rest, and the rules held by a halt.
 */
public final class RuleTable {

  static final int NULL_SLOT = -1;

  final long[] clientWords;
  final long[] filledLots;
  final long[] dueTimesNs;
  final long[] attemptSequences;
  final long[] firedPriceUnits;
  final int[] protectionTicks;
  /** Contracts: the epoch of the position that the rule was armed for. */
  final long[] epochs;
  final int[] startHandles;
  final int[] endHandles;
  final int[] dueHandles;
  final int[] accountSlots;
  final SlotList ofAccount;
  final SlotList working;
  final SlotList held;
  /** By band of an instrument: what fired and waits for a later slice. */
  final SlotList carried;
  /** Its turn has come within the frame in work. */
  final boolean[] released;

  RuleTable(final int rulesMax, final int accountsMax, final int instrumentsMax) {
    clientWords = new long[4 * rulesMax];
    filledLots = new long[rulesMax];
    dueTimesNs = new long[rulesMax];
    attemptSequences = new long[rulesMax];
    firedPriceUnits = new long[rulesMax];
    protectionTicks = new int[rulesMax];
    epochs = new long[rulesMax];
    startHandles = new int[rulesMax];
    endHandles = new int[rulesMax];
    dueHandles = new int[rulesMax];
    accountSlots = new int[rulesMax];
    ofAccount = new SlotList(rulesMax, accountsMax);
    working = new SlotList(rulesMax, instrumentsMax + 1);
    held = new SlotList(rulesMax, 1);
    carried = new SlotList(rulesMax, CascadeBudget.BANDS * (instrumentsMax + 1));
    released = new boolean[rulesMax];
  }

  void open(final int slot, final int accountSlot) {
    Arrays.fill(clientWords, 4 * slot, 4 * slot + 4, 0L);
    filledLots[slot] = 0;
    dueTimesNs[slot] = 0;
    attemptSequences[slot] = 0;
    firedPriceUnits[slot] = 0;
    protectionTicks[slot] = 0;
    epochs[slot] = 0;
    released[slot] = false;
    startHandles[slot] = NULL_SLOT;
    endHandles[slot] = NULL_SLOT;
    dueHandles[slot] = NULL_SLOT;
    accountSlots[slot] = accountSlot;
    ofAccount.append(accountSlot, slot);
  }

  void clientId(final int slot, final long w0, final long w1, final long w2, final long w3) {
    clientWords[4 * slot] = w0;
    clientWords[4 * slot + 1] = w1;
    clientWords[4 * slot + 2] = w2;
    clientWords[4 * slot + 3] = w3;
  }

  boolean hasClientId(final int slot, final long w0, final long w1, final long w2, final long w3) {
    final int at = 4 * slot;
    return w0 == clientWords[at] && w1 == clientWords[at + 1] && w2 == clientWords[at + 2] && w3 == clientWords[at + 3];
  }

  /** First live rule of the account in order of arming, or -1. */
  public int firstOf(final int accountSlot) {
    return ofAccount.first(accountSlot);
  }

  /** The next live rule of the same account, or -1. */
  public int nextOf(final int slot) {
    return ofAccount.next(slot);
  }

  /** Lots sold or bought for the rule so far. */
  public long filledLots(final int slot) {
    return filledLots[slot];
  }

  /** Word {@code index} (0 to 3) of the rule's client id. */
  public long clientWord(final int slot, final int index) {
    return clientWords[4 * slot + index];
  }
}
