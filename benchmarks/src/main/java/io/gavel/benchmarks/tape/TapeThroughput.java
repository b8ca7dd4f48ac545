package io.gavel.benchmarks.tape;

import com.sun.management.ThreadMXBean;
import io.gavel.engine.core.CoreConfig;
import io.gavel.engine.snapshot.StateHash;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/**
 * Rows a second of the demo tape through the full core on one thread: validate, dispatch, ledger, book, rules, events
 * looked at. The tape is decoded once into memory and played fifty times after a warm-up; the ring, the journal and
 * the reading of files are not in the number.
 *
 * <pre>java [the flags of the house] io.gavel.benchmarks.tape.TapeThroughput [rounds] [warm-up rounds]</pre>
 */
public final class TapeThroughput {

  private static final int ROUNDS = 50;
  private static final int WARM_UP_ROUNDS = 10;

  private TapeThroughput() {
  }

  public static void main(final String[] args) {
    final int rounds = args.length > 0 ? Integer.parseInt(args[0]) : ROUNDS;
    final int warmUp = args.length > 1 ? Integer.parseInt(args[1]) : WARM_UP_ROUNDS;
    final DecodedTape tape = DecodedTape.demo(1);
    final CoreDriver driver = new CoreDriver(CoreConfig.standard());
    final Workload workload = warm(driver, tape, warmUp);
    final Figures figures = measure(driver, workload, rounds);
    final String hash = hashOf(driver);
    final String again = hashOf(replay(tape, warmUp + rounds));
    if (!hash.equals(again)) {
      System.err.println("no figure: the same rounds ended on " + hash + " and on " + again);
      System.exit(1);
    }
    print(figures, tape, rounds, warmUp, hash);
  }

  /** What the timed rounds cost. */
  private record Figures(long wallNs, long cpuNs, long bytes, double bestRate, long events, long refused) {
  }

  private static Workload warm(final CoreDriver driver, final DecodedTape tape, final int rounds) {
    final Workload workload = new Workload(driver, tape);
    workload.found(CoreConfig.standard());
    for (int i = 0; i < rounds; i++) {
      workload.round();
    }
    return workload;
  }

  private static CoreDriver replay(final DecodedTape tape, final int rounds) {
    final CoreDriver driver = new CoreDriver(CoreConfig.standard());
    warm(driver, tape, rounds);
    return driver;
  }

  private static String hashOf(final CoreDriver driver) {
    return String.format(Locale.ROOT, "%s at sequence %d, event hash %016x",
        StateHash.of(driver.machine().businessState()), driver.machine().sequence(), driver.machine().eventHash());
  }

  private static Figures measure(final CoreDriver driver, final Workload workload, final int rounds) {
    final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    final long refusedBefore = driver.refused();
    final long eventsBefore = driver.events();
    final long thread = Thread.currentThread().getId();
    final long bytesBefore = threads.getThreadAllocatedBytes(thread);
    final long cpuBeforeNs = threads.getCurrentThreadCpuTime();
    final long beganNs = System.nanoTime();
    double best = 0;
    for (int i = 0; i < rounds; i++) {
      final long roundNs = System.nanoTime();
      workload.round();
      best = Math.max(best, 1e9 / (System.nanoTime() - roundNs));
    }
    final long wallNs = System.nanoTime() - beganNs;
    final long cpuNs = threads.getCurrentThreadCpuTime() - cpuBeforeNs;
    final long bytes = threads.getThreadAllocatedBytes(thread) - bytesBefore;
    return new Figures(wallNs, cpuNs, bytes, best, driver.events() - eventsBefore, driver.refused() - refusedBefore);
  }

  private static void print(final Figures figures, final DecodedTape tape, final int rounds, final int warmUp,
      final String hash) {
    final long rows = (long) rounds * tape.rows();
    say("workload    demo tape x %d after %d to warm up, %,d rows; %,d idle rules, %d fire each round", rounds,
        warmUp, rows, Workload.IDLE_RULES, Workload.RULES_PER_ROUND);
    say("included    encode, validate, apply (risk, book, rules), every event looked at; not: ring, journal, files");
    say("rate        %,.0f rows/s by wall clock, %,.0f by processor time, best round %,.0f",
        rows * 1e9 / figures.wallNs(), rows * 1e9 / figures.cpuNs(), tape.rows() * figures.bestRate());
    say("time        %.1f s wall, %.1f s processor, %.0f ns a row of processor time", figures.wallNs() / 1e9,
        figures.cpuNs() / 1e9, (double) figures.cpuNs() / rows);
    say("allocated   %.3f B a row", (double) figures.bytes() / rows);
    say("events      %,d, of them refusals %d", figures.events(), figures.refused());
    say("state hash  %s, twice", hash);
    say("host        %s %s, %d processors, load %.1f", System.getProperty("os.name"), System.getProperty("os.arch"),
        Runtime.getRuntime().availableProcessors(),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    say("jvm         %s %s", System.getProperty("java.vm.name"), System.getProperty("java.runtime.version"));
  }

  private static void say(final String format, final Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
