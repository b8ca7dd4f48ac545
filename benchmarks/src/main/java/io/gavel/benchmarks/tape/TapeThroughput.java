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
    final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    final DecodedTape tape = DecodedTape.demo(1);
    final CoreConfig config = CoreConfig.standard();
    final CoreDriver driver = new CoreDriver(config);
    final Workload workload = new Workload(driver, tape);
    workload.found(config);
    for (int i = 0; i < warmUp; i++) {
      workload.round();
    }
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
      best = Math.max(best, tape.rows() * 1e9 / (System.nanoTime() - roundNs));
    }
    final long wallNs = System.nanoTime() - beganNs;
    final long cpuNs = threads.getCurrentThreadCpuTime() - cpuBeforeNs;
    final long bytes = threads.getThreadAllocatedBytes(thread) - bytesBefore;
    final long rows = (long) rounds * tape.rows();
    say("workload    demo tape x %d after %d to warm up, %,d rows; %,d idle rules, %d fire each round", rounds,
        warmUp, rows, Workload.IDLE_RULES, Workload.RULES_PER_ROUND);
    say("included    encode, validate, apply (risk, book, rules), every event looked at; not: ring, journal, files");
    say("rate        %,.0f rows/s by wall clock, %,.0f by processor time, best round %,.0f", rows * 1e9 / wallNs,
        rows * 1e9 / cpuNs, best);
    say("time        %.1f s wall, %.1f s processor, %.0f ns a row of processor time", wallNs / 1e9, cpuNs / 1e9,
        (double) cpuNs / rows);
    say("allocated   %.3f B a row", (double) bytes / rows);
    say("events      %,d, of them refusals %d", driver.events() - eventsBefore, driver.refused() - refusedBefore);
    say("state hash  %s at sequence %d, event hash %016x", StateHash.of(driver.machine().businessState()),
        driver.machine().sequence(), driver.machine().eventHash());
    say("host        %s %s, %d processors, load %.1f", System.getProperty("os.name"), System.getProperty("os.arch"),
        Runtime.getRuntime().availableProcessors(),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    say("jvm         %s %s", System.getProperty("java.vm.name"), System.getProperty("java.runtime.version"));
  }

  private static void say(final String format, final Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
