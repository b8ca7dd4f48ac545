package io.gavel.engine.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChronicleJournalTest implements JournalContract {

  private static final int BLOCK_BYTES = 64 << 10;

  private static final java.util.logging.Logger NOTICES =
      java.util.logging.Logger.getLogger("io.gavel.engine.journal");

  @TempDir
  private Path dir;

  @BeforeEach
  void silenceNotices() {
    NOTICES.setLevel(java.util.logging.Level.OFF);
  }

  @AfterEach
  void hearNotices() {
    NOTICES.setLevel(null);
  }

  @Override
  public Journal open() {
    return new ChronicleJournal(dir, BLOCK_BYTES, 1 << 20);
  }

  @Test
  void shouldGoOnInANewSegmentWhenOneIsFull() {
    final Journal journal = new ChronicleJournal(dir, BLOCK_BYTES, 64 << 10);
    journal.resume(journal.tailer());
    new TestFrames().appendTo(journal, 3_000, 64);
    journal.close();

    assertTrue(Segments.list(dir.resolve(ChronicleJournal.FOLDER)).size() > 3);
    try (JournalTailer tailer = open().tailer()) {
      assertEquals(3_000, TestFrames.readAll(tailer).size());
    }
    assertEquals(JournalScan.Status.CLEAN, JournalScan.scan(dir, 3_000).status());
  }

  @Test
  void shouldStayCleanOverRestarts() {
    final TestFrames frames = new TestFrames();
    for (int i = 0; i < 3; i++) {
      try (Journal journal = resumed()) {
        frames.appendTo(journal, 100, 9);
        assertEquals(JournalScan.Status.CLEAN, JournalScan.scan(dir, 0).status());
      }
      assertEquals(new JournalScan.Result(JournalScan.Status.CLEAN, 0, 100L * (i + 1), dir.toString(), ""),
          JournalScan.scan(dir, 100L * (i + 1)));
    }
  }

  @Test
  void shouldNameTheSequenceWhenAnyBitOfTheFileIsFlipped() throws IOException {
    try (Journal journal = resumed()) {
      new TestFrames().appendTo(journal, 300, 13);
    }
    final Path file = onlyFile();
    final long seed = 42;
    System.out.println("seed " + seed);
    final Random random = new Random(seed);
    final int length = (int) Files.size(file);
    for (int i = 0; i < 400; i++) {
      final int at = i < 300 ? random.nextInt(64 << 10) : random.nextInt(length);
      final int bit = 1 << random.nextInt(8);
      flip(file, at, bit);
      final JournalScan.Result result = JournalScan.scan(dir, 300);
      assertEquals(JournalScan.Status.CORRUPT, result.status(), "byte " + at + ", mask " + bit + ": " + result);
      assertTrue(result.sequence() >= 1 && result.sequence() <= 301, result.toString());
      flip(file, at, bit);
    }
    assertEquals(JournalScan.Status.CLEAN, JournalScan.scan(dir, 300).status());
  }

  @Test
  void shouldNeverReadAWrongFrameWhenAnUnsealedFileHasAFlippedBit() throws IOException {
    try (Journal journal = resumed()) {
      new TestFrames().appendTo(journal, 40, 3);
    }
    final Path file = onlyFile();
    Files.delete(file.resolveSibling("segment.seal"));
    final int used = used(file);
    int missed = 0;
    for (int at = 0; at < used; at++) {
      final int bit = 1 << (at % 8);
      flip(file, at, bit);
      final JournalScan.Result result = JournalScan.scan(dir, 0);
      if (JournalScan.Status.CLEAN == result.status()) {
        missed++;
        assertEquals(40, result.lastSequence(), "byte " + at);
      }
      flip(file, at, bit);
    }
    // Only bytes of the queue's own tables can change unseen before the segment is sealed: no frame is made of them.
    assertTrue(missed <= 420, "missed " + missed);
  }

  @Test
  void shouldCutATornTailAndGoOnBehindItWhereverTheFileEnds() throws IOException {
    try (Journal journal = resumed()) {
      new TestFrames().appendTo(journal, 30, 1);
    }
    final Path file = onlyFile();
    Files.delete(file.resolveSibling("segment.seal"));
    final byte[] whole = Files.readAllBytes(file);
    final int used = used(file);
    final int step = (used - 400) / 30;
    long before = -1;
    for (int end = used; end > used - 3 * step; end -= 7) {
      restore(file, whole, end);
      final long last = recoverAndAppendOne();
      assertTrue(last <= 30 && last >= 27, "ended at " + end + ", last " + last);
      assertTrue(before < 0 || last <= before);
      before = last;
      assertEquals(JournalScan.Status.CLEAN, JournalScan.scan(dir, last + 1).status(), "ended at " + end);
      removeSegmentsBehindTheFirst();
      Files.delete(file.resolveSibling("segment.seal"));
    }
  }

  @Test
  void shouldCutATailOfZeros() throws IOException {
    try (Journal journal = resumed()) {
      new TestFrames().appendTo(journal, 30, 10);
    }
    final Path file = onlyFile();
    Files.delete(file.resolveSibling("segment.seal"));
    final int used = used(file);
    try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw")) {
      raw.seek(used - 50);
      raw.write(new byte[50]);
    }

    assertEquals(29, recoverAndAppendOne());
    assertEquals(30, JournalScan.scan(dir, 0).lastSequence());
  }

  /** What a writer leaves that dies between the frames of a record and its header, which is written last. */
  @Test
  void shouldTakeTheIntactFramesOfARecordThatWasNeverFinished() throws IOException {
    try (Journal journal = resumed()) {
      new TestFrames().appendTo(journal, 30, 10);
    }
    final Path file = onlyFile();
    Files.delete(file.resolveSibling("segment.seal"));
    final int record = used(file) - 10 * 120 - 4;
    for (final byte[] header : new byte[][] {{0, 0, 0, 0}, {0, 0, 0, (byte) 0x80}}) {
      for (int kept = 10; kept >= 0; kept -= 5) {
        final byte[] whole = Files.readAllBytes(file);
        try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw")) {
          raw.seek(record);
          raw.write(header);
          raw.seek(record + 4 + kept * 120 + (10 == kept ? 0 : 33));
          raw.write(new byte[(10 - kept) * 120]);
        }
        assertEquals(JournalScan.Status.CLEAN, JournalScan.scan(dir, 0).status());
        assertEquals(20 + kept, recoverAndAppendOne());
        assertEquals(
            new JournalScan.Result(JournalScan.Status.CLEAN, 0, 21 + kept, dir.toString(), ""),
            JournalScan.scan(dir, 0));
        removeSegmentsBehindTheFirst();
        Files.delete(file.resolveSibling("segment.seal"));
        restore(file, whole, whole.length);
      }
    }
  }

  @Test
  void shouldRefuseWhenFramesFollowDamage() throws IOException {
    try (Journal journal = resumed()) {
      new TestFrames().appendTo(journal, 30, 1);
    }
    final Path file = onlyFile();
    final int step = (used(file) - 400) / 30;
    try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw")) {
      raw.seek(400 + 10L * step);
      raw.write(new byte[2 * step]);
    }

    final CorruptJournalException thrown =
        assertThrows(CorruptJournalException.class, () -> TestFrames.readAll(open().tailer()));
    assertTrue(thrown.sequence() >= 10 && thrown.sequence() <= 12, thrown.getMessage());
    assertEquals(thrown.sequence(), JournalScan.scan(dir, 0).sequence());
  }

  @Test
  void shouldNameWhatIsMissingWhenASegmentIsGone() throws IOException {
    final TestFrames frames = new TestFrames();
    for (int i = 0; i < 3; i++) {
      try (Journal journal = resumed()) {
        frames.appendTo(journal, 10, 10);
      }
    }
    final Path middle = Segments.list(dir.resolve(ChronicleJournal.FOLDER)).get(1);
    delete(middle);

    final JournalScan.Result result = JournalScan.scan(dir, 0);
    assertEquals(JournalScan.Status.CORRUPT, result.status());
    assertEquals(11, result.sequence());
  }

  @Test
  void shouldSayThatTheTailIsGoneWhenMoreWasKnown() throws IOException {
    final TestFrames frames = new TestFrames();
    for (int i = 0; i < 2; i++) {
      try (Journal journal = resumed()) {
        frames.appendTo(journal, 10, 10);
      }
    }
    delete(Segments.list(dir.resolve(ChronicleJournal.FOLDER)).get(1));

    final JournalScan.Result result = JournalScan.scan(dir, 20);
    assertEquals(JournalScan.Status.CORRUPT, result.status());
    assertEquals(11, result.sequence());
  }

  @Test
  void shouldSurviveGarbage() throws IOException {
    assertEquals(JournalScan.Status.UNREADABLE, JournalScan.scan(dir.resolve("nowhere"), 0).status());
    final Path segment = Segments.create(dir.resolve(ChronicleJournal.FOLDER), 1);
    assertEquals(JournalScan.Status.UNREADABLE, JournalScan.scan(dir, 0).status());
    final byte[] garbage = new byte[100_000];
    for (int seed = 0; seed < 20; seed++) {
      new Random(seed).nextBytes(garbage);
      Files.write(segment.resolve("19700101F.cq4"), garbage);
      assertEquals(JournalScan.Status.UNREADABLE, JournalScan.scan(dir, 0).status());
    }
    assertNull(ChronicleJournal.follow(dir.resolve("nowhere")));
  }

  @Test
  void shouldTurnAwayASecondHolderOfADirectory() {
    try (DirectoryLock first = DirectoryLock.acquire(dir)) {
      assertThrows(IllegalStateException.class, () -> DirectoryLock.acquire(dir));
      assertThrows(IllegalStateException.class, () -> DirectoryLock.acquire(dir), () -> "held: " + (null != first));
    }
    DirectoryLock.acquire(dir).close();
  }

  private long recoverAndAppendOne() {
    final Journal journal = open();
    final JournalTailer tailer = journal.tailer();
    TestFrames.readAll(tailer);
    final long last = tailer.sequence();
    final TestFrames frames = new TestFrames(last, tailer.chain());
    journal.resume(tailer);
    frames.appendTo(journal, 1, 1);
    journal.close();
    return last;
  }

  private Path onlyFile() {
    final List<Path> segments = Segments.list(dir.resolve(ChronicleJournal.FOLDER));
    assertEquals(1, segments.size());
    return Segments.queueFiles(segments.get(0)).get(0);
  }

  private void removeSegmentsBehindTheFirst() throws IOException {
    final List<Path> segments = Segments.list(dir.resolve(ChronicleJournal.FOLDER));
    for (final Path segment : segments.subList(1, segments.size())) {
      delete(segment);
    }
  }

  private static void delete(final Path segment) throws IOException {
    try (var entries = Files.list(segment)) {
      for (final Path entry : entries.toList()) {
        Files.delete(entry);
      }
    }
    Files.delete(segment);
  }

  private static int used(final Path file) throws IOException {
    final byte[] bytes = Files.readAllBytes(file);
    int end = bytes.length;
    while (0 == bytes[end - 1]) {
      end--;
    }
    return (end + 7) & -4;
  }

  private static void restore(final Path file, final byte[] whole, final int length) throws IOException {
    try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw")) {
      raw.setLength(0);
      raw.write(whole, 0, length);
    }
  }

  private static void flip(final Path file, final int at, final int mask) throws IOException {
    try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw")) {
      raw.seek(at);
      final int value = raw.read();
      raw.seek(at);
      raw.write(value ^ mask);
    }
  }
}
