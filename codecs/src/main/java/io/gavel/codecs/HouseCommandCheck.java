package io.gavel.codecs;

import io.gavel.codecs.sbe.AccountKind;
import io.gavel.codecs.sbe.AdvanceTimeDecoder;
import io.gavel.codecs.sbe.CreateAccountDecoder;
import io.gavel.codecs.sbe.CreateAssetDecoder;
import io.gavel.codecs.sbe.CreateInstrumentDecoder;
import io.gavel.codecs.sbe.DegradedCause;
import io.gavel.codecs.sbe.DegradedDecoder;
import io.gavel.codecs.sbe.DepositDecoder;
import io.gavel.codecs.sbe.EngineConfigDecoder;
import io.gavel.codecs.sbe.FeeAsset;
import io.gavel.codecs.sbe.Flag;
import io.gavel.codecs.sbe.HaltMode;
import io.gavel.codecs.sbe.HaltScope;
import io.gavel.codecs.sbe.HoldFundsDecoder;
import io.gavel.codecs.sbe.InstrumentKind;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.ReleaseHoldDecoder;
import io.gavel.codecs.sbe.SetFeesDecoder;
import io.gavel.codecs.sbe.SetHaltDecoder;
import io.gavel.codecs.sbe.SetLimitsDecoder;
import io.gavel.codecs.sbe.SettleHoldDecoder;
import org.agrona.DirectBuffer;

/**
 * Field ranges of the commands that run the house: configuration, time, registries, money in and out, fees, limits and
 * halts. The body's size is already checked. One thread at a time.
 */
final class HouseCommandCheck {

  private final EngineConfigDecoder engineConfig = new EngineConfigDecoder();
  private final AdvanceTimeDecoder advanceTime = new AdvanceTimeDecoder();
  private final CreateAssetDecoder createAsset = new CreateAssetDecoder();
  private final CreateInstrumentDecoder createInstrument = new CreateInstrumentDecoder();
  private final CreateAccountDecoder createAccount = new CreateAccountDecoder();
  private final DepositDecoder deposit = new DepositDecoder();
  private final HoldFundsDecoder holdFunds = new HoldFundsDecoder();
  private final SettleHoldDecoder settleHold = new SettleHoldDecoder();
  private final ReleaseHoldDecoder releaseHold = new ReleaseHoldDecoder();
  private final SetFeesDecoder setFees = new SetFeesDecoder();
  private final SetLimitsDecoder setLimits = new SetLimitsDecoder();
  private final SetHaltDecoder setHalt = new SetHaltDecoder();
  private final DegradedDecoder degraded = new DegradedDecoder();
  private final SessionCommandCheck session = new SessionCommandCheck();

