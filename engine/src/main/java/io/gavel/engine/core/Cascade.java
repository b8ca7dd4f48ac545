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
 * fired, and nothing overtakes it. A carried rule has fired and is told so; it is in one list once, so it can be
 * neither lost nor sent twice. A house without such rows pays one branch a fired rule.
 */
final class Cascade implements StateOwner {

  private final Rooms rooms;
  private final CascadeBudget budget;
  private final RuleBook rules;
  private final RuleTable table;
  private final Marks marks;
  private final RuleEvents events;
  private final int[] handles;

  Cascade(final Rooms rooms, final RuleEvents events) {
    this.rooms = rooms;
    this.events = events;
    budget = rooms.risk.controls().cascades();
    rules = rooms.rules;
    table = rooms.ruleTable;
    marks = rooms.risk.marks();
    handles = new int[rooms.config.instrumentsMax() + 1];
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
    final boolean first = SlotList.NULL_SLOT == table.carried.first(instrumentId);
    if (first && (!budget.isOn(instrumentId)
        || budget.take(instrumentId, notionalUnits(slot, instrumentId), rooms.clock.timeNs()))) {
      return true;
    }
    table.carried.append(instrumentId, slot);
    events.changed(slot, RuleState.TRIGGERING, RuleState.TRIGGERING, ReasonCode.CASCADE_CARRIED);
    await(instrumentId);
    return false;
  }

  private void await(final int instrumentId) {
    if (OrderTable.NULL_SLOT == handles[instrumentId]) {
      final long atNs = Math.max(budget.endNs(instrumentId), rooms.clock.timeNs() + 1);
      handles[instrumentId] = rooms.deadlines.add(atNs, instrumentId, Rooms.CASCADE, instrumentId);
    }
  }

  /** The next slice begins: as many as fit it go on, the oldest first. */
  void due(final int instrumentId) {
    handles[instrumentId] = OrderTable.NULL_SLOT;
    for (int slot = table.carried.first(instrumentId); SlotList.NULL_SLOT != slot;
        slot = table.carried.first(instrumentId)) {
      if (!budget.take(instrumentId, notionalUnits(slot, instrumentId), rooms.clock.timeNs())) {
        await(instrumentId);
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
    final int markTicks = marks.ceilTicks(instrumentId, PriceSource.MARK);
    final int ticks = 0 != markTicks ? markTicks : marks.ceilTicks(instrumentId, PriceSource.LAST);
    final long lots = rules.remainingLots(slot);
    return instrument.notionalFits(ticks, lots) ? instrument.notionalUnits(ticks, lots) : Long.MAX_VALUE;
  }

  @Override
  public int componentId() {
    return 2040;
  }

  @Override
  public String componentName() {
    return "cascade";
  }

  /** The rules must have been saved, too; deadlines follow from the budget. */
  @Override
  public void save(final SnapshotSink sink) {
    boolean empty = true;
    for (int instrumentId = 1; instrumentId < handles.length; instrumentId++) {
      empty &= SlotList.NULL_SLOT == table.carried.first(instrumentId);
    }
    if (empty) {
      return;
    }
    for (int instrumentId = 1; instrumentId < handles.length; instrumentId++) {
      for (int slot = table.carried.first(instrumentId); SlotList.NULL_SLOT != slot;
          slot = table.carried.next(slot)) {
        sink.putLong(rules.ruleId(slot));
      }
      sink.putLong(0);
    }
  }

  @Override
  public void load(final SnapshotSource source) {
    for (int instrumentId = 1; instrumentId < handles.length; instrumentId++) {
      for (long ruleId = source.getLong(); 0 != ruleId; ruleId = source.getLong()) {
        table.carried.append(instrumentId, rules.slotOf(ruleId));
      }
      if (SlotList.NULL_SLOT != table.carried.first(instrumentId)) {
        await(instrumentId);
      }
    }
  }
}
