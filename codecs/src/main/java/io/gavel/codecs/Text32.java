package io.gavel.codecs;

import java.nio.charset.StandardCharsets;

/** Short printable ASCII text as four little-endian words, zero padded: names, symbols and client ids in frames. */
public final class Text32 {

  public static final int LENGTH_MAX = 32;

  private static final int RUNNING = 0;
  private static final int ENDED = 1;
  private static final int BROKEN = 2;

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
    return 0 != w0 && BROKEN != scan(scan(scan(scan(RUNNING, w0), w1), w2), w3);
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

  private static int scan(final int stateSoFar, final long word) {
    int state = stateSoFar;
    for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
      final int b = (int) (word >>> shift) & 0xFF;
      if (0 == b) {
        state = RUNNING == state ? ENDED : state;
      } else if (ENDED == state || b < '!' || b > '~') {
        state = BROKEN;
      }
    }
    return state;
  }
}
