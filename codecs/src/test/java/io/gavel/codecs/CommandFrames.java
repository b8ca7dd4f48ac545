package io.gavel.codecs;

import io.gavel.codecs.sbe.AccountKind;
import io.gavel.codecs.sbe.AdjustMarginEncoder;
import io.gavel.codecs.sbe.AdjustTradeEncoder;
import io.gavel.codecs.sbe.AdvanceTimeEncoder;
import io.gavel.codecs.sbe.AmendOrderEncoder;
import io.gavel.codecs.sbe.AmendRuleEncoder;
import io.gavel.codecs.sbe.ApproveEncoder;
import io.gavel.codecs.sbe.ArmPolicy;
import io.gavel.codecs.sbe.ArmRuleEncoder;
import io.gavel.codecs.sbe.BustTradeEncoder;
import io.gavel.codecs.sbe.CancelAllAfterEncoder;
import io.gavel.codecs.sbe.CancelOnDisconnectEncoder;
import io.gavel.codecs.sbe.CancelOrderEncoder;
import io.gavel.codecs.sbe.CancelRuleEncoder;
import io.gavel.codecs.sbe.CancelScope;
import io.gavel.codecs.sbe.CommandHeaderEncoder;
import io.gavel.codecs.sbe.CompensateEncoder;
import io.gavel.codecs.sbe.CreateAccountEncoder;
import io.gavel.codecs.sbe.CreateAssetEncoder;
import io.gavel.codecs.sbe.CreateInstrumentEncoder;
import io.gavel.codecs.sbe.DegradedCause;
import io.gavel.codecs.sbe.DegradedEncoder;
import io.gavel.codecs.sbe.DeleveragePolicy;
import io.gavel.codecs.sbe.DepositEncoder;
import io.gavel.codecs.sbe.DisconnectEncoder;
import io.gavel.codecs.sbe.EngineConfigEncoder;
import io.gavel.codecs.sbe.ExpiryAction;
import io.gavel.codecs.sbe.FeeAsset;
import io.gavel.codecs.sbe.Flag;
import io.gavel.codecs.sbe.FundHouseEncoder;
import io.gavel.codecs.sbe.FundingRule;
import io.gavel.codecs.sbe.GrantKeyEncoder;
import io.gavel.codecs.sbe.GrowCapacityEncoder;
import io.gavel.codecs.sbe.HaltMode;
import io.gavel.codecs.sbe.HaltScope;
import io.gavel.codecs.sbe.HoldFundsEncoder;
import io.gavel.codecs.sbe.HouseFund;
import io.gavel.codecs.sbe.InstrumentKind;
import io.gavel.codecs.sbe.MarginMode;
import io.gavel.codecs.sbe.MarginModelKind;
import io.gavel.codecs.sbe.MarkRuleKind;
import io.gavel.codecs.sbe.MassCancelEncoder;
import io.gavel.codecs.sbe.NodeOp;
import io.gavel.codecs.sbe.OrdType;
import io.gavel.codecs.sbe.PlaceOrderEncoder;
import io.gavel.codecs.sbe.PoolKind;
import io.gavel.codecs.sbe.PositionMode;
import io.gavel.codecs.sbe.PositionSide;
import io.gavel.codecs.sbe.PriceQuoteEncoder;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.QuarantineEncoder;
import io.gavel.codecs.sbe.ReductionPolicy;
import io.gavel.codecs.sbe.RedeemTokenEncoder;
import io.gavel.codecs.sbe.ReleaseHoldEncoder;
import io.gavel.codecs.sbe.RemedyCause;
import io.gavel.codecs.sbe.ReserveMode;
import io.gavel.codecs.sbe.ReviewDefault;
import io.gavel.codecs.sbe.ReviewEncoder;
import io.gavel.codecs.sbe.RevokeKeyEncoder;
import io.gavel.codecs.sbe.RiskLimitKind;
import io.gavel.codecs.sbe.RuleKind;
import io.gavel.codecs.sbe.SelfExcludeEncoder;
import io.gavel.codecs.sbe.SessionState;
import io.gavel.codecs.sbe.SetAccountLimitsEncoder;
import io.gavel.codecs.sbe.SetAccountModeEncoder;
import io.gavel.codecs.sbe.SetAccountProfileEncoder;
import io.gavel.codecs.sbe.SetCollateralEncoder;
import io.gavel.codecs.sbe.SetFeesEncoder;
import io.gavel.codecs.sbe.SetFundingEncoder;
import io.gavel.codecs.sbe.SetInterestEncoder;
import io.gavel.codecs.sbe.SetHaltEncoder;
import io.gavel.codecs.sbe.SetLeverageEncoder;
import io.gavel.codecs.sbe.SetLimitsEncoder;
import io.gavel.codecs.sbe.SetLiquidationEncoder;
import io.gavel.codecs.sbe.SetMarginEncoder;
import io.gavel.codecs.sbe.SetOptionVolatilityEncoder;
import io.gavel.codecs.sbe.SetPoolEncoder;
import io.gavel.codecs.sbe.SetPortfolioMarginEncoder;
import io.gavel.codecs.sbe.SetPriceEncoder;
import io.gavel.codecs.sbe.SetPriceRuleEncoder;
import io.gavel.codecs.sbe.SetRiskLimitsEncoder;
import io.gavel.codecs.sbe.SetSecurityEncoder;
import io.gavel.codecs.sbe.SetSessionEncoder;
import io.gavel.codecs.sbe.SetSignalEncoder;
import io.gavel.codecs.sbe.SetTokenEncoder;
import io.gavel.codecs.sbe.SetVolatilityGuardEncoder;
import io.gavel.codecs.sbe.SettleHoldEncoder;
import io.gavel.codecs.sbe.SettleInstrumentEncoder;
import io.gavel.codecs.sbe.Side;
import io.gavel.codecs.sbe.StpMode;
import io.gavel.codecs.sbe.SubscribeTokenEncoder;
import io.gavel.codecs.sbe.TapePrintEncoder;
import io.gavel.codecs.sbe.Text32Encoder;
import io.gavel.codecs.sbe.TimeInForce;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.sbe.MessageEncoderFlyweight;

