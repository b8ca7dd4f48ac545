package io.gavel.adapters.market.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gavel.adapters.market.capture.CaptureReport.Count;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Goal: books rebuilt from real captures agree with every truth in them. The captures lie outside the project
 * (GAVEL_DATA, or shared/data above it); absent, the test says so.
 */
class SampleCapturesTest {

  @Test
  void shouldAgreeWithTheTickersOfBinanceSpot() {
    final CaptureReport report = check("binance/spot/btcusdt_20240808.gz", CaptureFormat.BINANCE);

    assertEquals(0, report.rowsWrong(), () -> report.differences().toString());
  }

  @Test
  void shouldAgreeWithTheTickersOfBinanceFutures() {
    final CaptureReport report = check("binance/cm/ethusd_perp_20240808.gz", CaptureFormat.BINANCE);

    assertEquals(0, report.rowsWrong(), () -> report.differences().toString());
  }

  @Test
  void shouldAgreeWithEveryChecksumOfOkx() {
    final CaptureReport report = check("cryptofeed/OKX.ws.1.0.gz", CaptureFormat.OKX);

    assertEquals(List.of(290L, 0L), List.of(report.rowsCompared(), report.rowsWrong()),
        () -> report.differences().toString());
  }

  @Test
  void shouldAgreeWithEveryTickerAndMatchOfCoinbase() {
    final CaptureReport report = check("cryptofeed/COINBASE.ws.28.0.gz", CaptureFormat.COINBASE);

    assertEquals(List.of(194L, 0L), List.of(report.rowsCompared(), report.rowsWrong()),
        () -> report.differences().toString());
    assertTrue(report.counts().getOrDefault(Count.GAPS, 0L) == 0);
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
