package io.gavel.adapters.cli.pipe;

import io.gavel.codecs.sbe.AmendOrderDecoder;
import io.gavel.codecs.sbe.AmendRuleDecoder;
import io.gavel.codecs.sbe.ApproveDecoder;
import io.gavel.codecs.sbe.ArmRuleDecoder;
import io.gavel.codecs.sbe.CancelOrderDecoder;
import io.gavel.codecs.sbe.CancelRuleDecoder;
import io.gavel.codecs.sbe.HoldFundsDecoder;
import io.gavel.codecs.sbe.PlaceOrderDecoder;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.ReleaseHoldDecoder;
import io.gavel.codecs.sbe.ReviewDecoder;
import io.gavel.codecs.sbe.SettleHoldDecoder;

/** What the id in the answer to a command names. */
final class AnswerIds {

  /** Of what is refused for a while only: a time, not an id. */
  static final String UNTIL = "until";

  private AnswerIds() {
  }

  static String fieldOf(final int commandTemplateId, final ReasonCode code) {
    if (ReasonCode.PROPOSED == code) {
      return "proposalId";
    }
    if (ReasonCode.SESSION_SEQUENCE_GAP == code) {
      return "expectedSeq";
    }
    if (ReasonCode.COOLING_OFF == code || ReasonCode.VOLATILITY_HALT == code) {
      return UNTIL;
    }
    return switch (commandTemplateId) {
      case PlaceOrderDecoder.TEMPLATE_ID, CancelOrderDecoder.TEMPLATE_ID, AmendOrderDecoder.TEMPLATE_ID -> "ordId";
      case ArmRuleDecoder.TEMPLATE_ID, CancelRuleDecoder.TEMPLATE_ID, AmendRuleDecoder.TEMPLATE_ID,
          ReviewDecoder.TEMPLATE_ID -> "algoId";
      case HoldFundsDecoder.TEMPLATE_ID, SettleHoldDecoder.TEMPLATE_ID, ReleaseHoldDecoder.TEMPLATE_ID -> "holdId";
      case ApproveDecoder.TEMPLATE_ID -> "proposalId";
      default -> "id";
    };
  }
}