/** One valid frame of each command template, each in a buffer of exactly its length. */
final class CommandFrames {

  /** A command's name, its encoder, and what fills the body. */
  record Template(MessageEncoderFlyweight encoder, Runnable fill) {

    String name() {
      return encoder.getClass().getSimpleName().replace("Encoder", "");
    }

    UnsafeBuffer frame() {
      final UnsafeBuffer buffer = new UnsafeBuffer(new byte[FrameDescriptor.FRAME_LENGTH_MAX]);
      final int body = FrameDescriptor.HEADER_LENGTH;
      encoder.wrap(buffer, body);
      fill.run();
      final int bodyLength = encoder.encodedLength();
      new FrameFlyweight().wrap(buffer, 0).begin(encoder.sbeSchemaId(), encoder.sbeTemplateId(),
          encoder.sbeSchemaVersion(), encoder.sbeBlockLength(), bodyLength).intendedTimeNs(7);
      final byte[] exact = new byte[FrameDescriptor.frameLength(bodyLength)];
      buffer.getBytes(0, exact);
      return new UnsafeBuffer(exact);
    }
  }

  private CommandFrames() {
  }

  static List<Template> all() {
    return List.of(engineConfig(), advanceTime(), createAsset(), createInstrument(), createAccount(), deposit(),
        holdFunds(), settleHold(), releaseHold(), placeOrder(), cancelOrder(), massCancel(), amendOrder(), armRule(),
        cancelRule(), amendRule(), setPrice(), tapePrint(), setFees(), setLimits(), setHalt(), degraded(),
        setSession(), setVolatilityGuard(), cancelAllAfter(), cancelOnDisconnect(), disconnect(),
        growCapacity(), setAccountLimits(), quarantine(), grantKey(), revokeKey(), setSecurity(), approve(),
        setPriceRule(), priceQuote(), setFunding(), setInterest(),
        setMargin(), setCollateral(), setAccountMode(), setLeverage(), adjustMargin(),
        setOptionVolatility(), setPortfolioMargin(),
        fundHouse(), setLiquidation(), settleInstrument(),
        setRiskLimits(), setAccountProfile(), selfExclude(),
        setToken(), subscribeToken(), redeemToken(), review(), setSignal(), setPool(),
        bustTrade(), adjustTrade(), compensate());
  }

