package io.gavel.adapters.backtest.tape;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KlineCsvTapeTest {

  private static final TapeScale SCALE = TapeScale.of(1, 10_000_000_000L, 10_000_000_000L);
  private static final String TWO_BARS = "open_time,open,high,low,close,volume\n60,10,14,8,12,9\n120,20,21,19,20,8\n";

  @TempDir
  private Path dir;

  @ParameterizedTest
  @CsvSource({
    "PESSIMISTIC, true, '10 8 14 12 20 19 21 20'",
    "PESSIMISTIC, false, '10 14 8 12 20 21 19 20'",
    "OHLC, true, '10 14 8 12 20 21 19 20'",
    "OLHC, false, '10 8 14 12 20 19 21 20'"})
  void shouldVisitTheExtremesInTheOrderOfThePath(
      final IntrabarPath path, final boolean lowHurts, final String prices) throws IOException {
    try (Tape tape = open(TWO_BARS, ZeroSize.ERROR, path, lowHurts)) {
      final List<String> seen = new ArrayList<>();
      final TapeRow row = new TapeRow();
      while (tape.next(row)) {
        seen.add(Integer.toString(row.priceTicks));
      }
      assertEquals(prices, String.join(" ", seen));
    }
  }

  @Test
  void shouldSpreadTheFourPrintsOverTheBarAndItsVolumeOverThePrints() throws IOException {
    try (Tape tape = open(TWO_BARS, ZeroSize.ERROR, IntrabarPath.OHLC, true)) {
      assertEquals(List.of(
          "60000000000 10 2 row 1", "80000000000 14 2 row 1", "100000000000 8 2 row 1", "119999999999 12 3 row 1",
          "120000000000 20 2 row 2", "140000000000 21 2 row 2", "160000000000 19 2 row 2", "179999999999 20 2 row 2"),
          TradesCsvTapeTest.drain(tape));
    }
  }

  @Test
  void shouldNotReachIntoTheNextBarAfterAGapOrAShortBar() throws IOException {
    final String bars = "60,1,1,1,1,4\n120,1,1,1,1,4\n300,1,1,1,1,4\n303,1,1,1,1,4\n";

    try (Tape tape = open(bars, ZeroSize.ERROR, IntrabarPath.OHLC, true)) {
      assertEquals(List.of(
          "60000000000", "80000000000", "100000000000", "119999999999",
          "120000000000", "140000000000", "160000000000", "179999999999",
          "300000000000", "301000000000", "302000000000", "302999999999",
          "303000000000", "323000000000", "343000000000", "362999999999"),
          TradesCsvTapeTest.drain(tape).stream().map(text -> text.substring(0, text.indexOf(' '))).toList());
    }
  }

  @Test
  void shouldGiveTheRangeOfABarWithItsFirstPrintOnly() throws IOException {
    try (Tape tape = open(TWO_BARS, ZeroSize.ERROR, IntrabarPath.PESSIMISTIC, true)) {
      final List<String> ranges = new ArrayList<>();
      final TapeRow row = new TapeRow();
      while (tape.next(row)) {
        ranges.add(row.isBarStart() ? row.barLowTicks + "-" + row.barHighTicks : "");
      }
      assertEquals(List.of("8-14", "", "", "", "19-21", "", "", ""), ranges);
    }
  }

  @Test
  void shouldGiveEachPrintOfAThinBarOneLot() throws IOException {
    try (Tape tape = open("60,10,14,8,12,2\n", ZeroSize.ERROR, IntrabarPath.OHLC, true)) {
      assertEquals(List.of("60000000000 10 1 row 1", "60000000000 14 1 row 1", "60000000000 8 1 row 1",
          "60000000000 12 1 row 1"), TradesCsvTapeTest.drain(tape));
    }
  }

  @Test
  void shouldRefuseOrSkipBarsWithoutVolume() throws IOException {
    final String bars = "60,1,1,1,1,0\n120,2,2,2,2,4\n";

    try (Tape tape = open(bars, ZeroSize.ERROR, IntrabarPath.OHLC, true)) {
      assertEquals("k.csv line 1 column volume: '0' is zero; say zeroSize: skip to leave such bars out",
          assertThrows(TapeException.class, () -> TradesCsvTapeTest.drain(tape)).getMessage());
    }
    try (Tape tape = open(bars, ZeroSize.SKIP, IntrabarPath.OHLC, true)) {
      assertEquals(4, TradesCsvTapeTest.drain(tape).size());
      assertEquals(1, tape.skippedRows());
    }
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "60,10,9,8,9,4|k.csv line 1 column high: '9' is not the highest price of its bar",
    "60,10,14,11,12,4|k.csv line 1 column low: '11' is not the lowest price of its bar",
    "60,10,14,8,12|k.csv line 1: '60,10,14,8,12' has 5 columns, expected 6",
    "60,10.5,14,8,12,1|k.csv line 1 column open: '10.5' is not a whole number of ticks of 1",
    "60,10,14,8,12,1.5|k.csv line 1 column volume: '1.5' is not a whole number of lots of 1"})
  void shouldRefuseABarThatDoesNotHold(final String content, final String message) throws IOException {
    try (Tape tape = open(content, ZeroSize.ERROR, IntrabarPath.OHLC, true)) {
      assertEquals(message, assertThrows(TapeException.class, () -> TradesCsvTapeTest.drain(tape)).getMessage());
    }
  }

  private Tape open(final String content, final ZeroSize zeroSize, final IntrabarPath path, final boolean lowHurts)
      throws IOException {
    Files.writeString(dir.resolve("k.csv"), content);
    return new KlineCsvTape(TapeInput.of("k.csv", dir), SCALE, zeroSize, path, lowHurts);
  }
}
