package io.gavel.adapters.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorTest {

  @Test
  void shouldReadWhatTheKernelSays(@TempDir final Path root) throws IOException {
    write(root, "proc/cpuinfo", "processor\t: 0\nmodel name\t: Abacus 9000\n");
    write(root, "proc/meminfo", "MemTotal:       2097152 kB\nMemAvailable:   1048576 kB\n");
    write(root, "sys/devices/system/cpu/cpu0/cpufreq/scaling_governor", "powersave\n");
    write(root, "sys/kernel/mm/transparent_hugepage/enabled", "[always] madvise never\n");
    write(root, "sys/devices/system/clocksource/clocksource0/current_clocksource", "hpet\n");

    final Map<String, MachineCheck.Finding> findings = new MachineCheck(root).findings().stream()
        .collect(Collectors.toMap(MachineCheck.Finding::key, Function.identity(), (a, b) -> a));

    assertEquals("Abacus 9000", findings.get("cpu").value());
    assertEquals("2048 MiB / 1024 MiB", findings.get("memory").value());
    assertEquals(MachineCheck.Verdict.NOTE, findings.get("governor").verdict());
    assertEquals("always", findings.get("hugePages").value());
    assertEquals(MachineCheck.Verdict.NOTE, findings.get("hugePages").verdict());
    assertEquals(MachineCheck.Verdict.NOTE, findings.get("clockSource").verdict());
  }

  @Test
  void shouldSayUnknownWhereThereIsNothingToRead(@TempDir final Path root) {
    assertTrue(new MachineCheck(root).findings().stream()
        .anyMatch(f -> "governor".equals(f.key()) && "unknown".equals(f.value())));
  }

  @Test
  void shouldAnswerInTablesAndInJson() {
    final CliRun table = CliRun.of("doctor");
    final JsonNode json = CliRun.of("doctor", "--json").json();

    assertEquals(0, table.exitCode(), table.out());
    assertTrue(table.out().contains("missing flags"), table.out());
    assertTrue(json.path("checks").size() > 10, json.toString());
  }

  private static void write(final Path root, final String place, final String text) throws IOException {
    final Path file = root.resolve(place);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
