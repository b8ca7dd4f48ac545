package io.gavel.risk.token;

import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.SetTokenDecoder;
import io.gavel.codecs.sbe.SetTokenEncoder;
import java.util.function.Consumer;
import org.agrona.concurrent.UnsafeBuffer;

/** Terms of tokens for tests. */
public final class TokenCommands {

  private static final long ONE_E8 = 100_000_000;

  private TokenCommands() {
  }

  /** Three times the mark of an instrument, worth 200 to begin with, no fees; changed by {@code change}. */
  public static SetTokenDecoder leveraged(
      final int instrumentId, final int underlyingId, final Consumer<SetTokenEncoder> change) {
    return terms(e -> {
      e.instrumentId(instrumentId).underlyingId(underlyingId).source(PriceSource.MARK).navE6(200_000_000_000_000L)
          .leverageE8(3 * ONE_E8).thresholdE8(133_000_000).dailyTimeNs(120_000_000_000L);
      change.accept(e);
    });
  }

  /** Worth its own index, no fees and no premium; changed by {@code change}. */
  public static SetTokenDecoder synthetic(final int instrumentId, final Consumer<SetTokenEncoder> change) {
    return terms(e -> {
      e.instrumentId(instrumentId).source(PriceSource.INDEX);
      change.accept(e);
    });
  }

  private static SetTokenDecoder terms(final Consumer<SetTokenEncoder> change) {
    final UnsafeBuffer buffer = new UnsafeBuffer(new byte[SetTokenEncoder.BLOCK_LENGTH]);
    change.accept(new SetTokenEncoder().wrap(buffer, 0));
    return new SetTokenDecoder().wrap(buffer, 0, SetTokenDecoder.BLOCK_LENGTH, SetTokenDecoder.SCHEMA_VERSION);
  }
}
