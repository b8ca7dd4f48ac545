package io.gavel.codecs;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.gavel.codecs.sbe.ApproveDecoder;
import io.gavel.codecs.sbe.Flag;
import io.gavel.codecs.sbe.GrantKeyDecoder;
import io.gavel.codecs.sbe.Ids8Decoder;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.RevokeKeyDecoder;
import io.gavel.codecs.sbe.SetSecurityDecoder;
import org.agrona.DirectBuffer;

/**
 * Field ranges of the commands that say who may ask what. A scope that this build does not know is refused, for it may
 * be meant to forbid. The body's size is already checked. One thread at a time.
 */
final class SecurityCommandCheck {

  private final GrantKeyDecoder grant = new GrantKeyDecoder();
  private final RevokeKeyDecoder revoke = new RevokeKeyDecoder();
  private final SetSecurityDecoder security = new SetSecurityDecoder();
  private final ApproveDecoder approve = new ApproveDecoder();
  private final PriceCommandCheck prices = new PriceCommandCheck();

  ReasonCode check(final DirectBuffer buffer, final int body, final int templateId) {
    return switch (templateId) {
      case GrantKeyDecoder.TEMPLATE_ID -> check(buffer, grant.wrap(
          buffer, body, GrantKeyDecoder.BLOCK_LENGTH, GrantKeyDecoder.SCHEMA_VERSION));
      case RevokeKeyDecoder.TEMPLATE_ID -> positive(revoke.wrap(
          buffer, body, RevokeKeyDecoder.BLOCK_LENGTH, RevokeKeyDecoder.SCHEMA_VERSION).sessionId());
      case SetSecurityDecoder.TEMPLATE_ID -> check(buffer, security.wrap(
          buffer, body, SetSecurityDecoder.BLOCK_LENGTH, SetSecurityDecoder.SCHEMA_VERSION));
      case ApproveDecoder.TEMPLATE_ID -> check(approve.wrap(
          buffer, body, ApproveDecoder.BLOCK_LENGTH, ApproveDecoder.SCHEMA_VERSION));
      default -> prices.check(buffer, body, templateId);
    };
  }

  static int blockLength(final int templateId) {
    return switch (templateId) {
      case GrantKeyDecoder.TEMPLATE_ID -> GrantKeyDecoder.BLOCK_LENGTH;
      case RevokeKeyDecoder.TEMPLATE_ID -> RevokeKeyDecoder.BLOCK_LENGTH;
      case SetSecurityDecoder.TEMPLATE_ID -> SetSecurityDecoder.BLOCK_LENGTH;
      case ApproveDecoder.TEMPLATE_ID -> ApproveDecoder.BLOCK_LENGTH;
      default -> PriceCommandCheck.blockLength(templateId);
    };
  }

  private static ReasonCode check(final DirectBuffer buffer, final GrantKeyDecoder command) {
    final long signs = command.expiryTimeNs() | command.commandMaxUnits() | command.windowMaxUnits()
        | command.windowNs() | command.notionalAssetId() | command.ratePerSecond() | command.rateBurst()
        | signs(buffer, command.accounts()) | signs(buffer, command.instruments());
    return signs < 0 || command.sessionId() <= 0 || command.principalId() <= 0 || command.scopes() <= 0
        || 0 != (command.scopes() & ~KeyScope.ALL_BITS) ? ReasonCode.OUT_OF_RANGE : ReasonCode.OK;
  }

  private static ReasonCode check(final DirectBuffer buffer, final SetSecurityDecoder command) {
    if (FieldCheck.isUnknown(command.on(), Flag.SBE_UNKNOWN, Flag.NULL_VAL)) {
      return ReasonCode.UNKNOWN_ENUM;
    }
    final long signs = command.engineId() | command.dualTemplates() | command.delayNs() | command.timeToLiveNs()
        | signs(buffer, command.assets()) | signs(buffer, command.limitsUnits());
    return signs < 0 ? ReasonCode.OUT_OF_RANGE : ReasonCode.OK;
  }

  private static ReasonCode check(final ApproveDecoder command) {
    return FieldCheck.isUnknown(command.approved(), Flag.SBE_UNKNOWN, Flag.NULL_VAL)
        ? ReasonCode.UNKNOWN_ENUM : positive(command.proposalId());
  }

  /** Negative when one of the eight is. */
  private static long signs(final DirectBuffer buffer, final Ids8Decoder ids) {
    long signs = 0;
    for (int i = 0; i < Ids8Decoder.ENCODED_LENGTH; i += Long.BYTES) {
      signs |= buffer.getLong(ids.offset() + i, LITTLE_ENDIAN);
    }
    return signs;
  }

  private static ReasonCode positive(final long id) {
    return id <= 0 ? ReasonCode.OUT_OF_RANGE : ReasonCode.OK;
  }
}
