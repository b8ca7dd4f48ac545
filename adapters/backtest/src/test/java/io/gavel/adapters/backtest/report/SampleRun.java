package io.gavel.adapters.backtest.report;

import io.gavel.adapters.backtest.result.AccountRow;
import io.gavel.adapters.backtest.result.EquityPoint;
import io.gavel.adapters.backtest.result.EventRow;
import io.gavel.adapters.backtest.result.FeePoint;
import io.gavel.adapters.backtest.result.FillRow;
import io.gavel.adapters.backtest.result.InstrumentFacts;
import io.gavel.adapters.backtest.result.MarginRows;
import io.gavel.adapters.backtest.result.OrderRow;
import io.gavel.adapters.backtest.result.PricePoint;
import io.gavel.adapters.backtest.result.RejectRow;
import io.gavel.adapters.backtest.result.RuleRow;
import io.gavel.adapters.backtest.result.RunHeader;
import io.gavel.adapters.backtest.result.RunResult;
import io.gavel.adapters.backtest.result.TrailStep;
import io.gavel.adapters.backtest.result.TriggerRow;
import io.gavel.codecs.sbe.ArmPolicy;
import io.gavel.codecs.sbe.OrdType;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.RuleKind;
import io.gavel.codecs.sbe.RuleState;
import io.gavel.codecs.sbe.Side;
import io.gavel.codecs.sbe.TimeInForce;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A made-up run that has one of everything the report draws: a week of a seeded random walk, rules that fire, wait,
 * trail, start late, expire and are refused. Small on purpose; it only has to be consistent, not right.
 */
final class SampleRun {
  static final InstrumentFacts FACTS =
      new InstrumentFacts(1, "BTC-USD", "BTC", "USD", "USD", 100_000_000L, 10_000_000L, 2, 3, 8, 8, 8);

  private static final long START_NS = 1_385_337_600L * 1_000_000_000L;
  private static final long STEP_NS = 20_000_000_000L;
  private static final long QUOTE_UNITS_PER_TICK_LOT = 1_000L;
  private static final long QUOTE_UNIT = 100_000_000L;

  final List<PricePoint> prices = new ArrayList<>();
  final List<EquityPoint> equity = new ArrayList<>();
  final List<OrderRow> orders = new ArrayList<>();
  final List<FillRow> fills = new ArrayList<>();
  final List<RuleRow> rules = new ArrayList<>();
  final List<TriggerRow> triggers = new ArrayList<>();
  final List<TrailStep> trail = new ArrayList<>();
  final List<RejectRow> rejects = new ArrayList<>();
  final List<FeePoint> fees = new ArrayList<>();
  MarginRows margin = MarginRows.NONE;
  String name = "sample week";
  private long baseLots = 5_000;
  private long quoteUnits = 10_000 * QUOTE_UNIT;
  private long feeUnits;
  private long nextOrderId = 1_001;

  /** The usual run: about {@code prints} prints and the seven rules below. */
  static SampleRun of(final long seed, final int prints) {
    final SampleRun run = new SampleRun();
    run.walk(new Random(seed), prints);
    run.addRules();
    run.addEquity();
    return run;
  }

  RunResult result() {
    final long last = prices.isEmpty() ? START_NS : prices.get(prices.size() - 1).timeNs();
    final int price = prices.isEmpty() ? 0 : prices.get(prices.size() - 1).priceTicks();
    final int first = prices.isEmpty() ? 0 : prices.get(0).priceTicks();
    final RunHeader header = new RunHeader(name, "A week of a seeded walk; seven rules over one balance.", 42, FACTS,
        START_NS, last, prices.size(), 18, 0,
        "8be1c0de5a4f0d7e9a0b1c2d3e4f5061728394a5b6c7d8e9fa0b1c2d3e4f5061",
        "77aa0d7e9a0b1c2d3e4f5061728394a5b6c7d8e9fa0b1c2d3e4f50618be1c0de", "5f0c9b1e44d2a7c3",
        "c2d3e4f5061728394a5b6c7d8e9fa0b177aa0d7e9a0b1c2d3e4f50618be1c0de", prices.size() + 17L, 412,
        prices.size() * 2L, "out/journal", "OpenJDK 17.0.15+6, Linux amd64, 2 processors");
    final AccountRow account = new AccountRow(1, "alice", 10_000 * QUOTE_UNIT + worth(5_000, first),
        quoteUnits + worth(baseLots, price), baseLots * 100_000, 0, quoteUnits, 0, 120 * QUOTE_UNIT, 0, feeUnits);
    return new RunResult(header, prices, equity, List.of(account), orders, fills, rules, triggers, trail, rejects, fees,
        margin, List.<EventRow>of());
  }

