package io.gavel.engine.core;

import static io.gavel.engine.core.Core.PAIR;
import static io.gavel.engine.core.Core.USD;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gavel.codecs.sbe.CreateInstrumentEncoder;
import io.gavel.codecs.sbe.FeeAsset;
import io.gavel.codecs.sbe.Flag;
import io.gavel.codecs.sbe.InstrumentKind;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.RedeemTokenEncoder;
import io.gavel.codecs.sbe.SetPriceEncoder;
import io.gavel.codecs.sbe.SetTokenEncoder;
import io.gavel.codecs.sbe.SubscribeTokenEncoder;
import java.util.function.Consumer;

/** A core with a token of three times BTC and gold by its own index, both of four decimals and paid in dollars. */
final class TokenStand {

  static final int BULL = 3;
  static final int GOLD = 4;
  static final int BULL_USD = 2;
  static final int GOLD_USD = 3;
  static final long WHOLE = 10_000;
  static final long MINUTE = 60_000_000_000L;
  static final long DAY = 1_440 * MINUTE;

  final Core core;
  final int bullUsd;
  final int goldUsd;

  TokenStand(final Core core) {
    this(core, BULL_USD);
  }

  /** With instruments of this id and the next. */
  TokenStand(final Core core, final int firstInstrumentId) {
    this.core = core;
    bullUsd = firstInstrumentId;
    goldUsd = firstInstrumentId + 1;
    assertEquals(ReasonCode.OK, core.asset(BULL, 4, "BULL"));
    assertEquals(ReasonCode.OK, core.asset(GOLD, 4, "GOLD"));
    assertEquals(ReasonCode.OK, instrument(bullUsd, BULL, InstrumentKind.LEVERAGED_TOKEN, "BULL-USD"));
    assertEquals(ReasonCode.OK, instrument(goldUsd, GOLD, InstrumentKind.SYNTHETIC, "GOLD-USD"));
  }

  private ReasonCode instrument(final int id, final int assetId, final InstrumentKind kind, final String symbol) {
    return core.send(new CreateInstrumentEncoder(), 0, c -> {
      c.instrumentId(id).baseAssetId(assetId).quoteAssetId(USD).markUnitsPerTick(10).protectionBps(1_000)
          .tickSizeE10(10_000_000_000L).lotSizeE10(10_000_000_000L).minLots(1).kind(kind).feeAsset(FeeAsset.QUOTE);
      Core.put(c.symbol(), symbol);
    });
  }

  /** Worth 200 dollars at first, rebalanced two minutes past midnight or beyond 1.33 times its target. */
  ReasonCode bull(final Consumer<SetTokenEncoder> change) {
    return core.send(new SetTokenEncoder(), 0, c -> {
      c.instrumentId(bullUsd).underlyingId(PAIR).source(PriceSource.MARK).navE6(200_000_000).leverageE8(300_000_000)
          .thresholdE8(133_000_000).dailyTimeNs(2 * MINUTE);
      change.accept(c);
    });
  }

  /** A premium of 1 % at a hundred whole tokens; the pool must have 120 %. */
  ReasonCode gold(final Consumer<SetTokenEncoder> change) {
    return core.send(new SetTokenEncoder(), 0, c -> {
      c.instrumentId(goldUsd).source(PriceSource.INDEX).skewE8(1_000_000).skewScaleUnits(100 * WHOLE)
          .collateralE8(120_000_000);
      change.accept(c);
    });
  }

  ReasonCode subscribe(final long account, final int instrumentId, final long units, final long limitUnits) {
    return core.send(new SubscribeTokenEncoder(), account,
        c -> c.instrumentId(instrumentId).units(units).limitUnits(limitUnits).backer(Flag.NO));
  }

  ReasonCode redeem(final long account, final int instrumentId, final long units, final long limitUnits) {
    return core.send(new RedeemTokenEncoder(), account,
        c -> c.instrumentId(instrumentId).units(units).limitUnits(limitUnits).backer(Flag.NO));
  }

  ReasonCode back(final long account, final int instrumentId, final long units) {
    return core.send(new SubscribeTokenEncoder(), account,
        c -> c.instrumentId(instrumentId).units(units).backer(Flag.YES));
  }

  ReasonCode leave(final long account, final int instrumentId, final long shares) {
    return core.send(new RedeemTokenEncoder(), account,
        c -> c.instrumentId(instrumentId).units(shares).backer(Flag.YES));
  }

  ReasonCode goldAt(final long units) {
    return core.send(new SetPriceEncoder(), 0,
        c -> c.instrumentId(goldUsd).source(PriceSource.INDEX).priceUnits(units));
  }
}
