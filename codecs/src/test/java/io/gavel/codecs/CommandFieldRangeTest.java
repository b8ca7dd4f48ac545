package io.gavel.codecs;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gavel.codecs.sbe.ArmRuleDecoder;
import io.gavel.codecs.sbe.CommandHeaderDecoder;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.Text32Decoder;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/**
 * Goal: every field of every command has an answer to its extremes. Method: the fields are read off the generated
 * decoders, so that a new one without a row in the table fails; each is overwritten in a valid frame.
 */
class CommandFieldRangeTest {

  /** Command.field: the answer to the smallest value, -1, 0, 1 and the largest; "ok" is OK. */
  private static final String TABLE = """
      Header.sessionId                    OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      Header.sessionSequence              OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      Header.correlationId                ok ok ok ok ok
      Header.account                      OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      Header.expiryTimeNs                 OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      EngineConfig.activationDelayNs      OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      EngineConfig.clockJumpMaxNs         OUT_OF_RANGE OUT_OF_RANGE OUT_OF_RANGE ok ok
      EngineConfig.behaviourVersion       OUT_OF_RANGE OUT_OF_RANGE OUT_OF_RANGE ok ok
      EngineConfig.accountsMax            OUT_OF_RANGE OUT_OF_RANGE OUT_OF_RANGE ok ok
      EngineConfig.assetsMax              OUT_OF_RANGE OUT_OF_RANGE OUT_OF_RANGE ok ok
      EngineConfig.instrumentsMax         OUT_OF_RANGE OUT_OF_RANGE OUT_OF_RANGE ok ok
      EngineConfig.ordersMax              OUT_OF_RANGE OUT_OF_RANGE OUT_OF_RANGE ok ok
      EngineConfig.rulesMax               OUT_OF_RANGE OUT_OF_RANGE OUT_OF_RANGE ok ok
      EngineConfig.sessionsMax            OUT_OF_RANGE OUT_OF_RANGE OUT_OF_RANGE ok ok
      EngineConfig.answersPerSession      OUT_OF_RANGE OUT_OF_RANGE OUT_OF_RANGE ok ok
      EngineConfig.fillsPerChunk          OUT_OF_RANGE OUT_OF_RANGE OUT_OF_RANGE ok ok
      EngineConfig.balancesMax            OUT_OF_RANGE OUT_OF_RANGE OUT_OF_RANGE ok ok
      EngineConfig.holdsMax               OUT_OF_RANGE OUT_OF_RANGE OUT_OF_RANGE ok ok
      AdvanceTime.timeNs                  OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      CreateAsset.assetId                 OUT_OF_RANGE OUT_OF_RANGE OUT_OF_RANGE ok ok
      CreateAsset.scale                   ok SCALE_OUT_OF_RANGE ok ok SCALE_OUT_OF_RANGE
      CreateAsset.externalDecimals        ok ok ok ok ok
      CreateInstrument.instrumentId       OUT_OF_RANGE OUT_OF_RANGE OUT_OF_RANGE ok ok
      CreateInstrument.baseAssetId        OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      CreateInstrument.quoteAssetId       OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      CreateInstrument.makerFeeE8         FEE_OUT_OF_RANGE ok ok ok FEE_OUT_OF_RANGE
      CreateInstrument.takerFeeE8         FEE_OUT_OF_RANGE ok ok ok FEE_OUT_OF_RANGE
      CreateInstrument.markUnitsPerTick   OUT_OF_RANGE OUT_OF_RANGE OUT_OF_RANGE ok ok
      CreateInstrument.protectionBps      PROTECTION_OUT_OF_RANGE PROTECTION_OUT_OF_RANGE ok ok ok
      CreateInstrument.collarBps          LIMITS_INVALID LIMITS_INVALID ok ok ok
      CreateInstrument.tickSizeE10        OUT_OF_RANGE OUT_OF_RANGE OUT_OF_RANGE ok ok
      CreateInstrument.lotSizeE10         OUT_OF_RANGE OUT_OF_RANGE OUT_OF_RANGE ok ok
      CreateInstrument.minLots            LIMITS_INVALID LIMITS_INVALID ok ok ok
      CreateInstrument.maxLots            LIMITS_INVALID LIMITS_INVALID ok ok ok
      CreateInstrument.minNotionalUnits   LIMITS_INVALID LIMITS_INVALID ok ok ok
      CreateInstrument.maxNotionalUnits   LIMITS_INVALID LIMITS_INVALID ok ok ok
      CreateInstrument.settleAssetId      CONTRACT_TERMS_INVALID CONTRACT_TERMS_INVALID ok ok ok
      CreateInstrument.multiplierE10      CONTRACT_TERMS_INVALID CONTRACT_TERMS_INVALID ok ok ok
      CreateInstrument.expiryTimeNs       CONTRACT_TERMS_INVALID CONTRACT_TERMS_INVALID ok ok ok
      CreateInstrument.strikeTicks        CONTRACT_TERMS_INVALID CONTRACT_TERMS_INVALID ok ok ok
      CreateInstrument.indexInstrumentId  CONTRACT_TERMS_INVALID CONTRACT_TERMS_INVALID ok ok ok
      CreateInstrument.settlementWindowNs CONTRACT_TERMS_INVALID CONTRACT_TERMS_INVALID ok ok ok
      Deposit.assetId                     OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      Deposit.basisInstrumentId           OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      Deposit.amountUnits                 AMOUNT_NOT_POSITIVE AMOUNT_NOT_POSITIVE AMOUNT_NOT_POSITIVE ok ok
      Deposit.basisPriceTicks             PRICE_NOT_POSITIVE PRICE_NOT_POSITIVE ok ok ok
      HoldFunds.assetId                   OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      HoldFunds.amountUnits               AMOUNT_NOT_POSITIVE AMOUNT_NOT_POSITIVE AMOUNT_NOT_POSITIVE ok ok
      SettleHold.holdId                   OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      SettleHold.amountUnits              AMOUNT_NOT_POSITIVE AMOUNT_NOT_POSITIVE ok ok ok
      ReleaseHold.holdId                  OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      PlaceOrder.instrumentId             OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      PlaceOrder.limitPriceTicks          PRICE_NOT_POSITIVE PRICE_NOT_POSITIVE ok ok ok
      PlaceOrder.protectionBps            PROTECTION_OUT_OF_RANGE PROTECTION_OUT_OF_RANGE ok ok ok
      PlaceOrder.quantityLots             SIZE_NOT_POSITIVE SIZE_NOT_POSITIVE ok ok ok
      PlaceOrder.quoteAmountUnits         AMOUNT_NOT_POSITIVE AMOUNT_NOT_POSITIVE ok ok ok
      PlaceOrder.expireTimeNs             EXPIRE_TIME_INVALID EXPIRE_TIME_INVALID ok ok ok
      PlaceOrder.displayLots              DISPLAY_INVALID DISPLAY_INVALID ok ok ok
      CancelOrder.orderId                 OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      MassCancel.instrumentId             OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      AmendOrder.orderId                  OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      AmendOrder.newQuantityLots          SIZE_NOT_POSITIVE SIZE_NOT_POSITIVE ok ok ok
      AmendOrder.newLimitPriceTicks       PRICE_NOT_POSITIVE PRICE_NOT_POSITIVE ok ok ok
      ArmRule.instrumentId                OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      ArmRule.shareE8                     SHARE_OUT_OF_RANGE SHARE_OUT_OF_RANGE ok ok SHARE_OUT_OF_RANGE
      ArmRule.quantityLots                SIZE_NOT_POSITIVE SIZE_NOT_POSITIVE ok ok ok
      ArmRule.startTimeNs                 WINDOW_INVALID WINDOW_INVALID ok ok ok
      ArmRule.endTimeNs                   WINDOW_INVALID WINDOW_INVALID ok ok ok
      Legs.levelTicks                     PRICE_NOT_POSITIVE PRICE_NOT_POSITIVE ok ok ok
      Legs.trailRatioE8                   TRAIL_DISTANCE_INVALID TRAIL_DISTANCE_INVALID ok ok TRAIL_DISTANCE_INVALID
      Legs.trailSpreadTicks               TRAIL_DISTANCE_INVALID TRAIL_DISTANCE_INVALID ok ok ok
      Legs.activationTicks                PRICE_NOT_POSITIVE PRICE_NOT_POSITIVE ok ok ok
      Legs.childLimitTicks                PRICE_NOT_POSITIVE PRICE_NOT_POSITIVE ok ok ok
      Legs.protectionBps                  PROTECTION_OUT_OF_RANGE PROTECTION_OUT_OF_RANGE ok ok ok
      ArmRule.parentId                    OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      ArmRule.coolDownNs                  OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      ArmRule.updatesRuleId               OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      ArmRule.reviewNs                    OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      ArmRule.durationNs                  OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      ArmRule.intervalNs                  OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      ArmRule.participationE8             SHARE_OUT_OF_RANGE SHARE_OUT_OF_RANGE ok ok SHARE_OUT_OF_RANGE
      ArmRule.collarE8                    SHARE_OUT_OF_RANGE SHARE_OUT_OF_RANGE ok ok SHARE_OUT_OF_RANGE
      ArmRule.depthShareE8                SHARE_OUT_OF_RANGE SHARE_OUT_OF_RANGE ok ok SHARE_OUT_OF_RANGE
      ArmRule.toleranceE8                 SHARE_OUT_OF_RANGE SHARE_OUT_OF_RANGE ok ok SHARE_OUT_OF_RANGE
      ArmRule.sliceLots                   SIZE_NOT_POSITIVE SIZE_NOT_POSITIVE ok ok ok
      ArmRule.forecastLots                SIZE_NOT_POSITIVE SIZE_NOT_POSITIVE ok ok ok
      ArmRule.stepNs                      OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      ArmRule.hedgeRatioE8                OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      ArmRule.holdId                      OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      ArmRule.priority                    OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      ArmRule.updatesLevelTicks           PRICE_NOT_POSITIVE PRICE_NOT_POSITIVE ok ok ok
      ArmRule.firstTicks                  PRICE_NOT_POSITIVE PRICE_NOT_POSITIVE ok ok ok
      ArmRule.lastTicks                   PRICE_NOT_POSITIVE PRICE_NOT_POSITIVE ok ok ok
      ArmRule.orderCount                  OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      ArmRule.offsetTicks                 OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      ArmRule.repricesMax                 OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      ArmRule.widerBps                    PROTECTION_OUT_OF_RANGE PROTECTION_OUT_OF_RANGE ok ok ok
      ArmRule.hedgeInstrumentId           OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      Legs.target                         AMOUNT_NOT_POSITIVE AMOUNT_NOT_POSITIVE ok ok ok
      Legs.ratchetTicks                   TRAIL_DISTANCE_INVALID TRAIL_DISTANCE_INVALID ok ok ok
      Nodes.withinNs                      OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      Nodes.second                        OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      Nodes.instrumentId                  OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      Nodes.threshold                     ok ok ok ok ok
      Nodes.parent                        ok ok ok ok ok
      Nodes.need                          ok OUT_OF_RANGE ok ok OUT_OF_RANGE
      Curve.weight                        OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      CancelRule.ruleId                   OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      AmendRule.ruleId                    OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      AmendRule.newQuantityLots           SIZE_NOT_POSITIVE SIZE_NOT_POSITIVE ok ok ok
      AmendRule.legIndex                  OUT_OF_RANGE OUT_OF_RANGE ok ok OUT_OF_RANGE
      AmendRule.newLevelTicks             PRICE_NOT_POSITIVE PRICE_NOT_POSITIVE ok ok ok
      AmendRule.newTrailRatioE8           TRAIL_DISTANCE_INVALID TRAIL_DISTANCE_INVALID ok ok TRAIL_DISTANCE_INVALID
      AmendRule.newTrailSpreadTicks       TRAIL_DISTANCE_INVALID TRAIL_DISTANCE_INVALID ok ok ok
      AmendRule.newChildLimitTicks        PRICE_NOT_POSITIVE PRICE_NOT_POSITIVE ok ok ok
      AmendRule.newThreshold              ok ok ok ok ok
      AmendRule.nodeNumber                OUT_OF_RANGE OUT_OF_RANGE ok ok OUT_OF_RANGE
      SetPrice.instrumentId               OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      SetPrice.priceUnits                 PRICE_NOT_POSITIVE PRICE_NOT_POSITIVE ok ok ok
      TapePrint.instrumentId              OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      TapePrint.priceTicks                PRICE_NOT_POSITIVE PRICE_NOT_POSITIVE PRICE_NOT_POSITIVE ok ok
      TapePrint.sizeLots                  SIZE_NOT_POSITIVE SIZE_NOT_POSITIVE ok ok ok
      TapePrint.shareE8                   SHARE_OUT_OF_RANGE SHARE_OUT_OF_RANGE ok ok SHARE_OUT_OF_RANGE
      TapePrint.slippageTicks             OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      SetFees.instrumentId                OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      SetFees.makerFeeE8                  FEE_OUT_OF_RANGE ok ok ok FEE_OUT_OF_RANGE
      SetFees.takerFeeE8                  FEE_OUT_OF_RANGE ok ok ok FEE_OUT_OF_RANGE
      SetLimits.instrumentId              OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      SetLimits.collarBps                 LIMITS_INVALID LIMITS_INVALID ok ok ok
      SetLimits.minLots                   LIMITS_INVALID LIMITS_INVALID ok ok ok
      SetLimits.maxLots                   LIMITS_INVALID LIMITS_INVALID ok ok ok
      SetLimits.minNotionalUnits          LIMITS_INVALID LIMITS_INVALID ok ok ok
      SetLimits.maxNotionalUnits          LIMITS_INVALID LIMITS_INVALID ok ok ok
      SetHalt.instrumentId                OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      SetHalt.groupId                     OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      SetSession.callEndTimeNs            OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      SetSession.instrumentId             OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      SetSession.referenceTicks           OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      SetVolatilityGuard.callNs           OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      SetVolatilityGuard.horizonNs        OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      SetVolatilityGuard.instrumentId     OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      SetVolatilityGuard.bandBps          OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      CancelAllAfter.timeoutNs            COUNTDOWN_OUT_OF_RANGE COUNTDOWN_OUT_OF_RANGE ok ok ok
      CancelOnDisconnect.sessionId        OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      Disconnect.sessionId                OUT_OF_RANGE OUT_OF_RANGE OUT_OF_RANGE ok ok
      GrowCapacity.ordersMax              OUT_OF_RANGE OUT_OF_RANGE OUT_OF_RANGE ok ok
      GrowCapacity.tradesKept             OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      SetAccountLimits.stpGroup           OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      SetAccountLimits.openOrdersMax      OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      SetAccountLimits.openRulesMax       OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      SetAccountLimits.ratePerSecond      OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      SetAccountLimits.rateBurst          OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      Quarantine.sequence                 OUT_OF_RANGE OUT_OF_RANGE OUT_OF_RANGE OUT_OF_RANGE ok
      Quarantine.chain                    ok ok ok ok ok
      Quarantine.incident                 OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      Quarantine.keyId                    ok ok ok ok ok
      Quarantine.crc32c                   ok ok ok ok ok
      GrantKey.sessionId                  OUT_OF_RANGE OUT_OF_RANGE OUT_OF_RANGE ok ok
      GrantKey.principalId                OUT_OF_RANGE OUT_OF_RANGE OUT_OF_RANGE ok ok
      GrantKey.expiryTimeNs               OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      GrantKey.commandMaxUnits            OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      GrantKey.windowMaxUnits             OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      GrantKey.windowNs                   OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      GrantKey.notionalAssetId            OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      GrantKey.ratePerSecond              OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      GrantKey.rateBurst                  OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      GrantKey.scopes                     OUT_OF_RANGE OUT_OF_RANGE OUT_OF_RANGE ok OUT_OF_RANGE
      RevokeKey.sessionId                 OUT_OF_RANGE OUT_OF_RANGE OUT_OF_RANGE ok ok
      SetSecurity.engineId                OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      SetSecurity.dualTemplates           OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      SetSecurity.delayNs                 OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      SetSecurity.timeToLiveNs            OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      Approve.proposalId                  OUT_OF_RANGE OUT_OF_RANGE OUT_OF_RANGE ok ok
      SetPriceRule.staleNs                OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      SetPriceRule.futureNs               OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      SetPriceRule.excludeNs              OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      SetPriceRule.readmitNs              OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      SetPriceRule.halfLifeNs             OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      SetPriceRule.windowNs               OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      SetPriceRule.raiseIntervalNs        OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      SetPriceRule.floorUnits             OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      SetPriceRule.ceilUnits              OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      SetPriceRule.instrumentId           OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      SetPriceRule.sourceId               OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      SetPriceRule.quorum                 OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      SetPriceRule.deviationE8            OUT_OF_RANGE OUT_OF_RANGE ok ok OUT_OF_RANGE
      SetPriceRule.readmitBandE8          OUT_OF_RANGE OUT_OF_RANGE ok ok OUT_OF_RANGE
      SetPriceRule.confidenceMinE8        OUT_OF_RANGE OUT_OF_RANGE ok ok OUT_OF_RANGE
      SetPriceRule.moveMaxE8              OUT_OF_RANGE OUT_OF_RANGE ok ok OUT_OF_RANGE
      SetPriceRule.bandE8                 OUT_OF_RANGE OUT_OF_RANGE ok ok OUT_OF_RANGE
      SetPriceRule.raiseMaxE8             OUT_OF_RANGE OUT_OF_RANGE ok ok OUT_OF_RANGE
      PriceQuote.priceUnits               PRICE_NOT_POSITIVE PRICE_NOT_POSITIVE PRICE_NOT_POSITIVE ok ok
      PriceQuote.sourceTimeNs             OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      PriceQuote.instrumentId             OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      PriceQuote.sourceId                 OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      PriceQuote.confidenceE8             OUT_OF_RANGE OUT_OF_RANGE ok ok OUT_OF_RANGE
      SetFunding.intervalNs               OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      SetFunding.periodNs                 OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      SetFunding.interestE10              ok ok ok ok ok
      SetFunding.dampE10                  OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      SetFunding.capE10                   OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      SetFunding.stepMaxE10               OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      SetFunding.rateE10                  ok ok ok ok ok
      SetFunding.instrumentId             OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      SetInterest.intervalNs              OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      SetInterest.baseRateE10             OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      SetInterest.slopeE10                OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      SetInterest.slopeAboveE10           OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      SetInterest.assetId                 OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      SetInterest.kinkE8                  OUT_OF_RANGE OUT_OF_RANGE ok ok OUT_OF_RANGE
      SetInterest.reserveE8               OUT_OF_RANGE OUT_OF_RANGE ok ok OUT_OF_RANGE
      SetMargin.instrumentId              OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      SetMargin.leverageMaxE2             ok ok ok ok ok
      SetMargin.lotsPerSize               ok ok ok ok ok
      SetMargin.openInterestLowUnits      ok ok ok ok ok
      SetMargin.openInterestHighUnits     ok ok ok ok ok
      SetMargin.stepNs                    OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      SetMargin.accountsPerStep           OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      SetMargin.initialSlopeE8            ok ok ok ok ok
      SetMargin.maintenanceSlopeE8        ok ok ok ok ok
      SetCollateral.assetId               OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      SetCollateral.instrumentId          OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      SetCollateral.amountPerSize         ok ok ok ok ok
      SetCollateral.concentrationStartUnits ok ok ok ok ok
      SetCollateral.debtWeightE8          ok ok ok ok ok
      SetCollateral.factorE6              ok ok ok ok ok
      SetLeverage.instrumentId            OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      SetLeverage.leverageE2              OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      AdjustMargin.amountUnits            ok ok ok ok ok
      AdjustMargin.instrumentId           OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      SetOptionVolatility.volatilityE8    OUT_OF_RANGE OUT_OF_RANGE OUT_OF_RANGE ok ok
      SetOptionVolatility.rateE8          ok ok ok ok ok
      SetOptionVolatility.instrumentId    OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      SetOptionVolatility.forwardInstrumentId OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      SetPortfolioMargin.valueE8          ok ok ok ok ok
      SetPortfolioMargin.instrumentId     OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      SetPortfolioMargin.parameter        OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      FundHouse.amountUnits               AMOUNT_NOT_POSITIVE ok AMOUNT_NOT_POSITIVE ok ok
      FundHouse.assetId                   OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      SetLiquidation.backstopAccount      OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      SetLiquidation.retryNs              LIQUIDATION_INVALID LIQUIDATION_INVALID ok ok ok
      SetLiquidation.fundAccountMaxUnits  LIQUIDATION_INVALID LIQUIDATION_INVALID ok ok ok
      SetLiquidation.fundMaxUnits         LIQUIDATION_INVALID LIQUIDATION_INVALID ok ok ok
      SetLiquidation.fundIntervalMaxUnits LIQUIDATION_INVALID LIQUIDATION_INVALID ok ok ok
      SetLiquidation.intervalNs           LIQUIDATION_INVALID LIQUIDATION_INVALID ok ok ok
      SetLiquidation.backstopLossMaxUnits LIQUIDATION_INVALID LIQUIDATION_INVALID ok ok ok
      SetLiquidation.instrumentId         OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      SetLiquidation.collarBps            LIQUIDATION_INVALID LIQUIDATION_INVALID ok ok LIQUIDATION_INVALID
      SetLiquidation.depthShareBps        LIQUIDATION_INVALID LIQUIDATION_INVALID ok ok LIQUIDATION_INVALID
      SetLiquidation.partialBps           LIQUIDATION_INVALID LIQUIDATION_INVALID ok ok LIQUIDATION_INVALID
      SetLiquidation.attemptsMax          LIQUIDATION_INVALID LIQUIDATION_INVALID ok ok LIQUIDATION_INVALID
      SetLiquidation.insuranceFeeE6       LIQUIDATION_INVALID LIQUIDATION_INVALID ok ok LIQUIDATION_INVALID
      SettleInstrument.priceUnits         PRICE_NOT_POSITIVE PRICE_NOT_POSITIVE PRICE_NOT_POSITIVE ok ok
      SettleInstrument.instrumentId       OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      BustTrade.tradeId                   OUT_OF_RANGE OUT_OF_RANGE OUT_OF_RANGE ok ok
      BustTrade.fundMaxUnits              OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      BustTrade.fundBaseMaxUnits          OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      BustTrade.instrumentId              OUT_OF_RANGE OUT_OF_RANGE OUT_OF_RANGE ok ok
      AdjustTrade.tradeId                 OUT_OF_RANGE OUT_OF_RANGE OUT_OF_RANGE ok ok
      AdjustTrade.fundMaxUnits            OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      AdjustTrade.instrumentId            OUT_OF_RANGE OUT_OF_RANGE OUT_OF_RANGE ok ok
      AdjustTrade.priceTicks              PRICE_NOT_POSITIVE PRICE_NOT_POSITIVE PRICE_NOT_POSITIVE ok ok
      Compensate.key                      OUT_OF_RANGE OUT_OF_RANGE OUT_OF_RANGE ok ok
      Compensate.amountUnits              AMOUNT_NOT_POSITIVE AMOUNT_NOT_POSITIVE AMOUNT_NOT_POSITIVE ok ok
      Compensate.fundMaxUnits             OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      Compensate.tradeId                  OUT_OF_RANGE OUT_OF_RANGE OUT_OF_RANGE ok ok
      Compensate.assetId                  OUT_OF_RANGE OUT_OF_RANGE OUT_OF_RANGE ok ok
      Compensate.bestPriceTicks           OUT_OF_RANGE OUT_OF_RANGE OUT_OF_RANGE ok ok
      SetRiskLimits.limitValue            OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      SetRiskLimits.thresholdUnits        OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      SetRiskLimits.windowNs              OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      SetRiskLimits.durationNs            OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      SetRiskLimits.ageFromNs             OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      SetRiskLimits.ageBelowNs            OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      SetRiskLimits.row                   OUT_OF_RANGE OUT_OF_RANGE OUT_OF_RANGE ok ok
      SetRiskLimits.instrumentId          OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      SetRiskLimits.groupId               OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      SetRiskLimits.region                OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      SetRiskLimits.assetId               OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      SetRiskLimits.commandTemplateId     OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      SetRiskLimits.bandBps               OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      SetAccountProfile.openedTimeNs      OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      SetAccountProfile.groupId           OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      SetAccountProfile.region            OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      SetAccountProfile.leverageRow       OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      SelfExclude.untilTimeNs             OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      SetToken.navE6                      ok ok ok ok ok
      SetToken.leverageE8                 ok ok ok ok ok
      SetToken.thresholdE8                ok ok ok ok ok
      SetToken.dailyTimeNs                ok ok ok ok ok
      SetToken.skewScaleUnits             ok ok ok ok ok
      SetToken.unitsMax                   ok ok ok ok ok
      SetToken.collateralE8               ok ok ok ok ok
      SetToken.instrumentId               OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      SetToken.underlyingId               OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      SetToken.feeE8                      ok ok ok ok ok
      SetToken.dailyFeeE8                 ok ok ok ok ok
      SetToken.skewE8                     ok ok ok ok ok
      SubscribeToken.units                AMOUNT_NOT_POSITIVE AMOUNT_NOT_POSITIVE AMOUNT_NOT_POSITIVE ok ok
      SubscribeToken.limitUnits           OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      SubscribeToken.instrumentId         OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      RedeemToken.units                   AMOUNT_NOT_POSITIVE AMOUNT_NOT_POSITIVE AMOUNT_NOT_POSITIVE ok ok
      RedeemToken.limitUnits              OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      RedeemToken.instrumentId            OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      Review.ruleId                       OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      SetSignal.value                     ok ok ok ok ok
      SetSignal.untilNs                   OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      SetSignal.signalId                  OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      SetSignal.instrumentId              OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      SetPool.poolId                      OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      SetPool.baseUnits                   AMOUNT_NOT_POSITIVE AMOUNT_NOT_POSITIVE ok ok ok
      SetPool.quoteUnits                  AMOUNT_NOT_POSITIVE AMOUNT_NOT_POSITIVE ok ok ok
      SetPool.instrumentId                OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      SetPool.feeE8                       FEE_OUT_OF_RANGE FEE_OUT_OF_RANGE ok ok FEE_OUT_OF_RANGE
      SetPool.amplification               OUT_OF_RANGE OUT_OF_RANGE ok ok ok
      """;

