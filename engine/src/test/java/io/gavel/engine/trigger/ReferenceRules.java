package io.gavel.engine.trigger;

import io.gavel.codecs.sbe.ArmPolicy;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.RuleKind;
import io.gavel.codecs.sbe.RuleState;
import io.gavel.codecs.sbe.Side;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The same rules in the most obvious code: every price is held against every leg of every rule. */
final class ReferenceRules {

  static final class Leg {
    RuleKind kind;
    PriceSource source;
    int index;
    int level;
    int ratioE8;
    int spread;
    int activation;
    boolean armed;
    boolean dormant;
    boolean waiting;
    int extremum;
  }

  static final class Rule {
    long id;
    int instrumentId;
    Side side;
    ArmPolicy policy;
    RuleState state;
    int version = 1;
    final List<Leg> legs = new ArrayList<>();

    boolean sells() {
      return Side.SELL == side;
    }

    boolean rises(final Leg leg) {
      return RuleKind.TAKE_PROFIT == leg.kind ? sells() : !sells();
    }

    /** Level in force; 0 when there is none that a price could reach. */
    int level(final Leg leg) {
      if (RuleKind.TRAILING_STOP != leg.kind) {
        return leg.level;
      }
      if (0 == leg.extremum) {
        return 0;
      }
      final long level;
      if (leg.ratioE8 > 0) {
        final long factor = sells() ? 100_000_000L - leg.ratioE8 : 100_000_000L + leg.ratioE8;
        final long product = leg.extremum * factor;
        level = sells() ? product / 100_000_000L : (product + 99_999_999L) / 100_000_000L;
      } else {
        level = sells() ? (long) leg.extremum - leg.spread : (long) leg.extremum + leg.spread;
      }
      return level > Integer.MAX_VALUE || level < 0 ? 0 : (int) level;
    }

    boolean crosses(final Leg leg, final int floor, final int ceil) {
      final int level = level(leg);
      return level > 0 && (rises(leg) ? floor > 0 && floor >= level : ceil > 0 && ceil <= level);
    }

    boolean uncrosses(final Leg leg, final int floor, final int ceil) {
      return rises(leg) ? floor > 0 && floor < level(leg) : ceil > 0 && ceil > level(leg);
    }
  }

  private record Reached(Rule rule, Leg leg, int level) {
  }

  final Map<Long, Rule> rules = new LinkedHashMap<>();
  /** What fired in this step: rule id to evidence, in order. */
  final Map<Long, RuleDesk.Fired> fired = new LinkedHashMap<>();

  void enter(final Rule rule, final PriceView prices) {
    rule.state = RuleState.LIVE;
    if (ArmPolicy.FIRE == rule.policy) {
      Leg chosen = null;
      for (final Leg leg : rule.legs) {
        if (RuleKind.TRAILING_STOP != leg.kind && crosses(rule, leg, prices)
            && (null == chosen || (RuleKind.TAKE_PROFIT == chosen.kind && RuleKind.TAKE_PROFIT != leg.kind))) {
          chosen = leg;
        }
      }
      if (null != chosen) {
        fire(rule, chosen, chosen.level, prices.floorTicks(rule.instrumentId, chosen.source),
            prices.ceilTicks(rule.instrumentId, chosen.source));
        return;
      }
    }
    for (final Leg leg : rule.legs) {
      final int floor = prices.floorTicks(rule.instrumentId, leg.source);
      final int ceil = prices.ceilTicks(rule.instrumentId, leg.source);
      leg.armed = true;
      if (RuleKind.TRAILING_STOP == leg.kind) {
        leg.dormant = 0 != leg.activation && !activates(rule, leg, floor, ceil);
        leg.extremum = leg.dormant ? 0 : rule.sells() ? floor : ceil;
      } else {
        leg.waiting = rule.crosses(leg, floor, ceil);
      }
    }
  }

  boolean isAnyCrossed(final Rule rule, final PriceView prices) {
    return rule.legs.stream().anyMatch(leg -> RuleKind.TRAILING_STOP != leg.kind && crosses(rule, leg, prices));
  }

