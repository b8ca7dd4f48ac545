package io.gavel.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.engine.journal.CorruptJournalException;
import io.gavel.engine.replay.Recovery;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A journal so long that a thread of its own reads ahead: the same state, the same events, the same faults. */
class LongRecoveryTest {

  private static final int COMMANDS = 20_000;
  private static final long PATIENCE_MILLIS = 10_000;

  @TempDir
  private Path dir;
  private final TestClock clock = new TestClock();

  private GavelContext context() {
    return new GavelContext().dir(dir).clock(clock).journalBlockBytes(64 << 10);
  }

  private RecordedEvents live() {
    final RecordedEvents events = new RecordedEvents();
    try (Gavel engine = Gavel.launch(context().config(Scene.CONFIG), events)) {
      Scene.open(engine);
      final Random random = new Random(21);
      for (int i = 0; i < COMMANDS; i++) {
        Scene.random(engine, random, i);
        if (0 == i % 16) {
          Scene.drain(engine);
        }
      }
      Scene.drain(engine);
    }
    return events;
  }

  @Test
  void shouldComeToTheSameStateAndTellTheSameEvents() {
    final List<String> all = live().all;

    final RecordedEvents again = new RecordedEvents();
    try (Gavel engine = Gavel.launch(context().deliverFrom(0, 0), again)) {
      assertTrue(engine.recovery().frames() > COMMANDS, engine.recovery().toString());
      assertEquals(all, again.all);
    }
  }

  @Test
  void shouldNameTheDamageThatTheOtherThreadFindsAndDeliverWhatLiesBeforeIt() throws IOException {
    final List<String> all = live().all;
    final Path file;
    try (Stream<Path> paths = Files.walk(dir)) {
      file = paths.filter(path -> path.toString().endsWith(".cq4")).findFirst().orElseThrow();
    }
    final byte[] bytes = Files.readAllBytes(file);
    int used = bytes.length;
    while (0 == bytes[used - 1]) {
      used--;
    }
    try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw")) {
      raw.seek(used - 200_000);
      raw.write(bytes[used - 200_000] ^ 1);
    }

    final RecordedEvents before = new RecordedEvents();
    final CorruptJournalException thrown = assertThrows(
        CorruptJournalException.class, () -> Gavel.launch(context().deliverFrom(0, 0), before));
    assertTrue(thrown.sequence() > COMMANDS / 2 && thrown.sequence() < COMMANDS, thrown.getMessage());
    assertEquals(all.subList(0, before.all.size()), before.all);
    assertEquals(thrown.sequence() - 1, before.lastSequence);
  }

  @Test
  void shouldEndTheReaderWhenTheHostThrows() throws InterruptedException {
    live();
    final GavelEvents throwing = new GavelEvents() {
      private int left = 40_000;

      @Override
      public void onEvent(final DirectBuffer buffer, final int offset, final int length) {
        if (0 == --left) {
          throw new IllegalArgumentException("the host has had enough");
        }
      }
    };
    assertThrows(Recovery.HostFault.class, () -> Gavel.launch(context().deliverFrom(0, 0), throwing));
    for (final Thread thread : Thread.getAllStackTraces().keySet()) {
      if ("gavel-recovery-reader".equals(thread.getName())) {
        thread.join(PATIENCE_MILLIS);
        assertFalse(thread.isAlive(), "the reader goes on for nobody");
      }
    }
  }
}
