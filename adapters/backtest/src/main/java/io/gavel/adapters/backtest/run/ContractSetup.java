package io.gavel.adapters.backtest.run;

import io.gavel.adapters.backtest.scenario.ContractSpec;
import io.gavel.adapters.backtest.scenario.Scenario;
import io.gavel.adapters.backtest.scenario.ScenarioReader;
import io.gavel.adapters.backtest.tape.TapeScale;
import io.gavel.codecs.DecimalText;
import io.gavel.codecs.Text32;
import io.gavel.codecs.sbe.CommandHeaderEncoder;
import io.gavel.codecs.sbe.CreateInstrumentEncoder;
import io.gavel.codecs.sbe.DeleveragePolicy;
import io.gavel.codecs.sbe.FeeAsset;
import io.gavel.codecs.sbe.Flag;
import io.gavel.codecs.sbe.FundHouseEncoder;
import io.gavel.codecs.sbe.FundingRule;
import io.gavel.codecs.sbe.HouseFund;
import io.gavel.codecs.sbe.MarginMode;
import io.gavel.codecs.sbe.MarginModelKind;
import io.gavel.codecs.sbe.MarkRuleKind;
import io.gavel.codecs.sbe.PositionMode;
import io.gavel.codecs.sbe.SetAccountModeEncoder;
import io.gavel.codecs.sbe.SetCollateralEncoder;
import io.gavel.codecs.sbe.SetFundingEncoder;
import io.gavel.codecs.sbe.SetLeverageEncoder;
import io.gavel.codecs.sbe.SetLiquidationEncoder;
import io.gavel.codecs.sbe.SetMarginEncoder;
import io.gavel.codecs.sbe.SetPriceRuleEncoder;
import io.gavel.codecs.sbe.Text32Encoder;
import io.gavel.engine.Codes;
import io.gavel.engine.Directory;
import io.gavel.engine.ring.Ingress;
import org.jspecify.annotations.Nullable;

/** The commands that found a contract: its terms, what backs it and what it needs, and how each account is margined. */
final class ContractSetup {

  private static final int ONE_E8 = 100_000_000;
  private static final int RATIO_SCALE = 8;
  private static final int LEVER_SCALE = 2;

  private final Scenario.Market market;
  private final ContractSpec contract;
  private final Directory directory;
  private final Ingress ingress;
  private final Founding founding;
  private final int instrumentId;

  /** Sends one command that must be taken: a refusal ends the run. */
  interface Founding {
    void must(String command, String subject, Runnable send);
  }

  ContractSetup(final Scenario.Market market, final ContractSpec contract, final Directory directory,
      final Ingress ingress, final Founding founding, final int instrumentId) {
    this.market = market;
    this.contract = contract;
    this.directory = directory;
    this.ingress = ingress;
    this.founding = founding;
    this.instrumentId = instrumentId;
  }

  /** The instrument and what holds for everybody in it. */
  void found() {
    must("CreateInstrument", market.instId(), this::instrument);
    must("SetCollateral", contract.settleSymbol(), this::collateral);
    must("SetMargin", market.instId(), this::margin);
    final ContractSpec.Prices prices = contract.prices();
    if (null != prices) {
      must("SetPriceRule", market.instId(), () -> prices(prices));
    }
    final ContractSpec.Funding funding = contract.funding();
    if (null != funding) {
      must("SetFunding", market.instId(), () -> funding(funding));
    }
  }

  /** The account that takes over what is liquidated, which shares all it has, and the money behind it. */
  void liquidation(final ContractSpec.Liquidation terms) {
    must("SetAccountMode", ScenarioReader.BACKSTOP_ACCOUNT, () -> {
      final SetAccountModeEncoder command = ingress.begin(new SetAccountModeEncoder());
      header(command.header(), ScenarioReader.BACKSTOP_ACCOUNT);
      command.marginMode(MarginMode.CROSS).positionMode(PositionMode.ONE_WAY);
    });
    must("SetLiquidation", market.instId(), () -> {
      final SetLiquidationEncoder command = ingress.begin(new SetLiquidationEncoder());
      header(command.header(), null);
      command.backstopAccount(directory.accountId(ScenarioReader.BACKSTOP_ACCOUNT)).retryNs(terms.retryNs())
          .fundAccountMaxUnits(terms.fundAccountMaxUnits()).fundMaxUnits(terms.fundInstrumentMaxUnits())
          .fundIntervalMaxUnits(terms.fundIntervalMaxUnits()).intervalNs(terms.intervalNs())
          .backstopLossMaxUnits(terms.backstopLossMaxUnits()).instrumentId(instrumentId).collarBps(terms.collarBps())
          .depthShareBps(terms.depthShareBps()).partialBps(terms.partialBps()).attemptsMax(terms.attempts())
          .policy(terms.greedy() ? DeleveragePolicy.GREEDY : DeleveragePolicy.PRO_RATA);
    });
    fund(HouseFund.INSURANCE, terms.insuranceUnits());
    fund(HouseFund.BACKSTOP, terms.backstopFundUnits());
  }

  private void fund(final HouseFund house, final long units) {
    if (units > 0) {
      must("FundHouse", house.name(), () -> {
        final FundHouseEncoder command = ingress.begin(new FundHouseEncoder());
        header(command.header(), null);
        command.amountUnits(units).assetId(directory.assetId(contract.settleSymbol())).fund(house);
      });
    }
  }

