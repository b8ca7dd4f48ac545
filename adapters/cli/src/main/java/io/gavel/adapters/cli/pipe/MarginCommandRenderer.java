package io.gavel.adapters.cli.pipe;

import io.gavel.codecs.DecimalText;
import io.gavel.codecs.FrameFlyweight;
import io.gavel.codecs.sbe.AdjustMarginDecoder;
import io.gavel.codecs.sbe.CommandHeaderDecoder;
import io.gavel.codecs.sbe.Flag;
import io.gavel.codecs.sbe.FundHouseDecoder;
import io.gavel.codecs.sbe.PositionMode;
import io.gavel.codecs.sbe.SetAccountModeDecoder;
import io.gavel.codecs.sbe.SetCollateralDecoder;
import io.gavel.codecs.sbe.SetLeverageDecoder;
import io.gavel.codecs.sbe.SetLiquidationDecoder;
import io.gavel.codecs.sbe.SetMarginDecoder;
import io.gavel.codecs.sbe.SetOptionVolatilityDecoder;
import io.gavel.codecs.sbe.SetPortfolioMarginDecoder;
import io.gavel.codecs.sbe.SettleInstrumentDecoder;
import io.gavel.engine.Directory;
import io.gavel.risk.option.PortfolioParameter;
import org.agrona.DirectBuffer;

/** Shows the journalled commands about margin and liquidation in the words in which a line would say them. */
final class MarginCommandRenderer {

  private static final int RATIO_SCALE = 8;
  private static final int TIMES_SCALE = 2;

  private final Directory directory;
  private final JsonOut out;

  MarginCommandRenderer(final Directory directory, final JsonOut out) {
    this.directory = directory;
    this.out = out;
  }

  void render(final DirectBuffer buffer, final FrameFlyweight frame) {
    final int body = frame.bodyOffset();
    final int block = frame.blockLength();
    final int version = frame.version();
    switch (frame.templateId()) {
      case SetMarginDecoder.TEMPLATE_ID -> margin(new SetMarginDecoder().wrap(buffer, body, block, version));
      case SetCollateralDecoder.TEMPLATE_ID ->
          collateral(new SetCollateralDecoder().wrap(buffer, body, block, version));
      case SetAccountModeDecoder.TEMPLATE_ID -> mode(new SetAccountModeDecoder().wrap(buffer, body, block, version));
      case SetLeverageDecoder.TEMPLATE_ID -> leverage(new SetLeverageDecoder().wrap(buffer, body, block, version));
      case AdjustMarginDecoder.TEMPLATE_ID -> adjust(new AdjustMarginDecoder().wrap(buffer, body, block, version));
      case FundHouseDecoder.TEMPLATE_ID -> fund(new FundHouseDecoder().wrap(buffer, body, block, version));
      case SetLiquidationDecoder.TEMPLATE_ID ->
          liquidation(new SetLiquidationDecoder().wrap(buffer, body, block, version));
      case SettleInstrumentDecoder.TEMPLATE_ID ->
          settle(new SettleInstrumentDecoder().wrap(buffer, body, block, version));
      case SetOptionVolatilityDecoder.TEMPLATE_ID ->
          volatility(new SetOptionVolatilityDecoder().wrap(buffer, body, block, version));
      case SetPortfolioMarginDecoder.TEMPLATE_ID ->
          portfolio(new SetPortfolioMarginDecoder().wrap(buffer, body, block, version));
      default -> new TokenCommandRenderer(directory, out).render(buffer, frame);
    }
  }

  private void margin(final SetMarginDecoder command) {
    final int id = command.instrumentId();
    begin("margin", command.header(), id).put("model", Words.word(command.curve()))
        .put("lever", times(command.leverageMaxE2())).put("sizeOne", directory.sizeText(id, command.lotsPerSize()))
        .put("imrSlope", ratio(command.initialSlopeE8())).put("mmrSlope", ratio(command.maintenanceSlopeE8()))
        .put("openInterestLow", settleText(id, command.openInterestLowUnits()))
        .put("openInterestHigh", settleText(id, command.openInterestHighUnits()))
        .put("accountsPerStep", command.accountsPerStep()).put("stepSec", seconds(command.stepNs()))
        .put("profitCounts", Flag.YES == command.profitCounts()).beginArray("tiers");
    for (final SetMarginDecoder.TiersDecoder tier : command.tiers()) {
      out.beginItem().put("floor", settleText(id, tier.floorUnits())).put("imr", ratio(tier.initialRateE8()))
          .put("mmr", ratio(tier.maintenanceRateE8())).endItem();
    }
    out.endArray();
  }