  private final CommandValidator validator = new CommandValidator();

  /** A field of a frame: its name as in the table, its first byte, its length and its Java type. */
  private record Field(CommandFrames.Template template, String name, int offset, int length, Class<?> type) {
  }

  @Test
  void shouldAnswerTheExtremesOfEveryNumberAsInTheTable() throws ReflectiveOperationException {
    final Map<String, String> expected = new TreeMap<>();
    TABLE.lines().map(row -> row.split(" +", 2)).forEach(cells -> expected.put(cells[0], cells[1]));
    final Map<String, String> actual = new TreeMap<>();
    for (final Field field : fields()) {
      if (field.type.isPrimitive()) {
        final List<String> answers = new ArrayList<>();
        for (final long value : new long[] {smallest(field), -1, 0, 1, largest(field)}) {
          final ReasonCode answer = answer(field, value);
          answers.add(ReasonCode.OK == answer ? "ok" : answer.name());
        }
        if ("Header.account".equals(field.name) && "CreateAccount".equals(field.template.name())) {
          assertEquals("OUT_OF_RANGE", answers.set(2, "ok"), "account 0 cannot be opened");
        }
        final String answer = String.join(" ", answers);
        assertEquals(answer, actual.getOrDefault(field.name, answer), field.name + " in each template alike");
        actual.put(field.name, answer);
      }
    }
    assertEquals(join(expected), join(actual));
  }

