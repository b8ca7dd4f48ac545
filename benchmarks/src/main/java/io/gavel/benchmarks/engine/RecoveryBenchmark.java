package io.gavel.benchmarks.engine;

import io.gavel.codecs.sbe.OrdType;
import io.gavel.codecs.sbe.OrderAcceptedDecoder;
import io.gavel.codecs.sbe.Side;
import io.gavel.engine.Gavel;
import io.gavel.engine.GavelContext;
import io.gavel.engine.GavelEvents;
import io.gavel.engine.core.CoreConfig;
import io.gavel.engine.journal.ChronicleJournal;
import io.gavel.engine.journal.DurabilityLevel;
import io.gavel.engine.replay.RecoveryProgress;
import io.gavel.engine.snapshot.DirectorySnapshotStore;
import io.gavel.engine.snapshot.SnapshotReader;
import io.gavel.engine.snapshot.SnapshotSummary;
import io.gavel.engine.snapshot.SnapshotWriter;
import io.gavel.engine.snapshot.StateHash;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * How long a crashed engine takes to its first accepted command: a journal with a large house in it, a snapshot of
 * that, a tail of commands behind it; then a new process, timed from its start. The directory is built once and left
 * as it was after each launch.
 */
@Command(name = "recovery", mixinStandardHelpOptions = true, sortOptions = false,
    description = "Times a cold launch on a snapshot and the tail of a journal, to the first accepted command.")
public final class RecoveryBenchmark implements Callable<Integer> {

  private static final int FRAMES_PER_COMMIT = 256;
  private static final String ACCEPTED = "accepted";

  @Option(names = "--dir", required = true, description = "where the engine is; built when there is none")
  private Path dir = Path.of("");

  @Option(names = "--accounts", description = "funded accounts (default ${DEFAULT-VALUE})")
  private int accounts = 1_000_000;

  @Option(names = "--orders", description = "open orders, about (default ${DEFAULT-VALUE})")
  private int orders = 1_000_000;

  @Option(names = "--rules", description = "armed rules (default ${DEFAULT-VALUE})")
  private int rules = 1_000_000;

  @Option(names = "--tail", description = "commands behind the snapshot (default ${DEFAULT-VALUE})")
  private long tail = 10_000_000;

  @Option(names = "--repeat", description = "launches (default ${DEFAULT-VALUE})")
  private int repeat = 5;

  @Option(names = "--jvm", description = "an option for the launched process; again for more", arity = "1")
  private List<String> jvm = new ArrayList<>();

  @Option(names = "--launch", description = "be the launched process")
  private boolean launch;

  public static void main(final String[] args) {
    System.exit(new CommandLine(new RecoveryBenchmark()).execute(args));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (launch) {
      launched();
      return 0;
    }
    if (!ChronicleJournal.exists(dir)) {
      build();
    }
    final Set<Path> before = entries();
    final long[] millis = new long[repeat];
    for (int i = 0; i < repeat; i++) {
      millis[i] = timed();
      restore(before);
    }
    Arrays.sort(millis);
    say("cold launch to the first accepted command: median %,d ms, least %,d, most %,d, of %d", millis[repeat / 2],
        millis[0], millis[repeat - 1], repeat);
    return 0;
  }

