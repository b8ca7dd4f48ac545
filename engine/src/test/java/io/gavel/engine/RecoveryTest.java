package io.gavel.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.codecs.sbe.Side;
import io.gavel.engine.core.CoreConfig;
import io.gavel.engine.journal.CorruptJournalException;
import io.gavel.engine.journal.JournalScan;
import io.gavel.engine.journal.MemoryJournal;
import io.gavel.engine.replay.EventLog;
import io.gavel.engine.replay.EventSubscriber;
import io.gavel.engine.replay.ReplayListener;
import io.gavel.engine.replay.ReplayResult;
import io.gavel.engine.replay.ReplayVerifier;
import io.gavel.engine.replay.Replayer;
import io.gavel.engine.replay.StateDivergence;
import io.gavel.engine.status.CountersSnapshot;
import io.gavel.engine.status.EngineState;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Goal: what was committed is there again, and nothing else. Method: real directories, closed, torn and damaged. */
class RecoveryTest {

  private static final java.util.logging.Logger NOTICES = java.util.logging.Logger.getLogger("io.gavel.engine");

  @TempDir
  private Path dir;

  private final TestClock clock = new TestClock();

  @BeforeEach
  void silenceNotices() {
    NOTICES.setLevel(java.util.logging.Level.OFF);
  }

  @AfterEach
  void hearNotices() {
    NOTICES.setLevel(null);
  }

  private GavelContext context() {
    return new GavelContext().dir(dir).clock(clock).config(Scene.CONFIG).journalBlockBytes(64 << 10);
  }

  private RecordedEvents run(final Preset preset, final int commands) {
    final RecordedEvents events = new RecordedEvents();
    try (Gavel engine = Gavel.launch(context().preset(preset).ringCapacity(1 << 12), events)) {
      Scene.open(engine);
      traffic(engine, commands);
      engine.query(core -> { });
    }
    return events;
  }

  private void traffic(final Gavel engine, final int commands) {
    final Random random = new Random(11);
    for (int i = 0; i < commands; i++) {
      assertTrue(Scene.random(engine, random, i) >= 0);
      if (0 == i % 10) {
        clock.advance(1_000_000);
        Scene.drain(engine);
      }
    }
    Scene.drain(engine);
  }

  /** Found by the simulator: a flipped bit in the last frame is a torn tail to the journal, but not to who saw it. */
  @Test
  void shouldRefuseAJournalThatEndsBeforeWhatTheHostHasSeen() {
    final long seen = run(Preset.EMBEDDED, 20).lastSequence;

    final CorruptJournalException refusal = assertThrows(CorruptJournalException.class,
        () -> Gavel.launch(context().deliverFrom(seen + 1, 0), new RecordedEvents()));

    assertEquals(seen + 1, refusal.sequence());
    assertTrue(refusal.getMessage().contains("the host has seen sequence " + (seen + 1)), refusal.getMessage());
  }

  @Test
  void shouldComeBackToTheSameStateWhoeverDrove() {
    for (final Preset preset : new Preset[] {Preset.EMBEDDED, Preset.DEDICATED}) {
      final String hash;
      final long sequence;
      try (Gavel engine = Gavel.launch(context().preset(preset).ringCapacity(1 << 12), new RecordedEvents())) {
        Scene.open(engine);
        traffic(engine, 1_000);
        hash = engine.stateHash();
        sequence = engine.sequence();
      }
      final RecordedEvents quiet = new RecordedEvents();
      try (Gavel engine = Gavel.launch(context().preset(preset), quiet)) {
        assertEquals(hash, engine.stateHash());
        assertEquals(hash, engine.recovery().stateHash());
        assertEquals(sequence, engine.recovery().sequence());
        assertEquals(sequence, engine.sequence());
        assertEquals(Scene.PAIR, engine.directory().instrumentName(1));
        assertTrue(quiet.all.isEmpty());
        assertTrue(Scene.limit(engine, "bob", Side.SELL, "70000", "1") >= 0);
        Scene.drain(engine);
        engine.query(core -> { });
        assertEquals(sequence + 1, engine.sequence());
      }
    }
  }

