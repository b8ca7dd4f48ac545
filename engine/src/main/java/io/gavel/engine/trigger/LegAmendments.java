package io.gavel.engine.trigger;

import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.RuleState;

/** What amending one leg of a rule means: whether it may be, where its level would be, and how it gets there. */
final class LegAmendments {

  private final RuleBook book;
  private final RuleTable rules;
  private final LegTable legs;

  LegAmendments(final RuleBook book, final RuleTable rules, final LegTable legs) {
    this.book = book;
    this.rules = rules;
    this.legs = legs;
  }

  /** Why the leg may not be changed like this, or OK; 0 leaves a value as it is. No effect. */
  ReasonCode check(final int slot, final int legIndex, final int newLevelTicks,
      final int newTrailRatioE8, final int newTrailSpreadTicks, final int newChildLimitTicks) {
    final RuleState state = rules.state(slot);
    if (RuleState.LIVE != state && RuleState.PENDING != state) {
      return ReasonCode.RULE_NOT_LIVE;
    }
    if (legIndex < 0 || legIndex >= rules.legCounts[slot]) {
      return ReasonCode.OUT_OF_RANGE;
    }
    final int leg = LegTable.leg(slot, legIndex);
    final boolean plain = legs.hasLevel(leg);
    if (0 != newLevelTicks) {
      if (!plain || legs.isTarget(leg)) {
        return ReasonCode.LEVEL_NOT_ALLOWED;
      }
      if (newLevelTicks < 0) {
        return ReasonCode.LEVEL_REQUIRED;
      }
      if (wouldInvert(slot, leg, newLevelTicks)) {
        return ReasonCode.LEGS_INVERTED;
      }
    }
    if (0 != newTrailRatioE8 || 0 != newTrailSpreadTicks) {
      if (!legs.isTrailing(leg)
          || ReasonCode.OK != RuleCheck.checkTrail(newTrailRatioE8, newTrailSpreadTicks)) {
        return ReasonCode.TRAIL_DISTANCE_INVALID;
      }
    }
    return newChildLimitTicks < 0 ? ReasonCode.PRICE_NOT_POSITIVE : ReasonCode.OK;
  }

  private boolean wouldInvert(final int slot, final int leg, final int newLevelTicks) {
    for (int i = 0; i < rules.legCounts[slot]; i++) {
      final int other = LegTable.leg(slot, i);
      if (legs.hasLevel(other) && legs.source(other) == legs.source(leg)
          && legs.isStop(other) != legs.isStop(leg)) {
        final int takeProfit = legs.isStop(leg) ? legs.watchedTicks(other) : newLevelTicks;
        final int stop = legs.isStop(leg) ? newLevelTicks : legs.watchedTicks(other);
        if (RuleCheck.isInverted(rules.side(slot), takeProfit, stop)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Whether its level or distance would be another. */
  boolean isMoved(final int leg, final int newLevelTicks, final int newRatioE8, final int newSpreadTicks) {
    return (0 != newLevelTicks && newLevelTicks != legs.watchedTicks(leg))
        || ((0 != newRatioE8 || 0 != newSpreadTicks)
        && (newRatioE8 != legs.ratioE8(leg) || newSpreadTicks != legs.spreadTicks(leg)));
  }

  /** The level that the leg would have; 0 for a trailing stop that has no extremum. */
  int levelAfter(final int leg, final int newLevelTicks, final int newRatioE8, final int newSpreadTicks) {
    if (!legs.isTrailing(leg)) {
      return newLevelTicks;
    }
    if (LegPhase.DORMANT == legs.phase(leg)) {
      return 0;
    }
    final boolean sell = TrailLevel.isSell(rules.side(LegTable.ruleSlot(leg)));
    final boolean byRatio = 0 != newRatioE8;
    return TrailLevel.ticksAt(sell, book.extremumTicks(leg), byRatio ? newRatioE8 : newSpreadTicks, byRatio);
  }

  /** Puts it there; {@code waits}: live from the other side of the level on. */
  void move(final int leg, final int newLevelTicks, final int newRatioE8, final int newSpreadTicks,
      final boolean waits) {
    final boolean indexed = legs.isIndexed(leg);
    final PriceLane lane = book.lane(LegTable.ruleSlot(leg), leg);
    if (!legs.isTrailing(leg)) {
      if (indexed) {
        lane.leave(leg);
      }
      legs.watchedTicks(leg, newLevelTicks);
      if (indexed) {
        lane.restore(leg, waits ? LegPhase.WAITING : LegPhase.LIVE);
      }
    } else if (indexed && LegPhase.DORMANT != legs.phase(leg)) {
      lane.distance(leg, newRatioE8, newSpreadTicks, waits);
    } else {
      legs.distance(leg, newRatioE8, newSpreadTicks);
    }
  }
}
