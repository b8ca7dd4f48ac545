package io.gavel.codecs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Text32Test {

  private static final long SEED = 5L;

  @ParameterizedTest
  @ValueSource(strings = {"a", "BTC-USDT", "exactly8", "nine-char", "!~", "0123456789abcdef0123456789abcdef"})
  void shouldReadBackWhatItWrote(final String text) {
    assertTrue(Text32.isValid(text));
    assertTrue(isValidWords(text));
    assertFalse(isNoneWords(text));
    assertEquals(text, textOfWords(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {
      "", " ", "a b", "tab\t", "del\u007F", "\u00E4", "\u6BD4\u7279\u5E01", "nul\u0000",
      "0123456789abcdef0123456789abcdefg"})
  void shouldRefuseTextThatDoesNotFit(final String text) {
    assertFalse(Text32.isValid(text));
  }

  @Test
  void shouldKnowValidWordsFromBrokenOnes() {
    assertTrue(Text32.isNone(0, 0, 0, 0));
    assertFalse(Text32.isValid(0, 0, 0, 0), "none is not valid");
    assertTrue(Text32.isValid(0x41, 0, 0, 0));
    assertFalse(Text32.isValid(0x4100, 0, 0, 0), "starts with zero");
    assertFalse(Text32.isValid(0x41_0041, 0, 0, 0), "zero inside");
    assertFalse(Text32.isValid(0x41, 0x41, 0, 0), "goes on after its end");
    assertFalse(Text32.isValid(0x41, 0, 0, 0x4100_0000_0000_0000L), "last byte after its end");
    assertFalse(Text32.isValid(0x20, 0, 0, 0), "blank");
    assertFalse(Text32.isValid(0x7F, 0, 0, 0), "delete");
    assertFalse(Text32.isValid(0x80, 0, 0, 0), "beyond ASCII");
    assertFalse(Text32.isValid(0xFF, 0, 0, 0), "negative byte");
  }

  /** Goal: text and words agree on what is valid for every byte value at every position. */
  @Test
  void shouldJudgeEachByteAtEachPositionAlike() {
    for (int position = 0; position < Text32.LENGTH_MAX; position++) {
      for (char c = 1; c < 256; c++) {
        final String text = "x".repeat(position) + c + "y".repeat(Text32.LENGTH_MAX - 1 - position);
        assertEquals(Text32.isValid(text), isValidWords(text), text);
      }
    }
  }

  /** Goal: words of random bytes, many of them zero or at the edges of what prints, against one byte at a time. */
  @Test
  void shouldJudgeWordsAsOneByteAtATimeWould() {
    final Random random = new Random(SEED);
    final int[] edges = {0, 0, 0x20, '!', 'm', '~', 0x7F, 0x80, 0xFF};
    int valid = 0;
    for (int i = 0; i < 200_000; i++) {
      final int length = random.nextInt(Text32.LENGTH_MAX + 1);
      final byte[] bytes = new byte[Text32.LENGTH_MAX];
      for (int at = 0; at < length; at++) {
        bytes[at] = (byte) (0 == random.nextInt(12) ? edges[random.nextInt(edges.length)] : '!' + random.nextInt(94));
      }
      final long[] words = new long[4];
      for (int at = 0; at < bytes.length; at++) {
        words[at / 8] |= (bytes[at] & 0xFFL) << (8 * (at % 8));
      }
      final boolean expected = isValidBytes(bytes);
      valid += expected ? 1 : 0;
      assertEquals(expected, Text32.isValid(words[0], words[1], words[2], words[3]), () -> "seed " + SEED);
    }
    assertTrue(valid > 10_000 && valid < 190_000, "both kinds, seed " + SEED + ": " + valid);
  }

  private static boolean isValidBytes(final byte[] bytes) {
    int end = 0;
    while (end < bytes.length && bytes[end] >= '!' && bytes[end] <= '~') {
      end++;
    }
    for (int i = end; i < bytes.length; i++) {
      if (0 != bytes[i]) {
        return false;
      }
    }
    return end > 0;
  }

  @Test
  void shouldSpreadHashesOfNearbyTexts() {
    final Random random = new Random(SEED);
    final Set<Long> hashes = new HashSet<>();
    for (int i = 0; i < 10_000; i++) {
      final String text = "order-" + i;
      hashes.add(hashOfWords(text));
      assertEquals(hashOfWords(text), hashOfWords(text));
    }
    assertEquals(10_000, hashes.size());
    final long word = random.nextLong();
    assertNotEquals(Text32.hash(word, 0, 0, 0), Text32.hash(0, word, 0, 0));
  }

  private static boolean isValidWords(final String text) {
    return Text32.isValid(Text32.word(text, 0), Text32.word(text, 1), Text32.word(text, 2), Text32.word(text, 3));
  }

  private static boolean isNoneWords(final String text) {
    return Text32.isNone(Text32.word(text, 0), Text32.word(text, 1), Text32.word(text, 2), Text32.word(text, 3));
  }

  private static String textOfWords(final String text) {
    return Text32.toString(Text32.word(text, 0), Text32.word(text, 1), Text32.word(text, 2), Text32.word(text, 3));
  }

  private static long hashOfWords(final String text) {
    return Text32.hash(Text32.word(text, 0), Text32.word(text, 1), Text32.word(text, 2), Text32.word(text, 3));
  }
}
