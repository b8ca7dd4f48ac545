package io.gavel.risk.money;

/** A running sum of longs in 128 bits: no ledger is long enough to overflow it. Reusable, one thread. */
public final class Sum128 {

  private long high;
  private long low;

  public void clear() {
    high = 0;
    low = 0;
  }

  public void add(final long value) {
    final long sum = low + value;
    high += (value >> 63) + (Long.compareUnsigned(sum, low) < 0 ? 1 : 0);
    low = sum;
  }

  public void subtract(final long value) {
    final long difference = low - value;
    high -= (value >> 63) + (Long.compareUnsigned(low, value) < 0 ? 1 : 0);
    low = difference;
  }

  public boolean isZero() {
    return 0 == (high | low);
  }

  public boolean fitsLong() {
    return high == low >> 63;
  }

  /** The upper 64 bits, signed. */
  public long highWord() {
    return high;
  }

  /** The lower 64 bits, unsigned; the value itself when {@link #fitsLong()}. */
  public long lowWord() {
    return low;
  }
}