  @Test
  void shouldDeliverAgainFromWhereTheHostLeftOff() {
    final List<String> all = run(Preset.EMBEDDED, 300).all;
    final int seen = all.size() / 2;
    final String[] key = all.get(seen).substring(0, all.get(seen).indexOf(' ')).split("/", 2);

    final RecordedEvents rest = new RecordedEvents();
    try (Gavel engine = Gavel.launch(
        context().deliverFrom(Long.parseLong(key[0]), Integer.parseInt(key[1])), rest)) {
      assertEquals(all.subList(seen + 1, all.size()), rest.all);
      assertEquals(rest.all.size(), engine.recovery().redelivered());
    }
    final RecordedEvents everything = new RecordedEvents();
    Gavel.launch(context().deliverFrom(0, 0), everything).close();
    assertEquals(all, everything.all);
  }

  @Test
  void shouldGiveTheSameEventsByReplayByteForByte() {
    final List<String> all = run(Preset.EMBEDDED, 300).all;
    final List<String> again = new ArrayList<>();
    EventLog.deliver(dir, 0, 0, Long.MAX_VALUE, (buffer, offset, length) -> again.add(bytesOf(buffer, offset, length)));

    assertEquals(all.stream().map(event -> event.substring(event.lastIndexOf(' ') + 1)).toList(), again);
  }

  @Test
  void shouldReplayToTheStoredHashAndNoticeAnotherOne() throws IOException {
    run(Preset.EMBEDDED, 300);
    final ReplayResult whole = Replayer.replay(dir, ReplayListener.NONE);
    assertEquals(ReplayResult.Comparison.SAME, whole.comparison());
    final ReplayResult part = Replayer.replay(dir, 100, ReplayListener.NONE);
    assertEquals(ReplayResult.Comparison.NONE, part.comparison());
    assertEquals(100, part.sequence());

    final Path stored = dir.resolve("state.hash");
    Files.writeString(stored, Files.readString(stored).replace(whole.stateHash(), "0".repeat(64)));
    assertEquals(ReplayResult.Comparison.DIFFERENT, Replayer.replay(dir, ReplayListener.NONE).comparison());
    assertThrows(StateDivergence.class, () -> Gavel.launch(context(), GavelEvents.NONE));
  }

  @Test
  void shouldRefuseAnotherConfigurationNamingTheFields() {
    run(Preset.EMBEDDED, 10);
    final CoreConfig other = Scene.CONFIG.withActivationDelayNs(5).withCapacities(16, 8_192, 1_024, 64);
    final IllegalArgumentException thrown = assertThrows(
        IllegalArgumentException.class, () -> Gavel.launch(context().config(other), GavelEvents.NONE));

    assertTrue(thrown.getMessage().contains("activationDelayNs is 0, asked for 5"), thrown.getMessage());
    assertTrue(thrown.getMessage().contains("ordersMax is 4096, asked for 8192"), thrown.getMessage());
    final GavelContext unsaid = new GavelContext().dir(dir).clock(clock);
    try (Gavel engine = Gavel.launch(unsaid, GavelEvents.NONE)) {
      assertEquals(Scene.CONFIG, engine.ask(core -> core.config()));
    }
  }

  @Test
  void shouldTurnAwayASecondEngineInTheSameDirectory() {
    try (Gavel engine = Gavel.launch(context(), GavelEvents.NONE)) {
      assertThrows(IllegalStateException.class, () -> Gavel.launch(context(), GavelEvents.NONE));
      Scene.open(engine);
    }
    Gavel.launch(context(), GavelEvents.NONE).close();
  }