  /** Writes journal and snapshot as an engine would have. */
  private void build() {
    final Scale scale = new Scale(accounts, orders, 16, 0, tail);
    final CoreConfig config = CoreConfig.standard().withCapacities(accounts + 1, orders + orders / 2, rules + 2_048,
        2 * accounts + 2);
    final ChronicleJournal journal = new ChronicleJournal(dir, 16 << 20, 1L << 30);
    journal.resume(journal.tailer());
    final long[] frames = {0};
    final OrderMix mix = new OrderMix(scale, 3, (buffer, offset, length) -> { }, config, (buffer, offset, length) -> {
      journal.append(buffer, offset, length);
      if (0 == ++frames[0] % FRAMES_PER_COMMIT) {
        journal.commit(DurabilityLevel.PROCESS);
      }
    });
    final PlainCore core = mix.rest();
    Founding.writeRules(accounts, rules, core);
    final long beganNs = System.nanoTime();
    final DirectorySnapshotStore store = new DirectorySnapshotStore(dir);
    final SnapshotSummary snapshot = SnapshotWriter.write(core.machine(), core.chain(), store);
    say("snapshot    sequence %,d, %,d bytes, written in %,d ms: %,d accounts, %,d orders, %,d rules",
        snapshot.sequence(), snapshot.length(), (System.nanoTime() - beganNs) / 1_000_000,
        core.machine().risk().accountCount(), core.machine().orderPool().size(), core.machine().rules().size());
    mix.commands(tail);
    journal.commit(DurabilityLevel.PROCESS);
    journal.close();
    say("built       sequence %,d, state hash %s", core.machine().sequence(),
        StateHash.of(core.machine().businessState()));
    try (SnapshotReader reader = SnapshotReader.open(store, snapshot.sequence())) {
      reader.lengths().forEach((name, length) -> say("  %-20s %,15d bytes", name, length));
    }
  }

  private long timed() throws IOException, InterruptedException {
    final List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java")
        .toString()));
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--") || argument.startsWith("-D")
            || argument.contains("IgnoreUnrecognized")).forEach(command::add);
    command.addAll(jvm);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), RecoveryBenchmark.class.getName(),
        "--launch", "--dir", dir.toString()));
    final long beganNs = System.nanoTime();
    final Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    long millis = -1;
    try (var lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); null != line; line = lines.readLine()) {
        if (line.startsWith(ACCEPTED)) {
          millis = (System.nanoTime() - beganNs) / 1_000_000;
        }
        say("  %,6d ms  %s", (System.nanoTime() - beganNs) / 1_000_000, line);
      }
    }
    if (0 != process.waitFor() || millis < 0) {
      throw new IllegalStateException("the launched process failed");
    }
    return millis;
  }

  private void launched() {
    final boolean[] accepted = {false};
    final RecoveryProgress.Phase[] phase = {RecoveryProgress.Phase.DONE};
    final GavelContext context = new GavelContext().dir(dir).onRecovery(progress -> {
      if (phase[0] != progress.phase()) {
        phase[0] = progress.phase();
        say("%s, sequence %,d, %,d ms since main, of the processor %,d ms", progress.phase(), progress.sequence(),
            progress.elapsedNs() / 1_000_000, processorMillis());
      }
    });
    final Gavel engine = Gavel.launch(context, new GavelEvents() {
      @Override
      public void onOrderAccepted(final OrderAcceptedDecoder order) {
        accepted[0] = true;
      }
    });
    engine.orders().place(order -> order.acct("account-1").instId("BTC-USD").side(Side.BUY).ordType(OrdType.LIMIT)
        .px("9500").sz("0.001"));
    while (!accepted[0]) {
      engine.doWork();
    }
    say("%s, of the processor %,d ms; %s", ACCEPTED, processorMillis(), engine.recovery());
    // As after a crash: nothing is closed.
    System.out.flush();
    System.exit(0);
  }

  /** What this thread has had: it says more than the clock where others are at work. */
  private static long processorMillis() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1_000_000;
  }

  private Set<Path> entries() throws IOException {
    try (Stream<Path> paths = Files.walk(dir)) {
      return new TreeSet<>(paths.toList());
    }
  }

  private void restore(final Set<Path> before) throws IOException {
    for (final Path path : entries().stream().filter(entry -> !before.contains(entry)).sorted(
        Comparator.reverseOrder()).toList()) {
      try {
        Files.delete(path);
      } catch (final IOException ex) {
        throw new UncheckedIOException("cannot delete " + path, ex);
      }
    }
  }

  private static void say(final String format, final Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
