package io.gavel.adapters.backtest.result;

import io.gavel.codecs.sbe.AlgoReason;
import io.gavel.codecs.sbe.ArmPolicy;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.RuleAction;
import io.gavel.codecs.sbe.RuleKind;
import io.gavel.codecs.sbe.RuleState;
import io.gavel.codecs.sbe.Side;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One rule of the scenario and its life.
 *
 * @param ruleId       0: refused, see the reason of its only step
 * @param quantityLots as resolved at arming; as asked for when refused
 * @param filledLots   sold (bought) by its children
 * @param finalState   at the end of the run
 * @param steps        of its life cycle, the first is the arming
 * @param work         how its order was worked over time; null: it was not
 * @param nearestMiss  for a rule that never fired and had a price level: the print that came closest
 */
public record RuleRow(
    long ruleId,
    String clRuleId,
    String account,
    Side side,
    long quantityLots,
    long filledLots,
    ArmPolicy armPolicy,
    long startTimeNs,
    long endTimeNs,
    List<Leg> legs,
    RuleState finalState,
    List<Step> steps,
    @Nullable Work work,
    @Nullable NearestMiss nearestMiss) {

  public RuleRow {
    legs = List.copyOf(legs);
    steps = List.copyOf(steps);
  }

  /**
   * One of the mutually exclusive legs, as armed; 0 where a field does not apply.
   *
   * @param levelTicks     trigger price; for a trailing leg the level at the end, 0 while there was none
   * @param trailRatioE8   1 % = 1,000,000
   */
  public record Leg(
      RuleKind kind,
      PriceSource source,
      int levelTicks,
      int trailRatioE8,
      int trailSpreadTicks,
      int activationTicks,
      int childLimitTicks,
      int protectionBps) {
  }

  /** One change of state; at arming and at a refusal both states are the same. */
  public record Step(long timeNs, long sequence, RuleState fromState, RuleState toState, ReasonCode reason,
                     long remainingLots) {
  }

  /**
   * An order that was worked over time.
   *
   * @param orders that were sent for it
   * @param last   why it did last what it did
   */
  public record Work(RuleAction action, int orders, AlgoReason last) {
  }

  /** The closest a reference price came to firing a leg, and how many ticks were missing. */
  public record NearestMiss(int legIndex, long timeNs, long sequence, int priceTicks, int levelTicks,
                            long missingTicks) {
  }
}
