package io.gavel.engine.core;

import static io.gavel.engine.core.Core.ALICE;
import static io.gavel.engine.core.Core.BOB;
import static io.gavel.engine.core.Core.BTC;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.codecs.sbe.ArmRuleEncoder.LegsEncoder;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.ReserveMode;
import io.gavel.codecs.sbe.RuleKind;
import io.gavel.codecs.sbe.Side;
import io.gavel.engine.core.Core.RuleDraft;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Rules that hold nothing back share a balance: who goes first, and that they never sell more than there is. */
class ParallelRulesTest {

  /** A rule as it was armed. */
  private record Armed(long id, int priority, int shareE8, long order) {
  }

  private static Consumer<LegsEncoder> stop(final int levelTicks) {
    return l -> l.levelTicks(levelTicks).trailRatioE8(0).trailSpreadTicks(0).activationTicks(0).childLimitTicks(0)
        .protectionBps(0).kind(RuleKind.STOP_LOSS).source(PriceSource.LAST);
  }

  private static RuleDraft rule(final int shareE8, final long lots, final int priority, final int levelTicks) {
    final RuleDraft draft = new RuleDraft();
    draft.reserveMode = ReserveMode.NONE;
    draft.shareE8 = shareE8;
    draft.lots = lots;
    draft.block = c -> c.priority(priority);
    draft.legs.add(stop(levelTicks));
    return draft;
  }

  private static List<Long> triggered(final Core core) {
    return core.events.stream().filter(e -> e.startsWith("triggered "))
        .map(e -> Long.parseLong(e.substring(10, e.indexOf(' ', 10)))).toList();
  }

  private static long armed(final Core core, final RuleDraft draft) {
    core.events.clear();
    assertEquals(ReasonCode.OK, core.arm(ALICE, draft));
    final String event = core.events.stream().filter(e -> e.startsWith("armed ")).findFirst().orElseThrow();
    return Long.parseLong(event.substring(6, event.indexOf(' ', 6)));
  }

  @Test
  @DisplayName("A-07: by priority, then share, then who was armed first; whoever has none keeps his place")
  void shouldFireByPriorityThenShareThenAge() {
    for (int seed = 1; seed <= 40; seed++) {
      final Random random = new Random(seed);
      final Core core = Core.spot();
      core.print(100, 1);
      final List<Armed> rules = new ArrayList<>();
      final List<Long> plain = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        final int priority = random.nextInt(4) == 0 ? 0 : 1 + random.nextInt(3);
        final int shareE8 = 1_000_000 * (1 + random.nextInt(4));
        final long id = armed(core, rule(shareE8, 0, priority, 90 - random.nextInt(5)));
        if (0 == priority) {
          plain.add(id);
        } else {
          rules.add(new Armed(id, priority, shareE8, i));
        }
      }
      if (0 == seed % 2) {
        core.restart();
      }
      core.events.clear();
      core.print(80, 1);
      final List<Long> order = new ArrayList<>(triggered(core));
      assertEquals(8, order.size(), "seed " + seed);
      order.removeAll(plain);
      assertEquals(rules.stream().sorted(Comparator.comparingInt(Armed::priority)
          .thenComparing(Comparator.comparingInt(Armed::shareE8).reversed()).thenComparingLong(Armed::order))
          .map(Armed::id).toList(), order, "seed " + seed);
    }
  }

  @Test
  @DisplayName("A-07: the sum of sells is at most the balance under any order of firing")
  void shouldNeverSellMoreThanThereIs() {
    long fired = 0;
    int soldOut = 0;
    for (int seed = 1; seed <= 60; seed++) {
      final Random random = new Random(seed);
      final Core core = Core.spot();
      final long lots = 1L + random.nextInt(40);
      core.hold(ALICE, BTC, core.free(ALICE, BTC) - lots * unitsPerLot(core));
      final long before = core.free(ALICE, BTC);
      core.print(100, 1);
      for (int i = 0; i < 8; i++) {
        final boolean share = random.nextBoolean();
        core.arm(ALICE, rule(share ? 10_000_000 * (1 + random.nextInt(10)) : 0, share ? 0 : 1 + random.nextInt(30),
            random.nextInt(3), 95 - random.nextInt(20)));
      }
      core.limit(BOB, Side.BUY, 99, 400);
      core.events.clear();
      for (int i = 0; i < 10; i++) {
        core.print(70 + random.nextInt(30), 1);
        assertTrue(core.free(ALICE, BTC) >= 0, "seed " + seed);
      }
      core.print(70, 1);
      fired += triggered(core).size();
      final long sold = before - core.free(ALICE, BTC);
      assertTrue(sold <= before, "seed " + seed + " sold " + sold + " of " + before);
      soldOut += sold == before ? 1 : 0;
      core.machine.risk().assertConserved();
    }
    assertTrue(fired > 100 && soldOut > 10, "only " + fired + ", " + soldOut);
  }

  private static long unitsPerLot(final Core core) {
    final var instrument = core.machine.risk().instrument(Core.PAIR);
    return null == instrument ? 1 : instrument.baseUnitsPerLot();
  }
}
