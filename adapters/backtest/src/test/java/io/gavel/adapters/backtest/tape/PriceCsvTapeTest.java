package io.gavel.adapters.backtest.tape;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriceCsvTapeTest {

  private static final TapeScale DIMES = TapeScale.of(1, 1_000_000_000L, 10_000_000L);

  @TempDir
  private Path dir;

  @Test
  void shouldReadPricesFinerThanATickAndCutOffWhatIsFinerThanThat() throws IOException {
    final List<String> seen = new ArrayList<>();
    try (Tape tape = new PriceCsvTape(file("time,volume,mark_price\n60,1,100.1239\n61,1,0.1\n"), DIMES, 3, 90)) {
      final TapeRow row = new TapeRow();
      while (tape.next(row)) {
        seen.add(row.timeNs + " " + row.kind + " " + row.sourceId + " " + row.confidenceE8 + " " + row.priceUnits + " "
            + row.priceTicks);
      }
    }

    assertEquals(List.of("60000000000 SOURCE 3 90 100123 1001", "61000000000 SOURCE 3 90 100 1"), seen);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "0|is not from one tick", "0.09|is not from one tick", "214748365|is not from one tick", "-5|is not from one tick",
    "1e5|is no plain decimal", "''|is no plain decimal", "99999999999999999999|is no plain decimal"})
  void shouldRefuseWhatIsNoPrice(final String price, final String expected) throws IOException {
    try (Tape tape = new PriceCsvTape(file("time,price\n60," + price + "\n"), DIMES, TapeRow.Kind.MARK)) {
      final TapeException e = assertThrows(TapeException.class, () -> tape.next(new TapeRow()));

      assertTrue(String.valueOf(e.getMessage()).contains(expected), e.getMessage());
    }
  }

  @Test
  void shouldMergeTradesInFrontOfThePricesOfTheSameStamp() throws IOException {
    try (Tape tape = new MergedTape(List.of(
        new TradesCsvTape(file("60,100,1\n62,101,1\n"), DIMES, ZeroSize.ERROR),
        new PriceCsvTape(file("60,99\n61,98\n"), DIMES, TapeRow.Kind.INDEX)))) {
      final List<String> seen = new ArrayList<>();
      final TapeRow row = new TapeRow();
      while (tape.next(row)) {
        seen.add(row.kind + " " + row.priceTicks + " " + row.sizeLots);
      }

      assertEquals(List.of("TRADE 1000 1000", "INDEX 990 0", "INDEX 980 0", "TRADE 1010 1000"), seen);
    }
  }

  @Test
  void shouldGenerateTheSameBytesForOneSeedAndOnePathForAllParts() {
    final int[] trades = prices("gen:crash/7/trades", 1);
    final int[] source = prices("gen:crash/7/source-1", 2);
    final int[] astray = prices("gen:crash/7/astray", 2);

    assertEquals(3_600, trades.length);
    assertEquals(1_800, source.length);
    for (int i = 0; i < source.length; i++) {
      assertTrue(Math.abs(source[i] - trades[2 * i]) < 40, "second " + 2 * i);
      final boolean wrong = 2 * i >= 1_200 && 2 * i < 1_440;
      assertEquals(wrong, astray[i] * 100L < trades[2 * i] * 90L, "second " + 2 * i);
    }
    final int low = Arrays.stream(trades).min().orElse(0);
    assertTrue(low < 600_000 * 78 / 100 && low > 600_000 * 73 / 100, "low " + low);
    assertFalse(TapeInput.of("gen:crash/7/source-0", dir).exists());
  }

  private static int[] prices(final String name, final int step) {
    final List<Integer> prices = new ArrayList<>();
    final TapeInput input = TapeInput.of(name, Path.of(""));
    final TapeRow row = new TapeRow();
    try (Tape tape = 1 == step ? new TradesCsvTape(input, DIMES, ZeroSize.ERROR)
        : new PriceCsvTape(input, DIMES, TapeRow.Kind.MARK)) {
      while (tape.next(row)) {
        prices.add(row.priceTicks);
      }
    }
    return prices.stream().mapToInt(Integer::intValue).toArray();
  }

  private TapeInput file(final String text) throws IOException {
    final Path path = Files.createTempFile(dir, "tape", ".csv");
    Files.writeString(path, text);
    return TapeInput.of(path);
  }
}
