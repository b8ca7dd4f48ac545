package io.gavel.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.codecs.sbe.Side;
import io.gavel.engine.journal.CorruptJournalException;
import io.gavel.engine.replay.RecoveryProgress;
import io.gavel.engine.replay.RecoveryReport;
import io.gavel.engine.replay.SnapshotFollower;
import io.gavel.engine.replay.StateDivergence;
import io.gavel.engine.snapshot.DirectorySnapshotStore;
import io.gavel.engine.snapshot.SnapshotReader;
import io.gavel.engine.snapshot.SnapshotSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Launches that begin with a snapshot, and what they do when it is not what it should be. */
class SnapshotRecoveryTest {

  @TempDir
  private Path dir;
  private final TestClock clock = new TestClock();
  private DirectorySnapshotStore store;

  @BeforeEach
  void open() {
    store = new DirectorySnapshotStore(dir);
  }

  private GavelContext context() {
    return new GavelContext().dir(dir).clock(clock).journalBlockBytes(64 << 10);
  }

  /** A life with snapshots after each of {@code parts} parts; answers the state hash at the end. */
  private String live(final int parts, final int commands) {
    try (Gavel engine = Gavel.launch(context().config(Scene.CONFIG).snapshotsKept(parts), new RecordedEvents())) {
      Scene.open(engine);
      final Random random = new Random(12);
      for (int part = 0; part < parts; part++) {
        for (int i = 0; i < commands; i++) {
          Scene.random(engine, random, part * commands + i);
          Scene.drain(engine);
        }
        engine.admin().snapshot();
      }
      for (int i = 0; i < commands / 2; i++) {
        Scene.random(engine, random, parts * commands + i);
        Scene.drain(engine);
      }
      return engine.stateHash();
    }
  }

  @Test
  void shouldBeginWithTheNewestSnapshotAndReadTheJournalOnBehindIt() {
    final String hash = live(3, 200);
    final long newest = store.list()[0];
    final RecordedEvents quiet = new RecordedEvents();
    try (Gavel engine = Gavel.launch(context().compareSnapshot(true), quiet)) {
      final RecoveryReport report = engine.recovery();
      assertEquals(hash, report.stateHash());
      assertEquals(newest, report.snapshotSequence());
      assertEquals(report.sequence() - newest, report.frames());
      assertTrue(report.toString().endsWith("(snapshot of sequence " + newest + ", " + report.frames()
          + " frames behind it)"), report.toString());
      assertEquals(Scene.CONFIG, engine.ask(core -> core.config()));
      assertTrue(quiet.all.isEmpty());
      // Names come from the snapshot: nobody has read the frames that made them.
      assertEquals(Scene.PAIR, engine.directory().instrumentName(1));
      assertTrue(Scene.limit(engine, "bob", Side.SELL, "70000", "1") >= 0);
      Scene.drain(engine);
      assertEquals(report.sequence() + 1, engine.sequence());
      final SnapshotSummary summary = engine.admin().snapshot();
      assertEquals(engine.sequence(), summary.sequence());
      assertEquals(engine.stateHash(), summary.stateHash());
    }
    assertEquals(2, store.list().length);
  }

  @Test
  void shouldStartFromASnapshotBehindWhichThereIsNothing() {
    final String hash;
    try (Gavel engine = Gavel.launch(context().config(Scene.CONFIG), new RecordedEvents())) {
      Scene.open(engine);
      engine.admin().snapshot();
      hash = engine.stateHash();
    }
    for (int launch = 0; launch < 2; launch++) {
      try (Gavel engine = Gavel.launch(context(), new RecordedEvents())) {
        assertEquals(0, engine.recovery().frames());
        assertEquals(hash, engine.recovery().stateHash());
      }
    }
  }

  @Test
  void shouldFallBackToThePreviousSnapshotThenToTheJournal() throws IOException {
    final String hash = live(2, 100);
    final long[] sequences = store.list();

    damage(sequences[0]);
    try (Gavel engine = Gavel.launch(context(), new RecordedEvents())) {
      assertEquals(hash, engine.recovery().stateHash());
      assertEquals(sequences[1], engine.recovery().snapshotSequence());
      assertEquals(1, engine.recovery().notices().size());
      assertTrue(engine.recovery().notices().get(0).contains(store.place(sequences[0])));
    }
    damage(sequences[1]);
    try (Gavel engine = Gavel.launch(context(), new RecordedEvents())) {
      assertEquals(hash, engine.recovery().stateHash());
      assertEquals(0, engine.recovery().snapshotSequence());
      assertEquals(2, engine.recovery().notices().size());
    }
  }

