package io.gavel.engine.algo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.codecs.InvariantViolation;
import io.gavel.codecs.sbe.Side;
import io.gavel.engine.SavedLongs;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Goal: each kind does what it says, told as a story of answers; {@link AlgoPropertyTest} has the random ones. */
class AlgoTableTest {

  private static final long START = AlgoSpecs.START;

  private final AlgoTable table = new AlgoTable(4);
  private final Market market = new Market();
  private final ChildSlice slice = new ChildSlice();

  @Test
  void shouldSpreadTwapOverItsLegsAndCatchUp() {
    final int slot = open(AlgoSpecs.twap(60, 100));

    assertEquals("WAIT NOT_STARTED until 0", ask(slot, START - 1));
    assertEquals("PLACE 10 @0 leg 0 until 100", ask(slot, START));
    assertEquals("WAIT NOTHING_DUE until 100", ask(slot, START + 99));
    childDone(slot, 4);
    assertEquals("PLACE 12 @0 leg 1 until 200", ask(slot, START + 100), "56 left over 5 legs");
    childDone(slot, 0);
    assertEquals("PLACE 19 @0 leg 3 until 400", ask(slot, START + 399), "a missed leg is gone");
    childDone(slot, 7);
    assertEquals("PLACE 25 @0 leg 4 until 500", ask(slot, START + 400));
    childDone(slot, 0);
    assertEquals("PLACE 30 @0 leg 5 until 600", ask(slot, START + 500), "49 are left, three legs is the most");
    childDone(slot, 30);
    assertEquals("WAIT NOTHING_DUE until 600", ask(slot, START + 501));
    assertEquals(19, table.onCancel(slot));
    assertEquals(0, table.size());
  }

  @Test
  void shouldLeaveWhatTheLastLegDidNotSell() {
    final int slot = open(AlgoSpecs.twap(60, 300));
    ask(slot, START);
    childDone(slot, 0);
    assertEquals("PLACE 60 @0 leg 1 until 600", ask(slot, START + 300));
    childDone(slot, 10);
    assertEquals("WAIT NOTHING_DUE until 600", ask(slot, START + 599));
    assertEquals("FINISH ENDED until NEVER", ask(slot, START + 600));
    assertEquals(50, table.onCancel(slot));
  }

  @Test
  void shouldTryAgainUntilTheEndWhenItMustFinish() {
    final AlgoSpec spec = AlgoSpecs.twap(600, 60);
    spec.endPolicy = EndPolicy.FINISH;
    spec.lifeNs = 20;
    final int slot = open(spec);
    assertEquals("PLACE 60 @0 leg 0 until 60", ask(slot, START));
    assertEquals(START + 20, slice.goodTilNs());
    childDone(slot, 0);
    assertEquals("PLACE 600 @0 leg 9 until 560", ask(slot, START + 540), "without the cap");
    childDone(slot, 100);
    assertEquals("WAIT NOTHING_DUE until 560", ask(slot, START + 559));
    assertEquals("PLACE 500 @0 leg 9 until 580", ask(slot, START + 560));
    childDone(slot, 0);
    assertEquals("PLACE 500 @0 leg 9 until 600", ask(slot, START + 580));
    assertEquals("FINISH ENDED until NEVER", ask(slot, START + 600));
  }

  @Test
  void shouldMergeLegsThatAreTooSmall() {
    final AlgoSpec spec = AlgoSpecs.twap(50, 10);
    spec.minLots = 20;
    spec.stepLots = 10;
    final int slot = open(spec);
    assertEquals("PLACE 20 @0 leg 0 until 300", ask(slot, START), "two legs of 300 instead of 60 of 10");
    childDone(slot, 20);
    assertEquals("PLACE 30 @0 leg 1 until 600", ask(slot, START + 300));
  }

  @Test
  void shouldSellATotalThatDividesBadlyToTheLastLot() {
    final int slot = open(AlgoSpecs.twap(50, 100));
    final List<Long> legs = new ArrayList<>();
    for (int leg = 0; leg < 6; leg++) {
      assertEquals(SliceAction.PLACE, answer(slot, START + leg * 100L));
      legs.add(slice.lots());
      childDone(slot, slice.lots());
    }
    assertEquals(List.of(9L, 9L, 8L, 8L, 8L, 8L), legs);
    assertEquals("FINISH FILLED until NEVER", ask(slot, START + 501));
  }

