package io.gavel.engine.core;

import static io.gavel.codecs.sbe.PriceSource.MARK;
import static io.gavel.codecs.sbe.Side.BUY;
import static io.gavel.codecs.sbe.Side.SELL;
import static io.gavel.engine.core.Core.ALICE;
import static io.gavel.engine.core.Core.BOB;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gavel.codecs.sbe.ArmRuleEncoder;
import io.gavel.codecs.sbe.FeeAsset;
import io.gavel.codecs.sbe.Flag;
import io.gavel.codecs.sbe.HaltScope;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.RuleAction;
import io.gavel.codecs.sbe.RuleKind;
import io.gavel.codecs.sbe.SetPriceEncoder;
import io.gavel.codecs.sbe.Side;
import io.gavel.engine.core.Core.RuleDraft;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rules whose fills are hedged in another instrument, through the whole core. */
class HedgeFlowTest {

  static final int HEDGE = 2;

  private final Core core = Core.spot();

  @BeforeEach
  void setUp() {
    openHedge(core);
    core.price(MARK, 1_000);
    core.take();
  }

  /** A second market, at 50. */
  static void openHedge(final Core core) {
    core.instrument(HEDGE, 0, 0, FeeAsset.QUOTE);
    core.send(new SetPriceEncoder(), 0,
        c -> c.instrumentId(HEDGE).source(MARK).priceUnits(500));
    core.take();
  }

  static RuleDraft rule(final Side side, final long lots, final int limitTicks,
      final Consumer<ArmRuleEncoder> fields) {
    final RuleDraft draft = new RuleDraft();
    draft.side = side;
    draft.lots = lots;
    draft.legs.add(l -> l.levelTicks(0).trailRatioE8(0).trailSpreadTicks(0).activationTicks(0)
        .childLimitTicks(limitTicks).protectionBps(0).kind(RuleKind.NOW).source(MARK));
    draft.block = fields;
    return draft;
  }

  static Consumer<ArmRuleEncoder> hedged(final long ratioE8) {
    return c -> c.hedgeInstrumentId(HEDGE).hedgeRatioE8(ratioE8);
  }

  private void market(final Side side, final int ticks, final long lots) {
    core.order(BOB, side, ticks, lots, c -> c.instrumentId(HEDGE));
  }

  private List<String> told(final String start) {
    return core.take().stream().filter(line -> line.startsWith(start)).toList();
  }

  @Test
  void shouldBuyHalfAsManyLotsWhenItHasSold() {
    core.limit(BOB, BUY, 100, 10);
    market(SELL, 51, 20);
    core.take();

    assertEquals(ReasonCode.OK, core.arm(ALICE, rule(SELL, 10, 0, hedged(50_000_000))));

    assertEquals(List.of("algo 3 ORDER HEDGE SCHEDULED #0 5@55 order=5 filled=0/5 working=0 next=0"), told("algo"));
  }

  @Test
  void shouldSellWhatARuleHasBought() {
    market(BUY, 49, 20);
    core.arm(ALICE, rule(BUY, 10, 99, hedged(150_000_000)));
    core.take();

    core.limit(BOB, SELL, 99, 3);
    core.limit(BOB, SELL, 99, 1);
    core.limit(BOB, SELL, 99, 6);

    assertEquals(List.of("algo 2 ORDER HEDGE SCHEDULED #0 5@45 order=5 filled=0/4 working=0 next=0",
        "algo 2 ORDER HEDGE SCHEDULED #0 1@45 order=7 filled=5/6 working=0 next=0",
        "algo 2 ORDER HEDGE SCHEDULED #0 9@45 order=9 filled=6/15 working=0 next=0"), told("algo"));
  }

  @Test
  void shouldSayWhatItCouldNotHedgeAndTryAgainWithTheNextFill() {
    core.limit(BOB, SELL, 101, 1);
    core.arm(ALICE, rule(SELL, 10, 100, hedged(100_000_000)));
    market(SELL, 51, 1);
    core.take();

    core.limit(BOB, BUY, 100, 3);
    assertEquals(List.of("algo 2 ORDER HEDGE SCHEDULED #0 3@55 order=6 filled=0/3 working=0 next=0",
        "algo 2 ORDER HEDGE HEDGE_REFUSED #0 filled=1/3 working=0 next=0"), told("algo"));

    core.halt(HaltScope.INSTRUMENT, 0, HEDGE, true);
    core.limit(BOB, BUY, 100, 2);
    assertEquals(List.of("algo 2 ORDER HEDGE HEDGE_REFUSED #0 filled=1/5 working=0 next=0"), told("algo"));

    core.halt(HaltScope.INSTRUMENT, 0, HEDGE, false);
    market(SELL, 51, 100);
    core.restart();
    core.limit(BOB, BUY, 100, 1);
    assertEquals(List.of("algo 2 ORDER HEDGE SCHEDULED #0 5@55 order=10 filled=1/6 working=0 next=0"),
        told("algo"));
  }

  @Test
  void shouldTryOnceMoreAndSayWhatIsLeftWhenTheRuleIsOver() {
    core.arm(ALICE, rule(SELL, 10, 100, hedged(100_000_000)));
    core.limit(BOB, BUY, 100, 3);
    core.take();

    core.cancelRule(ALICE, 1);

    assertEquals(List.of("algo 1 ORDER HEDGE SCHEDULED #0 3@55 order=5 filled=0/3 working=0 next=0",
        "algo 1 ORDER HEDGE HEDGE_REFUSED #0 filled=0/3 working=0 next=0"), told("algo"));
    core.restart();
    assertEquals(ReasonCode.OK, core.arm(ALICE, rule(SELL, 10, 100, hedged(100_000_000))));
  }

  @Test
  void shouldHedgeEachOrderOfAnOrderWorkedOverTime() {
    core.limit(BOB, BUY, 100, 100);
    market(SELL, 51, 100);
    core.take();

    core.arm(ALICE, rule(SELL, 10, 0, hedged(33_333_333).andThen(
        c -> c.action(RuleAction.TWAP).durationNs(40).intervalNs(10))));
    core.time(100);

    assertEquals(List.of("1@55", "1@55", "1@55"), told("algo").stream().filter(line -> line.contains("HEDGE"))
        .map(line -> line.split(" ", -1)[6]).toList());
  }

  @Test
  void shouldRefuseWhatCannotBeHedged() {
    assertEquals(ReasonCode.UNKNOWN_INSTRUMENT, arm(c -> c.hedgeInstrumentId(7).hedgeRatioE8(1)));
    assertEquals(ReasonCode.RULE_FIELD_NOT_ALLOWED, arm(c -> c.hedgeInstrumentId(Core.PAIR).hedgeRatioE8(1)));
    assertEquals(ReasonCode.RULE_FIELD_NOT_ALLOWED, arm(c -> c.hedgeInstrumentId(HEDGE)));
    assertEquals(ReasonCode.RULE_FIELD_NOT_ALLOWED, arm(c -> c.hedgeRatioE8(1)));
    assertEquals(ReasonCode.RULE_FIELD_NOT_ALLOWED, arm(c -> c.hedgeInstrumentId(HEDGE).hedgeByDelta(Flag.YES)));
    assertEquals(ReasonCode.OUT_OF_RANGE, arm(hedged(Hedges.RATIO_MAX_E8 + 1)));
    assertEquals(ReasonCode.OK, arm(hedged(Hedges.RATIO_MAX_E8)));
  }

  private ReasonCode arm(final Consumer<ArmRuleEncoder> fields) {
    return core.arm(ALICE, rule(SELL, 10, 100, fields));
  }
}
