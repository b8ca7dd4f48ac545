package io.gavel.adapters.backtest.tape;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TradesCsvTapeTest {

  private static final TapeScale CENTS = TapeScale.of(1, 100_000_000L, 100L);

  @TempDir
  private Path dir;

  @Test
  void shouldReadTheDemoWeek() {
    try (Tape tape = new TradesCsvTape(TapeInput.of(TapeInput.DEMO, dir), CENTS, ZeroSize.SKIP)) {
      final TapeRow row = new TapeRow();
      assertTrue(tape.next(row));
      assertEquals("1385337600000000000 80001 10000000 row 1", text(row));
      long rows = 1;
      while (tape.next(row)) {
        rows++;
      }

      assertEquals("1385913725000000000 99900 129263310 row 100000", text(row));
      assertEquals(99_982, rows);
      assertEquals(18, tape.skippedRows());
      assertEquals("460765e9515a7fbb0ed7c1aae784c659b64663c7e732330d82c2058e179504d8", tape.dataHash());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "timestamp,price,amount\n10,1.5,2\n11,1.6,3\n",
    "timestamp,price,amount\r\n10,1.5,2\r\n11,1.6,3",
    "10,1.5,2\n11,1.6,3\n\n\r\n",
    "10,1.5,2\r\n11,1.6,3",
    "\uFEFFtimestamp,price,amount\n10,1.50,2.000000000000\n11,1.600000000000,3\n",
    "id,Price,side,QTY,ts\n7,1.5,buy,2,10\n8,1.6,sell,3,11\n",
    "10.0,1.5,2\n11.000,1.6,3\n",
    "10,1.5,2,buy\n11,1.6,3,sell\n"})
  void shouldReadTheSameRowsInEveryDress(final String content) throws IOException {
    assertEquals(List.of("10000000000 150 200000000 row 1", "11000000000 160 300000000 row 2"), read(content));
  }

  @ParameterizedTest
  @CsvSource({
    "1385337600, 1385337600000000000",
    "1385337600.25, 1385337600250000000",
    "1385337600123, 1385337600123000000",
    "1385337600123456, 1385337600123456000",
    "1385337600123456789, 1385337600123456789",
    "2013-11-25, 1385337600000000000",
    "2013-11-25 00:00:00, 1385337600000000000",
    "2013-11-25T00:00:00Z, 1385337600000000000",
    "2013-11-25T08:00:00.000000001+08:00, 1385337600000000001",
    "2013-11-24T22:30:00.5-01:30, 1385337600500000000",
    "2024-02-29T23:59:59Z, 1709251199000000000",
    "0, 0"})
  void shouldReadEveryKindOfStamp(final String stamp, final String timeNs) throws IOException {
    assertEquals(List.of(timeNs + " 150 200000000 row 1"), read(stamp + ",1.5,2\n"));
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "2013-02-29T00:00:00Z", "2013-13-01", "2013-11-25T24:00:00Z", "2013-11-25T00:00:00.Z", "2013-11-25T00:00",
    "2013-11-25T00:00:00+8", "2013-11-2", "1969-12-31T23:59:59Z", "2300-01-01", "-5", "1e9", "", "0x10",
    "99999999999999999999", "1.0000000001"})
  void shouldRefuseWhatIsNoStamp(final String stamp) {
    final String message = refusal(stamp + ",1.5,2\n");

    assertTrue(message.startsWith("t.csv line 1 column timestamp: '" + stamp + "' is not"), message);
  }

  @Test
  void shouldRefuseAStampOfAnotherKindThanTheRowsAbove() {
    assertEquals("t.csv line 2 column timestamp: '11000' is not milliseconds since the epoch, as the rows above are",
        refusal("1385337600123,1,1\n11000,1,1\n"));
  }

  @Test
  void shouldKeepFileOrderAmongRowsOfEqualStamp() throws IOException {
    assertEquals(List.of("10000000000 300 100000000 row 1", "10000000000 100 100000000 row 2",
        "10000000000 200 100000000 row 3"), read("10,3,1\n10,1,1\n10,2,1\n"));
  }

  @Test
  void shouldNameFileRowAndValueWhenRowsAreOutOfOrder() {
    assertEquals("t.csv line 3 column timestamp: '9' lies before the row above (row 2, out of order)",
        refusal("ts,px,sz\n10,1,1\n9,1,1\n"));
  }

  @Test
  void shouldRefuseOrSkipRowsOfSizeZero() throws IOException {
    assertEquals("t.csv line 1 column amount: '0.000' is zero; say zeroSize: skip to leave such rows out",
        refusal("10,1,0.000\n11,1,1\n"));

    try (Tape tape = open(write("10,1,0\n11,1,1\n12,1,0\n"), ZeroSize.SKIP)) {
      assertEquals(List.of("11000000000 100 100000000 row 2"), drain(tape));
      assertEquals(2, tape.skippedRows());
    }
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "10,1.505,1|t.csv line 1 column price: '1.505' is not a whole number of ticks of 0.01",
    "10,0,1|t.csv line 1 column price: '0' is not positive; expected a price of at least one tick",
    "10,-1,1|t.csv line 1 column price: '-1' is not positive; expected a price of at least one tick",
    "10,21474836.48,1|t.csv line 1 column price: '21474836.48' is more than 2147483647 ticks of 0.01",
    "10,99999999999999999999,1"
        + "|t.csv line 1 column price: '99999999999999999999' is too large to count in ticks of 0.01",
    "10,abc,1|t.csv line 1 column price: 'abc' is not a plain decimal; expected a price such as 800.01",
    "10,1e3,1|t.csv line 1 column price: '1e3' is not a plain decimal; expected a price such as 800.01",
    "10,,1|t.csv line 1 column price: '' is empty; expected a price such as 800.01",
    "10,1,0.000000001|t.csv line 1 column amount: '0.000000001' is not a whole number of lots of 0.00000001",
    "10,1,-1|t.csv line 1 column amount: '-1' is negative",
    "10,1,92233720368.54775808"
        + "|t.csv line 1 column amount: '92233720368.54775808' is too large to count in lots of 0.00000001",
    "10,1|t.csv line 1: '10,1' has 2 columns, expected 3",
    "ts,px|t.csv line 1: no column for amount in the header 'ts,px'; "
        + "expected one of amount, qty, quantity, size, sz, volume",
    "ts,px,price,sz|t.csv line 1: two columns for price, 'px' and 'price'"})
  void shouldNamePlaceValueAndExpectation(final String content, final String message) {
    assertEquals(message, refusal(content));
  }

  @Test
  void shouldRefuseABlankLineBetweenRowsAndARowOfAnotherWidth() {
    assertEquals("t.csv line 2: a blank line in the middle of the rows", refusal("10,1,1\n\n11,1,1\n"));
    assertEquals("t.csv line 2: '11,1,1,1' has 4 columns, expected 3", refusal("10,1,1\n11,1,1,1\n"));
  }

  @Test
  void shouldRefuseAnEmptyAndAMissingFileAndAnEndlessLine() {
    assertEquals("t.csv: empty; expected rows of timestamp,price,amount", refusal(""));
    assertEquals("nowhere.csv: no such file", assertThrows(TapeException.class,
        () -> open(TapeInput.of("nowhere.csv", dir), ZeroSize.ERROR)).getMessage());
    assertEquals("t.csv line 1: longer than 4096 bytes", refusal("1".repeat(70_000)));
    assertEquals("t.csv line 2: longer than 4096 bytes", refusal("10,1,1\n" + "1".repeat(70_000)));
    assertEquals("t.csv line 1: more than 64 columns", refusal(",".repeat(65)));
  }

  @Test
  void shouldReadGzipAndNameWhereItIsCutOff() throws IOException {
    final StringBuilder content = new StringBuilder();
    final Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      content.append(1_000 + i).append(',').append(1 + random.nextInt(1_000)).append(',')
          .append(1 + random.nextInt(1_000)).append('\n');
    }
    final ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
      gzip.write(content.toString().getBytes(StandardCharsets.US_ASCII));
    }
    Files.write(dir.resolve("t.csv.gz"), zipped.toByteArray());
    Files.write(dir.resolve("cut.csv.gz"), Arrays.copyOf(zipped.toByteArray(), zipped.size() / 2));

    try (Tape tape = open(TapeInput.of("t.csv.gz", dir), ZeroSize.ERROR)) {
      assertEquals(20_000, drain(tape).size());
    }
    try (Tape tape = open(TapeInput.of("cut.csv.gz", dir), ZeroSize.ERROR)) {
      final String message = assertThrows(TapeException.class, () -> drain(tape)).getMessage();
      assertTrue(message.matches("cut.csv.gz after line \\d+: the compressed data ends in the middle"), message);
    }
  }

  @Test
  void shouldReadTheSameWhateverTheLengthOfLinesAgainstTheBuffer() throws IOException {
    for (int padding = 1; padding < 40; padding++) {
      final StringBuilder content = new StringBuilder();
      final String zeros = "0".repeat(padding);
      for (int i = 0; i < 5_000; i++) {
        content.append(1_000 + i).append(",1.").append(zeros).append(",2\n");
      }
      final List<String> rows = read(content.toString());
      assertEquals(5_000, rows.size());
      assertEquals("5999000000000 100 200000000 row 5000", rows.get(4_999));
    }
  }

  @Test
  void shouldAnswerRandomDamageWithATapeExceptionOrRows() throws IOException {
    final long seed = 20131125;
    final Random random = new Random(seed);
    final byte[] good = "timestamp,price,amount\r\n10,1.50,2.0\r\n11,1.60,3.0\r\n12,1.7,1\r\n".getBytes(
        StandardCharsets.US_ASCII);
    for (int i = 0; i < 500; i++) {
      final byte[] bytes = good.clone();
      for (int n = random.nextInt(4); n >= 0; n--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      Files.write(dir.resolve("t.csv"), bytes);
      try (Tape tape = open(TapeInput.of("t.csv", dir), ZeroSize.SKIP)) {
        drain(tape);
      } catch (final TapeException e) {
        assertFalse(e.getMessage().isEmpty(), "seed " + seed);
      }
    }
  }

  private List<String> read(final String content) throws IOException {
    try (Tape tape = open(write(content), ZeroSize.ERROR)) {
      return drain(tape);
    }
  }

  private String refusal(final String content) {
    return assertThrows(TapeException.class, () -> read(content)).getMessage();
  }

  private TapeInput write(final String content) throws IOException {
    Files.writeString(dir.resolve("t.csv"), content);
    return TapeInput.of("t.csv", dir);
  }

  private static Tape open(final TapeInput input, final ZeroSize zeroSize) {
    return new TradesCsvTape(input, CENTS, zeroSize);
  }

  static List<String> drain(final Tape tape) {
    final List<String> rows = new ArrayList<>();
    final TapeRow row = new TapeRow();
    while (tape.next(row)) {
      rows.add(text(row));
    }
    return rows;
  }

  static String text(final TapeRow row) {
    return row.timeNs + " " + row.priceTicks + " " + row.sizeLots + " row " + row.rowNumber;
  }
}
