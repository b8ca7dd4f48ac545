package io.gavel.engine.trigger;

import io.gavel.codecs.SnapshotSink;
import io.gavel.codecs.SnapshotSource;
import io.gavel.codecs.sbe.ArmPolicy;
import io.gavel.codecs.sbe.ExpiryAction;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.ReserveMode;
import io.gavel.codecs.sbe.RuleKind;
import io.gavel.codecs.sbe.RuleState;
import io.gavel.codecs.sbe.Side;

/**
 * The canonical encoding of all rules: by rule id, each with its slot, its facts and those of its legs. Indexes are not
 * written: phase, level and extremum of a leg say where it belongs, and no order of firing depends on their shape.
 */
final class RuleSnapshot {

  private static final int WITH_STEP = 1 << 8;

  private RuleSnapshot() {
  }

  static void save(final RuleBook book, final RuleTable rules, final LegTable legs, final long[] scratch,
      final SnapshotSink sink) {
    int count = 0;
    for (int slot = rules.nextTaken(0); RuleTable.NULL_SLOT != slot; slot = rules.nextTaken(slot + 1)) {
      scratch[count++] = rules.ruleIds[slot];
    }
    HeapSort.sort(scratch, 0, count, (first, second) -> first < second);
    sink.putInt(count);
    for (int i = 0; i < count; i++) {
      final int slot = rules.slotOf(scratch[i]);
      saveRule(rules, slot, sink);
      for (int j = 0; j < rules.legCounts[slot]; j++) {
        saveLeg(book, legs, LegTable.leg(slot, j), sink);
      }
    }
  }

  static void load(final RuleBook book, final RuleTable rules, final LegTable legs, final long[] scratch,
      final SnapshotSource source) {
    final int count = source.getInt();
    for (int i = 0; i < count; i++) {
      final int slot = loadRule(rules, source);
      for (int j = 0; j < rules.legCounts[slot]; j++) {
        loadLeg(legs, LegTable.leg(slot, j), source);
      }
    }
    int trailing = 0;
    for (int slot = rules.nextTaken(0); RuleTable.NULL_SLOT != slot; slot = rules.nextTaken(slot + 1)) {
      if (RuleState.LIVE == rules.state(slot)) {
        for (int j = 0; j < rules.legCounts[slot]; j++) {
          final int leg = LegTable.leg(slot, j);
          final LegPhase phase = legs.phase(leg);
          if (legs.isTrailing(leg) && LegPhase.DORMANT != phase) {
            scratch[trailing++] = leg;
          } else {
            book.lane(slot, leg).restore(leg, phase);
          }
        }
      }
    }
    // Who has seen the most stands at the bottom of a stack, so it goes in first.
    HeapSort.sort(scratch, 0, trailing, (first, second) -> isFurther(rules, legs, (int) first, (int) second));
    for (int i = 0; i < trailing; i++) {
      final int leg = (int) scratch[i];
      book.lane(LegTable.ruleSlot(leg), leg).restore(leg, legs.phase(leg));
    }
  }

  private static boolean isFurther(final RuleTable rules, final LegTable legs, final int first, final int second) {
    final int firstExtremum = travelled(rules, legs, first);
    final int secondExtremum = travelled(rules, legs, second);
    return firstExtremum == secondExtremum ? first < second : firstExtremum > secondExtremum;
  }

  private static int travelled(final RuleTable rules, final LegTable legs, final int leg) {
    return TrailLevel.extremum(TrailLevel.isSell(rules.side(LegTable.ruleSlot(leg))), legs.extremumTicks(leg));
  }

  private static void saveRule(final RuleTable rules, final int slot, final SnapshotSink sink) {
    sink.putInt(slot);
    sink.putLong(rules.ruleIds[slot]);
    sink.putLong(rules.accounts[slot]);
    sink.putInt(rules.instrumentIds[slot]);
    sink.putInt(rules.side(slot).value());
    sink.putInt(rules.state(slot).value());
    sink.putInt(rules.armPolicy(slot).value());
    sink.putInt(rules.expiryAction(slot).value());
    sink.putInt(rules.reserveMode(slot).value());
    sink.putInt(rules.versions[slot]);
    sink.putLong(rules.armSequences[slot]);
    sink.putLong(rules.startTimesNs[slot]);
    sink.putLong(rules.endTimesNs[slot]);
    sink.putInt(rules.sharesE8[slot]);
    sink.putLong(rules.quantitiesLots[slot]);
    sink.putLong(rules.remainingLots[slot]);
    sink.putInt(rules.reservations[slot]);
    sink.putInt(rules.firedLegs[slot]);
    sink.putInt(rules.legCounts[slot]);
  }

  private static int loadRule(final RuleTable rules, final SnapshotSource source) {
    final int slot = source.getInt();
    rules.claim(slot, source.getLong());
    rules.accounts[slot] = source.getLong();
    rules.instrumentIds[slot] = source.getInt();
    rules.side(slot, Side.get((short) source.getInt()));
    rules.state(slot, RuleState.get((short) source.getInt()));
    rules.armPolicy(slot, ArmPolicy.get((short) source.getInt()));
    rules.expiryAction(slot, ExpiryAction.get((short) source.getInt()));
    rules.reserveMode(slot, ReserveMode.get((short) source.getInt()));
    rules.versions[slot] = source.getInt();
    rules.armSequences[slot] = source.getLong();
    rules.startTimesNs[slot] = source.getLong();
    rules.endTimesNs[slot] = source.getLong();
    rules.sharesE8[slot] = source.getInt();
    rules.quantitiesLots[slot] = source.getLong();
    rules.remainingLots[slot] = source.getLong();
    rules.reservations[slot] = source.getInt();
    rules.childSlots[slot] = RuleBook.NULL_SLOT;
    rules.firedLegs[slot] = (byte) source.getInt();
    rules.legCounts[slot] = (byte) source.getInt();
    return slot;
  }

  private static void saveLeg(final RuleBook book, final LegTable legs, final int leg, final SnapshotSink sink) {
    sink.putInt(legs.kind(leg).value());
    sink.putInt(legs.source(leg).value());
    // A step is written by the few legs that have one: the others are as they were before there were steps.
    sink.putInt(legs.phase(leg).code() + (0 == legs.ratchetTicks(leg) ? 0 : WITH_STEP));
    sink.putInt(legs.watchedTicks(leg));
    sink.putInt(legs.ratioE8(leg));
    sink.putInt(legs.spreadTicks(leg));
    sink.putInt(legs.childLimitTicks(leg));
    sink.putInt(legs.protectionBps(leg));
    sink.putInt(book.extremumTicks(leg));
    if (0 != legs.ratchetTicks(leg)) {
      sink.putInt(legs.ratchetTicks(leg));
    }
  }

  private static void loadLeg(final LegTable legs, final int leg, final SnapshotSource source) {
    legs.kind(leg, RuleKind.get((short) source.getInt()));
    legs.source(leg, PriceSource.get((short) source.getInt()));
    final int phase = source.getInt();
    legs.phase(leg, LegPhase.get(phase & (WITH_STEP - 1)));
    legs.watchedTicks(leg, source.getInt());
    final int ratioE8 = source.getInt();
    legs.distance(leg, ratioE8, source.getInt());
    legs.childLimitTicks(leg, source.getInt());
    legs.protectionBps(leg, source.getInt());
    legs.extremumTicks(leg, source.getInt());
    legs.ratchetTicks(leg, 0 == (phase & WITH_STEP) ? 0 : source.getInt());
    legs.indexed(leg, false);
  }
}
