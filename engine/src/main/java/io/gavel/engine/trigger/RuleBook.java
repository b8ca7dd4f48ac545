package io.gavel.engine.trigger;

import io.gavel.codecs.Invariants;
import io.gavel.codecs.SnapshotSink;
import io.gavel.codecs.SnapshotSource;
import io.gavel.codecs.StateOwner;
import io.gavel.codecs.sbe.ArmPolicy;
import io.gavel.codecs.sbe.ExpiryAction;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.ReserveMode;
import io.gavel.codecs.sbe.RuleKind;
import io.gavel.codecs.sbe.RuleState;
import io.gavel.codecs.sbe.Side;
import io.gavel.risk.price.MeldHeap;
import org.jspecify.annotations.Nullable;

/**
 * Every auto-sell rule of an engine, and the one place that says which of them a price fires. A rule has one to four
 * mutually exclusive legs over one quantity: when one fires, all leave their indexes in the same step. What becomes of
 * a fired rule (its order, its remaining lots, its later states) is the caller's; this class only keeps the facts.
 *
 * <p>Prices are ticks, 0 is undefined and fires nothing. A rule is named by its slot, valid from {@link #arm} to
 * {@link #release}. One thread. Allocates nothing after start, except for the small lane of a price source that is used
 * by a rule for the first time, and see {@link #growths()}.
 */
public final class RuleBook implements StateOwner {

  public static final int NULL_SLOT = RuleTable.NULL_SLOT;
  public static final int NULL_LEG = RuleTable.NULL_LEG;
  public static final int COMPONENT_ID = 30;

  private static final int SOURCES = 5;

  private final int instrumentsMax;
  private final RuleTable rules;
  private final LegTable legs;
  private final MeldHeap heap;
  private final @Nullable PriceLane[] lanes;
  private final Candidates reached;
  private final LegAmendments amendments;
  private final HeapSort.Order byArmSequence;
  private RuleTrees trees = RuleTrees.NONE;
  private long nextArmSequence;
  private long examined;

  public RuleBook(final int instrumentsMax, final int rulesMax) {
    this.instrumentsMax = instrumentsMax;
    rules = new RuleTable(rulesMax);
    byArmSequence = (first, second) -> rules.armSequences[(int) first] < rules.armSequences[(int) second];
    legs = new LegTable(rulesMax);
    heap = new MeldHeap(legs.capacity());
    lanes = new PriceLane[(instrumentsMax + 1) * SOURCES];
    reached = new Candidates(rules, legs.capacity());
    amendments = new LegAmendments(this, rules, legs);
  }

  /** Who keeps the trees of conditions; said once, before the first rule. */
  public void trees(final RuleTrees keeper) {
    trees = keeper;
  }

  /** Why this rule may not be armed now, or OK. No effect. */
  public ReasonCode check(final RuleSpec spec, final long engineTimeNs, final PriceView prices) {
    ReasonCode reason = RuleCheck.check(spec, instrumentsMax, engineTimeNs, prices);
    if (ReasonCode.OK == reason) {
      reason = trees.check(spec, engineTimeNs);
    }
    if (ReasonCode.OK == reason && ArmPolicy.REJECT == spec.armPolicy && spec.startTimeNs <= engineTimeNs
        && trees.isTrueNow(spec, engineTimeNs)) {
      reason = ReasonCode.ALREADY_CROSSED;
    }
    return ReasonCode.OK == reason && rules.isFull() ? ReasonCode.CAPACITY_RULES : reason;
  }

