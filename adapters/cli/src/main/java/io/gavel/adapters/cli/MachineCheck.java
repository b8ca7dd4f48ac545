package io.gavel.adapters.cli;

import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Looks at the machine and the virtual machine: only reads, and what cannot be read is said to be unknown. */
final class MachineCheck {

  private static final String UNKNOWN = "unknown";
  private static final int LATENCY_CORES = 4;
  private static final long MIB = 1 << 20;

  private final Path root;
  private final List<Finding> findings = new ArrayList<>();

  /** {@code root} is where proc and sys are looked for: the root directory but in tests. */
  MachineCheck(final Path root) {
    this.root = root;
  }

  /** What the tool makes of a finding. */
  enum Verdict {
    /** As it should be. */
    OK,
    /** Works, but it bears on measurements or leaves something out. */
    NOTE,
    /** Must be mended before the engine starts. */
    MISSING
  }

  /**
   * One line of the answer.
   *
   * @param remarkKey   text key of the advice, or empty
   * @param remarkValue what the advice names, for instance the missing flag
   */
  record Finding(String key, String value, Verdict verdict, String remarkKey, String remarkValue) {
  }

  List<Finding> findings() {
    findings.clear();
    processors();
    memory();
    kernel();
    javaMachine();
    flags();
    places();
    return List.copyOf(findings);
  }

  private void processors() {
    final int cores = Runtime.getRuntime().availableProcessors();
    final String model = firstMatch(root.resolve("proc/cpuinfo"), "model name").orElse(UNKNOWN);
    add("cpu", model, Verdict.OK, "", "");
    if (cores < LATENCY_CORES) {
      add("cores", String.valueOf(cores), Verdict.NOTE, "doctor.advice.fewCores", String.valueOf(LATENCY_CORES));
    } else {
      add("cores", String.valueOf(cores), Verdict.OK, "", "");
    }
    final String isolated = read("sys/devices/system/cpu/isolated").orElse("");
    add("isolated", isolated.isEmpty() ? "-" : isolated, Verdict.OK, "", "");
    final String governor = read("sys/devices/system/cpu/cpu0/cpufreq/scaling_governor").orElse(UNKNOWN);
    final boolean steady = "performance".equals(governor) || UNKNOWN.equals(governor);
    add("governor", governor, steady ? Verdict.OK : Verdict.NOTE, steady ? "" : "doctor.advice.governor", "");
    read("proc/loadavg").ifPresent(load -> add("load", load.replaceAll(" [^ ]+ [^ ]+$", ""), Verdict.OK, "", ""));
  }

  private void memory() {
    final String total = firstMatch(root.resolve("proc/meminfo"), "MemTotal").map(MachineCheck::mib).orElse(UNKNOWN);
    final String available =
        firstMatch(root.resolve("proc/meminfo"), "MemAvailable").map(MachineCheck::mib).orElse(UNKNOWN);
    add("memory", total + " / " + available, Verdict.OK, "", "");
    add("heap", Runtime.getRuntime().maxMemory() / MIB + " MiB", Verdict.OK, "", "");
  }

  private void kernel() {
    add("os", System.getProperty("os.name", UNKNOWN) + " " + System.getProperty("os.version", "") + " "
        + System.getProperty("os.arch", ""), Verdict.OK, "", "");
    final String pages = read("sys/kernel/mm/transparent_hugepage/enabled").map(MachineCheck::chosen).orElse(UNKNOWN);
    final boolean always = "always".equals(pages);
    add("hugePages", pages, always ? Verdict.NOTE : Verdict.OK, always ? "doctor.advice.hugePages" : "", "");
    final String clock = read("sys/devices/system/clocksource/clocksource0/current_clocksource").orElse(UNKNOWN);
    final boolean slow = !UNKNOWN.equals(clock) && !"tsc".equals(clock) && !"arch_sys_counter".equals(clock)
        && !"kvm-clock".equals(clock);
    add("clockSource", clock, slow ? Verdict.NOTE : Verdict.OK, slow ? "doctor.advice.clockSource" : "", "");
  }

  private void javaMachine() {
    final int feature = Runtime.version().feature();
    add("java", System.getProperty("java.vm.name", UNKNOWN) + " " + Runtime.version(), Verdict.OK,
        feature < 25 ? "doctor.advice.java25" : "", "");
    add("collector", ManagementFactory.getGarbageCollectorMXBeans().stream().map(GarbageCollectorMXBean::getName)
        .collect(Collectors.joining(", ")), Verdict.OK, "", "");
  }

  private void flags() {
    final List<String> missing = JvmFlags.missing();
    if (missing.isEmpty()) {
      add("flags", "-", Verdict.OK, "", "");
    }
    for (final String flag : missing) {
      add("flags", flag, Verdict.MISSING, "doctor.advice.addFlag", flag);
    }
  }

  private void places() {
    final Path temporary = Path.of(System.getProperty("java.io.tmpdir", "/tmp"));
    final boolean writable = Files.isWritable(temporary);
    add("tmp", temporary + (writable ? " " + freeMib(temporary) + " MiB" : ""),
        writable ? Verdict.OK : Verdict.MISSING, writable ? "" : "doctor.advice.tmp", temporary.toString());
    final Optional<Path> browser = browser();
    add("chromium", browser.map(Path::toString).orElse("-"), browser.isPresent() ? Verdict.OK : Verdict.NOTE,
        browser.isPresent() ? "" : "doctor.advice.chromium", "");
  }

  private void add(
      final String key, final String value, final Verdict verdict, final String remarkKey, final String remarkValue) {
    findings.add(new Finding(key, value, verdict, remarkKey, remarkValue));
  }

  private Optional<String> read(final String place) {
    try {
      return Optional.of(Files.readString(root.resolve(place)).strip());
    } catch (final IOException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> firstMatch(final Path file, final String field) {
    try {
      return Files.readAllLines(file).stream().filter(line -> line.startsWith(field))
          .map(line -> line.substring(line.indexOf(':') + 1).strip()).findFirst();
    } catch (final IOException e) {
      return Optional.empty();
    }
  }

  /** {@code 24000000 kB} as mebibytes. */
  private static String mib(final String kib) {
    final String digits = kib.replaceAll("[^0-9]", "");
    return digits.isEmpty() ? UNKNOWN : Long.parseLong(digits) / 1024 + " MiB";
  }

  /** {@code always [madvise] never} to {@code madvise}. */
  private static String chosen(final String choices) {
    final int from = choices.indexOf('[');
    final int to = choices.indexOf(']');
    return from >= 0 && to > from ? choices.substring(from + 1, to) : choices;
  }

  private static long freeMib(final Path place) {
    try {
      return Files.getFileStore(place).getUsableSpace() / MIB;
    } catch (final IOException e) {
      return 0;
    }
  }

  private static Optional<Path> browser() {
    for (final String directory : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
      for (final String name : List.of("chromium", "chromium-browser", "google-chrome", "chrome")) {
        final Path candidate = Path.of(directory.isEmpty() ? "." : directory, name);
        if (Files.isExecutable(candidate)) {
          return Optional.of(candidate);
        }
      }
    }
    return Optional.empty();
  }
}
