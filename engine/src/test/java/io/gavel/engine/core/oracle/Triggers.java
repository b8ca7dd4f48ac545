package io.gavel.engine.core.oracle;

import io.gavel.codecs.sbe.ArmPolicy;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.RuleKind;
import io.gavel.codecs.sbe.RuleState;
import io.gavel.codecs.sbe.Side;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** Looks at every leg of every rule at every price. */
final class Triggers {

  /** A rule that is owed its firing when the step ends. */
  record Firing(Rule rule, Rule.Leg leg, int reference, int level, int extremum) { }

  private static final int RATIO_MAX_E8 = 99_999_999;

  final List<Firing> fired = new ArrayList<>();
  private final Iterable<Rule> rules;

  Triggers(final Iterable<Rule> rules) {
    this.rules = rules;
  }

  void onPrice(final Pair pair, final PriceSource source) {
    final int floor = pair.floorTicks(source);
    final int ceil = pair.ceilTicks(source);
    preferStops(pair, source, floor, ceil);
    final List<Rule.Leg> reached = new ArrayList<>();
    for (final Rule rule : rules) {
      if (rule.armed && rule.pair == pair) {
        for (final Rule.Leg leg : rule.legs) {
          if (leg.source == source && isReached(leg, floor, ceil)) {
            reached.add(leg);
          }
        }
      }
    }
    reached.sort(Comparator.comparing((Rule.Leg leg) -> !leg.firesRising())
        .thenComparing(leg -> leg.firesRising() ? leg.level() : -leg.level())
        .thenComparing(leg -> leg.rule.id).thenComparing(leg -> leg.index));
    for (final Rule.Leg leg : reached) {
      if (leg.rule.armed) {
        fire(leg, leg.reference(floor, ceil));
      } else {
        giveWay(leg, leg.reference(floor, ceil));
      }
    }
  }

  /** Moves the leg on by this price; says whether it reaches its level. */
  private static boolean isReached(final Rule.Leg leg, final int floor, final int ceil) {
    final boolean sells = leg.rule.sells();
    if (leg.trails() && (Rule.Phase.TRACKING == leg.phase || Rule.Phase.WAITING == leg.phase)) {
      if (sells && floor > 0) {
        leg.extremum = Math.max(leg.extremum, floor);
      } else if (!sells && ceil > 0) {
        leg.extremum = 0 == leg.extremum ? ceil : Math.min(leg.extremum, ceil);
      }
    }
    switch (leg.phase) {
      case WAITING -> {
        if (floor > 0 && ceil > 0 && !leg.isCrossed(leg.level(), floor, ceil)) {
          leg.phase = leg.trails() ? Rule.Phase.TRACKING : Rule.Phase.LIVE;
        }
        return false;
      }
      case DORMANT -> {
        if (leg.isActivatedBy(floor, ceil)) {
          leg.phase = Rule.Phase.TRACKING;
          leg.extremum = sells ? floor : ceil;
        }
        return false;
      }
      case LIVE, TRACKING -> {
        return leg.level() > 0 && leg.isCrossed(leg.level(), floor, ceil);
      }
      default -> {
        return false;
      }
    }
  }

  private void fire(final Rule.Leg leg, final int reference) {
    leg.rule.armed = false;
    leg.rule.state = RuleState.TRIGGERING;
    leg.rule.fired = leg;
    fired.add(new Firing(leg.rule, leg, reference, leg.level(), leg.extremum));
  }

  /** In one step a stop wins over the take-profit of its rule. */
  private void giveWay(final Rule.Leg stop, final int reference) {
    for (int i = 0; i < fired.size(); i++) {
      final Firing firing = fired.get(i);
      if (firing.rule() == stop.rule && stop.isStop() && !firing.leg().isStop()) {
        stop.rule.fired = stop;
        fired.set(i, new Firing(stop.rule, stop, reference, stop.level(), stop.extremum));
      }
    }
  }

  /** The same for a take-profit that fired by an earlier price of this step. */
  private void preferStops(final Pair pair, final PriceSource source, final int floor, final int ceil) {
    for (final Firing firing : List.copyOf(fired)) {
      if (firing.rule().pair == pair && RuleKind.TAKE_PROFIT == firing.leg().kind) {
        for (final Rule.Leg leg : firing.rule().legs) {
          final boolean listens = Rule.Phase.LIVE == leg.phase || Rule.Phase.TRACKING == leg.phase;
          if (leg.isStop() && leg.source == source && listens && leg.level() > 0
              && leg.isCrossed(leg.level(), floor, ceil)) {
            giveWay(leg, leg.reference(floor, ceil));
            break;
          }
        }
      }
    }
  }

