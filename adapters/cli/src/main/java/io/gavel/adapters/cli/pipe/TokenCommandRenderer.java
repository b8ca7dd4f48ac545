package io.gavel.adapters.cli.pipe;

import io.gavel.codecs.DecimalText;
import io.gavel.codecs.FrameFlyweight;
import io.gavel.codecs.sbe.CommandHeaderDecoder;
import io.gavel.codecs.sbe.Flag;
import io.gavel.codecs.sbe.RedeemTokenDecoder;
import io.gavel.codecs.sbe.SetTokenDecoder;
import io.gavel.codecs.sbe.SubscribeTokenDecoder;
import io.gavel.engine.Directory;
import org.agrona.DirectBuffer;

/** Shows the journalled commands about tokens in the words in which a line would say them. */
final class TokenCommandRenderer {

  private static final int RATIO_SCALE = 8;

  private final Directory directory;
  private final JsonOut out;

  TokenCommandRenderer(final Directory directory, final JsonOut out) {
    this.directory = directory;
    this.out = out;
  }

  void render(final DirectBuffer buffer, final FrameFlyweight frame) {
    final int body = frame.bodyOffset();
    final int block = frame.blockLength();
    final int version = frame.version();
    switch (frame.templateId()) {
      case SetTokenDecoder.TEMPLATE_ID -> terms(new SetTokenDecoder().wrap(buffer, body, block, version));
      case SubscribeTokenDecoder.TEMPLATE_ID -> {
        final SubscribeTokenDecoder command = new SubscribeTokenDecoder().wrap(buffer, body, block, version);
        subscribe(command);
      }
      case RedeemTokenDecoder.TEMPLATE_ID -> {
        final RedeemTokenDecoder command = new RedeemTokenDecoder().wrap(buffer, body, block, version);
        redeem(command);
      }
      default -> {
        if (!new RemedyRenderer(directory, out).command(buffer, frame)) {
          out.beginCommand("template-" + frame.templateId());
        }
      }
    }
  }

  private void terms(final SetTokenDecoder command) {
    final int id = command.instrumentId();
    begin("token", command.header(), id)
        .putText("underlyingInstId",
            0 == command.underlyingId() ? null : directory.instrumentName(command.underlyingId()))
        .put("pxType", Words.word(command.source())).put("nav", TokenEventRenderer.nav(directory, id, command.navE6()))
        .put("leverage", ratio(command.leverageE8())).put("threshold", ratio(command.thresholdE8()))
        .put("dailyTimeSec", DecimalText.format(command.dailyTimeNs(), SessionCommandRenderer.NANOS_SCALE))
        .put("fee", ratio(command.feeE8())).put("dailyFee", ratio(command.dailyFeeE8()))
        .put("skew", ratio(command.skewE8()))
        .put("skewScale", TokenEventRenderer.size(directory, id, command.skewScaleUnits()))
        .put("maxSz", TokenEventRenderer.size(directory, id, command.unitsMax()))
        .put("collateral", ratio(command.collateralE8()));
  }

  private void subscribe(final SubscribeTokenDecoder command) {
    final int id = command.instrumentId();
    final boolean isBacker = Flag.YES == command.backer();
    begin("token-subscribe", command.header(), id);
    if (isBacker) {
      out.put("backAmt", TokenEventRenderer.quote(directory, id, command.units()))
          .put("minShares", command.limitUnits());
    } else {
      out.put("sz", TokenEventRenderer.size(directory, id, command.units()))
          .put("limitAmt", TokenEventRenderer.quote(directory, id, command.limitUnits()));
    }
  }

  private void redeem(final RedeemTokenDecoder command) {
    final int id = command.instrumentId();
    begin("token-redeem", command.header(), id);
    if (Flag.YES == command.backer()) {
      out.put("shares", command.units());
    } else {
      out.put("sz", TokenEventRenderer.size(directory, id, command.units()));
    }
    out.put("limitAmt", TokenEventRenderer.quote(directory, id, command.limitUnits()));
  }

  private JsonOut begin(final String op, final CommandHeaderDecoder header, final int instrumentId) {
    return CommandRenderer.begin(out, directory, op, header).put("instId", directory.instrumentName(instrumentId));
  }

  private static String ratio(final long ratioE8) {
    return DecimalText.format(ratioE8, RATIO_SCALE);
  }
}