  @Test
  void shouldRefuseRatiosJustBeyondOneHundredPercent() throws ReflectiveOperationException {
    for (final Field field : fields()) {
      final boolean judgedByTheRoom = field.name.startsWith("SetMargin.") || field.name.startsWith("SetColl")
          || field.name.endsWith("hedgeRatioE8") || field.name.startsWith("SetOption")
          || field.name.startsWith("SetToken.") || field.name.startsWith("SetPortfolio");
      if (field.name.endsWith("E8") && !judgedByTheRoom) {
        final boolean fee = field.name.contains("Fee");
        assertEquals(ReasonCode.OK, answer(field, FieldCheck.ONE_E8), field.name);
        assertEquals(false, ReasonCode.OK == answer(field, FieldCheck.ONE_E8 + 1), field.name);
        assertEquals(fee, ReasonCode.OK == answer(field, -FieldCheck.ONE_E8), field.name);
        assertEquals(false, ReasonCode.OK == answer(field, -FieldCheck.ONE_E8 - 1), field.name);
      }
      if ("CreateAsset.scale".equals(field.name)) {
        assertEquals(ReasonCode.OK, answer(field, 10));
        assertEquals(ReasonCode.SCALE_OUT_OF_RANGE, answer(field, 11));
      }
      if ("AmendRule.legIndex".equals(field.name)) {
        assertEquals(ReasonCode.OK, answer(field, 3));
        assertEquals(ReasonCode.OUT_OF_RANGE, answer(field, 4));
      }
    }
  }

