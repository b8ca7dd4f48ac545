package io.gavel.engine.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.lmax.disruptor.EventPoller;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class CommandRingTest {

  private final UnsafeBuffer source = new UnsafeBuffer(new byte[64]);

  @Test
  void shouldKeepEachProducersOrderAndLoseNothing() throws Exception {
    final CommandRing ring = new CommandRing(64);
    final EventPoller<CommandSlot> poller = ring.newPoller();
    ring.gate(poller.getSequence());
    final int each = 20_000;
    final List<Thread> producers = new ArrayList<>();
    for (int p = 0; p < 3; p++) {
      final int producer = p;
      producers.add(new Thread(() -> produce(ring, producer, each)));
    }
    producers.forEach(Thread::start);

    final Map<Integer, Integer> last = new HashMap<>();
    final int[] total = {0};
    while (total[0] < 3 * each) {
      poller.poll((slot, sequence, endOfBatch) -> {
        final int number = slot.frame.getInt(8);
        final Integer before = last.put(slot.frame.getInt(0), number);
        assertEquals(null == before ? 0 : before + 1, number);
        total[0]++;
        return true;
      });
    }
    for (final Thread producer : producers) {
      producer.join();
    }
    assertTrue(ring.backPressured() > 0);
  }

  @Test
  void shouldAnswerOneCodeOnceRefused() {
    final CommandRing ring = new CommandRing(4);
    assertEquals(0, ring.offer(source, 0, 64));
    ring.refuse(OfferCodes.CLOSED);
    assertEquals(OfferCodes.CLOSED, ring.offer(source, 0, 64));
    ring.refuse(OfferCodes.HALTED);
    ring.refuse(OfferCodes.CLOSED);
    assertEquals(OfferCodes.HALTED, ring.offer(source, 0, 64));
    assertEquals(OfferCodes.HALTED, ring.offerTask(() -> { }));
  }

  private static void produce(final CommandRing ring, final int producer, final int count) {
    final UnsafeBuffer frame = new UnsafeBuffer(new byte[64]);
    frame.putInt(0, producer);
    for (int i = 0; i < count; i++) {
      frame.putInt(8, i);
      while (ring.offer(frame, 0, 64) < 0) {
        LockSupport.parkNanos(1);
      }
    }
  }
}
