package io.gavel.adapters.cli.pipe;

import io.gavel.codecs.DecimalText;
import io.gavel.codecs.EventDescriptor;
import io.gavel.codecs.sbe.Flag;
import io.gavel.codecs.sbe.TokenIssuedDecoder;
import io.gavel.codecs.sbe.TokenRebalancedDecoder;
import io.gavel.engine.Directory;
import io.gavel.engine.egress.EventKey;
import org.agrona.DirectBuffer;

/** Events of leveraged tokens and synthetic assets, as lines of JSON. */
final class TokenEventRenderer {

  private static final long NAV_SCALE = 1_000_000;
  private static final int RATIO_SCALE = 8;

  private final Directory directory;
  private final JsonOut out;
  private final TokenRebalancedDecoder rebalanced = new TokenRebalancedDecoder();
  private final TokenIssuedDecoder issued = new TokenIssuedDecoder();

  TokenEventRenderer(final Directory directory, final JsonOut out) {
    this.directory = directory;
    this.out = out;
  }

  /** Writes the line of an event that is one of these; false: it is another's. */
  boolean render(final DirectBuffer buffer, final int offset) {
    final int body = offset + EventDescriptor.HEADER_LENGTH;
    final int block = EventKey.blockLength(buffer, offset);
    final int version = EventKey.version(buffer, offset);
    switch (EventKey.templateId(buffer, offset)) {
      case TokenRebalancedDecoder.TEMPLATE_ID -> rebalanced(rebalanced.wrap(buffer, body, block, version));
      case TokenIssuedDecoder.TEMPLATE_ID -> issued(issued.wrap(buffer, body, block, version));
      default -> {
        return false;
      }
    }
    return true;
  }

  private void rebalanced(final TokenRebalancedDecoder token) {
    final int id = token.instrumentId();
    final int underlyingId = token.underlyingId();
    EventLine.begin(out, "token-rebalanced", token.header()).put("instId", directory.instrumentName(id))
        .put("underlyingInstId", directory.instrumentName(underlyingId)).put("reason", token.reason().name())
        .put("fromPx", directory.markText(underlyingId, token.fromPriceUnits()))
        .put("px", directory.markText(underlyingId, token.priceUnits()))
        .put("navBefore", nav(directory, id, token.navBeforeE6())).put("nav", nav(directory, id, token.navE6()))
        .put("leverageBefore", DecimalText.format(token.leverageBeforeE8(), RATIO_SCALE))
        .put("exposureBefore", quote(directory, id, token.exposureBeforeUnits()))
        .put("exposure", quote(directory, id, token.exposureUnits()))
        .put("traded", quote(directory, id, token.tradedUnits())).put("issued", size(directory, id, token.tokenUnits()))
        .put("owed", quote(directory, id, token.debtUnits())).put("pool", quote(directory, id, token.poolUnits()))
        .putTime("next", token.nextTimeNs()).end();
  }

  private void issued(final TokenIssuedDecoder token) {
    final int id = token.instrumentId();
    final boolean isBacker = Flag.YES == token.backer();
    EventLine.begin(out, isBacker ? "token-backed" : "token-issued", token.header())
        .put("acct", directory.accountName(token.header().account())).put("instId", directory.instrumentName(id));
    if (isBacker) {
      out.put("shares", token.units());
    } else {
      out.put("sz", size(directory, id, token.units())).put("value", quote(directory, id, token.valueUnits()))
          .put("premium", quote(directory, id, token.premiumUnits()))
          .put("fee", quote(directory, id, token.feeUnits()));
    }
    out.put("paid", quote(directory, id, token.paidUnits())).put("nav", nav(directory, id, token.navE6()))
        .put("issued", size(directory, id, token.tokenUnits())).put("owed", quote(directory, id, token.debtUnits()))
        .put("pool", quote(directory, id, token.poolUnits())).put("poolShares", token.poolShares()).end();
  }

  /** What a whole token is worth, to the unit below. */
  static String nav(final Directory directory, final int instrumentId, final long navE6) {
    return quote(directory, instrumentId, navE6 / NAV_SCALE);
  }

  /** An amount of what a token is paid in. */
  static String quote(final Directory directory, final int instrumentId, final long units) {
    final Directory.InstrumentEntry entry = directory.instrument(instrumentId);
    return directory.amountText(null == entry ? 0 : entry.quoteAssetId(), units);
  }

  /** An amount of the token itself. */
  static String size(final Directory directory, final int instrumentId, final long units) {
    final Directory.InstrumentEntry entry = directory.instrument(instrumentId);
    return directory.amountText(null == entry ? 0 : entry.baseAssetId(), units);
  }
}
