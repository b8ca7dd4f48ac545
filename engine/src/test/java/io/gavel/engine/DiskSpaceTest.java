package io.gavel.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.codecs.ReasonTexts;
import io.gavel.codecs.sbe.CommandAnswerDecoder;
import io.gavel.codecs.sbe.DegradedCause;
import io.gavel.codecs.sbe.OrdType;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.RuleTriggeredDecoder;
import io.gavel.codecs.sbe.Side;
import io.gavel.codecs.sbe.TradeDecoder;
import io.gavel.engine.journal.DurabilityLevel;
import io.gavel.engine.journal.MemoryJournal;
import io.gavel.engine.replay.ExecutionLog;
import io.gavel.engine.replay.ReplayListener;
import io.gavel.engine.replay.ReplayResult;
import io.gavel.engine.replay.Replayer;
import io.gavel.engine.status.CountersSnapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Goal: a disk that runs full costs new risk first and protection last, and the decision is on the record. Method: the
 * room that is left is a number of the test's.
 */
class DiskSpaceTest {

  private static final java.util.logging.Logger NOTICES = java.util.logging.Logger.getLogger("io.gavel.engine");
  private static final long LOW = 1 << 20;

  @TempDir
  private Path dir;

  private final AtomicLong usable = new AtomicLong(100 * LOW);
  private final List<String> heard = new ArrayList<>();
  private ReasonCode lastCode = ReasonCode.OK;

  private final GavelEvents events = new GavelEvents() {
    @Override
    public void onAnswer(final CommandAnswerDecoder answer) {
      lastCode = answer.code();
    }

    @Override
    public void onTrigger(final RuleTriggeredDecoder evidence) {
      heard.add("trigger");
    }

    @Override
    public void onTrade(final TradeDecoder trade) {
      heard.add("trade " + trade.quantityLots());
    }

    @Override
    public void onDegraded(final boolean on, final long usableBytes) {
      heard.add((on ? "short " : "room ") + usableBytes);
    }
  };

  @BeforeEach
  void silenceNotices() {
    NOTICES.setLevel(java.util.logging.Level.OFF);
  }

  @AfterEach
  void hearNotices() {
    NOTICES.setLevel(null);
  }

  @Test
  void shouldRefuseNewRiskAndServeWhatProtectsUntilThereIsRoomAgain() throws IOException {
    try (Gavel engine = Gavel.launch(context(), events)) {
      Scene.open(engine);
      Scene.limit(engine, "alice", Side.BUY, "59000", "1");
      engine.orders().place(o -> o.acct("alice").instId(Scene.PAIR).side(Side.BUY).ordType(OrdType.LIMIT)
          .px("58000").sz("0.5").clOrdId("to-cancel"));
      engine.rules().arm(r -> r.acct("bob").instId(Scene.PAIR).sz("0.4").slTriggerPx("59500").slOrdPx("-1")
          .triggerPxType(PriceSource.MARK));
      Scene.drain(engine);
      assertEquals(List.of(), heard);

      usable.set(LOW - 1);
      commits(engine);
      assertEquals(List.of("short " + (LOW - 1)), heard);
      assertEquals(1, counter("no new risk taken (1: degraded)"));
      assertEquals(LOW - 1, counter("bytes the disk has left for the journal"));
      assertEquals(ReasonCode.DEGRADED, code(engine, () -> Scene.limit(engine, "bob", Side.SELL, "60000", "1")));
      assertEquals(ReasonCode.OK, code(engine, () -> engine.orders().cancel("alice", "to-cancel")));
      assertEquals(ReasonCode.OK, code(engine, () -> engine.prices().mark(Scene.PAIR, "59400")));
      assertEquals(List.of("trigger", "trade 400"), heard.subList(1, heard.size()));
      assertEquals(ReasonCode.OK, code(engine, () -> engine.admin().haltEngine(true)));
      assertEquals(ReasonCode.OK, code(engine, () -> engine.admin().haltEngine(false)));

      // What an operator says neither lifts it nor is lifted with it.
      assertEquals(ReasonCode.OK, code(engine, () -> engine.admin().degraded(true).degraded(false)));
      assertEquals(ReasonCode.DEGRADED, code(engine, () -> Scene.limit(engine, "bob", Side.SELL, "60000", "1")));
      engine.admin().degraded(true);
      usable.set(2 * LOW);
      commits(engine);
      assertEquals("room " + 2 * LOW, heard.get(heard.size() - 1));
      assertEquals(ReasonCode.DEGRADED, code(engine, () -> Scene.limit(engine, "bob", Side.SELL, "60000", "1")));
      assertEquals(ReasonCode.OK, code(engine, () -> engine.admin().degraded(false)));
      assertEquals(ReasonCode.OK, code(engine, () -> Scene.limit(engine, "bob", Side.SELL, "60000", "1")));
      assertEquals(0, counter("no new risk taken (1: degraded)"));
    }
    assertEquals(ReplayResult.Comparison.SAME, Replayer.replay(dir, ReplayListener.NONE).comparison());
    final String log = log();
    assertTrue(log.contains("the disk is nearly full: no new risk"), log);
    assertTrue(log.contains("the disk has room again"), log);
  }

