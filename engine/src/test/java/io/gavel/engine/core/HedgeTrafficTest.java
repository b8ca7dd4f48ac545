package io.gavel.engine.core;

import static io.gavel.codecs.sbe.PriceSource.MARK;
import static io.gavel.engine.core.Core.ALICE;
import static io.gavel.engine.core.Core.BOB;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.codecs.sbe.ArmRuleEncoder;
import io.gavel.codecs.sbe.HaltScope;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.RuleAction;
import io.gavel.codecs.sbe.Side;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Random rules with random ratios over random markets, told to two machines of which one is restarted every few
 * commands. What they say is added up apart, exactly: after each command what a rule has traded times its ratio and
 * what its hedge has traded are within a lot of one another, unless it was said that the hedge could not be had.
 */
class HedgeTrafficTest {

  private static final Pattern ACCEPTED = Pattern.compile("accepted (\\d+) (\\w+) \\d+@\\d+ rule=(\\d+)");
  private static final Pattern OWN = Pattern.compile("accepted (\\d+) (\\w+) .*");
  private static final Pattern TRADE = Pattern.compile("trade (\\d+)@\\d+ taker=(\\d+) maker=(\\d+) open=.*");
  private static final Pattern HEDGE =
      Pattern.compile("algo (\\d+) \\w+ HEDGE (\\w+) #0(?: (\\d+)@\\d+ order=(\\d+))? .*");

  private final Map<Long, Long> ruleOfOrder = new HashMap<>();
  private final Map<Long, Long> ruleOfHedge = new HashMap<>();
  private final Map<Long, Integer> signs = new HashMap<>();
  private final Map<Long, Long> ratios = new HashMap<>();
  private final Map<Long, BigDecimal> owed = new HashMap<>();
  private final Map<Long, Long> hedged = new HashMap<>();
  private final Set<Long> refused = new HashSet<>();
  private int compared;
  private int refusals;

  @Test
  void shouldStayWithinALotOfWhatIsHedgedWhateverTheMarketDoes() {
    for (int seed = 0; seed < 40; seed++) {
      run(seed, 300, 1_000_000);
    }
    assertTrue(compared > 500, "compared " + compared);
    assertTrue(refusals > 50, "refused " + refusals);
  }

  @Test
  void shouldNeverBeRefusedWhenTheOtherMarketIsDeepAndOpen() {
    for (int seed = 100; seed < 120; seed++) {
      run(seed, 300, 0);
    }
    assertEquals(0, refusals);
    assertTrue(compared > 300, "compared " + compared);
  }

  private void run(final int seed, final int commands, final int rough) {
    final Core calm = Core.spot();
    final Core restarted = Core.spot();
    for (final Core core : List.of(calm, restarted)) {
      HedgeFlowTest.openHedge(core);
      core.price(MARK, 1_000);
      if (0 == rough) {
        core.order(BOB, Side.SELL, 51, 400_000, c -> c.instrumentId(HedgeFlowTest.HEDGE));
        core.order(BOB, Side.BUY, 49, 400_000, c -> c.instrumentId(HedgeFlowTest.HEDGE));
      }
      core.take();
    }
    final Random random = new Random(seed);
    final int pause = 2 + random.nextInt(15);
    List.of(ruleOfOrder, ruleOfHedge, signs, ratios, owed, hedged).forEach(Map::clear);
    refused.clear();
    for (int i = 0; i < commands; i++) {
      final long script = random.nextLong();
      final String where = "seed " + seed + " command " + i;
      assertEquals(command(calm, new Random(script), rough), command(restarted, new Random(script), rough), where);
      final List<String> said = calm.take();
      assertEquals(said, restarted.take(), where);
      said.forEach(this::count);
      compare(where);
      if (0 == i % pause) {
        restarted.restart();
        assertEquals(calm.state(), restarted.state(), where);
      }
    }
  }