  void print(final int instrumentId, final PriceSource source, final int floor, final int ceil) {
    for (final RuleDesk.Fired entry : List.copyOf(fired.values())) {
      final Rule rule = rules.get(entry.ruleId());
      if (rule.instrumentId == instrumentId && RuleKind.TAKE_PROFIT == rule.legs.get(entry.legIndex()).kind) {
        for (final Leg leg : rule.legs) {
          if (RuleKind.TAKE_PROFIT != leg.kind && leg.source == source && leg.armed && !leg.dormant
              && !leg.waiting && rule.crosses(leg, floor, ceil)) {
            fire(rule, leg, rule.level(leg), floor, ceil);
            break;
          }
        }
      }
    }
    final List<Reached> reached = new ArrayList<>();
    for (final Rule rule : rules.values()) {
      for (final Leg leg : rule.legs) {
        if (RuleState.LIVE == rule.state && rule.instrumentId == instrumentId && leg.source == source) {
          see(rule, leg, floor, ceil);
          if (!leg.dormant && !leg.waiting && rule.crosses(leg, floor, ceil)) {
            reached.add(new Reached(rule, leg, rule.level(leg)));
          }
        }
      }
    }
    reached.sort(Comparator.comparing((Reached entry) -> !entry.rule.rises(entry.leg))
        .thenComparing(entry -> entry.rule.rises(entry.leg) ? entry.level : -entry.level)
        .thenComparing(entry -> entry.rule.id).thenComparing(entry -> entry.leg.index));
    for (final Reached entry : reached) {
      final RuleDesk.Fired before = fired.get(entry.rule.id);
      final boolean stop = RuleKind.TAKE_PROFIT != entry.leg.kind;
      if (null == before
          || (stop && RuleKind.TAKE_PROFIT == entry.rule.legs.get(before.legIndex()).kind)) {
        fire(entry.rule, entry.leg, entry.level, floor, ceil);
      }
    }
  }

  ReasonCode amend(final Rule rule, final int legIndex, final int level, final int ratioE8, final int spread,
      final PriceView prices) {
    final Leg leg = rule.legs.get(legIndex);
    if (level > 0) {
      final int before = leg.level;
      leg.level = level;
      final boolean inverted = isInverted(rule);
      leg.level = before;
      if (inverted) {
        return ReasonCode.LEGS_INVERTED;
      }
    }
    final int oldLevel = leg.level;
    final int oldRatio = leg.ratioE8;
    final int oldSpread = leg.spread;
    if (level > 0) {
      leg.level = level;
    }
    if (ratioE8 > 0 || spread > 0) {
      leg.ratioE8 = ratioE8;
      leg.spread = spread;
    }
    final boolean changed = oldLevel != leg.level || oldRatio != leg.ratioE8 || oldSpread != leg.spread;
    if (changed && RuleState.LIVE == rule.state && !leg.dormant) {
      final boolean crossed = crosses(rule, leg, prices);
      if (crossed && ArmPolicy.REJECT == rule.policy) {
        leg.level = oldLevel;
        leg.ratioE8 = oldRatio;
        leg.spread = oldSpread;
        return ReasonCode.ALREADY_CROSSED;
      }
      leg.waiting = crossed;
      if (crossed && ArmPolicy.FIRE == rule.policy) {
        fire(rule, leg, rule.level(leg), prices.floorTicks(rule.instrumentId, leg.source),
            prices.ceilTicks(rule.instrumentId, leg.source));
      }
    }
    rule.version++;
    return ReasonCode.OK;
  }

  static boolean isInverted(final Rule rule) {
    for (final Leg profit : rule.legs) {
      for (final Leg stop : rule.legs) {
        if (RuleKind.TAKE_PROFIT == profit.kind && RuleKind.STOP_LOSS == stop.kind && profit.source == stop.source
            && (rule.sells() ? profit.level <= stop.level : profit.level >= stop.level)) {
          return true;
        }
      }
    }
    return false;
  }

  List<RuleDesk.Fired> drain() {
    final List<RuleDesk.Fired> list = new ArrayList<>(fired.values());
    fired.clear();
    return list;
  }

  private static void see(final Rule rule, final Leg leg, final int floor, final int ceil) {
    if (leg.waiting && rule.uncrosses(leg, floor, ceil)) {
      leg.waiting = false;
    }
    if (RuleKind.TRAILING_STOP != leg.kind) {
      return;
    }
    final int seen = rule.sells() ? floor : ceil;
    if (leg.dormant) {
      if (activates(rule, leg, floor, ceil)) {
        leg.dormant = false;
        leg.extremum = seen;
      }
    } else if (seen > 0 && (0 == leg.extremum || (rule.sells() ? seen > leg.extremum : seen < leg.extremum))) {
      leg.extremum = seen;
    }
  }

  private static boolean activates(final Rule rule, final Leg leg, final int floor, final int ceil) {
    return rule.sells() ? floor > 0 && floor >= leg.activation : ceil > 0 && ceil <= leg.activation;
  }

  private static boolean crosses(final Rule rule, final Leg leg, final PriceView prices) {
    return rule.crosses(leg, prices.floorTicks(rule.instrumentId, leg.source),
        prices.ceilTicks(rule.instrumentId, leg.source));
  }

  private void fire(final Rule rule, final Leg leg, final int level, final int floor, final int ceil) {
    rule.state = RuleState.TRIGGERING;
    fired.put(rule.id, new RuleDesk.Fired(rule.id, leg.index, rule.rises(leg) ? floor : ceil, level, leg.extremum,
        leg.source));
  }
}