  @Test
  void shouldRefuseWhenNoSnapshotIsSoundAndTheJournalBeginsLater() throws IOException {
    try (Gavel engine = Gavel.launch(context().config(Scene.CONFIG), new RecordedEvents())) {
      Scene.open(engine);
      engine.admin().snapshot();
    }
    try (Gavel engine = Gavel.launch(context(), new RecordedEvents())) {
      Scene.limit(engine, "bob", Side.SELL, "70000", "1");
      Scene.drain(engine);
    }
    deleteSegment("00000000000000000001");
    try (Gavel engine = Gavel.launch(context(), new RecordedEvents())) {
      assertEquals(1, engine.recovery().frames());
    }
    damage(store.list()[0]);
    final CorruptJournalException thrown =
        assertThrows(CorruptJournalException.class, () -> Gavel.launch(context(), new RecordedEvents()));
    assertTrue(thrown.getMessage().contains("no snapshot is sound"), thrown.getMessage());
    assertTrue(thrown.getMessage().contains("from a backup"), thrown.getMessage());
    store.delete(store.list()[0]);
    assertTrue(assertThrows(CorruptJournalException.class, () -> Gavel.launch(context(), new RecordedEvents()))
        .getMessage().contains("no snapshot leads into what is left"));
  }

  /** A backup of the journal older than the snapshot: what lies between was told to somebody. */
  @Test
  void shouldRefuseAJournalThatEndsBeforeTheSnapshot() throws IOException {
    try (Gavel engine = Gavel.launch(context().config(Scene.CONFIG), new RecordedEvents())) {
      Scene.open(engine);
    }
    try (Gavel engine = Gavel.launch(context(), new RecordedEvents())) {
      Scene.limit(engine, "bob", Side.SELL, "70000", "1");
      Scene.drain(engine);
      engine.admin().snapshot();
    }
    Files.delete(dir.resolve("state.hash"));
    deleteSegment("00000000000000000010");
    final CorruptJournalException thrown =
        assertThrows(CorruptJournalException.class, () -> Gavel.launch(context(), new RecordedEvents()));
    assertTrue(thrown.getMessage().contains("to begin behind sequence 10, the journal ends at 9"),
        thrown.getMessage());
  }

  @Test
  void shouldRefuseTheSnapshotOfAnotherHistory() throws IOException {
    live(1, 20);
    final Path other = Files.createDirectory(dir.resolve("other"));
    clock.set(TestClock.START_NS + 5);
    try (Gavel engine = Gavel.launch(
        new GavelContext().dir(other).clock(clock).config(Scene.CONFIG), new RecordedEvents())) {
      Scene.open(engine);
      for (int i = 0; i < 60; i++) {
        engine.prices().mark(Scene.PAIR, "60000");
        Scene.drain(engine);
      }
    }
    Files.move(dir.resolve("snapshots"), other.resolve("snapshots"));
    final CorruptJournalException thrown = assertThrows(CorruptJournalException.class,
        () -> Gavel.launch(new GavelContext().dir(other).clock(clock), new RecordedEvents()));
    assertTrue(thrown.getMessage().contains("another history"), thrown.getMessage());
  }

  @Test
  void shouldNoticeAStoredHashThatTheSnapshotContradicts() throws IOException {
    try (Gavel engine = Gavel.launch(context().config(Scene.CONFIG), new RecordedEvents())) {
      Scene.open(engine);
      engine.admin().snapshot();
    }
    final Path stored = dir.resolve("state.hash");
    Files.writeString(stored, Files.readString(stored).replaceAll("state [0-9a-f]+", "state " + "0".repeat(64)));
    assertThrows(StateDivergence.class, () -> Gavel.launch(context(), new RecordedEvents()));
  }