  @Test
  void shouldStartOnATornTailWithoutIt() throws IOException {
    final RecordedEvents events = run(Preset.EMBEDDED, 60);
    // As after a crash: nobody stored a hash, nobody sealed the segment.
    Files.delete(dir.resolve("state.hash"));
    final Path file = onlyQueueFile();
    Files.delete(file.resolveSibling("segment.seal"));
    chop(file, 20);

    final JournalScan.Result scan = ReplayVerifier.verify(dir);
    assertEquals(JournalScan.Status.CORRUPT, scan.status());
    assertEquals(events.lastSequence, scan.sequence());
    try (Gavel engine = Gavel.launch(context(), GavelEvents.NONE)) {
      assertEquals(events.lastSequence - 1, engine.recovery().sequence());
      assertTrue(Scene.limit(engine, "bob", Side.SELL, "70000", "1") >= 0);
      Scene.drain(engine);
    }
    assertEquals(JournalScan.Status.CLEAN, ReplayVerifier.verify(dir).status());
    assertEquals(ReplayResult.Comparison.SAME, Replayer.replay(dir, ReplayListener.NONE).comparison());
  }

  @Test
  void shouldRefuseToStartWhenWhatWasClosedIsGone() throws IOException {
    final RecordedEvents events = run(Preset.EMBEDDED, 60);
    chop(onlyQueueFile(), 20);

    final CorruptJournalException thrown =
        assertThrows(CorruptJournalException.class, () -> Gavel.launch(context(), GavelEvents.NONE));
    assertEquals(events.lastSequence, thrown.sequence());
    assertEquals(events.lastSequence, ReplayVerifier.verify(dir).sequence());
  }

  @Test
  void shouldRefuseToStartOnAFlippedBitAndNameTheSequence() throws IOException {
    run(Preset.EMBEDDED, 100);
    final Path file = onlyQueueFile();
    final byte[] bytes = Files.readAllBytes(file);
    int used = bytes.length;
    while (0 == bytes[used - 1]) {
      used--;
    }
    bytes[used / 2] ^= 4;
    Files.write(file, bytes);

    final CorruptJournalException thrown =
        assertThrows(CorruptJournalException.class, () -> Gavel.launch(context(), GavelEvents.NONE));
    assertTrue(thrown.sequence() > 10 && thrown.sequence() < 105, thrown.getMessage());
    assertEquals(thrown.sequence(), ReplayVerifier.verify(dir).sequence());
    assertThrows(CorruptJournalException.class, () -> Replayer.replay(dir, ReplayListener.NONE));
  }

  @Test
  void shouldRecoverFromAJournalInMemoryToo() {
    final MemoryJournal journal = MemoryJournal.keepingAll();
    final String hash;
    try (Gavel engine = Gavel.launch(
        new GavelContext().journal(journal).clock(clock).config(Scene.CONFIG), GavelEvents.NONE)) {
      Scene.open(engine);
      traffic(engine, 500);
      hash = engine.stateHash();
    }
    try (Gavel engine = Gavel.launch(new GavelContext().journal(journal).clock(clock), GavelEvents.NONE)) {
      assertEquals(hash, engine.recovery().stateHash());
    }
  }

  @Test
  void shouldKeepOrderWhenTheClockStepsBackOverMidnightAndRestarts() {
    final long hour = 3_600_000_000_000L;
    final long[] steps = {0, 26 * hour, 2 * hour, 26 * hour, 50 * hour, -876_000 * hour};
    for (final long step : steps) {
      clock.set(TestClock.START_NS + step);
      try (Gavel engine = Gavel.launch(context(), GavelEvents.NONE)) {
        if (1 == engine.recovery().sequence()) {
          Scene.open(engine);
        }
        assertTrue(engine.prices().mark(Scene.PAIR, "60000") >= 0);
        Scene.drain(engine);
      }
    }
    final List<Long> times = new ArrayList<>();
    Replayer.replay(dir, new ReplayListener() {
      @Override
      public void afterFrame(
          final io.gavel.engine.core.StateMachine machine, final DirectBuffer buffer, final int offset,
          final int length) {
        times.add(machine.engineTimeNs());
      }
    });
    assertEquals(times.stream().sorted().toList(), times);
    assertEquals(9 + steps.length, times.size());
    assertEquals(TestClock.START_NS + 50 * hour, times.get(times.size() - 1));
  }

