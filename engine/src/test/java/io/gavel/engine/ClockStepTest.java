package io.gavel.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.engine.journal.JournalScan;
import io.gavel.engine.replay.ReplayListener;
import io.gavel.engine.replay.ReplayResult;
import io.gavel.engine.replay.ReplayVerifier;
import io.gavel.engine.replay.Replayer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Goal: whatever the clock does, order stays, time never goes back, no timer is skipped or runs out twice. Method: a
 * child's clock steps forth and back in its life, and between its lives; a restart with the clock in the past is among
 * them.
 */
class ClockStepTest {

  @TempDir
  private Path dir;

  @ParameterizedTest
  @CsvSource({"1 ms, 1000000", "1 h, 3600000000000", "1 day, 86400000000000", "10 yr, 315360000000000000"})
  void shouldKeepOrderAndTimersWhenTheClockSteps(final String step, final long stepNs)
      throws IOException, InterruptedException {
    final Process child = ChildJvm.start(
        java.util.List.of(), ClockStepChild.class, dir.toString(), Long.toString(stepNs));
    final String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).trim();
    assertEquals(0, child.waitFor(), said);

    assertEquals("marks 48, timers 48, expired once 48, faults 0", said, "step " + step);
    final JournalScan.Result scan = ReplayVerifier.verify(dir);
    assertEquals(JournalScan.Status.CLEAN, scan.status(), scan.toString());
    final ReplayResult replay = Replayer.replay(dir, ReplayListener.NONE);
    assertEquals(ReplayResult.Comparison.SAME, replay.comparison());
    assertTrue(replay.sequence() > 150, "frames " + replay.sequence());
    System.out.println("clock steps of +-" + step + ": " + said + ", " + replay.sequence() + " frames in order");
  }
}
