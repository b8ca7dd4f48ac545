package io.gavel.engine;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts a main class of the tests in a JVM of its own, with the flags of this one. */
final class ChildJvm {

  private ChildJvm() {
  }

  /** The Java of the children: this one, unless {@code gavel.child.java} names another binary. */
  static String java() {
    return System.getProperty("gavel.child.java", Path.of(System.getProperty("java.home"), "bin", "java").toString());
  }

  static Process start(final List<String> prefix, final Class<?> main, final String... arguments) throws IOException {
    final List<String> command = new ArrayList<>(prefix);
    command.add(java());
    for (final String flag : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      if (flag.startsWith("--") || flag.startsWith("-XX:")) {
        command.add(flag);
      }
    }
    command.addAll(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-Xshare:auto", "-cp",
        System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }
}
