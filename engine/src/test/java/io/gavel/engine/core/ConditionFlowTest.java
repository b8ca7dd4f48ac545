package io.gavel.engine.core;

import static io.gavel.codecs.sbe.PriceSource.LAST;
import static io.gavel.codecs.sbe.PriceSource.MARK;
import static io.gavel.engine.core.Core.ALICE;
import static io.gavel.engine.core.Core.BOB;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.codecs.sbe.ArmPolicy;
import io.gavel.codecs.sbe.ArmRuleEncoder.LegsEncoder;
import io.gavel.codecs.sbe.ArmRuleEncoder.NodesEncoder;
import io.gavel.codecs.sbe.Compare;
import io.gavel.codecs.sbe.NodeOp;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.RuleKind;
import io.gavel.codecs.sbe.Side;
import io.gavel.codecs.sbe.Signal;
import io.gavel.engine.core.Core.RuleDraft;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Rules on conditions through the whole core. */
class ConditionFlowTest {

  private final Core core = Core.spot();

  private static Consumer<LegsEncoder> leg(final RuleKind kind, final int levelTicks) {
    return l -> l.levelTicks(levelTicks).trailRatioE8(0).trailSpreadTicks(0).activationTicks(0).childLimitTicks(0)
        .protectionBps(0).kind(kind).source(LAST);
  }

  private static RuleDraft when(final int nodes, final Consumer<NodesEncoder> tree) {
    final RuleDraft draft = new RuleDraft();
    draft.lots = 10;
    draft.legs.add(leg(RuleKind.CONDITION, 0));
    draft.more = e -> {
      tree.accept(e.nodesCount(nodes));
      e.curveCount(0);
    };
    return draft;
  }

  private static NodesEncoder price(final NodesEncoder nodes, final int parent, final PriceSource source,
      final Compare compare, final int ticks) {
    return nodes.next().parent((byte) parent).op(NodeOp.LEAF).signal(Signal.PRICE).source(source).compare(compare)
        .threshold(ticks);
  }

  /** Mark at most 95 and last at most 98. */
  private static RuleDraft both() {
    return when(3, nodes -> {
      nodes.next().parent((byte) -1).op(NodeOp.ALL);
      price(nodes, 0, MARK, Compare.AT_OR_BELOW, 95);
      price(nodes, 0, LAST, Compare.AT_OR_BELOW, 98);
    });
  }

  private List<String> rules() {
    return core.take().stream().filter(e -> e.startsWith("triggered") || e.startsWith("rule ")).toList();
  }

  @Test
  @DisplayName("A-07: a tree sells when all of it is true, whichever part comes last")
  void shouldSellWhenTheWholeTreeIsTrue() {
    core.print(100, 50);
    core.price(MARK, 1_000);
    assertEquals(ReasonCode.OK, core.arm(ALICE, both()));
    core.print(97, 50);
    core.print(99, 50);
    core.price(MARK, 950);
    assertTrue(core.take().stream().noneMatch(e -> e.startsWith("triggered")));

    core.print(98, 50);

    final List<String> events = rules();
    assertTrue(events.get(0).startsWith("triggered 3 v1 leg=0 CONDITION LAST 95 level=0"), events::toString);
    assertEquals("rule 3 LIVE->TRIGGERING TRIGGER_CONDITION remaining=10", events.get(1));
    assertEquals("rule 3 TRIGGERED->FINISHED CHILD_FILLED remaining=0", events.get(3));
    assertEquals(0, core.machine.rules().size());
    assertTrue(core.machine.conditions().isEmpty());
  }

  @Test
  @DisplayName("R-03: a tree that is true already is refused, fires, or waits until it was false")
  void shouldTreatATreeThatIsTrueAlreadyAsThePolicySays() {
    core.print(97, 50);
    core.price(MARK, 940);
    final RuleDraft rejected = both();
    assertEquals(ReasonCode.ALREADY_CROSSED, core.arm(ALICE, rejected));

    final RuleDraft waits = both();
    waits.armPolicy = ArmPolicy.WAIT_RECROSS;
    assertEquals(ReasonCode.OK, core.arm(ALICE, waits));
    core.price(MARK, 930);
    assertTrue(rules().stream().noneMatch(e -> e.startsWith("triggered")));
    core.price(MARK, 960);
    core.price(MARK, 950);
    assertTrue(rules().toString().contains("TRIGGER_CONDITION"));

    final RuleDraft fires = both();
    fires.armPolicy = ArmPolicy.FIRE;
    assertEquals(ReasonCode.OK, core.arm(ALICE, fires));
    assertTrue(rules().toString().contains("TRIGGER_CONDITION"));
  }

  @Test
  @DisplayName("A-08: time, spread and depth are leaves as prices are")
  void shouldWaitForTimeSpreadAndDepth() {
    core.at(1_000);
    core.print(100, 50);
    final RuleDraft draft = when(4, nodes -> {
      nodes.next().parent((byte) -1).op(NodeOp.ALL);
      nodes.next().parent((byte) 0).op(NodeOp.LEAF).signal(Signal.AFTER).threshold(500);
      nodes.next().parent((byte) 0).op(NodeOp.LEAF).signal(Signal.SPREAD).compare(Compare.AT_OR_BELOW).threshold(5);
      nodes.next().parent((byte) 0).op(NodeOp.LEAF).signal(Signal.DEPTH).source(PriceSource.ASK).second(10_000)
          .threshold(60);
    });
    assertEquals(ReasonCode.OK, core.arm(ALICE, draft));
    core.limit(BOB, Side.SELL, 101, 20);
    core.take();
    core.at(1_499).print(100, 50);
    assertTrue(rules().isEmpty());

    core.at(1_500).price(MARK, 1_000);

    assertTrue(rules().toString().contains("TRIGGER_CONDITION"));
  }