  @Test
  void shouldRefuseEveryEnumValueThatThisBuildDoesNotHave() throws ReflectiveOperationException {
    int enums = 0;
    for (final Field field : fields()) {
      if (field.type.isEnum()) {
        enums++;
        final int known = field.type.getEnumConstants().length - 2;
        for (int value = 0; value < 256; value++) {
          final ReasonCode expected = value < known ? ReasonCode.OK : ReasonCode.UNKNOWN_ENUM;
          assertEquals(expected, answer(field, value), field.name + " " + value);
        }
      }
    }
    assertEquals(70, enums, "enum fields of all commands, legs twice");
  }

  @Test
  void shouldJudgeEveryName() throws ReflectiveOperationException {
    int names = 0;
    for (final Field field : fields()) {
      if (Text32Decoder.class == field.type) {
        names++;
        final boolean required = field.name.endsWith("symbol") || field.name.endsWith("name")
            || field.name.endsWith("evidence");
        assertEquals(ReasonCode.OK, answerToText(field, "x"), field.name);
        assertEquals(ReasonCode.OK, answerToText(field, "x".repeat(32)), field.name);
        assertEquals(required ? ReasonCode.NAME_INVALID : ReasonCode.OK, answerToText(field, ""), field.name);
        assertEquals(ReasonCode.NAME_INVALID, answerToText(field, "a b"), field.name);
        assertEquals(ReasonCode.NAME_INVALID, answerToText(field, "a\u0000b"), field.name);
        assertEquals(ReasonCode.NAME_INVALID, answerToText(field, "\u0000".repeat(31) + "b"), field.name);
        assertEquals(ReasonCode.NAME_INVALID, answerToText(field, "\u00E9"), field.name);
      }
    }
    assertEquals(12, names, "three registries, six commands by client id and three with evidence");
  }

