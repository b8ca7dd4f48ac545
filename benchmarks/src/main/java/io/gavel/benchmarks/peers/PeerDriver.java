package io.gavel.benchmarks.peers;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Plays one tape through one engine and prints one line of JSON. First the cold pass, then one pass whose reports are
 * hashed and whose final book is swept out and hashed, then warm passes: the book alone, and with each report handed to
 * a second thread. Each pass has a fresh book, filled outside the time; a pass that reports other than the hashed one
 * ends the run without a figure.
 */
public final class PeerDriver {

  /** Exit codes: the figures stand; the request is wrong; two passes differ. */
  private static final int OK = 0;
  private static final int UNUSABLE = 2;
  private static final int DIFFERS = 4;
  private static final int PASSES_MIN = 3;
  private static final int PASSES_MAX = 2_000;
  /** Lots of the orders that sweep the final book: more than any tape leaves there. */
  private static final long SWEEP_LOTS = 0xffff_ffffL;
  private static final long SWEEP_TICKS_MAX = Integer.MAX_VALUE;

  private final PeerEngine engine;
  private final PeerArguments arguments;
  private final PeerTape tape;
  private final int ordersMax;
  private final Reports reports = new Reports();
  private final com.sun.management.ThreadMXBean threads =
      (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final Map<String, Object> figures = new LinkedHashMap<>();
  private long digestValue;
  private long bytes;
  private long leastCpuNs;

  private PeerDriver(final PeerEngine engine, final PeerArguments arguments, final PeerTape tape) {
    this.engine = engine;
    this.arguments = arguments;
    this.tape = tape;
    this.ordersMax = 0 == arguments.ordersMax() ? tape.liveOrdersMax() : arguments.ordersMax();
  }

  /** Runs, prints and ends the process. */
  public static void main(final String[] args, final PeerEngine engine) {
    System.exit(run(args, engine));
  }

  /** Runs and prints; returns the exit code. */
  public static int run(final String[] args, final PeerEngine engine) {
    final long mainNs = System.nanoTime();
    try {
      final PeerArguments arguments = PeerArguments.of(args);
      final PeerTape tape = PeerTape.load(arguments.tape());
      if (arguments.prefill() > tape.messages()) {
        throw new IllegalArgumentException("--prefill is " + arguments.prefill() + ", the tape has "
            + tape.messages() + " messages");
      }
      final PeerDriver driver = new PeerDriver(engine, arguments, tape);
      final long startedNs = 0 == arguments.startedNs() ? mainNs : arguments.startedNs();
      System.out.println(Json.of(driver.measure(startedNs)));
      return OK;
    } catch (final IllegalArgumentException | IOException e) {
      System.err.println(e.getMessage());
      return UNUSABLE;
    } catch (final IllegalStateException e) {
      System.err.println(e.getMessage());
      return DIFFERS;
    }
  }

  private Map<String, Object> measure(final long startedNs) {
    final long coldNs = cold(startedNs);
    figures.put("engine", engine.name());
    figures.put("version", engine.version());
    figures.put("tape", String.valueOf(arguments.tape().getFileName()));
    figures.put("messages", tape.messages() - arguments.prefill());
    figures.put("prefill", arguments.prefill());
    figures.put("digest", String.format(Locale.ROOT, "%016x", digestValue));
    figures.put("coldNs", coldNs);
    verify();
    warm("book", null);
    figures.put("bytesPerMessage", (double) bytes / (tape.messages() - arguments.prefill()));
    if (!arguments.bookOnly()) {
      try (ReportRing ring = new ReportRing()) {
        warm("handedOff", ring);
      }
    }
    figures.put("vm", System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"));
    return figures;
  }

  /** From the start of the process to the last report of the first pass. */
  private long cold(final long startedNs) {
    final PeerBook book = open();
    tape.play(book, reports, 0, arguments.prefill());
    final ReportDigest digest = reports.fold();
    tape.play(book, reports, arguments.prefill(), tape.messages());
    final long coldNs = System.nanoTime() - startedNs;
    digestValue = digest.value();
    figures.put("reports", digest.count());
    return coldNs;
  }

  private void verify() {
    final PeerBook book = open();
    reports.fold();
    tape.play(book, reports, 0, arguments.prefill());
    final ReportDigest digest = reports.fold();
    final ReportText text = new ReportText();
    reports.writeTo(text);
    tape.play(book, reports, arguments.prefill(), tape.messages());
    check(digest, "hashed");
    figures.put("reportsSha256", text.wholeSha256());
    figures.put("agreedSha256", text.agreedSha256());
    // What rests is told by two orders that take all of it: every book can do that, and it shows the queues too.
    final ReportText swept = new ReportText();
    final ReportDigest sweep = reports.fold();
    reports.writeTo(swept);
    book.place(Long.MAX_VALUE - 1, Long.MAX_VALUE - 1, true, true, SWEEP_LOTS, SWEEP_TICKS_MAX);
    book.place(Long.MAX_VALUE, Long.MAX_VALUE, false, true, SWEEP_LOTS, 1);
    // Each of the two is accepted, and its rest cancelled.
    figures.put("resting", sweep.count() - 4);
    figures.put("bookSha256", swept.agreedSha256());
  }

  private void warm(final String name, final @Nullable ReportRing ring) {
    final long[] passNs = new long[PASSES_MAX];
    leastCpuNs = Long.MAX_VALUE;
    // Its own time, not the clock's: on a machine that others keep busy code must be as warm as on one that is not.
    final long beganNs = threads.getCurrentThreadCpuTime();
    final long budgetNs = (long) (arguments.seconds() * 1e9);
    int passes = 0;
    while (passes < PASSES_MAX && (passes < PASSES_MIN || threads.getCurrentThreadCpuTime() - beganNs < budgetNs)) {
      passNs[passes++] = pass(ring);
    }
    final long[] warm = Arrays.copyOfRange(passNs, passes / 2, passes);
    Arrays.sort(warm);
    final int messages = tape.messages() - arguments.prefill();
    figures.put(name + "Passes", warm.length);
    figures.put(name + "Ns", (double) warm[warm.length / 2] / messages);
    figures.put(name + "BestNs", (double) warm[0] / messages);
    figures.put(name + "Rate", messages * 1e9 / warm[warm.length / 2]);
    figures.put(name + "CpuNs", (double) leastCpuNs / messages);
  }

  private long pass(final @Nullable ReportRing ring) {
    final PeerBook book = open();
    reports.fold();
    tape.play(book, reports, 0, arguments.prefill());
    // The garbage of the pass before, and of filling the book, is not this pass's.
    System.gc();
    ReportDigest digest = reports.fold();
    if (null != ring) {
      ring.clear();
      reports.handTo(ring);
    }
    final long thread = Thread.currentThread().getId();
    final long bytesBefore = threads.getThreadAllocatedBytes(thread);
    final long cpuBeforeNs = threads.getCurrentThreadCpuTime();
    final long beganNs = System.nanoTime();
    tape.play(book, reports, arguments.prefill(), tape.messages());
    if (null != ring) {
      digest = ring.await();
    }
    final long elapsedNs = System.nanoTime() - beganNs;
    leastCpuNs = Math.min(leastCpuNs, threads.getCurrentThreadCpuTime() - cpuBeforeNs);
    bytes = threads.getThreadAllocatedBytes(thread) - bytesBefore;
    check(digest, null == ring ? "timed" : "handed-off");
    return elapsedNs;
  }

  private PeerBook open() {
    return engine.open(ordersMax, reports);
  }

  private void check(final ReportDigest digest, final String pass) {
    if (digestValue != digest.value()) {
      throw new IllegalStateException("no figure: the first pass of " + engine.name() + " reported "
          + String.format(Locale.ROOT, "%016x", digestValue) + ", a " + pass + " one "
          + String.format(Locale.ROOT, "%016x in %d reports", digest.value(), digest.count()));
    }
  }
}
