package io.gavel.engine.replay;

import io.gavel.codecs.DecimalText;
import io.gavel.codecs.sbe.AdjustMarginDecoder;
import io.gavel.codecs.sbe.Flag;
import io.gavel.codecs.sbe.MarginChangedDecoder;
import io.gavel.codecs.sbe.PositionChangedDecoder;
import io.gavel.codecs.sbe.PositionSide;
import io.gavel.codecs.sbe.SetAccountModeDecoder;
import io.gavel.codecs.sbe.SetCollateralDecoder;
import io.gavel.codecs.sbe.SetLeverageDecoder;
import io.gavel.codecs.sbe.SetMarginDecoder;
import io.gavel.codecs.sbe.SetOptionVolatilityDecoder;
import io.gavel.codecs.sbe.SetPortfolioMarginDecoder;
import io.gavel.risk.option.PortfolioParameter;

/** What the log says of positions in contracts and of what they need. Money of contracts stays in units. */
final class MarginSentences {

  private static final int LEVERAGE_SCALE = 2;

  private final LogLine line;

  MarginSentences(final LogLine line) {
    this.line = line;
  }

  String changed(final PositionChangedDecoder change) {
    final int instrumentId = change.instrumentId();
    return line.say("position", line.pair(instrumentId), line.size(instrumentId, change.lots()),
        line.size(instrumentId, change.changeLots()), change.costUnits(), change.realisedUnits(),
        line.word(change.cause()), change.epoch(), side(change.positionSide()));
  }

  String changed(final MarginChangedDecoder change) {
    final String pair = line.pair(change.instrumentId());
    return Flag.YES == change.done() ? line.say("margin.done", pair, change.accounts())
        : line.say("margin.step", pair, change.accounts(), change.throughAccount());
  }

  String asked(final SetMarginDecoder command) {
    return line.say("command.SetMargin", line.pair(command.instrumentId()), line.word(command.curve()),
        command.tiers().count());
  }

  String asked(final SetCollateralDecoder command) {
    final String asset = line.names().assetName(command.assetId());
    return 0 == command.instrumentId() ? line.say("command.collateralReference", asset)
        : line.say("command.SetCollateral", asset, line.pair(command.instrumentId()));
  }

  String asked(final SetAccountModeDecoder command) {
    return line.say("command.SetAccountMode", line.word(command.marginMode()), line.word(command.positionMode()));
  }

  String asked(final SetLeverageDecoder command) {
    return line.say("command.SetLeverage", line.pair(command.instrumentId()),
        DecimalText.format(command.leverageE2(), LEVERAGE_SCALE));
  }

  String asked(final AdjustMarginDecoder command) {
    return line.say("command.AdjustMargin", line.pair(command.instrumentId()), command.amountUnits(),
        side(command.positionSide()));
  }

  String asked(final SetOptionVolatilityDecoder command) {
    final int forwardId = command.forwardInstrumentId();
    return line.say("command.SetOptionVolatility", line.pair(command.instrumentId()), ratio(command.volatilityE8()),
        ratio(command.rateE8()), 0 == forwardId ? line.say("option.index") : line.pair(forwardId));
  }

  /** A number that this build has no name for is told as it is: the command was refused. */
  String asked(final SetPortfolioMarginDecoder command) {
    final PortfolioParameter[] known = PortfolioParameter.values();
    final int parameter = command.parameter();
    return line.say("command.SetPortfolioMargin", line.pair(command.instrumentId()),
        parameter >= 0 && parameter < known.length ? known[parameter].name() : Integer.toString(parameter),
        ratio(command.valueE8()));
  }

  /** Which of two positions; one-way accounts have one. */
  private String side(final PositionSide side) {
    return PositionSide.NET == side ? "" : line.say("position.side", line.word(side));
  }

  private static String ratio(final long ratioE8) {
    return DecimalText.format(ratioE8, RuleSentences.RATIO_SCALE);
  }
}
