package io.gavel.risk.funding;

import io.gavel.codecs.sbe.SetInterestDecoder;
import io.gavel.codecs.sbe.SetInterestEncoder;
import io.gavel.risk.RiskEngine;
import java.util.function.Consumer;
import org.agrona.concurrent.UnsafeBuffer;

/** Interest for tests: of every hour, 2 % a year and 8 % more at the kink of 80 %, a tenth for the house. */
public final class InterestCommands {

  public static final long HOUR_NS = 3_600_000_000_000L;

  private InterestCommands() {
  }

  public static SetInterestDecoder command(final int assetId, final Consumer<SetInterestEncoder> change) {
    final UnsafeBuffer buffer = new UnsafeBuffer(new byte[SetInterestEncoder.BLOCK_LENGTH]);
    final SetInterestEncoder encoder = new SetInterestEncoder().wrap(buffer, 0).assetId(assetId)
        .intervalNs(HOUR_NS).baseRateE10(200_000_000).slopeE10(800_000_000).slopeAboveE10(10_000_000_000L)
        .kinkE8(80_000_000).reserveE8(10_000_000);
    change.accept(encoder);
    return new SetInterestDecoder().wrap(
        buffer, 0, SetInterestDecoder.BLOCK_LENGTH, SetInterestDecoder.SCHEMA_VERSION);
  }

  /** A settled interval of whatever is owed. */
  public static void settle(final RiskEngine risk, final int assetId) {
    risk.interest().set(command(assetId, i -> { }), HOUR_NS / 2);
    risk.settleInterest(assetId, HOUR_NS);
  }
}
