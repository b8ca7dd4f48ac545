package io.gavel.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.engine.replay.ReplayListener;
import io.gavel.engine.replay.ReplayResult;
import io.gavel.engine.replay.Replayer;
import io.gavel.engine.replay.StoredHash;
import io.gavel.engine.snapshot.DirectorySnapshotStore;
import io.gavel.engine.snapshot.SnapshotReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Directories of engines as earlier builds left them, one for each schema version: journal, snapshot and stored hash.
 * Whatever is changed since, each must come to its hash from the first frame and from its snapshot alike. Made by
 * {@link GoldenFixtures}.
 */
class GoldenFixtureTest {

  private static final Path GOLDEN =
      Path.of(System.getProperty("gavel.root"), "engine/src/test/resources/io/gavel/engine/golden");

  static List<String> fixtures() throws IOException {
    try (Stream<Path> folders = Files.list(GOLDEN)) {
      return folders.map(folder -> folder.getFileName().toString()).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void shouldComeToItsHashFromTheFirstFrameAndFromItsSnapshot(final String name, @TempDir final Path dir)
      throws IOException {
    copy(GOLDEN.resolve(name), dir);
    final StoredHash stored = StoredHash.read(dir);
    assertNotNull(stored);

    final ReplayResult replayed = Replayer.replay(dir, ReplayListener.NONE);
    assertEquals(ReplayResult.Comparison.SAME, replayed.comparison());
    assertEquals(stored.stateHash(), replayed.stateHash());

    final DirectorySnapshotStore store = new DirectorySnapshotStore(dir);
    final long sequence = store.list()[0];
    try (SnapshotReader reader = SnapshotReader.open(store, sequence)) {
      reader.verify();
      assertEquals(sequence, reader.restore(true).sequence());
    }
    try (Gavel engine = Gavel.launch(
        new GavelContext().dir(dir).clock(new TestClock()).compareSnapshot(true), GavelEvents.NONE)) {
      assertEquals(sequence, engine.recovery().snapshotSequence());
      assertTrue(engine.recovery().frames() > 0);
      assertEquals(stored.stateHash(), engine.recovery().stateHash());
      assertFalse(engine.isHalted());
    }
  }

  private static void copy(final Path from, final Path to) throws IOException {
    try (Stream<Path> paths = Files.walk(from)) {
      for (final Path path : paths.sorted().toList()) {
        final Path target = to.resolve(from.relativize(path).toString());
        if (Files.isDirectory(path)) {
          Files.createDirectories(target);
        } else {
          Files.copy(path, target);
        }
      }
    }
  }
}
