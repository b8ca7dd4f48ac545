package io.gavel.benchmarks.latency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.benchmarks.engine.Scale;
import io.gavel.benchmarks.engine.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Goal: every command is in the histogram, timed from when it was due. No figure is asserted. */
class OpenLoopTest {

  @TempDir
  private Path folder;

  @Test
  void shouldRecordEachCommandOfEachRateAndWriteItsFiles() throws IOException {
    final Workload workload = Workload.of(new Scale(50, 100, 4, 500, 1_500), 7);
    for (final Mode mode : Mode.values()) {
      final Path journal = mode.hasJournal() ? folder.resolve("journal-" + mode.label()) : null;

      final List<Stage> stages =
          new OpenLoop(workload, mode, folder, journal, "").run(List.of(10_000, 50_000), 20, 1_000);

      final Stage first = stages.get(0);
      assertEquals(200, first.latency().getTotalCount(), mode.label());
      assertTrue(first.latency().getMaxValue() <= first.elapsedNs() + 1_000_000, mode.label());
      assertTrue(Files.size(folder.resolve(mode.label() + "-10k.hgrm")) > 0, mode.label());
      assertTrue(Files.readString(folder.resolve(mode.label() + "-10k.hlog")).contains("HIST"), mode.label());
      // A machine that is busy may take a millisecond for half of them: then the next rate is not tried.
      assertEquals(first.isSaturated() ? 1 : 2, stages.size(), mode.label());
    }
  }

  @Test
  void shouldKnowWhenEachCommandIsDue() {
    final Schedule schedule = new Schedule(41, 10, 1_000, 3_000_000);

    assertEquals(0, schedule.command(41));
    assertEquals(1_000, schedule.dueNs(0));
    assertEquals(1_333, schedule.dueNs(1));
    assertEquals(1_000_001_000L, schedule.dueNs(3_000_000));
  }
}
