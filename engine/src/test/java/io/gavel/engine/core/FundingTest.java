package io.gavel.engine.core;

import static io.gavel.engine.core.Core.BTC;
import static io.gavel.engine.core.Core.PAIR;
import static io.gavel.engine.core.Core.USD;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gavel.codecs.sbe.Compare;
import io.gavel.codecs.sbe.CreateInstrumentEncoder;
import io.gavel.codecs.sbe.FeeAsset;
import io.gavel.codecs.sbe.FundingRule;
import io.gavel.codecs.sbe.InstrumentKind;
import io.gavel.codecs.sbe.NodeOp;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.RuleKind;
import io.gavel.codecs.sbe.SetPriceEncoder;
import io.gavel.codecs.sbe.Signal;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
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

  private ReasonCode arm(final Compare compare, final long rateE10) {
    final Core.RuleDraft draft = new Core.RuleDraft();
    draft.lots = 10;
    draft.legs.add(l -> l.levelTicks(0).trailRatioE8(0).trailSpreadTicks(0).activationTicks(0).childLimitTicks(0)
        .protectionBps(0).kind(RuleKind.CONDITION).source(PriceSource.LAST));
    draft.more = e -> {
      e.nodesCount(1).next().parent((byte) -1).op(NodeOp.LEAF).signal(Signal.FUNDING_RATE).compare(compare)
          .instrumentId(PERPETUAL).threshold(rateE10);
      e.curveCount(0);
    };
    return core.arm(Core.ALICE, draft);
  }

  private long firings() {
    return core.take().stream().filter(e -> e.startsWith("triggered")).count();
  }

  @Test
  @DisplayName("A-08: a funding rate sells when it comes into force, below zero too, and never before one was paid")
  void shouldSellWhenAFundingRateComesIntoForce() {
    core.print(100, 50);
    assertEquals(ReasonCode.CONDITION_SOURCE_MISSING, arm(Compare.AT_OR_ABOVE, 1));
    core.funding(PERPETUAL, f -> f.rateE10(8_000_000));
    assertEquals(ReasonCode.OK, arm(Compare.AT_OR_ABOVE, -1_000_000));
    assertEquals(ReasonCode.OK, arm(Compare.AT_OR_ABOVE, 1_000_001));
    assertEquals(ReasonCode.OK, arm(Compare.AT_OR_BELOW, -1_000_000));
    core.at(HOUR).time(HOUR);
    assertEquals(0, firings(), "no mark, nothing was paid: no rate is in force");
    mark(10_000);
    core.at(2 * HOUR).time(2 * HOUR);
    assertEquals(1, firings(), "1,000,000 is at or above -1,000,000");
    assertEquals(ReasonCode.ALREADY_CROSSED, arm(Compare.AT_OR_ABOVE, 1_000_000));
    core.restart();
    assertEquals(ReasonCode.ALREADY_CROSSED, arm(Compare.AT_OR_ABOVE, 1_000_000));
    core.funding(PERPETUAL, f -> f.rateE10(-8_000_000));
    assertEquals(0, firings(), "a rate that is set comes into force when it is paid");
    core.at(3 * HOUR).time(3 * HOUR);
    assertEquals(1, firings());
    core.funding(PERPETUAL, f -> f.intervalNs(0));
    assertEquals(ReasonCode.CONDITION_SOURCE_MISSING, arm(Compare.AT_OR_BELOW, 0));
    assertEquals(1, core.machine.rules().size());
  }

  private void mark(final long units) {
    core.send(new SetPriceEncoder(), 0, c -> c.instrumentId(PERPETUAL).source(PriceSource.MARK).priceUnits(units));
  }
}