  @Test
  void shouldDeliverAgainFromBehindAnOlderSnapshotOrTheJournal() {
    final List<String> all = new ArrayList<>();
    final RecordedEvents events = new RecordedEvents();
    try (Gavel engine = Gavel.launch(context().config(Scene.CONFIG).snapshotsKept(4), events)) {
      Scene.open(engine);
      final Random random = new Random(3);
      for (int i = 0; i < 400; i++) {
        Scene.random(engine, random, i);
        Scene.drain(engine);
        if (99 == i % 100) {
          engine.admin().snapshot();
        }
      }
      all.addAll(events.all);
    }
    final long[] sequences = store.list();
    for (final int seen : new int[] {5, all.size() / 3, all.size() / 2, all.size() - 2}) {
      final String[] key = all.get(seen).substring(0, all.get(seen).indexOf(' ')).split("/", 2);
      final long sequence = Long.parseLong(key[0]);
      final RecordedEvents rest = new RecordedEvents();
      try (Gavel engine = Gavel.launch(context().deliverFrom(sequence, Integer.parseInt(key[1])), rest)) {
        assertEquals(all.subList(seen + 1, all.size()), rest.all);
        long expected = 0;
        for (final long snapshot : sequences) {
          expected = snapshot < sequence ? Math.max(expected, snapshot) : expected;
        }
        assertEquals(expected, engine.recovery().snapshotSequence());
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Preset.class)
  void shouldTakeSnapshotsByAFollowerWhileTheEngineRuns(final Preset preset) throws InterruptedException {
    final String hash;
    try (Gavel engine = Gavel.launch(context().preset(preset).config(Scene.CONFIG).snapshotEvery(100)
        .snapshotsKept(3), new RecordedEvents())) {
      final SnapshotFollower follower = engine.follower();
      assertNotNull(follower);
      Scene.open(engine);
      final Random random = new Random(8);
      for (int i = 0; i < 600; i++) {
        Scene.random(engine, random, i);
        Scene.drain(engine);
        engine.follow(7);
      }
      engine.query(core -> { });
      follower.request();
      final long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
      while (!reached(follower, engine.sequence()) && System.nanoTime() < deadline) {
        engine.follow(50);
        Thread.sleep(1);
      }
      final SnapshotSummary last = follower.last();
      assertNotNull(last);
      assertEquals(engine.sequence(), last.sequence());
      assertEquals(engine.stateHash(), last.stateHash());
      assertTrue(follower.taken() >= 6, "taken " + follower.taken());
      assertEquals(0, follower.failures());
      assertNull(follower.failure());
      assertEquals(3, store.list().length);
      hash = engine.stateHash();
    }
    try (Gavel engine = Gavel.launch(context(), new RecordedEvents())) {
      assertEquals(hash, engine.recovery().stateHash());
      assertTrue(engine.recovery().snapshotSequence() > 0);
    }
  }

  @Test
  void shouldGoOnFollowingWhenASnapshotCannotBeTaken() throws IOException {
    live(1, 50);
    // A file where the folder should be: every draft fails.
    try (Stream<Path> files = Files.list(dir.resolve("snapshots"))) {
      for (final Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(dir.resolve("snapshots"));
    Files.writeString(dir.resolve("snapshots"), "in the way");
    try (SnapshotFollower follower = new SnapshotFollower(dir, store, 20, 2)) {
      while (follower.doWork(10) > 0) {
        assertEquals(0, follower.taken());
      }
      assertTrue(follower.failures() > 2, "failures " + follower.failures());
      assertNotNull(follower.failure());
      Files.delete(dir.resolve("snapshots"));
      follower.request();
      follower.doWork(10);
      assertEquals(1, follower.taken());
      follower.request();
      follower.doWork(10);
      assertEquals(1, follower.taken(), "nothing is new since the last one");
    }
  }

  @Test
  void shouldRefuseASnapshotWithoutAPlaceOrOfAHaltedEngine() {
    try (Gavel engine = Gavel.launch(new GavelContext().clock(clock), new RecordedEvents())) {
      assertThrows(IllegalStateException.class, () -> engine.admin().snapshot());
    }
    assertThrows(IllegalArgumentException.class, () -> new GavelContext().snapshotEvery(5).conclude());
    assertThrows(IllegalArgumentException.class, () -> new GavelContext().dir(dir).snapshotsKept(0).conclude());
  }

  @Test
  void shouldTellHowFarARecoveryHasCome() {
    live(1, 5_000);
    final List<RecoveryProgress> heard = new ArrayList<>();
    try (Gavel engine = Gavel.launch(context().onRecovery(heard::add), new RecordedEvents())) {
      assertEquals(RecoveryProgress.Phase.LOADING, heard.get(0).phase());
      final RecoveryProgress last = heard.get(heard.size() - 1);
      assertEquals(RecoveryProgress.Phase.DONE, last.phase());
      assertEquals(engine.recovery().sequence(), last.sequence());
      assertEquals(engine.recovery().sequence(), last.targetSequence());
      assertEquals(1_000, last.permille());
      heard.forEach(progress -> assertTrue(progress.permille() <= 1_000));
    }
  }

  private static boolean reached(final SnapshotFollower follower, final long sequence) {
    final SnapshotSummary last = follower.last();
    return null != last && last.sequence() >= sequence;
  }

  private void damage(final long sequence) throws IOException {
    final Path file = Path.of(store.place(sequence));
    final byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length * 2 / 3] ^= 1;
    Files.write(file, bytes);
  }

  private void deleteSegment(final String name) throws IOException {
    final Path segment = dir.resolve("journal").resolve(name);
    try (Stream<Path> files = Files.list(segment)) {
      for (final Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(segment);
  }

  /** The snapshot's own names agree with the directory's. */
  @Test
  void shouldNameItsPartsAndItsLength() throws IOException {
    live(1, 100);
    final long sequence = store.list()[0];
    assertArrayEquals(new long[] {sequence}, store.list());
    try (SnapshotReader reader = SnapshotReader.open(store, sequence)) {
      assertTrue(reader.lengths().keySet().containsAll(List.of("config", "clock", "accounts", "orders", "ledger")),
          reader.lengths().toString());
      assertEquals(Files.size(Path.of(reader.place())), reader.facts().length());
      assertFalse(reader.facts().stateHash().isEmpty());
    }
  }
}
