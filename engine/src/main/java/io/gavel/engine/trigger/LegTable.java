package io.gavel.engine.trigger;

import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.RuleKind;
import org.jspecify.annotations.Nullable;

/**
 * The facts of every leg, as arrays. A leg is a number: the slot of its rule times four, plus its index, so that the
 * way from a leg to its rule is a shift.
 */
final class LegTable implements Trailed {

  static final int SHIFT = 2;
  static final int LEGS_PER_RULE = 1 << SHIFT;

  private static final int PAGE_SHIFT = 12;
  private static final int PAGE_MASK = (1 << PAGE_SHIFT) - 1;

  static {
    if (RuleSpec.LEGS_MAX > LEGS_PER_RULE) {
      throw new ExceptionInInitializerError("a leg number must hold the index of every leg of a rule");
    }
  }

  private final byte[] kinds;
  private final byte[] sources;
  private final byte[] phases;
  private final boolean[] indexed;
  private final int[] levels;
  private final int[] distances;
  private final boolean[] byRatio;
  private final int[] childLimits;
  private final short[] protections;
  private final int[] extrema;
  private final long[] tickets;
  /** Steps in which trailing stops follow, for the few that have one: pages taken when first needed. */
  private final int[] @Nullable [] ratchets;
  private int growths;

  LegTable(final int rulesMax) {
    final int capacity = rulesMax << SHIFT;
    kinds = new byte[capacity];
    sources = new byte[capacity];
    phases = new byte[capacity];
    indexed = new boolean[capacity];
    levels = new int[capacity];
    distances = new int[capacity];
    byRatio = new boolean[capacity];
    childLimits = new int[capacity];
    protections = new short[capacity];
    extrema = new int[capacity];
    tickets = new long[capacity];
    ratchets = new int[(capacity + PAGE_MASK) >>> PAGE_SHIFT][];
  }

  static int leg(final int ruleSlot, final int legIndex) {
    return (ruleSlot << SHIFT) + legIndex;
  }

  static int ruleSlot(final int leg) {
    return leg >>> SHIFT;
  }

  static int legIndex(final int leg) {
    return leg & (LEGS_PER_RULE - 1);
  }

  int capacity() {
    return kinds.length;
  }

  void set(final int leg, final RuleSpec spec, final int legIndex) {
    final boolean trailing = RuleKind.TRAILING_STOP == spec.kinds[legIndex];
    kinds[leg] = (byte) spec.kinds[legIndex].value();
    sources[leg] = (byte) spec.sources[legIndex].value();
    phase(leg, LegPhase.OFF);
    levels[leg] = trailing ? spec.activationTicks[legIndex] : spec.levelTicks[legIndex];
    distance(leg, spec.trailRatioE8[legIndex], spec.trailSpreadTicks[legIndex]);
    childLimits[leg] = spec.childLimitTicks[legIndex];
    protections[leg] = (short) spec.protectionBps[legIndex];
    extrema[leg] = 0;
    tickets[leg] = 0;
    indexed[leg] = false;
    ratchetTicks(leg, spec.ratchetTicks[legIndex]);
  }

  RuleKind kind(final int leg) {
    return RuleKind.get(kinds[leg]);
  }

  void kind(final int leg, final RuleKind kind) {
    kinds[leg] = (byte) kind.value();
  }

  boolean isTrailing(final int leg) {
    return RuleKind.TRAILING_STOP.value() == kinds[leg];
  }

  /** Whether a price at a level, and nothing else, fires it. */
  boolean hasLevel(final int leg) {
    return isProfit(leg) || RuleKind.STOP_LOSS.value() == kinds[leg] || RuleKind.LOSS.value() == kinds[leg];
  }

  /** Fired by the clock, or by being armed; no price concerns it. */
  boolean isTimed(final int leg) {
    return RuleKind.AT_TIME.value() == kinds[leg] || RuleKind.NOW.value() == kinds[leg];
  }

