package io.gavel.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.gavel.codecs.sbe.CancelScope;
import io.gavel.codecs.sbe.MassCancelEncoder;
import io.gavel.codecs.sbe.OrdType;
import io.gavel.codecs.sbe.PlaceOrderEncoder;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.SetPriceEncoder;
import io.gavel.codecs.sbe.Side;
import io.gavel.codecs.sbe.StpMode;
import io.gavel.codecs.sbe.TimeInForce;
import io.gavel.engine.ring.CommandBatch;
import io.gavel.engine.ring.Ingress;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** Goal: no bytes per command from ingress to egress. Method: the allocation counter of the thread, after warm-up. */
class IngressAllocationTest {

  private static final int COMMANDS = 30_000;
  private static final int ATTEMPTS_MAX = 12;

  private final PlaceOrderEncoder place = new PlaceOrderEncoder();
  private final SetPriceEncoder price = new SetPriceEncoder();
  private final MassCancelEncoder massCancel = new MassCancelEncoder();
  private final CommandBatch batch = new CommandBatch();

  @Test
  void shouldAllocateNothingFromIngressToEgressWhenWarm() {
    final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    final long self = Thread.currentThread().getId();
    final long[] heard = {0};
    final GavelEvents events = new GavelEvents() {
      @Override
      public void onEvent(final org.agrona.DirectBuffer buffer, final int offset, final int length) {
        heard[0]++;
      }
    };
    try (Gavel engine = Gavel.launch(new GavelContext().config(Scene.CONFIG).clock(new TestClock()), events)) {
      Scene.open(engine);
      final Ingress ingress = engine.ingress();
      long allocated = Long.MAX_VALUE;
      // The compilers allocate on other threads, but code that is not yet compiled may on this one.
      for (int attempt = 0; attempt < ATTEMPTS_MAX && allocated > 0; attempt++) {
        final long before = threads.getThreadAllocatedBytes(self);
        run(engine, ingress);
        allocated = threads.getThreadAllocatedBytes(self) - before - overhead(threads, self);
      }
      assertTrue(heard[0] > COMMANDS);
      assertFalse(engine.isHalted());
      assertEquals(0, Math.max(0, allocated), "bytes over " + COMMANDS + " commands");
    }
  }

  private static long overhead(final ThreadMXBean threads, final long self) {
    final long before = threads.getThreadAllocatedBytes(self);
    return threads.getThreadAllocatedBytes(self) - before;
  }

  private void run(final Gavel engine, final Ingress ingress) {
    for (int i = 0; i < COMMANDS; i++) {
      if (8 == i % 10) {
        batch(ingress, i);
        continue;
      }
      switch (i % 10) {
        case 0 -> ingress.begin(price).instrumentId(1).source(PriceSource.MARK).priceUnits(60_000_000L + i % 100);
        case 9 -> {
          ingress.begin(massCancel).header().account(1 + (i / 10) % 2);
          massCancel.instrumentId(1).scope(CancelScope.ALL);
        }
        default -> {
          ingress.begin(place).header().account(1 + i % 2);
          place.instrumentId(1).limitPriceTicks(600_000 + i % 7).side(0 == i % 2 ? Side.SELL : Side.BUY)
              .ordType(OrdType.LIMIT).timeInForce(TimeInForce.GTC).stpMode(StpMode.CANCEL_TAKER).quantityLots(1);
        }
      }
      assertTrue(ingress.offer() >= 0);
      if (0 == i % 100) {
        drain(engine);
      }
    }
    drain(engine);
  }

  private void batch(final Ingress ingress, final int number) {
    batch.clear();
    for (int i = 0; i < CommandBatch.ITEMS_MAX / 4; i++) {
      ingress.begin(place).header().account(1 + (number + i) % 2);
      place.instrumentId(1).limitPriceTicks(600_000 + i).side(0 == i % 2 ? Side.SELL : Side.BUY)
          .ordType(OrdType.LIMIT).timeInForce(TimeInForce.GTC).stpMode(StpMode.CANCEL_TAKER).quantityLots(1);
      assertTrue(ingress.addTo(batch) > 0);
    }
    assertTrue(ingress.offer(batch) >= 0);
  }

  private static void drain(final Gavel engine) {
    while (engine.doWork() > 0) {
      Thread.onSpinWait();
    }
  }
}
