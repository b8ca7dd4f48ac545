package io.gavel.engine.core;

import static io.gavel.codecs.sbe.PriceSource.LAST;
import static io.gavel.engine.core.Core.ALICE;
import static io.gavel.engine.core.Core.BOB;
import static io.gavel.engine.core.Core.BTC;
import static io.gavel.engine.core.Core.USD;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.codecs.RuleGroups;
import io.gavel.codecs.sbe.AlgoBasis;
import io.gavel.codecs.sbe.AlgoEnd;
import io.gavel.codecs.sbe.AlgoSizes;
import io.gavel.codecs.sbe.ArmPolicy;
import io.gavel.codecs.sbe.ArmRuleEncoder;
import io.gavel.codecs.sbe.CancelScope;
import io.gavel.codecs.sbe.HaltScope;
import io.gavel.codecs.sbe.MarginMode;
import io.gavel.codecs.sbe.OrdType;
import io.gavel.codecs.sbe.PositionMode;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.ReviewDefault;
import io.gavel.codecs.sbe.RuleAction;
import io.gavel.codecs.sbe.RuleKind;
import io.gavel.codecs.sbe.SessionState;
import io.gavel.codecs.sbe.Side;
import io.gavel.codecs.sbe.TimeInForce;
import io.gavel.engine.core.Core.RuleDraft;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Random rules with random actions over random markets, told to two machines of which one is restarted every few
 * commands: they say the same and become the same. What they say is added up by a slow book of its own: the orders of a
 * rule never come to more than its lots, exactly to them when it is finished, and each rule ends once.
 */
class AlgoTrafficTest {

  private static final Pattern ARMED = Pattern.compile("armed (\\d+) v(\\d+) \\w+ \\w+ (\\d+).*");
  private static final Pattern ACCEPTED = Pattern.compile("accepted (\\d+) (\\w+) (\\d+)@\\d+ rule=(\\d+)");
  private static final Pattern TRADE = Pattern.compile("trade (\\d+)@\\d+ taker=(\\d+) maker=(\\d+) open=.*");
  private static final Pattern CLOSED = Pattern.compile("closed (\\d+) (\\w+) filled=(\\d+) cancelled=(\\d+)");
  private static final Pattern STEP = Pattern.compile("algo (\\d+) (\\w+) .* filled=\\d+/(\\d+) .*");
  private static final Pattern STATE = Pattern.compile("rule (\\d+) (\\w+)->(\\w+) (\\w+) remaining=(\\d+)");

  /** What the events say about one rule. */
  private static final class Tally {
    long total;
    long filled;
    long open;
    String end = "";
  }

  private int instrumentId = Core.PAIR;
  private final Map<Long, Tally> rules = new HashMap<>();
  private final Map<Long, Long> ruleOfOrder = new HashMap<>();
  private final Map<Long, Long> openOfOrder = new HashMap<>();
  private final Map<Long, RuleAction> actions = new HashMap<>();
  private final Map<RuleAction, Integer> finished = new EnumMap<>(RuleAction.class);
  private final Map<String, Integer> ends = new HashMap<>();

  @Test
  void shouldWorkEveryOrderToTheLotWhateverTheMarketDoes() {
    for (int seed = 0; seed < 40; seed++) {
      run(seed, 400);
    }
    assertTrue(finished.keySet().containsAll(List.of(RuleAction.TWAP, RuleAction.VWAP, RuleAction.POV,
        RuleAction.ICEBERG, RuleAction.CHASE, RuleAction.SCALE, RuleAction.LADDER)), finished.toString());
    assertTrue(ends.keySet().containsAll(List.of("CANCELLED ALGO_ENDED", "CANCELLED CANCELLED_BY_USER",
        "CANCELLED CHILD_CANCELLED", "CANCELLED CANCELLED_MASS", "CANCELLED REVIEW_CANCELLED",
        "CANCELLED REVIEW_LAPSED")), ends.toString());
  }

  @Test
  @Tag("soak")
  void shouldWorkEveryOrderToTheLotForLong() {
    for (int seed = 1_000; seed < 1_050; seed++) {
      run(seed, 1_000);
    }
  }

