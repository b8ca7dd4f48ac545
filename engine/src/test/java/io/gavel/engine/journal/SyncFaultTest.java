package io.gavel.engine.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.codecs.sbe.CommandAnswerDecoder;
import io.gavel.engine.Gavel;
import io.gavel.engine.GavelContext;
import io.gavel.engine.GavelEvents;
import java.io.FileDescriptor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Goal: whoever asked for the disk is told of nothing that the disk has not confirmed. Method: it fails at every n. */
class SyncFaultTest {

  private static final java.util.logging.Logger NOTICES = java.util.logging.Logger.getLogger("io.gavel.engine");
  private static final int COMMANDS = 12;

  @TempDir
  private Path root;

  @BeforeEach
  void silenceNotices() {
    NOTICES.setLevel(java.util.logging.Level.OFF);
  }

  @AfterEach
  void hearNotices() {
    NOTICES.setLevel(null);
  }

  /** Counts, and fails at one call and every later one. */
  private static final class FailingDisk implements DiskSync {

    private final int callsBefore;
    private int calls;

    FailingDisk(final int callsBefore) {
      this.callsBefore = callsBefore;
    }

    @Override
    public void sync(final FileDescriptor file) throws IOException {
      calls++;
      if (calls > callsBefore) {
        throw new IOException("Input/output error, call " + calls);
      }
      file.sync();
    }
  }

  @Test
  void shouldHaltAtTheFirstSyncThatFailsAndNeverTryAgain() {
    // One sync for the configuration and one for each command, since each has a commit of its own.
    for (int before = 0; before <= COMMANDS; before++) {
      final Path dir = root.resolve("n" + before);
      final FailingDisk disk = new FailingDisk(before);
      final List<Long> told = new ArrayList<>();
      if (0 == before) {
        assertThrows(UncheckedIOException.class, () -> run(dir, disk, told));
      } else {
        final Gavel engine = run(dir, disk, told);
        assertTrue(engine.isHalted());
        assertTrue(engine.haltCause() instanceof UncheckedIOException, () -> String.valueOf(engine.haltCause()));
      }
      assertEquals(before + 1, disk.calls, "a disk that has failed is not asked again");
      assertEquals(before, told.size());
      final Path segment = Segments.list(dir.resolve("journal")).get(0);
      assertFalse(Seal.exists(segment), "sealed although the disk failed");
    }
    final List<Long> told = new ArrayList<>();
    final FailingDisk whole = new FailingDisk(Integer.MAX_VALUE);
    assertNull(run(root.resolve("whole"), whole, told).haltCause());
    assertEquals(COMMANDS + 1, told.size());
    assertEquals(COMMANDS + 2, whole.calls, "the configuration, each command, and the end");
  }

  @Test
  void shouldConfirmWhatAKilledProcessLeftInFrontOfSayingItAgain() throws IOException {
    run(root, new FailingDisk(Integer.MAX_VALUE), new ArrayList<>());
    final Path segment = Segments.list(root.resolve("journal")).get(0);
    Files.delete(segment.resolve("segment.seal"));

    final FailingDisk dead = new FailingDisk(0);
    final List<Long> told = new ArrayList<>();
    assertThrows(UncheckedIOException.class, () -> Gavel.launch(
        context(root, dead).deliverFrom(0, 0), hearing(told)));
    assertEquals(List.of(), told);
    final FailingDisk disk = new FailingDisk(Integer.MAX_VALUE);
    Gavel.launch(context(root, disk).deliverFrom(0, 0), hearing(told)).close();
    assertEquals(COMMANDS + 1, told.size());
    assertEquals(2, disk.calls, "once in front of the replay, once in front of the seal");
    final FailingDisk sealed = new FailingDisk(Integer.MAX_VALUE);
    Gavel.launch(context(root, sealed), GavelEvents.NONE).close();
    assertEquals(0, sealed.calls);
  }

  @Test
  void shouldNotAskTheDiskAtProcessLevelUntilTheEnd() {
    final FailingDisk disk = new FailingDisk(Integer.MAX_VALUE);
    try (Gavel engine = Gavel.launch(context(root, disk).durability(DurabilityLevel.PROCESS), GavelEvents.NONE)) {
      engine.admin().asset("BTC", 8);
      assertEquals(1, engine.doWork());
      assertEquals(0, disk.calls);
    }
    assertEquals(1, disk.calls);
  }

  private static Gavel run(final Path dir, final DiskSync disk, final List<Long> told) {
    final Gavel engine = Gavel.launch(context(dir, disk), hearing(told));
    try (engine) {
      for (int i = 1; i <= COMMANDS && !engine.isHalted(); i++) {
        engine.admin().advanceTime(0);
        engine.doWork();
      }
    }
    return engine;
  }

  private static GavelContext context(final Path dir, final DiskSync disk) {
    return new GavelContext().journal(new ChronicleJournal(dir, 64 << 10, 1 << 20, disk))
        .durability(DurabilityLevel.DISK);
  }

  private static GavelEvents hearing(final List<Long> told) {
    return new GavelEvents() {
      @Override
      public void onAnswer(final CommandAnswerDecoder answer, final DurabilityLevel committedAt) {
        assertEquals(DurabilityLevel.DISK, committedAt);
        told.add(answer.header().sequence());
      }
    };
  }
}
