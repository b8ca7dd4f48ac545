package io.gavel.engine.core;

import io.gavel.codecs.Invariants;
import io.gavel.codecs.sbe.BalanceCause;
import io.gavel.risk.RiskEngine;
import io.gavel.risk.ledger.BalanceListener;
import org.agrona.BitUtil;

/**
 * Money that moved because something was touched, until it is told: as a step of its own behind the step that touched,
 * with the balance as it is then. Empty between frames, so no state. Allocates nothing after start. One thread.
 */
final class MoneyMoves implements BalanceListener {

  /** A fill settles funding and shared losses of two positions, and interest of two balances of each account. */
  private static final int MOVES_PER_FILL = 8;
  private static final int MOVES_PER_STEP = 1_024;
  private static final int TOLD_PER_STEP = 16;

  private final RiskEngine risk;
  private final MarketEvents events;
  private final int[] accountSlots;
  private final int[] assetIds;
  private final long[] changesUnits;
  private final BalanceCause[] causes;
  private final int mask;
  private long head;
  private long tail;

  MoneyMoves(final Rooms rooms, final MarketEvents events) {
    risk = rooms.risk;
    this.events = events;
    final int capacity =
        BitUtil.findNextPositivePowerOfTwo(MOVES_PER_FILL * rooms.config.fillsPerChunk() + MOVES_PER_STEP);
    mask = capacity - 1;
    accountSlots = new int[capacity];
    assetIds = new int[capacity];
    changesUnits = new long[capacity];
    causes = new BalanceCause[capacity];
    risk.ledger().listener(this);
  }

  @Override
  public void moved(final int accountSlot, final int assetId, final long changeUnits, final BalanceCause cause) {
    Invariants.check(tail - head <= mask, "moves of money overfull: held, capacity", tail - head, mask + 1L);
    final int at = (int) tail++ & mask;
    accountSlots[at] = accountSlot;
    assetIds[at] = assetId;
    changesUnits[at] = changeUnits;
    causes[at] = cause;
  }

  boolean hasWork() {
    return head != tail;
  }

  /** Tells the next few, in the order in which they happened. */
  void step() {
    for (int told = 0; told < TOLD_PER_STEP && head != tail; told++) {
      final int at = (int) head++ & mask;
      events.balanceChanged(risk.accountAt(accountSlots[at]), assetIds[at], changesUnits[at], 0, causes[at]);
    }
  }
}
