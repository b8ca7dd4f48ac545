package io.gavel.engine;

import io.gavel.codecs.sbe.OrdType;
import io.gavel.codecs.sbe.OrderClosedDecoder;
import io.gavel.codecs.sbe.PriceChangedDecoder;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.Side;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Lives on while its clock steps, inside a life and from one life to the next; says how many commands and timers there
 * were and what was wrong with any. Arguments: the directory and the step in nanoseconds.
 */
final class ClockStepChild {

  private static final long SECOND_NS = 1_000_000_000L;
  private static final int LIVES = 4;

  private final Path dir;
  private final long stepNs;
  private final TestClock clock = new TestClock();
  private final Map<Long, Long> expiryOf = new HashMap<>();
  private final Map<Long, Integer> closed = new HashMap<>();
  private long lastTimeNs;
  private long lastSequence;
  private long faults;
  private long orders;
  private long marks;

  private ClockStepChild(final Path dir, final long stepNs) {
    this.dir = dir;
    this.stepNs = stepNs;
  }

  public static void main(final String[] arguments) {
    java.util.logging.LogManager.getLogManager().reset();
    new ClockStepChild(Path.of(arguments[0]), Long.parseLong(arguments[1])).run();
  }

  private void run() {
    for (int life = 0; life < LIVES; life++) {
      // Every other life begins with the clock in the past, or in the future, of the one before.
      clock.advance(0 == life ? 0 : 1 == life % 2 ? -stepNs : stepNs);
      live();
    }
    settle();
    final long due = closed.values().stream().filter(count -> 1 == count).count();
    System.out.println("marks " + marks + ", timers " + orders + ", expired once " + due + ", faults " + faults);
  }

  private void live() {
    try (Gavel engine = launch()) {
      if (1 == engine.recovery().sequence()) {
        Scene.open(engine);
      }
      for (int i = 0; i < 12; i++) {
        clock.advance(0 == i % 4 ? stepNs : 2 == i % 4 ? -stepNs : SECOND_NS);
        // What comes in front of the order may move engine time: its deadline is set from where time then is.
        engine.admin().advanceTime(0);
        Scene.drain(engine);
        final long expiryNs = engine.engineTimeNs() + 2 * SECOND_NS;
        orders++;
        final long name = orders;
        expiryOf.put(name, expiryNs);
        engine.orders().place(o -> o.acct("alice").instId(Scene.PAIR).side(Side.BUY).ordType(OrdType.LIMIT).px("100")
            .sz("0.001").gtd(expiryNs).clOrdId("t" + name));
        marks++;
        engine.prices().mark(Scene.PAIR, "60000");
        Scene.drain(engine);
      }
    }
  }

  /** An operator accepts whatever jump is left; then every timer must have run out, once. */
  private void settle() {
    try (Gavel engine = launch()) {
      engine.admin().advanceTime(engine.engineTimeNs() + 4 * SECOND_NS);
      Scene.drain(engine);
    }
    for (final long name : expiryOf.keySet()) {
      check(1 == closed.getOrDefault(name, 0));
    }
  }

  private Gavel launch() {
    return Gavel.launch(new GavelContext().dir(dir).config(Scene.CONFIG).clock(clock).journalBlockBytes(64 << 10),
        new GavelEvents() {
          @Override
          public void onPriceChanged(final PriceChangedDecoder price) {
            follows(price.header().sequence(), price.header().engineTimeNs());
          }

          @Override
          public void onOrderClosed(final OrderClosedDecoder order) {
            final long name = Long.parseLong(io.gavel.codecs.Text32.toString(order.clOrdId().w0(), order.clOrdId().w1(),
                order.clOrdId().w2(), order.clOrdId().w3()).substring(1));
            closed.merge(name, 1, Integer::sum);
            check(ReasonCode.EXPIRED_GTD == order.reason()
                && order.header().engineTimeNs() >= expiryOf.getOrDefault(name, Long.MAX_VALUE));
          }
        });
  }

  private void follows(final long sequence, final long timeNs) {
    check(sequence > lastSequence && timeNs >= lastTimeNs);
    lastSequence = sequence;
    lastTimeNs = timeNs;
  }

  private void check(final boolean right) {
    faults += right ? 0 : 1;
  }
}