  @Test
  void shouldPriceTwapLegsFromTheReference() {
    final AlgoSpec spec = AlgoSpecs.twap(60, 100);
    spec.toleranceE8 = 2_500_000;
    spec.limitTicks = 90;
    final int slot = open(spec);
    market.reference = 0;
    assertEquals("WAIT NO_REFERENCE until 100", ask(slot, START));
    market.reference = 100_500;
    assertEquals("PLACE 10 @97 leg 0 until 100", ask(slot, START + 50), "97,987.5 down to a tick");
  }

  @Test
  void shouldFollowTheCurve() {
    final int slot = open(AlgoSpecs.vwap(100, 1, 0, 2, 4));
    final List<String> story = new ArrayList<>();
    for (int leg = 0; leg < 4; leg++) {
      story.add(ask(slot, START + leg * 150L));
      if (slice.isPlaced()) {
        childDone(slot, slice.lots());
      }
    }
    assertEquals(List.of("PLACE 14 @0 leg 0 until 150", "WAIT NOTHING_DUE until 300",
        "PLACE 28 @0 leg 2 until 450", "PLACE 58 @0 leg 3 until 600"), story);
    assertEquals("FINISH FILLED until NEVER", ask(slot, START + 599));
  }

  @Test
  void shouldHoldACurveToItsShareOfTheForecast() {
    final AlgoSpec spec = AlgoSpecs.vwap(100, 1, 1, 2);
    spec.shareE8 = 20_000_000;
    spec.forecastLots = 400;
    final int slot = open(spec);
    assertEquals("PLACE 20 @0 leg 0 until 200", ask(slot, START), "a fifth of 100, not 25");
    childDone(slot, 0);
    assertEquals("WAIT NOTHING_DUE until 200", ask(slot, START + 100));
    assertEquals("PLACE 20 @0 leg 1 until 400", ask(slot, START + 200));
    childDone(slot, 20);
    assertEquals("PLACE 40 @0 leg 2 until 600", ask(slot, START + 400));
  }

  @Test
  void shouldTakeItsShareOfTheMarket() {
    final int slot = open(AlgoSpecs.pov(100, VolumeBasis.OTHERS, 20_000_000));
    market.traded = 5_000;
    assertEquals("WAIT NOTHING_DUE until 10", ask(slot, START), "volume counts from here");
    market.traded = 5_040;
    assertEquals("PLACE 10 @0 leg 0 until 20", ask(slot, START + 10));
    childDone(slot, 10);
    market.traded = 5_050;
    assertEquals("WAIT PARTICIPATION until 30", ask(slot, START + 20), "our own trade asks for nothing");
    market.traded = 5_054;
    assertEquals("PLACE 1 @0 leg 0 until 40", ask(slot, START + 30));
  }

  @Test
  void shouldShowAPartOfAnIceberg() {
    final AlgoSpec spec = AlgoSpecs.iceberg(28, 10);
    spec.minLots = 9;
    spec.displayLots = 10;
    final int slot = open(spec);
    assertEquals("PLACE 10 @100 leg 0 until 600", ask(slot, START));
    assertEquals(SliceType.REST, slice.type());
    table.onFill(slot, 4);
    assertEquals("WAIT ALL_WORKING until 600", ask(slot, START + 1));
    table.onFill(slot, 6);
    table.onChildDone(slot, 0);
    assertEquals("PLACE 18 @100 leg 1 until 600", ask(slot, START + 2), "8 alone would be too small");
  }

  @Test
  void shouldChaseTheTouchTowardsTheMarketOnly() {
    final int slot = open(AlgoSpecs.chase(Side.BUY, 10, 2));
    assertEquals("PLACE 10 @99 leg 0 until 600", ask(slot, START));
    assertEquals(SliceType.POST_ONLY, slice.type());
    market.bid = 98;
    assertEquals("WAIT ALL_WORKING until 600", ask(slot, START + 50), "never back");
    market.bid = 100;
    market.ask = 103;
    assertEquals("REPLACE 10 @100 leg 1 until 600", ask(slot, START + 51));
    market.bid = 102;
    assertEquals("WAIT NOTHING_DUE until 61", ask(slot, START + 55), "not more often than every 10 ns");
    table.onFill(slot, 3);
    assertEquals("REPLACE 7 @102 leg 2 until 600", ask(slot, START + 61));
    market.bid = 110;
    market.ask = 111;
    assertEquals("WAIT RETRIES_SPENT until 600", ask(slot, START + 80));
    table.onChildDone(slot, 7);
    assertEquals("FINISH RETRIES_SPENT until NEVER", ask(slot, START + 81));
  }