  /**
   * Arms a rule that {@link #check} has passed. With a start ahead of it the rule is PENDING and no price concerns it;
   * else it is LIVE, or TRIGGERING at once when a leg is already crossed and the policy is FIRE.
   *
   * @param quantityLots resolved quantity, also the first remaining quantity
   * @return slot of the rule
   */
  public int arm(final RuleSpec spec, final long ruleId, final long account, final long quantityLots,
      final int reservation, final long engineTimeNs, final PriceView prices, final FiredBuffer fired) {
    Invariants.check(!rules.isFull() && NULL_SLOT == rules.slotOf(ruleId), "rule cannot be taken", ruleId, size());
    final int slot = rules.claim(ruleId);
    rules.accounts[slot] = account;
    rules.instrumentIds[slot] = spec.instrumentId;
    rules.side(slot, spec.side);
    rules.armPolicy(slot, spec.armPolicy);
    rules.expiryAction(slot, spec.expiryAction);
    rules.reserveMode(slot, spec.reserveMode);
    rules.startTimesNs[slot] = spec.startTimeNs;
    rules.endTimesNs[slot] = spec.endTimeNs;
    rules.sharesE8[slot] = spec.shareE8;
    rules.quantitiesLots[slot] = quantityLots;
    rules.remainingLots[slot] = quantityLots;
    rules.reservations[slot] = reservation;
    rules.childSlots[slot] = NULL_SLOT;
    rules.versions[slot] = 1;
    rules.armSequences[slot] = nextArmSequence++;
    rules.legCounts[slot] = (byte) spec.legCount;
    rules.firedLegs[slot] = NULL_LEG;
    rules.state(slot, RuleState.PENDING);
    for (int i = 0; i < spec.legCount; i++) {
      legs.set(LegTable.leg(slot, i), spec, i);
    }
    trees.arm(slot, spec);
    if (spec.startTimeNs <= engineTimeNs && !spec.waitsForOrder()) {
      goLive(slot, prices, fired);
    }
    return slot;
  }

  /**
   * The window of a PENDING rule opens: it goes LIVE, or TRIGGERING by policy FIRE. The caller may have said LIVE
   * already.
   *
   * @return ALREADY_CROSSED under policy REJECT when a leg is crossed now: the rule then stays as it was
   */
  public ReasonCode start(final int slot, final PriceView prices, final FiredBuffer fired) {
    final RuleState state = rules.state(slot);
    Invariants.check(RuleState.PENDING == state || RuleState.LIVE == state, "only a pending rule starts", slot, size());
    if (ArmPolicy.REJECT == rules.armPolicy(slot) && (isCrossed(slot, prices) || trees.isTrueNow(slot))) {
      return ReasonCode.ALREADY_CROSSED;
    }
    goLive(slot, prices, fired);
    return ReasonCode.OK;
  }

  /**
   * A print: fires every rule that this price reaches. Rising legs come before falling ones; each in the order of level
   * in the direction of travel, then arm sequence. 0 is an undefined price and reaches nobody.
   */
  public void onPrice(final int instrumentId, final PriceSource source, final int floorTicks, final int ceilTicks,
      final FiredBuffer fired) {
    if (fired.hasReplaceable()) {
      preferStops(instrumentId, source, floorTicks, ceilTicks, fired);
    }
    final PriceLane lane = lanes[laneIndex(instrumentId, source)];
    if (null == lane) {
      return;
    }
    reached.clear();
    examined += lane.print(floorTicks, ceilTicks, reached);
    final int count = reached.size();
    for (int i = 0; i < count; i++) {
      final int leg = reached.leg(i);
      final int reference = lane.isRising(leg) ? floorTicks : ceilTicks;
      if (RuleState.LIVE == rules.state(LegTable.ruleSlot(leg))) {
        fire(leg, reference, reached.levelTicks(i), fired);
      } else {
        replaceIfStop(leg, reference, reached.levelTicks(i), fired);
      }
    }
  }

  /** Ends a step: fires the rules whose trees became true in it, by arm sequence, behind what prices have fired. */
  public void fireMet(final FiredBuffer fired) {
    final long[] met = reached.scratch();
    final int count = trees.takeMet(met);
    if (count > 1) {
      HeapSort.sort(met, 0, count, byArmSequence);
    }
    for (int i = 0; i < count; i++) {
      if (RuleState.LIVE == rules.state((int) met[i])) {
        fireTree((int) met[i], fired);
      }
    }
  }