  private static Template engineConfig() {
    final EngineConfigEncoder e = new EngineConfigEncoder();
    return new Template(e, () -> {
      header(e.header());
      e.activationDelayNs(0).clockJumpMaxNs(Long.MAX_VALUE).behaviourVersion(1).accountsMax(64).assetsMax(8)
          .instrumentsMax(8).ordersMax(256).rulesMax(256).sessionsMax(4).answersPerSession(64).fillsPerChunk(64)
          .balancesMax(256).holdsMax(64);
    });
  }

  private static Template advanceTime() {
    final AdvanceTimeEncoder e = new AdvanceTimeEncoder();
    return new Template(e, () -> {
      header(e.header());
      e.timeNs(9);
    });
  }

  private static Template createAsset() {
    final CreateAssetEncoder e = new CreateAssetEncoder();
    return new Template(e, () -> {
      header(e.header());
      e.assetId(1).scale((short) 8).externalDecimals((short) 18);
      text(e.symbol(), "BTC");
    });
  }

  private static Template createInstrument() {
    final CreateInstrumentEncoder e = new CreateInstrumentEncoder();
    return new Template(e, () -> {
      header(e.header());
      e.instrumentId(1).baseAssetId(1).quoteAssetId(2).makerFeeE8(20_000).takerFeeE8(50_000).markUnitsPerTick(100)
          .protectionBps(1_000).collarBps(0).tickSizeE10(1_000_000_000L).lotSizeE10(10_000_000L).minLots(1)
          .maxLots(0).minNotionalUnits(0).maxNotionalUnits(0).kind(InstrumentKind.SPOT).feeAsset(FeeAsset.QUOTE);
      text(e.symbol(), "BTC-USDT");
    });
  }

  private static Template createAccount() {
    final CreateAccountEncoder e = new CreateAccountEncoder();
    return new Template(e, () -> {
      header(e.header());
      e.kind(AccountKind.USER);
      text(e.name(), "alice");
    });
  }

  private static Template deposit() {
    final DepositEncoder e = new DepositEncoder();
    return new Template(e, () -> {
      header(e.header());
      e.assetId(2).basisInstrumentId(0).amountUnits(1_000_000L).basisPriceTicks(0);
    });
  }

  private static Template holdFunds() {
    final HoldFundsEncoder e = new HoldFundsEncoder();
    return new Template(e, () -> {
      header(e.header());
      e.assetId(2).amountUnits(5);
    });
  }

  private static Template settleHold() {
    final SettleHoldEncoder e = new SettleHoldEncoder();
    return new Template(e, () -> {
      header(e.header());
      e.holdId(3).amountUnits(5);
    });
  }

  private static Template releaseHold() {
    final ReleaseHoldEncoder e = new ReleaseHoldEncoder();
    return new Template(e, () -> {
      header(e.header());
      e.holdId(3);
    });
  }

  private static Template placeOrder() {
    final PlaceOrderEncoder e = new PlaceOrderEncoder();
    return new Template(e, () -> {
      header(e.header());
      e.instrumentId(1).limitPriceTicks(600_001).protectionBps(0).side(Side.SELL).ordType(OrdType.LIMIT)
          .timeInForce(TimeInForce.GTC).stpMode(StpMode.CANCEL_TAKER).postOnly(Flag.YES).quantityLots(5)
          .quoteAmountUnits(0).expireTimeNs(0).displayLots(2).hidden(Flag.NO).reduceOnly(Flag.YES);
      text(e.clOrdId(), "0123456789abcdef0123456789abcdef");
    });
  }

  private static Template cancelOrder() {
    final CancelOrderEncoder e = new CancelOrderEncoder();
    return new Template(e, () -> {
      header(e.header());
      e.orderId(4);
      text(e.clOrdId(), "");
    });
  }

  private static Template massCancel() {
    final MassCancelEncoder e = new MassCancelEncoder();
    return new Template(e, () -> {
      header(e.header());
      e.instrumentId(0).scope(CancelScope.ALL);
    });
  }

  private static Template amendOrder() {
    final AmendOrderEncoder e = new AmendOrderEncoder();
    return new Template(e, () -> {
      header(e.header());
      e.orderId(0).newQuantityLots(3).newLimitPriceTicks(0);
      text(e.clOrdId(), "a1");
    });
  }

