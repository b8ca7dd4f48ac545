package io.gavel.adapters.market.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Goal: on tapes that independent engines agree about, our reports are theirs, and our generator's tapes are of their
 * kind. The tapes lie outside the project (GAVEL_DATA, or shared/data above it); absent, the test says so.
 */
class FlowSamplesTest {

  @ParameterizedTest
  @CsvSource({"normal, 2000", "normal, 20000", "flash-crash, 2000", "flash-crash, 20000"})
  void shouldReportWhatIndependentEnginesReport(final String scenario, final int orders) throws Exception {
    final byte[] expected = unzip(sample(scenario + ".seed7.n" + orders + ".reports.txt.gz"));

    final FlowReports reports = FlowReports.of(tape(scenario, orders));

    final ByteArrayOutputStream text = new ByteArrayOutputStream();
    reports.writeTo(text);
    assertEquals(new String(expected, StandardCharsets.US_ASCII), text.toString(StandardCharsets.US_ASCII));
    assertEquals(
        HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(expected)), reports.sha256());
  }

  @ParameterizedTest
  @CsvSource({"normal, 20000", "flash-crash, 20000"})
  void shouldGenerateTapesOfTheirKind(final String scenario, final int orders) throws IOException {
    final TapeProfile theirs = TapeProfile.of(tape(scenario, orders));
    final TapeProfile ours =
        TapeProfile.of(FlowGenerator.generate(FlowScenario.of(scenario).orElseThrow(), 7, orders));

    final String context = theirs + "\n" + ours;
    assertEquals(theirs.buyShare(), ours.buyShare(), 0, context);
    assertEquals(theirs.iocShare(), ours.iocShare(), 0.01, context);
    assertEquals(theirs.modifiedShare(), ours.modifiedShare(), 0.015, context);
    assertEquals(theirs.repricedShare(), ours.repricedShare(), 0.025, context);
    assertEquals(theirs.cancelledShare(), ours.cancelledShare(), 0.01, context);
    assertEquals(theirs.repeatedCancelShare(), ours.repeatedCancelShare(), 0.006, context);
    assertEquals(theirs.repeatedModifyShare(), ours.repeatedModifyShare(), 0.012, context);
    assertEquals(theirs.meanLots(), ours.meanLots(), 1, context);
    assertEquals(theirs.messagesPerOrder(), ours.messagesPerOrder(), 0.02, context);
    assertEquals(theirs.ordersInOnePiece(), ours.ordersInOnePiece(), 0, context);
    assertEquals(theirs.walkStep(), ours.walkStep(), 0.05 * theirs.walkStep(), context);
  }

  private static FlowTape tape(final String scenario, final int orders) throws IOException {
    return FlowTapeFile.read(sample("orders_" + scenario + "_s7_n" + orders + ".bin.gz"));
  }

  private static byte[] unzip(final Path file) throws IOException {
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      return in.readAllBytes();
    }
  }

  private static Path sample(final String name) {
    final Path folder = dataFolder().resolve("matching/order-flow-seed7");
    assumeTrue(Files.isDirectory(folder), "no order flow: neither GAVEL_DATA nor shared/data above the project");
    return folder.resolve(name);
  }

  private static Path dataFolder() {
    final String named = System.getProperty("GAVEL_DATA", System.getenv("GAVEL_DATA"));
    if (null != named) {
      return Path.of(named);
    }
    Path above = Path.of(System.getProperty("gavel.root", "")).toAbsolutePath();
    while (null != above.getParent()) {
      above = above.getParent();
      if (Files.isDirectory(above.resolve("shared/data"))) {
        break;
      }
    }
    return above.resolve("shared/data");
  }
}