  @Test
  void shouldNotChaseItself() {
    final AlgoSpec spec = AlgoSpecs.chase(Side.BUY, 10, 5);
    spec.offsetTicks = 1;
    market.ask = 110;
    final int slot = open(spec);
    assertEquals("PLACE 10 @100 leg 0 until 600", ask(slot, START), "a tick inside the touch");
    market.bid = 100;
    assertEquals("WAIT ALL_WORKING until 600", ask(slot, START + 50), "the touch is our own child");
    market.bid = 101;
    assertEquals("REPLACE 10 @102 leg 1 until 600", ask(slot, START + 51), "now somebody else's");
  }

  @Test
  void shouldCrossOneLifetimeBeforeTheEndWhenAChaseMustFinish() {
    final AlgoSpec spec = AlgoSpecs.chase(Side.SELL, 10, 2);
    spec.endPolicy = EndPolicy.FINISH;
    spec.lifeNs = 100;
    final int slot = open(spec);
    assertEquals("PLACE 10 @101 leg 0 until 500", ask(slot, START));
    assertEquals("REPLACE 10 @0 leg 1 until 600", ask(slot, START + 500));
    assertEquals(SliceType.TAKE, slice.type());
  }

  @Test
  void shouldStandShortOfTheOtherSide() {
    assertEquals(100, ChaseOrder.targetTicks(false, 99, 101, 5, 0));
    assertEquals(100, ChaseOrder.targetTicks(true, 101, 99, 5, 0));
    assertEquals(97, ChaseOrder.targetTicks(false, 99, 101, 0, 97));
    assertEquals(0, ChaseOrder.targetTicks(false, 1, 1, 0, 0), "nowhere to stand");
    assertEquals(Integer.MAX_VALUE, ChaseOrder.targetTicks(false, Integer.MAX_VALUE, 0, 5, 0));
  }

  @Test
  void shouldPlaceEveryPriceOfAScaleOrderOnce() {
    final int slot = open(AlgoSpecs.scale(Side.SELL, 100, 110, 3, 10));
    assertEquals("PLACE 3 @100 leg 0 until 0", ask(slot, START));
    assertEquals("PLACE 3 @105 leg 1 until 0", ask(slot, START));
    assertEquals("PLACE 4 @110 leg 2 until 600", ask(slot, START));
    assertEquals("WAIT ALL_WORKING until 600", ask(slot, START));
    table.onFill(slot, 3);
    table.onChildDone(slot, 0);
    table.onChildDone(slot, 3);
    table.onChildDone(slot, 4);
    assertEquals("FINISH LEGS_SPENT until NEVER", ask(slot, START + 1));
    assertEquals(7, table.onCancel(slot));
  }

  @Test
  void shouldWidenALadderAndThenTakeTheMarket() {
    final AlgoSpec spec = AlgoSpecs.ladder(10);
    spec.collarE8 = 10_000_000;
    final int slot = open(spec);
    assertEquals("PLACE 10 @98 leg 0 until 50", ask(slot, START));
    table.onFill(slot, 2);
    assertEquals("WAIT ALL_WORKING until 50", ask(slot, START + 49));
    assertEquals("REPLACE 8 @95 leg 1 until 100", ask(slot, START + 50));
    market.depth = 0;
    assertEquals("WAIT COLLAR until 120", ask(slot, START + 100), "the child that rests stays");
    assertEquals(8, table.workingLots(slot));
    market.depth = 5;
    assertEquals("REPLACE 5 @90 leg 2 until 140", ask(slot, START + 120), "the collar is the limit");
    childDone(slot, 5);
    assertEquals("WAIT NOTHING_DUE until 140", ask(slot, START + 139));
    assertEquals("PLACE 3 @90 leg 2 until 160", ask(slot, START + 140));
  }

  @Test
  void shouldWaitInsteadOfSweeping() {
    final AlgoSpec spec = AlgoSpecs.twap(600, 600);
    spec.collarE8 = 3_000_000;
    spec.depthShareE8 = 50_000_000;
    spec.pacingNs = 50;
    market.lotsPerTick = 20;
    market.bid = 99;
    final int slot = open(spec);
    assertEquals("PLACE 30 @97 leg 0 until 600", ask(slot, START), "half of three levels of 20");
    assertEquals(30, table.workingLots(slot));
  }

