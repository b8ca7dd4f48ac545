package io.gavel.adapters.market.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gavel.adapters.market.capture.CaptureReport.Count;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Goal: books rebuilt from real captures agree with every truth in them. The captures lie outside the project
 * (GAVEL_DATA, or shared/data above it); absent, the test says so.
 */
class SampleCapturesTest {

  @ParameterizedTest
  @CsvSource({
      "binance/spot/btcusdt_20240808.gz, BINANCE, 3449",
      "binance/cm/ethusd_perp_20240808.gz, BINANCE, 22879",
      "cryptofeed/OKX.ws.1.0.gz, OKX, 290",
      "cryptofeed/COINBASE.ws.28.0.gz, COINBASE, 194"})
  void shouldAgreeWithEveryRowOfTruthAndSeeNoGap(final String sample, final CaptureFormat format, final long rows) {
    final CaptureReport report = check(sample, format);

    assertEquals(List.of(rows, 0L), List.of(report.rowsCompared(), report.rowsWrong()),
        () -> report.differences().toString());
    assertFalse(report.counts().containsKey(Count.GAPS), () -> report.counts().toString());
  }

  private static CaptureReport check(final String sample, final CaptureFormat format) {
    final Path file = dataFolder().resolve("orderbook").resolve(sample);
    assumeTrue(Files.isRegularFile(file), "no captures: neither GAVEL_DATA nor shared/data above the project");
    return CaptureCheck.run(file, format);
  }

  private static Path dataFolder() {
    final String named = System.getenv("GAVEL_DATA");
    if (null != named) {
      return Path.of(named);
    }
    for (Path folder = Path.of("").toAbsolutePath(); null != folder; folder = folder.getParent()) {
      if (Files.isDirectory(folder.resolve("shared/data"))) {
        return folder.resolve("shared/data");
      }
    }
    return Path.of("shared/data");
  }
}
