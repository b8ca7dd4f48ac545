package io.gavel.engine.core;

import io.gavel.codecs.SnapshotSink;
import io.gavel.codecs.SnapshotSource;
import io.gavel.codecs.StateOwner;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.RuleState;
import io.gavel.engine.trigger.RuleBook;
import io.gavel.risk.instrument.Instrument;
import io.gavel.risk.limit.CascadeBudget;
import io.gavel.risk.mark.Marks;
import java.util.Arrays;

/**
 * Paces fired rules: what a slice of engine time has no room for is carried to the next one, in the order in which it
 * fired (distance of the level, then arm sequence), and nothing in its price band overtakes it. Of bands whose slices
 * begin together the one nearest to the price comes first, then the lower number. A carried rule has fired and is told
 * so; it is in one list once, so it can be neither lost nor sent twice, and it stays in the band in which it was
 * carried. A house without such rows pays one branch a fired rule.
 */
final class Cascade implements StateOwner {

  private final Rooms rooms;
  private final CascadeBudget budget;
  private final RuleBook rules;
  private final RuleTable table;
  private final Marks marks;
  private final RuleEvents events;
  private final int[] handles;
  private final long[] timesNs;

  Cascade(final Rooms rooms, final RuleEvents events) {
    this.rooms = rooms;
    this.events = events;
    budget = rooms.risk.controls().cascades();
    rules = rooms.rules;
    table = rooms.ruleTable;
    marks = rooms.risk.marks();
    handles = new int[rooms.config.instrumentsMax() + 1];
    timesNs = new long[handles.length];
    Arrays.fill(handles, OrderTable.NULL_SLOT);
  }

  /** Whether the slice that began in this frame has counted the rule already; asked once. */
  boolean isReleased(final int slot) {
    final boolean released = table.released[slot];
    table.released[slot] = false;
    return released;
  }

  /** Whether a fired rule may send its order now; if not, it is carried. */
  boolean admits(final int slot) {
    final int instrumentId = rules.instrumentId(slot);
    final int band = budget.band(instrumentId, levelTicks(slot, instrumentId));
    final boolean first = SlotList.NULL_SLOT == table.carried.first(list(instrumentId, band));
    if (first && (!budget.isOn(instrumentId)
        || budget.take(instrumentId, band, notionalUnits(slot, instrumentId), rooms.clock.timeNs()))) {
      return true;
    }
    table.carried.append(list(instrumentId, band), slot);
    events.changed(slot, RuleState.TRIGGERING, RuleState.TRIGGERING, ReasonCode.CASCADE_CARRIED);
    await(instrumentId);
    return false;
  }

  private static int list(final int instrumentId, final int band) {
    return CascadeBudget.BANDS * instrumentId + band;
  }

  /** What fired the rule; the price in force of one that no level fired. */
  private int levelTicks(final int slot, final int instrumentId) {
    final int levelTicks = rules.levelTicks(slot, rules.firedLeg(slot));
    return 0 < levelTicks ? levelTicks : priceTicks(instrumentId);
  }

  /** One deadline an instrument: when the first slice ends for which somebody waits. */
  private void await(final int instrumentId) {
    long endNs = Long.MAX_VALUE;
    boolean empty = true;
    for (int band = 0; band < CascadeBudget.BANDS; band++) {
      if (SlotList.NULL_SLOT != table.carried.first(list(instrumentId, band))) {
        empty = false;
        endNs = Math.min(endNs, budget.endNs(instrumentId, band));
      }
    }
    final boolean set = OrderTable.NULL_SLOT != handles[instrumentId];
    if (empty || (set && timesNs[instrumentId] <= endNs)) {
      return;
    }
    if (set) {
      rooms.deadlines.cancel(handles[instrumentId]);
    }
    timesNs[instrumentId] = Math.max(endNs, rooms.clock.timeNs() + 1);
    handles[instrumentId] =
        rooms.deadlines.add(timesNs[instrumentId], instrumentId, Rooms.CASCADE, instrumentId);
  }