  @Test
  void shouldCloseContractsToTheLotWhateverTheMarketDoes() {
    instrumentId = MarginDesk.PERP;
    for (int seed = 5_000; seed < 5_030; seed++) {
      run(seed, 400);
    }
    assertTrue(finished.keySet().containsAll(List.of(RuleAction.TWAP, RuleAction.VWAP, RuleAction.ICEBERG,
        RuleAction.CHASE, RuleAction.SCALE, RuleAction.LADDER)), finished.toString());
    assertTrue(ends.containsKey("SUPPRESSED BALANCE_GONE"), ends.toString());
  }

  private boolean isContract() {
    return MarginDesk.PERP == instrumentId;
  }

  private Core core() {
    if (!isContract()) {
      return Core.spot();
    }
    final MarginDesk desk = MarginDesk.open();
    for (final long account : new long[] {ALICE, BOB}) {
      assertEquals(ReasonCode.OK, desk.mode(account, MarginMode.CROSS, PositionMode.ONE_WAY));
    }
    desk.core.take();
    return desk.core;
  }

  private void run(final int seed, final int commands) {
    final Core calm = core();
    final Core restarted = core();
    final Random random = new Random(seed);
    final int pause = 3 + random.nextInt(30);
    rules.clear();
    ruleOfOrder.clear();
    openOfOrder.clear();
    actions.clear();
    final long btc = calm.free(ALICE, BTC) + calm.free(BOB, BTC);
    final long usd = calm.free(ALICE, USD) + calm.free(BOB, USD);
    for (int i = 0; i < commands; i++) {
      final long script = random.nextLong();
      final ReasonCode code = command(calm, new Random(script));
      assertEquals(code, command(restarted, new Random(script)), "seed " + seed);
      final List<String> said = calm.take();
      assertEquals(said, restarted.take(), "seed " + seed + " command " + i);
      said.forEach(line -> count(line, seed));
      if (i % pause == 0) {
        restarted.restart();
        assertEquals(calm.state(), restarted.state(), "seed " + seed + " command " + i);
      }
    }
    if (isContract()) {
      return;
    }
    assertEquals(btc, calm.free(ALICE, BTC) + calm.free(BOB, BTC) + calm.held(ALICE, BTC) + calm.held(BOB, BTC));
    assertEquals(usd, calm.free(ALICE, USD) + calm.free(BOB, USD) + calm.held(ALICE, USD) + calm.held(BOB, USD));
  }

  /** One more command to a machine that is looked at alone; what it said. */
  List<String> next(final Core core, final int seed) {
    command(core, new Random(seed));
    final List<String> said = core.take();
    said.forEach(line -> count(line, seed));
    return said;
  }

  private ReasonCode command(final Core core, final Random random) {
    final int price = 95 + random.nextInt(11);
    final Side side = random.nextBoolean() ? Side.BUY : Side.SELL;
    final List<Long> live = rules.entrySet().stream().filter(e -> e.getValue().end.isEmpty()).map(Map.Entry::getKey)
        .sorted().toList();
    final long some = live.isEmpty() ? 0 : live.get(random.nextInt(live.size()));
    switch (random.nextInt(24)) {
      case 0, 1, 2, 3, 4 -> {
        return order(core, BOB, side, price, 1 + random.nextInt(20));
      }
      case 5, 6, 7 -> {
        return order(core, ALICE, side, price, 1 + random.nextInt(isContract() ? 16 : 6));
      }
      case 8, 9 -> {
        return core.order(BOB, side, 0, 1 + random.nextInt(15),
            c -> c.instrumentId(instrumentId).ordType(OrdType.MARKET).timeInForce(TimeInForce.IOC));
      }
      case 10, 11, 12, 13, 14 -> {
        return core.time(core.timeNs() + 1 + random.nextInt(40));
      }
      case 15 -> {
        final List<Long> open = openOfOrder.keySet().stream().sorted().toList();
        return core.cancel(ALICE, open.isEmpty() ? 1 : open.get(random.nextInt(open.size())));
      }
      case 16 -> {
        return random.nextInt(4) > 0 ? core.cancelRule(ALICE, some) : core.massCancel(ALICE, 0,
            CancelScope.get((short) random.nextInt(3)));
      }
      case 17 -> {
        return core.review(ALICE, some, ReviewDefault.get((short) random.nextInt(2)));
      }
      case 18 -> {
        return random.nextBoolean()
            ? core.halt(HaltScope.get((short) random.nextInt(4)), ALICE, instrumentId, random.nextInt(3) == 0)
            : core.session(random.nextInt(4) == 0 ? SessionState.HALTED : SessionState.CONTINUOUS);
      }
      default -> {
        return core.arm(ALICE, rule(random));
      }
    }
  }

