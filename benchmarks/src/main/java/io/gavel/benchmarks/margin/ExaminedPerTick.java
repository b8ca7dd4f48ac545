package io.gavel.benchmarks.margin;

import java.util.Arrays;
import java.util.Locale;

/**
 * Prints accounts examined per tick of 0.05 % for each decade of accounts, the share of all accounts that is, and the
 * time of ticks. The arguments are numbers of accounts, and {@code ticks=N}.
 */
public final class ExaminedPerTick {

  private static final long SEED = 20_261_120;

  private ExaminedPerTick() {
  }

  /** One row of the table. */
  public record Row(int accounts, int ticks, double examined, int most, double perTickNs, double idleNs,
      int liquidated, int missed) {

    /** Accounts examined per tick, in parts of a million of all accounts. */
    public double shareE6() {
      return examined * 1e6 / accounts;
    }

    @Override
    public String toString() {
      return String.format(Locale.ROOT, "%,11d  %,9d  %14.4f  %8d  %15.2f  %13.1f  %8.1f  %,10d  %6d",
          accounts, ticks, examined, most, shareE6(), perTickNs, idleNs, liquidated, missed);
    }
  }

  /** Head of the table. */
  public static String head() {
    return "   accounts      ticks  examined/tick      most  share, 1/10^6"
        + "    ns per tick   ns idle  liquidated  missed";
  }

  /** Walks so many ticks, and scans all accounts every {@code scanEvery}. */
  public static Row measure(final int accounts, final int ticks, final int scanEvery) {
    final CrossAccounts world = new CrossAccounts(accounts, SEED);
    long examined = 0;
    int most = 0;
    long scanNs = 0;
    final long start = System.nanoTime();
    for (int tick = 1; tick <= ticks; tick++) {
      final int due = world.tick();
      examined += due;
      most = Math.max(most, due);
      if (0 == tick % scanEvery) {
        final long scanStart = System.nanoTime();
        world.scan();
        scanNs += System.nanoTime() - scanStart;
      }
    }
    final double perTickNs = (double) (System.nanoTime() - start - scanNs) / ticks;
    return new Row(accounts, ticks, (double) examined / ticks, most, perTickNs, idleNs(world), world.liquidated(),
        world.scan());
  }

  /** The middle of several windows in which a price goes to and fro by one unit and reaches nobody. */
  private static double idleNs(final CrossAccounts world) {
    final int rounds = 200_000;
    final double[] windows = new double[15];
    for (int window = 0; window < windows.length; window++) {
      final long price = world.price(0);
      final long start = System.nanoTime();
      for (int round = 0; round < rounds; round++) {
        world.move(0, price + (round & 1));
      }
      windows[window] = (double) (System.nanoTime() - start) / rounds;
    }
    Arrays.sort(windows);
    return windows[windows.length / 2];
  }

  /** Prints the table. */
  public static void main(final String[] args) {
    int ticks = 100_000;
    System.out.println(head());
    for (final String arg : args.length == 0 ? new String[] {"1000", "10000", "100000", "1000000"} : args) {
      if (arg.startsWith("ticks=")) {
        ticks = Integer.parseInt(arg.substring(6));
      } else {
        final int accounts = Integer.parseInt(arg);
        System.out.println(measure(accounts, ticks, Math.max(1, accounts / 1_000)));
      }
    }
  }
}
