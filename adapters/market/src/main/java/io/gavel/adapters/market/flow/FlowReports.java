package io.gavel.adapters.market.flow;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * All reports of one replay, and their canonical text: a line each, numbers between commas, lines joined by a newline
 * with none after the last. One thread.
 *
 * <pre>
 *   0,seq,side,orderId,price,qty             accepted
 *   1,seq,price,qty,restingId,incomingId     trade, at the resting order's price
 *   2,seq,side,orderId,price                 cancelled: by a cancel, or the rest of an immediate-or-cancel
 *   3,seq,side,orderId,price,qty             modified, behind the trades that it caused
 *   4,seq,orderId                            cancel rejected: nothing rests under this id
 *   5,seq,orderId                            modify rejected
 * </pre>
 */
public final class FlowReports implements ReportReader {

  private static final int LINE_LENGTH_MAX = 96;
  private static final int BLOCK_LENGTH = 1 << 16;

  private long[] words;
  private int size;

  FlowReports(final int expected) {
    words = new long[Math.max(expected, 16) * ReportRing.WORDS];
  }

  /**
   * What the book reports on a tape; nothing is timed.
   *
   * @throws FlowTapeException when the tape breaks a rule that only a replay can see
   */
  public static FlowReports of(final FlowTape tape) {
    final FlowReports reports = new FlowReports(tape.messages());
    new FlowReplay(tape).replay(new ReportRing(1 << 10, reports, false));
    return reports;
  }

  /** How many reports. */
  public int size() {
    return size;
  }

  /** A line of the text, without its end. */
  public String line(final int report) {
    final byte[] line = new byte[LINE_LENGTH_MAX];
    final int length = new ReportText(line).line(words, report * ReportRing.WORDS);
    return new String(line, 0, length, StandardCharsets.US_ASCII);
  }

  /** Writes the text. */
  public void writeTo(final OutputStream out) throws IOException {
    final byte[] block = new byte[BLOCK_LENGTH];
    final ReportText text = new ReportText(block);
    for (int i = 0; i < size; i++) {
      if (i > 0) {
        text.newline();
      }
      if (text.line(words, i * ReportRing.WORDS) > BLOCK_LENGTH - LINE_LENGTH_MAX) {
        out.write(block, 0, text.reset());
      }
    }
    out.write(block, 0, text.reset());
  }

  /** SHA-256 over exactly the text, in lower-case hexadecimals. */
  public String sha256() {
    try {
      final MessageDigest digest = MessageDigest.getInstance("SHA-256");
      writeTo(new OutputStream() {
        @Override
        public void write(final int value) {
          digest.update((byte) value);
        }

        @Override
        public void write(final byte[] bytes, final int from, final int length) {
          digest.update(bytes, from, length);
        }
      });
      return HexFormat.of().formatHex(digest.digest());
    } catch (final NoSuchAlgorithmException | IOException e) {
      throw new IllegalStateException("every Java has SHA-256, and a digest takes all bytes", e);
    }
  }

  /** As {@link ReportChecksum} folds them. */
  public long checksum() {
    final ReportChecksum checksum = new ReportChecksum();
    checksum.read(words, 0, size);
    return checksum.value();
  }

  @Override
  public void read(final long[] source, final int from, final int records) {
    final int wanted = (size + records) * ReportRing.WORDS;
    if (wanted > words.length) {
      words = Arrays.copyOf(words, Math.max(wanted, words.length + words.length / 2));
    }
    System.arraycopy(source, from, words, size * ReportRing.WORDS, records * ReportRing.WORDS);
    size += records;
  }
}
