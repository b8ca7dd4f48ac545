package io.gavel.engine.trigger;

import io.gavel.codecs.sbe.ArmPolicy;
import io.gavel.codecs.sbe.ExpiryAction;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.ReserveMode;
import io.gavel.codecs.sbe.RuleKind;
import io.gavel.codecs.sbe.Side;

/** The ladder of refusals for a rule that is to be armed; no effect, first reason wins. */
final class RuleCheck {

  static final int RATIO_MAX_E8 = 99_999_999;

  private static final int SHARE_MAX_E8 = 100_000_000;
  private static final int PROTECTION_MAX_BPS = 9_999;

  private RuleCheck() {
  }

  static ReasonCode check(final RuleSpec spec, final int instrumentsMax, final long engineTimeNs,
      final PriceView prices) {
    if (spec.instrumentId < 1 || spec.instrumentId > instrumentsMax) {
      return ReasonCode.UNKNOWN_INSTRUMENT;
    }
    if (spec.side.value() > Side.SELL.value() || spec.armPolicy.value() > ArmPolicy.WAIT_RECROSS.value()
        || spec.expiryAction.value() > ExpiryAction.SUBMIT.value()
        || spec.reserveMode.value() > ReserveMode.NONE.value()) {
      return ReasonCode.UNKNOWN_ENUM;
    }
    ReasonCode reason = RuleFields.check(spec);
    if (ReasonCode.OK == reason) {
      reason = checkSize(spec);
    }
    if (ReasonCode.OK == reason) {
      reason = checkWindow(spec, engineTimeNs);
    }
    if (ReasonCode.OK == reason) {
      reason = checkLegs(spec, engineTimeNs);
    }
    final boolean startsNow = spec.startTimeNs <= engineTimeNs && !spec.waitsForOrder();
    if (ReasonCode.OK == reason && ArmPolicy.REJECT == spec.armPolicy && startsNow && isAnyCrossed(spec, prices)) {
      return ReasonCode.ALREADY_CROSSED;
    }
    return reason;
  }

  static ReasonCode checkTrail(final int ratioE8, final int spreadTicks) {
    final boolean valid = ratioE8 >= 0 && ratioE8 <= RATIO_MAX_E8 && spreadTicks >= 0
        && (0 == ratioE8) != (0 == spreadTicks);
    return valid ? ReasonCode.OK : ReasonCode.TRAIL_DISTANCE_INVALID;
  }

  /** A take-profit must lie on the winning side of every stop of the same source. */
  static boolean isInverted(final Side side, final int takeProfitTicks, final int stopTicks) {
    return Side.SELL == side ? takeProfitTicks <= stopTicks : takeProfitTicks >= stopTicks;
  }

  private static ReasonCode checkSize(final RuleSpec spec) {
    if (spec.shareE8 < 0 || spec.shareE8 > SHARE_MAX_E8) {
      return ReasonCode.SHARE_OUT_OF_RANGE;
    }
    if (0 != spec.holdId) {
      // A payment moves all of its hold.
      return 0 == (spec.quantityLots | spec.shareE8) ? ReasonCode.OK : ReasonCode.RULE_FIELD_NOT_ALLOWED;
    }
    if (spec.quantityLots < 0 || (0 == spec.quantityLots && 0 == spec.shareE8)) {
      return ReasonCode.SIZE_NOT_POSITIVE;
    }
    return 0 != spec.quantityLots && 0 != spec.shareE8 ? ReasonCode.SIZE_AMBIGUOUS : ReasonCode.OK;
  }

  private static ReasonCode checkWindow(final RuleSpec spec, final long engineTimeNs) {
    final boolean endless = 0 == spec.endTimeNs;
    final boolean valid = spec.startTimeNs >= 0 && spec.endTimeNs >= 0
        && (endless || (spec.endTimeNs > spec.startTimeNs && spec.endTimeNs > engineTimeNs));
    return valid ? ReasonCode.OK : ReasonCode.WINDOW_INVALID;
  }

