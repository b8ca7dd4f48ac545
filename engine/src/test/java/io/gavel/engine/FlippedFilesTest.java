package io.gavel.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Goal: a launch on a damaged journal is refused or arrives where it was, never elsewhere. Method: random bits of the
 * files of a journal of three launches, in a child JVM: damage may kill who reads it, and then that is counted.
 */
class FlippedFilesTest {

  private static final int FLIPS = Integer.getInteger("gavel.flips", 2_000);
  private static final long SEED = Long.getLong("gavel.flipSeed", 1);

  @TempDir
  private Path dir;

  @Test
  void shouldRefuseOrArriveWhereItWas() throws IOException, InterruptedException {
    final Path sound = dir.resolve("sound");
    long seen = 0;
    String hash = "";
    for (int launch = 0; launch < 3; launch++) {
      try (Gavel engine = Gavel.launch(new GavelContext().dir(sound).config(Scene.CONFIG).clock(new TestClock())
          .journalBlockBytes(64 << 10), GavelEvents.NONE)) {
        if (0 == launch) {
          Scene.open(engine);
        }
        final Random random = new Random(SEED + launch);
        for (int i = 0; i < 60; i++) {
          Scene.random(engine, random, 60 * launch + i);
          Scene.drain(engine);
        }
        seen = engine.sequence();
        hash = engine.stateHash();
      }
    }

    int refused = 0;
    int same = 0;
    int deaths = 0;
    int next = 0;
    while (next < FLIPS) {
      final Process child = ChildJvm.start(List.of(), FlippedChild.class, sound.toString(),
          dir.resolve("work").toString(), Long.toString(SEED), Integer.toString(next), Integer.toString(FLIPS),
          Long.toString(seen), hash);
      try (BufferedReader lines =
          new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.US_ASCII))) {
        for (String line = lines.readLine(); null != line; line = lines.readLine()) {
          final String[] words = line.split(" ", 2);
          assertTrue("refused".equals(words[1]) || "same".equals(words[1]), "seed " + SEED + ", flip " + line);
          refused += "refused".equals(words[1]) ? 1 : 0;
          same += "same".equals(words[1]) ? 1 : 0;
          next = Integer.parseInt(words[0]) + 1;
        }
      }
      if (0 != child.waitFor()) {
        assertTrue(child.exitValue() > 128, "the child failed at flip " + next + " of seed " + SEED);
        deaths++;
        next++;
      }
    }

    assertEquals(FLIPS, refused + same + deaths);
    assertTrue(refused > 0);
    System.out.println("| random flips through queue files in a child JVM | 2,000 | " + FLIPS + ": " + refused
        + " refused, " + same + " outside what is read, " + deaths + " killed the child, 0 wrong, seed " + SEED + " |");
  }
}
