package io.gavel.codecs;

import io.gavel.codecs.sbe.PoolKind;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.SetPoolDecoder;
import io.gavel.codecs.sbe.SetSignalDecoder;
import org.agrona.DirectBuffer;

/** Field ranges of signals and pools that others tell us of. The body's size is already checked. One thread. */
final class FeedCommandCheck {

  private final SetSignalDecoder signal = new SetSignalDecoder();
  private final SetPoolDecoder pool = new SetPoolDecoder();
  private final RemedyCommandCheck remedies = new RemedyCommandCheck();

  ReasonCode check(final DirectBuffer buffer, final int body, final int templateId) {
    return switch (templateId) {
      case SetSignalDecoder.TEMPLATE_ID -> check(
          signal.wrap(buffer, body, SetSignalDecoder.BLOCK_LENGTH, SetSignalDecoder.SCHEMA_VERSION));
      case SetPoolDecoder.TEMPLATE_ID -> check(
          pool.wrap(buffer, body, SetPoolDecoder.BLOCK_LENGTH, SetPoolDecoder.SCHEMA_VERSION));
      default -> remedies.check(buffer, body, templateId);
    };
  }

  static int blockLength(final int templateId) {
    return switch (templateId) {
      case SetSignalDecoder.TEMPLATE_ID -> SetSignalDecoder.BLOCK_LENGTH;
      case SetPoolDecoder.TEMPLATE_ID -> SetPoolDecoder.BLOCK_LENGTH;
      default -> RemedyCommandCheck.blockLength(templateId);
    };
  }

  private static ReasonCode check(final SetSignalDecoder command) {
    return FieldCheck.id(command.untilNs() | command.signalId() | command.instrumentId());
  }

  private static ReasonCode check(final SetPoolDecoder command) {
    if (FieldCheck.isUnknown(command.kind(), PoolKind.SBE_UNKNOWN, PoolKind.NULL_VAL)) {
      return ReasonCode.UNKNOWN_ENUM;
    }
    if (!FieldCheck.isShare(command.feeE8())) {
      return ReasonCode.FEE_OUT_OF_RANGE;
    }
    if ((command.baseUnits() | command.quoteUnits()) < 0) {
      return ReasonCode.AMOUNT_NOT_POSITIVE;
    }
    return FieldCheck.id(command.poolId() | command.instrumentId() | command.amplification());
  }
}
