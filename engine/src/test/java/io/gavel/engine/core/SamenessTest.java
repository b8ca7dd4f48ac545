package io.gavel.engine.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.codecs.sbe.FeeAsset;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * One seeded run in virtual machines that differ in what must not matter: interpreted, compiled by one compiler or
 * both, another collector and heap, and JDK 25 where one is installed. All end on the same state and event hash.
 */
class SamenessTest {

  private static final int COMMANDS = 3_000;

  /** Prints the hashes of a run; started in a virtual machine of its own. */
  public static void main(final String[] args) {
    final Core core = Core.spot(Core.small().withActivationDelayNs(50), 50_000, 100_000, FeeAsset.QUOTE);
    final RandomTraffic traffic = new RandomTraffic(7);
    for (int i = 0; i < COMMANDS; i++) {
      traffic.next(core);
      core.take();
    }
    System.out.println("same " + core.state().hashCode() + " " + core.machine.eventHash());
  }

  @Test
  void shouldEndOnTheSameHashOnEveryMachine() throws Exception {
    final String home = System.getProperty("java.home");
    final Map<String, List<String>> machines = new LinkedHashMap<>();
    machines.put("as the tests run", List.of(home));
    machines.put("interpreted", List.of(home, "-Xint"));
    machines.put("first compiler only", List.of(home, "-XX:TieredStopAtLevel=1"));
    machines.put("another heap", List.of(home, "-XX:+UseParallelGC", "-Xmx900m", "-XX:-UseCompressedOops"));
    final Path newer = Path.of("/usr/lib/jvm/temurin-25-jdk-amd64");
    if (Files.isExecutable(newer.resolve("bin/java"))) {
      machines.put("JDK 25", List.of(newer.toString()));
    } else {
      System.out.println("no JDK 25 in " + newer + ": compared on this JDK only");
    }
    final Map<String, String> results = new LinkedHashMap<>();
    for (final Map.Entry<String, List<String>> machine : machines.entrySet()) {
      results.put(machine.getKey(), run(machine.getValue()));
    }

    final String first = results.values().iterator().next();
    results.forEach((name, result) -> assertEquals(first, result, name));
    assertTrue(first.startsWith("same "), first);
  }

  private static String run(final List<String> homeAndFlags) throws IOException, InterruptedException {
    final List<String> command = new ArrayList<>();
    command.add(homeAndFlags.get(0) + File.separator + "bin" + File.separator + "java");
    command.addAll(homeAndFlags.subList(1, homeAndFlags.size()));
    command.add("-XX:+IgnoreUnrecognizedVMOptions");
    command.add("--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED");
    command.add("--sun-misc-unsafe-memory-access=allow");
    command.add("-cp");
    command.add(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(SamenessTest.class.getName());
    final Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    final String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(2, TimeUnit.MINUTES), "still running");
    final String last = output.strip().lines().reduce("", (before, line) -> line);
    assertEquals(0, process.exitValue(), output);
    return last;
  }
}