  private void fireTree(final int slot, final FiredBuffer fired) {
    int leg = 0;
    while (RuleKind.CONDITION != kind(slot, leg)) {
      leg++;
    }
    disarm(slot);
    rules.state(slot, RuleState.TRIGGERING);
    rules.firedLegs[slot] = (byte) leg;
    fired.add(slot, false);
    fired.evidence(fired.size() - 1, leg, 0, 0, 0, source(slot, leg));
  }

  /** Fires a PENDING or LIVE rule by the clock: its AT_TIME leg, or its first leg if it has none. */
  public void fireAtTime(final int slot, final FiredBuffer fired) {
    final RuleState state = rules.state(slot);
    Invariants.check(RuleState.LIVE == state || RuleState.PENDING == state, "only an armed rule fires", slot, size());
    int timed = 0;
    for (int i = legCount(slot) - 1; i >= 0; i--) {
      timed = RuleKind.AT_TIME == kind(slot, i) ? i : timed;
    }
    disarm(slot);
    rules.state(slot, RuleState.TRIGGERING);
    rules.firedLegs[slot] = (byte) timed;
    fired.add(slot, false);
    fired.evidence(fired.size() - 1, timed, 0, 0, 0, source(slot, timed));
  }

  /**
   * A leg that stands for a profit or a loss gets another level; of a LIVE rule it fires when the price in force has
   * reached that, unless it waits for the other side. 0 or less: no price reaches it. Returns whether it moved.
   */
  public boolean level(final int slot, final int legIndex, final int levelTicks, final PriceView prices,
      final FiredBuffer fired) {
    final int leg = LegTable.leg(slot, legIndex);
    final PriceLane lane = lane(slot, leg);
    final int level = levelTicks <= 0 && lane.isRising(leg) ? Integer.MAX_VALUE : Math.max(0, levelTicks);
    if (level == legs.watchedTicks(leg)) {
      return false;
    }
    final boolean indexed = legs.isIndexed(leg);
    if (indexed) {
      lane.leave(leg);
    }
    legs.watchedTicks(leg, level);
    if (indexed) {
      final boolean crossed = isCrossed(leg, level, prices);
      if (crossed && LegPhase.WAITING != legs.phase(leg)) {
        fire(leg, reference(leg, prices), level, fired);
      } else {
        lane.restore(leg, crossed ? LegPhase.WAITING : LegPhase.LIVE);
      }
    }
    return true;
  }

  /** A rule that has just fired is LIVE again and deaf to every price, until {@link #resume}. No leg may trail. */
  public void mute(final int slot) {
    Invariants.check(RuleState.TRIGGERING == rules.state(slot), "only a rule that fired is muted", slot, size());
    rules.state(slot, RuleState.LIVE);
    rules.firedLegs[slot] = NULL_LEG;
    for (int i = 0; i < rules.legCounts[slot]; i++) {
      legs.phase(LegTable.leg(slot, i), LegPhase.OFF);
    }
  }

  /** The price in force is looked at once: a rule that was muted fires, or listens again. */
  public void resume(final int slot, final PriceView prices, final FiredBuffer fired) {
    final int crossed = crossedLeg(slot, prices);
    if (NULL_LEG != crossed) {
      final int leg = LegTable.leg(slot, crossed);
      fire(leg, reference(leg, prices), legs.watchedTicks(leg), fired);
      return;
    }
    for (int i = 0; i < rules.legCounts[slot]; i++) {
      final int leg = LegTable.leg(slot, i);
      final boolean timed = legs.isTimed(leg);
      lane(slot, leg).restore(leg, timed ? LegPhase.TIMED : LegPhase.LIVE);
    }
  }

  /** Whether what fired the rule is true of the price in force; what the clock fired stays true. */
  public boolean holds(final int slot, final PriceView prices) {
    final int legIndex = rules.firedLegs[slot];
    final int leg = LegTable.leg(slot, legIndex);
    return RuleKind.CONDITION == legs.kind(leg)
        ? trees.isTrueNow(slot) : legs.isTimed(leg) || isCrossed(leg, heldTicks(leg), prices);
  }

  private int heldTicks(final int leg) {
    return legs.isTrailing(leg)
        ? lane(LegTable.ruleSlot(leg), leg).levelTicks(leg, legs.extremumTicks(leg)) : legs.watchedTicks(leg);
  }