  /** Slices begin: as many as fit them go on, the nearest band first, and in it the oldest. */
  void due(final int instrumentId) {
    handles[instrumentId] = OrderTable.NULL_SLOT;
    int bands = 0;
    for (int band = 0; band < CascadeBudget.BANDS; band++) {
      final boolean ends = SlotList.NULL_SLOT != table.carried.first(list(instrumentId, band))
          && budget.endNs(instrumentId, band) <= rooms.clock.timeNs();
      bands |= ends ? 1 << band : 0;
    }
    while (0 != bands) {
      final int band = nearest(instrumentId, bands);
      begin(instrumentId, band);
      bands &= ~(1 << band);
    }
    await(instrumentId);
  }

  private int nearest(final int instrumentId, final int bands) {
    int nearest = 0;
    long least = Long.MAX_VALUE;
    for (int left = bands; 0 != left; left &= left - 1) {
      final int band = Integer.numberOfTrailingZeros(left);
      final int slot = table.carried.first(list(instrumentId, band));
      final long distance = Math.abs((long) levelTicks(slot, instrumentId) - priceTicks(instrumentId));
      if (distance < least) {
        least = distance;
        nearest = band;
      }
    }
    return nearest;
  }

  private void begin(final int instrumentId, final int band) {
    final int list = list(instrumentId, band);
    for (int slot = table.carried.first(list); SlotList.NULL_SLOT != slot; slot = table.carried.first(list)) {
      if (!budget.take(instrumentId, band, notionalUnits(slot, instrumentId), rooms.clock.timeNs())) {
        return;
      }
      table.carried.remove(slot);
      table.released[slot] = true;
      rooms.followUps.add(FollowUps.Kind.RULE_SEND, slot);
    }
  }

  /** What the rule would trade at the mark or last price, in quote units; the end of the range if it is more. */
  private long notionalUnits(final int slot, final int instrumentId) {
    final Instrument instrument = rooms.instrument(instrumentId);
    final int ticks = priceTicks(instrumentId);
    final long lots = rules.remainingLots(slot);
    return instrument.notionalFits(ticks, lots) ? instrument.notionalUnits(ticks, lots) : Long.MAX_VALUE;
  }

  /** The mark, or the last price while there is none. */
  private int priceTicks(final int instrumentId) {
    final int markTicks = marks.ceilTicks(instrumentId, PriceSource.MARK);
    return 0 != markTicks ? markTicks : marks.ceilTicks(instrumentId, PriceSource.LAST);
  }

  @Override
  public int componentId() {
    return 2040;
  }

  @Override
  public String componentName() {
    return "cascade";
  }

  /** The rules must have been saved, too; deadlines follow from the budget. A band but the first is said as -band. */
  @Override
  public void save(final SnapshotSink sink) {
    boolean empty = true;
    for (int list = CascadeBudget.BANDS; list < CascadeBudget.BANDS * handles.length; list++) {
      empty &= SlotList.NULL_SLOT == table.carried.first(list);
    }
    if (empty) {
      return;
    }
    for (int instrumentId = 1; instrumentId < handles.length; instrumentId++) {
      for (int band = 0; band < CascadeBudget.BANDS; band++) {
        save(sink, band, table.carried.first(list(instrumentId, band)));
      }
      sink.putLong(0);
    }
  }

  private void save(final SnapshotSink sink, final int band, final int first) {
    if (0 != band && SlotList.NULL_SLOT != first) {
      sink.putLong(-band);
    }
    for (int slot = first; SlotList.NULL_SLOT != slot; slot = table.carried.next(slot)) {
      sink.putLong(rules.ruleId(slot));
    }
  }

  @Override
  public void load(final SnapshotSource source) {
    for (int instrumentId = 1; instrumentId < handles.length; instrumentId++) {
      int band = 0;
      for (long word = source.getLong(); 0 != word; word = source.getLong()) {
        if (word < 0) {
          band = (int) -word;
        } else {
          table.carried.append(list(instrumentId, band), rules.slotOf(word));
        }
      }
      await(instrumentId);
    }
  }
}