  private void walk(final Random random, final int prints) {
    double price = 80_000;
    for (int i = 0; i < prints; i++) {
      final double drift = i < prints * 0.62 ? 0.00002 : -0.00003;
      price *= 1 + drift * 30_000 / prints + random.nextGaussian() * 0.0011 * Math.sqrt(30_000.0 / prints);
      prices.add(new PricePoint(START_NS + i * (STEP_NS * 30_000 / prints), (int) price));
    }
  }

  private void addRules() {
    final int low = prices.stream().mapToInt(PricePoint::priceTicks).min().orElse(1);
    final int high = prices.stream().mapToInt(PricePoint::priceTicks).max().orElse(1);
    final int first = prices.get(0).priceTicks();
    final int middle = (first + high) / 2;
    levels(101, "tp-half", 1_000, 0, leg(RuleKind.TAKE_PROFIT, middle, 0));
    levels(102, "oco-1", 800, 0, leg(RuleKind.TAKE_PROFIT, high + 15_000, 0),
        leg(RuleKind.STOP_LOSS, (first + low) / 2, 0));
    trailing(103, "trail-5pct", 700, 5_000_000, 0);
    trailing(104, "trail-late", 600, 2_000_000, (middle + high) / 2);
    levels(105, "floor-stop-which-should-never-fire", 500, 0, leg(RuleKind.STOP_LOSS, low - 900, 0));
    levels(106, "weekend", 400, prices.size() / 3, leg(RuleKind.TAKE_PROFIT, high + 800, 0));
    refused();
  }

  private static RuleRow.Leg leg(final RuleKind kind, final int level, final int ratioE8) {
    return new RuleRow.Leg(kind, PriceSource.LAST, level, ratioE8, 0, 0, 0, 1_000);
  }

  /** Fixed levels: fires at the first print across one of them, or waits to the end. */
  private void levels(
      final long id, final String clRuleId, final long lots, final int from, final RuleRow.Leg... legs) {
    final List<RuleRow.Step> steps = new ArrayList<>();
    steps.add(new RuleRow.Step(START_NS, 11, RuleState.PENDING, from > 0 ? RuleState.PENDING : RuleState.LIVE,
        ReasonCode.OK, lots));
    if (from > 0) {
      steps.add(step(from, RuleState.PENDING, RuleState.LIVE, ReasonCode.WINDOW_STARTED, lots));
    }
    long filled = 0;
    for (int i = from; i < prices.size() && filled == 0; i++) {
      final int price = prices.get(i).priceTicks();
      for (int leg = 0; leg < legs.length; leg++) {
        final boolean up = legs[leg].kind() == RuleKind.TAKE_PROFIT;
        if (filled == 0 && (up ? price >= legs[leg].levelTicks() : price <= legs[leg].levelTicks())) {
          fire(id, clRuleId, legs[leg].kind(), leg, i, lots, legs[leg].levelTicks(), 0, steps);
          filled = lots;
        }
      }
    }
    if (filled == 0 && from > 0) {
      steps.add(step(prices.size() * 5 / 6, RuleState.LIVE, RuleState.EXPIRED, ReasonCode.WINDOW_ENDED, lots));
    }
    final RuleRow.NearestMiss miss = filled > 0 ? null
        : new RuleRow.NearestMiss(0, START_NS + 7 * STEP_NS, 7_777, legs[0].levelTicks() + 900,
            legs[0].levelTicks(), 900);
    add(id, clRuleId, lots, filled, List.of(legs), steps, miss);
  }

  private void trailing(
      final long id, final String clRuleId, final long lots, final int ratioE8, final int activationTicks) {
    final List<RuleRow.Step> steps = new ArrayList<>();
    steps.add(new RuleRow.Step(START_NS, 12, RuleState.LIVE, RuleState.LIVE, ReasonCode.OK, lots));
    int extremum = 0;
    int level = 0;
    long filled = 0;
    for (int i = 0; i < prices.size() && filled == 0; i++) {
      final int price = prices.get(i).priceTicks();
      if (price > extremum && (extremum > 0 || price >= activationTicks)) {
        extremum = price;
        level = (int) (price - (long) price * ratioE8 / 100_000_000L);
        trail.add(new TrailStep(id, 0, prices.get(i).timeNs(), level));
      }
      if (extremum > 0 && price <= level) {
        fire(id, clRuleId, RuleKind.TRAILING_STOP, 0, i, lots, level, extremum, steps);
        trail.add(new TrailStep(id, 0, prices.get(i).timeNs(), 0));
        filled = lots;
      }
    }
    final RuleRow.Leg leg =
        new RuleRow.Leg(RuleKind.TRAILING_STOP, PriceSource.LAST, level, ratioE8, 0, activationTicks, 0, 1_000);
    add(id, clRuleId, lots, filled, List.of(leg), steps, null);
  }

