package io.gavel.adapters.market.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.adapters.market.capture.CaptureReport.Count;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Goal: books of Kraken agree with the venue's checksum. Method: the books of the venue's own guides to its checksums,
 * 974947235 (version 1) and 3310070434 (version 2), and updates written here, whose checksums were computed apart.
 */
class KrakenCheckTest {

  private static final String SNAPSHOT_V1 = """
      [0,{"as":[
      ["0.05005","0.00000500","1"],["0.05010","0.00000500","1"],["0.05015","0.00000500","1"],
      ["0.05020","0.00000500","1"],["0.05025","0.00000500","1"],["0.05030","0.00000500","1"],
      ["0.05035","0.00000500","1"],["0.05040","0.00000500","1"],["0.05045","0.00000500","1"],
      ["0.05050","0.00000500","1"]
      ],"bs":[
      ["0.05000","0.00000500","1"],["0.04995","0.00000500","1"],["0.04990","0.00000500","1"],
      ["0.04980","0.00000500","1"],["0.04975","0.00000500","1"],["0.04970","0.00000500","1"],
      ["0.04965","0.00000500","1"],["0.04960","0.00000500","1"],["0.04955","0.00000500","1"],
      ["0.04950","0.00000500","1"]
      ]},"book-10","XBT/USD"]
      """.replace("\n", "");

  private static final String SNAPSHOT_V2 = """
      {"channel":"book","type":"snapshot","data":[{"symbol":"BTC/USD","bids":[
      {"price":45283.5,"qty":0.10000000},{"price":45283.4,"qty":1.54582015},
      {"price":45282.1,"qty":0.10000000},{"price":45281.0,"qty":0.10000000},
      {"price":45280.3,"qty":1.54592586},{"price":45279.0,"qty":0.07990000},
      {"price":45277.6,"qty":0.03310103},{"price":45277.5,"qty":0.30000000},
      {"price":45277.3,"qty":1.54602737},{"price":45276.6,"qty":0.15445238}
      ],"asks":[
      {"price":45285.2,"qty":0.00100000},{"price":45286.4,"qty":1.54571953},
      {"price":45286.6,"qty":1.54571109},{"price":45289.6,"qty":1.54560911},
      {"price":45290.2,"qty":0.15890660},{"price":45291.8,"qty":1.54553491},
      {"price":45294.7,"qty":0.04454749},{"price":45296.1,"qty":0.35380000},
      {"price":45297.5,"qty":0.09945542},{"price":45299.5,"qty":0.18772827}
      ],"checksum":3310070434}]}
      """.replace("\n", "");

  private CaptureText text;

  @BeforeEach
  void write(@TempDir final Path folder) {
    text = new CaptureText(folder);
  }

  @Test
  void shouldComputeTheChecksumOfTheGuideToVersion1() {
    final CaptureReport report = text.check(CaptureFormat.KRAKEN, SNAPSHOT_V1,
        "[0,{\"b\":[[\"0.05000\",\"0.00000500\",\"2\",\"r\"]],\"c\":\"974947235\"},\"book-10\",\"XBT/USD\"]");

    assertEquals(1, report.rowsCompared());
    assertEquals(0, report.rowsWrong());
  }

  @Test
  void shouldForgetLevelsBeyondTheDepthAndReadBothObjectsOfAnUpdate() {
    final CaptureReport report = text.check(CaptureFormat.KRAKEN, SNAPSHOT_V1,
        "[0,{\"a\":[[\"0.05001\",\"1.00000000\",\"2\"]]},{\"b\":[[\"0.04999\",\"2.00000000\",\"2\"]],\"c\":\"1\"},"
            + "\"book-10\",\"XBT/USD\"]",
        "[0,{\"a\":[[\"0.05001\",\"0.00000000\",\"3\"],[\"0.05050\",\"0.00000500\",\"3\",\"r\"]]},"
            + "{\"b\":[[\"0.04999\",\"0.00000000\",\"3\"],[\"0.04950\",\"0.00000500\",\"3\",\"r\"]],"
            + "\"c\":\"974947235\"},\"book-10\",\"XBT/USD\"]");

    assertEquals(2, report.rowsCompared());
    assertEquals(1, report.rowsWrong());
    assertTrue(report.differences().get(0).startsWith("record 2: checksum is "), report.differences().toString());
  }

  @Test
  void shouldComputeTheChecksumOfTheGuideToVersion2FromNumbersAsSent() {
    final CaptureReport report = text.check(CaptureFormat.KRAKEN,
        "{\"method\":\"subscribe\",\"result\":{\"channel\":\"book\",\"symbol\":\"BTC/USD\",\"depth\":10}}",
        "1700000000.5 " + SNAPSHOT_V2);

    assertEquals(1, report.rowsCompared());
    assertEquals(0, report.rowsWrong());
    assertEquals(1, report.counts().get(Count.SNAPSHOTS));
    assertEquals(1, report.counts().get(Count.OTHER));
  }

  @Test
  void shouldFindTheLevelWhoseLastDigitDiffers() {
    final CaptureReport report =
        text.check(CaptureFormat.KRAKEN, SNAPSHOT_V2.replace("\"qty\":0.09945542", "\"qty\":0.09945541"));

    assertEquals(1, report.rowsWrong());
  }

  @Test
  void shouldNotCompareBeforeTheFirstWholeBook() {
    final String update =
        "[0,{\"b\":[[\"0.05000\",\"0.00000500\",\"2\"]],\"c\":\"974947235\"},\"book-10\",\"XBT/USD\"]";

    final CaptureReport report = text.check(CaptureFormat.KRAKEN, update, SNAPSHOT_V1, update);

    assertEquals(1, report.rowsCompared());
    assertEquals(1, report.counts().get(Count.BEFORE_BOOK));
  }

  @Test
  void shouldRefuseWhatCannotBeMeant() {
    final String negative = "[0,{\"b\":[[\"0.05\",\"-1\",\"2\"]],\"c\":\"1\"},\"book-10\",\"XBT/USD\"]";
    final String sizeless = "{\"channel\":\"book\",\"type\":\"snapshot\",\"data\":[{\"symbol\":\"A/B\","
        + "\"bids\":[{\"price\":1.5}],\"asks\":[]}]}";

    assertEquals(text.folder().resolve("capture") + " record 2: bid size: '-1' is negative",
        text.refusal(CaptureFormat.KRAKEN, SNAPSHOT_V1, negative));
    assertTrue(text.refusal(CaptureFormat.KRAKEN, SNAPSHOT_V1.replace("book-10", "book-ten"))
        .endsWith("record 1: channel: 'book-ten' has no depth like book-10"));
    assertTrue(text.refusal(CaptureFormat.KRAKEN, sizeless).contains("record 1: qty: missing"));
  }
}
