package io.gavel.adapters.cli.pipe;

import io.gavel.codecs.EventDescriptor;
import io.gavel.codecs.sbe.Flag;
import io.gavel.codecs.sbe.HouseFundChangedDecoder;
import io.gavel.codecs.sbe.InstrumentSettledDecoder;
import io.gavel.codecs.sbe.LiquidationStepDecoder;
import io.gavel.codecs.sbe.MarginChangedDecoder;
import io.gavel.codecs.sbe.PositionChangedDecoder;
import io.gavel.engine.Directory;
import io.gavel.engine.egress.EventKey;
import java.util.function.IntSupplier;
import org.agrona.DirectBuffer;

/** Events of positions in contracts, of their margin and of liquidations, as lines of JSON. */
final class MarginEventRenderer {

  private final Directory directory;
  private final IntSupplier referenceAsset;
  private final JsonOut out;
  private final PositionChangedDecoder position = new PositionChangedDecoder();
  private final MarginChangedDecoder margin = new MarginChangedDecoder();
  private final LiquidationStepDecoder step = new LiquidationStepDecoder();
  private final HouseFundChangedDecoder fund = new HouseFundChangedDecoder();
  private final InstrumentSettledDecoder settled = new InstrumentSettledDecoder();

  MarginEventRenderer(final Directory directory, final IntSupplier referenceAsset, final JsonOut out) {
    this.directory = directory;
    this.referenceAsset = referenceAsset;
    this.out = out;
  }

  /** Writes the line of an event that is one of these; false: it is another's. */
  boolean render(final DirectBuffer buffer, final int offset) {
    final int body = offset + EventDescriptor.HEADER_LENGTH;
    final int block = EventKey.blockLength(buffer, offset);
    final int version = EventKey.version(buffer, offset);
    switch (EventKey.templateId(buffer, offset)) {
      case PositionChangedDecoder.TEMPLATE_ID -> position(position.wrap(buffer, body, block, version));
      case MarginChangedDecoder.TEMPLATE_ID -> margin(margin.wrap(buffer, body, block, version));
      case LiquidationStepDecoder.TEMPLATE_ID -> step(step.wrap(buffer, body, block, version));
      case HouseFundChangedDecoder.TEMPLATE_ID -> fund(fund.wrap(buffer, body, block, version));
      case InstrumentSettledDecoder.TEMPLATE_ID -> settled(settled.wrap(buffer, body, block, version));
      default -> {
        return false;
      }
    }
    return true;
  }

  private void position(final PositionChangedDecoder change) {
    final int id = change.instrumentId();
    EventLine.begin(out, "position", change.header()).put("acct", directory.accountName(change.header().account()))
        .put("instId", directory.instrumentName(id)).put("posSide", Words.word(change.positionSide()))
        .put("cause", Words.word(change.cause())).put("pos", directory.sizeText(id, change.lots()))
        .put("change", directory.sizeText(id, change.changeLots())).put("cost", settle(id, change.costUnits()))
        .put("realised", settle(id, change.realisedUnits())).put("margin", settle(id, change.marginUnits()))
        .put("epoch", change.epoch()).end();
  }

  private void margin(final MarginChangedDecoder change) {
    EventLine.begin(out, "margin", change.header()).put("instId", directory.instrumentName(change.instrumentId()))
        .putText("throughAcct", 0 == change.throughAccount() ? "" : directory.accountName(change.throughAccount()))
        .put("accounts", change.accounts()).put("done", Flag.YES == change.done()).end();
  }

  /** A step that is about the account as a whole names no instrument. */
  private void step(final LiquidationStepDecoder event) {
    final int id = event.instrumentId();
    EventLine.begin(out, "liquidation-step", event.header())
        .put("acct", directory.accountName(event.header().account())).put("stage", Words.word(event.stage()))
        .put("causeSeq", event.causeSequence()).put("equity", reference(event.equityUnits()))
        .put("requirement", reference(event.requirementUnits()));
    if (0 != id) {
      out.put("instId", directory.instrumentName(id)).put("posSide", Words.word(event.positionSide()))
          .put("markPx", directory.markText(id, event.markUnits())).put("sz", directory.sizeText(id, event.lots()))
          .put("value", settle(id, event.valueUnits())).put("fund", settle(id, event.fundUnits()))
          .put("backstop", settle(id, event.backstopUnits())).put("shortfall", settle(id, event.shortfallUnits()));
    }
    out.end();
  }

  private void fund(final HouseFundChangedDecoder change) {
    EventLine.begin(out, "house-fund", change.header()).put("fund", Words.word(change.fund()))
        .put("ccy", directory.assetName(change.assetId()))
        .put("change", directory.amountText(change.assetId(), change.changeUnits()))
        .put("balance", directory.amountText(change.assetId(), change.balanceUnits())).end();
  }

  private void settled(final InstrumentSettledDecoder event) {
    final int id = event.instrumentId();
    EventLine.begin(out, "instrument-settled", event.header()).put("instId", directory.instrumentName(id))
        .put("px", directory.markText(id, event.priceUnits()))
        .put("openInterest", directory.sizeText(id, event.openInterestLots()))
        .put("positions", event.positions()).end();
  }

  private String reference(final long units) {
    final int assetId = referenceAsset.getAsInt();
    return 0 == assetId ? Long.toString(units) : directory.amountText(assetId, units);
  }

  private String settle(final int instrumentId, final long units) {
    return settleText(directory, instrumentId, units);
  }

  /** An amount of what a contract settles in. */
  static String settleText(final Directory directory, final int instrumentId, final long units) {
    final Directory.InstrumentEntry entry = directory.instrument(instrumentId);
    if (null == entry) {
      return directory.amountText(0, units);
    }
    return directory.amountText(0 == entry.settleAssetId() ? entry.quoteAssetId() : entry.settleAssetId(), units);
  }
}
