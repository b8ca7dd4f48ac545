package io.gavel.engine.replay;

import io.gavel.codecs.DecimalText;
import io.gavel.codecs.sbe.AuctionPriceDecoder;
import io.gavel.codecs.sbe.CancelAllAfterDecoder;
import io.gavel.codecs.sbe.CancelOnDisconnectDecoder;
import io.gavel.codecs.sbe.Flag;
import io.gavel.codecs.sbe.SessionChangedDecoder;
import io.gavel.codecs.sbe.SetAccountLimitsDecoder;
import io.gavel.codecs.sbe.SetSessionDecoder;
import io.gavel.codecs.sbe.SetVolatilityGuardDecoder;

/** What the log says of markets that open and close, of their auctions, of lost connections and limits of accounts. */
final class SessionSentences {

  private static final int NANOS_SCALE = 9;

  private final LogLine line;

  SessionSentences(final LogLine line) {
    this.line = line;
  }

  String changed(final SessionChangedDecoder change) {
    return line.say("session.changed", line.pair(change.instrumentId()), line.word(change.fromState()),
        line.word(change.toState()), until(change.callEndTimeNs()), line.reason(change.reason()));
  }

  String price(final AuctionPriceDecoder auction) {
    final int instrumentId = auction.instrumentId();
    if (0 == auction.priceTicks()) {
      return line.say("auction.none", line.pair(instrumentId));
    }
    return line.say(Flag.YES == auction.uncrossed() ? "auction.uncrossed" : "auction.price", line.pair(instrumentId),
        line.size(instrumentId, auction.volumeLots()), line.price(instrumentId, auction.priceTicks()),
        surplus(instrumentId, auction.surplusLots()));
  }

  String asked(final SetSessionDecoder command) {
    return line.say("command.SetSession", line.pair(command.instrumentId()), line.word(command.state()),
        until(command.callEndTimeNs()));
  }

  String asked(final SetVolatilityGuardDecoder command) {
    final String pair = line.pair(command.instrumentId());
    return 0 == command.bandBps() ? line.say("command.guardOff", pair)
        : line.say("command.SetVolatilityGuard", pair, command.bandBps(), seconds(command.callNs()),
            seconds(command.horizonNs()));
  }

  String asked(final CancelAllAfterDecoder command) {
    return 0 == command.timeoutNs() ? line.say("command.countdownOff")
        : line.say("command.CancelAllAfter", line.word(command.scope()), seconds(command.timeoutNs()));
  }

  String asked(final CancelOnDisconnectDecoder command) {
    return 0 == command.sessionId() ? line.say("command.unbound")
        : line.say("command.CancelOnDisconnect", line.word(command.scope()), command.sessionId());
  }

  String asked(final SetAccountLimitsDecoder command) {
    return line.say("command.SetAccountLimits", command.openOrdersMax(), command.openRulesMax(),
        command.ratePerSecond(), command.rateBurst(), command.stpGroup());
  }

  private String surplus(final int instrumentId, final long surplusLots) {
    if (0 == surplusLots) {
      return line.say("auction.even");
    }
    return line.say(surplusLots > 0 ? "auction.buyers" : "auction.sellers",
        line.size(instrumentId, Math.abs(surplusLots)));
  }

  private String until(final long timeNs) {
    return 0 == timeNs ? "" : line.say("session.until", line.time(timeNs));
  }

  private static String seconds(final long durationNs) {
    return DecimalText.format(durationNs, NANOS_SCALE);
  }
}
