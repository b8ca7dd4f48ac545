package io.gavel.adapters.backtest.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class NumbersTest {

  @Test
  void shouldGroupThousandsWhateverTheSignAndTheDecimals() {
    assertEquals("0", Numbers.grouped("0"));
    assertEquals("999.5", Numbers.grouped("999.5"));
    assertEquals("-1,000", Numbers.grouped("-1000"));
    assertEquals("+12,345,678.123456", Numbers.grouped("+12345678.123456"));
    assertEquals("-9,223,372,036,854,775,808", Numbers.count(Long.MIN_VALUE));
  }

  @Test
  void shouldKeepTwoDecimalsOfMoneyAndAllThatCount() {
    assertEquals("0.00", Numbers.exact(0, 8));
    assertEquals("1,042.10", Numbers.exact(104_210_000_000L, 8));
    assertEquals("0.00000001", Numbers.exact(1, 8));
    assertEquals("5", Numbers.exact(5, 0));
    assertEquals("1,000", Numbers.exact(1_000, 0));
  }

  @Test
  void shouldRoundHeadlinesToWhatCanBeRead() {
    assertEquals("15,181.42", Numbers.rounded(1_518_141_732_000L, 8));
    assertEquals("1.6987", Numbers.rounded(169_874_211, 8));
    assertEquals("-0.00001234", Numbers.rounded(-1_234, 8));
  }

  @Test
  void shouldTellRatiosAndBasisPoints() {
    assertEquals("-2.88 %", Numbers.percent(-288));
    assertEquals("5.00 %", Numbers.percentE8(5_000_000));
    assertEquals("0.125 %", Numbers.percentE8(125_000));
    assertEquals("11.90", Numbers.bps(1_190));
  }

  @Test
  void shouldTellTimesInUtcWithTheDecimalsTheyHave() {
    assertEquals("2013-11-25 00:00:00", Numbers.time(1_385_337_600_000_000_000L));
    assertEquals("2013-11-25 00:00:00.001", Numbers.time(1_385_337_600_001_000_000L));
    assertEquals("2013-11-25 00:00:00.000000001", Numbers.time(1_385_337_600_000_000_001L));
    assertEquals("1969-12-31 23:59:59.999", Numbers.time(-1_000_000L));
  }

  @Test
  void shouldTellSpansInTheirTwoLargestUnits() {
    assertEquals("0 s", Numbers.span(0));
    assertEquals("6 ms", Numbers.span(6_000_000));
    assertEquals("0.0004 ms", Numbers.span(400));
    assertEquals("1.5 s", Numbers.span(1_500_000_000L));
    assertEquals("1 min", Numbers.span(60_000_000_000L));
    assertEquals("6 d 17 h", Numbers.span((6 * 24 + 17) * 3_600_000_000_000L));
  }
}
