package io.gavel.engine.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Goal: frames that share a record are as separate as if they did not. Method: long records, hurt at known frames. */
class SharedRecordTest {

  private static final Logger NOTICES = Logger.getLogger("io.gavel.engine.journal");
  private static final int BLOCK_BYTES = 1 << 20;
  private static final int FRAME_LENGTH = 120;
  private static final int QUEUE_DATA = 0x4000_0000;

  @TempDir
  private Path dir;

  /** Where a record's frames begin, and how many bytes they take. */
  private record Place(int body, int length) {
  }

  @BeforeEach
  void silenceNotices() {
    NOTICES.setLevel(Level.OFF);
  }

  @AfterEach
  void hearNotices() {
    NOTICES.setLevel(null);
  }

  @Test
  void shouldPutACommitIntoAsFewRecordsAsItFills() throws IOException {
    final Path file = written(900, 300);

    assertEquals(List.of(300 * FRAME_LENGTH, 300 * FRAME_LENGTH, 300 * FRAME_LENGTH),
        records(Files.readAllBytes(file)).stream().map(Place::length).toList());
    assertEquals(900, JournalScan.scan(dir, 900).lastSequence());
  }

  @Test
  void shouldSplitACommitThatIsLongerThanARecord() throws IOException {
    final Path file = written(1_200, 1_200);

    final List<Place> records = records(Files.readAllBytes(file));
    assertEquals(3, records.size());
    assertTrue(records.stream().allMatch(place -> place.length() <= 64 << 10 && 0 == place.length() % FRAME_LENGTH));
  }

  @Test
  void shouldKeepTheWholeFramesOfARecordThatEndsInTheMiddle() throws IOException {
    final Path file = written(600, 300);
    final byte[] whole = Files.readAllBytes(file);
    final Place last = records(whole).get(1);
    for (final int kept : new int[] {0, 1, 150, 298, 299}) {
      final int end = last.body() + kept * FRAME_LENGTH + 57;
      Files.write(file, Arrays.copyOf(whole, end));

      final Journal journal = new ChronicleJournal(dir, BLOCK_BYTES, 1 << 24);
      final JournalTailer tailer = journal.tailer();
      TestFrames.readAll(tailer);
      assertEquals(300 + kept, tailer.sequence());
      final TestFrames more = new TestFrames(tailer.sequence(), tailer.chain());
      journal.resume(tailer);
      more.appendTo(journal, 40, 40);
      journal.close();

      assertEquals(new JournalScan.Result(JournalScan.Status.CLEAN, 0, 340 + kept, dir.toString(), ""),
          JournalScan.scan(dir, 340 + kept));
      restore(file, whole);
    }
  }

  @Test
  void shouldNameTheSequenceOfADamagedFrameInsideARecord() throws IOException {
    final Path file = written(600, 300);
    final byte[] whole = Files.readAllBytes(file);
    final List<Place> records = records(whole);
    for (final int sequence : new int[] {1, 2, 150, 300, 301, 450, 599}) {
      final Place record = records.get((sequence - 1) / 300);
      final byte[] hurt = whole.clone();
      hurt[record.body() + (sequence - 1) % 300 * FRAME_LENGTH + 70] ^= 4;
      Files.write(file, hurt);

      final CorruptJournalException thrown = assertThrows(CorruptJournalException.class,
          () -> TestFrames.readAll(new ChronicleJournal(dir, BLOCK_BYTES, 1 << 24).tailer()));
      assertEquals(sequence, thrown.sequence(), thrown.getMessage());
      assertTrue(thrown.reason().startsWith("CRC32C is"), thrown.getMessage());
    }
  }

  @Test
  void shouldNameTheFirstSequenceOfARecordThatIsGone() throws IOException {
    final Path file = written(900, 300);
    final byte[] whole = Files.readAllBytes(file);
    final List<Place> records = records(whole);
    final byte[] shorter = new byte[whole.length];
    final int from = records.get(1).body() - Integer.BYTES;
    final int to = records.get(2).body() - Integer.BYTES;
    System.arraycopy(whole, 0, shorter, 0, from);
    System.arraycopy(whole, to, shorter, from, whole.length - to);
    Files.write(file, shorter);

    final CorruptJournalException thrown = assertThrows(CorruptJournalException.class,
        () -> TestFrames.readAll(new ChronicleJournal(dir, BLOCK_BYTES, 1 << 24).tailer()));
    assertEquals(301, thrown.sequence(), thrown.getMessage());
  }

  /** Writes frames and takes the seal away, as after a crash. */
  private Path written(final int frames, final int framesPerCommit) throws IOException {
    final Journal journal = new ChronicleJournal(dir, BLOCK_BYTES, 1 << 24);
    journal.resume(journal.tailer());
    new TestFrames().appendTo(journal, frames, framesPerCommit);
    journal.close();
    final Path segment = Segments.list(dir.resolve(ChronicleJournal.FOLDER)).get(0);
    Files.delete(segment.resolve("segment.seal"));
    return Segments.queueFiles(segment).get(0);
  }

  private void restore(final Path file, final byte[] whole) throws IOException {
    final List<Path> segments = Segments.list(dir.resolve(ChronicleJournal.FOLDER));
    for (final Path segment : segments.subList(1, segments.size())) {
      try (var entries = Files.list(segment)) {
        for (final Path entry : entries.toList()) {
          Files.delete(entry);
        }
      }
      Files.delete(segment);
    }
    Files.deleteIfExists(file.resolveSibling("segment.seal"));
    Files.write(file, whole);
  }

  private static List<Place> records(final byte[] bytes) {
    final ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    final List<Place> places = new ArrayList<>();
    int at = 0;
    int header = buffer.getInt(at);
    while (0 != header) {
      final int length = header & 0x3FFF_FFFF;
      if (0 == (header & QUEUE_DATA)) {
        places.add(new Place(at + Integer.BYTES, length));
      }
      at = (at + Integer.BYTES + length + 3) & -4;
      header = buffer.getInt(at);
    }
    return places;
  }
}
