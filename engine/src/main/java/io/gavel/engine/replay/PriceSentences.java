package io.gavel.engine.replay;

import io.gavel.codecs.DecimalText;
import io.gavel.codecs.sbe.MarkRuleKind;
import io.gavel.codecs.sbe.PriceQuoteDecoder;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.PriceStateChangedDecoder;
import io.gavel.codecs.sbe.SetPriceRuleDecoder;

/** What the log says of the sources of indices, and of what marks and indices count for. */
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
