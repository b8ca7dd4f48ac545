package io.gavel.engine.core;

import io.gavel.codecs.SnapshotSink;
import io.gavel.codecs.SnapshotSource;
import io.gavel.codecs.StateOwner;
import io.gavel.codecs.sbe.RuleState;
import io.gavel.engine.trigger.RuleBook;

/**
 * Saves and loads what the core knows of live rules: by account in order of arming, then the lists of working and of
 * held rules. Deadlines are not written: they follow from the rules.
 */
final class RuleFacts implements StateOwner {

  private final Rooms rooms;
  private final RuleBook rules;
  private final RuleTable table;

  RuleFacts(final Rooms rooms) {
    this.rooms = rooms;
    rules = rooms.rules;
    table = rooms.ruleTable;
  }

  @Override
  public int componentId() {
    return 2001;
  }

  @Override
  public String componentName() {
    return "ruleFacts";
  }

  @Override
  public void save(final SnapshotSink sink) {
    if (0 == rules.size()) {
      return;
    }
    sink.putInt(rules.size());
    for (int accountSlot = 0; accountSlot < rooms.risk.accountCount(); accountSlot++) {
      for (int slot = table.firstOf(accountSlot); RuleTable.NULL_SLOT != slot; slot = table.nextOf(slot)) {
        save(sink, accountSlot, slot);
      }
    }
    for (int instrumentId = 1; instrumentId <= rooms.config.instrumentsMax(); instrumentId++) {
      saveList(sink, table.working, instrumentId);
    }
    saveList(sink, table.held, 0);
  }

  private void save(final SnapshotSink sink, final int accountSlot, final int slot) {
    sink.putLong(rules.ruleId(slot));
    sink.putInt(accountSlot);
    for (int word = 0; word < 4; word++) {
      sink.putLong(table.clientWord(slot, word));
    }
    sink.putLong(table.filledLots[slot]);
    sink.putLong(table.dueTimesNs[slot]);
    sink.putLong(table.attemptSequences[slot]);
    sink.putLong(table.firedPriceUnits[slot]);
    sink.putInt(table.protectionTicks[slot]);
    if (rooms.instrument(rules.instrumentId(slot)).isContract()) {
      sink.putLong(table.epochs[slot]);
    }
  }

  private void saveList(final SnapshotSink sink, final SlotList list, final int owner) {
    for (int slot = list.first(owner); SlotList.NULL_SLOT != slot; slot = list.next(slot)) {
      sink.putLong(rules.ruleId(slot));
    }
    sink.putLong(0);
  }

  @Override
  public void load(final SnapshotSource source) {
    final int count = source.getInt();
    for (int i = 0; i < count; i++) {
      load(source, rules.slotOf(source.getLong()));
    }
    for (int instrumentId = 1; instrumentId <= rooms.config.instrumentsMax(); instrumentId++) {
      loadList(source, table.working, instrumentId);
    }
    loadList(source, table.held, 0);
  }

  private void load(final SnapshotSource source, final int slot) {
    table.open(slot, source.getInt());
    rooms.limits.countRule(table.accountSlots[slot], 1);
    table.clientId(slot, source.getLong(), source.getLong(), source.getLong(), source.getLong());
    table.filledLots[slot] = source.getLong();
    table.dueTimesNs[slot] = source.getLong();
    table.attemptSequences[slot] = source.getLong();
    table.firedPriceUnits[slot] = source.getLong();
    table.protectionTicks[slot] = source.getInt();
    if (rooms.instrument(rules.instrumentId(slot)).isContract()) {
      table.epochs[slot] = source.getLong();
    }
    final long ruleId = rules.ruleId(slot);
    rooms.clientIds.putRule(slot);
    final RuleState state = rules.state(slot);
    // What waits for an order may be past its start: then no clock starts it.
    if (RuleState.PENDING == state && rules.startTimeNs(slot) > rooms.clock.timeNs()) {
      table.startHandles[slot] = rooms.deadlines.add(rules.startTimeNs(slot), ruleId, Rooms.RULE_START, slot);
    }
    if (0 != rules.endTimeNs(slot) && (RuleState.PENDING == state || RuleState.LIVE == state)) {
      table.endHandles[slot] = rooms.deadlines.add(rules.endTimeNs(slot), ruleId, Rooms.RULE_END, slot);
    }
    if (0 != table.dueTimesNs[slot]) {
      table.dueHandles[slot] = rooms.deadlines.add(table.dueTimesNs[slot], ruleId, Rooms.RULE_DUE, slot);
    }
  }

  private void loadList(final SnapshotSource source, final SlotList list, final int owner) {
    for (long ruleId = source.getLong(); 0 != ruleId; ruleId = source.getLong()) {
      list.append(owner, rules.slotOf(ruleId));
    }
  }
}
