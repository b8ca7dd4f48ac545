package io.gavel.codecs;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecimalStepTest {

  private static final String MAX = "9223372036854775807";
  private static final long SEED = 7_331L;

  @ParameterizedTest
  @CsvSource({
      "0.1, 60000.10, 600001", "0.25, 1.75, 7", "0.5, -1, -2", "100, 1200.000, 12", "1, 9223372036854775807, " + MAX,
      "0.0000000001, 0.0000000003, 3", "3, 9, 3", "0.1, 0, 0"})
  void shouldCountWholeSteps(final String stepText, final String text, final long count) {
    final DecimalStep step = DecimalStep.ofE10(DecimalText.parse(stepText, DecimalText.SCALE_MAX));

    assertEquals(count, step.parse(text, "sz"));
    assertEquals(0, new BigDecimal(text).compareTo(new BigDecimal(step.format(count))));
  }

  @Test
  void shouldRefuseWhatLiesBetweenTwoSteps() {
    final DecimalStep step = DecimalStep.ofE10(2_500_000_000L);

    final DecimalFormatException refusal =
        assertThrows(DecimalFormatException.class, () -> step.parse("1.30", "px"));

    assertEquals("px: \"1.30\" is no multiple of 0.25", refusal.getMessage());
    assertEquals(DecimalFault.OFF_STEP, refusal.fault());
    assertFault(DecimalFault.OFF_STEP, step, "1.251");
    assertFault(DecimalFault.NOT_A_NUMBER, step, "x");
    assertFault(DecimalFault.EMPTY, step, "");
    assertFault(DecimalFault.OVERFLOW, step, "1" + "0".repeat(20));
    assertThrows(IllegalArgumentException.class, () -> DecimalStep.ofE10(0));
  }

  @Test
  void shouldRefuseTicksThatDoNotFitAnInt() {
    final DecimalStep step = DecimalStep.ofE10(1_000_000_000L);

    assertEquals(Integer.MAX_VALUE, step.parseTicks("214748364.7", "px"));
    final DecimalFormatException refusal =
        assertThrows(DecimalFormatException.class, () -> step.parseTicks("214748364.8", "px"));
    assertEquals(DecimalFault.OVERFLOW, refusal.fault());
  }

  @Test
  void shouldFormatCountsBeyondALong() {
    assertEquals("2305843009213693951.75", DecimalStep.ofE10(2_500_000_000L).format(Long.MAX_VALUE));
    assertEquals("92233720368547758070000", DecimalStep.ofE10(100_000_000_000_000L).format(Long.MAX_VALUE));
  }

  /** Goal: text of any count of any step counts back to it, and never anything between two steps. */
  @Test
  void shouldCountBackWhatItFormats() {
    System.out.println("DecimalStepTest seed " + SEED);
    final Random random = new Random(SEED);
    for (int i = 0; i < 50_000; i++) {
      final long stepE10 = 1 + (random.nextLong() >>> (1 + random.nextInt(62)));
      final DecimalStep step = DecimalStep.ofE10(stepE10);
      final int count = random.nextInt();
      final String text = step.format(count);
      final byte[] bytes = text.getBytes(US_ASCII);

      final long parsed = step.parse(bytes, 0, bytes.length);

      assertEquals(0, new BigDecimal(text).compareTo(
          BigDecimal.valueOf(stepE10, 10).multiply(BigDecimal.valueOf(count))), text);
      if (DecimalText.NOT_PARSED == parsed) {
        assertEquals(DecimalFault.OVERFLOW, step.fault(bytes, 0, bytes.length), text);
      } else {
        assertEquals(count, parsed);
      }
    }
  }

  private static void assertFault(final DecimalFault fault, final DecimalStep step, final String text) {
    final byte[] bytes = text.getBytes(US_ASCII);
    assertEquals(DecimalText.NOT_PARSED, step.parse(bytes, 0, bytes.length));
    assertEquals(fault, step.fault(bytes, 0, bytes.length));
  }
}
