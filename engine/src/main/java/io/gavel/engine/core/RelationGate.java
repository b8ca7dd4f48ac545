package io.gavel.engine.core;

import io.gavel.codecs.sbe.PositionSide;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.RuleAttach;
import io.gavel.codecs.sbe.RuleKind;
import io.gavel.codecs.sbe.RuleState;
import io.gavel.codecs.sbe.TargetUnit;
import io.gavel.engine.book.OrderPool;
import io.gavel.engine.trigger.RuleBook;
import io.gavel.engine.trigger.RuleSpec;
import io.gavel.risk.instrument.Instrument;
import io.gavel.risk.position.PositionTarget;

/**
 * What a rule that is to be armed asks of positions, orders and other rules: whether those are there, how many lots it
 * gets of them, and which levels its targets come to.
 */
final class RelationGate {

  /** Rules that may hang on one another by the levels they move. */
  static final int CHAIN_MAX = 8;

  private final Rooms rooms;
  private final PositionTargets targets;

  RelationGate(final Rooms rooms) {
    this.rooms = rooms;
    targets = new PositionTargets(rooms.risk);
  }

  /** Why not, or OK; then the levels of targets are in the spec. */
  ReasonCode check(final long account, final RuleSpec spec) {
    if (spec.legCount > RuleSpec.LEGS_MAX || !isRelated(spec)) {
      return ReasonCode.OK;
    }
    final int accountSlot = rooms.risk.accountSlot(account);
    final Instrument instrument = rooms.instrument(spec.instrumentId);
    ReasonCode code = checkAttach(accountSlot, instrument, spec);
    if (ReasonCode.OK == code && 0 != spec.updatesRuleId) {
      code = checkUpdates(account, spec);
    }
    for (int leg = 0; ReasonCode.OK == code && leg < spec.legCount; leg++) {
      if (spec.isTarget(leg)) {
        code = checkTarget(accountSlot, instrument, spec, leg);
      }
    }
    return code;
  }

  private static boolean isRelated(final RuleSpec spec) {
    boolean related = Relations.isTied(spec) || PositionSide.NET != spec.posSide;
    for (int leg = 0; leg < spec.legCount; leg++) {
      related |= spec.isTarget(leg);
    }
    return related;
  }

  private ReasonCode checkAttach(final int accountSlot, final Instrument instrument, final RuleSpec spec) {
    if (spec.waitsForOrder()) {
      final int parent = rooms.pool.slotOf(spec.parentId);
      return OrderPool.NULL_SLOT != parent && accountSlot == rooms.orders.accountSlot(parent)
          && spec.instrumentId == rooms.orders.instrumentId(parent)
          ? ReasonCode.OK : ReasonCode.RULE_PARENT_INVALID;
    }
    if (RuleAttach.POSITION != spec.attach) {
      return ReasonCode.OK;
    }
    if (!instrument.isContract()) {
      return ReasonCode.NOT_A_CONTRACT;
    }
    if (spec.posSide != targets.closedBy(accountSlot, spec.side)) {
      return ReasonCode.ACCOUNT_MODE_WRONG;
    }
    final long lots = Math.abs(targets.lots(accountSlot, instrument, spec.side));
    if (0 == lots) {
      return ReasonCode.NO_POSITION;
    }
    return spec.quantityLots > lots ? ReasonCode.SIZE_ABOVE_MAX : ReasonCode.OK;
  }

  /** The named rule is there, waits, and has a level of its own to be moved. */
  private ReasonCode checkUpdates(final long account, final RuleSpec spec) {
    final RuleBook rules = rooms.rules;
    final int other = rules.slotOf(spec.updatesRuleId);
    if (RuleBook.NULL_SLOT == other || account != rules.account(other)) {
      return ReasonCode.UNKNOWN_RULE;
    }
    if (RuleState.LIVE != rules.state(other) && RuleState.PENDING != rules.state(other)) {
      return ReasonCode.RULE_NOT_LIVE;
    }
    if (RuleBook.NULL_LEG == levelLeg(rules, other)) {
      return ReasonCode.LEVEL_NOT_ALLOWED;
    }
    int length = 1;
    for (int slot = other; RuleBook.NULL_SLOT != slot && 0 != rooms.relations.updatesRuleId(slot);
        slot = rules.slotOf(rooms.relations.updatesRuleId(slot))) {
      length++;
    }
    return length > CHAIN_MAX ? ReasonCode.RULE_LINK_INVALID : ReasonCode.OK;
  }

  /** The first leg with a level that somebody set; NULL_LEG: none has. */
  static int levelLeg(final RuleBook rules, final int slot) {
    for (int leg = 0; leg < rules.legCount(slot); leg++) {
      final RuleKind kind = rules.kind(slot, leg);
      if (RuleKind.TAKE_PROFIT == kind || RuleKind.STOP_LOSS == kind) {
        return leg;
      }
    }
    return RuleBook.NULL_LEG;
  }

  private ReasonCode checkTarget(final int accountSlot, final Instrument instrument, final RuleSpec spec,
      final int leg) {
    if (0 != spec.levelTicks[leg]) {
      return ReasonCode.LEVEL_NOT_ALLOWED;
    }
    if (spec.targets[leg] <= 0) {
      return ReasonCode.AMOUNT_NOT_POSITIVE;
    }
    if (TargetUnit.MARGIN_RATIO == spec.targetUnits[leg] && !instrument.isContract()) {
      return ReasonCode.RULE_FIELD_NOT_ALLOWED;
    }
    if (spec.waitsForOrder()) {
      return ReasonCode.OK;
    }
    if (0 == targets.lots(accountSlot, instrument, spec.side)) {
      return ReasonCode.NO_POSITION;
    }
    final int ticks = targets.ticks(accountSlot, instrument, spec.side, RuleKind.LOSS == spec.kinds[leg],
        spec.targets[leg], spec.targetUnits[leg]);
    spec.levelTicks[leg] = ticks;
    return PositionTarget.NULL_TICKS == ticks ? ReasonCode.TARGET_UNREACHABLE : ReasonCode.OK;
  }

  /** Whether what the rule belongs to says how many lots it has. */
  boolean sizes(final RuleSpec spec) {
    return RuleAttach.NONE != spec.attach;
  }

  /** How many it has now; none before its order is filled. */
  long lots(final int accountSlot, final RuleSpec spec) {
    if (RuleAttach.POSITION != spec.attach) {
      return 0;
    }
    final long lots = Math.abs(targets.lots(accountSlot, rooms.instrument(spec.instrumentId), spec.side));
    return 0 == spec.shareE8 ? spec.quantityLots : PositionTarget.shareLots(lots, spec.shareE8);
  }

  /** Whether it lives and dies with a position from the first moment on. */
  boolean binds(final RuleSpec spec) {
    boolean binds = RuleAttach.POSITION == spec.attach;
    for (int leg = 0; leg < spec.legCount; leg++) {
      binds |= spec.isTarget(leg) && !spec.waitsForOrder() && rooms.instrument(spec.instrumentId).isContract();
    }
    return binds;
  }
}