  private ReasonCode answer(final Field field, final long value) {
    final UnsafeBuffer frame = field.template.frame();
    for (int i = 0; i < field.length; i++) {
      frame.putByte(field.offset + i, (byte) (value >>> (i * Byte.SIZE)));
    }
    return validator.validate(frame, 0, frame.capacity());
  }

  private ReasonCode answerToText(final Field field, final String text) {
    final UnsafeBuffer frame = field.template.frame();
    for (int i = 0; i < 4; i++) {
      frame.putLong(field.offset + (i * Long.BYTES), Text32.word(text, i), LITTLE_ENDIAN);
    }
    return validator.validate(frame, 0, frame.capacity());
  }

  private static List<Field> fields() throws ReflectiveOperationException {
    final List<Field> fields = new ArrayList<>();
    for (final CommandFrames.Template template : CommandFrames.all()) {
      final Class<?> decoder = Class.forName(template.encoder().getClass().getName().replace("Encoder", "Decoder"));
      addFields(fields, template, template.name(), FrameDescriptor.HEADER_LENGTH, decoder);
      addFields(fields, template, "Header", FrameDescriptor.HEADER_LENGTH, CommandHeaderDecoder.class);
      if (ArmRuleDecoder.class == decoder) {
        final int legs = FrameDescriptor.HEADER_LENGTH + ArmRuleDecoder.BLOCK_LENGTH
            + ArmRuleDecoder.LegsDecoder.sbeHeaderSize();
        for (int leg = 0; leg < 2; leg++) {
          addFields(fields, template, "Legs", legs + leg * ArmRuleDecoder.LegsDecoder.sbeBlockLength(),
              ArmRuleDecoder.LegsDecoder.class);
        }
        final int nodes = legs + 2 * ArmRuleDecoder.LegsDecoder.sbeBlockLength()
            + ArmRuleDecoder.NodesDecoder.sbeHeaderSize();
        addFields(fields, template, "Nodes", nodes + ArmRuleDecoder.NodesDecoder.sbeBlockLength(),
            ArmRuleDecoder.NodesDecoder.class);
        addFields(fields, template, "Curve", nodes + 2 * ArmRuleDecoder.NodesDecoder.sbeBlockLength()
            + ArmRuleDecoder.CurveDecoder.sbeHeaderSize(), ArmRuleDecoder.CurveDecoder.class);
      }
    }
    return fields;
  }

  private static void addFields(final List<Field> fields, final CommandFrames.Template template, final String owner,
      final int base, final Class<?> decoder) throws ReflectiveOperationException {
    for (final Method method : decoder.getDeclaredMethods()) {
      final String name = method.getName().replace("EncodingOffset", "");
      if (method.getName().endsWith("EncodingOffset") && !"header".equals(name)) {
        final int offset = (int) method.invoke(null);
        final int length = (int) decoder.getMethod(name + "EncodingLength").invoke(null);
        final Class<?> type = decoder.getMethod(name).getReturnType();
        fields.add(new Field(template, owner + '.' + name, base + offset, length, type));
      }
    }
  }

  private static long smallest(final Field field) {
    return 1 == field.length ? 0 : Integer.BYTES == field.length ? Integer.MIN_VALUE : Long.MIN_VALUE;
  }

  private static long largest(final Field field) {
    return 1 == field.length ? 255 : Integer.BYTES == field.length ? Integer.MAX_VALUE : Long.MAX_VALUE;
  }

  private static String join(final Map<String, String> table) {
    final String[] rows = table.entrySet().stream().map(e -> e.getKey() + " " + e.getValue()).toArray(String[]::new);
    Arrays.sort(rows);
    return String.join("\n", rows);
  }
}
