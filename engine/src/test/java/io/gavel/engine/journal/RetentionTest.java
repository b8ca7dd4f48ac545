package io.gavel.engine.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Goal: what somebody still needs is never dropped, and what is left is a journal that knows where it begins. */
class RetentionTest {

  private static final int SEGMENTS = 5;
  private static final int FRAMES = 20;
  private static final java.util.logging.Logger NOTICES =
      java.util.logging.Logger.getLogger("io.gavel.engine.journal");

  @TempDir
  private Path dir;

  private final List<JournalPosition> positions = new ArrayList<>(List.of(JournalPosition.START));

  @BeforeEach
  void silenceNotices() {
    NOTICES.setLevel(java.util.logging.Level.OFF);
  }

  @AfterEach
  void hearNotices() {
    NOTICES.setLevel(null);
  }

  @BeforeEach
  void writeFiveSegments() {
    final TestFrames frames = new TestFrames();
    for (int i = 0; i < SEGMENTS; i++) {
      try (Journal journal = open()) {
        final JournalTailer tailer = journal.tailer();
        TestFrames.readAll(tailer);
        journal.resume(tailer);
        frames.appendTo(journal, FRAMES, 3);
      }
    }
    try (JournalTailer tailer = open().tailer()) {
      while (tailer.next()) {
        positions.add(JournalPosition.of(tailer));
      }
    }
  }

  @Test
  void shouldDropNothingWithoutASnapshotOrBehindTheSlowestConsumer() {
    assertEquals(List.of(), drop(0, Retention.NO_CONSUMER).segments());
    assertEquals(List.of(), drop(100, 0).segments());
    assertEquals(List.of(), drop(19, 100).segments());
    assertEquals(List.of(), drop(-1, -1).segments());
    assertEquals(SEGMENTS, segments().size());
    assertEquals(new Retention.Result(0, 0, List.of()),
        new Retention(() -> 50, () -> 0).drop(dir.resolve("nowhere")));
  }

  @Test
  void shouldKeepWhatLiesBehindTheFloorWhateverTheFloor() {
    long begins = 0;
    for (long floor = 1; floor <= 130; floor++) {
      final Retention.Result result = drop(floor, Retention.NO_CONSUMER);
      final long expected = Math.min(SEGMENTS - 1, floor / FRAMES) * FRAMES;
      assertEquals(expected - begins == 0 ? 0 : 1, result.segments().size(), "floor " + floor);
      begins = expected;
      assertEquals(begins, result.begins());
      for (long from = begins; from <= 100; from += 7) {
        try (JournalTailer tailer = open().tailer(positions.get((int) from))) {
          assertEquals(LongStream.rangeClosed(from + 1, 100).boxed().toList(), TestFrames.readAll(tailer));
        }
      }
      assertEquals(new JournalScan.Result(JournalScan.Status.CLEAN, 0, 100, dir.toString(), ""),
          JournalScan.scan(dir, 100));
    }
    assertEquals(1, segments().size());
  }

  @Test
  void shouldLetAReaderGoOnWhileWhatLiesBehindItIsDropped() {
    try (JournalTailer tailer = open().tailer()) {
      while (tailer.sequence() < 41) {
        assertTrue(tailer.next());
      }
      drop(40, 40);
      assertEquals(LongStream.rangeClosed(42, 100).boxed().toList(), TestFrames.readAll(tailer));
    }
    assertEquals(40, begins());
  }

  @Test
  void shouldReadManySegmentsAndAnEmptyOneOfTheSameBeginning() {
    Segments.create(dir.resolve("journal"), 41);
    assertEquals(6, segments().size());
    try (Journal journal = open(); JournalTailer tailer = journal.tailer()) {
      assertEquals(100, TestFrames.readAll(tailer).size());
      journal.resume(tailer);
      new TestFrames(tailer.sequence(), tailer.chain()).appendTo(journal, 5, 5);
      assertEquals(105, TestFrames.readAll(open().tailer()).size());
    }
  }

