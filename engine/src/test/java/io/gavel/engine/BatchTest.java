package io.gavel.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.codecs.sbe.CommandAnswerDecoder;
import io.gavel.codecs.sbe.CreateAccountDecoder;
import io.gavel.codecs.sbe.OrdType;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.SetPriceEncoder;
import io.gavel.codecs.sbe.Side;
import io.gavel.engine.ring.CommandBatch;
import io.gavel.engine.ring.Ingress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several commands in one piece: all or none go in, nothing comes between them, each has its own answer. */
class BatchTest {

  private final Answers events = new Answers();

  private GavelContext context() {
    return new GavelContext().clock(new TestClock()).config(Scene.CONFIG);
  }

  @Test
  void shouldAnswerEachItemByItselfWhenOneInTheMiddleIsRefused() {
    try (Gavel engine = Gavel.launch(context(), events)) {
      Scene.open(engine);
      final long last = Scene.limit(engine, "bob", Side.SELL, "60000", "1");
      Scene.drain(engine);
      final long before = engine.sequence();
      events.clear();

      final long position = engine.orders().batch(b -> b
          .place(o -> limit(o, 1).px("59000").sz("1").clOrdId("one"))
          .place(o -> limit(o, 2).px("59000").sz("1000").clOrdId("too-much"))
          .amend(a -> a.acct("alice").instId(Scene.PAIR).clOrdId("one").newSz("0.5").reqId(3))
          .cancel(c -> c.acct("alice").clOrdId("never-seen").reqId(4))
          .cancel("alice", "one"));
      Scene.drain(engine);

      assertEquals(last + 5, position);
      assertEquals(List.of(
          (before + 1) + " #1 OK", (before + 2) + " #2 INSUFFICIENT_BALANCE", (before + 3) + " #3 OK",
          (before + 4) + " #4 UNKNOWN_ORDER", (before + 5) + " #0 OK"), events.seen);
    }
  }

  @Test
  void shouldSendNothingWhenAnItemDoesNotFit() {
    try (Gavel engine = Gavel.launch(context(), events)) {
      Scene.open(engine);
      final long before = engine.sequence();

      final RefusedException off = assertThrows(RefusedException.class, () -> engine.orders().batch(b -> b
          .place(o -> limit(o, 1).px("59000").sz("1"))
          .place(o -> limit(o, 2).px("59000.05").sz("1"))));
      final RefusedException who = assertThrows(RefusedException.class, () -> engine.orders().batch(b -> b
          .place(o -> limit(o, 1).px("59000").sz("1")).cancel("nobody", "x")));
      final RefusedException ingress = assertThrows(RefusedException.class, () -> engine.orders().batch(b -> b
          .place(o -> limit(o, 1).px("59000").sz("1")).place(o -> limit(o, 2).px("-1").sz("1"))));
      final RefusedException empty = assertThrows(RefusedException.class, () -> engine.orders().batch(b -> { }));
      final RefusedException many = assertThrows(RefusedException.class, () -> engine.orders().batch(b -> {
        for (int i = 0; i <= Orders.BATCH_ITEMS_MAX; i++) {
          b.cancel("alice", "c" + i);
        }
      }));
      Scene.drain(engine);

      assertEquals(before, engine.sequence());
      assertEquals("items[1].px", off.field());
      assertTrue(off.getMessage().startsWith("items[1]: OUT_OF_RANGE"), off.getMessage());
      assertEquals(ReasonCode.UNKNOWN_ACCOUNT, who.code());
      assertEquals("items[1]", ingress.field());
      assertEquals(ReasonCode.MALFORMED, empty.code());
      assertEquals("items[20]", many.field());
    }
  }

  @Test
  void shouldNotBeFilledBehindItsLambdaNorHoldAnother() {
    try (Gavel engine = Gavel.launch(context(), events)) {
      Scene.open(engine);
      final AtomicReference<OrderBatch> kept = new AtomicReference<>();
      assertTrue(engine.orders().batch(b -> kept.set(b.cancel("alice", "x"))) >= 0);

      assertThrows(IllegalStateException.class, () -> kept.get().cancel("alice", "y"));
      assertThrows(IllegalStateException.class, () -> engine.orders().batch(b -> engine.orders().batch(c -> { })));
      assertTrue(engine.orders().batch(b -> b.cancel("alice", "z")) >= 0);
    }
  }

  @Test
  void shouldSendAllOrNoneWhenTheRingIsNearlyFull() {
    try (Gavel engine = Gavel.launch(context().ringCapacity(16), events)) {
      Scene.open(engine);
      for (int i = 0; i < 14; i++) {
        assertTrue(engine.prices().mark(Scene.PAIR, "60000") >= 0);
      }
      events.clear();

      assertEquals(Codes.BACK_PRESSURED, engine.orders().batch(BatchTest::threeCancels));
      assertTrue(engine.prices().mark(Scene.PAIR, "60000") >= 0);
      Scene.drain(engine);
      assertEquals(15, events.seen.size());
      assertTrue(engine.orders().batch(BatchTest::threeCancels) >= 0);
      Scene.drain(engine);
      assertEquals(18, events.seen.size());
      assertFalse(engine.isHalted());
    }
  }

