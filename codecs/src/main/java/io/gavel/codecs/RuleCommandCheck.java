package io.gavel.codecs;

import io.gavel.codecs.sbe.AlgoBasis;
import io.gavel.codecs.sbe.AlgoEnd;
import io.gavel.codecs.sbe.AlgoSizes;
import io.gavel.codecs.sbe.ArmPolicy;
import io.gavel.codecs.sbe.ArmRuleDecoder;
import io.gavel.codecs.sbe.Compare;
import io.gavel.codecs.sbe.ExpiryAction;
import io.gavel.codecs.sbe.Flag;
import io.gavel.codecs.sbe.NodeOp;
import io.gavel.codecs.sbe.PositionSide;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.ReserveMode;
import io.gavel.codecs.sbe.ReviewDefault;
import io.gavel.codecs.sbe.RuleAction;
import io.gavel.codecs.sbe.RuleAttach;
import io.gavel.codecs.sbe.RuleKind;
import io.gavel.codecs.sbe.Side;
import io.gavel.codecs.sbe.Signal;
import io.gavel.codecs.sbe.TargetUnit;

/**
 * Field ranges of the command that arms a rule: its block, and the groups legs, nodes and curve behind it. Which of its
 * fields go together is the business of the rooms behind. The body's size is already checked. Stateless.
 */
final class RuleCommandCheck {

  static final int GROUPS = 3;
  /** Body of the longest command: every group is full. */
  static final int LENGTH_MAX = ArmRuleDecoder.BLOCK_LENGTH + GROUPS * ArmRuleDecoder.LegsDecoder.sbeHeaderSize()
      + CommandValidator.LEGS_MAX * ArmRuleDecoder.LegsDecoder.sbeBlockLength()
      + CommandValidator.NODES_MAX * ArmRuleDecoder.NodesDecoder.sbeBlockLength()
      + CommandValidator.CURVE_MAX * ArmRuleDecoder.CurveDecoder.sbeBlockLength();

  private static final int LEGS = 0;
  private static final int NODES = 1;

  private RuleCommandCheck() {
  }

  static int groupBlockLength(final int group) {
    return LEGS == group ? ArmRuleDecoder.LegsDecoder.sbeBlockLength()
        : NODES == group ? ArmRuleDecoder.NodesDecoder.sbeBlockLength() : ArmRuleDecoder.CurveDecoder.sbeBlockLength();
  }

  /** A rule has a leg at least; a condition and a curve are for whom needs them. */
  static ReasonCode groupSize(final int group, final int size) {
    if (LEGS == group && 0 == size) {
      return ReasonCode.LEGS_MISSING;
    }
    final int most = LEGS == group ? CommandValidator.LEGS_MAX
        : NODES == group ? CommandValidator.NODES_MAX : CommandValidator.CURVE_MAX;
    return size > most ? ReasonCode.OUT_OF_RANGE : ReasonCode.OK;
  }

  static ReasonCode check(final ArmRuleDecoder command) {
    ReasonCode reason = checkRule(command);
    if (ReasonCode.OK == reason) {
      reason = checkRelations(command);
    }
    if (ReasonCode.OK == reason) {
      reason = checkAction(command);
    }
    if (ReasonCode.OK != reason) {
      return reason;
    }
    final ArmRuleDecoder.LegsDecoder legs = command.legs();
    while (ReasonCode.OK == reason && legs.hasNext()) {
      reason = check(legs.next());
    }
    if (ReasonCode.OK != reason) {
      return reason;
    }
    final ArmRuleDecoder.NodesDecoder nodes = command.nodes();
    while (ReasonCode.OK == reason && nodes.hasNext()) {
      reason = check(nodes.next());
    }
    if (ReasonCode.OK != reason) {
      return reason;
    }
    final ArmRuleDecoder.CurveDecoder curve = command.curve();
    while (ReasonCode.OK == reason && curve.hasNext()) {
      reason = FieldCheck.id(curve.next().weight());
    }
    return reason;
  }

  private static ReasonCode checkRule(final ArmRuleDecoder command) {
    if (FieldCheck.isUnknown(command.side(), Side.SBE_UNKNOWN, Side.NULL_VAL)
        || FieldCheck.isUnknown(command.armPolicy(), ArmPolicy.SBE_UNKNOWN, ArmPolicy.NULL_VAL)
        || FieldCheck.isUnknown(command.expiryAction(), ExpiryAction.SBE_UNKNOWN, ExpiryAction.NULL_VAL)
        || FieldCheck.isUnknown(command.reserveMode(), ReserveMode.SBE_UNKNOWN, ReserveMode.NULL_VAL)) {
      return ReasonCode.UNKNOWN_ENUM;
    }
    if (!FieldCheck.isNameOrNone(command.clRuleId())) {
      return ReasonCode.NAME_INVALID;
    }
    if (command.instrumentId() < 0) {
      return ReasonCode.OUT_OF_RANGE;
    }
    if (!FieldCheck.isShare(command.shareE8())) {
      return ReasonCode.SHARE_OUT_OF_RANGE;
    }
    if (command.quantityLots() < 0) {
      return ReasonCode.SIZE_NOT_POSITIVE;
    }
    return command.startTimeNs() < 0 || command.endTimeNs() < 0 ? ReasonCode.WINDOW_INVALID : ReasonCode.OK;
  }