  private void collateral(final SetCollateralDecoder command) {
    final Directory.InstrumentEntry price = directory.instrument(command.instrumentId());
    final int reference = null == price ? command.assetId() : price.quoteAssetId();
    CommandRenderer.begin(out, directory, "collateral", command.header())
        .put("ccy", directory.assetName(command.assetId())).putText("priceInstId", name(command.instrumentId()))
        .put("debtWeight", ratio(command.debtWeightE8())).put("factorE6", command.factorE6())
        .put("concentrationStart", directory.amountText(reference, command.concentrationStartUnits()))
        .beginArray("tiers");
    for (final SetCollateralDecoder.TiersDecoder tier : command.tiers()) {
      out.beginItem().put("floor", directory.amountText(reference, tier.floorUnits()))
          .put("weight", ratio(tier.weightE8())).endItem();
    }
    out.endArray();
  }

  private void mode(final SetAccountModeDecoder command) {
    final MarginOps.PosMode mode = PositionMode.HEDGE == command.positionMode()
        ? MarginOps.PosMode.LONG_SHORT : MarginOps.PosMode.NET;
    CommandRenderer.begin(out, directory, "account-mode", command.header())
        .put("tdMode", Words.word(command.marginMode())).put("posMode", Words.word(mode));
  }

  private void leverage(final SetLeverageDecoder command) {
    begin("leverage", command.header(), command.instrumentId()).put("lever", times(command.leverageE2()));
  }

  private void adjust(final AdjustMarginDecoder command) {
    begin("adjust-margin", command.header(), command.instrumentId())
        .put("posSide", Words.word(command.positionSide()))
        .put("amt", settleText(command.instrumentId(), command.amountUnits()));
  }

  private void fund(final FundHouseDecoder command) {
    CommandRenderer.begin(out, directory, "house-fund", command.header()).put("fund", Words.word(command.fund()))
        .put("ccy", directory.assetName(command.assetId()))
        .put("amt", directory.amountText(command.assetId(), command.amountUnits()));
  }

  private void liquidation(final SetLiquidationDecoder command) {
    final int id = command.instrumentId();
    begin("liquidation", command.header(), id).put("collarBps", command.collarBps())
        .put("depthShareBps", command.depthShareBps()).put("partialBps", command.partialBps())
        .put("attemptsMax", command.attemptsMax()).put("retrySec", seconds(command.retryNs()))
        .putText("backstopAcct",
            0 == command.backstopAccount() ? null : directory.accountName(command.backstopAccount()))
        .put("fundAccountMax", settleText(id, command.fundAccountMaxUnits()))
        .put("fundMax", settleText(id, command.fundMaxUnits()))
        .put("fundIntervalMax", settleText(id, command.fundIntervalMaxUnits()))
        .put("fundIntervalSec", seconds(command.intervalNs()))
        .put("backstopLossMax", settleText(id, command.backstopLossMaxUnits()))
        .put("policy", Words.word(command.policy())).put("reduction", Words.word(command.reduction()))
        .put("insuranceFeePpm", command.insuranceFeeE6());
  }

  private void settle(final SettleInstrumentDecoder command) {
    begin("settle-instrument", command.header(), command.instrumentId())
        .put("px", directory.markText(command.instrumentId(), command.priceUnits()));
  }

  private void volatility(final SetOptionVolatilityDecoder command) {
    begin("volatility", command.header(), command.instrumentId()).put("vol", ratio(command.volatilityE8()))
        .put("rate", ratio(command.rateE8())).putText("forwardInstId", name(command.forwardInstrumentId()));
  }

  private void portfolio(final SetPortfolioMarginDecoder command) {
    final PortfolioParameter[] parameters = PortfolioParameter.values();
    final int at = command.parameter();
    begin("portfolio-margin", command.header(), command.instrumentId())
        .put("parameter", at >= 0 && at < parameters.length ? Words.word(parameters[at]) : "#" + at)
        .put("value", ratio(command.valueE8()));
  }

  private JsonOut begin(final String op, final CommandHeaderDecoder header, final int instrumentId) {
    return CommandRenderer.begin(out, directory, op, header).put("instId", directory.instrumentName(instrumentId));
  }

  private String name(final int instrumentId) {
    return 0 == instrumentId ? "" : directory.instrumentName(instrumentId);
  }

  private String settleText(final int instrumentId, final long units) {
    return MarginEventRenderer.settleText(directory, instrumentId, units);
  }

  private static String seconds(final long durationNs) {
    return DecimalText.format(durationNs, SessionCommandRenderer.NANOS_SCALE);
  }

  private static String ratio(final long ratioE8) {
    return DecimalText.format(ratioE8, RATIO_SCALE);
  }

  private static String times(final int timesE2) {
    return DecimalText.format(timesE2, TIMES_SCALE);
  }
}
