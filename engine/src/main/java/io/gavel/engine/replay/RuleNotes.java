package io.gavel.engine.replay;

import io.gavel.codecs.RuleKinds;
import io.gavel.codecs.sbe.AlgoStepDecoder;
import io.gavel.codecs.sbe.ArmRuleDecoder;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.RuleArmedDecoder;
import io.gavel.codecs.sbe.RuleKind;
import io.gavel.codecs.sbe.RuleState;
import io.gavel.codecs.sbe.RuleStateChangedDecoder;
import io.gavel.codecs.sbe.RuleTriggeredDecoder;
import io.gavel.codecs.sbe.Side;
import io.gavel.engine.core.StateMachine;
import io.gavel.engine.trigger.RuleBook;
import io.gavel.risk.mark.Marks;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is known so far of one rule, with the smallest distance each leg has seen between its price and its level. */
final class RuleNotes {

  private final long ruleId;
  private final String clRuleId;
  private final long account;
  private final int instrumentId;
  private final Side side;
  private final long armSequence;
  private final long armTimeNs;
  private final @Nullable ReasonCode refusal;
  private final List<Explanation.LegStory> legs = new ArrayList<>();
  private final List<Explanation.RuleStep> steps = new ArrayList<>();
  private final List<Explanation.Firing> firings = new ArrayList<>();
  private final List<OrderNotes> orders = new ArrayList<>();
  private final List<Explanation.WorkStep> work = new ArrayList<>();
  private long quantityLots;
  private int version;
  private RuleState state;

  /** A rule that was armed. */
  RuleNotes(final RuleArmedDecoder rule) {
    ruleId = rule.ruleId();
    account = rule.header().account();
    instrumentId = rule.instrumentId();
    side = rule.side();
    armSequence = rule.header().sequence();
    armTimeNs = rule.header().engineTimeNs();
    refusal = null;
    state = rule.state();
    clRuleId = EventWords.text(rule.clRuleId());
    armed(rule);
  }

  /** A rule that was refused. */
  RuleNotes(final ArmRuleDecoder rule, final long sequence, final long timeNs, final ReasonCode code) {
    ruleId = 0;
    account = rule.header().account();
    instrumentId = rule.instrumentId();
    side = rule.side();
    armSequence = sequence;
    armTimeNs = timeNs;
    refusal = code;
    state = RuleState.REJECTED;
    quantityLots = rule.quantityLots();
    clRuleId = EventWords.text(rule.clRuleId());
    for (final ArmRuleDecoder.LegsDecoder leg : rule.legs()) {
      legs.add(new Explanation.LegStory(leg.kind(), leg.source(), leg.levelTicks(), leg.trailRatioE8(),
          leg.trailSpreadTicks(), leg.activationTicks(), leg.childLimitTicks(), leg.protectionBps(), null));
    }
  }

  long ruleId() {
    return ruleId;
  }

  int instrumentId() {
    return instrumentId;
  }

  /** Takes the facts as armed, or as amended: what a leg came near to before stays. */
  void armed(final RuleArmedDecoder rule) {
    quantityLots = rule.quantityLots();
    version = rule.version();
    int index = 0;
    for (final RuleArmedDecoder.LegsDecoder leg : rule.legs()) {
      final Explanation.NearMiss nearest = index < legs.size() ? legs.get(index).nearest() : null;
      final Explanation.LegStory now = new Explanation.LegStory(leg.kind(), leg.source(), leg.levelTicks(),
          leg.trailRatioE8(), leg.trailSpreadTicks(), leg.activationTicks(), leg.childLimitTicks(),
          leg.protectionBps(), nearest);
      if (index < legs.size()) {
        legs.set(index, now);
      } else {
        legs.add(now);
      }
      index++;
    }
  }

  void changed(final RuleStateChangedDecoder change) {
    state = change.toState();
    steps.add(new Explanation.RuleStep(change.header().sequence(), change.header().engineTimeNs(),
        change.fromState(), change.toState(), change.reason(), change.remainingLots()));
  }

