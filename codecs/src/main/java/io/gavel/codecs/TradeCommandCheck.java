package io.gavel.codecs;

import io.gavel.codecs.sbe.AmendOrderDecoder;
import io.gavel.codecs.sbe.AmendRuleDecoder;
import io.gavel.codecs.sbe.ArmRuleDecoder;
import io.gavel.codecs.sbe.CancelOrderDecoder;
import io.gavel.codecs.sbe.CancelRuleDecoder;
import io.gavel.codecs.sbe.CancelScope;
import io.gavel.codecs.sbe.Flag;
import io.gavel.codecs.sbe.MassCancelDecoder;
import io.gavel.codecs.sbe.OrdType;
import io.gavel.codecs.sbe.PlaceOrderDecoder;
import io.gavel.codecs.sbe.PositionSide;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.SetPriceDecoder;
import io.gavel.codecs.sbe.Side;
import io.gavel.codecs.sbe.StpMode;
import io.gavel.codecs.sbe.TapePrintDecoder;
import io.gavel.codecs.sbe.TimeInForce;
import org.agrona.DirectBuffer;

/**
 * Field ranges of the commands that trade: orders, rules, prices and prints. Zero means "none" in many of their fields
 * and passes here; whether it may stand beside the other fields is the business of risk and of the rooms behind it. The
 * body's size is already checked. One thread at a time.
 */
final class TradeCommandCheck {

  private final PlaceOrderDecoder placeOrder = new PlaceOrderDecoder();
  private final CancelOrderDecoder cancelOrder = new CancelOrderDecoder();
  private final MassCancelDecoder massCancel = new MassCancelDecoder();
  private final AmendOrderDecoder amendOrder = new AmendOrderDecoder();
  private final ArmRuleDecoder armRule = new ArmRuleDecoder();
  private final CancelRuleDecoder cancelRule = new CancelRuleDecoder();
  private final AmendRuleDecoder amendRule = new AmendRuleDecoder();
  private final SetPriceDecoder setPrice = new SetPriceDecoder();
  private final TapePrintDecoder tapePrint = new TapePrintDecoder();

  ReasonCode check(final DirectBuffer buffer, final int body, final int templateId) {
    return switch (templateId) {
      case PlaceOrderDecoder.TEMPLATE_ID -> check(
          placeOrder.wrap(buffer, body, PlaceOrderDecoder.BLOCK_LENGTH, PlaceOrderDecoder.SCHEMA_VERSION));
      case CancelOrderDecoder.TEMPLATE_ID -> check(
          cancelOrder.wrap(buffer, body, CancelOrderDecoder.BLOCK_LENGTH, CancelOrderDecoder.SCHEMA_VERSION));
      case MassCancelDecoder.TEMPLATE_ID -> check(
          massCancel.wrap(buffer, body, MassCancelDecoder.BLOCK_LENGTH, MassCancelDecoder.SCHEMA_VERSION));
      case AmendOrderDecoder.TEMPLATE_ID -> check(
          amendOrder.wrap(buffer, body, AmendOrderDecoder.BLOCK_LENGTH, AmendOrderDecoder.SCHEMA_VERSION));
      case ArmRuleDecoder.TEMPLATE_ID -> RuleCommandCheck.check(
          armRule.wrap(buffer, body, ArmRuleDecoder.BLOCK_LENGTH, ArmRuleDecoder.SCHEMA_VERSION));
      case CancelRuleDecoder.TEMPLATE_ID -> check(
          cancelRule.wrap(buffer, body, CancelRuleDecoder.BLOCK_LENGTH, CancelRuleDecoder.SCHEMA_VERSION));
      case AmendRuleDecoder.TEMPLATE_ID -> check(
          amendRule.wrap(buffer, body, AmendRuleDecoder.BLOCK_LENGTH, AmendRuleDecoder.SCHEMA_VERSION));
      case SetPriceDecoder.TEMPLATE_ID -> check(
          setPrice.wrap(buffer, body, SetPriceDecoder.BLOCK_LENGTH, SetPriceDecoder.SCHEMA_VERSION));
      case TapePrintDecoder.TEMPLATE_ID -> check(
          tapePrint.wrap(buffer, body, TapePrintDecoder.BLOCK_LENGTH, TapePrintDecoder.SCHEMA_VERSION));
      default -> ReasonCode.UNKNOWN_TEMPLATE;
    };
  }

