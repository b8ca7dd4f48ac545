package io.gavel.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.engine.journal.CorruptJournalException;
import io.gavel.engine.journal.JournalPosition;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Goal: what people do wrong with directories is refused with a sentence, and the right one still launches after. */
class OperatorErrorTest {

  private static final java.util.logging.Logger NOTICES = java.util.logging.Logger.getLogger("io.gavel.engine");

  @TempDir
  private Path root;

  private Path dir = Path.of("");

  @BeforeEach
  void silenceNotices() {
    NOTICES.setLevel(java.util.logging.Level.OFF);
    dir = root.resolve("engine");
  }

  @AfterEach
  void hearNotices() {
    NOTICES.setLevel(null);
  }

  @Test
  void shouldRefuseAnOlderCopyThatWasPutBack() throws IOException {
    run(dir, 3);
    final Path backup = root.resolve("backup");
    copy(dir, backup);
    final JournalPosition known = run(dir, 5);

    assertSentence("the host remembers sequence " + known.sequence(), context(backup).watermark(known));
    assertSentence("an older copy was put back", context(backup).watermark(known));
    assertSentence("the host has seen sequence " + known.sequence(),
        context(backup).deliverFrom(known.sequence(), 0));
    Gavel.launch(context(dir).watermark(known).deliverFrom(known.sequence(), 0), GavelEvents.NONE).close();
    Gavel.launch(context(backup), GavelEvents.NONE).close();
  }

  @Test
  void shouldRefuseTheDirectoryOfAnotherEngine() {
    final JournalPosition known = run(dir, 4);
    final Path other = root.resolve("other");
    run(other, 9);
    assertSentence("another history", context(other).watermark(known));
    assertSentence("another engine's directory", context(other).watermark(known));
    assertSentence("the journal ends at 0", context(root.resolve("empty")).watermark(known));
    Gavel.launch(context(dir).watermark(known), GavelEvents.NONE).close();
  }

  @Test
  void shouldRefuseWhenASegmentInTheMiddleIsGone() throws IOException {
    for (int i = 0; i < 3; i++) {
      run(dir, 4);
    }
    try (Stream<Path> segments = Files.list(dir.resolve("journal"))) {
      final Path middle = segments.filter(Files::isDirectory).sorted().toList().get(1);
      Files.move(middle, root.resolve("moved"));
      assertSentence("sequences 14 to 17 are missing", context(dir));
      Files.move(root.resolve("moved"), middle);
    }
    Gavel.launch(context(dir), GavelEvents.NONE).close();
  }

  @Test
  void shouldTurnAwayASecondProcess() throws IOException, InterruptedException {
    final Process child = ChildJvm.start(List.of(), KilledChild.class, dir.toString(), "1000000");
    try (BufferedReader lines = new BufferedReader(
        new InputStreamReader(child.getInputStream(), StandardCharsets.US_ASCII))) {
      assertTrue(null != lines.readLine());
      final IllegalStateException thrown =
          assertThrows(IllegalStateException.class, () -> Gavel.launch(context(dir), GavelEvents.NONE));
      assertTrue(thrown.getMessage().startsWith("another process has the directory"), thrown.getMessage());
    } finally {
      child.destroyForcibly();
      child.waitFor();
    }
    Gavel.launch(context(dir), GavelEvents.NONE).close();
  }

  @Test
  void shouldRefuseAFileWhereADirectoryBelongs() throws IOException {
    final Path file = Files.writeString(root.resolve("file"), "no journal");
    final IllegalArgumentException thrown = assertThrows(
        IllegalArgumentException.class, () -> Gavel.launch(context(file), GavelEvents.NONE));
    assertTrue(thrown.getMessage().contains("dir is no directory"), thrown.getMessage());
  }

  private static void assertSentence(final String words, final GavelContext context) {
    final CorruptJournalException thrown =
        assertThrows(CorruptJournalException.class, () -> Gavel.launch(context, GavelEvents.NONE));
    assertTrue(thrown.getMessage().contains(words), thrown.getMessage());
  }

  private static GavelContext context(final Path dir) {
    return new GavelContext().dir(dir).config(Scene.CONFIG).journalBlockBytes(64 << 10);
  }

  /** Launches, sends some marks, and answers where the journal then stands. */
  private static JournalPosition run(final Path dir, final int marks) {
    try (Gavel engine = Gavel.launch(context(dir), GavelEvents.NONE)) {
      if (1 == engine.recovery().sequence()) {
        Scene.open(engine);
      }
      for (int i = 0; i < marks; i++) {
        engine.prices().mark(Scene.PAIR, "60000");
        Scene.drain(engine);
      }
      final JournalPosition position = engine.position();
      assertEquals(engine.sequence(), position.sequence());
      return position;
    }
  }

  private static void copy(final Path from, final Path to) throws IOException {
    try (Stream<Path> paths = Files.walk(from)) {
      for (final Path path : paths.toList()) {
        Files.copy(path, to.resolve(from.relativize(path).toString()));
      }
    }
  }
}
