package io.gavel.benchmarks.peers;

/**
 * A number that stands for a stream of reports: cheap enough to be taken in every timed pass, so that each of them is
 * known to have said what the verified one said. A cancelled order's price is left out: not every peer keeps it. One
 * thread.
 */
final class ReportDigest {

  private static final long STEP = 0x9e37_79b9_7f4a_7c15L;
  private static final long SEQUENCE = 0xbf58_476d_1ce4_e5b9L;
  private static final long ORDER = 0x94d0_49bb_1331_11ebL;
  private static final long LAST = 0xd6e8_feb8_6659_fd93L;

  private long value;
  private long count;

  void clear() {
    value = 0;
    count = 0;
  }

  void fold(final long word0, final long word1, final long word2, final long word3) {
    final long price = Reports.CANCELLED == Reports.type(word0, word3) ? 0 : word0;
    final long mixed = (price ^ word1 * SEQUENCE) + (word2 * ORDER ^ word3 * LAST);
    value = value * STEP + (mixed ^ mixed >>> 29);
    count++;
  }

  long value() {
    return value;
  }

  /** Reports folded. */
  long count() {
    return count;
  }
}
