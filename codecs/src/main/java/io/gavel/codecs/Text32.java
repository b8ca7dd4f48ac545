package io.gavel.codecs;

import java.nio.charset.StandardCharsets;

/** Short printable ASCII text as four little-endian words, zero padded: names, symbols and client ids in frames. */
public final class Text32 {

  public static final int LENGTH_MAX = 32;

  private static final long ONES = 0x0101_0101_0101_0101L;
  private static final long HIGH_BITS = 0x8080_8080_8080_8080L;
  /** Lifts '!' and what lies above it to the high bit of its byte, and nothing below. */
  private static final long TO_HIGH_BIT = (0x80 - '!') * ONES;

  private Text32() {
  }

  /** Whether {@code text} fits: 1 to 32 characters from '!' to '~'. */
  public static boolean isValid(final String text) {
    final int length = text.length();
    if (0 == length || length > LENGTH_MAX) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      final char c = text.charAt(i);
      if (c < '!' || c > '~') {
        return false;
      }
    }
    return true;
  }

  /** Whether four words hold a valid text: printable bytes, then only zeros; all zero is none, not valid. */
  public static boolean isValid(final long w0, final long w1, final long w2, final long w3) {
    return 0 != w0 && isPrintable(w0) && isPrintable(w1) && isPrintable(w2) && isPrintable(w3)
        && mayFollow(w0, w1 | w2 | w3) && mayFollow(w1, w2 | w3) && mayFollow(w2, w3);
  }

  public static boolean isNone(final long w0, final long w1, final long w2, final long w3) {
    return 0 == (w0 | w1 | w2 | w3);
  }

  /** Word {@code index} (0 to 3) of a valid text. */
  public static long word(final String text, final int index) {
    long word = 0;
    final int from = index * Long.BYTES;
    final int to = Math.min(text.length(), from + Long.BYTES);
    for (int i = from; i < to; i++) {
      word |= (long) (text.charAt(i) & 0xFF) << ((i - from) * Byte.SIZE);
    }
    return word;
  }

  /** The text of four words; empty for none. Allocates: for the edge, not the core. */
  public static String toString(final long w0, final long w1, final long w2, final long w3) {
    final byte[] bytes = new byte[LENGTH_MAX];
    int length = 0;
    for (int i = 0; i < LENGTH_MAX; i++) {
      final long word = i < 8 ? w0 : i < 16 ? w1 : i < 24 ? w2 : w3;
      final byte b = (byte) (word >>> ((i & 7) * Byte.SIZE));
      if (0 == b) {
        break;
      }
      bytes[length++] = b;
    }
    return new String(bytes, 0, length, StandardCharsets.US_ASCII);
  }

  /** A spread-out hash of four words, for open-addressed tables. */
  public static long hash(final long w0, final long w1, final long w2, final long w3) {
    long h = w0 * 0x9E3779B97F4A7C15L;
    h = (h ^ (h >>> 32) ^ w1) * 0xBF58476D1CE4E5B9L;
    h = (h ^ (h >>> 29) ^ w2) * 0x94D049BB133111EBL;
    h = (h ^ (h >>> 31) ^ w3) * 0x9E3779B97F4A7C15L;
    return h ^ (h >>> 32);
  }

  /** Whether the bytes up to the last that is not zero lie between '!' and '~': eight at a time. */
  private static boolean isPrintable(final long word) {
    final long used = 0 == word ? 0 : -1L >>> (Long.numberOfLeadingZeros(word) & -Byte.SIZE);
    // No byte has its high bit, so no sum carries into the next; '~' + 1 reaches the high bit with one more.
    return 0 == (HIGH_BITS & (word | (word + ONES) | (~(word + TO_HIGH_BIT) & used)));
  }

  /** Whether a word is full when something stands behind it. */
  private static boolean mayFollow(final long word, final long rest) {
    return 0 == rest || 0 != word >>> (Long.SIZE - Byte.SIZE);
  }
}
