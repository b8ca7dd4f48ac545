package io.gavel.risk.mark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.codecs.InvariantViolation;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.risk.RiskWorld;
import org.junit.jupiter.api.Test;

/** Prices in force: what each source says, since when, and which is the reference. The mark has 100 parts a tick. */
class MarksTest {

  private static final int BTC_USDT = RiskWorld.BTC_USDT;

  private final Marks marks = RiskWorld.open().marks();

  @Test
  void shouldBeUndefinedUntilSet() {
    for (final PriceSource source : new PriceSource[] {
        PriceSource.LAST, PriceSource.BID, PriceSource.ASK, PriceSource.MARK, PriceSource.INDEX}) {
      assertEquals(0, marks.floorTicks(BTC_USDT, source));
      assertEquals(0, marks.ceilTicks(BTC_USDT, source));
      assertEquals(0, marks.priceUnits(BTC_USDT, source));
      assertEquals(0, marks.sequenceOf(BTC_USDT, source));
    }
    assertEquals(0, marks.referenceTicks(BTC_USDT));
  }

  @Test
  void shouldRoundAMarkToTheTicksOnBothSides() {
    marks.setMark(BTC_USDT, 60_000_01, 7, 70);

    assertEquals(60_000, marks.floorTicks(BTC_USDT, PriceSource.MARK));
    assertEquals(60_001, marks.ceilTicks(BTC_USDT, PriceSource.MARK));
    assertEquals(60_000_01, marks.priceUnits(BTC_USDT, PriceSource.MARK));
    assertEquals(7, marks.sequenceOf(BTC_USDT, PriceSource.MARK));
    assertEquals(70, marks.timeNsOf(BTC_USDT, PriceSource.MARK));
    marks.setIndex(BTC_USDT, 60_000_00, 8, 80);
    assertEquals(60_000, marks.floorTicks(BTC_USDT, PriceSource.INDEX));
    assertEquals(60_000, marks.ceilTicks(BTC_USDT, PriceSource.INDEX));
  }

  @Test
  void shouldMeasureFromTheMarkAndElseFromTheLastPrice() {
    marks.setLast(BTC_USDT, 59_000, 1, 1);
    assertEquals(59_000, marks.referenceTicks(BTC_USDT));

    marks.setMark(BTC_USDT, 60_000_99, 2, 2);
    assertEquals(60_000, marks.referenceTicks(BTC_USDT));

    marks.setMark(BTC_USDT, 0, 3, 3);
    assertEquals(59_000, marks.referenceTicks(BTC_USDT));
    assertEquals(5_900_000, marks.priceUnits(BTC_USDT, PriceSource.LAST));
  }

  @Test
  void shouldKeepTheSequenceOfAQuoteThatDidNotChange() {
    marks.setBidAsk(BTC_USDT, 10, 12, 5, 50);
    marks.setBidAsk(BTC_USDT, 10, 11, 6, 60);
    marks.setBidAsk(BTC_USDT, 0, 11, 7, 70);

    assertEquals(0, marks.floorTicks(BTC_USDT, PriceSource.BID));
    assertEquals(7, marks.sequenceOf(BTC_USDT, PriceSource.BID));
    assertEquals(11, marks.floorTicks(BTC_USDT, PriceSource.ASK));
    assertEquals(6, marks.sequenceOf(BTC_USDT, PriceSource.ASK));
  }

  @Test
  void shouldTakeMarksOnlyWhoseTicksFitAnInt() {
    assertFalse(marks.fits(BTC_USDT, 0));
    assertFalse(marks.fits(BTC_USDT, -1));
    assertTrue(marks.fits(BTC_USDT, 1));
    assertTrue(marks.fits(BTC_USDT, Integer.MAX_VALUE * 100L));
    assertFalse(marks.fits(BTC_USDT, Integer.MAX_VALUE * 100L + 1));
    assertThrows(InvariantViolation.class, () -> marks.setMark(BTC_USDT, -1, 1, 1));
    assertThrows(InvariantViolation.class, () -> marks.setMark(BTC_USDT + 1, 1, 1, 1));
  }
}
