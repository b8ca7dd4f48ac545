package io.gavel.adapters.cli.pipe;

import io.gavel.codecs.DecimalText;
import io.gavel.codecs.FrameFlyweight;
import io.gavel.codecs.sbe.CommandHeaderDecoder;
import io.gavel.codecs.sbe.PriceQuoteDecoder;
import io.gavel.codecs.sbe.SetFundingDecoder;
import io.gavel.codecs.sbe.SetInterestDecoder;
import io.gavel.codecs.sbe.SetPriceRuleDecoder;
import io.gavel.engine.Directory;
import org.agrona.DirectBuffer;

/** Shows the journalled commands about indices, marks and funding in the words in which a line would say them. */
final class PriceCommandRenderer {

  private static final int RATIO_SCALE = 8;

  private final Directory directory;
  private final JsonOut out;

  PriceCommandRenderer(final Directory directory, final JsonOut out) {
    this.directory = directory;
    this.out = out;
  }

  void render(final DirectBuffer buffer, final FrameFlyweight frame) {
    final int body = frame.bodyOffset();
    final int block = frame.blockLength();
    final int version = frame.version();
    switch (frame.templateId()) {
      case SetPriceRuleDecoder.TEMPLATE_ID -> rule(new SetPriceRuleDecoder().wrap(buffer, body, block, version));
      case PriceQuoteDecoder.TEMPLATE_ID -> quote(new PriceQuoteDecoder().wrap(buffer, body, block, version));
      case SetInterestDecoder.TEMPLATE_ID -> interest(new SetInterestDecoder().wrap(buffer, body, block, version));
      case SetFundingDecoder.TEMPLATE_ID -> funding(new SetFundingDecoder().wrap(buffer, body, block, version));
      default -> new MarginCommandRenderer(directory, out).render(buffer, frame);
    }
  }

  private void rule(final SetPriceRuleDecoder command) {
    final int id = command.instrumentId();
    begin("price-rule", command.header(), id).put("quorum", command.quorum())
        .put("staleSec", seconds(command.staleNs())).put("aheadSec", seconds(command.futureNs()))
        .put("off", ratio(command.deviationE8())).put("offSec", seconds(command.excludeNs()))
        .put("back", ratio(command.readmitBandE8())).put("backSec", seconds(command.readmitNs()))
        .put("confidenceMin", ratio(command.confidenceMinE8())).put("moveMax", ratio(command.moveMaxE8()))
        .put("source", command.sourceId()).put("floorPx", directory.markText(id, command.floorUnits()))
        .put("ceilPx", directory.markText(id, command.ceilUnits()))
        .put("markRule", Words.word(command.markRule())).put("windowSec", seconds(command.windowNs()))
        .put("halfLifeSec", seconds(command.halfLifeNs())).put("band", ratio(command.bandE8()))
        .put("raiseMax", ratio(command.raiseMaxE8())).put("raiseSec", seconds(command.raiseIntervalNs()));
  }

  private void quote(final PriceQuoteDecoder command) {
    final int id = command.instrumentId();
    begin("quote", command.header(), id).put("source", command.sourceId())
        .put("px", directory.markText(id, command.priceUnits())).putTime("seen", command.sourceTimeNs())
        .put("confidence", ratio(command.confidenceE8()));
  }

  private void funding(final SetFundingDecoder command) {
    begin("funding", command.header(), command.instrumentId()).put("fundingRule", Words.word(command.rule()))
        .put("intervalSec", seconds(command.intervalNs())).put("periodSec", seconds(command.periodNs()))
        .put("cap", rate(command.capE10())).put("stepMax", rate(command.stepMaxE10()))
        .put("interest", rate(command.interestE10())).put("damp", rate(command.dampE10()))
        .put("rate", rate(command.rateE10()));
  }

  private void interest(final SetInterestDecoder command) {
    CommandRenderer.begin(out, directory, "interest", command.header())
        .put("ccy", directory.assetName(command.assetId())).put("intervalSec", seconds(command.intervalNs()))
        .put("base", rate(command.baseRateE10())).put("kink", ratio(command.kinkE8()))
        .put("slope", rate(command.slopeE10())).put("slopeAbove", rate(command.slopeAboveE10()))
        .put("reserve", ratio(command.reserveE8()));
  }

  private JsonOut begin(final String op, final CommandHeaderDecoder header, final int instrumentId) {
    return CommandRenderer.begin(out, directory, op, header).put("instId", directory.instrumentName(instrumentId));
  }

  private static String seconds(final long durationNs) {
    return DecimalText.format(durationNs, SessionCommandRenderer.NANOS_SCALE);
  }

  private static String ratio(final int ratioE8) {
    return DecimalText.format(ratioE8, RATIO_SCALE);
  }

  private static String rate(final long rateE10) {
    return DecimalText.format(rateE10, DecimalText.SCALE_MAX);
  }
}
