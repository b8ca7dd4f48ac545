package io.gavel.engine.trigger;

import io.gavel.codecs.Invariants;
import io.gavel.codecs.sbe.PriceSource;

/**
 * The rules that fired in one step, in firing order, with the evidence of each: what the price was, rounded against
 * firing, and what it was compared with. A rule appears once at most: a capacity of {@code rulesMax} always suffices.
 * The rule book writes; whoever made the step reads and clears. Allocates nothing after start.
 */
public final class FiredBuffer {

  /** Numbers that are known of an entry, its source apart. */
  static final int FACTS = 5;

  private final int[] ruleSlots;
  private final int[] legIndexes;
  private final int[] referenceTicks;
  private final int[] levelTicks;
  private final int[] extremumTicks;
  private final PriceSource[] sources;
  private int size;
  /** Entries of this step that a stop of the same rule may still replace. */
  private int replaceable;

  public FiredBuffer(final int capacity) {
    ruleSlots = new int[capacity];
    legIndexes = new int[capacity];
    referenceTicks = new int[capacity];
    levelTicks = new int[capacity];
    extremumTicks = new int[capacity];
    sources = new PriceSource[capacity];
  }

  public int capacity() {
    return ruleSlots.length;
  }

  public int size() {
    return size;
  }

  public boolean isEmpty() {
    return 0 == size;
  }

  /** Ends the step. */
  public void clear() {
    size = 0;
    replaceable = 0;
  }

  public int ruleSlot(final int index) {
    return ruleSlots[index];
  }

  public int legIndex(final int index) {
    return legIndexes[index];
  }

  /** The price that was compared, rounded against firing; 0 for a firing by time. */
  public int referenceTicks(final int index) {
    return referenceTicks[index];
  }

  /** The level it was compared with; 0 for a firing by time without one. */
  public int levelTicks(final int index) {
    return levelTicks[index];
  }

  /** The high-water mark (low-water for a buy) of a trailing stop, else 0. */
  public int extremumTicks(final int index) {
    return extremumTicks[index];
  }

  public PriceSource source(final int index) {
    return sources[index];
  }

  /** Copies what is known of an entry to an array. */
  PriceSource read(final int index, final int[] facts, final int at) {
    facts[at] = ruleSlots[index];
    facts[at + 1] = legIndexes[index];
    facts[at + 2] = referenceTicks[index];
    facts[at + 3] = levelTicks[index];
    facts[at + 4] = extremumTicks[index];
    return sources[index];
  }

  void write(final int index, final int[] facts, final int at, final PriceSource source) {
    ruleSlots[index] = facts[at];
    evidence(index, facts[at + 1], facts[at + 2], facts[at + 3], facts[at + 4], source);
  }

  boolean hasReplaceable() {
    return replaceable > 0;
  }

  void add(final int ruleSlot, final boolean mayBeReplaced) {
    Invariants.check(size < ruleSlots.length, "fired buffer is smaller than the rule book", size, ruleSlots.length);
    ruleSlots[size] = ruleSlot;
    if (mayBeReplaced) {
      replaceable++;
    }
    size++;
  }

  void replaced() {
    replaceable--;
  }

  void evidence(final int index, final int legIndex, final int reference, final int level, final int extremum,
      final PriceSource source) {
    legIndexes[index] = legIndex;
    referenceTicks[index] = reference;
    levelTicks[index] = level;
    extremumTicks[index] = extremum;
    sources[index] = source;
  }
}
