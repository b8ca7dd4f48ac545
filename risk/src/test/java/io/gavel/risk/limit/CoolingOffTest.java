package io.gavel.risk.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.codecs.InvariantViolation;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.RiskLimitKind;
import io.gavel.codecs.sbe.SetRiskLimitsEncoder;
import io.gavel.risk.RiskEngine;
import io.gavel.risk.RiskWorld;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** When an account pauses, and until when: the cases of a stop-loss guard, losses in a window, and its own wish. */
class CoolingOffTest {

  private static final long MINUTE_NS = 60_000_000_000L;
  private static final long ALICE = 11;
  private static final int USDT = 2;

  private final RiskEngine risk = RiskWorld.open();
  private final CoolingOff cooling = risk.cooling();
  private final int alice = risk.accountSlot(ALICE);
  private final int bob = risk.accountSlot(12);

  private void row(final int row, final RiskLimitKind kind, final long limit, final long minutes,
      final long pauseMinutes, final Consumer<SetRiskLimitsEncoder> terms) {
    assertEquals(ReasonCode.OK, risk.controls().setRiskLimits(RiskWorld.row(0, row, kind, limit, c -> {
      c.windowNs(minutes * MINUTE_NS).durationNs(pauseMinutes * MINUTE_NS);
      terms.accept(c);
    })));
  }

  private int stop(final int accountSlot, final long minute) {
    return cooling.stoppedOut(accountSlot, minute * MINUTE_NS);
  }

  /** Three stops in ten minutes, then an hour's pause. */
  @Test
  void shouldPauseAfterThreeStopsInTenMinutes() {
    row(1, RiskLimitKind.STOP_OUTS, 3, 10, 60, c -> { });

    assertEquals(0, stop(alice, 100));
    assertEquals(0, stop(alice, 105));
    assertEquals(0, stop(bob, 106), "somebody else's");
    assertEquals(1, stop(alice, 110), "ten minutes, both ends included");
    assertEquals(170 * MINUTE_NS, cooling.untilNs(alice));
    assertEquals(0, cooling.untilNs(bob));
    assertEquals(1, stop(alice, 112), "the last three lie in ten minutes again");
    assertEquals(172 * MINUTE_NS, cooling.untilNs(alice));
  }

  @Test
  void shouldNotPauseWhenTheFirstStopIsANanosecondTooOld() {
    row(1, RiskLimitKind.STOP_OUTS, 3, 10, 60, c -> { });

    cooling.stoppedOut(alice, 100 * MINUTE_NS - 1);
    stop(alice, 105);
    assertEquals(0, stop(alice, 110));
    assertEquals(0, cooling.untilNs(alice));
  }

  @Test
  void shouldCountForTheRowsThatAreAboutTheAccount() {
    row(1, RiskLimitKind.STOP_OUTS, 1, 10, 5, c -> c.region(3));
    row(2, RiskLimitKind.STOP_OUTS, 2, 10, 60, c -> { });
    risk.controls().setProfile(ALICE, 0, 0, 3, 0);

    assertEquals(1, stop(alice, 100));
    assertEquals(105 * MINUTE_NS, cooling.untilNs(alice));
    assertEquals(1, stop(alice, 101), "both do; the first is named");
    assertEquals(161 * MINUTE_NS, cooling.untilNs(alice), "and the longer pause holds");
    assertEquals(0, stop(bob, 100));
  }

  @Test
  void shouldPauseWhenTheLossOfAWindowIsLargerThanTheLimit() {
    row(1, RiskLimitKind.LOSS, 1_000, 60, 30, c -> c.assetId(USDT));

    assertEquals(0, cooling.lost(alice, USDT, 600, MINUTE_NS));
    assertEquals(0, cooling.lost(alice, 1, 100_000, MINUTE_NS), "another asset");
    assertEquals(0, cooling.lost(alice, USDT, 400, 61 * MINUTE_NS), "a thousand to the unit");
    assertEquals(0, cooling.lost(alice, USDT, -5_000, 61 * MINUTE_NS), "a profit");
    assertEquals(0, cooling.lost(alice, USDT, 600, 61 * MINUTE_NS + 1), "the first has left the window");
    assertEquals(1, cooling.lost(alice, USDT, 1, 61 * MINUTE_NS + 1));
    assertEquals(91 * MINUTE_NS + 1, cooling.untilNs(alice));
    assertEquals(ReasonCode.LIMITS_INVALID, risk.controls().setRiskLimits(RiskWorld.row(0, 2, RiskLimitKind.LOSS, 5,
        c -> c.assetId(1).windowNs(1).durationNs(1))), "losses of two assets");
  }

  /** More losses than are remembered one by one: a loss may count for longer, never for less. */
  @Test
  void shouldNeverForgetALossThatIsInTheWindow() {
    row(1, RiskLimitKind.LOSS, 5_000, 1, 1, c -> c.assetId(USDT));
    final Random random = new Random(11);
    final List<long[]> losses = new ArrayList<>();
    int exact = 0;
    long nowNs = MINUTE_NS;
    for (int i = 0; i < 50_000; i++) {
      nowNs += random.nextLong(MINUTE_NS / 8);
      final long units = 1L + random.nextInt(900);
      losses.add(new long[] {nowNs, units});
      final long from = nowNs - MINUTE_NS;
      losses.removeIf(loss -> loss[0] < from);
      final long sum = losses.stream().mapToLong(loss -> loss[1]).sum();

      cooling.lost(alice, USDT, units, nowNs);

      final boolean paused = cooling.untilNs(alice) == nowNs + MINUTE_NS;
      assertTrue(paused || sum <= 5_000, "missed at step " + i);
      exact += paused == sum > 5_000 ? 1 : 0;
    }
    assertTrue(exact > 49_000, "exact in " + exact + " of 50,000");
  }

  @Test
  void shouldProlongAnExclusionAndNeverShortenIt() {
    cooling.exclude(alice, 100);
    cooling.exclude(alice, 100);
    cooling.exclude(alice, 200);
    assertThrows(InvariantViolation.class, () -> cooling.exclude(alice, 199));
    assertEquals(200, cooling.untilNs(alice));

    row(1, RiskLimitKind.STOP_OUTS, 1, 1, 1, c -> { });
    assertEquals(1, cooling.stoppedOut(alice, 50));
    assertEquals(50 + MINUTE_NS, cooling.untilNs(alice));
    row(1, RiskLimitKind.NONE, 0, 0, 0, c -> { });
    assertEquals(50 + MINUTE_NS, cooling.untilNs(alice), "no row that goes takes a pause along");
  }

  /** Fail closed: who cannot be counted pauses; who is forgotten by all rows makes room. */
  @Test
  void shouldPauseAtOnceWhenNobodyElseCanBeRemembered() {
    final int remembered = 1 << 14;
    final RiskEngine crowded = new RiskEngine(remembered + 2, 8, 8, remembered + 2, 8, 8);
    assertEquals(ReasonCode.OK, crowded.controls().setRiskLimits(RiskWorld.row(0, 1, RiskLimitKind.STOP_OUTS, 2,
        c -> c.windowNs(100).durationNs(50))));
    for (int slot = 0; slot < remembered; slot++) {
      assertEquals(0, crowded.cooling().stoppedOut(slot, 1_000));
    }

    assertEquals(1, crowded.cooling().stoppedOut(remembered, 1_100), "no room, so no second chance");
    assertEquals(1, crowded.cooling().stoppedOut(5, 1_100), "remembered");
    assertEquals(0, crowded.cooling().stoppedOut(remembered + 1, 1_101), "the room of one who is out of every window");
  }
}
