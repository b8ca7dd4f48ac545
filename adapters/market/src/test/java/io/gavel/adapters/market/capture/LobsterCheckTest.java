package io.gavel.adapters.market.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.adapters.market.capture.CaptureReport.Count;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Goal: a LOBSTER day is followed through the engine's book, row by row and execution by execution. Method: rows
 * written here by hand, and days of a naive venue with price-time priority, of which only some levels are shown.
 */
class LobsterCheckTest {

  private static final String[] ROWS = {
      "101,30,99,10,102,5,98,7", "101,30,99,14,102,5,98,7", "101,30,99,9,102,5,98,7", "101,30,99,4,102,5,98,7",
      "101,30,99,1,102,5,98,7"};
  private static final String[] MESSAGES = {
      "34200.1,1,7,10,101,-1", "34200.2,1,8,4,99,1", "34200.3,4,3,5,99,1", "34200.4,4,4,5,99,1", "34200.5,4,8,3,99,1"};

  private CaptureText text;

  @BeforeEach
  void write(@TempDir final Path folder) {
    text = new CaptureText(folder);
  }

  @Test
  void shouldHitTheOrdersThatTheVenueHitOldestFirst() {
    final CaptureReport report = files(MESSAGES, ROWS).check(text);

    assertEquals(5, report.records());
    assertEquals(4, report.rowsCompared());
    assertEquals(0, report.rowsWrong(), report.differences().toString());
    assertEquals(3, report.counts().get(Count.EXECUTIONS));
    assertEquals(2, report.counts().get(Count.UNNAMED_HITS));
    assertEquals(1, report.counts().get(Count.HITS));
  }