  @Test
  void shouldNotMindAnInterruptOfTheThreadThatDrives() {
    try (Gavel engine = Gavel.launch(context(), GavelEvents.NONE)) {
      Scene.open(engine);
      Thread.currentThread().interrupt();
      for (int i = 0; i < 100; i++) {
        assertTrue(engine.prices().mark(Scene.PAIR, "60000") >= 0);
        Scene.drain(engine);
      }
      assertTrue(Thread.interrupted(), "the interrupt is the host's and stays");
      assertFalse(engine.isHalted(), () -> String.valueOf(engine.haltCause()));
      assertEquals(109, engine.sequence());
    }
  }

  @Test
  void shouldShowItsCountersToOthers() throws IOException {
    try (Gavel engine = Gavel.launch(context(), GavelEvents.NONE)) {
      Scene.open(engine);
      engine.ingress().offer(new org.agrona.concurrent.UnsafeBuffer(new byte[64]), 0, 64);
      engine.prices().mark(Scene.PAIR, "60000");
      Scene.drain(engine);

      final CountersSnapshot seen = CountersSnapshot.read(dir);
      assertEquals(EngineState.RUNNING, seen.state());
      assertTrue(seen.alive());
      assertEquals(ProcessHandle.current().pid(), seen.pid());
      assertEquals(10, value(seen, "sequence"));
      assertEquals(1, value(seen, "commands refused at ingress"));
      assertTrue(value(seen, "journal bytes committed since launch") > 500);
    }
    assertEquals(EngineState.CLOSED, CountersSnapshot.read(dir).state());
    assertThrows(IOException.class, () -> CountersSnapshot.read(dir.resolve("journal")));
  }

  /** The seeds end the ring of the feed at different places of different events. */
  @ParameterizedTest
  @ValueSource(longs = {3, 4, 5, 6, 7, 8})
  void shouldLetASlowSubscriberCatchUpWithoutGapOrRepetition(final long seed) {
    final RecordedEvents events = new RecordedEvents();
    try (Gavel engine = Gavel.launch(context(), events)) {
      Scene.open(engine);
      final List<String> seen = new ArrayList<>();
      try (EventSubscriber subscriber = engine.subscribe(0, 0, 4_096)) {
        final Random random = new Random(seed);
        for (int i = 0; i < 600; i++) {
          Scene.random(engine, random, i);
          Scene.drain(engine);
          if (i < 200 || i > 400) {
            subscriber.poll((buffer, offset, length) -> seen.add(bytesOf(buffer, offset, length)));
          }
        }
        while (subscriber.poll((buffer, offset, length) -> seen.add(bytesOf(buffer, offset, length))) > 0) {
          assertFalse(engine.isHalted());
        }
        subscriber.poll((buffer, offset, length) -> seen.add(bytesOf(buffer, offset, length)));
        assertTrue(subscriber.catchUps() >= 2, "catch-ups " + subscriber.catchUps());
      }
      assertEquals(events.all.stream().map(event -> event.substring(event.lastIndexOf(' ') + 1)).toList(), seen);
    }
  }

  private static long value(final CountersSnapshot seen, final String label) {
    return seen.counters().stream().filter(counter -> counter.label().equals(label)).findFirst().orElseThrow().value();
  }

  private static String bytesOf(final DirectBuffer buffer, final int offset, final int length) {
    final byte[] bytes = new byte[length];
    buffer.getBytes(offset, bytes);
    return new String(Base64.getEncoder().encode(bytes), StandardCharsets.US_ASCII);
  }

  private Path onlyQueueFile() throws IOException {
    try (var paths = Files.walk(dir)) {
      return paths.filter(path -> path.toString().endsWith(".cq4")).findFirst().orElseThrow();
    }
  }

  /** Cuts the last {@code bytes} bytes that say anything. */
  private static void chop(final Path file, final int bytes) throws IOException {
    final byte[] all = Files.readAllBytes(file);
    int used = all.length;
    while (0 == all[used - 1]) {
      used--;
    }
    try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw")) {
      raw.setLength(used - bytes);
    }
  }
}
