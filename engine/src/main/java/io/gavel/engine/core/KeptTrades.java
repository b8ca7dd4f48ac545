package io.gavel.engine.core;

import io.gavel.codecs.Invariants;
import io.gavel.codecs.SnapshotSink;
import io.gavel.codecs.SnapshotSource;
import io.gavel.codecs.sbe.PositionSide;
import io.gavel.risk.TradeFacts;

/**
 * The last trades of a house that wants to be able to undo them, with what that takes: a ring by trade id, as long as
 * an operator made it, and none at first. The facts are kept rather than a digest of them: nobody then has to find them
 * in a journal and say them without a fault at the moment when something has just gone wrong. One thread.
 */
final class KeptTrades {

  /** A trade takes 200 bytes. */
  static final int TRADES_MAX = 1 << 16;
  static final int NULL_ROW = -1;

  private static final int ID = 0;
  private static final int INSTRUMENT = 1;
  private static final int PRICE = 2;
  private static final int LOTS = 3;
  private static final int VALUE = 4;
  private static final int REMEDIED = 5;
  private static final int FACTS = 6;
  private static final int ACCOUNT_SLOT = 0;
  private static final int POSITION_SIDE = 1;
  private static final int FEE = 2;
  private static final int LOTS_CHANGE = 3;
  private static final int COST_CHANGE = 4;
  private static final int REALISED_CHANGE = 5;
  private static final int LOTS_AFTER = 6;
  private static final int COST_AFTER = 7;
  private static final int SIDE_WIDTH = 8;
  private static final int WIDTH = FACTS + TradeFacts.SIDES * SIDE_WIDTH;

  private long[] words = {};
  private int capacity;

  /** How many trades are kept; 0: none. */
  int capacity() {
    return capacity;
  }

  /** Makes room for more; those that are kept stay. Allocates. */
  void grow(final int tradesMax) {
    final long[] old = words;
    words = new long[tradesMax * WIDTH];
    capacity = tradesMax;
    for (int at = 0; at < old.length; at += WIDTH) {
      System.arraycopy(old, at, words, at(old[at + ID]), WIDTH);
    }
  }

  private int at(final long tradeId) {
    return (int) (tradeId % capacity) * WIDTH;
  }

  /** Takes the place of the oldest one. */
  void keep(final long tradeId, final TradeFacts facts) {
    final int at = at(tradeId);
    words[at + ID] = tradeId;
    words[at + INSTRUMENT] = facts.instrumentId;
    words[at + PRICE] = facts.priceTicks;
    words[at + LOTS] = facts.lots;
    words[at + VALUE] = facts.valueUnits;
    words[at + REMEDIED] = 0;
    for (int side = 0; side < TradeFacts.SIDES; side++) {
      final int from = at + FACTS + side * SIDE_WIDTH;
      words[from + ACCOUNT_SLOT] = facts.accountSlots[side];
      words[from + POSITION_SIDE] = facts.positionSides[side].value();
      words[from + FEE] = facts.feeUnits[side];
      words[from + LOTS_CHANGE] = facts.lotsChange[side];
      words[from + COST_CHANGE] = facts.costChange[side];
      words[from + REALISED_CHANGE] = facts.realisedChange[side];
      words[from + LOTS_AFTER] = facts.lotsAfter[side];
      words[from + COST_AFTER] = facts.costAfter[side];
    }
  }

  /** The row of a trade of the instrument, or of any when that is 0; or {@link #NULL_ROW}. */
  int find(final long tradeId, final int instrumentId) {
    if (0 == capacity || tradeId <= 0) {
      return NULL_ROW;
    }
    final int at = at(tradeId);
    final boolean isThere = tradeId == words[at + ID] && 0 != words[at + INSTRUMENT];
    return isThere && (0 == instrumentId || instrumentId == words[at + INSTRUMENT]) ? at / WIDTH : NULL_ROW;
  }

