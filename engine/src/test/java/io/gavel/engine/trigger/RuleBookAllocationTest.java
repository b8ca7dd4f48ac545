package io.gavel.engine.trigger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gavel.codecs.SnapshotSink;
import io.gavel.codecs.sbe.ArmPolicy;
import io.gavel.codecs.sbe.ExpiryAction;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.ReserveMode;
import io.gavel.codecs.sbe.RuleKind;
import io.gavel.codecs.sbe.RuleState;
import io.gavel.codecs.sbe.Side;
import io.gavel.engine.timer.DeadlineQueue;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** Arms, amends, cancels, prints, fires, saves and sets deadlines, and asks the thread what it allocated. */
class RuleBookAllocationTest implements PriceView, SnapshotSink {

  private static final int RULES_MAX = 512;
  private static final RuleKind[] KINDS = {RuleKind.TAKE_PROFIT, RuleKind.STOP_LOSS, RuleKind.TRAILING_STOP};
  private static final ArmPolicy[] POLICIES = {ArmPolicy.REJECT, ArmPolicy.FIRE, ArmPolicy.WAIT_RECROSS};
  private static final PriceSource[] SOURCES = {PriceSource.LAST, PriceSource.MARK};

  private final RuleBook book = new RuleBook(2, RULES_MAX);
  private final FiredBuffer fired = new FiredBuffer(RULES_MAX);
  private final DeadlineQueue deadlines = new DeadlineQueue(RULES_MAX);
  private final RuleSpec spec = new RuleSpec();
  private final int[] prices = new int[2];
  private long seed;
  private long nextRuleId;
  private long written;

  @Override
  public int floorTicks(final int instrumentId, final PriceSource source) {
    return prices[PriceSource.LAST == source ? 0 : 1];
  }

  @Override
  public int ceilTicks(final int instrumentId, final PriceSource source) {
    return floorTicks(instrumentId, source);
  }

  @Override
  public void putInt(final int value) {
    written += value;
  }

  @Override
  public void putLong(final long value) {
    written += value;
  }

  @Test
  void shouldAllocateNothingAfterStart() {
    final com.sun.management.ThreadMXBean threads =
        (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long smallest = Long.MAX_VALUE;
    for (int attempt = 0; attempt < 6; attempt++) {
      final long before = threads.getCurrentThreadAllocatedBytes();
      final long none = threads.getCurrentThreadAllocatedBytes() - before;
      final long start = threads.getCurrentThreadAllocatedBytes();
      run(40_000);
      smallest = Math.min(smallest, threads.getCurrentThreadAllocatedBytes() - start - none);
    }
    assertEquals(0, smallest, "bytes, and " + written + " written");
  }

  /** The same traffic each time, so that the first run meets everything that grows. */
  private void run(final int steps) {
    seed = 42;
    nextRuleId = 1;
    prices[0] = 10_000;
    prices[1] = 10_000;
    for (int step = 0; step < steps; step++) {
      if (book.size() < RULES_MAX - 1) {
        arm();
      }
      final int slot = random(RULES_MAX);
      final int taken = book.nextSlot(slot - 1);
      if (RuleBook.NULL_SLOT != taken && random(4) == 0) {
        if (random(3) == 0) {
          book.release(taken);
        } else if (RuleKind.TRAILING_STOP == book.kind(taken, 0)) {
          book.amend(taken, 0, 0, 0, 1 + random(500), 0, this, fired);
        } else {
          book.amend(taken, 0, 9_000 + random(2_000), 0, 0, 0, this, fired);
        }
      }
      final int source = random(2);
      prices[source] = Math.max(1, prices[source] + random(101) - 50);
      book.onPrice(1, SOURCES[source], prices[source], prices[source], fired);
      for (int i = 0; i < fired.size(); i++) {
        book.release(fired.ruleSlot(i));
      }
      fired.clear();
      time(step);
    }
    book.save(this);
    while (deadlines.poll(Long.MAX_VALUE)) {
      written += deadlines.payload();
    }
    for (int slot = book.nextSlot(-1); RuleBook.NULL_SLOT != slot; slot = book.nextSlot(slot)) {
      book.release(slot);
    }
  }

  private void arm() {
    spec.clear();
    spec.instrumentId = 1;
    spec.side = random(2) == 0 ? Side.SELL : Side.BUY;
    spec.armPolicy = POLICIES[random(3)];
    spec.expiryAction = ExpiryAction.CANCEL;
    spec.reserveMode = ReserveMode.NONE;
    spec.quantityLots = 1;
    spec.legCount = 1 + random(2);
    for (int i = 0; i < spec.legCount; i++) {
      spec.kinds[i] = KINDS[random(3)];
      spec.sources[i] = SOURCES[random(2)];
      spec.childLimitTicks[i] = 1;
      if (RuleKind.TRAILING_STOP == spec.kinds[i]) {
        spec.trailRatioE8[i] = random(2) == 0 ? 1 + random(5_000_000) : 0;
        spec.trailSpreadTicks[i] = 0 == spec.trailRatioE8[i] ? 1 + random(500) : 0;
        spec.activationTicks[i] = random(2) * 10_100;
      } else {
        spec.levelTicks[i] = 9_000 + random(2_000);
      }
    }
    if (ReasonCode.OK == book.check(spec, 0, this)) {
      final int slot = book.arm(spec, nextRuleId++, 1, 1, 0, 0, this, fired);
      if (RuleState.LIVE != book.state(slot)) {
        book.release(slot);
        fired.clear();
      }
    }
  }

  private void time(final int step) {
    final int handle = deadlines.add(step + random(300), step, 0, 0);
    if (random(4) == 0) {
      deadlines.cancel(handle);
    }
    while (deadlines.poll(step)) {
      written += deadlines.id();
    }
    if (step % 1_000 == 0) {
      deadlines.save(this);
    }
  }

  private int random(final int bound) {
    seed ^= seed << 13;
    seed ^= seed >>> 7;
    seed ^= seed << 17;
    return (int) Long.remainderUnsigned(seed, bound);
  }
}