  @Test
  void shouldSayThatASnapshotIsNeededWhereTheBeginningIsGone() {
    drop(45, 60);
    final CorruptJournalException thrown =
        assertThrows(CorruptJournalException.class, () -> open().tailer().next());
    assertTrue(thrown.getMessage().contains("sequences 1 to 40 are missing; they were dropped behind a snapshot"),
        thrown.getMessage());
    assertThrows(CorruptJournalException.class, () -> open().tailer(positions.get(39)).next());
    try (Journal journal = open(); JournalTailer tailer = journal.tailer(positions.get(40))) {
      assertEquals(60, TestFrames.readAll(tailer).size());
      journal.resume(tailer);
      new TestFrames(tailer.sequence(), tailer.chain()).appendTo(journal, 5, 5);
    }
    assertEquals(105, JournalScan.scan(dir, 105).lastSequence());
  }

  @Test
  void shouldTellWhatWasDroppedFromWhatWasLost() throws IOException {
    drop(45, 60);
    delete(segments().get(0));
    final JournalScan.Result lost = JournalScan.scan(dir, 0);
    assertEquals(JournalScan.Status.CORRUPT, lost.status());
    assertEquals(41, lost.sequence());

    final Path note = dir.resolve("journal").resolve("begin.position");
    Files.writeString(note, Files.readString(note).replace("sequence 40", "sequence 60"));
    assertEquals(JournalScan.Status.CORRUPT, JournalScan.scan(dir, 0).status());
    Files.delete(note);
    assertEquals(1, JournalScan.scan(dir, 0).sequence());
  }

  @Test
  void shouldDropNothingThatIsDamaged() throws IOException {
    final Path file = Segments.queueFiles(segments().get(1)).get(0);
    final byte[] bytes = Files.readAllBytes(file);
    bytes[700] ^= 1;
    Files.write(file, bytes);
    assertThrows(CorruptJournalException.class, () -> drop(100, 100));
    assertEquals(SEGMENTS, segments().size());
  }

  /** A crash between the note and the deletion, or in the middle of it. */
  @Test
  void shouldGoOnAfterACrashWhileItDropped() throws IOException {
    Retained.write(dir.resolve("journal"), positions.get(40));
    assertEquals(JournalScan.Status.CLEAN, JournalScan.scan(dir, 100).status());
    Files.delete(Segments.queueFiles(segments().get(0)).get(0));
    assertEquals(JournalScan.Status.CLEAN, JournalScan.scan(dir, 100).status());
    assertEquals(2, drop(40, 40).segments().size());
    assertEquals(SEGMENTS - 2, segments().size());
  }

  @Test
  void shouldKnowTheSlowestConsumer() throws IOException {
    final ConsumerPositions consumers = new ConsumerPositions(dir);
    assertEquals(Retention.NO_CONSUMER, consumers.slowest());
    consumers.save("ledger", 70);
    consumers.save("screen", 30);
    consumers.save("screen", 31);
    assertEquals(31, consumers.slowest());
    assertEquals(31, new Retention(() -> 80, consumers::slowest).floor());
    consumers.remove("screen");
    consumers.remove("never-seen");
    assertEquals(70, new ConsumerPositions(dir).slowest());
    for (final String name : new String[] {"", "a/b", "..", "a b", "x".repeat(65), "a.tmp"}) {
      assertThrows(IllegalArgumentException.class, () -> consumers.save(name, 1), name);
    }
    assertThrows(IllegalArgumentException.class, () -> consumers.save("ledger", -1));
    Files.writeString(dir.resolve("consumers").resolve("ledger"), "seventy");
    assertEquals(0, consumers.slowest());
  }

  private Journal open() {
    return new ChronicleJournal(dir, 64 << 10, 1 << 20);
  }

  private Retention.Result drop(final long snapshot, final long consumer) {
    return new Retention(() -> snapshot, () -> consumer).drop(dir);
  }

  private long begins() {
    return open().begin().sequence();
  }

  private List<Path> segments() {
    return Segments.list(dir.resolve("journal"));
  }

  private static void delete(final Path segment) throws IOException {
    try (var entries = Files.list(segment)) {
      for (final Path entry : entries.toList()) {
        Files.delete(entry);
      }
    }
    Files.delete(segment);
  }
}
