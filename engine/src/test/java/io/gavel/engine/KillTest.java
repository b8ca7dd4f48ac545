package io.gavel.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.codecs.EventDescriptor;
import io.gavel.codecs.sbe.CommandAnswerDecoder;
import io.gavel.engine.egress.EventKey;
import io.gavel.engine.journal.JournalScan;
import io.gavel.engine.replay.EventLog;
import io.gavel.engine.replay.ReplayVerifier;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Goal: the death of a process loses nothing that anybody was told of. Method: kill -9 a child in the middle of its
 * stream, again and again in one directory; the parent has the acknowledgements through a pipe.
 */
class KillTest {

  private static final int KILLS = 10;

  @TempDir
  private Path dir;

  @Test
  void shouldHaveEveryAcknowledgedCommandAfterAKill() throws IOException, InterruptedException {
    final long seed = 20_240_805;
    System.out.println("seed " + seed);
    final Random random = new Random(seed);
    final Set<Long> acknowledged = new HashSet<>();
    for (int kill = 0; kill < KILLS; kill++) {
      final Process child = ChildJvm.start(java.util.List.of(), KilledChild.class,
          dir.toString(), Long.toString(1_000_000L * (kill + 1)));
      readAcknowledgements(child, 100 + random.nextInt(3_000), acknowledged);
      child.waitFor();

      final Set<Long> found = new HashSet<>();
      final CommandAnswerDecoder answer = new CommandAnswerDecoder();
      EventLog.deliver(dir, 0, 0, Long.MAX_VALUE, (buffer, offset, length) -> {
        if (EventKey.isAnswer(buffer, offset)) {
          answer.wrap(buffer, offset + EventDescriptor.HEADER_LENGTH, EventKey.blockLength(buffer, offset),
              EventKey.version(buffer, offset));
          assertTrue(0 == answer.correlationId() || found.add(answer.correlationId()), "twice in the journal");
        }
      });
      acknowledged.removeAll(found);
      assertEquals(Set.of(), acknowledged, "lost after kill " + kill);
      final JournalScan.Result scan = ReplayVerifier.verify(dir);
      assertEquals(JournalScan.Status.CLEAN, scan.status(), () -> "after a kill: " + scan);
      acknowledged.addAll(found);
    }
    System.out.println(KILLS + " kills, " + acknowledged.size() + " answered, 0 lost");
  }

  /** Reads {@code count} lines, and whatever else the pipe holds when the child has died. */
  private static void readAcknowledgements(final Process child, final int count, final Set<Long> into)
      throws IOException {
    try (BufferedReader lines = new BufferedReader(
        new InputStreamReader(child.getInputStream(), StandardCharsets.US_ASCII))) {
      int read = 0;
      String line = lines.readLine();
      while (null != line) {
        if (line.endsWith(";")) {
          into.add(Long.parseLong(line.substring(0, line.length() - 1)));
        }
        read++;
        if (read == count) {
          // Through the handle: the process itself would close the pipe, and what it still holds counts.
          assertTrue(child.toHandle().destroyForcibly());
        }
        line = lines.readLine();
      }
      assertTrue(read >= count, "the child ended by itself after " + read + " lines");
    }
  }
}
