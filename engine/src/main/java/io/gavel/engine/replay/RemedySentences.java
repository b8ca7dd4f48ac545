package io.gavel.engine.replay;

import io.gavel.codecs.sbe.AdjustTradeDecoder;
import io.gavel.codecs.sbe.BustTradeDecoder;
import io.gavel.codecs.sbe.CompensateDecoder;
import io.gavel.codecs.sbe.Flag;
import io.gavel.codecs.sbe.RemediedDecoder;
import io.gavel.codecs.sbe.RemedyKind;

/** What the log says of trades that are taken back or get another price, and of harm that is paid for. */
final class RemedySentences {

  private final LogLine line;

  RemedySentences(final LogLine line) {
    this.line = line;
  }

  /** A side of a trade, or a payment; a trade is told with everything that moved, whether or not it did. */
  String told(final RemediedDecoder event) {
    final int instrumentId = event.instrumentId();
    final String why = line.say("remedy.why", line.word(event.cause()), EventWords.text(event.evidence()));
    if (RemedyKind.COMPENSATION == event.kind()) {
      return line.say("remedy.paid", line.amount(event.assetId(), event.fundUnits()), line.word(event.fund()),
          event.key(), 0 == event.tradeId() ? "" : line.say("remedy.forTrade", event.tradeId(),
              line.price(instrumentId, event.priceTicks()), line.price(instrumentId, event.newPriceTicks())), why);
    }
    final boolean bust = RemedyKind.BUST == event.kind();
    return line.say(bust ? "remedy.bust" : "remedy.adjust", event.tradeId(), line.pair(instrumentId),
        line.price(instrumentId, event.priceTicks()), line.price(instrumentId, event.newPriceTicks()),
        line.size(instrumentId, event.lots()), line.amount(event.assetId(), event.quoteUnits()),
        line.fee(instrumentId, event.feeUnits()), line.names().amountText(event.assetId(), event.realisedUnits()),
        line.names().accountName(event.otherAccount()),
        line.say("remedy.tail", fund(event), line.say(Flag.YES == event.exact() ? "remedy.exact" : "remedy.depends"),
            why));
  }

  private String fund(final RemediedDecoder event) {
    return 0 == event.fundUnits() + event.fundBaseUnits() ? "" : line.say("remedy.fund", line.word(event.fund()),
        line.amount(event.assetId(), event.fundUnits()), line.names().amountText(0, event.fundBaseUnits()));
  }

  String asked(final BustTradeDecoder command) {
    return line.say("command.BustTrade", command.tradeId(), line.pair(command.instrumentId()),
        line.word(command.cause()), EventWords.text(command.evidence()));
  }

  String asked(final AdjustTradeDecoder command) {
    return line.say("command.AdjustTrade", command.tradeId(), line.pair(command.instrumentId()),
        line.price(command.instrumentId(), command.priceTicks()), line.word(command.cause()),
        EventWords.text(command.evidence()));
  }

  String asked(final CompensateDecoder command) {
    return line.say("command.Compensate", line.amount(command.assetId(), command.amountUnits()),
        line.word(command.fund()), command.key(), line.word(command.cause()), EventWords.text(command.evidence()));
  }
}