  @Test
  void shouldKeepABatchTogetherAgainstAnotherProducer() throws InterruptedException {
    final int batches = 2_000;
    try (Gavel engine = Gavel.launch(context().ringCapacity(256), events)) {
      Scene.open(engine);
      events.clear();
      final AtomicBoolean stop = new AtomicBoolean();
      final Thread other = new Thread(() -> noise(engine, stop));
      final Thread batcher = new Thread(() -> batches(engine, batches));
      other.start();
      batcher.start();
      while (batcher.isAlive()) {
        engine.doWork();
      }
      stop.set(true);
      while (other.isAlive()) {
        engine.doWork();
      }
      Scene.drain(engine);
      assertFalse(engine.isHalted());
    }
    final List<Long> sequences = new ArrayList<>();
    int noise = 0;
    for (final String line : events.seen) {
      if (line.contains(" #0 ")) {
        noise++;
      } else {
        sequences.add(Long.valueOf(line.substring(0, line.indexOf(' '))));
      }
    }
    assertEquals(batches * 7, sequences.size());
    assertTrue(noise > 0, "the other producer sent nothing");
    for (int i = 0; i < sequences.size(); i++) {
      assertEquals(sequences.get(i - i % 7) + i % 7, sequences.get(i), "item " + i);
    }
  }

  @Test
  void shouldComeToTheSameStateWhenReplayed(@TempDir final Path dir) {
    final String hash;
    try (Gavel engine = Gavel.launch(context().dir(dir.resolve("run")), events)) {
      Scene.open(engine);
      for (int i = 0; i < 50; i++) {
        final int number = i;
        assertTrue(engine.orders().batch(b -> b
            .place(o -> limit(o, 1).px("60000").sz("0.01").clOrdId("b" + number))
            .place(o -> o.acct("bob").instId(Scene.PAIR).side(Side.SELL).ordType(OrdType.LIMIT).px("60000")
                .sz("0.0" + (1 + number % 9)))
            .amend(a -> a.acct("alice").instId(Scene.PAIR).clOrdId("b" + number).newPx("59990"))) >= 0);
        Scene.drain(engine);
      }
      hash = engine.stateHash();
    }
    try (Gavel engine = Gavel.launch(context().dir(dir.resolve("run")), new RecordedEvents())) {
      assertEquals(hash, engine.recovery().stateHash());
    }
  }

  @Test
  void shouldRefuseAnEmptyAndAnOverfullBatchOnTheHotWayToo() {
    try (Gavel engine = Gavel.launch(context(), events)) {
      Scene.open(engine);
      final Ingress ingress = engine.ingress();
      final CommandBatch batch = new CommandBatch();
      final SetPriceEncoder price = new SetPriceEncoder();
      assertEquals(ReasonCode.MALFORMED, Codes.reason(ingress.offer(batch)));
      ingress.begin(price).instrumentId(-1);
      assertEquals(ReasonCode.OUT_OF_RANGE, Codes.reason(ingress.addTo(batch)));
      assertEquals(0, batch.size());
      for (int i = 1; i <= CommandBatch.ITEMS_MAX; i++) {
        ingress.begin(price).instrumentId(1).source(io.gavel.codecs.sbe.PriceSource.MARK).priceUnits(i);
        assertEquals(i, ingress.addTo(batch));
      }
      assertEquals(ReasonCode.OUT_OF_RANGE, Codes.reason(ingress.addTo(batch)));
      events.clear();
      assertTrue(ingress.offer(batch) >= 0);
      Scene.drain(engine);
      assertEquals(CommandBatch.ITEMS_MAX, events.seen.size());
    }
  }

  private static void threeCancels(final OrderBatch batch) {
    batch.cancel("alice", "a").cancel("alice", "b").cancel("alice", "c");
  }

  private static OrderTicket limit(final OrderTicket order, final long reqId) {
    return order.acct("alice").instId(Scene.PAIR).side(Side.BUY).ordType(OrdType.LIMIT).reqId(reqId);
  }

  private static void noise(final Gavel engine, final AtomicBoolean stop) {
    while (!stop.get()) {
      engine.prices().mark(Scene.PAIR, "60000");
    }
  }

  private static void batches(final Gavel engine, final int count) {
    for (int sent = 0; sent < count;) {
      final long position = engine.orders().batch(b -> {
        for (int i = 1; i <= 7; i++) {
          final int number = i;
          b.cancel(c -> c.acct("alice").clOrdId("x").reqId(number));
        }
      });
      if (position >= 0) {
        sent++;
      } else {
        Thread.onSpinWait();
      }
    }
  }

  /** Sequence, correlation and code of every answer but those of a launch. */
  private static final class Answers implements GavelEvents {

    final List<String> seen = new ArrayList<>();

    @Override
    public void onAnswer(final CommandAnswerDecoder answer) {
      if (answer.commandTemplateId() > CreateAccountDecoder.TEMPLATE_ID) {
        seen.add(answer.header().sequence() + " #" + answer.correlationId() + ' ' + answer.code());
      }
    }

    void clear() {
      seen.clear();
    }
  }
}