  @Test
  void shouldWaitForTheNextIntervalWhenItsShareIsTaken() {
    final AlgoSpec spec = AlgoSpecs.pov(1_000, VolumeBasis.WITH_OWN, 100_000_000);
    spec.depthShareE8 = 10_000_000;
    spec.pacingNs = 100;
    final int slot = open(spec);
    market.depth = 300;
    ask(slot, START);
    market.traded = 500;
    assertEquals("PLACE 30 @0 leg 0 until 20", ask(slot, START + 10));
    childDone(slot, 30);
    assertEquals("WAIT DEPTH until 100", ask(slot, START + 20));
    assertEquals("PLACE 30 @0 leg 0 until 110", ask(slot, START + 100));
  }

  @Test
  void shouldRefuseWhatMakesNoSense() {
    refused(AlgoRefusal.FIELD_MISSING, AlgoSpecs.base(AlgoKind.POV, Side.SELL, 10));
    refused(AlgoRefusal.FIELD_MISSING, AlgoSpecs.base(AlgoKind.TWAP, Side.NULL_VAL, 10));
    refused(AlgoRefusal.FIELD_MISSING, new AlgoSpec());
    refused(AlgoRefusal.TOTAL_NOT_POSITIVE, AlgoSpecs.twap(0, 100));
    refused(AlgoRefusal.TOTAL_NOT_POSITIVE, AlgoSpecs.twap(Long.MIN_VALUE, 100));
    refused(AlgoRefusal.INTERVAL_OUT_OF_RANGE, AlgoSpecs.twap(10, 0));
    refused(AlgoRefusal.INTERVAL_OUT_OF_RANGE, AlgoSpecs.twap(10, 601));
    refused(AlgoRefusal.INTERVAL_OUT_OF_RANGE, AlgoSpecs.twap(10, Long.MIN_VALUE));
    refused(AlgoRefusal.CURVE_EMPTY, AlgoSpecs.vwap(10));
    refused(AlgoRefusal.CURVE_EMPTY, AlgoSpecs.vwap(10, 0, 0));
    refused(AlgoRefusal.CURVE_NEGATIVE, AlgoSpecs.vwap(10, 5, -1));
    refused(AlgoRefusal.CURVE_OVERFLOW, AlgoSpecs.vwap(10, Long.MAX_VALUE, 1));
    refused(AlgoRefusal.CURVE_TOO_LONG, AlgoSpecs.vwap(10, new long[65]));
    refused(AlgoRefusal.SHARE_OUT_OF_RANGE, AlgoSpecs.pov(10, VolumeBasis.OTHERS, 100_000_000));
    refused(AlgoRefusal.SHARE_OUT_OF_RANGE, AlgoSpecs.pov(10, VolumeBasis.WITH_OWN, 100_000_001));
    refused(AlgoRefusal.SHARE_OUT_OF_RANGE, AlgoSpecs.pov(10, VolumeBasis.WITH_OWN, 0));
    refused(AlgoRefusal.DISPLAY_OUT_OF_RANGE, AlgoSpecs.iceberg(10, 11));
    refused(AlgoRefusal.DISPLAY_OUT_OF_RANGE, AlgoSpecs.iceberg(10, 0));
    refused(AlgoRefusal.RETRIES_OUT_OF_RANGE, AlgoSpecs.chase(Side.BUY, 10, -1));
    refused(AlgoRefusal.SCALE_RANGE, AlgoSpecs.scale(Side.BUY, 100, 110, 3, 10));
    refused(AlgoRefusal.SCALE_TOTAL_TOO_SMALL, AlgoSpecs.scale(Side.SELL, 100, 110, 11, 10));
    assertEquals(0, table.size());
    assertTrue(SavedLongs.of(table).values.isEmpty());
  }

