package io.gavel.benchmarks.suite;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gavel.adapters.market.flow.FlowScenario;
import io.gavel.benchmarks.suite.Fork.ForkException;
import io.gavel.benchmarks.suite.HostCheck.Host;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs the parts of a profile, each in processes of their own; what does not run is a problem, not an end. */
final class Sections {

  private static final List<String> ENGINE_FLAGS = List.of("-Xms2g", "-Xmx2g", "-XX:MaxDirectMemorySize=8g",
      "-XX:+UseParallelGC", "-XX:+UseTransparentHugePages");
  /** Each waits for the one before: more would say no more. */
  private static final int LOOP_COMMANDS = 300_000;
  private static final String MICRO = "A0Baseline|OrderBookBenchmark";

  private final Profile profile;
  private final Path out;
  private final Host host;
  private final TapeFiles tapes;
  private final SideBySide sideBySide;
  private final Progress progress;
  private final List<String> problems;
  private final ObjectMapper mapper = new ObjectMapper();
  private final String classPath = System.getProperty("java.class.path");

  Sections(final Profile profile, final Path out, final Host host, final TapeFiles tapes,
      final SideBySide sideBySide, final Progress progress, final List<String> problems) {
    this.profile = profile;
    this.out = out;
    this.host = host;
    this.tapes = tapes;
    this.sideBySide = sideBySide;
    this.progress = progress;
    this.problems = problems;
  }

  /** The five scenarios. */
  List<BookRow> flows() throws IOException {
    final List<BookRow> rows = new ArrayList<>();
    for (final FlowScenario scenario : FlowScenario.values()) {
      rows.add(sideBySide.play(tapes.flow(scenario, profile.flowOrders()), profile.rounds(), profile.passMillis()));
    }
    return rows;
  }

  /** The book alone, by how many orders rest in it. */
  List<BookRow> books() throws IOException {
    final List<BookRow> rows = new ArrayList<>();
    for (final int resting : profile.resting()) {
      rows.add(sideBySide.play(tapes.mix(resting), profile.bookRounds(), profile.bookMillis()));
    }
    return rows;
  }

  /** INVOKER and DEDICATED, journal off and on; empty when it did not run. */
  JsonNode engine() throws IOException {
    final Path json = out.resolve("engine.json");
    return fork("whole engine", "io.gavel.benchmarks.engine.EngineBenchmark", json, "core", "invoker", "dedicated",
        "invoker-journal", "dedicated-journal", "--commands", String.valueOf(profile.engineCommands()), "--warm-up",
        String.valueOf(profile.engineCommands()), "--repeat", String.valueOf(profile.engineRepeat()), "--json",
        json.toString());
  }

  /** One command at a time; empty when it did not run, or when the machine is too busy for two spinning threads. */
  JsonNode closedLoop() throws IOException {
    final Path json = out.resolve("closed-loop.json");
    if (host.freeCores() < 2) {
      problems.add("closed loop: " + host.refusal(2).orElse(""));
      return mapper.createObjectNode();
    }
    final String commands = String.valueOf(Math.min(LOOP_COMMANDS, profile.engineCommands()));
    return fork("closed loop", "io.gavel.benchmarks.engine.EngineBenchmark", json, "loop", "--commands", commands,
        "--warm-up", commands, "--json", json.toString());
  }

  /** The open loop; empty when it did not run. */
  JsonNode latency() throws IOException {
    final Path json = out.resolve("latency.json");
    return fork("open loop", "io.gavel.benchmarks.latency.LatencyBenchmark", json, "--rates", profile.rates(),
        "--millis", String.valueOf(profile.rateMillis()), "--free-cores", String.valueOf(host.freeCores()),
        "--warm-up", String.valueOf(profile.engineCommands() / 2), "--out", out.toString(), "--json",
        json.toString());
  }

  /** JMH; empty when it did not run. A profiler is one of JMH's, such as {@code perfasm}. */
  JsonNode micro(final String profiler) throws IOException {
    final Path json = out.resolve("jmh.json");
    final List<String> arguments = new ArrayList<>(List.of(MICRO, "-foe", "true", "-prof", "gc", "-rf", "json",
        "-rff", json.toString(), "-p", "orders=1000"));
    if (Profile.QUICK == profile) {
      arguments.addAll(List.of("-f", "1", "-wi", "3", "-w", "300ms", "-i", "5", "-r", "300ms"));
    } else if (Profile.SMOKE == profile) {
      arguments.addAll(List.of("-f", "1", "-wi", "0", "-i", "1", "-r", "10ms"));
    }
    if (!profiler.isEmpty()) {
      arguments.addAll(List.of("-prof", profiler));
    }
    return fork("JMH", "org.openjdk.jmh.Main", json, arguments.toArray(new String[0]));
  }

  private JsonNode fork(final String what, final String mainClass, final Path json, final String... arguments)
      throws IOException {
    progress.step(what);
    try {
      new Fork(what, ENGINE_FLAGS, classPath, mainClass).with(arguments).run();
      return mapper.readTree(json.toFile());
    } catch (final ForkException e) {
      problems.add(String.valueOf(e.getMessage()));
      return mapper.createObjectNode();
    }
  }
}
