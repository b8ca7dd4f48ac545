package io.gavel.engine.core;

import io.gavel.codecs.SnapshotSink;
import io.gavel.codecs.SnapshotSource;
import io.gavel.codecs.StateOwner;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.RuleAction;
import io.gavel.codecs.sbe.Side;
import io.gavel.engine.trigger.RuleBook;
import io.gavel.engine.trigger.RuleSpec;
import io.gavel.risk.instrument.Instrument;
import io.gavel.risk.money.FixedPoint;
import io.gavel.risk.money.Rounding;
import io.gavel.risk.price.Slots;

/**
 * What the hedges of rules owe: a row for each rule whose fills are hedged, from when it is armed until the frame in
 * which it ends is done. Lots are of the instrument that is hedged with, bought ones above 0, sold ones below;
 * fractions of a lot are carried exactly, so however many fills there are, nothing is lost to rounding.
 */
final class Hedges implements StateOwner {

  /** Rules that hedge at a time. */
  static final int HEDGES_MAX = 4_096;
  /** A hundred lots of the hedge for one of the rule. */
  static final long RATIO_MAX_E8 = 10_000_000_000L;
  static final int NULL_ROW = Slots.NULL_SLOT;
  private static final long E8 = 100_000_000L;
  /** Beyond any fill that a hedge could follow; the product with the largest ratio still fits. */
  private static final long FILL_LOTS_MAX = 1L << 54;
  private static final long TARGET_LOTS_MAX = 1L << 61;

  private final Rooms rooms;
  private final RuleBook rules;
  private final RuleActions actions;
  private final Slots slots;
  private final long[] ruleIds;
  private final long[] accounts;
  private final int[] instrumentIds;
  private final RuleAction[] ruleActions;
  private final long[] targetLots;
  /** Beyond the whole lots, below one in size. */
  private final long[] restsE8;
  private final long[] hedgedLots;
  private final boolean[] tried;
  private final boolean[] ended;
  private final boolean[] queued;
  private int openRow = NULL_ROW;
  private int openSlot = OrderTable.NULL_SLOT;

  Hedges(final int rowsMax, final Rooms rooms) {
    this.rooms = rooms;
    rules = rooms.rules;
    actions = rooms.actions;
    slots = new Slots(rowsMax);
    ruleIds = new long[rowsMax];
    accounts = new long[rowsMax];
    instrumentIds = new int[rowsMax];
    ruleActions = new RuleAction[rowsMax];
    targetLots = new long[rowsMax];
    restsE8 = new long[rowsMax];
    hedgedLots = new long[rowsMax];
    tried = new boolean[rowsMax];
    ended = new boolean[rowsMax];
    queued = new boolean[rowsMax];
  }

  /** Why a rule may not be hedged as it asks, or OK; which fields go together is known. No effect. */
  ReasonCode check(final RuleSpec spec) {
    if (0 == spec.hedgeInstrumentId) {
      return ReasonCode.OK;
    }
    if (null == rooms.risk.instrument(spec.hedgeInstrumentId)) {
      return ReasonCode.UNKNOWN_INSTRUMENT;
    }
    if (spec.hedgeRatioE8 > RATIO_MAX_E8) {
      return ReasonCode.OUT_OF_RANGE;
    }
    return slots.isFull() ? ReasonCode.ALGO_NO_ROOM : ReasonCode.OK;
  }

  /** A rule was armed with what is asked for. */
  void open(final int ruleSlot) {
    final int hedgeInstrumentId = (int) actions.get(ruleSlot, RuleActions.HEDGE);
    if (0 != hedgeInstrumentId) {
      final int row = slots.claim();
      actions.set(ruleSlot, RuleActions.HEDGE, row + 1L);
      fill(row, ruleSlot, hedgeInstrumentId, 0, 0, 0);
    }
  }

  private void fill(final int row, final int ruleSlot, final int hedgeInstrumentId, final long target,
      final long restE8, final long hedged) {
    ruleIds[row] = rules.ruleId(ruleSlot);
    accounts[row] = rules.account(ruleSlot);
    ruleActions[row] = actions.action(ruleSlot);
    instrumentIds[row] = hedgeInstrumentId;
    targetLots[row] = target;
    restsE8[row] = restE8;
    hedgedLots[row] = hedged;
    tried[row] = false;
    ended[row] = false;
    queued[row] = false;
  }