  void triggered(final RuleTriggeredDecoder evidence, final int causeTemplateId) {
    firings.add(new Explanation.Firing(evidence.header().sequence(), evidence.header().engineTimeNs(),
        evidence.version(), evidence.legIndex(), evidence.kind(), evidence.source(), evidence.referencePriceUnits(),
        evidence.referenceTicks(), evidence.levelTicks(), evidence.extremumTicks(), evidence.protectionTicks(),
        evidence.causeSequence(), causeTemplateId));
  }

  void child(final OrderNotes order) {
    orders.add(order);
  }

  void worked(final AlgoStepDecoder step) {
    work.add(new Explanation.WorkStep(step.header().sequence(), step.header().engineTimeNs(), step.action(),
        step.step(), step.what(), step.why(), step.orderId(), step.lots(), step.limitTicks(), step.filledLots(),
        step.workingLots(), step.totalLots(), step.nextTimeNs()));
  }

  /** Looks at every leg between two frames; a leg that sleeps is measured against its activation. */
  void sample(final StateMachine machine) {
    final RuleBook rules = machine.rules();
    final int slot = rules.slotOf(ruleId);
    if (RuleState.LIVE != state || RuleBook.NULL_SLOT == slot) {
      return;
    }
    final Marks marks = machine.risk().marks();
    for (int leg = 0; leg < rules.legCount(slot); leg++) {
      final PriceSource source = rules.source(slot, leg);
      if (RuleKind.AT_TIME == rules.kind(slot, leg) || 0 == marks.floorTicks(instrumentId, source)) {
        continue;
      }
      final boolean dormant = rules.isDormant(slot, leg);
      final int targetTicks = dormant ? rules.activationTicks(slot, leg) : rules.levelTicks(slot, leg);
      final boolean upward = dormant ? Side.SELL == side : firesUpward(rules.kind(slot, leg));
      if (0 != targetTicks) {
        sample(leg, machine.sequence(), machine.engineTimeNs(), marks.priceUnits(instrumentId, source),
            upward ? marks.floorTicks(instrumentId, source) : marks.ceilTicks(instrumentId, source), targetTicks,
            upward, dormant);
      }
    }
  }

  /** Looks at the legs with a fixed level at a price inside a frame, which need not be the last one of it. */
  void sampleLast(final long sequence, final long timeNs, final long priceUnits, final int priceTicks) {
    for (int leg = 0; RuleState.LIVE == state && leg < legs.size(); leg++) {
      final Explanation.LegStory facts = legs.get(leg);
      final boolean fixed = RuleKinds.hasLevel(facts.kind());
      if (fixed && PriceSource.LAST == facts.source()) {
        sample(leg, sequence, timeNs, priceUnits, priceTicks, facts.levelTicks(), firesUpward(facts.kind()), false);
      }
    }
  }

  private void sample(final int leg, final long sequence, final long timeNs, final long priceUnits,
      final int referenceTicks, final int targetTicks, final boolean upward, final boolean isActivation) {
    final int distanceTicks = upward ? targetTicks - referenceTicks : referenceTicks - targetTicks;
    final Explanation.LegStory facts = legs.get(leg);
    final Explanation.NearMiss nearest = facts.nearest();
    // Once awake, what it came near to while asleep no longer counts. At or past the level it waits to be re-crossed.
    final boolean better = null == nearest || (nearest.isActivation() && !isActivation)
        || (nearest.isActivation() == isActivation && distanceTicks < nearest.distanceTicks());
    if (distanceTicks > 0 && better) {
      legs.set(leg, new Explanation.LegStory(facts.kind(), facts.source(), facts.levelTicks(), facts.trailRatioE8(),
          facts.trailSpreadTicks(), facts.activationTicks(), facts.childLimitTicks(), facts.protectionBps(),
          new Explanation.NearMiss(sequence, timeNs, priceUnits, referenceTicks, targetTicks, distanceTicks,
              isActivation)));
    }
  }

  private boolean firesUpward(final RuleKind kind) {
    return RuleKinds.isProfit(kind) == (Side.SELL == side);
  }

  Explanation.RuleStory story() {
    return new Explanation.RuleStory(ruleId, clRuleId, account, instrumentId, side, quantityLots, version,
        armSequence, armTimeNs, refusal, state, List.copyOf(legs), List.copyOf(steps), List.copyOf(firings),
        orders.stream().map(OrderNotes::story).toList(), List.copyOf(work));
  }
}
