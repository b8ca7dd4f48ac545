package io.gavel.engine.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;

class MemoryJournalTest implements JournalContract {

  private final MemoryJournal journal = MemoryJournal.keepingAll();

  @Override
  public Journal open() {
    return journal;
  }

  @Test
  void shouldOnlyCountWhenItKeepsNothing() {
    final MemoryJournal counting = MemoryJournal.keepingNothing();
    counting.resume(counting.tailer());
    new TestFrames().appendTo(counting, 50, 5);

    assertEquals(50, counting.lastSequence());
    assertFalse(counting.tailer().next());
  }
}