  private ReasonCode order(final Core core, final long account, final Side side, final int ticks, final long lots) {
    return core.order(account, side, ticks, lots, c -> c.instrumentId(instrumentId));
  }

  private RuleDraft rule(final Random random) {
    final RuleDraft draft = new RuleDraft();
    draft.lots = 1L + random.nextInt(30);
    draft.side = random.nextInt(3) == 0 ? Side.BUY : Side.SELL;
    final int limit = draft.side == Side.BUY ? 100 + random.nextInt(8) : random.nextInt(3) == 0 ? 92 : 0;
    final boolean now = random.nextBoolean();
    final int level = 92 + random.nextInt(16);
    final RuleKind kind =
        now ? RuleKind.NOW : random.nextBoolean() ? RuleKind.STOP_LOSS : RuleKind.TAKE_PROFIT;
    draft.armPolicy = ArmPolicy.get((short) random.nextInt(3));
    draft.legs.add(l -> l.levelTicks(now ? 0 : level).trailRatioE8(0).trailSpreadTicks(0).activationTicks(0)
        .childLimitTicks(limit).protectionBps(0)
        .kind(kind).source(LAST));
    final RuleAction action = RuleAction.get((short) random.nextInt(8));
    final int review = random.nextInt(4) == 0 ? 1 + random.nextInt(60) : 0;
    final int duration = 20 + random.nextInt(200);
    final boolean finish = random.nextBoolean();
    final int collar = random.nextInt(3) == 0 ? 3_000_000 : 0;
    final int depth = random.nextInt(3) == 0 ? 40_000_000 : 0;
    final int more = random.nextInt();
    Consumer<ArmRuleEncoder> fields = c -> c.instrumentId(instrumentId).action(action).reviewNs(review)
        .reviewDefault(review > 0 && more > 0 ? ReviewDefault.CANCEL : ReviewDefault.RELEASE);
    if (RuleAction.ORDER != action) {
      fields = fields.andThen(c -> c.durationNs(duration).intervalNs(1 + duration / 7).collarE8(collar)
          .depthShareE8(depth));
    }
    final AlgoEnd end = finish ? AlgoEnd.FINISH : AlgoEnd.CANCEL;
    final Consumer<ArmRuleEncoder> own = switch (action) {
      case TWAP -> c -> c.toleranceE8(0 == more % 2 ? 2_000_000 : 0).algoEnd(end);
      case VWAP -> c -> c.algoEnd(end);
      case POV -> c -> c.participationE8(30_000_000).algoBasis(0 == more % 2 ? AlgoBasis.OTHERS : AlgoBasis.WITH_OWN);
      case ICEBERG -> c -> c.sliceLots(Math.min(draft.lots, 1 + Math.abs(more % 4)));
      case CHASE -> c -> c.repricesMax(Math.abs(more % 5)).offsetTicks(Math.abs(more % 3)).algoEnd(end);
      case SCALE -> c -> c.orderCount(2 + Math.abs(more % 4)).firstTicks(draft.side == Side.SELL ? 96 : 99)
          .lastTicks(draft.side == Side.SELL ? 100 : 97).algoSizes(AlgoSizes.get((short) Math.abs(more % 3)));
      case LADDER -> c -> c.stepNs(1 + duration / 5).widerBps(200).offsetTicks(Math.abs(more % 2));
      default -> c -> { };
    };
    draft.block = fields.andThen(own);
    if (RuleAction.VWAP == action) {
      draft.more = c -> {
        c.nodesCount(0);
        c.curveCount(3).next().weight(2).next().weight(1).next().weight(3);
      };
    } else {
      draft.more = RuleGroups::none;
    }
    return draft;
  }

