package io.gavel.engine.core;

import io.gavel.codecs.Invariants;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.engine.algo.AlgoKind;
import io.gavel.engine.algo.AlgoTable;
import io.gavel.engine.algo.ChildSlice;
import io.gavel.engine.timer.DeadlineQueue;
import io.gavel.engine.trigger.RuleBook;
import java.util.Arrays;

/**
 * The fired rules that work an order over time: the parent of each, its open orders, and when it looks again. What a
 * fill or a closed order does to a parent is written down at once; what the parent does about it comes behind the step
 * in which it happened, since that step may still hold other orders of the same parent in its hands.
 */
final class Algos {

  /** Most rules of the kind that may be armed, and most orders that they may have open beyond one each. */
  static final int ALGOS_MAX = 4_096;

  final AlgoTable table;
  /** By order slot; the owner is the parent. */
  final SlotList children;
  /** By parent; the owner is the instrument whose touch it follows. */
  final SlotList chasers;
  final AlgoMarket market;
  private final RuleActions actions;
  private final FollowUps followUps;
  private final DeadlineQueue deadlines;
  private final RuleBook rules;
  private final int[] ruleSlots;
  private final int[] handles;
  private final boolean[] queued;
  private final ReasonCode[] ends;
  private boolean closing;

  Algos(final Rooms rooms, final int algosMax, final int ordersMax) {
    final int instrumentsMax = rooms.config.instrumentsMax();
    actions = rooms.actions;
    rules = rooms.rules;
    followUps = rooms.followUps;
    deadlines = rooms.deadlines;
    market = new AlgoMarket(rooms, instrumentsMax);
    table = new AlgoTable(algosMax);
    children = new SlotList(ordersMax, algosMax);
    chasers = new SlotList(algosMax, instrumentsMax + 1);
    ruleSlots = new int[algosMax];
    handles = new int[algosMax];
    queued = new boolean[algosMax];
    ends = new ReasonCode[algosMax];
    Arrays.fill(handles, DeadlineQueue.NULL_HANDLE);
    Arrays.fill(ends, ReasonCode.OK);
  }

  int capacity() {
    return table.capacity();
  }

  boolean isRunning(final int ruleSlot) {
    return actions.isRunning(ruleSlot);
  }

  int ruleSlot(final int algo) {
    return ruleSlots[algo];
  }

  /** A rule's parent begins, or is there again after a restart. */
  void start(final int ruleSlot, final int algo) {
    actions.set(ruleSlot, RuleActions.ALGO_SLOT, algo);
    ruleSlots[algo] = ruleSlot;
    handles[algo] = DeadlineQueue.NULL_HANDLE;
    queued[algo] = false;
    ends[algo] = ReasonCode.OK;
    if (AlgoKind.CHASE == table.kind(algo) && !chasers.contains(algo)) {
      chasers.append(table.instrumentId(algo), algo);
    }
    if (AlgoKind.POV == table.kind(algo)) {
      market.count(table.instrumentId(algo), 1);
    }
  }

  /** The rule is over; no order of it is open. */
  void stop(final int ruleSlot) {
    final int algo = actions.algoSlot(ruleSlot);
    Invariants.check(SlotList.NULL_SLOT == children.first(algo), "a parent ends before its orders: rule", ruleSlot,
        algo);
    wakeAt(algo, ChildSlice.NEVER_NS);
    chasers.remove(algo);
    if (AlgoKind.POV == table.kind(algo)) {
      market.count(table.instrumentId(algo), -1);
    }
    table.onCancel(algo);
    actions.set(ruleSlot, RuleActions.ALGO_SLOT, AlgoTable.NULL_SLOT);
  }

  void filled(final int ruleSlot, final long lots) {
    table.onFill(actions.algoSlot(ruleSlot), lots);
  }

  /** Self-trade prevention took lots away from an order that lives on: they are free again. */
  void reduced(final int ruleSlot, final long lots) {
    table.onReduced(actions.algoSlot(ruleSlot), lots);
  }

  /** An order of the parent is gone; what closes it from outside ends the rule. */
  void childClosed(final int ruleSlot, final int child, final long unfilledLots, final ReasonCode reason) {
    final int algo = actions.algoSlot(ruleSlot);
    children.remove(child);
    if (ReasonCode.CHILD_REPLACED != reason) {
      table.onChildDone(algo, unfilledLots);
    }
    if (!closing) {
      if (!isOwn(reason) && ReasonCode.OK == ends[algo]) {
        ends[algo] = reason;
      }
      queue(algo);
    }
  }

  private static boolean isOwn(final ReasonCode reason) {
    return ReasonCode.FILLED == reason || ReasonCode.CANCELLED_IOC_REST == reason
        || ReasonCode.CANCELLED_SELF_TRADE == reason || ReasonCode.CANCELLED_REDUCE_ONLY == reason;
  }

  /** Why the rule is to end at its next step; OK: it is not. */
  ReasonCode endReason(final int algo) {
    return ends[algo];
  }

  /** While it is on, an order that closes asks for no step. */
  void closing(final boolean on) {
    closing = on;
  }

  /** The parent looks at what is to be done when this step is over. */
  void queue(final int algo) {
    if (!queued[algo]) {
      queued[algo] = true;
      followUps.add(FollowUps.Kind.ALGO_STEP, ruleSlots[algo]);
    }
  }

  /** Its turn has come, by the queue. */
  void dequeued(final int algo) {
    queued[algo] = false;
  }

  /** Best bid or ask moved: those who follow it look again. */
  void touchMoved(final int instrumentId) {
    for (int algo = chasers.first(instrumentId); SlotList.NULL_SLOT != algo; algo = chasers.next(algo)) {
      queue(algo);
    }
  }

  /** The parent looks again at this time, also after a restart. */
  void nextAt(final int algo, final long timeNs) {
    table.nextNs(algo, timeNs);
    wakeAt(algo, timeNs);
  }

  /** When the parent looks again at the latest. */
  void wakeAt(final int algo, final long timeNs) {
    if (DeadlineQueue.NULL_HANDLE != handles[algo]) {
      deadlines.cancel(handles[algo]);
    }
    handles[algo] = ChildSlice.NEVER_NS == timeNs ? DeadlineQueue.NULL_HANDLE
        : deadlines.add(timeNs, rules.ruleId(ruleSlots[algo]), Rooms.ALGO_DUE, ruleSlots[algo]);
  }

  /** The time has come. */
  void due(final int ruleSlot) {
    final int algo = actions.algoSlot(ruleSlot);
    handles[algo] = DeadlineQueue.NULL_HANDLE;
    queue(algo);
  }
}
