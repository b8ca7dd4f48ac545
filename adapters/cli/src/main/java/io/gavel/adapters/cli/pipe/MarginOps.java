package io.gavel.adapters.cli.pipe;

import io.gavel.codecs.sbe.AdjustMarginEncoder;
import io.gavel.codecs.sbe.Flag;
import io.gavel.codecs.sbe.MarginMode;
import io.gavel.codecs.sbe.MarginModelKind;
import io.gavel.codecs.sbe.PositionMode;
import io.gavel.codecs.sbe.PositionSide;
import io.gavel.codecs.sbe.SetAccountModeEncoder;
import io.gavel.codecs.sbe.SetCollateralEncoder;
import io.gavel.codecs.sbe.SetLeverageEncoder;
import io.gavel.codecs.sbe.SetMarginEncoder;
import io.gavel.codecs.sbe.SetOptionVolatilityEncoder;
import io.gavel.codecs.sbe.SetPortfolioMarginEncoder;
import io.gavel.engine.Directory;
import io.gavel.risk.option.PortfolioParameter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What positions in contracts need, what backs them, and how accounts are margined. */
final class MarginOps {

  /** How the trade names one-way and hedge mode. */
  enum PosMode { NET, LONG_SHORT }

  static final Words<PositionSide> SIDES = Words.of(PositionSide.class);

  private static final int TIERS_MAX = 16;
  private static final int ACCOUNTS_PER_STEP = 1_024;
  private static final int ONE_E8 = 100_000_000;
  private static final long STEP_NS = 1_000_000;
  private static final Words<MarginModelKind> MODELS = Words.of(MarginModelKind.class);
  private static final Words<MarginMode> MODES = Words.of(MarginMode.class);
  private static final Words<PosMode> POSITION_MODES = Words.of(PosMode.class);
  private static final Words<PortfolioParameter> PARAMETERS = Words.of(PortfolioParameter.class);

  private final SetMarginEncoder margin = new SetMarginEncoder();
  private final SetCollateralEncoder collateral = new SetCollateralEncoder();
  private final SetAccountModeEncoder mode = new SetAccountModeEncoder();
  private final SetLeverageEncoder leverage = new SetLeverageEncoder();
  private final AdjustMarginEncoder adjust = new AdjustMarginEncoder();
  private final SetOptionVolatilityEncoder volatility = new SetOptionVolatilityEncoder();
  private final SetPortfolioMarginEncoder portfolio = new SetPortfolioMarginEncoder();

  List<Op> ops() {
    return List.of(
        new Op("margin", this::margin, "instId", "model", "tiers", "lever", "sizeOne", "imrSlope", "mmrSlope",
            "openInterestLow", "openInterestHigh", "accountsPerStep", "stepSec", "profitCounts"),
        new Op("collateral", this::collateral, "ccy", "priceInstId", "tiers", "debtWeight", "factorE6",
            "concentrationStart"),
        new Op("account-mode", this::mode, "acct", "tdMode", "posMode"),
        new Op("leverage", this::leverage, "acct", "instId", "lever"),
        new Op("adjust-margin", this::adjust, "acct", "instId", "posSide", "amt"),
        new Op("volatility", this::volatility, "instId", "vol", "rate", "forwardInstId"),
        new Op("portfolio-margin", this::portfolio, "instId", "parameter", "value"));
  }

  private void margin(final Fields line, final CommandScope scope) throws LineFault {
    final Directory.InstrumentEntry instrument = scope.instrument(line);
    final Directory.AssetEntry settle = scope.settle(instrument, line);
    final List<Fields> tiers = line.has("tiers") ? line.items("tiers", TIERS_MAX, "floor", "imr", "mmr") : List.of();
    final SetMarginEncoder command = scope.ingress().begin(margin);
    scope.header(command.header(), 0);
    command.instrumentId(instrument.id()).curve(line.wordOr("model", MODELS, MarginModelKind.STEP))
        .leverageMaxE2(scope.timesE2(line, "lever")).lotsPerSize(scope.lots(instrument, line, "sizeOne"))
        .initialSlopeE8(scope.ratioE8(line, "imrSlope")).maintenanceSlopeE8(scope.ratioE8(line, "mmrSlope"))
        .openInterestLowUnits(scope.units(settle, line, "openInterestLow"))
        .openInterestHighUnits(scope.units(settle, line, "openInterestHigh"))
        .accountsPerStep(line.intOr("accountsPerStep", 1, Integer.MAX_VALUE, ACCOUNTS_PER_STEP))
        .stepNs(line.has("stepSec") ? scope.durationNs(line, "stepSec") : STEP_NS)
        .profitCounts(line.has("profitCounts") && line.flag("profitCounts") ? Flag.YES : Flag.NO);
    final SetMarginEncoder.TiersEncoder rows = command.tiersCount(tiers.size());
    for (final Fields tier : tiers) {
      rows.next().floorUnits(scope.requiredUnits(settle, tier, "floor"))
          .initialRateE8(scope.ratioE8(tier, "imr")).maintenanceRateE8(scope.ratioE8(tier, "mmr"));
    }
  }