  private static Template armRule() {
    final ArmRuleEncoder e = new ArmRuleEncoder();
    return new Template(e, () -> {
      header(e.header());
      e.instrumentId(1).shareE8(0).quantityLots(5).startTimeNs(0).endTimeNs(99).side(Side.SELL)
          .armPolicy(ArmPolicy.REJECT).expiryAction(ExpiryAction.CANCEL).reserveMode(ReserveMode.RESERVE);
      text(e.clRuleId(), "r1");
      final ArmRuleEncoder.LegsEncoder legs = e.legsCount(2);
      legs.next().levelTicks(700_000).trailRatioE8(0).trailSpreadTicks(0).activationTicks(0).childLimitTicks(0)
          .protectionBps(0).kind(RuleKind.TAKE_PROFIT).source(PriceSource.LAST);
      legs.next().levelTicks(0).trailRatioE8(5_000_000).trailSpreadTicks(0).activationTicks(650_000)
          .childLimitTicks(1).protectionBps(0).kind(RuleKind.TRAILING_STOP).source(PriceSource.MARK);
      final ArmRuleEncoder.NodesEncoder nodes = e.nodesCount(2);
      nodes.next().parent((byte) -1).op(NodeOp.NOT);
      nodes.next().parent((byte) 0).op(NodeOp.LEAF).threshold(-3);
      e.curveCount(2).next().weight(5).next().weight(6);
    });
  }

  private static Template cancelRule() {
    final CancelRuleEncoder e = new CancelRuleEncoder();
    return new Template(e, () -> {
      header(e.header());
      e.ruleId(0);
      text(e.clRuleId(), "r1");
    });
  }

  private static Template amendRule() {
    final AmendRuleEncoder e = new AmendRuleEncoder();
    return new Template(e, () -> {
      header(e.header());
      e.ruleId(5).newQuantityLots(0).legIndex(0).newLevelTicks(1).newTrailRatioE8(0).newTrailSpreadTicks(0)
          .newChildLimitTicks(0);
      text(e.clRuleId(), "");
    });
  }

  private static Template setPrice() {
    final SetPriceEncoder e = new SetPriceEncoder();
    return new Template(e, () -> {
      header(e.header());
      e.instrumentId(1).source(PriceSource.INDEX).priceUnits(60_000_123L);
    });
  }

  private static Template tapePrint() {
    final TapePrintEncoder e = new TapePrintEncoder();
    return new Template(e, () -> {
      header(e.header());
      e.instrumentId(1).priceTicks(600_000).sizeLots(12).shareE8(10_000_000).slippageTicks(0);
    });
  }

  private static Template setFees() {
    final SetFeesEncoder e = new SetFeesEncoder();
    return new Template(e, () -> {
      header(e.header());
      e.instrumentId(1).makerFeeE8(-5_000).takerFeeE8(50_000);
    });
  }

  private static Template setLimits() {
    final SetLimitsEncoder e = new SetLimitsEncoder();
    return new Template(e, () -> {
      header(e.header());
      e.instrumentId(1).collarBps(500).minLots(1).maxLots(1_000).minNotionalUnits(1).maxNotionalUnits(1_000_000);
    });
  }

  private static Template setHalt() {
    final SetHaltEncoder e = new SetHaltEncoder();
    return new Template(e, () -> {
      header(e.header());
      e.instrumentId(1).scope(HaltScope.INSTRUMENT).on(Flag.YES).mode(HaltMode.FULL).groupId(0);
    });
  }

  private static Template degraded() {
    final DegradedEncoder e = new DegradedEncoder();
    return new Template(e, () -> {
      header(e.header());
      e.on(Flag.NO).cause(DegradedCause.DISK_SPACE);
    });
  }

  private static Template setSession() {
    final SetSessionEncoder e = new SetSessionEncoder();
    return new Template(e, () -> {
      header(e.header());
      e.callEndTimeNs(99).instrumentId(1).referenceTicks(5).state(SessionState.AUCTION)
          .nextState(SessionState.CLOSE_ONLY);
    });
  }

  private static Template setVolatilityGuard() {
    final SetVolatilityGuardEncoder e = new SetVolatilityGuardEncoder();
    return new Template(e, () -> {
      header(e.header());
      e.callNs(7).horizonNs(8).instrumentId(1).bandBps(500);
    });
  }

  private static Template cancelAllAfter() {
    final CancelAllAfterEncoder e = new CancelAllAfterEncoder();
    return new Template(e, () -> {
      header(e.header());
      e.timeoutNs(7).scope(CancelScope.ALL);
    });
  }

