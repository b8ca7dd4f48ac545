package io.gavel.benchmarks.suite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** What the machine is, and what of it a reader of figures must know. Only reads; what cannot be read is unknown. */
final class HostCheck {

  /** From here on others are said to keep the machine busy. */
  static final double BUSY_CORES = 0.3;

  private static final String UNKNOWN = "unknown";
  private static final long SAMPLE_NS = 500_000_000L;

  private final Path root;

  /** {@code root} is where proc and sys are looked for: the root directory but in tests. */
  HostCheck(final Path root) {
    this.root = root;
  }

  /** Looks; takes half a second, because it watches how busy the processors are. */
  Host look(final String revision) {
    final Map<String, String> facts = new LinkedHashMap<>();
    final int cores = Runtime.getRuntime().availableProcessors();
    final double busyCores = busyCores(cores);
    facts.put("processor", field("proc/cpuinfo", "model name").orElse(UNKNOWN));
    facts.put("cores", String.valueOf(cores));
    facts.put("busy before", String.format(Locale.ROOT, "%.1f of %d", busyCores, cores));
    facts.put("isolated", read("sys/devices/system/cpu/isolated").filter(text -> !text.isEmpty()).orElse("none"));
    facts.put("governor", read("sys/devices/system/cpu/cpu0/cpufreq/scaling_governor").orElse(UNKNOWN));
    facts.put("SMT", read("sys/devices/system/cpu/smt/control").orElse(UNKNOWN));
    facts.put("huge pages", read("sys/kernel/mm/transparent_hugepage/enabled").map(HostCheck::chosen).orElse(UNKNOWN));
    facts.put("clock source",
        read("sys/devices/system/clocksource/clocksource0/current_clocksource").orElse(UNKNOWN));
    facts.put("memory", field("proc/meminfo", "MemTotal").orElse(UNKNOWN));
    facts.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
        + System.getProperty("os.arch"));
    facts.put("JVM", System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"));
    facts.put("revision", revision);
    return new Host(facts, cores, busyCores, notes(facts, cores, busyCores));
  }

  /**
   * The machine.
   *
   * @param facts     name to what was read
   * @param busyCores how many processors' worth of work others did just before
   * @param notes     sentences that belong beside every figure
   */
  record Host(Map<String, String> facts, int cores, double busyCores, List<String> notes) {

    /** Processors that a spinning thread may have for itself. */
    int freeCores() {
      return Math.max(0, (int) Math.floor(cores - busyCores + 0.3));
    }

    /** Empty when so many threads may spin, else the sentence that stands where latencies would. */
    Optional<String> refusal(final int spinningThreads) {
      if (freeCores() >= spinningThreads) {
        return Optional.empty();
      }
      final String busy = freeCores() == cores ? "" : String.format(Locale.ROOT, " (%.1f of them busy)", busyCores);
      return Optional.of("NOT A LATENCY RESULT: " + cores + " cores" + busy + ", " + spinningThreads
          + " spinning threads. Showing throughput and B/op only.");
    }
  }

  private static List<String> notes(final Map<String, String> facts, final int cores, final double busyCores) {
    final List<String> notes = new ArrayList<>();
    if (cores < 4) {
      notes.add(cores + " cores: the sender, the engine and everything else of the machine share them; latencies in"
          + " the tail are the scheduler's.");
    }
    if (busyCores > BUSY_CORES) {
      notes.add(String.format(Locale.ROOT, "Others kept %.1f cores busy just before: rates are too low, ratios of one"
          + " run hold better than the rates.", busyCores));
    }
    if ("none".equals(facts.get("isolated"))) {
      notes.add("No core is isolated from the scheduler.");
    }
    if (UNKNOWN.equals(facts.get("governor"))) {
      notes.add("The frequency governor cannot be read: a virtual machine, most likely.");
    }
    return notes;
  }

  /** Processors' worth of work over half a second in which this process sleeps. */
  private double busyCores(final int cores) {
    final Optional<long[]> before = ticks();
    LockSupport.parkNanos(SAMPLE_NS);
    final Optional<long[]> after = ticks();
    if (before.isEmpty() || after.isEmpty() || after.get()[1] <= before.get()[1]) {
      return 0;
    }
    final double busy = after.get()[0] - before.get()[0];
    return cores * busy / (after.get()[1] - before.get()[1]);
  }

  /** Busy and all ticks since the machine started. */
  private Optional<long[]> ticks() {
    final Optional<String> stat = read("proc/stat");
    if (stat.isEmpty() || !stat.get().startsWith("cpu ")) {
      return Optional.empty();
    }
    final String[] fields = stat.get().lines().findFirst().orElse("").split(" +", -1);
    long all = 0;
    long idle = 0;
    for (int i = 1; i < Math.min(fields.length, 9); i++) {
      final long ticks = Long.parseLong(fields[i]);
      all += ticks;
      idle += 4 == i || 5 == i ? ticks : 0;
    }
    return Optional.of(new long[] {all - idle, all});
  }

  private Optional<String> read(final String place) {
    try {
      return Optional.of(Files.readString(root.resolve(place)).strip());
    } catch (final IOException e) {
      return Optional.empty();
    }
  }

  private Optional<String> field(final String place, final String name) {
    return read(place).flatMap(text -> text.lines().filter(line -> line.startsWith(name))
        .map(line -> line.substring(line.indexOf(':') + 1).strip()).findFirst());
  }

  /** {@code always [madvise] never} to {@code madvise}. */
  private static String chosen(final String choices) {
    final int from = choices.indexOf('[');
    final int to = choices.indexOf(']');
    return from >= 0 && to > from ? choices.substring(from + 1, to) : choices;
  }
}