  private void collateral(final Fields line, final CommandScope scope) throws LineFault {
    final Directory.AssetEntry asset = scope.asset(line, "ccy");
    final Directory.@Nullable InstrumentEntry price =
        line.has("priceInstId") ? scope.instrument(line, "priceInstId") : null;
    final Directory.AssetEntry reference = null == price ? asset : scope.quote(price, line);
    final List<Fields> tiers = line.items("tiers", TIERS_MAX, "floor", "weight");
    final SetCollateralEncoder command = scope.ingress().begin(collateral);
    scope.header(command.header(), 0);
    command.assetId(asset.id()).instrumentId(null == price ? 0 : price.id())
        .amountPerSize(CommandScope.oneOf(asset))
        .debtWeightE8(line.has("debtWeight") ? scope.ratioE8(line, "debtWeight") : ONE_E8)
        .factorE6(line.intOr("factorE6", 0, Integer.MAX_VALUE, 0))
        .concentrationStartUnits(scope.units(reference, line, "concentrationStart"));
    final SetCollateralEncoder.TiersEncoder rows = command.tiersCount(tiers.size());
    for (final Fields tier : tiers) {
      rows.next().floorUnits(scope.requiredUnits(reference, tier, "floor")).weightE8(scope.ratioE8(tier, "weight"));
    }
  }

  private void mode(final Fields line, final CommandScope scope) throws LineFault {
    final long account = scope.account(line);
    final MarginMode marginMode = line.word("tdMode", MODES);
    final PosMode posMode = line.wordOr("posMode", POSITION_MODES, PosMode.NET);
    final SetAccountModeEncoder command = scope.ingress().begin(mode);
    scope.header(command.header(), account);
    command.marginMode(marginMode).positionMode(PosMode.NET == posMode ? PositionMode.ONE_WAY : PositionMode.HEDGE);
  }

  private void leverage(final Fields line, final CommandScope scope) throws LineFault {
    final long account = scope.account(line);
    final Directory.InstrumentEntry instrument = scope.instrument(line);
    line.decimal("lever");
    final SetLeverageEncoder command = scope.ingress().begin(leverage);
    scope.header(command.header(), account);
    command.instrumentId(instrument.id()).leverageE2(scope.timesE2(line, "lever"));
  }

  private void adjust(final Fields line, final CommandScope scope) throws LineFault {
    final long account = scope.account(line);
    final Directory.InstrumentEntry instrument = scope.instrument(line);
    final long amountUnits = scope.requiredUnits(scope.settle(instrument, line), line, "amt");
    final AdjustMarginEncoder command = scope.ingress().begin(adjust);
    scope.header(command.header(), account);
    command.instrumentId(instrument.id()).amountUnits(amountUnits)
        .positionSide(line.wordOr("posSide", SIDES, PositionSide.NET));
  }

  private void volatility(final Fields line, final CommandScope scope) throws LineFault {
    final Directory.InstrumentEntry option = scope.instrument(line);
    final int forwardId = line.has("forwardInstId") ? scope.instrument(line, "forwardInstId").id() : 0;
    line.decimal("vol");
    final SetOptionVolatilityEncoder command = scope.ingress().begin(volatility);
    scope.header(command.header(), 0);
    command.instrumentId(option.id()).forwardInstrumentId(forwardId).volatilityE8(scope.numberE8(line, "vol"))
        .rateE8(scope.numberE8(line, "rate"));
  }

  private void portfolio(final Fields line, final CommandScope scope) throws LineFault {
    final Directory.InstrumentEntry index = scope.instrument(line);
    final PortfolioParameter parameter = line.word("parameter", PARAMETERS);
    line.decimal("value");
    final SetPortfolioMarginEncoder command = scope.ingress().begin(portfolio);
    scope.header(command.header(), 0);
    command.instrumentId(index.id()).parameter(parameter.ordinal()).valueE8(scope.numberE8(line, "value"));
  }
}