  ReasonCode check(final DirectBuffer buffer, final int body, final int templateId) {
    return switch (templateId) {
      case EngineConfigDecoder.TEMPLATE_ID -> check(
          engineConfig.wrap(buffer, body, EngineConfigDecoder.BLOCK_LENGTH, EngineConfigDecoder.SCHEMA_VERSION));
      case AdvanceTimeDecoder.TEMPLATE_ID -> check(
          advanceTime.wrap(buffer, body, AdvanceTimeDecoder.BLOCK_LENGTH, AdvanceTimeDecoder.SCHEMA_VERSION));
      case CreateAssetDecoder.TEMPLATE_ID -> check(
          createAsset.wrap(buffer, body, CreateAssetDecoder.BLOCK_LENGTH, CreateAssetDecoder.SCHEMA_VERSION));
      case CreateInstrumentDecoder.TEMPLATE_ID -> check(createInstrument.wrap(
          buffer, body, CreateInstrumentDecoder.BLOCK_LENGTH, CreateInstrumentDecoder.SCHEMA_VERSION));
      case CreateAccountDecoder.TEMPLATE_ID -> check(
          createAccount.wrap(buffer, body, CreateAccountDecoder.BLOCK_LENGTH, CreateAccountDecoder.SCHEMA_VERSION));
      case DepositDecoder.TEMPLATE_ID -> check(
          deposit.wrap(buffer, body, DepositDecoder.BLOCK_LENGTH, DepositDecoder.SCHEMA_VERSION));
      case HoldFundsDecoder.TEMPLATE_ID -> check(
          holdFunds.wrap(buffer, body, HoldFundsDecoder.BLOCK_LENGTH, HoldFundsDecoder.SCHEMA_VERSION));
      case SettleHoldDecoder.TEMPLATE_ID -> check(
          settleHold.wrap(buffer, body, SettleHoldDecoder.BLOCK_LENGTH, SettleHoldDecoder.SCHEMA_VERSION));
      case ReleaseHoldDecoder.TEMPLATE_ID -> FieldCheck.id(releaseHold.wrap(
          buffer, body, ReleaseHoldDecoder.BLOCK_LENGTH, ReleaseHoldDecoder.SCHEMA_VERSION).holdId());
      case SetFeesDecoder.TEMPLATE_ID -> check(
          setFees.wrap(buffer, body, SetFeesDecoder.BLOCK_LENGTH, SetFeesDecoder.SCHEMA_VERSION));
      case SetLimitsDecoder.TEMPLATE_ID -> check(
          setLimits.wrap(buffer, body, SetLimitsDecoder.BLOCK_LENGTH, SetLimitsDecoder.SCHEMA_VERSION));
      case SetHaltDecoder.TEMPLATE_ID -> check(
          setHalt.wrap(buffer, body, SetHaltDecoder.BLOCK_LENGTH, SetHaltDecoder.SCHEMA_VERSION));
      case DegradedDecoder.TEMPLATE_ID -> check(
          degraded.wrap(buffer, body, DegradedDecoder.BLOCK_LENGTH, DegradedDecoder.SCHEMA_VERSION));
      default -> session.check(buffer, body, templateId);
    };
  }

  private static ReasonCode check(final EngineConfigDecoder command) {
    final boolean positive = command.clockJumpMaxNs() > 0 && command.behaviourVersion() > 0
        && command.accountsMax() > 0 && command.assetsMax() > 0 && command.instrumentsMax() > 0
        && command.ordersMax() > 0 && command.rulesMax() > 0 && command.sessionsMax() > 0
        && command.answersPerSession() > 0 && command.fillsPerChunk() > 0 && command.balancesMax() > 0
        && command.holdsMax() > 0;
    return positive && command.activationDelayNs() >= 0 ? ReasonCode.OK : ReasonCode.OUT_OF_RANGE;
  }

  private static ReasonCode check(final AdvanceTimeDecoder command) {
    return command.timeNs() < 0 ? ReasonCode.OUT_OF_RANGE : ReasonCode.OK;
  }

  private static ReasonCode check(final CreateAssetDecoder command) {
    if (command.assetId() <= 0) {
      return ReasonCode.OUT_OF_RANGE;
    }
    if (command.scale() > DecimalText.SCALE_MAX) {
      return ReasonCode.SCALE_OUT_OF_RANGE;
    }
    return FieldCheck.isName(command.symbol()) ? ReasonCode.OK : ReasonCode.NAME_INVALID;
  }

  private static ReasonCode check(final CreateInstrumentDecoder command) {
    if (FieldCheck.isUnknown(command.kind(), InstrumentKind.SBE_UNKNOWN, InstrumentKind.NULL_VAL)
        || FieldCheck.isUnknown(command.feeAsset(), FeeAsset.SBE_UNKNOWN, FeeAsset.NULL_VAL)) {
      return ReasonCode.UNKNOWN_ENUM;
    }
    if (command.instrumentId() <= 0 || command.baseAssetId() < 0 || command.quoteAssetId() < 0
        || command.markUnitsPerTick() <= 0 || command.tickSizeE10() <= 0 || command.lotSizeE10() <= 0) {
      return ReasonCode.OUT_OF_RANGE;
    }
    if (!FieldCheck.isName(command.symbol())) {
      return ReasonCode.NAME_INVALID;
    }
    if (!FieldCheck.isFee(command.makerFeeE8()) || !FieldCheck.isFee(command.takerFeeE8())) {
      return ReasonCode.FEE_OUT_OF_RANGE;
    }
    if (command.protectionBps() < 0) {
      return ReasonCode.PROTECTION_OUT_OF_RANGE;
    }
    final boolean limits = command.collarBps() >= 0 && command.minLots() >= 0 && command.maxLots() >= 0
        && command.minNotionalUnits() >= 0 && command.maxNotionalUnits() >= 0;
    if (!limits) {
      return ReasonCode.LIMITS_INVALID;
    }
    final boolean terms = command.settleAssetId() >= 0 && command.multiplierE10() >= 0
        && command.expiryTimeNs() >= 0 && command.strikeTicks() >= 0 && command.indexInstrumentId() >= 0
        && command.settlementWindowNs() >= 0;
    return terms ? ReasonCode.OK : ReasonCode.CONTRACT_TERMS_INVALID;
  }