  @Test
  void shouldRefuseFieldsThatContradictOneAnother() {
    final AlgoSpec step = AlgoSpecs.twap(10, 100);
    step.stepLots = 3;
    refused(AlgoRefusal.STEP_NOT_WHOLE, step);
    final AlgoSpec minimum = AlgoSpecs.twap(10, 100);
    minimum.minLots = 11;
    refused(AlgoRefusal.MINIMUM_ABOVE_TOTAL, minimum);
    final AlgoSpec window = AlgoSpecs.twap(10, 100);
    window.endNs = window.startNs;
    refused(AlgoRefusal.WINDOW_EMPTY, window);
    window.startNs = 0;
    window.endNs = 1;
    window.intervalNs = 1;
    refused(AlgoRefusal.WINDOW_OVER, window);
    final AlgoSpec tolerance = AlgoSpecs.twap(10, 100);
    tolerance.toleranceE8 = 100_000_000;
    refused(AlgoRefusal.TOLERANCE_OUT_OF_RANGE, tolerance);
    final AlgoSpec life = AlgoSpecs.twap(10, 100);
    life.lifeNs = 101;
    refused(AlgoRefusal.LIFE_OUT_OF_RANGE, life);
    final AlgoSpec pacing = AlgoSpecs.twap(10, 100);
    pacing.pacingNs = 10;
    refused(AlgoRefusal.PACING_OUT_OF_RANGE, pacing);
    final AlgoSpec finish = AlgoSpecs.iceberg(10, 5);
    finish.endPolicy = EndPolicy.FINISH;
    refused(AlgoRefusal.END_POLICY_UNSUPPORTED, finish);
    final AlgoSpec price = AlgoSpecs.iceberg(10, 5);
    price.limitTicks = 0;
    refused(AlgoRefusal.PRICE_MISSING, price);
    price.limitTicks = -1;
    refused(AlgoRefusal.PRICE_OUT_OF_RANGE, price);
    final AlgoSpec forecast = AlgoSpecs.vwap(10, 1);
    forecast.shareE8 = 1;
    refused(AlgoRefusal.SHARE_OUT_OF_RANGE, forecast);
    final AlgoSpec narrow = AlgoSpecs.ladder(10);
    narrow.stepOffsetTicks[1] = 2;
    refused(AlgoRefusal.LADDER_NOT_WIDER, narrow);
    final AlgoSpec below = AlgoSpecs.ladder(10);
    below.stepOffsetTicks[1] = 100;
    refused(AlgoRefusal.LADDER_NOT_WIDER, below);
    final AlgoSpec endless = AlgoSpecs.ladder(10);
    endless.stepNs[1] = 550;
    refused(AlgoRefusal.LADDER_STEPS, endless);
    endless.stepNs[1] = Long.MAX_VALUE;
    refused(AlgoRefusal.LADDER_NOT_WIDER, endless);
    endless.stepCount = 5;
    refused(AlgoRefusal.LADDER_STEPS, endless);
    final AlgoSpec hasty = AlgoSpecs.ladder(10);
    hasty.lifeNs = 0;
    refused(AlgoRefusal.LIFE_OUT_OF_RANGE, hasty);
  }

  @Test
  void shouldRefuseWhenFullAndGoOnWhenThereIsRoomAgain() {
    for (int i = 0; i < 4; i++) {
      assertEquals(i, table.open(AlgoSpecs.twap(10, 100), START));
    }
    refused(AlgoRefusal.TABLE_FULL, AlgoSpecs.twap(10, 100));
    table.onCancel(2);
    assertEquals(2, table.open(AlgoSpecs.twap(10, 100), START));
  }

  @Test
  void shouldHaltOnReportsThatCannotBe() {
    final int slot = open(AlgoSpecs.twap(60, 100));
    assertThrows(InvariantViolation.class, () -> table.onFill(slot, 1));
    ask(slot, START);
    assertThrows(InvariantViolation.class, () -> table.onFill(slot, 11));
    assertThrows(InvariantViolation.class, () -> table.onChildDone(slot, 11));
    assertThrows(InvariantViolation.class, () -> table.next(3, START, market, slice));
  }

  private void refused(final AlgoRefusal refusal, final AlgoSpec spec) {
    assertEquals(AlgoTable.NULL_SLOT, table.open(spec, 500));
    assertEquals(refusal, table.refusal());
  }

  private int open(final AlgoSpec spec) {
    final int slot = table.open(spec, 500);
    assertEquals(AlgoRefusal.NONE, table.refusal());
    return slot;
  }

  /** The last child trades so much and is through. */
  private void childDone(final int slot, final long filled) {
    if (filled > 0) {
      table.onFill(slot, filled);
    }
    table.onChildDone(slot, table.workingLots(slot));
  }

  private SliceAction answer(final int slot, final long nowNs) {
    table.next(slot, nowNs, market, slice);
    return slice.action();
  }

  private String ask(final int slot, final long nowNs) {
    answer(slot, nowNs);
    assertEquals(slice.wakeNs(), table.nextNs(slot));
    final String wake = ChildSlice.NEVER_NS == slice.wakeNs() ? "NEVER" : Long.toString(slice.wakeNs() - START);
    return slice.action() + (slice.isPlaced()
        ? " " + slice.lots() + " @" + slice.limitTicks() + " leg " + slice.legIndex() : " " + slice.reason())
        + " until " + wake;
  }
}
