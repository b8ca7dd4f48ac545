package io.gavel.codecs;

import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.Text32Decoder;

/** What single fields of hostile commands may hold. Stateless. */
final class FieldCheck {

  /** 100 % times ten to the eighth. */
  static final int ONE_E8 = 100_000_000;

  private FieldCheck() {
  }

  /** Whether an enum field held the null value or one that this build does not have. */
  static boolean isUnknown(final Enum<?> value, final Enum<?> unknown, final Enum<?> none) {
    return unknown == value || none == value;
  }

  static boolean isName(final Text32Decoder text) {
    return Text32.isValid(text.w0(), text.w1(), text.w2(), text.w3());
  }

  static boolean isNameOrNone(final Text32Decoder text) {
    final long w0 = text.w0();
    final long w1 = text.w1();
    final long w2 = text.w2();
    final long w3 = text.w3();
    return Text32.isNone(w0, w1, w2, w3) || Text32.isValid(w0, w1, w2, w3);
  }

  /** Whether a ratio lies in [0, 1]. */
  static boolean isShare(final long ratioE8) {
    return ratioE8 >= 0 && ratioE8 <= ONE_E8;
  }

  /** Whether a fee or rebate lies in [-1, 1]. */
  static boolean isFee(final int rateE8) {
    return rateE8 >= -ONE_E8 && rateE8 <= ONE_E8;
  }

  /** The code of an id or reference of the caller: negative ids exist nowhere, an unknown one is not ours to know. */
  static ReasonCode id(final long id) {
    return id < 0 ? ReasonCode.OUT_OF_RANGE : ReasonCode.OK;
  }
}