  /** A fired rule whose firing came to nothing is LIVE again, as if it were armed now. */
  public void rearm(final int slot, final PriceView prices, final FiredBuffer fired) {
    Invariants.check(NULL_LEG != rules.firedLegs[slot], "a rule that has not fired is armed already", slot, size());
    rules.firedLegs[slot] = NULL_LEG;
    goLive(slot, prices, fired);
  }

  /** Whether a leg with a level is reached by the price in force. */
  public boolean isCrossed(final int slot, final PriceView prices) {
    return NULL_LEG != crossedLeg(slot, prices);
  }

  /** Takes the legs out of every index; what they had seen can still be read. Does nothing when they are out. */
  public void disarm(final int slot) {
    for (int i = 0; i < rules.legCounts[slot]; i++) {
      final int leg = LegTable.leg(slot, i);
      if (legs.isIndexed(leg)) {
        lane(slot, leg).leave(leg);
      }
    }
    trees.leave(slot);
  }

  /**
   * Changes one leg of a PENDING or LIVE rule in one step; 0 leaves a value as it is. Extremum, activation and arm
   * sequence stay, the version grows (also when every value is 0). A level that is crossed the moment it is set is
   * refused, fires, or waits for the other side, as the rule's policy says. A refusal leaves everything as it was.
   */
  public ReasonCode amend(final int slot, final int legIndex, final int newLevelTicks, final int newTrailRatioE8,
      final int newTrailSpreadTicks, final int newChildLimitTicks, final PriceView prices, final FiredBuffer fired) {
    final ReasonCode reason = amendments.check(slot, legIndex, newLevelTicks, newTrailRatioE8, newTrailSpreadTicks,
        newChildLimitTicks);
    if (ReasonCode.OK != reason) {
      return reason;
    }
    final int leg = LegTable.leg(slot, legIndex);
    final boolean moves = amendments.isMoved(leg, newLevelTicks, newTrailRatioE8, newTrailSpreadTicks);
    final int level = moves && legs.isIndexed(leg)
        ? amendments.levelAfter(leg, newLevelTicks, newTrailRatioE8, newTrailSpreadTicks) : 0;
    final boolean crossed = level > 0 && isCrossed(leg, level, prices);
    final ArmPolicy policy = rules.armPolicy(slot);
    if (crossed && ArmPolicy.REJECT == policy) {
      return ReasonCode.ALREADY_CROSSED;
    }
    rules.versions[slot]++;
    if (0 != newChildLimitTicks) {
      legs.childLimitTicks(leg, newChildLimitTicks);
    }
    if (moves) {
      amendments.move(leg, newLevelTicks, newTrailRatioE8, newTrailSpreadTicks, crossed);
      if (crossed && ArmPolicy.FIRE == policy) {
        fire(leg, reference(leg, prices), level, fired);
      }
    }
    return ReasonCode.OK;
  }

  /** Forgets a rule; its slot is free for another. */
  public void release(final int slot) {
    disarm(slot);
    trees.release(slot);
    rules.release(slot);
    if (0 == rules.size()) {
      nextArmSequence = 0;
    }
  }

  public int slotOf(final long ruleId) {
    return rules.slotOf(ruleId);
  }

  /** The taken slot that follows this one, NULL_SLOT after the last; NULL_SLOT begins. By slot, not by rule id. */
  public int nextSlot(final int slot) {
    return rules.nextTaken(slot + 1);
  }

  public int size() {
    return rules.size();
  }

  public int capacity() {
    return rules.capacity();
  }

  /** Legs and groups of legs looked at by {@link #onPrice} so far: a price that reaches nobody adds a constant. */
  public long examined() {
    return examined;
  }

  /** How often a stack of high-water groups had to grow: it does when there are more groups than ever before. */
  public int growths() {
    int growths = legs.growths();
    for (final PriceLane lane : lanes) {
      growths += null == lane ? 0 : lane.growths();
    }
    return growths;
  }

