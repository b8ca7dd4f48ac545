package io.gavel.benchmarks.suite;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Who plays a tape, each with a class path of its own.
 *
 * @param name      as in tables
 * @param mainClass what a fork runs
 * @param classPath of that fork, and of no other
 */
record Contender(String name, String mainClass, String classPath) {

  static final String OURS = "gavel";

  private static final String PACKAGE = "io.gavel.benchmarks.peers.";

  /** Ours first, then the peers that are built; of the others their names. */
  static List<Contender> all(final Path benchmarks, final List<String> missing) {
    final List<Contender> all = new ArrayList<>();
    all.add(new Contender(OURS, PACKAGE + "gavel.Peer", System.getProperty("java.class.path")));
    for (final String name : List.of("exchange-core", "parity", "treemap")) {
      final Path target = benchmarks.resolve("peers").resolve(name).resolve("target");
      if (Files.isDirectory(target.resolve("classes"))) {
        all.add(new Contender(name, PACKAGE + name.replace("-", "") + ".Peer",
            target.resolve("classes") + ":" + target.resolve("lib") + "/*"));
      } else {
        missing.add(name);
      }
    }
    return all;
  }
}
