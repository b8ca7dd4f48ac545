package io.gavel.engine.journal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Goal: no flipped bit of a real journal goes unnoticed, and none is ever read as content. Method: 64 records, every
 * bit of what is used of their file and a little of the empty rest, one at a time.
 */
class EveryBitTest {

  private static final int FRAMES = 64;
  private static final int BEHIND = 64;

  @TempDir
  private Path dir;

  @Test
  void shouldNoticeEveryBitAndReadNoneAsContent() throws IOException {
    try (Journal journal = new ChronicleJournal(dir, 64 << 10, 1 << 20)) {
      journal.resume(journal.tailer());
      new TestFrames().appendTo(journal, FRAMES, 9);
    }
    final List<byte[]> written = frames();
    assertEquals(FRAMES, written.size());
    final Path file = Segments.queueFiles(Segments.list(dir.resolve(ChronicleJournal.FOLDER)).get(0)).get(0);
    final byte[] bytes = Files.readAllBytes(file);
    int used = bytes.length;
    while (0 == bytes[used - 1]) {
      used--;
    }

    final int end = Math.min(bytes.length, used + BEHIND);
    int refusedByReader = 0;
    try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
      for (int at = 0; at < end; at++) {
        for (int bit = 0; bit < Byte.SIZE; bit++) {
          access.seek(at);
          access.writeByte(bytes[at] ^ 1 << bit);
          final JournalScan.Result result = JournalScan.scan(dir, FRAMES);
          assertNotEquals(JournalScan.Status.CLEAN, result.status(), "byte " + at + ", bit " + bit);
          refusedByReader += readsAsWritten(written) ? 0 : 1;
        }
        access.seek(at);
        access.writeByte(bytes[at]);
      }
    }
    assertEquals(JournalScan.Status.CLEAN, JournalScan.scan(dir, FRAMES).status());
    assertTrue(refusedByReader > FRAMES * 100 * Byte.SIZE, "the reader refused only " + refusedByReader);
    System.out.println("| bits of a real journal of " + FRAMES + " records flipped, noticed | every bit | "
        + end * Byte.SIZE + ", of these " + refusedByReader + " by the frame reader alone, the rest by the seal |");
  }

  /** Whether all is read; what is read must be what was written, whatever else happens. */
  private boolean readsAsWritten(final List<byte[]> written) {
    final List<byte[]> read = new ArrayList<>();
    boolean refused = false;
    try (JournalTailer tailer = new ChronicleJournal(dir, 64 << 10, 1 << 20).tailer()) {
      while (tailer.next()) {
        read.add(bytesOf(tailer));
      }
    } catch (final CorruptJournalException refusal) {
      refused = true;
    }
    for (int i = 0; i < read.size(); i++) {
      assertArrayEquals(written.get(i), read.get(i), "frame " + i);
    }
    return !refused && read.size() == written.size();
  }

  private List<byte[]> frames() {
    final List<byte[]> frames = new ArrayList<>();
    try (JournalTailer tailer = new ChronicleJournal(dir, 64 << 10, 1 << 20).tailer()) {
      while (tailer.next()) {
        frames.add(bytesOf(tailer));
      }
    }
    return frames;
  }

  private static byte[] bytesOf(final JournalTailer tailer) {
    final byte[] bytes = new byte[tailer.length()];
    tailer.buffer().getBytes(tailer.offset(), bytes);
    return bytes;
  }
}
