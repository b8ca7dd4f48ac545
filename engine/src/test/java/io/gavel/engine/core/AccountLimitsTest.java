package io.gavel.engine.core;

import static io.gavel.codecs.sbe.Side.BUY;
import static io.gavel.codecs.sbe.Side.SELL;
import static io.gavel.engine.core.Core.ALICE;
import static io.gavel.engine.core.Core.BOB;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.TimeInForce;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Open-order caps and the rate of asking, against counting by hand. */
class AccountLimitsTest {

  private static final long SECOND_NS = 1_000_000_000L;

  private final Core core = Core.spot();

  @Test
  void shouldCountWhatIsOpenAndNothingElse() {
    core.accountLimits(ALICE, l -> l.openOrdersMax(2));
    core.limit(ALICE, BUY, 90, 1, "a");
    core.limit(ALICE, BUY, 91, 1, "b");
    assertEquals(ReasonCode.OPEN_ORDERS_ABOVE_MAX, core.limit(ALICE, BUY, 92, 1));

    core.cancel(ALICE, "a");
    assertEquals(ReasonCode.OK, core.limit(ALICE, BUY, 92, 1));
    core.restart();
    assertEquals(ReasonCode.OPEN_ORDERS_ABOVE_MAX, core.limit(ALICE, BUY, 93, 1));
    core.limit(BOB, SELL, 92, 1);
    assertEquals(ReasonCode.OK, core.limit(ALICE, BUY, 93, 1));
    core.accountLimits(ALICE, l -> { });
    assertEquals(ReasonCode.OK, core.limit(ALICE, BUY, 94, 1));
  }

  @Test
  void shouldKeepTheAccountsOfAGroupFromTradingWithEachOther() {
    core.limit(BOB, SELL, 100, 5);
    core.accountLimits(ALICE, l -> l.stpGroup(9));
    core.accountLimits(BOB, l -> l.stpGroup(9));
    core.restart();
    core.take();

    core.limit(ALICE, BUY, 100, 5);
    assertEquals(List.of("accepted 2 BUY 5@100", "closed 2 CANCELLED_SELF_TRADE filled=0 cancelled=5"), core.take());
    assertEquals(ReasonCode.FOK_NOT_FILLABLE,
        core.order(ALICE, BUY, 100, 5, o -> o.timeInForce(TimeInForce.FOK)));

    core.accountLimits(BOB, l -> l.stpGroup(8));
    core.take();
    core.limit(ALICE, BUY, 100, 5);
    assertEquals("trade 5@100 taker=3 maker=1 open=0/0", core.take().get(1));
  }

  @Test
  void shouldHandOutTokensAsABucketThatIsFilledByTime() {
    core.accountLimits(ALICE, l -> l.ratePerSecond(4).rateBurst(3));
    final SplittableRandom random = new SplittableRandom(11);
    long nowNs = 0;
    long refilledNs = 0;
    long tokensNs = 3 * SECOND_NS;
    int refused = 0;
    for (int i = 0; i < 2_000; i++) {
      nowNs += random.nextLong(SECOND_NS / 3);
      // A bucket of three, kept the obvious way: in parts of a token, four parts of a nanosecond each.
      tokensNs = Math.min(3 * SECOND_NS, tokensNs + 4 * (nowNs - refilledNs));
      refilledNs = nowNs;
      final boolean granted = tokensNs >= SECOND_NS;
      tokensNs -= granted ? SECOND_NS : 0;
      refused += granted ? 0 : 1;
      if (i % 100 == 99) {
        core.restart();
      }

      core.at(nowNs);
      assertEquals(granted ? ReasonCode.OK : ReasonCode.RATE_LIMITED, core.limit(ALICE, BUY, 1 + i % 5, 1, "o"),
          "command " + i + " at " + nowNs);
      assertEquals(granted ? ReasonCode.OK : ReasonCode.UNKNOWN_ORDER, core.cancel(ALICE, "o"), "cancels are free");
    }
    assertTrue(refused > 50, "refused " + refused);
  }
}
