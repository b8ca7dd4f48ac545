package io.gavel.adapters.market.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Goal: no file whatsoever ends a check in anything but a report or a sentence that names the file. */
class HostileCaptureTest {

  private static final String OKX = "1.5: {\"arg\":{\"channel\":\"books\",\"instId\":\"X\"},\"action\":\"snapshot\","
      + "\"data\":[{\"asks\":[],\"bids\":[[\"1\",\"7\"]],\"checksum\":-1}]}\n";

  private CaptureText text;

  @BeforeEach
  void write(@TempDir final Path folder) {
    text = new CaptureText(folder);
  }

  @ParameterizedTest
  @EnumSource(CaptureFormat.class)
  void shouldSayWhichFileIsMissingEmptyOrFolder(final CaptureFormat format) {
    final Path missing = text.folder().resolve("missing");

    assertTrue(CaptureText.refusal(format, missing).startsWith(missing + ": no such file"));
    assertTrue(CaptureText.refusal(format, text.folder()).startsWith(text.folder() + ": no such file"));
    final Path empty = text.write("empty", new byte[0]);
    assertTrue(CaptureText.refusal(format, empty).startsWith(empty.toString()), format.label());
  }

  @Test
  void shouldSayAtWhichRecordTheJsonBreaks() {
    assertTrue(text.refusal(CaptureFormat.OKX, OKX.strip(), OKX.substring(0, 60))
        .contains("capture record 2: the JSON is broken: Unexpected end-of-input"), "cut");
    assertTrue(text.refusal(CaptureFormat.OKX, OKX.strip() + " {}").contains("record 1: the JSON is broken"));
    assertTrue(text.refusal(CaptureFormat.OKX, OKX.strip().replace("\"asks\"", "\"bids\""))
        .contains("record 1: the JSON is broken: Duplicate"));
    assertTrue(text.refusal(CaptureFormat.OKX, "hello \u0001").endsWith(
        "record 1: 'hello \\u0001': expected a stamp and a JSON object or array"));
  }

  @Test
  void shouldSayThatCompressedDataIsCutOrDamaged() {
    final byte[] gzip = CaptureText.gzip(OKX.repeat(50));
    final byte[] damaged = gzip.clone();
    damaged[gzip.length / 2] ^= 0x55;

    assertEquals(50, CaptureCheck.run(text.write("good.gz", gzip), CaptureFormat.OKX).rowsCompared());
    assertTrue(CaptureText.refusal(CaptureFormat.OKX, text.write("cut.gz", Arrays.copyOf(gzip, gzip.length - 9)))
        .contains("the compressed data ends in the middle"));
    assertTrue(CaptureText.refusal(CaptureFormat.OKX, text.write("bad.gz", damaged)).contains("bad.gz"));
  }

  @ParameterizedTest
  @EnumSource(CaptureFormat.class)
  void shouldEndEveryBrokenFileWithASentence(final CaptureFormat format) {
    final long seed = new Random().nextLong();
    final Random random = new Random(seed);
    final LobsterFiles lobster = LobsterFiles.random(random, 2, 20, 60);
    final DatabentoFiles databento = DatabentoFiles.random(random, 10, 60, true);
    for (int i = 0; i < 60; i++) {
      final Path file = text.write("x_message_mbo", damaged(random, switch (format) {
        case LOBSTER -> String.join("\n", lobster.messages);
        case DATABENTO_MBO -> String.join("\n", databento.orders);
        case DATABENTO_MBP -> String.join("\n", databento.levels);
        default -> OKX.repeat(3);
      }));
      text.write("x_orderbook_mbo", damaged(random, String.join("\n", lobster.rows)));
      text.write("x_message_mbp-10", damaged(random, String.join("\n", databento.levels)));
      try {
        CaptureCheck.run(file, format);
      } catch (final CaptureException e) {
        final String said = String.valueOf(e.getMessage());
        assertTrue(said.startsWith(text.folder() + "/x_") && !said.contains("\n"), "seed " + seed + ": " + said);
      } catch (final RuntimeException e) {
        throw new AssertionError("seed " + seed + ", file " + i, e);
      }
    }
  }

  private static byte[] damaged(final Random random, final String text) {
    final byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    for (int k = random.nextInt(4); k > 0; k--) {
      final int b = random.nextBoolean() ? random.nextInt(256) : '0' + random.nextInt(10);
      bytes[random.nextInt(bytes.length)] = (byte) b;
    }
    return 0 == random.nextInt(10) ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
  }
}