  private static ReasonCode check(final CreateAccountDecoder command) {
    if (FieldCheck.isUnknown(command.kind(), AccountKind.SBE_UNKNOWN, AccountKind.NULL_VAL)) {
      return ReasonCode.UNKNOWN_ENUM;
    }
    if (0 == command.header().account()) {
      return ReasonCode.OUT_OF_RANGE;
    }
    return FieldCheck.isName(command.name()) ? ReasonCode.OK : ReasonCode.NAME_INVALID;
  }

  private static ReasonCode check(final DepositDecoder command) {
    if (command.assetId() < 0 || command.basisInstrumentId() < 0) {
      return ReasonCode.OUT_OF_RANGE;
    }
    if (command.amountUnits() <= 0) {
      return ReasonCode.AMOUNT_NOT_POSITIVE;
    }
    return command.basisPriceTicks() < 0 ? ReasonCode.PRICE_NOT_POSITIVE : ReasonCode.OK;
  }

  private static ReasonCode check(final HoldFundsDecoder command) {
    if (command.assetId() < 0) {
      return ReasonCode.OUT_OF_RANGE;
    }
    return command.amountUnits() <= 0 ? ReasonCode.AMOUNT_NOT_POSITIVE : ReasonCode.OK;
  }

  private static ReasonCode check(final SettleHoldDecoder command) {
    if (command.holdId() < 0) {
      return ReasonCode.OUT_OF_RANGE;
    }
    return command.amountUnits() < 0 ? ReasonCode.AMOUNT_NOT_POSITIVE : ReasonCode.OK;
  }

  private static ReasonCode check(final SetFeesDecoder command) {
    if (command.instrumentId() < 0) {
      return ReasonCode.OUT_OF_RANGE;
    }
    return FieldCheck.isFee(command.makerFeeE8()) && FieldCheck.isFee(command.takerFeeE8())
        ? ReasonCode.OK : ReasonCode.FEE_OUT_OF_RANGE;
  }

  private static ReasonCode check(final SetLimitsDecoder command) {
    if (command.instrumentId() < 0) {
      return ReasonCode.OUT_OF_RANGE;
    }
    final boolean limits = command.collarBps() >= 0 && command.minLots() >= 0 && command.maxLots() >= 0
        && command.minNotionalUnits() >= 0 && command.maxNotionalUnits() >= 0;
    return limits ? ReasonCode.OK : ReasonCode.LIMITS_INVALID;
  }

  private static ReasonCode check(final SetHaltDecoder command) {
    if (FieldCheck.isUnknown(command.scope(), HaltScope.SBE_UNKNOWN, HaltScope.NULL_VAL)
        || FieldCheck.isUnknown(command.on(), Flag.SBE_UNKNOWN, Flag.NULL_VAL)
        || FieldCheck.isUnknown(command.mode(), HaltMode.SBE_UNKNOWN, HaltMode.NULL_VAL)) {
      return ReasonCode.UNKNOWN_ENUM;
    }
    return FieldCheck.id(command.instrumentId() | command.groupId());
  }

  private static ReasonCode check(final DegradedDecoder command) {
    return FieldCheck.isUnknown(command.on(), Flag.SBE_UNKNOWN, Flag.NULL_VAL)
        || FieldCheck.isUnknown(command.cause(), DegradedCause.SBE_UNKNOWN, DegradedCause.NULL_VAL)
        ? ReasonCode.UNKNOWN_ENUM : ReasonCode.OK;
  }
}