  /** How an account is margined, once it is there. */
  void account(final Scenario.AccountSpec account) {
    if (Scenario.TdMode.CASH == account.tdMode()) {
      return;
    }
    must("SetAccountMode", account.name(), () -> {
      final SetAccountModeEncoder command = ingress.begin(new SetAccountModeEncoder());
      header(command.header(), account.name());
      command.marginMode(Scenario.TdMode.CROSS == account.tdMode() ? MarginMode.CROSS : MarginMode.ISOLATED)
          .positionMode(account.hedged() ? PositionMode.HEDGE : PositionMode.ONE_WAY);
    });
    final String lever = account.lever();
    if (null != lever) {
      must("SetLeverage", account.name(), () -> {
        final SetLeverageEncoder command = ingress.begin(new SetLeverageEncoder());
        header(command.header(), account.name());
        command.instrumentId(instrumentId).leverageE2((int) DecimalText.parse(lever, LEVER_SCALE));
      });
    }
  }

  private void instrument() {
    final CreateInstrumentEncoder command = ingress.begin(new CreateInstrumentEncoder());
    header(command.header(), null);
    command.baseAssetId(directory.assetId(market.baseSymbol())).quoteAssetId(directory.assetId(market.quoteSymbol()))
        .instrumentId(instrumentId).makerFeeE8((int) DecimalText.parse(market.makerFee(), RATIO_SCALE))
        .takerFeeE8((int) DecimalText.parse(market.takerFee(), RATIO_SCALE))
        .markUnitsPerTick(TapeScale.MARK_UNITS_PER_TICK).protectionBps(market.protectionBps()).collarBps(0)
        .tickSizeE10(market.tickSizeE10()).lotSizeE10(market.lotSizeE10()).minLots(0).maxLots(0).minNotionalUnits(0)
        .maxNotionalUnits(0).kind(contract.kind()).feeAsset(FeeAsset.QUOTE)
        .settleAssetId(directory.assetId(contract.settleSymbol())).multiplierE10(contract.multiplierE10())
        .expiryTimeNs(contract.expiryTimeNs()).strikeTicks(0).indexInstrumentId(0)
        .settlementWindowNs(contract.settlementWindowNs());
    text(command.symbol(), market.instId());
  }

  /** Its own asset backs a contract in full. */
  private void collateral() {
    final SetCollateralEncoder command = ingress.begin(new SetCollateralEncoder());
    header(command.header(), null);
    command.assetId(directory.assetId(contract.settleSymbol())).instrumentId(0).amountPerSize(1)
        .concentrationStartUnits(0).debtWeightE8(ONE_E8).factorE6(0);
    command.tiersCount(1).next().floorUnits(0).weightE8(ONE_E8);
  }

  private void margin() {
    final SetMarginEncoder command = ingress.begin(new SetMarginEncoder());
    header(command.header(), null);
    final String lever = contract.lever();
    command.instrumentId(instrumentId)
        .leverageMaxE2(null == lever ? 0 : (int) DecimalText.parse(lever, LEVER_SCALE)).lotsPerSize(0)
        .openInterestLowUnits(0).openInterestHighUnits(0).stepNs(0).accountsPerStep(0).initialSlopeE8(0)
        .maintenanceSlopeE8(0).curve(MarginModelKind.STEP)
        .profitCounts(contract.profitCounts() ? Flag.YES : Flag.NO);
    final SetMarginEncoder.TiersEncoder tiers = command.tiersCount(contract.tiers().size());
    for (final ContractSpec.Tier tier : contract.tiers()) {
      tiers.next().floorUnits(tier.floorUnits()).initialRateE8(tier.initialE8())
          .maintenanceRateE8(tier.maintenanceE8());
    }
  }

  private void funding(final ContractSpec.Funding funding) {
    final SetFundingEncoder command = ingress.begin(new SetFundingEncoder());
    header(command.header(), null);
    command.intervalNs(funding.intervalNs()).periodNs(funding.periodNs()).interestE10(funding.interestE10())
        .dampE10(funding.dampE10()).capE10(funding.capE10()).stepMaxE10(funding.stepMaxE10())
        .rateE10(funding.rateE10()).instrumentId(instrumentId)
        .rule(FundingRule.valueOf(funding.rule().name()));
  }

  private void prices(final ContractSpec.Prices prices) {
    final SetPriceRuleEncoder command = ingress.begin(new SetPriceRuleEncoder());
    header(command.header(), null);
    command.staleNs(prices.staleNs()).futureNs(prices.futureNs()).excludeNs(prices.excludeNs())
        .readmitNs(prices.readmitNs()).halfLifeNs(prices.halfLifeNs()).windowNs(prices.windowNs())
        .raiseIntervalNs(prices.raiseIntervalNs()).floorUnits(0).ceilUnits(0).instrumentId(instrumentId).sourceId(0)
        .quorum(prices.quorum()).deviationE8(prices.deviationE8()).readmitBandE8(prices.readmitBandE8())
        .confidenceMinE8(prices.confidenceMinE8()).moveMaxE8(prices.moveMaxE8()).bandE8(prices.bandE8())
        .raiseMaxE8(prices.raiseMaxE8()).markRule(switch (prices.mark()) {
          case MEDIAN -> MarkRuleKind.MEDIAN;
          case EMA_BASIS -> MarkRuleKind.EMA_BASIS;
          default -> MarkRuleKind.DIRECT;
        });
  }

  private void must(final String command, final String subject, final Runnable encode) {
    founding.must(command, subject, () -> {
      encode.run();
      final long code = ingress.offer();
      if (code < 0) {
        throw new RunException("the engine refused the scenario: " + command + " " + subject + ": "
            + Codes.describe(code));
      }
    });
  }

  private void header(final CommandHeaderEncoder header, final @Nullable String account) {
    header.account(null == account ? 0 : directory.accountId(account));
  }

  private static void text(final Text32Encoder words, final String text) {
    words.w0(Text32.word(text, 0)).w1(Text32.word(text, 1)).w2(Text32.word(text, 2)).w3(Text32.word(text, 3));
  }
}
