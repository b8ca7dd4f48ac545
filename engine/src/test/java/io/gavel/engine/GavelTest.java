package io.gavel.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.codecs.sbe.OrdType;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.Side;
import io.gavel.codecs.sbe.TradeDecoder;
import io.gavel.engine.journal.DurabilityLevel;
import io.gavel.engine.journal.MemoryJournal;
import io.gavel.engine.snapshot.StateHash;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class GavelTest {

  private final TestClock clock = new TestClock();
  private final RecordedEvents events = new RecordedEvents();

  private GavelContext context() {
    return new GavelContext().clock(clock).config(Scene.CONFIG);
  }

  @Test
  void shouldTradeWhenTwoOrdersMeet() {
    try (Gavel engine = Gavel.launch(context(), events)) {
      Scene.open(engine);
      assertTrue(Scene.limit(engine, "bob", Side.SELL, "60000", "1") >= 0);
      assertTrue(Scene.limit(engine, "alice", Side.BUY, "60000.1", "0.4") >= 0);
      Scene.drain(engine);

      assertEquals(List.of("400@600000"), events.trades);
      assertEquals(1 + 8 + 2, engine.sequence());
      assertTrue(events.answers.stream().allMatch(ReasonCode.OK::equals), events.answers.toString());
      assertEquals(engine.stateHash(), engine.ask(core -> StateHash.of(core.businessState())));
    }
    assertTrue(events.halts.isEmpty());
  }

  @Test
  void shouldAnswerTheSameWhoeverDrives() {
    final String invoked = hashOfRun(Preset.EMBEDDED);
    assertEquals(invoked, hashOfRun(Preset.DEDICATED));
    assertEquals(invoked, hashOfRun(Preset.DEDICATED_SPINNING));
    assertNotEquals(StateHash.EMPTY, invoked);
  }

  private String hashOfRun(final Preset preset) {
    try (Gavel engine = Gavel.launch(context().preset(preset).ringCapacity(1 << 13), new RecordedEvents())) {
      Scene.open(engine);
      engine.query(core -> { });
      final java.util.Random random = new java.util.Random(7);
      for (int i = 0; i < 2_000; i++) {
        assertTrue(Scene.random(engine, random, i) >= 0);
        if (0 == i % 100) {
          Scene.drain(engine);
        }
      }
      Scene.drain(engine);
      return engine.stateHash();
    }
  }

  @Test
  void shouldHaltOnceWhenAHandlerThrowsAndLetTheHostLive() {
    final IllegalStateException fault = new IllegalStateException("the host's mistake");
    final AtomicReference<Throwable> told = new AtomicReference<>();
    final RecordedEvents throwing = new RecordedEvents() {
      @Override
      public void onTrade(final TradeDecoder trade) {
        throw fault;
      }
    };
    java.util.logging.Logger.getLogger("io.gavel.engine").setLevel(java.util.logging.Level.OFF);
    try (Gavel engine = Gavel.launch(context().errorHandler(told::set), throwing)) {
      Scene.open(engine);
      Scene.limit(engine, "bob", Side.SELL, "60000", "1");
      Scene.limit(engine, "alice", Side.BUY, "60000", "1");
      Scene.drain(engine);

      assertTrue(engine.isHalted());
      assertEquals(List.of(fault), throwing.halts);
      assertSame(fault, told.get());
      assertEquals(Codes.HALTED, Scene.limit(engine, "bob", Side.SELL, "60000", "1"));
      assertThrows(IllegalStateException.class, () -> engine.admin().account("carol"));
      assertEquals(0, engine.doWork());
    } finally {
      java.util.logging.Logger.getLogger("io.gavel.engine").setLevel(null);
    }
    assertEquals(1, throwing.halts.size());
  }

  @Test
  void shouldTurnProducersAwayWhenTheRingIsFullAndTakeThemAgainAfterwards() {
    try (Gavel engine = Gavel.launch(context().ringCapacity(16), events)) {
      Scene.open(engine);
      long code = 0;
      int taken = 0;
      while (code >= 0) {
        code = engine.prices().mark(Scene.PAIR, "60000");
        taken++;
      }

      assertEquals(Codes.BACK_PRESSURED, code);
      assertEquals(17, taken);
      assertTrue(Codes.describe(code).startsWith("BACK_PRESSURED"));
      Scene.drain(engine);
      assertTrue(engine.prices().mark(Scene.PAIR, "60000") >= 0);
    }
  }

  @Test
  void shouldSayClosedWhenClosed() {
    final Gavel engine = Gavel.launch(context(), events);
    Scene.open(engine);
    final long sequence = engine.sequence();
    engine.prices().mark(Scene.PAIR, "60000");
    engine.close();
    engine.close();

    assertEquals(sequence + 1, engine.sequence());
    assertEquals(Codes.CLOSED, engine.prices().mark(Scene.PAIR, "60000"));
    assertEquals(0, engine.doWork());
  }

  @Test
  void shouldTurnAwayASecondThreadThatDrives() throws InterruptedException {
    try (Gavel engine = Gavel.launch(context(), events)) {
      Scene.open(engine);
      final AtomicReference<Throwable> thrown = new AtomicReference<>();
      final Thread second = new Thread(() -> {
        try {
          engine.doWork();
        } catch (final AssertionError ex) {
          thrown.set(ex);
        }
      }, "second");
      second.start();
      second.join();

      assertTrue(String.valueOf(thrown.get()).contains("second"), String.valueOf(thrown.get()));
      Scene.drain(engine);
      assertFalse(engine.isHalted());
    }
  }

  @Test
  void shouldTakeCommandsFromWithinAHandlerButNotBeDrivenOrAskedThere() {
    final AtomicReference<Gavel> held = new AtomicReference<>();
    final int[] refusals = {0};
    final RecordedEvents replying = new RecordedEvents() {
      @Override
      public void onTrade(final TradeDecoder trade) {
        super.onTrade(trade);
        assertTrue(held.get().prices().mark(Scene.PAIR, "60000") >= 0);
        assertThrows(IllegalStateException.class, () -> held.get().doWork());
        assertThrows(IllegalStateException.class, () -> held.get().stateHash());
        assertThrows(IllegalStateException.class, () -> held.get().close());
        refusals[0]++;
      }
    };
    try (Gavel engine = Gavel.launch(context(), replying)) {
      held.set(engine);
      Scene.open(engine);
      Scene.limit(engine, "bob", Side.SELL, "60000", "1");
      Scene.limit(engine, "alice", Side.BUY, "60000", "1");
      Scene.drain(engine);

      assertFalse(engine.isHalted(), () -> String.valueOf(engine.haltCause()));
      assertEquals(1, refusals[0]);
      assertEquals(1 + 8 + 3, engine.sequence());
    }
  }

  @Test
  void shouldKeepTimeGoingForwardWhenTheClockStepsBack() {
    try (Gavel engine = Gavel.launch(context(), events)) {
      Scene.open(engine);
      final long before = engine.engineTimeNs();
      clock.advance(-3_600_000_000_000L);
      engine.prices().mark(Scene.PAIR, "60000");
      Scene.drain(engine);
      assertEquals(before, engine.engineTimeNs());
      clock.advance(7_200_000_000_000L);
      engine.prices().mark(Scene.PAIR, "60000");
      Scene.drain(engine);
      assertEquals(TestClock.START_NS + 3_600_000_000_000L, engine.engineTimeNs());
    }
  }

  @Test
  void shouldNotFollowAClockThatJumpsUntilAnOperatorSaysSo() {
    try (Gavel engine = Gavel.launch(
        context().config(Scene.CONFIG.withClockJumpMaxNs(1_000_000_000L)), events)) {
      Scene.open(engine);
      clock.advance(1_000_000_001L);
      engine.prices().mark(Scene.PAIR, "60000");
      Scene.drain(engine);
      assertEquals(TestClock.START_NS, engine.engineTimeNs());

      engine.admin().advanceTime(clock.nanoTime());
      Scene.drain(engine);
      assertEquals(TestClock.START_NS + 1_000_000_001L, engine.engineTimeNs());

      clock.advance(1_000_000_000L);
      engine.prices().mark(Scene.PAIR, "60000");
      Scene.drain(engine);
      assertEquals(TestClock.START_NS + 2_000_000_001L, engine.engineTimeNs());
    }
  }

  @Test
  void shouldMakeTimePassForADeadlineWhenNoCommandComes() {
    try (Gavel engine = Gavel.launch(context(), events)) {
      Scene.open(engine);
      engine.orders().place(o -> o.acct("bob").instId(Scene.PAIR).side(Side.SELL).ordType(OrdType.LIMIT).px("60000")
          .sz("1").gtd(TestClock.START_NS + 1_000));
      Scene.drain(engine);
      final long before = engine.sequence();
      assertEquals(0, engine.doWork());
      clock.advance(1_000);
      Scene.drain(engine);

      assertEquals(List.of(ReasonCode.EXPIRED_GTD), events.closings);
      assertEquals(before + 1, engine.sequence());
      assertEquals(0, engine.doWork());
    }
  }

  @Test
  void shouldNotInjectADeadlineBehindAJumpThatIsNotFollowed() {
    try (Gavel engine = Gavel.launch(context().config(Scene.CONFIG.withClockJumpMaxNs(500)), events)) {
      Scene.open(engine);
      engine.orders().place(o -> o.acct("bob").instId(Scene.PAIR).side(Side.SELL).ordType(OrdType.LIMIT).px("60000")
          .sz("1").gtd(TestClock.START_NS + 1_000));
      Scene.drain(engine);
      clock.advance(1_000);
      Scene.drain(engine);
      assertTrue(events.closings.isEmpty());
    }
  }

  @Test
  void shouldForgetANameThatTheEngineRefused() {
    try (Gavel engine = Gavel.launch(context(), events)) {
      Scene.open(engine);
      engine.admin().asset("ODD", 2)
          .instrument("ODD-USDT", i -> i.tickSz("0.1").lotSz("0.0001"));
      assertNotEquals(Directory.NULL_ID, engine.directory().instrumentId("ODD-USDT"));
      Scene.drain(engine);

      assertEquals(ReasonCode.TICK_LOT_NOT_WHOLE, events.lastAnswer());
      assertEquals(Directory.NULL_ID, engine.directory().instrumentId("ODD-USDT"));
      assertEquals(1, engine.directory().instruments().size());
      engine.admin().instrument("ODD-USDT", i -> i.tickSz("0.1").lotSz("0.01"));
      Scene.drain(engine);
      assertEquals(ReasonCode.OK, events.lastAnswer());
      assertEquals("ODD-USDT", engine.directory().instrumentName(2));
    }
  }

  @Test
  void shouldTeachWhenADecimalDoesNotFit() {
    try (Gavel engine = Gavel.launch(context(), events)) {
      Scene.open(engine);
      final long before = engine.sequence();

      assertRefused(ReasonCode.OUT_OF_RANGE, "px", "60000.05", "0.1",
          () -> Scene.limit(engine, "bob", Side.SELL, "60000.05", "1"));
      assertRefused(ReasonCode.OUT_OF_RANGE, "sz", "0.0015", "0.001",
          () -> Scene.limit(engine, "bob", Side.SELL, "60000", "0.0015"));
      assertRefused(ReasonCode.MALFORMED, "px", "1e5", "decimal",
          () -> Scene.limit(engine, "bob", Side.SELL, "1e5", "1"));
      assertRefused(ReasonCode.UNKNOWN_ACCOUNT, "acct", "nobody", "account",
          () -> Scene.limit(engine, "nobody", Side.SELL, "60000", "1"));
      assertRefused(ReasonCode.MALFORMED, "triggerPxType", "", "missing",
          () -> engine.rules().arm(r -> r.acct("bob").instId(Scene.PAIR).sz("1").tpTriggerPx("61000")));
      assertRefused(ReasonCode.OUT_OF_RANGE, "px", "60000.00001", "1/100",
          () -> engine.prices().mark(Scene.PAIR, "60000.00001"));
      Scene.drain(engine);
      assertEquals(before, engine.sequence());
    }
  }

  @Test
  void shouldRefuseAtIngressWhatTheValidatorRefuses() {
    try (Gavel engine = Gavel.launch(context(), events)) {
      Scene.open(engine);
      final long code = engine.ingress().offer(
          new org.agrona.concurrent.UnsafeBuffer(new byte[64]), 0, 64);
      assertTrue(Codes.isRefused(code));
      assertEquals(ReasonCode.MALFORMED, Codes.reason(code));
      assertEquals("REFUSED: MALFORMED", Codes.describe(code));
    }
  }

  @Test
  void shouldListAllMistakesOfAContextAtOnce() {
    final IllegalArgumentException thrown = assertThrows(IllegalArgumentException.class,
        () -> new GavelContext().ringCapacity(3).batchMax(-1).journalBlockBytes(5).dir(Path.of("/dev/null"))
            .deliverFrom(-5, 0).conclude());
    for (final String part : List.of("ringCapacity", "batchMax", "journalBlockBytes", "/dev/null", "(-5, 0)")) {
      assertTrue(thrown.getMessage().contains(part), thrown.getMessage());
    }
  }

  @Test
  void shouldRefuseToPromiseMoreThanTheJournalCanGive() {
    final IllegalArgumentException none = assertThrows(IllegalArgumentException.class,
        () -> new GavelContext().durability(DurabilityLevel.QUORUM).conclude());
    assertTrue(none.getMessage().contains("durability QUORUM needs a dir"), none.getMessage());
    final IllegalArgumentException files = assertThrows(IllegalArgumentException.class, () -> new GavelContext()
        .journal(MemoryJournal.keepingAll()).durability(DurabilityLevel.QUORUM).conclude());
    assertTrue(files.getMessage().contains("durability QUORUM is more than this journal can give, which is DISK: "
        + "QUORUM needs a journal that a majority of replicas records"), files.getMessage());
  }

  @Test
  void shouldAnswerQueriesBehindWhatWasOfferedWhenItDrivesItself() {
    try (Gavel engine = Gavel.launch(context().preset(Preset.DEDICATED), events)) {
      Scene.open(engine);
      for (int i = 0; i < 500; i++) {
        while (engine.prices().mark(Scene.PAIR, "60000") < 0) {
          Thread.onSpinWait();
        }
      }
      assertEquals(1 + 8 + 500, engine.ask(core -> core.sequence()).longValue());
      assertThrows(UnsupportedOperationException.class, () -> engine.query(core -> {
        throw new UnsupportedOperationException("the asker's mistake");
      }));
      assertFalse(engine.isHalted());
    }
  }

  private static void assertRefused(
      final ReasonCode code, final String field, final String value, final String hint,
      final org.junit.jupiter.api.function.Executable action) {
    final RefusedException thrown = assertThrows(RefusedException.class, action);
    assertEquals(code, thrown.code());
    assertEquals(field, thrown.field());
    assertEquals(value, thrown.value());
    assertTrue(thrown.getMessage().contains(hint), thrown.getMessage());
  }
}
