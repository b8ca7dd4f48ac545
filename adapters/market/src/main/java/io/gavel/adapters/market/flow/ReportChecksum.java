package io.gavel.adapters.market.flow;

/** Folds reports into one number: four lanes, one a word, so that reading keeps up with matching. One thread. */
final class ReportChecksum implements ReportReader {

  private static final long PRIME = 0x9E3779B97F4A7C15L;

  private long first;
  private long sequence;
  private long orderId;
  private long last;
  private long reports;

  @Override
  public void read(final long[] words, final int from, final int records) {
    long a = first;
    long b = sequence;
    long c = orderId;
    long d = last;
    final int end = from + records * ReportRing.WORDS;
    for (int at = from; at < end; at += ReportRing.WORDS) {
      a = (a ^ words[at]) * PRIME;
      b = (b ^ words[at + 1]) * PRIME;
      c = (c ^ words[at + 2]) * PRIME;
      d = (d ^ words[at + 3]) * PRIME;
    }
    first = a;
    sequence = b;
    orderId = c;
    last = d;
    reports += records;
  }

  long value() {
    return (((first * 31 + sequence) * 31 + orderId) * 31 + last) * 31 + reports;
  }
}
