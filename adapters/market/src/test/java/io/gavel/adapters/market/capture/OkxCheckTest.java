package io.gavel.adapters.market.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.adapters.market.capture.CaptureReport.Count;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.CRC32;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Goal: checksums of OKX are over the texts as sent, and gaps in numbered messages are seen. Rows written here. */
class OkxCheckTest {

  private CaptureText text;

  @BeforeEach
  void write(@TempDir final Path folder) {
    text = new CaptureText(folder);
  }

  @Test
  void shouldTakeBidAndAskInTurnAndGoOnWithTheLongerSide() {
    // The example of the venue's guide: one more ask than bids.
    final String joined = "3366.1:7:3366.8:9:3368:8:3372:8";

    final CaptureReport report = text.check(CaptureFormat.OKX, message("snapshot",
        "[[\"3366.8\",\"9\",\"0\",\"1\"],[\"3368\",\"8\",\"0\",\"1\"],[\"3372\",\"8\",\"0\",\"1\"]]",
        "[[\"3366.1\",\"7\",\"0\",\"1\"]]", crc(joined), ""));

    assertEquals(1, report.rowsCompared());
    assertEquals(0, report.rowsWrong(), report.differences().toString());
  }

  @Test
  void shouldRemoveLevelsOfSizeZeroAndNameTheRecordThatDiffers() {
    final CaptureReport report = text.check(CaptureFormat.OKX,
        message("snapshot", "[[\"2.0\",\"9\"]]", "[[\"1.0\",\"7\"],[\"0.5\",\"1\"]]", crc("1.0:7:2.0:9:0.5:1"), ""),
        message("update", "[]", "[[\"1.00\",\"0\"]]", crc("0.5:1:2.0:9"), ""),
        message("update", "[[\"2.5\",\"3.10\"]]", "[]", crc("0.5:1:2.0:9:2.5:3.1"), ""));

    assertEquals(3, report.rowsCompared());
    assertEquals(1, report.rowsWrong());
    assertTrue(report.differences().get(0).startsWith("record 3: X-Y checksum is "), report.differences().toString());
  }

  @Test
  void shouldStopComparingAtAGapUntilTheNextSnapshot() {
    final String rest = message("update", "[]", "[]", 1, ",\"seqId\":12,\"prevSeqId\":11");

    final CaptureReport report = text.check(CaptureFormat.OKX,
        message("snapshot", "[]", "[[\"1\",\"7\"]]", crc("1:7"), ",\"seqId\":9,\"prevSeqId\":-1"), rest, rest,
        message("snapshot", "[]", "[[\"1\",\"8\"]]", crc("1:8"), ",\"seqId\":20,\"prevSeqId\":-1"),
        message("update", "[]", "[]", crc("1:8"), ",\"seqId\":21,\"prevSeqId\":20"));

    assertEquals(3, report.rowsCompared());
    assertEquals(0, report.rowsWrong());
    assertEquals(1, report.counts().get(Count.GAPS));
    assertEquals(2, report.counts().get(Count.BEFORE_BOOK));
  }

  @Test
  void shouldRefuseWhatCannotBeMeant() {
    final String good = message("snapshot", "[]", "[[\"1\",\"7\"]]", crc("1:7"), "");

    assertTrue(text.refusal(CaptureFormat.OKX, good, good.replace("snapshot", "delta"))
        .endsWith("record 2: action: 'delta' is neither snapshot nor update"));
    assertTrue(text.refusal(CaptureFormat.OKX, good, good.replace("\"7\"", "\"7e3\""))
        .endsWith("record 2: bid size: \"7e3\" is not a plain decimal number"));
    assertTrue(text.refusal(CaptureFormat.OKX, good, good.replace("[\"1\"", "[\"0\""))
        .endsWith("record 2: bid price: '0' is not positive"));
    assertTrue(text.refusal(CaptureFormat.OKX, good, good.replace("\"bids\"", "\"buys\""))
        .contains("record 2: bids: expected an array"));
  }

  private static String message(
      final String action, final String asks, final String bids, final int checksum, final String more) {
    return "1652459225.7: {\"arg\":{\"channel\":\"books\",\"instId\":\"X-Y\"},\"action\":\"" + action
        + "\",\"data\":[{\"asks\":" + asks + ",\"bids\":" + bids + ",\"checksum\":" + checksum + more + "}]}";
  }

  private static int crc(final String joined) {
    final CRC32 crc = new CRC32();
    crc.update(joined.getBytes(StandardCharsets.US_ASCII));
    return (int) crc.getValue();
  }
}