  private static Template cancelOnDisconnect() {
    final CancelOnDisconnectEncoder e = new CancelOnDisconnectEncoder();
    return new Template(e, () -> {
      header(e.header());
      e.sessionId(7).scope(CancelScope.ORDERS);
    });
  }

  private static Template disconnect() {
    final DisconnectEncoder e = new DisconnectEncoder();
    return new Template(e, () -> {
      header(e.header());
      e.sessionId(7);
    });
  }

  private static Template growCapacity() {
    final GrowCapacityEncoder e = new GrowCapacityEncoder();
    return new Template(e, () -> {
      header(e.header());
      e.ordersMax(512).tradesKept(0);
    });
  }

  private static Template setAccountLimits() {
    final SetAccountLimitsEncoder e = new SetAccountLimitsEncoder();
    return new Template(e, () -> {
      header(e.header());
      e.stpGroup(7).openOrdersMax(200).openRulesMax(10).ratePerSecond(50).rateBurst(100);
    });
  }

  private static Template quarantine() {
    final QuarantineEncoder e = new QuarantineEncoder();
    return new Template(e, () -> {
      header(e.header());
      e.sequence(7).chain(-9).incident(4).keyId(-5).crc32c(-6).signature().w0(1).w7(-1);
    });
  }

  private static Template grantKey() {
    final GrantKeyEncoder e = new GrantKeyEncoder();
    return new Template(e, () -> {
      header(e.header());
      e.sessionId(7).principalId(3).expiryTimeNs(99).commandMaxUnits(5).windowMaxUnits(50).windowNs(8)
          .notionalAssetId(2).scopes(1).ratePerSecond(10).rateBurst(20);
      e.publicKey().w0(-1).w1(Long.MIN_VALUE).w2(3).w3(4);
      e.accounts().v0(1).v1(2).v2(0).v3(0).v4(0).v5(0).v6(0).v7(0);
      e.instruments().v0(1).v1(0).v2(0).v3(0).v4(0).v5(0).v6(0).v7(0);
    });
  }

  private static Template revokeKey() {
    final RevokeKeyEncoder e = new RevokeKeyEncoder();
    return new Template(e, () -> {
      header(e.header());
      e.sessionId(7);
    });
  }

  private static Template setSecurity() {
    final SetSecurityEncoder e = new SetSecurityEncoder();
    return new Template(e, () -> {
      header(e.header());
      e.engineId(77).dualTemplates(1L << 20).delayNs(5).timeToLiveNs(60).on(Flag.YES);
      e.assets().v0(2).v1(0).v2(0).v3(0).v4(0).v5(0).v6(0).v7(0);
      e.limitsUnits().v0(1_000).v1(0).v2(0).v3(0).v4(0).v5(0).v6(0).v7(0);
    });
  }

  private static Template approve() {
    final ApproveEncoder e = new ApproveEncoder();
    return new Template(e, () -> {
      header(e.header());
      e.proposalId(9).approved(Flag.YES);
    });
  }

  private static Template setPriceRule() {
    final SetPriceRuleEncoder e = new SetPriceRuleEncoder();
    return new Template(e, () -> {
      header(e.header());
      e.staleNs(7).futureNs(1).excludeNs(2).readmitNs(9).halfLifeNs(3).windowNs(30).raiseIntervalNs(4).floorUnits(5)
          .ceilUnits(6).instrumentId(1).sourceId(0).quorum(3).deviationE8(5_000_000).readmitBandE8(2_000_000)
          .confidenceMinE8(0).moveMaxE8(1_000_000).bandE8(3_000_000).raiseMaxE8(500_000).markRule(MarkRuleKind.MEDIAN);
    });
  }

  private static Template priceQuote() {
    final PriceQuoteEncoder e = new PriceQuoteEncoder();
    return new Template(e, () -> {
      header(e.header());
      e.priceUnits(60_000_123L).sourceTimeNs(7).instrumentId(1).sourceId(2).confidenceE8(100_000_000);
    });
  }

  private static Template setInterest() {
    final SetInterestEncoder e = new SetInterestEncoder();
    return new Template(e, () -> {
      header(e.header());
      e.intervalNs(7).baseRateE10(200_000_000).slopeE10(800_000_000).slopeAboveE10(10_000_000_000L).assetId(1)
          .kinkE8(80_000_000).reserveE8(10_000_000);
    });
  }

