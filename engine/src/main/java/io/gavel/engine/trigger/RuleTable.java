package io.gavel.engine.trigger;

import io.gavel.codecs.sbe.ArmPolicy;
import io.gavel.codecs.sbe.ExpiryAction;
import io.gavel.codecs.sbe.ReserveMode;
import io.gavel.codecs.sbe.RuleState;
import io.gavel.codecs.sbe.Side;
import io.gavel.risk.price.Slots;
import org.agrona.collections.Long2LongHashMap;

/** The facts of every rule, as arrays by slot, and the way from a rule id to its slot. */
final class RuleTable {

  static final int NULL_SLOT = Slots.NULL_SLOT;
  static final int NULL_LEG = -1;


  final long[] ruleIds;
  final long[] accounts;
  final long[] startTimesNs;
  final long[] endTimesNs;
  final long[] quantitiesLots;
  final long[] remainingLots;
  final long[] armSequences;
  final int[] instrumentIds;
  final int[] versions;
  final int[] sharesE8;
  final int[] reservations;
  final int[] childSlots;
  final byte[] legCounts;
  final byte[] firedLegs;
  private final byte[] sides;
  private final byte[] states;
  private final byte[] armPolicies;
  private final byte[] expiryActions;
  private final byte[] reserveModes;
  private final Slots slots;
  private final Long2LongHashMap slotsById;

  RuleTable(final int rulesMax) {
    ruleIds = new long[rulesMax];
    accounts = new long[rulesMax];
    startTimesNs = new long[rulesMax];
    endTimesNs = new long[rulesMax];
    quantitiesLots = new long[rulesMax];
    remainingLots = new long[rulesMax];
    armSequences = new long[rulesMax];
    instrumentIds = new int[rulesMax];
    versions = new int[rulesMax];
    sharesE8 = new int[rulesMax];
    reservations = new int[rulesMax];
    childSlots = new int[rulesMax];
    legCounts = new byte[rulesMax];
    firedLegs = new byte[rulesMax];
    sides = new byte[rulesMax];
    states = new byte[rulesMax];
    armPolicies = new byte[rulesMax];
    expiryActions = new byte[rulesMax];
    reserveModes = new byte[rulesMax];
    slots = new Slots(rulesMax);
    slotsById = new Long2LongHashMap((int) (rulesMax / 0.6f) + 1, 0.6f, NULL_SLOT, true);
  }

  int capacity() {
    return ruleIds.length;
  }

  int size() {
    return slots.size();
  }

  boolean isFull() {
    return slots.isFull();
  }

  int slotOf(final long ruleId) {
    return (int) slotsById.get(ruleId);
  }

  int nextTaken(final int from) {
    return slots.nextTaken(from);
  }

  int claim(final long ruleId) {
    final int slot = slots.claim();
    name(slot, ruleId);
    return slot;
  }

  /** Takes the slot that the rule had when it was saved. */
  void claim(final int slot, final long ruleId) {
    slots.claim(slot);
    name(slot, ruleId);
  }

  void release(final int slot) {
    slotsById.remove(ruleIds[slot]);
    slots.release(slot);
  }

  Side side(final int slot) {
    return Side.get(sides[slot]);
  }

  void side(final int slot, final Side side) {
    sides[slot] = (byte) side.value();
  }

  RuleState state(final int slot) {
    return RuleState.get(states[slot]);
  }

  void state(final int slot, final RuleState state) {
    states[slot] = (byte) state.value();
  }

  ArmPolicy armPolicy(final int slot) {
    return ArmPolicy.get(armPolicies[slot]);
  }

  void armPolicy(final int slot, final ArmPolicy policy) {
    armPolicies[slot] = (byte) policy.value();
  }

  ExpiryAction expiryAction(final int slot) {
    return ExpiryAction.get(expiryActions[slot]);
  }

  void expiryAction(final int slot, final ExpiryAction action) {
    expiryActions[slot] = (byte) action.value();
  }

  ReserveMode reserveMode(final int slot) {
    return ReserveMode.get(reserveModes[slot]);
  }

  void reserveMode(final int slot, final ReserveMode mode) {
    reserveModes[slot] = (byte) mode.value();
  }

  private void name(final int slot, final long ruleId) {
    ruleIds[slot] = ruleId;
    slotsById.put(ruleId, slot);
  }
}