  private ReasonCode command(final Core core, final Random random, final int rough) {
    final Side side = random.nextBoolean() ? Side.BUY : Side.SELL;
    final int lots = 1 + random.nextInt(12);
    switch (random.nextInt(12)) {
      case 0, 1, 2, 3, 4 -> {
        return core.limit(BOB, side, 97 + random.nextInt(7), lots);
      }
      case 5, 6 -> {
        return 0 == rough ? core.time(core.timeNs() + 7) : core.order(BOB, side, 47 + random.nextInt(7), 3L * lots,
            c -> c.instrumentId(HedgeFlowTest.HEDGE));
      }
      case 7 -> {
        return core.time(core.timeNs() + 1 + random.nextInt(30));
      }
      case 8 -> {
        return 0 == rough ? core.time(core.timeNs() + 3)
            : core.halt(HaltScope.INSTRUMENT, 0, HedgeFlowTest.HEDGE, random.nextInt(3) == 0);
      }
      case 9 -> {
        final List<Long> known = ratios.keySet().stream().sorted().toList();
        return core.cancelRule(ALICE, known.isEmpty() ? 1 : known.get(random.nextInt(known.size())));
      }
      default -> {
        return arm(core, random, side, lots);
      }
    }
  }

  private ReasonCode arm(final Core core, final Random random, final Side side, final int lots) {
    final long ratioE8 = 0 == random.nextInt(3) ? 50_000_000L * (1 + random.nextInt(4))
        : 1 + (long) (random.nextDouble() * 250_000_000);
    final boolean worked = 0 == random.nextInt(3);
    final Consumer<ArmRuleEncoder> fields = HedgeFlowTest.hedged(ratioE8).andThen(
        worked ? c -> c.action(RuleAction.TWAP).durationNs(60).intervalNs(10) : c -> { });
    final int limit = Side.BUY == side ? 99 + random.nextInt(4) : 98 + random.nextInt(4);
    final int before = core.events.size();
    final ReasonCode code = core.arm(ALICE, HedgeFlowTest.rule(side, lots, limit, fields));
    for (final String line : core.events.subList(before, core.events.size())) {
      if (line.startsWith("armed ")) {
        final long rule = Long.parseLong(line.split(" ", -1)[1]);
        ratios.put(rule, ratioE8);
        signs.put(rule, Side.SELL == side ? 1 : -1);
      }
    }
    return code;
  }

  private void count(final String line) {
    final Matcher accepted = ACCEPTED.matcher(line);
    if (accepted.matches()) {
      ruleOfOrder.put(Long.valueOf(accepted.group(1)), Long.valueOf(accepted.group(3)));
    }
    final Matcher own = OWN.matcher(line);
    if (own.matches() && !accepted.matches()) {
      ruleOfOrder.remove(Long.valueOf(own.group(1)));
    }
    final Matcher hedge = HEDGE.matcher(line);
    if (hedge.matches()) {
      final long rule = Long.parseLong(hedge.group(1));
      if ("HEDGE_REFUSED".equals(hedge.group(2))) {
        refused.add(rule);
        refusals++;
      } else {
        refused.remove(rule);
        ruleOfHedge.put(Long.valueOf(hedge.group(4)), rule);
      }
    }
    final Matcher trade = TRADE.matcher(line);
    if (trade.matches()) {
      for (int side = 2; side <= 3; side++) {
        traded(Long.parseLong(trade.group(side)), Long.parseLong(trade.group(1)));
      }
    }
  }

  private void traded(final long order, final long lots) {
    if (ruleOfOrder.containsKey(order)) {
      final long rule = ruleOfOrder.get(order);
      owed.merge(rule, BigDecimal.valueOf(lots).multiply(BigDecimal.valueOf(ratios.get(rule), 8)), BigDecimal::add);
    }
    if (ruleOfHedge.containsKey(order)) {
      hedged.merge(ruleOfHedge.get(order), lots, Long::sum);
    }
  }

  private void compare(final String where) {
    owed.forEach((rule, lots) -> {
      final BigDecimal off = lots.subtract(BigDecimal.valueOf(hedged.getOrDefault(rule, 0L)));
      if (!refused.contains(rule)) {
        compared++;
        assertTrue(off.abs().compareTo(BigDecimal.ONE) < 0, where + " rule " + rule + " is off by " + off);
      } else {
        // A rest of less than a lot may have come back by rounding; never has more been hedged than that.
        assertTrue(off.compareTo(BigDecimal.ONE.negate()) > 0, where + " rule " + rule + " is off by " + off);
      }
    });
  }
}
