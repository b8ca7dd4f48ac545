package io.gavel.engine;

import io.gavel.codecs.DecimalFormatException;
import io.gavel.codecs.DecimalStep;
import io.gavel.codecs.DecimalText;
import io.gavel.codecs.Text32;
import io.gavel.codecs.sbe.CommandHeaderEncoder;
import io.gavel.codecs.sbe.Flag;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.Text32Encoder;
import io.gavel.engine.ring.Ingress;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What the readable facades share: they only encode what a host said and offer it; there is one path, not two. */
abstract class Facade {

  /** Ratios are times 10^8. */
  private static final int RATIO_SCALE = 8;

  final Directory directory;
  final Ingress ingress;

  Facade(final Directory directory, final Ingress ingress) {
    this.directory = directory;
    this.ingress = ingress;
  }

  static void header(final CommandHeaderEncoder header, final long account, final Ticket<?> ticket) {
    header.sessionId(ticket.sessionId).sessionSequence(ticket.sessionSequence).correlationId(ticket.reqId)
        .account(account).expiryTimeNs(ticket.expTimeNs);
  }

  /** Writes a client id; none leaves the words zero. */
  static void text(final Text32Encoder words, final String field, final @Nullable String text) {
    if (null == text) {
      return;
    }
    if (!Text32.isValid(text)) {
      throw new RefusedException(ReasonCode.NAME_INVALID, field, text, "is not 1 to 32 printable ASCII characters");
    }
    words.w0(Text32.word(text, 0)).w1(Text32.word(text, 1)).w2(Text32.word(text, 2)).w3(Text32.word(text, 3));
  }

  static long steps(final DecimalStep step, final @Nullable String decimal, final String field) {
    return null == decimal ? 0 : refusing(() -> step.parse(decimal, field));
  }

  static int ticks(final DecimalStep tick, final @Nullable String decimal, final String field) {
    return null == decimal ? 0 : refusing(() -> tick.parseTicks(decimal, field));
  }

  static long units(final Directory.AssetEntry asset, final @Nullable String decimal, final String field) {
    return null == decimal ? 0 : refusing(() -> DecimalText.parse(decimal, asset.scale(), field));
  }

  /** What a contract settles in; what spot is quoted in. */
  Directory.AssetEntry settle(final Directory.InstrumentEntry instrument) {
    final Directory.AssetEntry settle = directory.asset(
        0 == instrument.settleAssetId() ? instrument.quoteAssetId() : instrument.settleAssetId());
    if (null == settle) {
      throw new RefusedException(ReasonCode.UNKNOWN_ASSET, "instId", instrument.symbol(), "settles in no known asset");
    }
    return settle;
  }

  /** A number of any size times 10^8. */
  static long numberE8(final String number, final String field) {
    return refusing(() -> DecimalText.parse(number, RATIO_SCALE, field));
  }

  /** A ratio times 10^8. */
  static int ratioE8(final @Nullable String ratio, final String field) {
    if (null == ratio) {
      return 0;
    }
    final long value = refusing(() -> DecimalText.parse(ratio, RATIO_SCALE, field));
    if (value != (int) value) {
      throw new RefusedException(ReasonCode.OUT_OF_RANGE, field, ratio, "is no ratio: 0.01 is 1 %");
    }
    return (int) value;
  }

  static Flag flag(final boolean value) {
    return value ? Flag.YES : Flag.NO;
  }

  /** A duration in nanoseconds; one that is longer than a long can count is refused for {@code reason}. */
  static long nanos(final Duration duration, final ReasonCode reason, final String field) {
    try {
      return duration.toNanos();
    } catch (final ArithmeticException ex) {
      throw new RefusedException(reason, field, duration.toString(), "is too long");
    }
  }

  static <T> T required(final @Nullable T value, final String field) {
    if (null == value) {
      throw new RefusedException(ReasonCode.MALFORMED, field, "", "is missing");
    }
    return value;
  }

  /** A decimal that does not fit becomes a refusal that names field, value and step. */
  static <T> T refusing(final Supplier<T> parse) {
    try {
      return parse.get();
    } catch (final DecimalFormatException ex) {
      throw new RefusedException(ex);
    }
  }
}