  private void refused() {
    final RuleRow.Step step =
        new RuleRow.Step(START_NS, 17, RuleState.REJECTED, RuleState.REJECTED, ReasonCode.ALREADY_CROSSED, 300);
    add(0, "late-<b>&tp</b>", 300, 0, List.of(leg(RuleKind.TAKE_PROFIT, 70_000, 0)), List.of(step), null);
    rejects.add(new RejectRow(START_NS, 17, "ArmRule", "late-<b>&tp</b>", ReasonCode.ALREADY_CROSSED, 1));
    rejects.add(new RejectRow(START_NS + STEP_NS, 19, "NewOrder", "", ReasonCode.INSUFFICIENT_BALANCE, 1_204));
  }

  private void add(final long id, final String clRuleId, final long lots, final long filled,
                   final List<RuleRow.Leg> legs, final List<RuleRow.Step> steps, final RuleRow.NearestMiss miss) {
    rules.add(new RuleRow(id, clRuleId, "alice", Side.SELL, lots, filled, ArmPolicy.REJECT, 0, 0, legs,
        steps.get(steps.size() - 1).toState(), steps, null, miss));
  }

  private void fire(final long id, final String clRuleId, final RuleKind kind, final int leg, final int index,
                    final long lots, final int level, final int extremum, final List<RuleRow.Step> steps) {
    final PricePoint print = prices.get(index);
    triggers.add(new TriggerRow(print.timeNs(), index + 17L, 3, id, clRuleId, "alice", 1, leg, kind, PriceSource.LAST,
        Side.SELL, print.priceTicks(), print.priceTicks(), extremum, level, print.priceTicks() * 9 / 10, lots,
        index + 17L));
    steps.add(step(index, RuleState.LIVE, RuleState.TRIGGERING, ReasonCode.TRIGGER_CROSSED, lots));
    final long first = lots / 4;
    child(id, index, first, print.priceTicks());
    steps.add(step(index, RuleState.TRIGGERING, RuleState.PARTLY_EFFECTIVE, ReasonCode.CHILD_PARTLY_FILLED,
        lots - first));
    final int later = Math.min(prices.size() - 1, index + 400);
    child(id, later, lots - first, print.priceTicks());
    steps.add(step(later, RuleState.PARTLY_EFFECTIVE, RuleState.FINISHED, ReasonCode.CHILD_FILLED, 0));
  }

  private void child(final long ruleId, final int index, final long lots, final int triggerTicks) {
    final PricePoint print = prices.get(index);
    final int price = print.priceTicks() - 1;
    final long notional = worth(lots, price);
    final long fee = notional / 2_000;
    final long order = nextOrderId++;
    final long slippage = (triggerTicks - price) * 1_000_000L / triggerTicks;
    orders.add(new OrderRow(order, ruleId, "", "alice", Side.SELL, OrdType.MARKET, TimeInForce.IOC, price * 9 / 10,
        lots, lots, notional, fee, print.timeNs(), index + 17L, print.timeNs(), index + 17L, ReasonCode.FILLED));
    fills.add(new FillRow(print.timeNs(), index + 17L, order, ruleId, "alice", Side.SELL, price, lots, notional, fee,
        FillRow.Liquidity.TAKER, slippage));
    baseLots -= lots;
    quoteUnits += notional - fee;
    feeUnits += fee;
  }

  private RuleRow.Step step(
      final int index, final RuleState from, final RuleState to, final ReasonCode reason, final long lots) {
    return new RuleRow.Step(prices.get(index).timeNs(), index + 17L, from, to, reason, lots);
  }

  private void addEquity() {
    fills.sort((a, b) -> Long.compare(a.timeNs(), b.timeNs()));
    triggers.sort((a, b) -> Long.compare(a.timeNs(), b.timeNs()));
    orders.sort((a, b) -> Long.compare(a.acceptedTimeNs(), b.acceptedTimeNs()));
    long lots = 5_000;
    long quote = 10_000 * QUOTE_UNIT;
    long peak = 0;
    long paid = 0;
    int next = 0;
    for (int i = 0; i < prices.size(); i += 10) {
      final PricePoint print = prices.get(i);
      while (next < fills.size() && fills.get(next).timeNs() <= print.timeNs()) {
        final FillRow fill = fills.get(next++);
        lots -= fill.lots();
        quote += fill.notionalUnits() - fill.feeUnits();
        paid += fill.feeUnits();
        fees.add(new FeePoint(fill.timeNs(), paid));
      }
      final long units = quote + worth(lots, print.priceTicks());
      peak = Math.max(peak, units);
      equity.add(new EquityPoint(print.timeNs(), units, (int) ((peak - units) * 10_000 / peak)));
    }
  }

  private static long worth(final long lots, final long priceTicks) {
    return lots * priceTicks * QUOTE_UNITS_PER_TICK_LOT;
  }
}