  /** The window is open: the rule listens, or fires at once by its policy. */
  void goLive(final Rule rule) {
    rule.state = RuleState.LIVE;
    if (ArmPolicy.FIRE == rule.spec.policy()) {
      final Rule.Leg crossed = crossedLeg(rule);
      if (crossed != null) {
        fire(crossed, crossed.reference(rule.pair.floorTicks(crossed.source), rule.pair.ceilTicks(crossed.source)));
        return;
      }
    }
    rule.armed = true;
    for (final Rule.Leg leg : rule.legs) {
      final int floor = rule.pair.floorTicks(leg.source);
      final int ceil = rule.pair.ceilTicks(leg.source);
      if (leg.isPlain()) {
        leg.phase = leg.isCrossed(leg.setLevel, floor, ceil) ? Rule.Phase.WAITING : Rule.Phase.LIVE;
      } else if (leg.trails() && 0 != leg.activation && !leg.isActivatedBy(floor, ceil)) {
        leg.phase = Rule.Phase.DORMANT;
      } else if (leg.trails()) {
        leg.phase = Rule.Phase.TRACKING;
        leg.extremum = rule.sells() ? floor : ceil;
      }
    }
  }

  /** A stop rather than a take-profit, then the first. */
  static Rule.@org.jspecify.annotations.Nullable Leg crossedLeg(final Rule rule) {
    for (final boolean stop : new boolean[] {true, false}) {
      for (final Rule.Leg leg : rule.legs) {
        if (leg.isPlain() && leg.isStop() == stop && leg.isCrossedNow(leg.setLevel)) {
          return leg;
        }
      }
    }
    return null;
  }

  void fireAtTime(final Rule rule) {
    rule.armed = false;
    rule.state = RuleState.TRIGGERING;
    rule.fired = rule.legs.stream().filter(l -> RuleKind.AT_TIME == l.kind).findFirst().orElse(rule.legs.get(0));
    fired.add(new Firing(rule, rule.fired, 0, 0, 0));
  }

  ReasonCode amend(final Rule rule, final int index, final int level, final int ratio, final int spread,
      final int childLimit) {
    final Rule.Leg leg = rule.legs.get(index);
    if (0 != level) {
      if (!leg.isPlain()) {
        return ReasonCode.LEVEL_NOT_ALLOWED;
      }
      if (level < 0) {
        return ReasonCode.LEVEL_REQUIRED;
      }
      if (rule.legs.stream().anyMatch(other -> other.isPlain() && other.source == leg.source
          && other.isStop() != leg.isStop() && isInverted(rule.spec.side(),
          leg.isStop() ? other.setLevel : level, leg.isStop() ? level : other.setLevel))) {
        return ReasonCode.LEGS_INVERTED;
      }
    }
    final boolean trail = 0 != ratio || 0 != spread;
    if (trail && (!leg.trails() || !isTrail(ratio, spread))) {
      return ReasonCode.TRAIL_DISTANCE_INVALID;
    }
    if (childLimit < 0) {
      return ReasonCode.PRICE_NOT_POSITIVE;
    }
    final boolean moves = (0 != level && level != leg.setLevel)
        || (trail && (ratio != leg.ratioE8 || spread != leg.spread));
    final boolean listens = rule.armed && Rule.Phase.DORMANT != leg.phase && Rule.Phase.OUT != leg.phase;
    final int next = leg.trails() ? leg.trailLevel(ratio, spread) : level;
    final boolean crossed = moves && listens && next > 0 && leg.isCrossedNow(next);
    if (crossed && ArmPolicy.REJECT == rule.spec.policy()) {
      return ReasonCode.ALREADY_CROSSED;
    }
    rule.version++;
    leg.childLimit = 0 == childLimit ? leg.childLimit : childLimit;
    if (moves) {
      leg.setLevel = 0 == level ? leg.setLevel : level;
      leg.ratioE8 = trail ? ratio : leg.ratioE8;
      leg.spread = trail ? spread : leg.spread;
      if (crossed && ArmPolicy.FIRE == rule.spec.policy()) {
        fire(leg, leg.reference(rule.pair.floorTicks(leg.source), rule.pair.ceilTicks(leg.source)));
      } else if (listens) {
        leg.phase = crossed ? Rule.Phase.WAITING : leg.trails() ? Rule.Phase.TRACKING : Rule.Phase.LIVE;
      }
    }
    return ReasonCode.OK;
  }

