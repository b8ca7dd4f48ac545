package io.gavel.engine.core;

import static io.gavel.engine.core.Core.BTC;
import static io.gavel.engine.core.Core.PAIR;
import static io.gavel.engine.core.Core.USD;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gavel.codecs.sbe.CreateInstrumentEncoder;
import io.gavel.codecs.sbe.FeeAsset;
import io.gavel.codecs.sbe.FundingRule;
import io.gavel.codecs.sbe.InstrumentKind;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.SetPriceEncoder;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Funding in the core: what an interval settles, by which rule, and when it pays nothing. */
class FundingTest {

  private static final int PERPETUAL = 2;
  private static final long HOUR = 3_600_000_000_000L;

  private final Core core = Core.spot().at(HOUR / 2);

  FundingTest() {
    assertEquals(ReasonCode.OK, core.send(new CreateInstrumentEncoder(), 0, c -> {
      c.instrumentId(PERPETUAL).baseAssetId(BTC).quoteAssetId(USD).markUnitsPerTick(10).protectionBps(1_000)
          .tickSizeE10(10_000_000_000L).lotSizeE10(10_000_000_000L).minLots(1).kind(InstrumentKind.LINEAR_PERPETUAL)
          .feeAsset(FeeAsset.QUOTE).settleAssetId(USD).indexInstrumentId(PAIR);
      Core.put(c.symbol(), "PERP");
    }));
    core.take();
  }

  @Test
  void shouldRefuseFundingOfWhatIsNoPerpetual() {
    assertEquals(ReasonCode.PARAMETERS_INVALID, core.funding(PAIR, f -> { }));
    assertEquals(ReasonCode.UNKNOWN_INSTRUMENT, core.funding(9, f -> { }));
    assertEquals(ReasonCode.PARAMETERS_INVALID, core.funding(PERPETUAL, f -> f.rateE10(100_000_001)));
    assertEquals(ReasonCode.PARAMETERS_INVALID, core.funding(PERPETUAL, f -> f.periodNs(HOUR - 1)));
    assertEquals(ReasonCode.PARAMETERS_INVALID, core.funding(PERPETUAL, f -> f.intervalNs(1)));
  }

  @Test
  void shouldSettleAtWholeHoursAndPayNothingWithoutAMark() {
    core.funding(PERPETUAL, f -> f.rateE10(8_000_000));
    core.take();

    core.at(HOUR).time(HOUR);
    assertEquals(List.of("funding 2 rate=0 premium=0 index=0 mark=0 next=" + 2 * HOUR), core.take());
    mark(10_000);
    core.take();
    core.at(3 * HOUR).time(3 * HOUR);
    // One part in 10,000 of 1,000 ticks: 0.1 tick, in 10^-8.
    assertEquals(List.of("funding 2 rate=1000000 premium=0 index=10000000 mark=10000 next=" + 3 * HOUR,
        "funding 2 rate=1000000 premium=0 index=20000000 mark=10000 next=" + 4 * HOUR), core.take());
    core.funding(PERPETUAL, f -> f.intervalNs(0));
    assertEquals(Long.MAX_VALUE, core.machine.nextDeadlineNs());
  }

  @Test
  void shouldMeasureThePremiumOverTheTimeItStood() {
    core.funding(PERPETUAL, f -> f.rule(FundingRule.DEAD_BAND).periodNs(HOUR).dampE10(2_500_000));
    mark(10_100);
    core.price(PriceSource.INDEX, 10_000);
    core.take();

    core.at(HOUR * 3 / 4);
    mark(10_000);
    core.take();
    core.at(HOUR).time(HOUR);
    // Half of the time 1 % over the index, half of it nothing: 0.5 %, of which the dead band takes 0.025 % (F-25).
    assertEquals(List.of("funding 2 rate=47500000 premium=50000000 index=475000000 mark=10000 next=" + 2 * HOUR),
        core.take());
  }

  @Test
  void shouldPayNothingWhileTheMarkDoesNotCount() {
    core.funding(PERPETUAL, f -> f.rateE10(8_000_000));
    core.priceRule(r -> r.instrumentId(PERPETUAL).quorum(0).staleNs(HOUR / 4));
    mark(10_000);
    core.take();

    core.at(HOUR).time(HOUR);
    assertEquals("funding 2 rate=0 premium=0 index=0 mark=0 next=" + 2 * HOUR, core.take().get(1));
    mark(10_000);
    core.restart();
    core.at(2 * HOUR - 1).time(2 * HOUR - 1);
    mark(10_000);
    core.take();
    core.at(2 * HOUR).time(2 * HOUR);
    assertEquals("funding 2 rate=1000000 premium=0 index=10000000 mark=10000 next=" + 3 * HOUR, core.take().get(0));
  }

  private void mark(final long units) {
    core.send(new SetPriceEncoder(), 0, c -> c.instrumentId(PERPETUAL).source(PriceSource.MARK).priceUnits(units));
  }
}