  public long ruleId(final int slot) {
    return rules.ruleIds[slot];
  }

  public long account(final int slot) {
    return rules.accounts[slot];
  }

  public int instrumentId(final int slot) {
    return rules.instrumentIds[slot];
  }

  public Side side(final int slot) {
    return rules.side(slot);
  }

  /** 1 when armed, one more with every amendment. */
  public int version(final int slot) {
    return rules.versions[slot];
  }

  /** The rule is another version of itself, by what is not kept here. */
  public void nextVersion(final int slot) {
    rules.versions[slot]++;
  }

  public RuleState state(final int slot) {
    return rules.state(slot);
  }

  /** Sets the state; a rule that stops to be LIVE leaves every index. LIVE alone arms nothing: see {@link #start}. */
  public void state(final int slot, final RuleState next) {
    if (RuleState.LIVE != next) {
      disarm(slot);
    }
    rules.state(slot, next);
  }

  public ArmPolicy armPolicy(final int slot) {
    return rules.armPolicy(slot);
  }

  public ExpiryAction expiryAction(final int slot) {
    return rules.expiryAction(slot);
  }

  public ReserveMode reserveMode(final int slot) {
    return rules.reserveMode(slot);
  }

  public long startTimeNs(final int slot) {
    return rules.startTimesNs[slot];
  }

  public long endTimeNs(final int slot) {
    return rules.endTimesNs[slot];
  }

  public int shareE8(final int slot) {
    return rules.sharesE8[slot];
  }

  /** As armed, or as amended since. */
  public long quantityLots(final int slot) {
    return rules.quantitiesLots[slot];
  }

  public void quantityLots(final int slot, final long lots) {
    rules.quantitiesLots[slot] = lots;
  }

  public long remainingLots(final int slot) {
    return rules.remainingLots[slot];
  }

  public void remainingLots(final int slot, final long lots) {
    rules.remainingLots[slot] = lots;
  }

  public int reservation(final int slot) {
    return rules.reservations[slot];
  }

  public void reservation(final int slot, final int reservation) {
    rules.reservations[slot] = reservation;
  }

  /** Grows with each arming: who came first. */
  public long armSequence(final int slot) {
    return rules.armSequences[slot];
  }

  /** Slot of the order that works for this rule; NULL_SLOT when there is none. */
  public int childSlot(final int slot) {
    return rules.childSlots[slot];
  }

  public void childSlot(final int slot, final int orderSlot) {
    rules.childSlots[slot] = orderSlot;
  }

  /** A trailing stop follows in steps of so much at least; 0: with each tick. */
  public int ratchetTicks(final int slot, final int legIndex) {
    return legs.ratchetTicks(LegTable.leg(slot, legIndex));
  }

  /** Index of the leg that fired; NULL_LEG before. */
  public int firedLeg(final int slot) {
    return rules.firedLegs[slot];
  }

  public void firedLeg(final int slot, final int legIndex) {
    rules.firedLegs[slot] = (byte) legIndex;
  }

  public int legCount(final int slot) {
    return rules.legCounts[slot];
  }

  public RuleKind kind(final int slot, final int legIndex) {
    return legs.kind(LegTable.leg(slot, legIndex));
  }

  public PriceSource source(final int slot, final int legIndex) {
    return legs.source(LegTable.leg(slot, legIndex));
  }

  /** The level in force: as set, or of a trailing stop as it stands now; 0 for one that has none yet. */
  public int levelTicks(final int slot, final int legIndex) {
    final int leg = LegTable.leg(slot, legIndex);
    return legs.isTrailing(leg) ? trailLevelTicks(leg) : legs.watchedTicks(leg);
  }

  /** Highest price since tracking began (lowest for a buy); 0 without one. */
  public int extremumTicks(final int slot, final int legIndex) {
    return extremumTicks(LegTable.leg(slot, legIndex));
  }

  public int trailRatioE8(final int slot, final int legIndex) {
    return legs.ratioE8(LegTable.leg(slot, legIndex));
  }