  @Test
  @DisplayName("R-09: a leg and a tree of one rule never both fire")
  void shouldFireTheLegOrTheTreeButNeverBoth() {
    core.print(100, 50);
    core.price(MARK, 1_000);
    final RuleDraft draft = both();
    draft.legs.add(leg(RuleKind.STOP_LOSS, 90));
    assertEquals(ReasonCode.OK, core.arm(ALICE, draft));
    core.price(MARK, 940);
    core.take();

    core.print(90, 50);

    final List<String> events = rules();
    assertEquals(1, events.stream().filter(e -> e.startsWith("triggered")).count());
    assertTrue(events.get(0).contains("STOP_LOSS"), "a level comes before a tree");
  }

  private RuleDraft score(final int instrumentId, final int atLeast) {
    return when(1, nodes -> nodes.next().parent((byte) -1).op(NodeOp.LEAF).signal(Signal.RISK_SIGNAL)
        .instrumentId(instrumentId).second(4).threshold(atLeast));
  }

  @Test
  @DisplayName("A score sells when it is high enough, and not after it has expired")
  void shouldSellOnAScoreWhileItIsKnown() {
    core.at(1_000).print(100, 50);
    assertEquals(ReasonCode.CONDITION_SOURCE_MISSING, core.arm(ALICE, score(0, 70)));
    core.signal(ALICE, 0, 4, 60, 2_000);
    core.signal(0, Core.PAIR, 4, 60, 0);
    assertEquals(ReasonCode.OK, core.arm(ALICE, score(0, 70)));
    assertEquals(ReasonCode.OK, core.arm(ALICE, score(Core.PAIR, 80)));
    core.signal(BOB, 0, 4, 99, 0);
    assertTrue(rules().stream().noneMatch(e -> e.startsWith("triggered")));
    core.signal(0, Core.PAIR, 4, 80, 0);
    assertTrue(rules().toString().contains("TRIGGER_CONDITION"));
    core.at(2_500).print(100, 50);
    final RuleDraft none = when(2, nodes -> {
      nodes.next().parent((byte) -1).op(NodeOp.NOT);
      nodes.next().parent((byte) 0).op(NodeOp.LEAF).signal(Signal.RISK_SIGNAL).second(4).threshold(0);
    });
    none.armPolicy = ArmPolicy.FIRE;
    assertEquals(ReasonCode.OK, core.arm(ALICE, none), "what is not known is not at or above anything");
    assertTrue(rules().toString().contains("TRIGGER_CONDITION"));
    assertEquals(ReasonCode.EXPIRE_TIME_INVALID, core.signal(ALICE, 0, 4, 60, 2_000));
  }

  @Test
  @DisplayName("F-44: the impact of the rule's own size on a pool, exactly at its border")
  void shouldSellWhenAPoolCanTakeTheSize() {
    core.print(100, 50);
    final long size = 10 * core.machine.risk().instrument(Core.PAIR).baseUnitsPerLot();
    final RuleDraft draft = when(1, nodes -> nodes.next().parent((byte) -1).op(NodeOp.LEAF)
        .signal(Signal.POOL_IMPACT).compare(Compare.AT_OR_BELOW).second(5).threshold(1_000_000));
    assertEquals(ReasonCode.CONDITION_SOURCE_MISSING, core.arm(ALICE, draft));
    core.pool(5, size, 100);
    assertEquals(ReasonCode.OK, core.arm(ALICE, draft));
    // size / (reserve + size) is 1 % when the reserve is 99 times the size.
    core.pool(5, 99 * size - 1, 100);
    assertTrue(rules().stream().noneMatch(e -> e.startsWith("triggered")));
    core.pool(5, 99 * size, 100);
    assertTrue(rules().toString().contains("TRIGGER_CONDITION"));
    assertEquals(ReasonCode.PARAMETERS_INVALID, core.pool(5, 0, 100));
  }

  @Test
  @DisplayName("A pool's price is quote over base, rounded against firing")
  void shouldLookAtThePriceOfAPool() {
    core.print(100, 50);
    final var pair = core.machine.risk().instrument(Core.PAIR);
    final long lots = 1_000;
    final long base = lots * pair.baseUnitsPerLot();
    core.pool(5, base, 100 * lots * pair.quoteUnitsPerTickLot());
    final RuleDraft draft = when(1, nodes -> price(nodes, -1, PriceSource.POOL, Compare.AT_OR_BELOW, 95).second(5));
    assertEquals(ReasonCode.OK, core.arm(ALICE, draft));
    core.pool(5, base, 95 * lots * pair.quoteUnitsPerTickLot() + 1);
    assertTrue(rules().stream().noneMatch(e -> e.startsWith("triggered")));
    core.pool(5, base, 95 * lots * pair.quoteUnitsPerTickLot());
    assertTrue(rules().toString().contains("TRIGGER_CONDITION"));
  }

  @Test
  @DisplayName("A rule that is cancelled takes its tree along")
  void shouldForgetTheTreeOfACancelledRule() {
    core.print(100, 50);
    core.arm(ALICE, both());
    core.cancelRule(ALICE, 3);
    assertTrue(core.machine.conditions().isEmpty());
    core.price(MARK, 900);
    core.print(90, 50);
    assertTrue(rules().stream().noneMatch(e -> e.startsWith("triggered")));
  }
}
