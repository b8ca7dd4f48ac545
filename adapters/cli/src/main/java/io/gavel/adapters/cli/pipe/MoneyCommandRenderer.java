package io.gavel.adapters.cli.pipe;

import io.gavel.codecs.DecimalStep;
import io.gavel.codecs.DecimalText;
import io.gavel.codecs.FrameFlyweight;
import io.gavel.codecs.sbe.CommandHeaderDecoder;
import io.gavel.codecs.sbe.CreateAccountDecoder;
import io.gavel.codecs.sbe.CreateAssetDecoder;
import io.gavel.codecs.sbe.CreateInstrumentDecoder;
import io.gavel.codecs.sbe.DepositDecoder;
import io.gavel.codecs.sbe.HoldFundsDecoder;
import io.gavel.codecs.sbe.InstrumentKind;
import io.gavel.codecs.sbe.ReleaseHoldDecoder;
import io.gavel.codecs.sbe.SettleHoldDecoder;
import io.gavel.engine.Directory;
import org.agrona.DirectBuffer;

/** Shows the journalled commands of registries and money in the words in which a line would say them. */
final class MoneyCommandRenderer {

  private static final int RATIO_SCALE = 8;

  private final Directory directory;
  private final JsonOut out;
  private final SessionCommandRenderer sessions;

  MoneyCommandRenderer(final Directory directory, final JsonOut out) {
    this.directory = directory;
    this.out = out;
    this.sessions = new SessionCommandRenderer(directory, out);
  }

  void render(final DirectBuffer buffer, final FrameFlyweight frame) {
    final int body = frame.bodyOffset();
    final int block = frame.blockLength();
    final int version = frame.version();
    switch (frame.templateId()) {
      case CreateAssetDecoder.TEMPLATE_ID -> asset(new CreateAssetDecoder().wrap(buffer, body, block, version));
      case CreateInstrumentDecoder.TEMPLATE_ID ->
          instrument(new CreateInstrumentDecoder().wrap(buffer, body, block, version));
      case CreateAccountDecoder.TEMPLATE_ID ->
          account(new CreateAccountDecoder().wrap(buffer, body, block, version));
      case DepositDecoder.TEMPLATE_ID -> deposit(new DepositDecoder().wrap(buffer, body, block, version));
      case HoldFundsDecoder.TEMPLATE_ID -> hold(new HoldFundsDecoder().wrap(buffer, body, block, version));
      case SettleHoldDecoder.TEMPLATE_ID -> settle(new SettleHoldDecoder().wrap(buffer, body, block, version));
      case ReleaseHoldDecoder.TEMPLATE_ID -> release(new ReleaseHoldDecoder().wrap(buffer, body, block, version));
      default -> sessions.render(buffer, frame);
    }
  }

  private void asset(final CreateAssetDecoder command) {
    begin("asset", command.header()).put("ccy", EventRenderer.text(command.symbol())).put("scale", command.scale())
        .put("externalDecimals", command.externalDecimals());
  }

  private void instrument(final CreateInstrumentDecoder command) {
    begin("instrument", command.header()).put("instId", EventRenderer.text(command.symbol()))
        .put("baseCcy", directory.assetName(command.baseAssetId()))
        .put("quoteCcy", directory.assetName(command.quoteAssetId()))
        .put("tickSz", DecimalText.format(command.tickSizeE10(), DecimalText.SCALE_MAX))
        .put("lotSz", DecimalText.format(command.lotSizeE10(), DecimalText.SCALE_MAX))
        .put("makerFee", DecimalText.format(command.makerFeeE8(), RATIO_SCALE))
        .put("takerFee", DecimalText.format(command.takerFeeE8(), RATIO_SCALE))
        .put("feeAsset", Words.word(command.feeAsset())).put("protectionBps", command.protectionBps())
        .put("collarBps", command.collarBps()).put("markUnitsPerTick", command.markUnitsPerTick());
    if (InstrumentKind.SPOT != command.kind()) {
      // A token settles in nothing of its own: it is paid in its quote.
      out.put("kind", Words.word(command.kind())).putText("settleCcy",
          isToken(command.kind()) ? null : directory.assetName(command.settleAssetId()));
      out.putText("indexInstId",
          0 == command.indexInstrumentId() ? null : directory.instrumentName(command.indexInstrumentId()));
      ending(command);
    }
  }

  /** What only contracts that are not for ever, or not of one, say. */
  private void ending(final CreateInstrumentDecoder command) {
    if (0 != command.multiplierE10()) {
      out.put("multiplier", DecimalText.format(command.multiplierE10(), DecimalText.SCALE_MAX));
    }
    if (0 != command.expiryTimeNs()) {
      out.putTime("expiry", command.expiryTimeNs()).put("settlementWindowSec",
          DecimalText.format(command.settlementWindowNs(), SessionCommandRenderer.NANOS_SCALE));
    }
    if (0 != command.strikeTicks()) {
      out.put("strikePx", DecimalStep.ofE10(command.tickSizeE10()).format(command.strikeTicks()));
    }
  }

  private void account(final CreateAccountDecoder command) {
    out.beginCommand("account").put("acct", EventRenderer.text(command.name()))
        .put("kind", Words.word(command.kind()));
  }

  private void deposit(final DepositDecoder command) {
    begin("deposit", command.header()).put("ccy", directory.assetName(command.assetId()))
        .put("amt", directory.amountText(command.assetId(), command.amountUnits()));
    if (0 != command.basisInstrumentId()) {
      out.put("basisInstId", directory.instrumentName(command.basisInstrumentId()))
          .put("basisPx", directory.priceText(command.basisInstrumentId(), command.basisPriceTicks()));
    }
  }

  private void hold(final HoldFundsDecoder command) {
    begin("hold", command.header()).put("ccy", directory.assetName(command.assetId()))
        .put("amt", directory.amountText(command.assetId(), command.amountUnits()));
  }

  /** The command does not name its asset, so its amount stays in units. */
  private void settle(final SettleHoldDecoder command) {
    begin("settle", command.header()).put("holdId", command.holdId()).put("units", command.amountUnits());
  }

  private void release(final ReleaseHoldDecoder command) {
    begin("release", command.header()).put("holdId", command.holdId());
  }

  private JsonOut begin(final String op, final CommandHeaderDecoder header) {
    return CommandRenderer.begin(out, directory, op, header);
  }

  private static boolean isToken(final InstrumentKind kind) {
    return InstrumentKind.LEVERAGED_TOKEN == kind || InstrumentKind.SYNTHETIC == kind;
  }
}
