package io.gavel.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Goal: nothing phones home. Method: watch the system calls of a child with strace; without it, take its network. */
class NoSocketTest {

  @TempDir
  private Path dir;

  @Test
  void shouldNotHaveTheAnalyticsOnTheClassPath() {
    assertThrows(ClassNotFoundException.class, () -> Class.forName("net.openhft.chronicle.analytics.Analytics"));
    assertThrows(ClassNotFoundException.class, () -> Class.forName("net.openhft.chronicle.analytics.AnalyticsFacade"));
  }

  @Test
  void shouldNotConnectOrSendWhileItJournals() throws IOException, InterruptedException {
    final Path trace = dir.resolve("trace");
    final boolean traced = works(List.of("strace", "-V"));
    final boolean fenced = !traced && works(List.of("unshare", "-rn", "true"));
    final List<String> prefix = traced
        ? List.of("strace", "-f", "-qq", "-e", "trace=network", "-o", trace.toString())
        : fenced ? List.of("unshare", "-rn") : List.of();
    System.out.println("watched by " + (traced ? "strace" : fenced ? "a fence without a network" : "nothing"));

    final Process child = ChildJvm.start(prefix, RoundTripChild.class, dir.resolve("engine").toString());
    assertTrue(child.waitFor(60, TimeUnit.SECONDS));
    assertEquals(0, child.exitValue());
    if (traced) {
      final List<String> calls = Files.readAllLines(trace);
      assertEquals(List.of(), calls.stream()
          .filter(call -> call.contains("connect(") || call.contains("send"))
          .filter(call -> call.contains("AF_INET")).toList());
    }
  }

  private static boolean works(final List<String> command) throws InterruptedException {
    try {
      final Process process = new ProcessBuilder(command).redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
      return 0 == process.waitFor();
    } catch (final IOException ex) {
      return false;
    }
  }
}