  private void count(final String line, final int seed) {
    final Matcher step = STEP.matcher(line);
    if (step.matches()) {
      final Tally tally = rules.get(Long.valueOf(step.group(1)));
      final long total = Long.parseLong(step.group(3));
      assertTrue(total <= tally.total, "seed " + seed + ": more than was armed");
      tally.total = total;
      actions.put(Long.valueOf(step.group(1)), RuleAction.valueOf(step.group(2)));
    }
    final Matcher armed = ARMED.matcher(line);
    if (armed.matches()) {
      rules.computeIfAbsent(Long.valueOf(armed.group(1)), id -> new Tally()).total = Long.parseLong(armed.group(3));
    }
    final Matcher accepted = ACCEPTED.matcher(line);
    if (accepted.matches()) {
      final long rule = Long.parseLong(accepted.group(4));
      ruleOfOrder.put(Long.valueOf(accepted.group(1)), rule);
      openOfOrder.put(Long.valueOf(accepted.group(1)), Long.valueOf(accepted.group(3)));
      rules.get(rule).open += Long.parseLong(accepted.group(3));
      check(rule, seed);
    }
    final Matcher trade = TRADE.matcher(line);
    if (trade.matches()) {
      trade(Long.parseLong(trade.group(1)), Long.parseLong(trade.group(2)), seed);
      trade(Long.parseLong(trade.group(1)), Long.parseLong(trade.group(3)), seed);
    }
    final Matcher closed = CLOSED.matcher(line);
    if (closed.matches() && openOfOrder.containsKey(Long.parseLong(closed.group(1)))) {
      final long order = Long.parseLong(closed.group(1));
      rules.get(ruleOfOrder.get(order)).open -= openOfOrder.remove(order);
    }
    final Matcher state = STATE.matcher(line);
    if (state.matches()) {
      state(Long.parseLong(state.group(1)), state.group(3), state.group(4), seed);
    }
  }

  private void trade(final long lots, final long order, final int seed) {
    if (ruleOfOrder.containsKey(order)) {
      final Tally tally = rules.get(ruleOfOrder.get(order));
      tally.filled += lots;
      tally.open -= lots;
      openOfOrder.merge(order, -lots, Long::sum);
      check(ruleOfOrder.get(order), seed);
    }
  }

  private void check(final long rule, final int seed) {
    final Tally tally = rules.get(rule);
    assertTrue(tally.open >= 0 && tally.filled + tally.open <= tally.total,
        "seed " + seed + " rule " + rule + ": " + tally.filled + " + " + tally.open + " of " + tally.total);
    assertEquals("", tally.end, "seed " + seed + " rule " + rule + " goes on after its end");
  }

  private void state(final long rule, final String to, final String reason, final int seed) {
    final Tally tally = rules.get(rule);
    assertEquals("", tally.end, "seed " + seed + " rule " + rule + " ends twice");
    if (List.of("FINISHED", "CANCELLED", "EXPIRED", "REJECTED", "SUPPRESSED").contains(to)) {
      tally.end = to + " " + reason;
      ends.merge(tally.end, 1, Integer::sum);
      assertEquals(0, tally.open, "seed " + seed + " rule " + rule + " ends with open orders");
      final boolean known = !isContract() || actions.containsKey(rule);
      assertEquals(known && "FINISHED".equals(to), known && tally.filled == tally.total,
          "seed " + seed + " rule " + rule + " " + to + " with " + tally.filled + " of " + tally.total);
      if ("FINISHED".equals(to) && actions.containsKey(rule)) {
        finished.merge(actions.get(rule), 1, Integer::sum);
      }
    }
  }
}
