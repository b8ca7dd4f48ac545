package io.gavel.adapters.cli.pipe;

import io.gavel.codecs.EventDescriptor;
import io.gavel.codecs.FrameFlyweight;
import io.gavel.codecs.Text32;
import io.gavel.codecs.sbe.AdjustTradeDecoder;
import io.gavel.codecs.sbe.BustTradeDecoder;
import io.gavel.codecs.sbe.CompensateDecoder;
import io.gavel.codecs.sbe.Flag;
import io.gavel.codecs.sbe.RemediedDecoder;
import io.gavel.codecs.sbe.RemedyKind;
import io.gavel.codecs.sbe.Text32Decoder;
import io.gavel.engine.Directory;
import io.gavel.engine.egress.EventKey;
import org.agrona.DirectBuffer;

/** Trades that were put right and harm that was paid for: the commands in the words of a line, the events as lines. */
final class RemedyRenderer {

  private final Directory directory;
  private final JsonOut out;
  private final RemediedDecoder remedied = new RemediedDecoder();

  RemedyRenderer(final Directory directory, final JsonOut out) {
    this.directory = directory;
    this.out = out;
  }

  /** Shows a journalled command that is one of these; false: it is another's. */
  boolean command(final DirectBuffer buffer, final FrameFlyweight frame) {
    final int body = frame.bodyOffset();
    final int block = frame.blockLength();
    final int version = frame.version();
    switch (frame.templateId()) {
      case BustTradeDecoder.TEMPLATE_ID -> bust(new BustTradeDecoder().wrap(buffer, body, block, version));
      case AdjustTradeDecoder.TEMPLATE_ID -> adjust(new AdjustTradeDecoder().wrap(buffer, body, block, version));
      case CompensateDecoder.TEMPLATE_ID -> compensate(new CompensateDecoder().wrap(buffer, body, block, version));
      default -> {
        return false;
      }
    }
    return true;
  }

  private void bust(final BustTradeDecoder command) {
    final int id = command.instrumentId();
    final Directory.InstrumentEntry entry = directory.instrument(id);
    CommandRenderer.begin(out, directory, "bust-trade", command.header()).put("instId", directory.instrumentName(id))
        .put("tradeId", command.tradeId()).put("cause", Words.word(command.cause()))
        .put("evidence", text(command.evidence())).put("fund", Words.word(command.fund()))
        .put("fundMax", MarginEventRenderer.settleText(directory, id, command.fundMaxUnits()))
        .put("fundBaseMax", directory.amountText(null == entry ? 0 : entry.baseAssetId(), command.fundBaseMaxUnits()));
  }

  private void adjust(final AdjustTradeDecoder command) {
    final int id = command.instrumentId();
    CommandRenderer.begin(out, directory, "adjust-trade", command.header())
        .put("instId", directory.instrumentName(id)).put("tradeId", command.tradeId())
        .put("px", directory.priceText(id, command.priceTicks())).put("cause", Words.word(command.cause()))
        .put("evidence", text(command.evidence())).put("fund", Words.word(command.fund()))
        .put("fundMax", MarginEventRenderer.settleText(directory, id, command.fundMaxUnits()));
  }

  /** Which instrument the trade was in, the journal's command does not say, so its best price is in ticks. */
  private void compensate(final CompensateDecoder command) {
    CommandRenderer.begin(out, directory, "compensate", command.header())
        .put("ccy", directory.assetName(command.assetId()))
        .put("amt", directory.amountText(command.assetId(), command.amountUnits())).put("key", command.key())
        .putId("tradeId", command.tradeId()).putId("bestTicks", command.bestPriceTicks())
        .put("cause", Words.word(command.cause())).put("evidence", text(command.evidence()))
        .put("fund", Words.word(command.fund()))
        .put("fundMax", directory.amountText(command.assetId(), command.fundMaxUnits()));
  }

  /** Writes the line of an event that is one of these; false: it is another's. */
  boolean event(final DirectBuffer buffer, final int offset) {
    if (RemediedDecoder.TEMPLATE_ID != EventKey.templateId(buffer, offset)) {
      return false;
    }
    remedied.wrap(buffer, offset + EventDescriptor.HEADER_LENGTH, EventKey.blockLength(buffer, offset),
        EventKey.version(buffer, offset));
    final int id = remedied.instrumentId();
    final int asset = remedied.assetId();
    EventLine.begin(out, "remedied", remedied.header()).put("kind", Words.word(remedied.kind()))
        .put("acct", directory.accountName(remedied.header().account())).putId("tradeId", remedied.tradeId())
        .putId("key", remedied.key());
    if (0 != id) {
      out.put("instId", directory.instrumentName(id)).put("px", directory.priceText(id, remedied.priceTicks()));
    }
    if (0 != remedied.newPriceTicks()) {
      out.put(RemedyKind.ADJUST == remedied.kind() ? "newPx" : "bestPx",
          directory.priceText(id, remedied.newPriceTicks()));
    }
    if (RemedyKind.COMPENSATION != remedied.kind()) {
      final Directory.InstrumentEntry entry = directory.instrument(id);
      final int base = null == entry ? 0 : entry.baseAssetId();
      out.put("otherAcct", directory.accountName(remedied.otherAccount()))
          .put("sz", directory.sizeText(id, remedied.lots()))
          .put("base", directory.amountText(base, remedied.baseUnits()))
          .put("money", directory.amountText(asset, remedied.quoteUnits())).put("feeUnits", remedied.feeUnits())
          .put("realised", directory.amountText(asset, remedied.realisedUnits()))
          .put("fundBase", directory.amountText(base, remedied.fundBaseUnits()))
          .put("exact", Flag.YES == remedied.exact());
    }
    out.put("ccy", directory.assetName(asset)).put("fund", Words.word(remedied.fund()))
        .put("fundPaid", directory.amountText(asset, remedied.fundUnits())).put("cause", Words.word(remedied.cause()))
        .put("evidence", text(remedied.evidence())).end();
    return true;
  }

  private static String text(final Text32Decoder text) {
    return Text32.toString(text.w0(), text.w1(), text.w2(), text.w3());
  }
}
