package io.gavel.benchmarks.peers;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What the driver was asked to do.
 *
 * @param prefill   messages at the head of the tape that fill the book and are not timed
 * @param ordersMax orders that may rest at once; 0: counted from the tape
 * @param seconds   processor time of each of the two warm timings; half of it warms up
 * @param bookOnly  no pass with a second thread
 * @param startedNs {@link System#nanoTime()} of the process that started this one; 0: not known
 */
record PeerArguments(Path tape, int prefill, int ordersMax, double seconds, boolean bookOnly, long startedNs) {

  static final String USAGE = "--tape FILE [--prefill N] [--orders-max N] [--seconds S | --milliseconds MS]"
      + " [--book-only] [--started-ns N]";

  /** Says which argument is wrong, and what was expected. */
  static PeerArguments of(final String[] args) {
    @Nullable Path tape = null;
    long prefill = 0;
    long ordersMax = 0;
    double seconds = 1;
    boolean bookOnly = false;
    long startedNs = 0;
    for (int i = 0; i < args.length; i++) {
      switch (args[i]) {
        case "--tape" -> tape = Path.of(value(args, ++i));
        case "--prefill" -> prefill = number(args, ++i);
        case "--orders-max" -> ordersMax = number(args, ++i);
        case "--seconds" -> seconds = number(args, ++i);
        case "--milliseconds" -> seconds = number(args, ++i) / 1e3;
        case "--book-only" -> bookOnly = true;
        case "--started-ns" -> startedNs = number(args, ++i);
        default -> throw new IllegalArgumentException("unknown argument " + args[i] + "; expected " + USAGE);
      }
    }
    if (null == tape) {
      throw new IllegalArgumentException("no tape; expected " + USAGE);
    }
    return new PeerArguments(tape, Math.toIntExact(prefill), Math.toIntExact(ordersMax), seconds, bookOnly,
        startedNs);
  }

  private static String value(final String[] args, final int index) {
    if (index >= args.length) {
      throw new IllegalArgumentException(args[index - 1] + " needs a value; expected " + USAGE);
    }
    return args[index];
  }

  private static long number(final String[] args, final int index) {
    final String text = value(args, index);
    if (!text.matches("[0-9]{1,18}")) {
      throw new IllegalArgumentException(args[index - 1] + " is " + text + "; expected a whole number from 0");
    }
    return Long.parseLong(text);
  }
}
