package io.gavel.benchmarks.suite;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs one Java process and returns what it printed. The same binary, heap and flags for all who are compared. Its
 * standard error is kept apart and told when it fails.
 */
final class Fork {

  /** Every fork has these, ours and the peers'. */
  static final List<String> FLAGS = List.of(
      "-XX:+IgnoreUnrecognizedVMOptions",
      "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED",
      "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
      "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
      "--add-opens=java.base/java.lang=ALL-UNNAMED",
      "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED",
      "--enable-native-access=ALL-UNNAMED",
      "--sun-misc-unsafe-memory-access=allow",
      "-Dchronicle.analytics.disable=true",
      "-Dfile.encoding=UTF-8");

  /** What the order books play under, in addition. */
  static final List<String> TAPE_FLAGS = List.of(
      "-Xms2g", "-Xmx2g", "-XX:+UseParallelGC", "-XX:+UseTransparentHugePages", "-XX:-UsePerfData");

  private static final long TIMEOUT_MINUTES = 30;

  private final List<String> command = new ArrayList<>();
  private final String what;

  Fork(final String what, final List<String> flags, final String classPath, final String mainClass) {
    this.what = what;
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(FLAGS);
    command.addAll(flags);
    command.addAll(List.of("-cp", classPath, mainClass));
  }

  Fork with(final String... arguments) {
    command.addAll(List.of(arguments));
    return this;
  }

  /** Runs to its end. Anything but exit code 0 is a {@link ForkException}, which says what the process said. */
  String run() throws IOException, ForkException {
    final Path errors = Files.createTempFile("gavel-bench", ".err");
    final Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
    try {
      final String out;
      try (InputStream in = process.getInputStream()) {
        out = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      }
      if (!process.waitFor(TIMEOUT_MINUTES, TimeUnit.MINUTES)) {
        throw new ForkException(what + ": no end after " + TIMEOUT_MINUTES + " minutes");
      }
      if (0 != process.exitValue()) {
        throw new ForkException(what + ": exit code " + process.exitValue() + ": " + lastLines(errors));
      }
      return out;
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ForkException(what + ": interrupted");
    } finally {
      process.destroyForcibly();
      Files.deleteIfExists(errors);
    }
  }

  private static String lastLines(final Path errors) throws IOException {
    final List<String> lines = Files.readAllLines(errors);
    return String.join(" | ", lines.subList(Math.max(0, lines.size() - 3), lines.size()));
  }

  /** A process that gave no figures. */
  static final class ForkException extends Exception {

    private static final long serialVersionUID = 1L;

    ForkException(final String message) {
      super(message);
    }
  }
}
