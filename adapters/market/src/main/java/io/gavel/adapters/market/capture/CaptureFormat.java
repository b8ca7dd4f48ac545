package io.gavel.adapters.market.capture;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The captures that can be read, each with the truth it is compared with. */
public enum CaptureFormat {
  /** Message CSV; each row's levels stand in the orderbook CSV beside it. */
  LOBSTER,
  /** Databento market by order CSV: fills against what they take off; levels of a market by price CSV beside it. */
  DATABENTO_MBO,
  /** Databento market by price CSV: the levels of each event against those before it and its actions. */
  DATABENTO_MBP,
  /** Binance depth and bookTicker: the best of the book against the ticker of the same update id. */
  BINANCE,
  /** OKX books: CRC32 of the best 25 levels. */
  OKX,
  /** Kraken book, v1 and v2: CRC32 of the best 10 levels. */
  KRAKEN,
  /** Coinbase level2, ticker and matches: the best of the book against the ticker, levels against matches. */
  COINBASE;

  /** As on the command line: {@code databento-mbo}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The format of a label; empty when there is none of that name. */
  public static Optional<CaptureFormat> of(final String label) {
    return Arrays.stream(values()).filter(format -> format.label().equals(label)).findFirst();
  }

  /** All labels, for a message. */
  public static String labels() {
    return Arrays.stream(values()).map(CaptureFormat::label).collect(Collectors.joining(", "));
  }
}
