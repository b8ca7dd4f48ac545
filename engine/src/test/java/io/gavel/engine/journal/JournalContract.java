package io.gavel.engine.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.codecs.InvariantViolation;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What every journal must do, whatever it is made of. */
interface JournalContract {

  /** A journal on the same store as the one before it in the test. */
  Journal open();

  /** A journal that is ready to be appended to. */
  default Journal resumed() {
    final Journal journal = open();
    final JournalTailer tailer = journal.tailer();
    TestFrames.readAll(tailer);
    journal.resume(tailer);
    return journal;
  }

  static List<Long> upTo(final long last) {
    return LongStream.rangeClosed(1, last).boxed().toList();
  }

  @Test
  default void shouldHoldNothingWhenNew() {
    try (Journal journal = resumed(); JournalTailer tailer = journal.tailer()) {
      assertFalse(tailer.next());
      assertEquals(0, journal.lastSequence());
      assertEquals(0, tailer.sequence());
    }
  }

  @Test
  default void shouldReadBackWhatWasCommittedInOrder() {
    try (Journal journal = resumed()) {
      new TestFrames().appendTo(journal, 1_000, 7);
      try (JournalTailer tailer = journal.tailer()) {
        assertEquals(upTo(1_000), TestFrames.readAll(tailer));
      }
      assertEquals(1_000, journal.lastSequence());
    }
  }

  @Test
  default void shouldGoOnBehindWhatIsThereWhenOpenedAgain() {
    final TestFrames frames = new TestFrames();
    for (int i = 0; i < 3; i++) {
      try (Journal journal = resumed()) {
        assertEquals(frames.sequence(), journal.lastSequence());
        frames.appendTo(journal, 100, 100);
      }
    }
    try (Journal journal = open(); JournalTailer tailer = journal.tailer()) {
      assertEquals(upTo(300), TestFrames.readAll(tailer));
    }
  }

  @Test
  default void shouldLetATailerFollowWhatIsAppendedLater() {
    try (Journal journal = resumed()) {
      final TestFrames frames = new TestFrames();
      frames.appendTo(journal, 10, 3);
      try (JournalTailer tailer = journal.tailer()) {
        assertEquals(upTo(10), TestFrames.readAll(tailer));
        frames.appendTo(journal, 500, 50);
        assertEquals(500, TestFrames.readAll(tailer).size());
        assertEquals(510, tailer.sequence());
        assertFalse(tailer.next());
      }
    }
  }

  @Test
  default void shouldBeginBehindAnyPositionAndRefuseAnotherHistory() {
    try (Journal journal = resumed()) {
      new TestFrames().appendTo(journal, 60, 7);
      final List<JournalPosition> positions = new ArrayList<>(List.of(JournalPosition.START));
      try (JournalTailer tailer = journal.tailer()) {
        while (tailer.next()) {
          positions.add(JournalPosition.of(tailer));
        }
      }
      for (final JournalPosition position : positions) {
        try (JournalTailer tailer = journal.tailer(position)) {
          assertEquals(upTo(60).subList((int) position.sequence(), 60), TestFrames.readAll(tailer));
        }
      }
      final JournalPosition other = new JournalPosition(30, positions.get(30).engineTimeNs(), 77);
      final CorruptJournalException thrown =
          assertThrows(CorruptJournalException.class, () -> journal.tailer(other).next());
      assertEquals(30, thrown.sequence());
      assertTrue(thrown.reason().startsWith("another history"), thrown.reason());
      final JournalPosition beyond = new JournalPosition(61, 61_000, 77);
      assertEquals(61, assertThrows(
          CorruptJournalException.class, () -> journal.tailer(beyond).next()).sequence());
    }
  }

  @Test
  default void shouldRefuseAFrameThatDoesNotFollow() {
    try (Journal journal = resumed()) {
      final TestFrames frames = new TestFrames();
      frames.next();
      final int length = frames.next();
      assertThrows(InvariantViolation.class, () -> journal.append(frames.buffer, 0, length));
    }
  }

  @Test
  default void shouldCountCommittedBytesOnly() {
    try (Journal journal = resumed()) {
      final TestFrames frames = new TestFrames();
      final int length = frames.next();
      journal.append(frames.buffer, 0, length);
      assertEquals(0, journal.committedBytes());
      journal.commit(DurabilityLevel.DISK);
      assertEquals(length, journal.committedBytes());
      assertTrue(journal.lastSequence() == 1);
    }
  }
}
