package io.gavel.adapters.backtest.tape;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real files of other venues. They lie outside the project (GAVEL_DATA, or shared/data above it). */
class SharedDataTest {

  private static final TapeScale CENTS = TapeScale.of(1, 100_000_000L, 100L);

  @ParameterizedTest
  @CsvSource({
    "BTCUSDT-1h-201708-201912.csv.gz, 20706, 2, 2019-12-31T23:59:59.999999999Z",
    "BTCUSDT-perp-1m-20250504-20250603.csv.gz, 43199, 0, 2025-06-03T15:31:59.999999999Z",
    "bitstamp_btcusd_1m_2020-01-01.csv, 1395, 45, 2020-01-01T23:59:59.999999999Z"})
  void shouldPlayEveryBarAsFourPrints(final String name, final long bars, final long skipped, final String last) {
    final Path file = file("klines/" + name);
    assumeTrue(Files.exists(file), "no bars: neither GAVEL_DATA nor shared/data above the project");
    final TapeRow row = new TapeRow();
    try (Tape tape = new KlineCsvTape(TapeInput.of(file), CENTS, ZeroSize.SKIP, IntrabarPath.PESSIMISTIC, true)) {
      long prints = 0;
      while (tape.next(row)) {
        prints++;
      }

      assertEquals(4 * bars, prints);
      assertEquals(skipped, tape.skippedRows());
      assertEquals(last, TapeTime.format(row.timeNs));
      assertEquals(tape.bytesTotal(), tape.bytesRead());
    }
  }

  @Test
  void shouldReadTheSameTradesFromGzipAsFromTheArtifact() {
    final Path file = file("klines/bitstamp_trades_20131125-20131201.csv.gz");
    assumeTrue(Files.exists(file), "no trades: neither GAVEL_DATA nor shared/data above the project");
    try (Tape gzip = new TradesCsvTape(TapeInput.of(file), CENTS, ZeroSize.SKIP);
        Tape demo = new TradesCsvTape(TapeInput.of(TapeInput.DEMO, Path.of("")), CENTS, ZeroSize.SKIP)) {
      assertEquals(TradesCsvTapeTest.drain(demo), TradesCsvTapeTest.drain(gzip));
      assertEquals(demo.dataHash(), gzip.dataHash());
    }
  }

  private static Path file(final String within) {
    final String data = System.getenv("GAVEL_DATA");
    if (null != data) {
      return Path.of(data).resolve(within);
    }
    Path above = Path.of("").toAbsolutePath();
    while (null != above.getParent() && !Files.isDirectory(above.resolve("shared/data"))) {
      above = above.getParent();
    }
    return above.resolve("shared/data").resolve(within);
  }
}
