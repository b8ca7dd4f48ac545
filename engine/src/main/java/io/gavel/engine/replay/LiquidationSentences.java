package io.gavel.engine.replay;

import io.gavel.codecs.sbe.FundHouseDecoder;
import io.gavel.codecs.sbe.HouseFundChangedDecoder;
import io.gavel.codecs.sbe.InstrumentSettledDecoder;
import io.gavel.codecs.sbe.LiquidationStepDecoder;
import io.gavel.codecs.sbe.SetLiquidationDecoder;
import io.gavel.codecs.sbe.SettleInstrumentDecoder;

/** What the log says of liquidations and why, of the funds of the house, and of contracts that end. */
final class LiquidationSentences {

  private final LogLine line;

  LiquidationSentences(final LogLine line) {
    this.line = line;
  }

  /** Equity and requirement are units of the reference asset; a step that moved nothing says only them. */
  String step(final LiquidationStepDecoder step) {
    final int instrumentId = step.instrumentId();
    final String what = 0 == instrumentId ? line.say("liquidation.account") : line.pair(instrumentId);
    final String why = line.say("liquidation.why", step.equityUnits(), step.requirementUnits(), step.causeSequence());
    if (0 == step.lots()) {
      return line.say("liquidation.step", line.word(step.stage()), what, why);
    }
    return line.say("liquidation.moved", line.word(step.stage()), what, why,
        line.size(instrumentId, Math.abs(step.lots())), step.valueUnits(), step.fundUnits(), step.backstopUnits(),
        step.shortfallUnits(), line.names().markText(instrumentId, step.markUnits()));
  }

  String changed(final HouseFundChangedDecoder change) {
    return line.say("fund.changed", line.word(change.fund()), line.amount(change.assetId(), change.changeUnits()),
        line.names().amountText(change.assetId(), change.balanceUnits()));
  }

  String settled(final InstrumentSettledDecoder settled) {
    final int instrumentId = settled.instrumentId();
    return line.say("settled", line.pair(instrumentId), line.names().markText(instrumentId, settled.priceUnits()),
        settled.positions(), line.size(instrumentId, settled.openInterestLots()));
  }

  String asked(final FundHouseDecoder command) {
    return line.say("command.FundHouse", line.word(command.fund()),
        line.amount(command.assetId(), command.amountUnits()));
  }

  String asked(final SetLiquidationDecoder command) {
    return line.say("command.SetLiquidation", line.pair(command.instrumentId()), command.collarBps(),
        command.depthShareBps(), command.attemptsMax(), line.word(command.policy()), command.fundMaxUnits(),
        command.backstopLossMaxUnits(), line.word(command.reduction()));
  }

  String asked(final SettleInstrumentDecoder command) {
    final int instrumentId = command.instrumentId();
    return line.say("command.SettleInstrument", line.pair(instrumentId),
        line.names().markText(instrumentId, command.priceUnits()));
  }
}
