package io.gavel.adapters.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The examples in the module's README: what goes in and what comes out, in order of the page. */
public final class ReadmeBlocks {

  private static final String IN = "```json in";
  private static final String OUT = "```json out";
  private static final String END = "```";
  private static final String RELAUNCH = "<!-- relaunch -->";

  /** One example; {@code relaunch} ends the session in front of it. */
  public record Example(boolean relaunch, List<String> in, List<String> out) {
  }

  private ReadmeBlocks() {
  }

  public static String text() throws IOException {
    return Files.readString(Path.of(System.getProperty("gavel.root"), "adapters/cli/README.md"));
  }

  public static List<Example> examples() throws IOException {
    final List<Example> examples = new ArrayList<>();
    List<String> in = new ArrayList<>();
    List<String> current = null;
    boolean relaunch = false;
    for (final String line : text().lines().toList()) {
      if (RELAUNCH.equals(line)) {
        relaunch = true;
      } else if (IN.equals(line)) {
        in = new ArrayList<>();
        current = in;
      } else if (OUT.equals(line)) {
        current = new ArrayList<>();
        examples.add(new Example(relaunch, in, current));
        relaunch = false;
        in = new ArrayList<>();
      } else if (END.equals(line)) {
        current = null;
      } else if (null != current) {
        current.add(line);
      }
    }
    return examples;
  }
}
