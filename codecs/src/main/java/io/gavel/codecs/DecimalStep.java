package io.gavel.codecs;

import java.math.BigInteger;

/**
 * A tick or lot size, and the way from decimal text to a whole count of it and back; a text between two steps is
 * refused, never rounded. Immutable, any thread.
 */
public final class DecimalStep {

  private final long stepE10;
  private final long multiple;
  private final int scale;

  private DecimalStep(final long stepE10) {
    long shortest = stepE10;
    int decimals = DecimalText.SCALE_MAX;
    while (decimals > 0 && 0 == shortest % 10) {
      shortest /= 10;
      decimals--;
    }
    this.stepE10 = stepE10;
    this.multiple = shortest;
    this.scale = decimals;
  }

  /** The step of {@code stepE10} times ten to the minus ten; must be positive. */
  public static DecimalStep ofE10(final long stepE10) {
    if (stepE10 <= 0) {
      throw new IllegalArgumentException("step not positive: " + stepE10);
    }
    return new DecimalStep(stepE10);
  }

  public long stepE10() {
    return stepE10;
  }

  /** Decimals that a whole count of steps can have. */
  public int scale() {
    return scale;
  }

  /** How many steps {@code text} is; the refusal names {@code place}. For the edge. */
  public long parse(final CharSequence text, final String place) {
    final byte[] bytes = DecimalText.asciiOf(text);
    final long count = parse(bytes, 0, bytes.length);
    if (DecimalText.NOT_PARSED == count) {
      throw refusal(text, place, fault(bytes, 0, bytes.length));
    }
    return count;
  }

  /** As {@link #parse(CharSequence, String)} for prices, whose ticks must fit an int. For the edge. */
  public int parseTicks(final CharSequence text, final String place) {
    final long ticks = parse(text, place);
    if (ticks != (int) ticks) {
      throw refusal(text, place, DecimalFault.OVERFLOW);
    }
    return (int) ticks;
  }

  /** How many steps the bytes in [from, to) are, or {@link DecimalText#NOT_PARSED}; allocates nothing. */
  public long parse(final byte[] bytes, final int from, final int to) {
    final long value = DecimalText.parse(bytes, from, to, scale);
    return DecimalText.NOT_PARSED == value || 0 != value % multiple ? DecimalText.NOT_PARSED : value / multiple;
  }

  /** Why {@link #parse(byte[], int, int)} answered {@link DecimalText#NOT_PARSED} to these bytes. */
  public DecimalFault fault(final byte[] bytes, final int from, final int to) {
    Invariants.check(DecimalText.NOT_PARSED == parse(bytes, from, to), "a text that parses has no fault");
    if (DecimalText.NOT_PARSED != DecimalText.parse(bytes, from, to, scale)) {
      return DecimalFault.OFF_STEP;
    }
    final DecimalFault fault = DecimalText.fault(bytes, from, to, scale);
    return DecimalFault.TOO_MANY_DECIMALS == fault ? DecimalFault.OFF_STEP : fault;
  }

  /** Shortest plain text of {@code count} steps. For the edge. */
  public String format(final long count) {
    final long high = Math.multiplyHigh(count, multiple);
    final long low = count * multiple;
    if (high == low >> 63) {
      return DecimalText.format(low, scale);
    }
    final BigInteger wide = BigInteger.valueOf(count).multiply(BigInteger.valueOf(multiple));
    final StringBuilder out = new StringBuilder(48);
    DecimalText.appendDigits(out, wide.signum() < 0, wide.abs().toString(), scale);
    return (scale > 0 ? DecimalText.stripDecimals(out) : out).toString();
  }

  private DecimalFormatException refusal(final CharSequence text, final String place, final DecimalFault fault) {
    final String why = DecimalFault.OFF_STEP == fault
        ? "is no multiple of " + DecimalText.format(stepE10, DecimalText.SCALE_MAX)
        : DecimalText.sentence(fault, scale);
    return new DecimalFormatException(place, text, fault, why);
  }
}
