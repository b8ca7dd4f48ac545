package io.gavel.adapters.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Goal: the launcher gives the flags that the tests run with. Method: compare the script with the parent's pom. */
class LauncherTest {

  private static final Pattern FLAGS = Pattern.compile("<gavel.flags>([^<]+)</gavel.flags>");
  private static final Path ROOT = Path.of(System.getProperty("gavel.root"));

  @Test
  void shouldGiveEveryFlagOfThePom() throws IOException {
    final Matcher flags = FLAGS.matcher(Files.readString(ROOT.resolve("pom.xml")));
    assertTrue(flags.find());
    final String script = Files.readString(ROOT.resolve("gavel"));

    for (final String flag : flags.group(1).trim().split("\\s+", -1)) {
      assertTrue(script.contains(flag), flag);
    }
  }

  @Test
  void shouldBeAScriptThatParsesAndMayBeRun() throws IOException, InterruptedException {
    final Path script = ROOT.resolve("gavel");

    assertTrue(Files.isExecutable(script));
    final Process check = new ProcessBuilder("bash", "-n", script.toString()).inheritIO().start();
    assertEquals(0, check.waitFor());
  }

  @Test
  void shouldMissNoFlagUnderTest() {
    assertEquals(List.of(), JvmFlags.missing());
  }
}
