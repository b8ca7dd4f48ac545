package io.gavel.adapters.market.capture;

import com.fasterxml.jackson.databind.JsonNode;
import io.gavel.codecs.DecimalFormatException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Replays one capture and compares it with the truth that it carries. What cannot be read, or cannot be meant, ends the
 * check with a {@link CaptureException} that names the record: a check never goes on with a book it knows to be wrong.
 * Stateless, any thread.
 */
public final class CaptureCheck {

  private CaptureCheck() {
  }

  /** As {@link #run(Path, CaptureFormat, Path)}; a file of truth is found by its name. */
  public static CaptureReport run(final Path file, final CaptureFormat format) {
    return run(file, format, null);
  }

  /**
   * Checks {@code file}.
   *
   * @param truth the file beside it: LOBSTER's orderbook file, or Databento's levels; null: that of the same name with
   *              {@code orderbook} for {@code message}, or {@code mbp-10} or {@code mbp-1} for {@code mbo}
   */
  public static CaptureReport run(final Path file, final CaptureFormat format, final @Nullable Path truth) {
    final Tally tally = new Tally();
    final CaptureFile capture = new CaptureFile(file);
    capture.requireThere();
    if (null != truth && CaptureFormat.LOBSTER != format && CaptureFormat.DATABENTO_MBO != format) {
      throw new CaptureException(truth + ": " + format.label() + " carries its truth itself");
    }
    final long records = switch (format) {
      case LOBSTER -> LobsterCheck.run(capture, new CaptureFile(null == truth ? orderbook(file) : truth), tally);
      case DATABENTO_MBO -> DatabentoMboCheck.run(capture, levels(file, truth), tally);
      case DATABENTO_MBP -> DatabentoMbpCheck.run(capture, tally);
      case BINANCE -> feed(capture, new BinanceCheck(tally));
      case OKX -> feed(capture, new OkxCheck(tally));
      case KRAKEN -> feed(capture, new KrakenCheck(tally));
      case COINBASE -> coinbase(capture, tally);
    };
    final CaptureReport report = tally.report(capture.name(), format, records);
    if (0 == report.rowsCompared()) {
      throw new CaptureException(capture.name() + ": nothing in its " + records + " records could be compared as "
          + format.label());
    }
    return report;
  }

  /** Reads the file twice: the engine's book wants to know the prices first. */
  private static long coinbase(final CaptureFile file, final Tally tally) {
    final CoinbaseCheck.Prices prices = new CoinbaseCheck.Prices();
    feed(file, prices);
    return feed(file, new CoinbaseCheck(prices.grids(), tally));
  }

  private static Path orderbook(final Path file) {
    final Path beside = beside(file, "message", "orderbook");
    if (null == beside) {
      throw new CaptureException(file + ": no orderbook file beside it, expected its name with orderbook for message");
    }
    return beside;
  }

  private static @Nullable CaptureFile levels(final Path file, final @Nullable Path named) {
    if (null != named) {
      return new CaptureFile(named);
    }
    final Path ten = beside(file, "mbo", "mbp-10");
    final Path levels = null == ten ? beside(file, "mbo", "mbp-1") : ten;
    return null == levels ? null : new CaptureFile(levels);
  }

  /** The file whose name has {@code other} for the last {@code word}, compressed or not; null when there is none. */
  private static @Nullable Path beside(final Path file, final String word, final String other) {
    final Path named = file.getFileName();
    final String name = null == named ? "" : named.toString();
    final int at = name.lastIndexOf(word);
    if (at < 0) {
      return null;
    }
    final String otherName = name.substring(0, at) + other + name.substring(at + word.length());
    final String plain = otherName.endsWith(".gz") ? otherName.substring(0, otherName.length() - 3) : otherName;
    for (final String candidate : new String[] {otherName, plain, plain + ".gz"}) {
      if (Files.isRegularFile(file.resolveSibling(candidate))) {
        return file.resolveSibling(candidate);
      }
    }
    return null;
  }

  private static long feed(final CaptureFile file, final FeedCheck check) {
    try (FeedLines lines = new FeedLines(file)) {
      try {
        for (JsonNode message = lines.next(); null != message; message = lines.next()) {
          check.accept(message, lines.record());
        }
      } catch (final CaptureFault e) {
        throw CaptureException.at(file.name(), lines.record(), e.text());
      } catch (final DecimalFormatException e) {
        throw CaptureException.at(file.name(), lines.record(), String.valueOf(e.getMessage()));
      }
      check.end();
      return lines.record();
    }
  }
}