  private static ReasonCode checkRelations(final ArmRuleDecoder command) {
    if (FieldCheck.isUnknown(command.posSide(), PositionSide.SBE_UNKNOWN, PositionSide.NULL_VAL)
        || FieldCheck.isUnknown(command.attach(), RuleAttach.SBE_UNKNOWN, RuleAttach.NULL_VAL)) {
      return ReasonCode.UNKNOWN_ENUM;
    }
    if ((command.parentId() | command.updatesRuleId() | command.coolDownNs() | command.priority()) < 0) {
      return ReasonCode.OUT_OF_RANGE;
    }
    return command.updatesLevelTicks() < 0 ? ReasonCode.PRICE_NOT_POSITIVE : ReasonCode.OK;
  }

  private static ReasonCode checkAction(final ArmRuleDecoder command) {
    if (FieldCheck.isUnknown(command.action(), RuleAction.SBE_UNKNOWN, RuleAction.NULL_VAL)
        || FieldCheck.isUnknown(command.reviewDefault(), ReviewDefault.SBE_UNKNOWN, ReviewDefault.NULL_VAL)
        || FieldCheck.isUnknown(command.algoEnd(), AlgoEnd.SBE_UNKNOWN, AlgoEnd.NULL_VAL)
        || FieldCheck.isUnknown(command.algoBasis(), AlgoBasis.SBE_UNKNOWN, AlgoBasis.NULL_VAL)
        || FieldCheck.isUnknown(command.algoSizes(), AlgoSizes.SBE_UNKNOWN, AlgoSizes.NULL_VAL)
        || FieldCheck.isUnknown(command.hedgeByDelta(), Flag.SBE_UNKNOWN, Flag.NULL_VAL)) {
      return ReasonCode.UNKNOWN_ENUM;
    }
    if ((command.reviewNs() | command.durationNs() | command.intervalNs() | command.stepNs() | command.holdId()
        | command.hedgeRatioE8() | command.hedgeInstrumentId() | command.orderCount() | command.offsetTicks()
        | command.repricesMax()) < 0) {
      return ReasonCode.OUT_OF_RANGE;
    }
    if (!FieldCheck.isShare(command.participationE8()) || !FieldCheck.isShare(command.collarE8())
        || !FieldCheck.isShare(command.depthShareE8()) || !FieldCheck.isShare(command.toleranceE8())) {
      return ReasonCode.SHARE_OUT_OF_RANGE;
    }
    if ((command.sliceLots() | command.forecastLots()) < 0) {
      return ReasonCode.SIZE_NOT_POSITIVE;
    }
    if ((command.firstTicks() | command.lastTicks()) < 0) {
      return ReasonCode.PRICE_NOT_POSITIVE;
    }
    return command.widerBps() < 0 ? ReasonCode.PROTECTION_OUT_OF_RANGE : ReasonCode.OK;
  }

  private static ReasonCode check(final ArmRuleDecoder.LegsDecoder leg) {
    if (FieldCheck.isUnknown(leg.kind(), RuleKind.SBE_UNKNOWN, RuleKind.NULL_VAL)
        || FieldCheck.isUnknown(leg.source(), PriceSource.SBE_UNKNOWN, PriceSource.NULL_VAL)
        || FieldCheck.isUnknown(leg.targetUnit(), TargetUnit.SBE_UNKNOWN, TargetUnit.NULL_VAL)) {
      return ReasonCode.UNKNOWN_ENUM;
    }
    if (leg.levelTicks() < 0 || leg.activationTicks() < 0 || leg.childLimitTicks() < 0) {
      return ReasonCode.PRICE_NOT_POSITIVE;
    }
    if (!FieldCheck.isShare(leg.trailRatioE8()) || leg.trailSpreadTicks() < 0 || leg.ratchetTicks() < 0) {
      return ReasonCode.TRAIL_DISTANCE_INVALID;
    }
    if (leg.target() < 0) {
      return ReasonCode.AMOUNT_NOT_POSITIVE;
    }
    return leg.protectionBps() < 0 ? ReasonCode.PROTECTION_OUT_OF_RANGE : ReasonCode.OK;
  }

  /** A threshold may be negative: a funding rate is. */
  private static ReasonCode check(final ArmRuleDecoder.NodesDecoder node) {
    if (FieldCheck.isUnknown(node.op(), NodeOp.SBE_UNKNOWN, NodeOp.NULL_VAL)
        || FieldCheck.isUnknown(node.signal(), Signal.SBE_UNKNOWN, Signal.NULL_VAL)
        || FieldCheck.isUnknown(node.compare(), Compare.SBE_UNKNOWN, Compare.NULL_VAL)
        || FieldCheck.isUnknown(node.source(), PriceSource.SBE_UNKNOWN, PriceSource.NULL_VAL)
        || FieldCheck.isUnknown(node.latched(), Flag.SBE_UNKNOWN, Flag.NULL_VAL)) {
      return ReasonCode.UNKNOWN_ENUM;
    }
    if (node.parent() < -1 || node.parent() >= CommandValidator.NODES_MAX
        || node.need() > CommandValidator.LEAVES_MAX) {
      return ReasonCode.OUT_OF_RANGE;
    }
    return (node.withinNs() | node.second() | node.instrumentId()) < 0 ? ReasonCode.OUT_OF_RANGE : ReasonCode.OK;
  }
}
