package io.gavel.engine.core;

import static io.gavel.codecs.sbe.Side.BUY;
import static io.gavel.codecs.sbe.Side.SELL;
import static io.gavel.engine.core.Core.ALICE;
import static io.gavel.engine.core.Core.BOB;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gavel.codecs.sbe.FeeAsset;
import io.gavel.codecs.sbe.ReasonCode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A house that was made larger while it was lived in, against one that was large from the start. */
class GrowthTest {

  private static final int COMMANDS = Integer.getInteger("gavel.coreCommands", 4_000);

  @Test
  void shouldTakeMoreOrdersAfterAnOperatorMadeRoom() {
    final Core core = Core.spot(small(4), 0, 0, FeeAsset.QUOTE);
    for (int i = 0; i < 4; i++) {
      assertEquals(ReasonCode.OK, core.limit(ALICE, BUY, 90 + i, 1, "o" + i));
    }
    assertEquals(ReasonCode.CAPACITY_ORDERS, core.limit(ALICE, BUY, 90, 1));
    core.take();

    assertEquals(ReasonCode.OK, core.grow(300));
    assertEquals(List.of("capacity orders=300"), core.take());
    for (int i = 4; i < 300; i++) {
      assertEquals(ReasonCode.OK, core.limit(ALICE, BUY, 90 + i % 7, 1, "o" + i));
    }
    assertEquals(ReasonCode.CAPACITY_ORDERS, core.limit(ALICE, BUY, 90, 1));
    core.restart();
    assertEquals(ReasonCode.CAPACITY_ORDERS, core.limit(ALICE, BUY, 90, 1));
    core.cancel(ALICE, "o3");
    core.take();
    core.limit(BOB, SELL, 96, 1);

    assertEquals("trade 1@96 taker=301 maker=7 open=0/0", core.take().get(1));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void shouldGoOnAsIfItHadAlwaysBeenLarge(final long seed) {
    System.out.println("growth seed " + seed);
    final Core grown = Core.spot(small(200), 50_000, 100_000, FeeAsset.QUOTE);
    final Core large = Core.spot(small(900), 50_000, 100_000, FeeAsset.QUOTE);
    final RandomTraffic first = new RandomTraffic(seed);
    final RandomTraffic second = new RandomTraffic(seed);
    for (int i = 0; i < COMMANDS; i++) {
      if (i == COMMANDS / 8) {
        assertEquals(ReasonCode.OK, grown.grow(500));
        grown.take();
        large.time(large.timeNs());
      }
      if (i == COMMANDS / 2) {
        grown.restart();
        assertEquals(ReasonCode.OK, grown.grow(900));
        grown.take();
        large.time(large.timeNs());
      }
      assertEquals(first.next(grown), second.next(large), "command " + i);
      assertEquals(grown.take(), large.take(), "command " + i);
    }

    assertEquals(large.state(), grown.state().stream().filter(line -> !line.startsWith("2006 ")).toList());
  }

  private static CoreConfig small(final int ordersMax) {
    final CoreConfig small = Core.small();
    return new CoreConfig(small.behaviourVersion(), small.activationDelayNs(), small.clockJumpMaxNs(),
        small.accountsMax(), small.assetsMax(), small.instrumentsMax(), ordersMax, small.rulesMax(),
        small.balancesMax(), small.holdsMax(), small.sessionsMax(), small.answersPerSession(),
        small.fillsPerChunk());
  }
}
