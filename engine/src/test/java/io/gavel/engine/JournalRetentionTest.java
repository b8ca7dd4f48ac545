package io.gavel.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.engine.journal.ConsumerPositions;
import io.gavel.engine.journal.CorruptJournalException;
import io.gavel.engine.journal.JournalScan;
import io.gavel.engine.journal.Retention;
import io.gavel.engine.replay.JournalRetention;
import io.gavel.engine.replay.ReplayListener;
import io.gavel.engine.replay.ReplayVerifier;
import io.gavel.engine.replay.Replayer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Goal: an engine whose old journal was dropped comes back to the same state, and what it needs is never dropped. */
class JournalRetentionTest {

  private static final Logger NOTICES = Logger.getLogger("io.gavel.engine");

  @TempDir
  private Path dir;

  @BeforeEach
  void silenceNotices() {
    NOTICES.setLevel(Level.OFF);
  }

  @AfterEach
  void hearNotices() {
    NOTICES.setLevel(null);
  }

  @Test
  void shouldComeBackFromWhatIsLeft() {
    final List<Long> snapshots = new ArrayList<>();
    String hash = "";
    for (int life = 0; life < 5; life++) {
      hash = live(life, snapshots);
    }
    final ConsumerPositions consumers = new ConsumerPositions(dir);
    consumers.save("ledger", 3);
    assertEquals(List.of(), JournalRetention.drop(dir).segments());
    consumers.save("ledger", 1_000);

    final Retention.Result dropped = JournalRetention.drop(dir);
    assertEquals(snapshots.get(snapshots.size() - 2), dropped.floor(), "two snapshots are kept, the older one counts");
    assertTrue(dropped.segments().size() >= 2, dropped.toString());
    assertEquals(JournalScan.Status.CLEAN, ReplayVerifier.verify(dir).status());
    try (Gavel engine = Gavel.launch(context(), GavelEvents.NONE)) {
      assertEquals(hash, engine.recovery().stateHash());
    }
    final CorruptJournalException whole =
        assertThrows(CorruptJournalException.class, () -> Replayer.replay(dir, ReplayListener.NONE));
    assertTrue(whole.getMessage().contains("they were dropped behind a snapshot"), whole.getMessage());
    assertEquals(List.of(), JournalRetention.drop(dir).segments());
  }

  @Test
  void shouldDropNothingForTheSakeOfADamagedSnapshot() throws IOException {
    final List<Long> snapshots = new ArrayList<>();
    for (int life = 0; life < 3; life++) {
      live(life, snapshots);
    }
    try (Stream<Path> files = Files.list(dir.resolve("snapshots"))) {
      for (final Path file : files.toList()) {
        final byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
      }
    }
    final Retention.Result result = JournalRetention.drop(dir);
    assertEquals(0, result.floor());
    assertEquals(List.of(), result.segments());
    Gavel.launch(context(), GavelEvents.NONE).close();
  }

  private String live(final int life, final List<Long> snapshots) {
    try (Gavel engine = Gavel.launch(context(), GavelEvents.NONE)) {
      if (0 == life) {
        Scene.open(engine);
      }
      for (int i = 0; i < 7; i++) {
        engine.prices().mark(Scene.PAIR, "6000" + i);
      }
      Scene.drain(engine);
      if (life > 1) {
        engine.admin().snapshot();
        snapshots.add(engine.sequence());
      }
      return engine.stateHash();
    }
  }

  private GavelContext context() {
    return new GavelContext().dir(dir).config(Scene.CONFIG).clock(new TestClock()).journalBlockBytes(64 << 10);
  }
}
