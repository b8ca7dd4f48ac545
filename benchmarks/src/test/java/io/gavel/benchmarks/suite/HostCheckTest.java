package io.gavel.benchmarks.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.benchmarks.suite.HostCheck.Host;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostCheckTest {

  @TempDir
  private Path root;

  @Test
  void shouldReadWhatTheMachineSaysOfItself() throws IOException {
    write("proc/cpuinfo", "processor : 0\nmodel name : AMD EPYC 9354P\n");
    write("proc/stat", "cpu  10 0 10 80 0 0 0 0\n");
    write("sys/kernel/mm/transparent_hugepage/enabled", "always [madvise] never");
    write("sys/devices/system/clocksource/clocksource0/current_clocksource", "tsc\n");

    final Host host = new HostCheck(root).look("abc1234");

    assertEquals("AMD EPYC 9354P", host.facts().get("processor"));
    assertEquals("madvise", host.facts().get("huge pages"));
    assertEquals("tsc", host.facts().get("clock source"));
    assertEquals("unknown", host.facts().get("governor"));
    assertEquals("none", host.facts().get("isolated"));
    assertEquals("abc1234", host.facts().get("revision"));
    assertTrue(host.notes().stream().anyMatch(note -> note.startsWith("The frequency governor cannot be read")));
  }

  @Test
  void shouldRefuseMoreSpinningThreadsThanCoresAreFree() {
    assertTrue(SampleResults.host(2, 0.1).refusal(2).isEmpty());
    assertEquals("NOT A LATENCY RESULT: 2 cores, 3 spinning threads. Showing throughput and B/op only.",
        SampleResults.host(2, 0.1).refusal(3).orElseThrow());
    assertEquals("NOT A LATENCY RESULT: 2 cores (1.4 of them busy), 1 spinning threads."
        + " Showing throughput and B/op only.", SampleResults.host(2, 1.4).refusal(1).orElseThrow());
  }

  private void write(final String place, final String text) throws IOException {
    final Path file = root.resolve(place);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