  public int trailSpreadTicks(final int slot, final int legIndex) {
    return legs.spreadTicks(LegTable.leg(slot, legIndex));
  }

  public int activationTicks(final int slot, final int legIndex) {
    final int leg = LegTable.leg(slot, legIndex);
    return legs.isTrailing(leg) ? legs.watchedTicks(leg) : 0;
  }

  public int childLimitTicks(final int slot, final int legIndex) {
    return legs.childLimitTicks(LegTable.leg(slot, legIndex));
  }

  public int protectionBps(final int slot, final int legIndex) {
    return legs.protectionBps(LegTable.leg(slot, legIndex));
  }

  /** A trailing stop whose activation price has not been reached. */
  public boolean isDormant(final int slot, final int legIndex) {
    return LegPhase.DORMANT == legs.phase(LegTable.leg(slot, legIndex));
  }

  /** A leg that was crossed when it was armed and waits for the price to come back to the other side. */
  public boolean isWaitingRecross(final int slot, final int legIndex) {
    return LegPhase.WAITING == legs.phase(LegTable.leg(slot, legIndex));
  }

  @Override
  public int componentId() {
    return COMPONENT_ID;
  }

  @Override
  public String componentName() {
    return "rules";
  }

  @Override
  public void save(final SnapshotSink sink) {
    if (0 == rules.size()) {
      return;
    }
    sink.putLong(nextArmSequence);
    RuleSnapshot.save(this, rules, legs, reached.scratch(), sink);
  }

  /** Restores rules, indexes and extrema into a fresh book; not to be called for a book that saved nothing. */
  @Override
  public void load(final SnapshotSource source) {
    Invariants.check(0 == rules.size(), "rules loaded twice", rules.size(), rules.capacity());
    nextArmSequence = source.getLong();
    RuleSnapshot.load(this, rules, legs, reached.scratch(), source);
  }

  /** The lane of a leg, made when the first leg of its source needs it. */
  PriceLane lane(final int slot, final int leg) {
    final int index = laneIndex(rules.instrumentIds[slot], legs.source(leg));
    PriceLane lane = lanes[index];
    if (null == lane) {
      lane = new PriceLane(heap, legs, rules);
      lanes[index] = lane;
    }
    return lane;
  }

  /** Extremum of a leg, in an index or not. */
  int extremumTicks(final int leg) {
    final boolean member = legs.isIndexed(leg) && legs.isTrailing(leg) && LegPhase.DORMANT != legs.phase(leg);
    return member ? lane(LegTable.ruleSlot(leg), leg).extremumTicks(leg) : legs.extremumTicks(leg);
  }

  private int trailLevelTicks(final int leg) {
    final boolean sell = TrailLevel.isSell(rules.side(LegTable.ruleSlot(leg)));
    return TrailLevel.ticksAt(sell, extremumTicks(leg), legs.distance(leg), legs.isByRatio(leg));
  }

  private void goLive(final int slot, final PriceView prices, final FiredBuffer fired) {
    rules.state(slot, RuleState.LIVE);
    if (ArmPolicy.FIRE == rules.armPolicy(slot)) {
      final int crossed = crossedLeg(slot, prices);
      if (NULL_LEG != crossed) {
        final int leg = LegTable.leg(slot, crossed);
        fire(leg, reference(leg, prices), legs.watchedTicks(leg), fired);
        return;
      }
    }
    for (int i = 0; i < rules.legCounts[slot]; i++) {
      final int leg = LegTable.leg(slot, i);
      if (legs.isTimed(leg)) {
        legs.phase(leg, LegPhase.TIMED);
      } else if (RuleKind.CONDITION == legs.kind(leg)) {
        legs.phase(leg, LegPhase.TREE);
      } else {
        final int instrumentId = rules.instrumentIds[slot];
        final PriceSource source = legs.source(leg);
        lane(slot, leg).enter(leg, prices.floorTicks(instrumentId, source), prices.ceilTicks(instrumentId, source));
      }
    }
    if (trees.enter(slot, ArmPolicy.WAIT_RECROSS == rules.armPolicy(slot))
        && ArmPolicy.WAIT_RECROSS != rules.armPolicy(slot)) {
      fireTree(slot, fired);
    }
  }