  @Test
  void shouldCountAMissWhenTheVenueHitsAnotherOrderAndGoOnWithItsBook() {
    final CaptureReport report = files(
        new String[] {MESSAGES[0], MESSAGES[1], "34200.3,4,8,4,99,1", "34200.4,4,3,10,99,1"},
        new String[] {ROWS[0], ROWS[1], ROWS[0], "101,30,98,7,102,5,97,3"}).check(text);

    assertEquals(0, report.rowsWrong(), report.differences().toString());
    assertEquals(1, report.counts().get(Count.MISSES));
    assertEquals(1, report.counts().get(Count.UNNAMED_HITS));
    assertEquals(1, report.counts().get(Count.REVEALED));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 50})
  void shouldAgreeWithEveryRowOfANaiveVenue(final int depth) {
    final long seed = new Random().nextLong();
    final LobsterFiles day = LobsterFiles.random(new Random(seed), depth, 60, 3_000);

    final CaptureReport report = day.check(text);

    assertEquals(day.rows.size() - 1, report.rowsCompared(), "seed " + seed);
    assertEquals(0, report.rowsWrong(), () -> "seed " + seed + ' ' + report.differences());
    assertEquals(0, report.counts().getOrDefault(Count.MISSES, 0L), "seed " + seed);
    assertEquals(report.counts().get(Count.EXECUTIONS), report.counts().get(Count.HITS)
        + report.counts().getOrDefault(Count.UNNAMED_HITS, 0L), "seed " + seed);
    assertTrue(report.counts().get(Count.HITS) > 20, "seed " + seed + ' ' + report.counts());
  }

  @Test
  void shouldFindTheOneRowThatIsWrong() {
    final long seed = new Random().nextLong();
    final LobsterFiles day = LobsterFiles.random(new Random(seed), 3, 60, 400);
    int at = day.rows.size() / 2;
    while (day.rows.get(at).startsWith("9999999999")) {
      at++;
    }
    final String[] columns = day.rows.get(at).split(",");
    columns[1] = Long.toString(Long.parseLong(columns[1]) + 1000);
    day.rows.set(at, String.join(",", columns));

    final CaptureReport report = day.check(text);

    assertTrue(report.rowsWrong() > 0, "seed " + seed);
    assertTrue(report.differences().get(0).startsWith("record " + (at + 1) + ": ask 1 is "),
        "seed " + seed + ' ' + report.differences());
  }

  @Test
  void shouldReadCompressedFilesAndTakeTheOrderbookFromItsOption() {
    final LobsterFiles files = files(MESSAGES, ROWS);
    final Path message = text.write("a_message_1.csv.gz", CaptureText.gzip(String.join("\n", files.messages)));
    final Path rows = text.write("rows.csv", files.rows.toArray(String[]::new));

    assertEquals(4, CaptureCheck.run(message, CaptureFormat.LOBSTER, rows).rowsCompared());
    assertEquals(message + ": no orderbook file beside it, expected its name with orderbook for message",
        CaptureText.refusal(CaptureFormat.LOBSTER, message));
  }

  @Test
  void shouldRefuseWhatCannotBeMeantWithItsRecord() {
    assertRefused(1, "34200.2,1,7,4,99,1", "order 7: used twice, it is in the book with 10");
    assertRefused(1, "34200.2,3,55,40,99,1",
        "order 55: unknown, and of the orders from before the first row 10 are left at 99, not 40");
    assertRefused(1, "34200.2,2,7,11,101,-1", "order 7: cannot lose 11 of its 10");
    assertRefused(1, "34200.2,4,7,11,101,-1", "order 7: cannot trade 11 of its 10");
    assertRefused(1, "34200.2,3,7,5,101,-1", "order 7: deleted with 5, it has 10");
    assertRefused(1, "34200.2,3,7,10,102,-1", "order 7: it stands at 101 SELL, the message says 102 SELL");
    assertRefused(1, "34200.2,1,8,-4,99,1", "size: -4 is not positive");
    assertRefused(1, "34200.2,1,8,274877906945,99,1", "size: 274877906945 is more than 274877906944");
    assertRefused(1, "34200.2,1,8,4,9999999999,-1", "price: 9999999999 is not within 1 and 2147483647");
    assertRefused(1, "34200.2,8,8,4,99,1", "type: 8 is not one of 1 new");
    assertRefused(1, "34200.2,1,8,4,99,0", "direction: 0 is neither 1 (buy) nor -1 (sell)");
    assertRefused(1, "34200.2,1,0,4,99,1", "order id: 0 is not positive");
    assertRefused(1, "34200.2,1,8,4,99", "has 5 columns, expected 6");
    assertRefused(1, "34200.2,1,8,four,99,1", "size: \"four\" is not a plain decimal number");
  }

  @Test
  void shouldRefuseFilesThatDoNotBelongTogether() {
    final Path message = files(MESSAGES, new String[] {ROWS[0], ROWS[1]}).write(text);
    assertTrue(CaptureText.refusal(CaptureFormat.LOBSTER, message).contains("record 3: no row of levels"));

    files(new String[] {MESSAGES[0], MESSAGES[1]}, ROWS).write(text);
    assertTrue(CaptureText.refusal(CaptureFormat.LOBSTER, message).contains("orderbook_2.csv record 3: no message"));

    files(MESSAGES, new String[] {ROWS[0], "101,30,99"}).write(text);
    assertTrue(CaptureText.refusal(CaptureFormat.LOBSTER, message)
        .contains("orderbook_2.csv record 2: '101,30,99' has 3 columns, expected 8"));

    files(MESSAGES, new String[] {"101,30,99,10,102,5,100,7"}).write(text);
    assertTrue(CaptureText.refusal(CaptureFormat.LOBSTER, message).contains("record 1: bid level of size 7 at 100"));
    assertTrue(Files.exists(message));
  }

  private void assertRefused(final int at, final String message, final String why) {
    final String[] messages = MESSAGES.clone();
    messages[at] = message;

    final String refusal = CaptureText.refusal(CaptureFormat.LOBSTER, files(messages, ROWS).write(text));

    assertTrue(refusal.contains("message_2.csv record " + (at + 1) + ": ") && refusal.contains(why), refusal);
  }

  private static LobsterFiles files(final String[] messages, final String[] rows) {
    final LobsterFiles files = new LobsterFiles(2);
    files.messages.addAll(List.of(messages));
    files.rows.addAll(List.of(rows));
    return files;
  }
}