  /** Take-profits go with the market when they fire; stops, trailing or not, protect against it. */
  boolean isStop(final int leg) {
    return isTrailing(leg) || RuleKind.STOP_LOSS.value() == kinds[leg] || RuleKind.LOSS.value() == kinds[leg];
  }

  /** A take-profit, whatever says where it is. */
  boolean isProfit(final int leg) {
    return RuleKind.TAKE_PROFIT.value() == kinds[leg] || RuleKind.PROFIT.value() == kinds[leg];
  }

  /** Whether its level follows from what a position has made or lost. */
  boolean isTarget(final int leg) {
    return RuleKind.PROFIT.value() == kinds[leg] || RuleKind.LOSS.value() == kinds[leg];
  }

  PriceSource source(final int leg) {
    return PriceSource.get(sources[leg]);
  }

  void source(final int leg, final PriceSource source) {
    sources[leg] = (byte) source.value();
  }

  LegPhase phase(final int leg) {
    return LegPhase.get(phases[leg]);
  }

  void phase(final int leg, final LegPhase phase) {
    phases[leg] = (byte) phase.code();
  }

  /** Whether it is in an index now; only then can a price reach it. */
  boolean isIndexed(final int leg) {
    return indexed[leg];
  }

  void indexed(final int leg, final boolean isIndexed) {
    indexed[leg] = isIndexed;
  }

  /** The trigger price; of a trailing stop the price that activates it, 0 when it tracks at once. */
  int watchedTicks(final int leg) {
    return levels[leg];
  }

  void watchedTicks(final int leg, final int ticks) {
    levels[leg] = ticks;
  }

  /** How far a trailing stop stays behind: a ratio times 10^8 or ticks. */
  @Override
  public int distance(final int leg) {
    return distances[leg];
  }

  @Override
  public boolean isByRatio(final int leg) {
    return byRatio[leg];
  }

  /** One of the two is 0. */
  void distance(final int leg, final int ratioE8, final int spreadTicks) {
    byRatio[leg] = 0 != ratioE8;
    distances[leg] = 0 != ratioE8 ? ratioE8 : spreadTicks;
  }

  int ratioE8(final int leg) {
    return byRatio[leg] ? distances[leg] : 0;
  }

  int spreadTicks(final int leg) {
    return byRatio[leg] ? 0 : distances[leg];
  }

  int childLimitTicks(final int leg) {
    return childLimits[leg];
  }

  void childLimitTicks(final int leg, final int ticks) {
    childLimits[leg] = ticks;
  }

  int protectionBps(final int leg) {
    return protections[leg];
  }

  void protectionBps(final int leg, final int bps) {
    protections[leg] = (short) bps;
  }

  /** Extremum with which a trailing stop left its index, in ticks; while it is in one its group knows better. */
  int extremumTicks(final int leg) {
    return extrema[leg];
  }

  @Override
  public void extremumTicks(final int leg, final int ticks) {
    extrema[leg] = ticks;
  }

  /** A trailing stop follows in steps of so much at least; 0: with each tick. */
  int ratchetTicks(final int leg) {
    final int[] page = ratchets[leg >>> PAGE_SHIFT];
    return null == page ? 0 : page[leg & PAGE_MASK];
  }

  void ratchetTicks(final int leg, final int ticks) {
    int[] page = ratchets[leg >>> PAGE_SHIFT];
    if (null == page) {
      if (0 == ticks) {
        return;
      }
      page = new int[PAGE_MASK + 1];
      ratchets[leg >>> PAGE_SHIFT] = page;
      growths++;
    }
    page[leg & PAGE_MASK] = ticks;
  }

  /** Pages taken since the start. */
  int growths() {
    return growths;
  }

  /** Ticket by which a tracking leg finds its group in the stack. */
  @Override
  public long ticket(final int leg) {
    return tickets[leg];
  }

  @Override
  public void ticket(final int leg, final long ticket) {
    tickets[leg] = ticket;
  }
}