  private static Template setFunding() {
    final SetFundingEncoder e = new SetFundingEncoder();
    return new Template(e, () -> {
      header(e.header());
      e.intervalNs(7).periodNs(7).interestE10(1_000_000).dampE10(5_000_000).capE10(37_500_000).stepMaxE10(1)
          .rateE10(0).instrumentId(1).rule(FundingRule.DAMPENED);
    });
  }

  private static Template setMargin() {
    final SetMarginEncoder e = new SetMarginEncoder();
    return new Template(e, () -> {
      header(e.header());
      e.instrumentId(1).leverageMaxE2(10_000).lotsPerSize(0).openInterestLowUnits(0).openInterestHighUnits(0)
          .stepNs(1_000).accountsPerStep(64).initialSlopeE8(0).maintenanceSlopeE8(0).curve(MarginModelKind.STEP)
          .profitCounts(Flag.NO);
      final SetMarginEncoder.TiersEncoder tiers = e.tiersCount(2);
      tiers.next().floorUnits(0).initialRateE8(1_000_000).maintenanceRateE8(500_000);
      tiers.next().floorUnits(1_000_000).initialRateE8(2_000_000).maintenanceRateE8(1_000_000);
    });
  }

  private static Template setCollateral() {
    final SetCollateralEncoder e = new SetCollateralEncoder();
    return new Template(e, () -> {
      header(e.header());
      e.assetId(1).instrumentId(1).amountPerSize(100_000_000).concentrationStartUnits(0).debtWeightE8(100_000_000)
          .factorE6(0);
      e.tiersCount(1).next().floorUnits(0).weightE8(95_000_000);
    });
  }

  private static Template setAccountMode() {
    final SetAccountModeEncoder e = new SetAccountModeEncoder();
    return new Template(e, () -> {
      header(e.header());
      e.marginMode(MarginMode.CROSS).positionMode(PositionMode.ONE_WAY);
    });
  }

  private static Template setLeverage() {
    final SetLeverageEncoder e = new SetLeverageEncoder();
    return new Template(e, () -> {
      header(e.header());
      e.instrumentId(1).leverageE2(1_000);
    });
  }

  private static Template adjustMargin() {
    final AdjustMarginEncoder e = new AdjustMarginEncoder();
    return new Template(e, () -> {
      header(e.header());
      e.amountUnits(-5).instrumentId(1).positionSide(PositionSide.NET);
    });
  }

  private static Template setOptionVolatility() {
    final SetOptionVolatilityEncoder e = new SetOptionVolatilityEncoder();
    return new Template(e, () -> {
      header(e.header());
      e.volatilityE8(50_000_000).rateE8(-1).instrumentId(1).forwardInstrumentId(2);
    });
  }

  private static Template setPortfolioMargin() {
    final SetPortfolioMarginEncoder e = new SetPortfolioMarginEncoder();
    return new Template(e, () -> {
      header(e.header());
      e.valueE8(90_000_000).instrumentId(1).parameter(14);
    });
  }

  private static Template fundHouse() {
    final FundHouseEncoder e = new FundHouseEncoder();
    return new Template(e, () -> {
      header(e.header());
      e.amountUnits(-5).assetId(2).fund(HouseFund.BACKSTOP);
    });
  }

  private static Template setLiquidation() {
    final SetLiquidationEncoder e = new SetLiquidationEncoder();
    return new Template(e, () -> {
      header(e.header());
      e.backstopAccount(9).retryNs(10).fundAccountMaxUnits(11).fundMaxUnits(12).fundIntervalMaxUnits(13)
          .intervalNs(14).backstopLossMaxUnits(15).instrumentId(2).collarBps(100).depthShareBps(2_000)
          .partialBps(5_000).attemptsMax(3).policy(DeleveragePolicy.GREEDY)
          .reduction(ReductionPolicy.SHORTAGE).insuranceFeeE6(15_000);
    });
  }

  private static Template settleInstrument() {
    final SettleInstrumentEncoder e = new SettleInstrumentEncoder();
    return new Template(e, () -> {
      header(e.header());
      e.priceUnits(6_000_000).instrumentId(2);
    });
  }

