package io.gavel.adapters.market.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.adapters.market.capture.CaptureReport.Count;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Goal: Databento files are followed order by order and level by level. Method: rows written here by hand in the
 * published columns, and traffic of a naive venue with price-time priority written as both kinds of file.
 */
class DatabentoCheckTest {

  private CaptureText text;

  @BeforeEach
  void write(@TempDir final Path folder) {
    text = new CaptureText(folder);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10})
  void shouldAgreeWithTheLevelsBesideTheOrdersOfANaiveVenue(final int depth) {
    final long seed = new Random().nextLong();
    final DatabentoFiles files = DatabentoFiles.random(new Random(seed), depth, 3_000, true);
    text.write("x-20231114.mbp-" + depth + ".csv", lines(files.levels));
    final Path orders = text.write("x-20231114.mbo.csv", lines(files.orders));

    final CaptureReport report = CaptureCheck.run(orders, CaptureFormat.DATABENTO_MBO);

    assertEquals(0, report.rowsWrong(), () -> "seed " + seed + ' ' + report.differences());
    assertEquals(report.rowsCompared(), report.counts().get(Count.FILL_EVENTS) + report.counts().get(Count.LEVEL_ROWS));
    assertTrue(report.counts().get(Count.LEVEL_ROWS) > 300, "seed " + seed + ' ' + report.counts());
    assertTrue(report.counts().get(Count.EXECUTIONS) > 100, "seed " + seed + ' ' + report.counts());
    assertEquals(report.counts().get(Count.EXECUTIONS), report.counts().get(Count.HITS), "seed " + seed);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10})
  void shouldDeriveTheLevelsOfEachEventFromThoseBefore(final int depth) {
    final long seed = new Random().nextLong();
    final DatabentoFiles files = DatabentoFiles.random(new Random(seed), depth, 3_000, false);

    final CaptureReport report = text.check(CaptureFormat.DATABENTO_MBP, lines(files.levels));

    assertEquals(0, report.rowsWrong(), () -> "seed " + seed + ' ' + report.differences());
    assertTrue(report.rowsCompared() > 300, "seed " + seed + ' ' + report);
    assertEquals(1, report.counts().get(Count.BEFORE_BOOK));
  }

  @Test
  void shouldCompareOnlyTheOtherSideBehindAModify() {
    final long seed = new Random().nextLong();
    final DatabentoFiles files = DatabentoFiles.random(new Random(seed), 10, 2_000, true);

    assertEquals(0, text.check(CaptureFormat.DATABENTO_MBP, lines(files.levels)).rowsWrong(), "seed " + seed);
  }

  @Test
  void shouldFindTheLevelThatIsWrongInEitherFile() {
    final long seed = new Random().nextLong();
    final DatabentoFiles files = DatabentoFiles.random(new Random(seed), 10, 600, false);
    int at = files.levels.size() / 2;
    while (!files.levels.get(at).matches("([^,]*,){5}[AC],[BA],0,([^,]*,){2}128,([^,]*,){4}[1-9].*")) {
      at++;
    }
    final String[] columns = files.levels.get(at).split(",");
    columns[15] = Long.toString(Long.parseLong(columns[15]) + 500);
    files.levels.set(at, String.join(",", columns));
    final Path levels = text.write("levels.csv", lines(files.levels));
    final Path orders = text.write("orders.csv", lines(files.orders));

    final CaptureReport alone = CaptureCheck.run(levels, CaptureFormat.DATABENTO_MBP);
    final CaptureReport beside = CaptureCheck.run(orders, CaptureFormat.DATABENTO_MBO, levels);

    assertEquals(1, beside.rowsWrong(), "seed " + seed);
    assertTrue(alone.rowsWrong() > 0, "seed " + seed);
    assertEquals(0, CaptureCheck.run(orders, CaptureFormat.DATABENTO_MBO).rowsWrong(), "seed " + seed);
  }

  @Test
  void shouldCompareFillsWithWhatTheEventTakesOffAndTrades() {
    final DatabentoFiles files = new DatabentoFiles(1);
    files.order('A', 'B', "100.500000000", 10, 1, 128);
    files.order('A', 'B', "100.500000000", 10, 2, 128);
    files.order('F', 'B', "100.500000000", 4, 1, 0);
    files.order('M', 'B', "100.500000000", 6, 1, 128);
    files.order('T', 'A', "100.500000000", 3, 0, 0);
    files.order('F', 'B', "100.500000000", 6, 1, 0);
    files.order('C', 'B', "100.500000000", 6, 1, 128);
    files.order('F', 'B', "100.500000000", 3, 2, 0);
    files.order('C', 'B', "100.500000000", 2, 2, 128);

    final CaptureReport report = text.check(CaptureFormat.DATABENTO_MBO, lines(files.orders));

    assertEquals(3, report.rowsCompared());
    assertEquals(List.of("record 8: fills of 6 are more than the trades of the event, 3",
        "record 10: fills of 1 of order 2 are taken off by no cancel or modify of the event"), report.differences());
    assertEquals(3, report.counts().get(Count.HITS));
  }

  @Test
  void shouldTakeOffWhatWasFilledOnceAndTheRestOfTheCancelBesides() {
    final DatabentoFiles files = new DatabentoFiles(1);
    files.order('A', 'B', "100.500000000", 10, 1, 128);
    files.order('F', 'B', "100.500000000", 3, 1, 0);
    files.order('C', 'B', "100.500000000", 5, 1, 128);
    files.order('F', 'B', "100.500000000", 5, 1, 0);
    files.order('C', 'B', "100.500000000", 5, 1, 128);

    final CaptureReport report = text.check(CaptureFormat.DATABENTO_MBO, lines(files.orders));

    assertEquals(2, report.rowsCompared());
    assertEquals(0, report.rowsWrong(), report.differences().toString());
    assertEquals(2, report.counts().get(Count.HITS));
  }

  @Test
  void shouldHoldAsManyOrdersAsTheCapture() {
    final DatabentoFiles files = new DatabentoFiles(1);
    for (int id = 1; id <= 5_000; id++) {
      files.order('A', 'B', "100.500000000", 1, id, 128);
    }
    for (int id = 1; id <= 5_000; id++) {
      files.order('F', 'B', "100.500000000", 1, id, 0);
      files.order('C', 'B', "100.500000000", 1, id, 128);
    }

    final CaptureReport report = text.check(CaptureFormat.DATABENTO_MBO, lines(files.orders));

    assertEquals(5_000, report.counts().get(Count.HITS));
    assertEquals(0, report.rowsWrong());
  }

  @Test
  void shouldTakeTheModifyOfAnUnknownOrderForANewOneAndCountMisses() {
    final DatabentoFiles files = new DatabentoFiles(1);
    files.order('M', 'A', "7.0", 10, -1, 128);
    files.order('A', 'A', "7.0", 10, 2, 128);
    files.order('F', 'A', "7.0", 10, 2, 0);
    files.order('C', 'A', "7.0", 10, 2, 128);
    files.order('F', 'A', "7.0", 10, -1, 0);
    files.order('C', 'A', "7.0", 10, -1, 128);
    final String[] lines = lines(files.orders);
    for (int i = 0; i < lines.length; i++) {
      lines[i] = lines[i].replace(",-1,", ",18446744073709551615,");
    }

    final CaptureReport report = text.check(CaptureFormat.DATABENTO_MBO, lines);

    assertEquals(0, report.rowsWrong(), report.differences().toString());
    assertEquals(1, report.counts().get(Count.MODIFY_AS_NEW));
    assertEquals(1, report.counts().get(Count.MISSES));
    assertEquals(1, report.counts().get(Count.HITS));
  }

  @Test
  void shouldRefuseWhatCannotBeMeantWithItsRecord() {
    assertRefused('C', 'B', "100.5", 5, 9, 128, "order 9: unknown, it is not in the book");
    assertRefused('F', 'B', "100.5", 5, 9, 128, "order 9: unknown, it is not in the book");
    assertRefused('A', 'B', "100.5", 5, 1, 128, "order 1: used twice, it is in the book with 10");
    assertRefused('A', 'B', "100.5", 0, 2, 128, "order 2: its size 0 is not positive");
    assertRefused('A', 'B', "100.5", -5, 2, 128, "size: -5 is negative");
    assertRefused('A', 'B', "100.5", 4294967296L, 2, 128, "size: 4294967296 is more than 4294967295");
    assertRefused('C', 'B', "100.5", 11, 1, 128, "order 1: cannot lose 11 of its 10");
    assertRefused('C', 'B', "100.5", 0, 1, 128, "order 1: cannot lose 0 of its 10");
    assertRefused('F', 'B', "100.5", 11, 1, 128, "order 1: cannot trade 11 of its 10");
    assertRefused('M', 'A', "100.5", 10, 1, 128, "order 1: a modify cannot change its side");
    assertRefused('A', 'N', "100.5", 10, 2, 128, "side: an order needs B or A");
    assertRefused('A', 'X', "100.5", 10, 2, 128, "side: 'X' is not one of B, A, N");
    assertRefused('Q', 'B', "100.5", 10, 2, 128, "action: 'Q' is not one of A, C, M, T, F, R, N");
    assertRefused('A', 'B', "", 10, 2, 128, "price: an order needs one");
    assertRefused('A', 'B', "9223372036854775807", 10, 2, 128, "price: an order needs one");
    assertRefused('A', 'B', "1e5", 10, 2, 128, "price: \"1e5\" is not a plain decimal number");
    assertRefused('A', 'B', "-9223372036854775807", 10, 2, 128, "price: too far from the other prices");
    assertRefused('A', 'B', "100.5", 10, 2, 192, "flags: a record of the top of the book is no order");
  }

  @Test
  void shouldRefusePricesThatAreTooManyTicksApart() {
    final DatabentoFiles files = new DatabentoFiles(1);
    files.order('A', 'B', "0.000000001", 10, 1, 128);
    files.order('A', 'B', "0.000000002", 10, 2, 128);
    files.order('A', 'A', "3.000000000", 10, 3, 128);

    assertTrue(text.refusal(CaptureFormat.DATABENTO_MBO, lines(files.orders))
        .contains("record 4: price: more than 2147483647 ticks above the lowest"));
  }

  @Test
  void shouldNameTheColumnThatIsMissing() {
    assertTrue(text.refusal(CaptureFormat.DATABENTO_MBO, DatabentoFiles.ORDER_COLUMNS.replace("order_id", "id"))
        .contains("capture: no column order_id in 'ts_recv,ts_event"));
    assertTrue(text.refusal(CaptureFormat.DATABENTO_MBP, DatabentoFiles.ORDER_COLUMNS)
        .contains("capture: no column bid_px_00"));
    assertTrue(text.refusal(CaptureFormat.DATABENTO_MBO, DatabentoFiles.ORDER_COLUMNS, "1,2,160")
        .contains("capture record 1: '1,2,160' has 3 columns, expected 15"));
    assertTrue(text.refusal(CaptureFormat.DATABENTO_MBO, DatabentoFiles.ORDER_COLUMNS)
        .endsWith("capture: nothing in its 0 records could be compared as databento-mbo"));
  }

  private void assertRefused(final char action, final char side, final String price, final long size, final long id,
      final int flags, final String why) {
    final DatabentoFiles files = new DatabentoFiles(1);
    files.order('A', 'B', "100.500000000", 10, 1, 128);
    files.order(action, side, price, size, id, flags);

    final String refusal = text.refusal(CaptureFormat.DATABENTO_MBO, lines(files.orders));

    assertTrue(refusal.contains("capture record 3: " + why), refusal);
  }

  private static String[] lines(final List<String> rows) {
    return rows.toArray(String[]::new);
  }
}
