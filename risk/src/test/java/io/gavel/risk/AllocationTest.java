package io.gavel.risk;

import static io.gavel.risk.RiskWorld.ALICE;
import static io.gavel.risk.RiskWorld.BASE_PER_LOT;
import static io.gavel.risk.RiskWorld.BOB;
import static io.gavel.risk.RiskWorld.BTC;
import static io.gavel.risk.RiskWorld.BTC_USDT;
import static io.gavel.risk.RiskWorld.USDT;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import io.gavel.codecs.sbe.HaltScope;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.RiskLimitKind;
import io.gavel.codecs.sbe.SetLimitsDecoder;
import io.gavel.codecs.sbe.SetRiskLimitsDecoder;
import io.gavel.codecs.sbe.Side;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/**
 * Goal: after start the engine makes no garbage, whatever is asked of it, creating aside. Method: the thread's own
 * counter of allocated bytes around many rounds of every command, refused ones among them. The virtual machine itself
 * charges the thread for a recompilation now and then, so one of several windows has to be clean.
 */
class AllocationTest {

  private static final int WARM_UP = 20_000;
  private static final int ROUNDS = 20_000;
  private static final int WINDOWS = 5;

  private final RiskWorld world = new RiskWorld(c -> c.makerFeeE8(12_345).takerFeeE8(67_891).collarBps(9_000));
  private final RiskEngine risk = world.risk;
  private final SetLimitsDecoder limits = RiskWorld.limits(c -> c.collarBps(9_000));
  private final SetRiskLimitsDecoder positionRow =
      RiskWorld.row(0, 1, RiskLimitKind.GROUP_LOTS, 1L << 50, c -> c.groupId(3));
  private final SetRiskLimitsDecoder lossRow =
      RiskWorld.row(0, 2, RiskLimitKind.LOSS, 1L << 50, c -> c.assetId(USDT).windowNs(50_000).durationNs(1));
  private final SetRiskLimitsDecoder volatilityRow = RiskWorld.row(0, 3, RiskLimitKind.VOLATILITY, 10_000,
      c -> c.instrumentId(BTC_USDT).windowNs(1_000_000).durationNs(1));
  private long nextHoldId = 1;

  @Test
  void shouldAllocateNothingAfterStart() {
    final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    final long thread = Thread.currentThread().getId();
    world.deposit(ALICE, BTC, 1_000_000 * BASE_PER_LOT).deposit(BOB, USDT, 1_000_000_000_000_000L);
    risk.marks().setMark(BTC_USDT, 600_000_00, 1, 1);
    for (int i = 0; i < WARM_UP; i++) {
      round();
    }

    long least = Long.MAX_VALUE;
    for (int window = 0; window < WINDOWS; window++) {
      final long before = threads.getThreadAllocatedBytes(thread);
      for (int i = 0; i < ROUNDS; i++) {
        round();
      }
      least = Math.min(least, threads.getThreadAllocatedBytes(thread) - before);
    }

    assertEquals(0, least, "bytes in " + ROUNDS + " rounds");
    risk.assertConserved();
  }

  private void round() {
    final int maker = take(world.limit(ALICE, Side.SELL, 600_000, 10));
    final int taker = take(world.limit(BOB, Side.BUY, 600_100, 8));
    final int amount = take(world.marketBuyFor(BOB, 100_000_000));
    risk.settleFill(maker, taker, BTC_USDT, Side.BUY, 600_000, 3, world.fill);
    risk.settleFill(maker, amount, BTC_USDT, Side.BUY, 600_000, 1, world.fill);
    risk.reduce(taker, 4);
    risk.resize(taker, 600_200, 6);
    risk.resize(taker, 600_200, 1L << 40);
    risk.release(maker);
    risk.release(taker);
    risk.release(amount);
    take(world.limit(BOB, Side.SELL, 600_000, 1L << 40));
    take(world.limit(99, Side.SELL, 600_000, 1));
    risk.marks().setLast(BTC_USDT, 600_000, nextHoldId, nextHoldId);
    risk.marks().setBidAsk(BTC_USDT, 599_999, 600_001, nextHoldId, nextHoldId);
    risk.marks().setMark(BTC_USDT, 600_000_00, nextHoldId, nextHoldId);
    risk.deposit(ALICE, BTC, 4 * BASE_PER_LOT, BTC_USDT, 600_000);
    risk.holdFunds(ALICE, BTC, 1_000, nextHoldId);
    risk.settleHold(ALICE, nextHoldId++, 400);
    risk.holdFunds(BOB, USDT, 1_000, nextHoldId);
    risk.releaseHold(BOB, nextHoldId++);
    risk.setFees(BTC_USDT, 12_345, 67_891);
    risk.setLimits(limits);
    risk.setHalt(HaltScope.ACCOUNT, 0, BOB, true);
    risk.setHalt(HaltScope.ACCOUNT, 0, BOB, false);
    risk.now(nextHoldId * 1_000);
    risk.controls().setProfile(BOB, nextHoldId, (int) (nextHoldId % 7), 1, 0);
    risk.controls().setRiskLimits(positionRow);
    risk.controls().setRiskLimits(lossRow);
    risk.controls().setRiskLimits(volatilityRow);
    risk.limits().marked(BTC_USDT, 600_000_00 + nextHoldId % 100);
    risk.limits().leverageMaxE2(0, BTC_USDT, 1_000);
    risk.cooling().lost(0, USDT, 1 + nextHoldId % 3, nextHoldId * 1_000);
    risk.cooling().stoppedOut(1, nextHoldId * 1_000);
  }

  private int take(final OrderRequest order) {
    return ReasonCode.OK == world.accept(order) ? order.reservation : -1;
  }
}