  @ParameterizedTest
  @EnumSource(Preset.class)
  void shouldComeBackByItselfWhenNothingIsSent(final Preset preset) throws InterruptedException {
    try (Gavel engine = Gavel.launch(context().preset(preset), events)) {
      engine.admin().asset("BTC", 8);
      usable.set(1);
      for (int i = 0; i < 200; i++) {
        engine.admin().advanceTime(0);
        await(engine, preset, engine.sequence() + 1);
      }
      assertTrue(isShort(engine));
      usable.set(100 * LOW);
      for (int i = 0; i < 10_000 && isShort(engine); i++) {
        engine.doWork();
        Thread.sleep(preset.ownThread() ? 1 : 0);
      }
      assertFalse(isShort(engine));
    }
    assertEquals(List.of("short 1", "room " + 100 * LOW), heard);
  }

  @Test
  void shouldKnowAfterARestartWhoseDegradationItWas() {
    usable.set(0);
    try (Gavel engine = Gavel.launch(context(), events)) {
      Scene.open(engine);
      engine.admin().degraded(true);
      Scene.drain(engine);
      assertTrue(isShort(engine));
    }
    usable.set(100 * LOW);
    try (Gavel engine = Gavel.launch(context(), events)) {
      Scene.drain(engine);
      assertFalse(isShort(engine));
      assertEquals(true, engine.ask(core -> core.risk().isDegraded(DegradedCause.OPERATOR)));
      assertEquals(ReasonCode.DEGRADED, code(engine, () -> Scene.limit(engine, "bob", Side.SELL, "60000", "1")));
    }
    assertEquals(List.of("short 0", "room " + 100 * LOW), heard);
    assertEquals(ReplayResult.Comparison.SAME, Replayer.replay(dir, ReplayListener.NONE).comparison());
  }

  @Test
  void shouldSayItAgainWhenSomebodyElseLiftsWhatTheDiskSays() {
    usable.set(5);
    try (Gavel engine = Gavel.launch(context(), events)) {
      Scene.open(engine);
      final var command = engine.ingress();
      command.begin(new io.gavel.codecs.sbe.DegradedEncoder()).cause(DegradedCause.DISK_SPACE);
      assertTrue(command.offer() >= 0);
      Scene.drain(engine);
      assertTrue(isShort(engine));
      assertEquals(ReasonCode.DEGRADED, code(engine, () -> Scene.limit(engine, "bob", Side.SELL, "60000", "1")));
    }
    assertEquals(List.of("short 5", "short 5"), heard);
  }

  @Test
  void shouldWatchNothingWithoutAMarkOrWithoutADisk() {
    usable.set(0);
    for (final GavelContext context : List.of(context().spaceLowWaterBytes(0),
        new GavelContext().journal(MemoryJournal.keepingAll()).config(Scene.CONFIG), new GavelContext())) {
      try (Gavel engine = Gavel.launch(context, events)) {
        engine.admin().asset("BTC", 8);
        Scene.drain(engine);
        assertEquals(2, engine.sequence());
      }
    }
    try (Gavel engine = Gavel.launch(
        new GavelContext().journal(MemoryJournal.keepingAll()).usableBytes(usable::get), events)) {
      engine.admin().asset("BTC", 8);
      Scene.drain(engine);
      assertEquals(3, engine.sequence(), "a journal of the host's own is watched through the host");
      assertEquals(DurabilityLevel.PROCESS, engine.durability());
    }
  }

  private GavelContext context() {
    return new GavelContext().dir(dir).config(Scene.CONFIG).clock(new TestClock()).journalBlockBytes(64 << 10)
        .spaceLowWaterBytes(LOW).spaceReserveBytes(64 << 10).usableBytes(usable::get);
  }

  private ReasonCode code(final Gavel engine, final Runnable command) {
    command.run();
    Scene.drain(engine);
    return lastCode;
  }

  private static boolean isShort(final Gavel engine) {
    return engine.ask(core -> core.risk().isDegraded(DegradedCause.DISK_SPACE));
  }

  /** As many commits as the guard needs to look once. */
  private static void commits(final Gavel engine) {
    for (int i = 0; i < 66; i++) {
      engine.prices().index(Scene.PAIR, "60000");
      Scene.drain(engine);
    }
  }

  private static void await(final Gavel engine, final Preset preset, final long sequence) {
    while (engine.sequence() < sequence) {
      if (preset.ownThread()) {
        Thread.onSpinWait();
      } else {
        engine.doWork();
      }
    }
  }

  private long counter(final String label) throws IOException {
    return CountersSnapshot.read(dir).counters().stream().filter(counter -> counter.label().equals(label))
        .findFirst().orElseThrow().value();
  }

  private String log() {
    final StringBuilder lines = new StringBuilder();
    ExecutionLog.write(dir, Long.MAX_VALUE, new ExecutionLog.Options(ReasonTexts.Language.EN, false), new Directory(),
        lines);
    return lines.toString();
  }
}