  private static ReasonCode check(final PlaceOrderDecoder command) {
    if (FieldCheck.isUnknown(command.side(), Side.SBE_UNKNOWN, Side.NULL_VAL)
        || FieldCheck.isUnknown(command.ordType(), OrdType.SBE_UNKNOWN, OrdType.NULL_VAL)
        || FieldCheck.isUnknown(command.timeInForce(), TimeInForce.SBE_UNKNOWN, TimeInForce.NULL_VAL)
        || FieldCheck.isUnknown(command.stpMode(), StpMode.SBE_UNKNOWN, StpMode.NULL_VAL)
        || FieldCheck.isUnknown(command.postOnly(), Flag.SBE_UNKNOWN, Flag.NULL_VAL)
        || FieldCheck.isUnknown(command.hidden(), Flag.SBE_UNKNOWN, Flag.NULL_VAL)
        || FieldCheck.isUnknown(command.reduceOnly(), Flag.SBE_UNKNOWN, Flag.NULL_VAL)
        || FieldCheck.isUnknown(command.positionSide(), PositionSide.SBE_UNKNOWN, PositionSide.NULL_VAL)) {
      return ReasonCode.UNKNOWN_ENUM;
    }
    if (!FieldCheck.isNameOrNone(command.clOrdId())) {
      return ReasonCode.NAME_INVALID;
    }
    if (command.instrumentId() < 0) {
      return ReasonCode.OUT_OF_RANGE;
    }
    if (command.limitPriceTicks() < 0) {
      return ReasonCode.PRICE_NOT_POSITIVE;
    }
    if (command.quantityLots() < 0) {
      return ReasonCode.SIZE_NOT_POSITIVE;
    }
    if (command.quoteAmountUnits() < 0) {
      return ReasonCode.AMOUNT_NOT_POSITIVE;
    }
    if (command.protectionBps() < 0) {
      return ReasonCode.PROTECTION_OUT_OF_RANGE;
    }
    if (command.displayLots() < 0) {
      return ReasonCode.DISPLAY_INVALID;
    }
    return command.expireTimeNs() < 0 ? ReasonCode.EXPIRE_TIME_INVALID : ReasonCode.OK;
  }

  private static ReasonCode check(final CancelOrderDecoder command) {
    return FieldCheck.isNameOrNone(command.clOrdId()) ? FieldCheck.id(command.orderId()) : ReasonCode.NAME_INVALID;
  }

  private static ReasonCode check(final MassCancelDecoder command) {
    if (FieldCheck.isUnknown(command.scope(), CancelScope.SBE_UNKNOWN, CancelScope.NULL_VAL)) {
      return ReasonCode.UNKNOWN_ENUM;
    }
    return FieldCheck.id(command.instrumentId());
  }

  private static ReasonCode check(final AmendOrderDecoder command) {
    if (!FieldCheck.isNameOrNone(command.clOrdId())) {
      return ReasonCode.NAME_INVALID;
    }
    if (command.orderId() < 0) {
      return ReasonCode.OUT_OF_RANGE;
    }
    if (command.newQuantityLots() < 0) {
      return ReasonCode.SIZE_NOT_POSITIVE;
    }
    return command.newLimitPriceTicks() < 0 ? ReasonCode.PRICE_NOT_POSITIVE : ReasonCode.OK;
  }

  private static ReasonCode check(final CancelRuleDecoder command) {
    return FieldCheck.isNameOrNone(command.clRuleId()) ? FieldCheck.id(command.ruleId()) : ReasonCode.NAME_INVALID;
  }

  private static ReasonCode check(final AmendRuleDecoder command) {
    if (!FieldCheck.isNameOrNone(command.clRuleId())) {
      return ReasonCode.NAME_INVALID;
    }
    if (command.ruleId() < 0 || command.legIndex() < 0 || command.legIndex() >= CommandValidator.LEGS_MAX
        || command.nodeNumber() < 0 || command.nodeNumber() > CommandValidator.NODES_MAX) {
      return ReasonCode.OUT_OF_RANGE;
    }
    if (command.newQuantityLots() < 0) {
      return ReasonCode.SIZE_NOT_POSITIVE;
    }
    if (command.newLevelTicks() < 0 || command.newChildLimitTicks() < 0) {
      return ReasonCode.PRICE_NOT_POSITIVE;
    }
    return FieldCheck.isShare(command.newTrailRatioE8()) && command.newTrailSpreadTicks() >= 0
        ? ReasonCode.OK : ReasonCode.TRAIL_DISTANCE_INVALID;
  }

  private static ReasonCode check(final SetPriceDecoder command) {
    if (FieldCheck.isUnknown(command.source(), PriceSource.SBE_UNKNOWN, PriceSource.NULL_VAL)) {
      return ReasonCode.UNKNOWN_ENUM;
    }
    if (command.instrumentId() < 0) {
      return ReasonCode.OUT_OF_RANGE;
    }
    return command.priceUnits() < 0 ? ReasonCode.PRICE_NOT_POSITIVE : ReasonCode.OK;
  }

  private static ReasonCode check(final TapePrintDecoder command) {
    if (command.instrumentId() < 0 || command.slippageTicks() < 0) {
      return ReasonCode.OUT_OF_RANGE;
    }
    if (command.priceTicks() <= 0) {
      return ReasonCode.PRICE_NOT_POSITIVE;
    }
    if (command.sizeLots() < 0) {
      return ReasonCode.SIZE_NOT_POSITIVE;
    }
    return FieldCheck.isShare(command.shareE8()) ? ReasonCode.OK : ReasonCode.SHARE_OUT_OF_RANGE;
  }
}
