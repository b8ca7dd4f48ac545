package io.gavel.benchmarks.peers;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Reports as canonical lines, and two hashes over them: of the lines as they are, which is what the published streams
 * are compared by, and of the same lines without the price of a cancelled order, which every peer can tell. One thread.
 */
final class ReportText {

  private static final int FLUSH_LENGTH = 1 << 16;

  private final MessageDigest whole = sha256();
  private final MessageDigest agreed = sha256();
  private final StringBuilder wholeLines = new StringBuilder(FLUSH_LENGTH + 256);
  private final StringBuilder agreedLines = new StringBuilder(FLUSH_LENGTH + 256);
  private boolean isWhole = true;
  private boolean isFirst = true;

  void append(final long word0, final long word1, final long word2, final long word3) {
    final int type = Reports.type(word0, word3);
    final int side = Reports.isSell(word3) ? 1 : 0;
    final long ticks = Reports.ticks(word0);
    final long lots = Reports.lots(word0);
    switch (type) {
      case Reports.TRADE -> line(type, word1, ticks, lots, word2, word3);
      case Reports.ACCEPTED, Reports.MODIFIED -> line(type, word1, side, word2, ticks, lots);
      case Reports.CANCELLED -> {
        isWhole &= Reports.NO_PRICE != ticks;
        line(type, word1, side, word2);
        wholeLines.append(',').append(ticks);
      }
      default -> line(type, word1, word2);
    }
    if (wholeLines.length() > FLUSH_LENGTH) {
      flush();
    }
  }

  /** SHA-256 of the canonical lines; empty when a price was not known. Ends the text. */
  String wholeSha256() {
    flush();
    return isWhole ? HexFormat.of().formatHex(whole.digest()) : "";
  }

  /** SHA-256 of the lines that every peer can tell. Ends the text. */
  String agreedSha256() {
    flush();
    return HexFormat.of().formatHex(agreed.digest());
  }

  private void line(final long... values) {
    final int from = agreedLines.length();
    if (!isFirst) {
      agreedLines.append('\n');
    }
    isFirst = false;
    for (int i = 0; i < values.length; i++) {
      if (i > 0) {
        agreedLines.append(',');
      }
      agreedLines.append(values[i]);
    }
    wholeLines.append(agreedLines, from, agreedLines.length());
  }

  private void flush() {
    whole.update(wholeLines.toString().getBytes(StandardCharsets.US_ASCII));
    agreed.update(agreedLines.toString().getBytes(StandardCharsets.US_ASCII));
    wholeLines.setLength(0);
    agreedLines.setLength(0);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (final NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