  /** Reads the facts of a row. */
  void read(final int row, final TradeFacts facts) {
    final int at = row * WIDTH;
    facts.instrumentId = (int) words[at + INSTRUMENT];
    facts.priceTicks = (int) words[at + PRICE];
    facts.lots = words[at + LOTS];
    facts.valueUnits = words[at + VALUE];
    for (int side = 0; side < TradeFacts.SIDES; side++) {
      final int from = at + FACTS + side * SIDE_WIDTH;
      facts.accountSlots[side] = (int) words[from + ACCOUNT_SLOT];
      facts.positionSides[side] = PositionSide.get((short) words[from + POSITION_SIDE]);
      facts.feeUnits[side] = words[from + FEE];
      facts.lotsChange[side] = words[from + LOTS_CHANGE];
      facts.costChange[side] = words[from + COST_CHANGE];
      facts.realisedChange[side] = words[from + REALISED_CHANGE];
      facts.lotsAfter[side] = words[from + LOTS_AFTER];
      facts.costAfter[side] = words[from + COST_AFTER];
      lookAtLater(words[at + ID], facts, side);
    }
  }

  /** All later trades are here as well: who is to be found by now has what the trade left and what they added. */
  private void lookAtLater(final long tradeId, final TradeFacts facts, final int side) {
    final boolean twoHoldings = facts.accountSlots[TradeFacts.SELLER] != facts.accountSlots[TradeFacts.BUYER]
        || facts.positionSides[TradeFacts.SELLER] != facts.positionSides[TradeFacts.BUYER];
    final long lotsAfter = facts.lotsAfter[side];
    final long lotsBefore = lotsAfter - facts.lotsChange[side];
    facts.independent[side] = twoHoldings;
    facts.lotsNow[side] = lotsAfter;
    facts.costNow[side] = facts.costAfter[side];
    for (long later = tradeId + 1; later == words[at(later) + ID]; later++) {
      for (int other = 0; other < TradeFacts.SIDES; other++) {
        final int from = at(later) + FACTS + other * SIDE_WIDTH;
        if (facts.instrumentId == words[at(later) + INSTRUMENT]
            && facts.accountSlots[side] == words[from + ACCOUNT_SLOT]
            && facts.positionSides[side].value() == words[from + POSITION_SIDE]) {
          final int sign = TradeFacts.BUYER == other ? 1 : -1;
          facts.independent[side] &= sign * lotsAfter >= 0 && sign * lotsBefore >= 0
              && (TradeFacts.BUYER == other || !sellsNothing(facts, side, from));
          facts.lotsNow[side] += words[from + LOTS_CHANGE];
          facts.costNow[side] += words[from + COST_CHANGE];
        }
      }
    }
  }

  /** A holding in spot that was empty and sold from stays empty: it never is below zero as a position is. */
  private boolean sellsNothing(final TradeFacts facts, final int side, final int from) {
    return 0 == facts.lotsAfter[side] && 0 == words[from + LOTS_CHANGE];
  }

  boolean isRemedied(final int row) {
    return 0 != words[row * WIDTH + REMEDIED];
  }

  void remedied(final int row) {
    words[row * WIDTH + REMEDIED] = 1;
  }

  /** A contract has ended: what was traded in it has been paid for good. */
  void forget(final int instrumentId) {
    for (int at = 0; at < words.length; at += WIDTH) {
      if (instrumentId == words[at + INSTRUMENT]) {
        words[at + INSTRUMENT] = 0;
      }
    }
  }

  void save(final SnapshotSink sink) {
    int kept = 0;
    for (int at = 0; at < words.length; at += WIDTH) {
      kept += 0 == words[at + ID] ? 0 : 1;
    }
    sink.putInt(capacity);
    sink.putInt(kept);
    for (int at = 0; at < words.length; at += WIDTH) {
      for (int i = 0; 0 != words[at + ID] && i < WIDTH; i++) {
        sink.putLong(words[at + i]);
      }
    }
  }

  void load(final SnapshotSource source) {
    final int tradesMax = source.getInt();
    final int kept = source.getInt();
    Invariants.check(tradesMax >= 0 && tradesMax <= TRADES_MAX && kept >= 0 && kept <= tradesMax,
        "more trades saved than fit: saved, fit", kept, tradesMax);
    grow(tradesMax);
    for (int row = 0; row < kept; row++) {
      final long tradeId = source.getLong();
      Invariants.check(tradeId > 0, "a saved trade has no id: id, row", tradeId, row);
      final int at = at(tradeId);
      words[at + ID] = tradeId;
      for (int i = 1; i < WIDTH; i++) {
        words[at + i] = source.getLong();
      }
    }
  }
}