  private static ReasonCode checkLegs(final RuleSpec spec, final long engineTimeNs) {
    if (spec.legCount <= 0) {
      return ReasonCode.LEGS_MISSING;
    }
    if (spec.legCount > RuleSpec.LEGS_MAX) {
      return ReasonCode.OUT_OF_RANGE;
    }
    for (int i = 0; i < spec.legCount; i++) {
      final ReasonCode reason = checkLeg(spec, i, engineTimeNs);
      if (ReasonCode.OK != reason) {
        return reason;
      }
    }
    for (int i = 0; i < spec.legCount; i++) {
      for (int j = 0; j < spec.legCount; j++) {
        if (RuleKind.TAKE_PROFIT == spec.kinds[i] && RuleKind.STOP_LOSS == spec.kinds[j]
            && spec.sources[i] == spec.sources[j]
            && isInverted(spec.side, spec.levelTicks[i], spec.levelTicks[j])) {
          return ReasonCode.LEGS_INVERTED;
        }
      }
    }
    return ReasonCode.OK;
  }

  private static ReasonCode checkLeg(final RuleSpec spec, final int i, final long engineTimeNs) {
    if (spec.kinds[i].value() > RuleKind.NOW.value() || spec.sources[i].value() > PriceSource.INDEX.value()) {
      return ReasonCode.UNKNOWN_ENUM;
    }
    final ReasonCode reason = checkTrigger(spec, i, engineTimeNs);
    if (ReasonCode.OK != reason) {
      return reason;
    }
    if (spec.childLimitTicks[i] < 0) {
      return ReasonCode.PRICE_NOT_POSITIVE;
    }
    if (Side.BUY == spec.side && 0 == spec.childLimitTicks[i] && 0 == spec.holdId) {
      return ReasonCode.BUY_RULE_NEEDS_LIMIT;
    }
    return spec.protectionBps[i] < 0 || spec.protectionBps[i] > PROTECTION_MAX_BPS
        ? ReasonCode.PROTECTION_OUT_OF_RANGE : ReasonCode.OK;
  }

  private static ReasonCode checkTrigger(final RuleSpec spec, final int i, final long engineTimeNs) {
    final boolean trailed = 0 != spec.trailRatioE8[i] || 0 != spec.trailSpreadTicks[i];
    if (RuleKind.TRAILING_STOP == spec.kinds[i]) {
      if (0 != spec.levelTicks[i]) {
        return ReasonCode.LEVEL_NOT_ALLOWED;
      }
      return spec.activationTicks[i] < 0
          ? ReasonCode.PRICE_NOT_POSITIVE : checkTrail(spec.trailRatioE8[i], spec.trailSpreadTicks[i]);
    }
    if (RuleKind.NOW == spec.kinds[i]) {
      // With another leg beside it that one could never fire.
      return 0 != (spec.levelTicks[i] | spec.activationTicks[i]) || spec.legCount > 1
          ? ReasonCode.LEVEL_NOT_ALLOWED : trailed ? ReasonCode.TRAIL_DISTANCE_INVALID : ReasonCode.OK;
    }
    if (RuleKind.AT_TIME == spec.kinds[i] || RuleKind.CONDITION == spec.kinds[i]) {
      if (0 != spec.levelTicks[i]) {
        return ReasonCode.LEVEL_NOT_ALLOWED;
      }
      // A time that has come will not come again: without an end ahead such a rule would never fire.
      if (RuleKind.AT_TIME == spec.kinds[i] && spec.startTimeNs <= engineTimeNs && 0 == spec.endTimeNs) {
        return ReasonCode.WINDOW_INVALID;
      }
    } else if (spec.isTarget(i)) {
      if (spec.targets[i] <= 0) {
        return ReasonCode.AMOUNT_NOT_POSITIVE;
      }
    } else if (spec.levelTicks[i] <= 0) {
      return ReasonCode.LEVEL_REQUIRED;
    }
    if (trailed) {
      return ReasonCode.TRAIL_DISTANCE_INVALID;
    }
    return 0 != spec.activationTicks[i] ? ReasonCode.LEVEL_NOT_ALLOWED : ReasonCode.OK;
  }

  private static boolean isAnyCrossed(final RuleSpec spec, final PriceView prices) {
    for (int i = 0; i < spec.legCount; i++) {
      final boolean takeProfit = RuleKind.TAKE_PROFIT == spec.kinds[i] || RuleKind.PROFIT == spec.kinds[i];
      if (takeProfit || RuleKind.STOP_LOSS == spec.kinds[i] || RuleKind.LOSS == spec.kinds[i]) {
        final boolean rising = takeProfit == (Side.SELL == spec.side);
        final PriceSource source = spec.sources[i];
        if (PriceLane.isCrossed(rising, spec.levelTicks[i], prices.floorTicks(spec.instrumentId, source),
            prices.ceilTicks(spec.instrumentId, source))) {
          return true;
        }
      }
    }
    return false;
  }
}