  /** A rule has traded lots: the hedge goes the other way, ratio times as far. */
  void owe(final int ruleSlot, final long lots) {
    final int row = (int) actions.get(ruleSlot, RuleActions.HEDGE) - 1;
    if (NULL_ROW == row) {
      return;
    }
    final long ratioE8 = actions.get(ruleSlot, RuleActions.HEDGE_RATIO_E8);
    final long filled = Math.min(lots, FILL_LOTS_MAX);
    final long whole = FixedPoint.mulDiv(filled, ratioE8, E8, Rounding.FLOOR);
    final long restE8 = filled % E8 * (ratioE8 % E8) % E8;
    final int sign = Side.SELL == rules.side(ruleSlot) ? 1 : -1;
    final long sumE8 = restsE8[row] + sign * restE8;
    restsE8[row] = sumE8 % E8;
    final long target = targetLots[row] + sign * whole + sumE8 / E8;
    targetLots[row] = Math.max(-TARGET_LOTS_MAX, Math.min(TARGET_LOTS_MAX, target));
    tried[row] = false;
    queue(row);
  }

  /** Lots to be bought, or below 0 sold, now: to the nearest whole one. */
  long dueLots(final int row) {
    final long half = restsE8[row] >= E8 / 2 ? 1 : restsE8[row] <= -E8 / 2 ? -1 : 0;
    return targetLots[row] + half - hedgedLots[row];
  }

  /** Lots that go into an order now: too few wait for more while the rule may still trade. */
  long sendableLots(final int row) {
    final long due = dueLots(row);
    final Instrument instrument = rooms.instrument(instrumentIds[row]);
    if (Math.abs(due) < instrument.minLots() && !ended[row]) {
      return 0;
    }
    final long most = 0 == instrument.maxLots() ? Long.MAX_VALUE : instrument.maxLots();
    return due < 0 ? Math.max(due, -most) : Math.min(due, most);
  }

  private void queue(final int row) {
    if (!queued[row]) {
      queued[row] = true;
      rooms.followUps.add(FollowUps.Kind.HEDGE, row);
    }
  }

  void dequeued(final int row) {
    queued[row] = false;
  }

  /** Whether what is owed was asked for in its market since the last fill; from here on it was. */
  boolean isTried(final int row) {
    final boolean before = tried[row];
    tried[row] = true;
    return before;
  }

  /** The rule is over; what its last fill owes is sent still. */
  void ruleEnded(final int ruleSlot) {
    final int row = (int) actions.get(ruleSlot, RuleActions.HEDGE) - 1;
    if (NULL_ROW != row) {
      ended[row] = true;
      tried[row] = false;
      queue(row);
    }
  }

  /** Nothing more can be done now: the row of a rule that is over is free. */
  void settle(final int row) {
    if (ended[row]) {
      slots.release(row);
    }
  }

  /** An order of the row takes now. */
  void sent(final int row, final int orderSlot) {
    openRow = row;
    openSlot = orderSlot;
  }

  /** An order is over; what the one of a hedge brought is not owed any more. */
  void closed(final int orderSlot, final long filledLots) {
    if (OrderTable.NULL_SLOT == openSlot || orderSlot != openSlot) {
      return;
    }
    openSlot = OrderTable.NULL_SLOT;
    hedgedLots[openRow] += Side.BUY == rooms.pool.side(orderSlot) ? filledLots : -filledLots;
    queue(openRow);
  }

  long ruleId(final int row) {
    return ruleIds[row];
  }

  long account(final int row) {
    return accounts[row];
  }

  int instrumentId(final int row) {
    return instrumentIds[row];
  }

  RuleAction action(final int row) {
    return ruleActions[row];
  }

  long targetLots(final int row) {
    return targetLots[row];
  }

  long hedgedLots(final int row) {
    return hedgedLots[row];
  }

  @Override
  public int componentId() {
    return 2052;
  }

  @Override
  public String componentName() {
    return "hedges";
  }

  /** Between frames each row is of a live rule, and nothing is under way. */
  @Override
  public void save(final SnapshotSink sink) {
    if (0 == slots.size()) {
      return;
    }
    sink.putInt(slots.size());
    for (int row = slots.nextTaken(0); NULL_ROW != row; row = slots.nextTaken(row + 1)) {
      sink.putInt(row);
      sink.putLong(ruleIds[row]);
      sink.putInt(instrumentIds[row]);
      sink.putLong(targetLots[row]);
      sink.putLong(restsE8[row]);
      sink.putLong(hedgedLots[row]);
    }
  }

  /** The rules and their actions must have been loaded. */
  @Override
  public void load(final SnapshotSource source) {
    for (int i = source.getInt(); i > 0; i--) {
      final int row = source.getInt();
      slots.claim(row);
      final int ruleSlot = rules.slotOf(source.getLong());
      final int hedgeInstrumentId = source.getInt();
      final long target = source.getLong();
      final long restE8 = source.getLong();
      fill(row, ruleSlot, hedgeInstrumentId, target, restE8, source.getLong());
    }
  }
}
