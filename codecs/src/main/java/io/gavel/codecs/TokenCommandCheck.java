package io.gavel.codecs;

import io.gavel.codecs.sbe.Flag;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.RedeemTokenDecoder;
import io.gavel.codecs.sbe.SetTokenDecoder;
import io.gavel.codecs.sbe.SubscribeTokenDecoder;
import org.agrona.DirectBuffer;

/**
 * Field ranges of the commands about leveraged tokens and synthetic assets. What terms mean together is judged behind
 * the journal. The body's size is already checked. One thread at a time.
 */
final class TokenCommandCheck {

  private final SetTokenDecoder terms = new SetTokenDecoder();
  private final SubscribeTokenDecoder subscribe = new SubscribeTokenDecoder();
  private final RedeemTokenDecoder redeem = new RedeemTokenDecoder();
  private final FeedCommandCheck feeds = new FeedCommandCheck();

  ReasonCode check(final DirectBuffer buffer, final int body, final int templateId) {
    return switch (templateId) {
      case SetTokenDecoder.TEMPLATE_ID -> check(terms.wrap(
          buffer, body, SetTokenDecoder.BLOCK_LENGTH, SetTokenDecoder.SCHEMA_VERSION));
      case SubscribeTokenDecoder.TEMPLATE_ID -> {
        subscribe.wrap(buffer, body, SubscribeTokenDecoder.BLOCK_LENGTH, SubscribeTokenDecoder.SCHEMA_VERSION);
        yield check(subscribe.backer(), subscribe.units(), subscribe.limitUnits(), subscribe.instrumentId());
      }
      case RedeemTokenDecoder.TEMPLATE_ID -> {
        redeem.wrap(buffer, body, RedeemTokenDecoder.BLOCK_LENGTH, RedeemTokenDecoder.SCHEMA_VERSION);
        yield check(redeem.backer(), redeem.units(), redeem.limitUnits(), redeem.instrumentId());
      }
      default -> feeds.check(buffer, body, templateId);
    };
  }

  static int blockLength(final int templateId) {
    return switch (templateId) {
      case SetTokenDecoder.TEMPLATE_ID -> SetTokenDecoder.BLOCK_LENGTH;
      case SubscribeTokenDecoder.TEMPLATE_ID -> SubscribeTokenDecoder.BLOCK_LENGTH;
      case RedeemTokenDecoder.TEMPLATE_ID -> RedeemTokenDecoder.BLOCK_LENGTH;
      default -> FeedCommandCheck.blockLength(templateId);
    };
  }

  private static ReasonCode check(final SetTokenDecoder command) {
    if (FieldCheck.isUnknown(command.source(), PriceSource.SBE_UNKNOWN, PriceSource.NULL_VAL)) {
      return ReasonCode.UNKNOWN_ENUM;
    }
    return FieldCheck.id(command.instrumentId() | command.underlyingId());
  }

  private static ReasonCode check(
      final Flag backer, final long units, final long limitUnits, final int instrumentId) {
    if (FieldCheck.isUnknown(backer, Flag.SBE_UNKNOWN, Flag.NULL_VAL)) {
      return ReasonCode.UNKNOWN_ENUM;
    }
    return units <= 0 ? ReasonCode.AMOUNT_NOT_POSITIVE : FieldCheck.id(limitUnits | instrumentId);
  }
}