  private static Template setRiskLimits() {
    final SetRiskLimitsEncoder e = new SetRiskLimitsEncoder();
    return new Template(e, () -> {
      header(e.header());
      e.limitValue(100).thresholdUnits(5).windowNs(60).durationNs(70).ageFromNs(1).ageBelowNs(9).row(3).instrumentId(1)
          .groupId(2).region(7).assetId(2).commandTemplateId(10).kind(RiskLimitKind.POSITION_LOTS).staged(Flag.YES)
          .bandBps(0);
    });
  }

  private static Template setAccountProfile() {
    final SetAccountProfileEncoder e = new SetAccountProfileEncoder();
    return new Template(e, () -> {
      header(e.header());
      e.openedTimeNs(99).groupId(2).region(7).leverageRow(3);
    });
  }

  private static Template setSignal() {
    final SetSignalEncoder e = new SetSignalEncoder();
    return new Template(e, () -> {
      header(e.header());
      e.value(-5).untilNs(9).signalId(3).instrumentId(0);
    });
  }

  private static Template setPool() {
    final SetPoolEncoder e = new SetPoolEncoder();
    return new Template(e, () -> {
      header(e.header());
      e.poolId(3).baseUnits(5).quoteUnits(6).instrumentId(1).feeE8(300_000).amplification(0)
          .kind(PoolKind.CONSTANT_PRODUCT);
    });
  }

  private static Template selfExclude() {
    final SelfExcludeEncoder e = new SelfExcludeEncoder();
    return new Template(e, () -> {
      header(e.header());
      e.untilTimeNs(99);
    });
  }

  private static Template setToken() {
    final SetTokenEncoder e = new SetTokenEncoder();
    return new Template(e, () -> {
      header(e.header());
      e.navE6(200_000_000).leverageE8(-300_000_000).thresholdE8(133_000_000).dailyTimeNs(120).skewScaleUnits(1_000)
          .unitsMax(9).collateralE8(150_000_000).instrumentId(2).underlyingId(1).feeE8(1_000).dailyFeeE8(30)
          .skewE8(500).source(PriceSource.MARK);
    });
  }

  private static Template subscribeToken() {
    final SubscribeTokenEncoder e = new SubscribeTokenEncoder();
    return new Template(e, () -> {
      header(e.header());
      e.units(5).limitUnits(1_000).instrumentId(2).backer(Flag.NO);
    });
  }

  private static Template redeemToken() {
    final RedeemTokenEncoder e = new RedeemTokenEncoder();
    return new Template(e, () -> {
      header(e.header());
      e.units(5).limitUnits(900).instrumentId(2).backer(Flag.YES);
    });
  }

  private static Template review() {
    final ReviewEncoder e = new ReviewEncoder();
    return new Template(e, () -> {
      header(e.header());
      e.ruleId(77).decision(ReviewDefault.CANCEL);
    });
  }

  private static Template bustTrade() {
    final BustTradeEncoder e = new BustTradeEncoder();
    return new Template(e, () -> {
      header(e.header());
      e.tradeId(4).fundMaxUnits(1_000).fundBaseMaxUnits(0).instrumentId(1).fund(HouseFund.INSURANCE)
          .cause(RemedyCause.WRONG_FEED);
      text(e.evidence(), "CASE-17");
    });
  }

  private static Template adjustTrade() {
    final AdjustTradeEncoder e = new AdjustTradeEncoder();
    return new Template(e, () -> {
      header(e.header());
      e.tradeId(4).fundMaxUnits(0).instrumentId(1).priceTicks(600).fund(HouseFund.BACKSTOP)
          .cause(RemedyCause.WRONG_PRICE);
      text(e.evidence(), "CASE-18");
    });
  }

  private static Template compensate() {
    final CompensateEncoder e = new CompensateEncoder();
    return new Template(e, () -> {
      header(e.header());
      e.key(9).amountUnits(50).fundMaxUnits(1_000).tradeId(4).assetId(2).bestPriceTicks(590).fund(HouseFund.INSURANCE)
          .cause(RemedyCause.OUTAGE);
      text(e.evidence(), "CASE-19");
    });
  }

  private static void header(final CommandHeaderEncoder header) {
    header.sessionId(1).sessionSequence(2).correlationId(-3).account(4).expiryTimeNs(0);
  }

  private static void text(final Text32Encoder encoder, final String text) {
    encoder.w0(Text32.word(text, 0)).w1(Text32.word(text, 1)).w2(Text32.word(text, 2)).w3(Text32.word(text, 3));
  }
}
