package io.gavel.codecs;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalTextTest {

  private static final String MAX = "9223372036854775807";
  private static final long SEED = 20_261_120L;
  private static final Pattern PLAIN = Pattern.compile("-?[0-9]+(\\.[0-9]+)?");
  private static final BigInteger LARGEST = BigInteger.valueOf(Long.MAX_VALUE);

  @ParameterizedTest
  @CsvSource({
      "0, 0, 0", "0, 10, 0", "-0, 2, 0", "1, 0, 1", "1, 2, 100", "-1.5, 2, -150", "0.01, 2, 1", "007, 0, 7",
      "770.000000000000, 2, 77000", "770.10, 1, 7701", "0.0000000001, 10, 1", "922337203.6854775807, 10, " + MAX,
      MAX + ", 0, " + MAX, "-" + MAX + ", 0, -" + MAX, MAX + ".000, 0, " + MAX})
  void shouldParseWhatFits(final String text, final int scale, final long value) {
    assertEquals(value, DecimalText.parse(text, scale));
  }

  @ParameterizedTest
  @ValueSource(strings = {
      "-", ".", "-.", ".5", "5.", "-.5", "1.2.3", "+1", " 1", "1 ", "1e5", "1E5", "1,000", "0x10", "NaN", "Infinity",
      "--1", "1-", "1_000", "\u0661", "\uFF11", "1\u0000", "1.\u0000", "abc", "5.-1", "1..2"})
  void shouldRefuseWhatIsNoPlainNumber(final String text) {
    assertRefused(text, 4, DecimalFault.NOT_A_NUMBER);
  }

  @Test
  void shouldNameTheFault() {
    assertRefused("", 2, DecimalFault.EMPTY);
    assertRefused("0.001", 2, DecimalFault.TOO_MANY_DECIMALS);
    assertRefused("770.0000000000001", 2, DecimalFault.TOO_MANY_DECIMALS);
    assertRefused("0.5", 0, DecimalFault.TOO_MANY_DECIMALS);
    assertRefused("9223372036854775808", 0, DecimalFault.OVERFLOW);
    assertRefused("-9223372036854775808", 0, DecimalFault.OVERFLOW);
    assertRefused("9223372036854775809", 0, DecimalFault.OVERFLOW);
    assertRefused("-922337203.6854775809", 10, DecimalFault.OVERFLOW);
    assertRefused("922337203.6854775808", 10, DecimalFault.OVERFLOW);
    assertRefused("1000000000", 10, DecimalFault.OVERFLOW);
    assertRefused("9".repeat(400), 0, DecimalFault.OVERFLOW);
  }

  @Test
  void shouldNamePlaceAndValueInTheRefusal() {
    final DecimalFormatException refusal =
        assertThrows(DecimalFormatException.class, () -> DecimalText.parse("1.234", 2, "px"));

    assertEquals("px: \"1.234\" has more than 2 significant decimals", refusal.getMessage());
    assertEquals("px", refusal.place());
    assertEquals("1.234", refusal.text());
  }

  @Test
  void shouldParseARangeOfBytes() {
    final byte[] row = "1743465600,60000.10,0.5\n".getBytes(US_ASCII);

    assertEquals(1_743_465_600L, DecimalText.parse(row, 0, 10, 0));
    assertEquals(600_001L, DecimalText.parse(row, 11, 19, 1));
    assertEquals(500L, DecimalText.parse(row, 20, 23, 3));
    assertEquals(DecimalText.NOT_PARSED, DecimalText.parse(row, 11, 20, 1));
    assertEquals(DecimalFault.NOT_A_NUMBER, DecimalText.fault(row, 11, 20, 1));
    assertEquals(DecimalFault.EMPTY, DecimalText.fault(row, 11, 11, 1));
  }

  @Test
  void shouldRefuseAScaleThatTheHouseDoesNotHave() {
    assertThrows(IllegalArgumentException.class, () -> DecimalText.parse("1", 11));
    assertThrows(IllegalArgumentException.class, () -> DecimalText.parse("1", -1));
    assertThrows(IllegalArgumentException.class, () -> DecimalText.formatFixed(1, 11));
  }

  @ParameterizedTest
  @CsvSource({
      "0, 0, 0, 0", "0, 2, 0, 0.00", "1, 2, 0.01, 0.01", "-1, 2, -0.01, -0.01", "100, 2, 1, 1.00",
      "1000, 0, 1000, 1000", "-150, 2, -1.5, -1.50", MAX + ", 10, 922337203.6854775807, 922337203.6854775807",
      "-9223372036854775808, 1, -922337203685477580.8, -922337203685477580.8"})
  void shouldFormatPlain(final long value, final int scale, final String shortest, final String fixed) {
    assertEquals(shortest, DecimalText.format(value, scale));
    assertEquals(fixed, DecimalText.formatFixed(value, scale));
    assertEquals("px=" + shortest, DecimalText.append(new StringBuilder("px="), value, scale).toString());
    assertEquals("px=" + fixed, DecimalText.appendFixed(new StringBuilder("px="), value, scale).toString());
  }

  /** Goal: the same answer as BigDecimal on random text, well formed and not; and text of a value parses back to it. */
  @Test
  void shouldAgreeWithBigDecimalOnRandomText() {
    System.out.println("DecimalTextTest seed " + SEED);
    final Random random = new Random(SEED);
    for (int i = 0; i < 300_000; i++) {
      final String text = randomText(random);
      final int scale = random.nextInt(DecimalText.SCALE_MAX + 1);
      final byte[] bytes = ("#" + text + "#").getBytes(US_ASCII);

      final long value = DecimalText.parse(bytes, 1, bytes.length - 1, scale);

      if (DecimalText.NOT_PARSED == value) {
        assertEquals(oracleFault(text, scale), DecimalText.fault(bytes, 1, bytes.length - 1, scale),
            () -> text + " at " + scale);
      } else {
        assertEquals(new BigDecimal(text).movePointRight(scale).longValueExact(), value, () -> text + " at " + scale);
        assertEquals(true, PLAIN.matcher(text).matches(), text);
        assertEquals(value, DecimalText.parse(DecimalText.format(value, scale), scale));
        assertEquals(BigDecimal.valueOf(value, scale).toPlainString(), DecimalText.formatFixed(value, scale));
      }
    }
  }

  private static DecimalFault oracleFault(final String text, final int scale) {
    if (text.isEmpty()) {
      return DecimalFault.EMPTY;
    }
    if (!PLAIN.matcher(text).matches()) {
      return DecimalFault.NOT_A_NUMBER;
    }
    final BigDecimal moved = new BigDecimal(text).movePointRight(scale);
    if (moved.stripTrailingZeros().scale() > 0) {
      return DecimalFault.TOO_MANY_DECIMALS;
    }
    assertEquals(1, moved.toBigIntegerExact().abs().compareTo(LARGEST), text);
    return DecimalFault.OVERFLOW;
  }

  private static String randomText(final Random random) {
    final StringBuilder text = new StringBuilder();
    if (0 == random.nextInt(3)) {
      text.append('-');
    }
    digits(text, random, random.nextInt(1 + random.nextInt(21)));
    if (0 != random.nextInt(3)) {
      text.append('.');
      digits(text, random, random.nextInt(1 + random.nextInt(13)));
      text.append("0".repeat(random.nextInt(4)));
    }
    if (0 == random.nextInt(6)) {
      text.insert(random.nextInt(text.length() + 1), "+-.eE ,0".charAt(random.nextInt(8)));
    }
    return text.toString();
  }

  private static void digits(final StringBuilder text, final Random random, final int count) {
    final boolean nines = 0 == random.nextInt(5);
    for (int i = 0; i < count; i++) {
      text.append(nines ? '9' : (char) ('0' + random.nextInt(10)));
    }
  }

  private static void assertRefused(final String text, final int scale, final DecimalFault fault) {
    final DecimalFormatException refusal =
        assertThrows(DecimalFormatException.class, () -> DecimalText.parse(text, scale));
    assertEquals(fault, refusal.fault(), text);
  }
}
