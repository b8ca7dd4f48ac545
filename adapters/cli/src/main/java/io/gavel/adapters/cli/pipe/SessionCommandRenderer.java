package io.gavel.adapters.cli.pipe;

import io.gavel.codecs.DecimalText;
import io.gavel.codecs.FrameFlyweight;
import io.gavel.codecs.sbe.CancelAllAfterDecoder;
import io.gavel.codecs.sbe.CancelOnDisconnectDecoder;
import io.gavel.codecs.sbe.CommandHeaderDecoder;
import io.gavel.codecs.sbe.DisconnectDecoder;
import io.gavel.codecs.sbe.GrowCapacityDecoder;
import io.gavel.codecs.sbe.QuarantineDecoder;
import io.gavel.codecs.sbe.SessionState;
import io.gavel.codecs.sbe.SetAccountLimitsDecoder;
import io.gavel.codecs.sbe.SetSessionDecoder;
import io.gavel.codecs.sbe.SetVolatilityGuardDecoder;
import io.gavel.engine.Directory;
import org.agrona.DirectBuffer;

/** Shows the journalled commands of markets and connections in the words in which a line would say them. */
final class SessionCommandRenderer {

  /** Durations are seconds with up to nine decimals. */
  static final int NANOS_SCALE = 9;

  private final Directory directory;
  private final JsonOut out;

  SessionCommandRenderer(final Directory directory, final JsonOut out) {
    this.directory = directory;
    this.out = out;
  }

  void render(final DirectBuffer buffer, final FrameFlyweight frame) {
    final int body = frame.bodyOffset();
    final int block = frame.blockLength();
    final int version = frame.version();
    switch (frame.templateId()) {
      case SetSessionDecoder.TEMPLATE_ID -> session(new SetSessionDecoder().wrap(buffer, body, block, version));
      case SetVolatilityGuardDecoder.TEMPLATE_ID ->
          guard(new SetVolatilityGuardDecoder().wrap(buffer, body, block, version));
      case CancelAllAfterDecoder.TEMPLATE_ID ->
          countdown(new CancelAllAfterDecoder().wrap(buffer, body, block, version));
      case CancelOnDisconnectDecoder.TEMPLATE_ID ->
          bind(new CancelOnDisconnectDecoder().wrap(buffer, body, block, version));
      case DisconnectDecoder.TEMPLATE_ID -> out.beginCommand("disconnect")
          .put("lostSessionId", new DisconnectDecoder().wrap(buffer, body, block, version).sessionId());
      case SetAccountLimitsDecoder.TEMPLATE_ID ->
          accountLimits(new SetAccountLimitsDecoder().wrap(buffer, body, block, version));
      case GrowCapacityDecoder.TEMPLATE_ID -> grow(new GrowCapacityDecoder().wrap(buffer, body, block, version));
      case QuarantineDecoder.TEMPLATE_ID -> quarantine(new QuarantineDecoder().wrap(buffer, body, block, version));
      default -> new SecurityCommandRenderer(directory, out).render(buffer, frame);
    }
  }

  private void grow(final GrowCapacityDecoder command) {
    if (0 == command.ordersMax()) {
      out.beginCommand("keep-trades").put("count", command.tradesKept());
    } else {
      out.beginCommand("grow-orders").put("ordersMax", command.ordersMax());
    }
  }

  private void quarantine(final QuarantineDecoder command) {
    out.beginCommand("quarantine").put("passedOver", command.sequence())
        .put("keyId", Long.toHexString(command.keyId())).put("incident", command.incident());
  }

  private void session(final SetSessionDecoder command) {
    final int id = command.instrumentId();
    if (SessionState.AUCTION != command.state()) {
      begin("session", command.header()).put("instId", directory.instrumentName(id))
          .put("state", Words.word(command.state()));
      return;
    }
    begin("auction", command.header()).put("instId", directory.instrumentName(id))
        .put("next", Words.word(command.nextState()));
    if (0 != command.callEndTimeNs()) {
      out.putTime("until", command.callEndTimeNs());
    }
    if (0 != command.referenceTicks()) {
      out.put("referencePx", directory.priceText(id, command.referenceTicks()));
    }
  }

  private void guard(final SetVolatilityGuardDecoder command) {
    begin("volatility-guard", command.header()).put("instId", directory.instrumentName(command.instrumentId()))
        .put("bandBps", command.bandBps()).put("callSec", seconds(command.callNs()))
        .put("horizonSec", seconds(command.horizonNs()));
  }

  private void countdown(final CancelAllAfterDecoder command) {
    begin("cancel-all-after", command.header()).put("timeoutSec", seconds(command.timeoutNs()))
        .put("scope", Words.word(command.scope()));
  }

  private void bind(final CancelOnDisconnectDecoder command) {
    begin("cancel-on-disconnect", command.header()).put("boundSessionId", command.sessionId())
        .put("scope", Words.word(command.scope()));
  }

  private void accountLimits(final SetAccountLimitsDecoder command) {
    begin("account-limits", command.header()).put("openOrdersMax", command.openOrdersMax())
        .put("openRulesMax", command.openRulesMax()).put("ratePerSecond", command.ratePerSecond())
        .put("rateBurst", command.rateBurst()).put("stpGroup", command.stpGroup());
  }

  private JsonOut begin(final String op, final CommandHeaderDecoder header) {
    return CommandRenderer.begin(out, directory, op, header);
  }

  private static String seconds(final long durationNs) {
    return DecimalText.format(durationNs, NANOS_SCALE);
  }
}
