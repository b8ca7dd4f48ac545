package io.gavel.risk.mark;

import io.gavel.codecs.sbe.MarkRuleKind;
import io.gavel.codecs.sbe.PriceQuoteDecoder;
import io.gavel.codecs.sbe.PriceQuoteEncoder;
import io.gavel.codecs.sbe.SetPriceRuleDecoder;
import io.gavel.codecs.sbe.SetPriceRuleEncoder;
import java.util.function.Consumer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Price rules and quotes for the tests of this room: one instrument, a rule like BitMEX's: 10 % off is out, back
 * after 15 minutes within 2 %.
 */
public final class PriceCommands {

  static final int INSTRUMENT = 1;
  static final long SECOND = 1_000_000_000L;
  static final long MINUTE = 60 * SECOND;
  static final int PERCENT = 1_000_000;

  private PriceCommands() {
  }

  public static SetPriceRuleDecoder rule(final Consumer<SetPriceRuleEncoder> terms) {
    final UnsafeBuffer buffer = new UnsafeBuffer(new byte[SetPriceRuleEncoder.BLOCK_LENGTH]);
    final SetPriceRuleEncoder encoder = new SetPriceRuleEncoder().wrap(buffer, 0).instrumentId(INSTRUMENT).quorum(3)
        .staleNs(30 * SECOND).futureNs(SECOND).excludeNs(5 * SECOND).readmitNs(15 * MINUTE)
        .deviationE8(10 * PERCENT).readmitBandE8(2 * PERCENT).bandE8(10 * PERCENT).markRule(MarkRuleKind.DIRECT);
    terms.accept(encoder);
    return new SetPriceRuleDecoder().wrap(
        buffer, 0, SetPriceRuleDecoder.BLOCK_LENGTH, SetPriceRuleDecoder.SCHEMA_VERSION);
  }

  public static PriceQuoteDecoder quote(final int sourceId, final long priceUnits, final long sourceTimeNs,
      final int confidenceE8) {
    final UnsafeBuffer buffer = new UnsafeBuffer(new byte[PriceQuoteEncoder.BLOCK_LENGTH]);
    new PriceQuoteEncoder().wrap(buffer, 0).instrumentId(INSTRUMENT).sourceId(sourceId).priceUnits(priceUnits)
        .sourceTimeNs(sourceTimeNs).confidenceE8(confidenceE8);
    return new PriceQuoteDecoder().wrap(
        buffer, 0, PriceQuoteDecoder.BLOCK_LENGTH, PriceQuoteDecoder.SCHEMA_VERSION);
  }
}
