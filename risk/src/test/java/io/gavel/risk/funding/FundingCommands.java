package io.gavel.risk.funding;

import io.gavel.codecs.sbe.FundingRule;
import io.gavel.codecs.sbe.SetFundingDecoder;
import io.gavel.codecs.sbe.SetFundingEncoder;
import java.util.function.Consumer;
import org.agrona.concurrent.UnsafeBuffer;

/** Funding for tests: of every hour, a rate of eight hours of which is at most 1 %. */
public final class FundingCommands {

  static final long HOUR_NS = 3_600_000_000_000L;

  private FundingCommands() {
  }

  static SetFundingDecoder command(final int instrumentId, final Consumer<SetFundingEncoder> change) {
    final UnsafeBuffer buffer = new UnsafeBuffer(new byte[SetFundingEncoder.BLOCK_LENGTH]);
    final SetFundingEncoder encoder = new SetFundingEncoder().wrap(buffer, 0).instrumentId(instrumentId)
        .intervalNs(HOUR_NS).periodNs(8 * HOUR_NS).capE10(100_000_000).rule(FundingRule.DIRECT);
    change.accept(encoder);
    return new SetFundingDecoder().wrap(
        buffer, 0, SetFundingDecoder.BLOCK_LENGTH, SetFundingDecoder.SCHEMA_VERSION);
  }

  /** A settled interval, and half of the next one with a premium. */
  public static void settle(final FundingIndex funding, final int instrumentId) {
    funding.set(command(instrumentId, f -> f.rule(FundingRule.PREMIUM)), HOUR_NS / 2);
    funding.premium(instrumentId, true, 77_777_777, HOUR_NS / 2);
    funding.settle(instrumentId, 60_000_000, HOUR_NS);
    funding.premium(instrumentId, true, -5, HOUR_NS + HOUR_NS / 2);
  }
}
