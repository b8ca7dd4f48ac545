package io.gavel.engine.replay;

import io.gavel.codecs.DecimalText;
import io.gavel.codecs.sbe.FundingSettledDecoder;
import io.gavel.codecs.sbe.InterestSettledDecoder;
import io.gavel.codecs.sbe.MarkRuleKind;
import io.gavel.codecs.sbe.PriceQuoteDecoder;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.PriceStateChangedDecoder;
import io.gavel.codecs.sbe.SetFundingDecoder;
import io.gavel.codecs.sbe.SetInterestDecoder;
import io.gavel.codecs.sbe.SetPoolDecoder;
import io.gavel.codecs.sbe.SetPriceRuleDecoder;
import io.gavel.codecs.sbe.SetSignalDecoder;

/** What the log says of the sources of indices, and of what marks and indices count for, of funding and interest. */
final class PriceSentences {

  private static final int NANOS_SCALE = 9;

  private final LogLine line;

  PriceSentences(final LogLine line) {
    this.line = line;
  }

  String changed(final PriceStateChangedDecoder change) {
    final int instrumentId = change.instrumentId();
    final String sources = PriceSource.INDEX != change.source() || 0 == change.excludedSources() ? ""
        : line.say("price.excluded", bits(change.excludedSources()));
    return line.say("price.state", line.pair(instrumentId), line.word(change.source()),
        line.word(change.fromState()), line.word(change.toState()),
        line.names().markText(instrumentId, change.priceUnits()), seconds(change.ageNs()), sources);
  }

  String asked(final SetPriceRuleDecoder command) {
    final String pair = line.pair(command.instrumentId());
    final String mark = line.word(command.markRule());
    if (0 == command.quorum()) {
      return 0 == command.staleNs() && MarkRuleKind.DIRECT == command.markRule()
          ? line.say("command.priceRuleOff", pair)
          : line.say("command.priceRuleDirect", pair, seconds(command.staleNs()), mark);
    }
    return line.say("command.SetPriceRule", pair, command.quorum(), seconds(command.staleNs()),
        ratio(command.deviationE8()), ratio(command.readmitBandE8()), seconds(command.readmitNs()), mark);
  }

  String asked(final PriceQuoteDecoder command) {
    final int instrumentId = command.instrumentId();
    return line.say("command.PriceQuote", command.sourceId(), line.pair(instrumentId),
        line.names().markText(instrumentId, command.priceUnits()));
  }

  String asked(final SetSignalDecoder command) {
    final String until = 0 == command.untilNs() ? line.say("signal.stays") : line.time(command.untilNs());
    return 0 == command.instrumentId() ? line.say("command.signalOfAccount", command.signalId(), command.value(), until)
        : line.say("command.SetSignal", command.signalId(), line.pair(command.instrumentId()), command.value(), until);
  }

  String asked(final SetPoolDecoder command) {
    final int instrumentId = command.instrumentId();
    return 0 == command.baseUnits() ? line.say("command.poolGone", command.poolId(), line.pair(instrumentId))
        : line.say("command.SetPool", command.poolId(), line.pair(instrumentId), line.word(command.kind()),
            command.baseUnits(), line.quote(instrumentId, command.quoteUnits()), ratio(command.feeE8()));
  }

  String settled(final FundingSettledDecoder funding) {
    final int instrumentId = funding.instrumentId();
    if (0 == funding.markUnits()) {
      return line.say("funding.none", line.pair(instrumentId), line.time(funding.nextTimeNs()));
    }
    return line.say("funding.settled", line.pair(instrumentId), rate(funding.rateE10()),
        line.names().markText(instrumentId, funding.markUnits()), rate(funding.premiumE10()),
        line.time(funding.nextTimeNs()));
  }

  String asked(final SetFundingDecoder command) {
    final String pair = line.pair(command.instrumentId());
    return 0 == command.intervalNs() ? line.say("command.fundingOff", pair)
        : line.say("command.SetFunding", pair, line.word(command.rule()), seconds(command.intervalNs()),
            seconds(command.periodNs()), rate(command.capE10()));
  }

  String settled(final InterestSettledDecoder interest) {
    final JournalNames names = line.names();
    final int assetId = interest.assetId();
    return line.say("interest.settled", names.assetName(assetId), rate(interest.rateE10()),
        names.amountText(assetId, interest.borrowedUnits()), names.amountText(assetId, interest.depositsUnits()),
        ratio(interest.utilisationE8()), names.amountText(assetId, interest.interestUnits()),
        0 == interest.nextTimeNs() ? "-" : line.time(interest.nextTimeNs()));
  }

  String asked(final SetInterestDecoder command) {
    final String asset = line.names().assetName(command.assetId());
    return 0 == command.intervalNs() ? line.say("command.interestOff", asset)
        : line.say("command.SetInterest", asset, seconds(command.intervalNs()), rate(command.baseRateE10()),
            rate(command.baseRateE10() + command.slopeE10()), ratio(command.kinkE8()),
            rate(command.baseRateE10() + command.slopeE10() + command.slopeAboveE10()), ratio(command.reserveE8()));
  }

  private static String rate(final long rateE10) {
    return DecimalText.format(rateE10, DecimalText.SCALE_MAX);
  }

  /** The numbers of the sources whose bits are set. */
  private static String bits(final int sources) {
    final StringBuilder text = new StringBuilder();
    for (int i = 0; i < Integer.SIZE; i++) {
      if (0 != (sources & 1 << i)) {
        text.append(0 == text.length() ? "" : " ").append(i + 1);
      }
    }
    return text.toString();
  }

  private static String ratio(final int ratioE8) {
    return DecimalText.format(ratioE8, RuleSentences.RATIO_SCALE);
  }

  private static String seconds(final long durationNs) {
    return DecimalText.format(durationNs, NANOS_SCALE);
  }
}
