package io.gavel.benchmarks.peers.gavel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gavel.benchmarks.peers.PeerDriver;
import io.gavel.benchmarks.peers.TapeBytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Goal: under the driver the engine's book says what it says elsewhere. */
class GavelBookTest {

  @TempDir
  private Path folder;

  @Test
  void shouldReportASmallTape() throws IOException, NoSuchAlgorithmException {
    final Path tape = TapeBytes.sample().writeTo(folder.resolve("orders_sample.bin"));

    final String line = play(tape);

    assertTrue(line.contains(sha256(TapeBytes.sampleReports().getBytes(StandardCharsets.US_ASCII))), line);
    assertTrue(line.contains("\"resting\":1,"), line);
  }

  @Test
  void shouldReportWhatIndependentEnginesReport() throws IOException, NoSuchAlgorithmException {
    final Path data = dataFolder();
    assumeTrue(Files.isDirectory(data), "no order flow: neither GAVEL_DATA nor shared/data above the project");
    for (final String scenario : new String[] {"normal", "flash-crash"}) {
      final String line = play(data.resolve("orders_" + scenario + "_s7_n20000.bin.gz"));
      final byte[] expected;
      try (InputStream in = new GZIPInputStream(
          Files.newInputStream(data.resolve(scenario + ".seed7.n20000.reports.txt.gz")))) {
        expected = in.readAllBytes();
      }

      assertTrue(line.contains("\"reportsSha256\":\"" + sha256(expected) + "\""), scenario + ": " + line);
    }
  }

  private static String play(final Path tape) {
    final ByteArrayOutputStream out = new ByteArrayOutputStream();
    final PrintStream before = System.out;
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    try {
      assertEquals(0, PeerDriver.run(new String[] {"--tape", tape.toString(), "--milliseconds", "1"}, new Peer()));
    } finally {
      System.setOut(before);
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  private static Path dataFolder() {
    final String within = "matching/order-flow-seed7";
    final String named = System.getProperty("GAVEL_DATA", System.getenv("GAVEL_DATA"));
    if (null != named) {
      return Path.of(named, within);
    }
    Path above = Path.of(System.getProperty("gavel.root", "")).toAbsolutePath();
    while (null != above.getParent()) {
      above = above.getParent();
      if (Files.isDirectory(above.resolve("shared/data"))) {
        break;
      }
    }
    return above.resolve("shared/data").resolve(within);
  }

  private static String sha256(final byte[] bytes) throws NoSuchAlgorithmException {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }
}