  static boolean isTrail(final int ratio, final int spread) {
    return ratio >= 0 && ratio <= RATIO_MAX_E8 && spread >= 0 && (0 == ratio) != (0 == spread);
  }

  static boolean isInverted(final Side side, final int profit, final int stop) {
    return Side.SELL == side ? profit <= stop : profit >= stop;
  }

  /** What is wrong with a rule by itself and against the prices of now. */
  static ReasonCode check(final NewRule rule, final Pair pair, final long nowNs) {
    if (rule.shareE8() < 0 || rule.shareE8() > 100_000_000) {
      return ReasonCode.SHARE_OUT_OF_RANGE;
    }
    if (rule.lots() < 0 || (0 == rule.lots() && 0 == rule.shareE8())) {
      return ReasonCode.SIZE_NOT_POSITIVE;
    }
    if (0 != rule.lots() && 0 != rule.shareE8()) {
      return ReasonCode.SIZE_AMBIGUOUS;
    }
    final boolean endless = 0 == rule.endTimeNs();
    if (rule.startTimeNs() < 0 || rule.endTimeNs() < 0
        || (!endless && (rule.endTimeNs() <= rule.startTimeNs() || rule.endTimeNs() <= nowNs))) {
      return ReasonCode.WINDOW_INVALID;
    }
    if (rule.legs().isEmpty()) {
      return ReasonCode.LEGS_MISSING;
    }
    for (final NewRule.Leg leg : rule.legs()) {
      final ReasonCode code = check(rule, leg, nowNs);
      if (ReasonCode.OK != code) {
        return code;
      }
    }
    for (final NewRule.Leg profit : rule.legs()) {
      for (final NewRule.Leg stop : rule.legs()) {
        if (RuleKind.TAKE_PROFIT == profit.kind() && RuleKind.STOP_LOSS == stop.kind()
            && profit.source() == stop.source() && isInverted(rule.side(), profit.level(), stop.level())) {
          return ReasonCode.LEGS_INVERTED;
        }
      }
    }
    final boolean startsNow = rule.startTimeNs() <= nowNs;
    return startsNow && ArmPolicy.REJECT == rule.policy() && null != crossedLeg(new Rule(0, pair, rule, 0))
        ? ReasonCode.ALREADY_CROSSED : ReasonCode.OK;
  }

  private static ReasonCode check(final NewRule rule, final NewRule.Leg leg, final long nowNs) {
    final boolean trailing = RuleKind.TRAILING_STOP == leg.kind();
    if (trailing || RuleKind.AT_TIME == leg.kind()) {
      if (0 != leg.level()) {
        return ReasonCode.LEVEL_NOT_ALLOWED;
      }
    } else if (leg.level() <= 0) {
      return ReasonCode.LEVEL_REQUIRED;
    }
    if (RuleKind.AT_TIME == leg.kind() && rule.startTimeNs() <= nowNs && 0 == rule.endTimeNs()) {
      return ReasonCode.WINDOW_INVALID;
    }
    if (trailing && leg.activation() < 0) {
      return ReasonCode.PRICE_NOT_POSITIVE;
    }
    if (trailing ? !isTrail(leg.ratioE8(), leg.spread()) : 0 != leg.ratioE8() || 0 != leg.spread()) {
      return ReasonCode.TRAIL_DISTANCE_INVALID;
    }
    if (!trailing && 0 != leg.activation()) {
      return ReasonCode.LEVEL_NOT_ALLOWED;
    }
    if (leg.childLimit() < 0) {
      return ReasonCode.PRICE_NOT_POSITIVE;
    }
    if (Side.BUY == rule.side() && 0 == leg.childLimit()) {
      return ReasonCode.BUY_RULE_NEEDS_LIMIT;
    }
    return leg.protectionBps() < 0 || leg.protectionBps() > 9_999
        ? ReasonCode.PROTECTION_OUT_OF_RANGE : ReasonCode.OK;
  }

  /** Live states: prices and the window matter. */
  static final Set<RuleState> WAITING_STATES = Set.of(RuleState.PENDING, RuleState.LIVE);
}
