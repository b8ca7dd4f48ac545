package io.gavel.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.engine.journal.JournalFault;
import io.gavel.engine.journal.MemoryJournal;
import io.gavel.engine.replay.RecoveryReport;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Goal: nothing leaves before it is committed. Method: the journal fails at every call in turn. */
class FaultTest {

  private static final java.util.logging.Logger NOTICES = java.util.logging.Logger.getLogger("io.gavel.engine");

  @BeforeEach
  void silenceNotices() {
    NOTICES.setLevel(java.util.logging.Level.OFF);
  }

  @AfterEach
  void hearNotices() {
    NOTICES.setLevel(null);
  }

  @Test
  void shouldHaltBeforeAnythingUncommittedLeavesWhereverTheJournalFails() {
    for (final FaultyJournal.Call call : FaultyJournal.Call.values()) {
      for (final Preset preset : new Preset[] {Preset.EMBEDDED, Preset.DEDICATED}) {
        for (int calls = 12; calls < 40; calls += 9) {
          shouldHaltAt(call, calls, preset);
        }
      }
    }
  }

  private static void shouldHaltAt(final FaultyJournal.Call call, final int calls, final Preset preset) {
    final MemoryJournal kept = MemoryJournal.keepingAll();
    final FaultyJournal faulty = new FaultyJournal(kept, call, calls);
    final RecordedEvents events = new RecordedEvents();
    try (Gavel engine = Gavel.launch(
        new GavelContext().journal(faulty).config(Scene.CONFIG).clock(new TestClock()).preset(preset), events)) {
      Scene.open(engine);
      final Random random = new Random(5);
      long code = 0;
      for (int i = 0; i < 200 && Codes.HALTED != code; i++) {
        code = Scene.random(engine, random, i);
        Scene.drain(engine);
        if (Preset.DEDICATED == preset) {
          Thread.onSpinWait();
        }
      }
      awaitHalt(engine);
      assertEquals(Codes.HALTED, engine.prices().mark(Scene.PAIR, "60000"));
      assertThrows(IllegalStateException.class, () -> engine.admin().account("late"));
      assertTrue(engine.haltCause() instanceof JournalFault);
    }
    assertTrue(faulty.sealed);
    assertEquals(1, events.halts.size());
    assertTrue(events.lastSequence <= kept.lastSequence(), "an event left in front of its commit");

    final RecordedEvents again = new RecordedEvents();
    try (Gavel engine = Gavel.launch(
        new GavelContext().journal(kept).clock(new TestClock()).deliverFrom(0, 0), again)) {
      final RecoveryReport report = engine.recovery();
      assertEquals(kept.lastSequence(), report.sequence());
      assertEquals(events.all, again.all.subList(0, events.all.size()));
    }
  }

  private static void awaitHalt(final Gavel engine) {
    while (!engine.isHalted()) {
      engine.prices().mark(Scene.PAIR, "60000");
      Scene.drain(engine);
      Thread.onSpinWait();
    }
  }
}