  /** The leg with a level that the price has already reached: a stop rather than a take-profit, then the first. */
  private int crossedLeg(final int slot, final PriceView prices) {
    int found = NULL_LEG;
    for (int i = rules.legCounts[slot] - 1; i >= 0; i--) {
      final int leg = LegTable.leg(slot, i);
      if (legs.hasLevel(leg) && isCrossed(leg, legs.watchedTicks(leg), prices)
          && (NULL_LEG == found || legs.isStop(leg) || !legs.isStop(LegTable.leg(slot, found)))) {
        found = i;
      }
    }
    return found;
  }

  private boolean isCrossed(final int leg, final int levelTicks, final PriceView prices) {
    final int slot = LegTable.ruleSlot(leg);
    final int instrumentId = rules.instrumentIds[slot];
    final PriceSource source = legs.source(leg);
    return PriceLane.isCrossed(lane(slot, leg).isRising(leg), levelTicks,
        prices.floorTicks(instrumentId, source), prices.ceilTicks(instrumentId, source));
  }

  private int reference(final int leg, final PriceView prices) {
    final int slot = LegTable.ruleSlot(leg);
    final int instrumentId = rules.instrumentIds[slot];
    return lane(slot, leg).isRising(leg)
        ? prices.floorTicks(instrumentId, legs.source(leg)) : prices.ceilTicks(instrumentId, legs.source(leg));
  }

  private void fire(final int leg, final int reference, final int level, final FiredBuffer fired) {
    final int slot = LegTable.ruleSlot(leg);
    disarm(slot);
    rules.state(slot, RuleState.TRIGGERING);
    fired.add(slot, !legs.isStop(leg) && rules.legCounts[slot] > 1);
    evidence(fired.size() - 1, leg, reference, level, fired);
  }

  private void evidence(final int index, final int leg, final int reference, final int level,
      final FiredBuffer fired) {
    final int legIndex = LegTable.legIndex(leg);
    rules.firedLegs[LegTable.ruleSlot(leg)] = (byte) legIndex;
    fired.evidence(index, legIndex, reference, level, legs.extremumTicks(leg), legs.source(leg));
  }

  /** The rule fired on this very price by another leg; if that one was a take-profit, the stop takes its place. */
  private void replaceIfStop(final int leg, final int reference, final int level, final FiredBuffer fired) {
    final int slot = LegTable.ruleSlot(leg);
    if (legs.isStop(leg) && !legs.isStop(LegTable.leg(slot, rules.firedLegs[slot]))) {
      int index = fired.size() - 1;
      while (fired.ruleSlot(index) != slot) {
        index--;
      }
      fired.replaced();
      evidence(index, leg, reference, level, fired);
    }
  }

  /** A take-profit of this step gives way to a stop of the same rule that this later price of the step reaches. */
  private void preferStops(final int instrumentId, final PriceSource source, final int floorTicks,
      final int ceilTicks, final FiredBuffer fired) {
    for (int i = 0; i < fired.size(); i++) {
      final int slot = fired.ruleSlot(i);
      final int firedLeg = LegTable.leg(slot, fired.legIndex(i));
      if (rules.instrumentIds[slot] == instrumentId && legs.isProfit(firedLeg)) {
        for (int j = 0; j < rules.legCounts[slot]; j++) {
          final int leg = LegTable.leg(slot, j);
          final PriceLane lane = lane(slot, leg);
          if (legs.isStop(leg) && legs.source(leg) == source && lane.wouldFire(leg, floorTicks, ceilTicks)) {
            final boolean rising = lane.isRising(leg);
            final int level = legs.isTrailing(leg) ? trailLevelTicks(leg) : legs.watchedTicks(leg);
            fired.replaced();
            evidence(i, leg, rising ? floorTicks : ceilTicks, level, fired);
            break;
          }
        }
      }
    }
  }

  private static int laneIndex(final int instrumentId, final PriceSource source) {
    return instrumentId * SOURCES + source.value();
  }
}
