package io.gavel.engine;

import io.gavel.codecs.FrameDescriptor;
import io.gavel.engine.journal.DurabilityLevel;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Writes what {@link GoldenFixtureTest} reads: an engine's directory as this build leaves it, once for every schema
 * version that is released. Until the first release the one of version 0 may be written anew when the schema changes;
 * afterwards none is ever touched. Argument: the folder, which must not exist.
 */
final class GoldenFixtures {

  private static final int COMMANDS = 300;

  private GoldenFixtures() {
  }

  public static void main(final String[] args) throws IOException {
    final Path dir = Path.of(args[0]);
    if (Files.exists(dir)) {
      throw new IllegalArgumentException("exists: " + dir);
    }
    try (Gavel engine = Gavel.launch(new GavelContext().dir(dir).clock(new TestClock()).config(Scene.CONFIG)
        .durability(DurabilityLevel.PROCESS).journalBlockBytes(64 << 10), GavelEvents.NONE)) {
      Scene.open(engine);
      final Random random = new Random(2026);
      for (int i = 0; i < COMMANDS; i++) {
        Scene.random(engine, random, i);
        Scene.drain(engine);
        if (COMMANDS * 2 / 3 == i) {
          engine.admin().snapshot();
        }
      }
    }
    keepWhatIsRead(dir);
  }

  /** Journal, snapshot and stored hash, without the zeros that a journal's file grows by. */
  private static void keepWhatIsRead(final Path dir) throws IOException {
    final List<Path> paths;
    try (Stream<Path> walk = Files.walk(dir)) {
      paths = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (final Path path : paths) {
      final String name = path.getFileName().toString();
      if (name.endsWith(".cq4")) {
        final byte[] bytes = Files.readAllBytes(path);
        int used = bytes.length;
        while (0 == bytes[used - 1]) {
          used--;
        }
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
          // The last frame may end with zeros of its own.
          file.setLength(Math.min(bytes.length, used + FrameDescriptor.FRAME_LENGTH_MAX));
        }
      } else if (Files.isRegularFile(path) && !name.endsWith(".snapshot") && !"state.hash".equals(name)) {
        Files.delete(path);
      }
    }
  }
}
