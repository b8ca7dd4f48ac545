package io.gavel.engine.trigger;

/**
 * The legs that one price reached, put into firing order: rising before falling, each by level in the direction of
 * travel, then arm sequence, then leg index. No heap's shape shows through.
 */
final class Candidates implements HeapSort.Order {

  private static final int LEG_BITS = 32;

  private final RuleTable rules;
  /** Level in the direction of travel above, leg below. */
  private final long[] entries;
  private int size;

  Candidates(final RuleTable rules, final int capacity) {
    this.rules = rules;
    entries = new long[capacity];
  }

  int size() {
    return size;
  }

  void clear() {
    size = 0;
  }

  void add(final int leg, final int levelTicks, final boolean rising) {
    entries[size++] = (long) (rising ? levelTicks : -levelTicks) << LEG_BITS | leg;
  }

  int leg(final int index) {
    return (int) entries[index];
  }

  int levelTicks(final int index) {
    return (int) Math.abs(entries[index] >> LEG_BITS);
  }

  void sortFrom(final int from) {
    HeapSort.sort(entries, from, size, this);
  }

  @Override
  public boolean isBefore(final long first, final long second) {
    final long firstLevel = first >> LEG_BITS;
    final long secondLevel = second >> LEG_BITS;
    if (firstLevel != secondLevel) {
      return firstLevel < secondLevel;
    }
    final int firstLeg = (int) first;
    final int secondLeg = (int) second;
    final long firstArmed = rules.armSequences[LegTable.ruleSlot(firstLeg)];
    final long secondArmed = rules.armSequences[LegTable.ruleSlot(secondLeg)];
    return firstArmed == secondArmed ? firstLeg < secondLeg : firstArmed < secondArmed;
  }

  /** Room for sorting something else between two prices. */
  long[] scratch() {
    return entries;
  }
}
