package io.gavel.adapters.backtest.run;

import io.gavel.adapters.backtest.result.RuleRow;
import io.gavel.adapters.backtest.result.TrailStep;
import io.gavel.codecs.RuleKinds;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.RuleKind;
import io.gavel.codecs.sbe.RuleState;
import io.gavel.codecs.sbe.Side;
import io.gavel.engine.core.StateMachine;
import io.gavel.engine.trigger.RuleBook;
import io.gavel.risk.mark.Marks;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the rules of the scenario that are still waiting, after each row: the level of a trailing leg whenever it
 * changes, and how close the price came to each level. Cost grows with the rules that wait, not with the engine's.
 */
final class LevelWatch {

  private static final int LEGS_MAX = 4;

  private final List<Watched> waiting = new ArrayList<>();
  private final Map<Long, Watched> all = new HashMap<>();
  private final List<TrailStep> steps = new ArrayList<>();
  private long timeNs;
  private int lowTicks;
  private int highTicks;
  private boolean spansBoth;

  private static final class Watched {
    private final long ruleId;
    private final int[] trailTicks = new int[LEGS_MAX];
    private long missingTicks = Long.MAX_VALUE;
    private int missLeg;
    private long missTimeNs;
    private long missSequence;
    private int missPriceTicks;
    private int missLevelTicks;

    private Watched(final long ruleId) {
      this.ruleId = ruleId;
    }
  }

  void begin(final long ruleId) {
    final Watched watched = new Watched(ruleId);
    waiting.add(watched);
    all.put(ruleId, watched);
  }

  /** The rule waits no longer. */
  void end(final long ruleId, final long atNs) {
    final Watched watched = all.get(ruleId);
    if (null == watched || !waiting.remove(watched)) {
      return;
    }
    for (int leg = 0; leg < LEGS_MAX; leg++) {
      if (0 != watched.trailTicks[leg]) {
        steps.add(new TrailStep(ruleId, leg, atNs, 0));
      }
    }
  }

  boolean isIdle() {
    return waiting.isEmpty();
  }

  /** Set before {@link #look} is handed to the engine. */
  void at(final long nowNs) {
    timeNs = nowNs;
  }

  /** Reads levels and prices, on the engine's thread. */
  void look(final StateMachine machine) {
    final RuleBook rules = machine.rules();
    final Marks marks = machine.risk().marks();
    for (int i = 0; i < waiting.size(); i++) {
      final Watched watched = waiting.get(i);
      final int slot = rules.slotOf(watched.ruleId);
      if (RuleBook.NULL_SLOT == slot || RuleState.LIVE != rules.state(slot)) {
        continue;
      }
      for (int leg = 0; leg < rules.legCount(slot); leg++) {
        final int level = rules.levelTicks(slot, leg);
        if (RuleKind.TRAILING_STOP == rules.kind(slot, leg) && level != watched.trailTicks[leg]) {
          watched.trailTicks[leg] = level;
          steps.add(new TrailStep(watched.ruleId, leg, timeNs, level));
        }
        miss(watched, rules, marks, slot, leg);
      }
    }
  }

  /** Set before {@link #span} is handed to the engine. */
  void bar(final int barLowTicks, final int barHighTicks) {
    lowTicks = barLowTicks;
    highTicks = barHighTicks;
    spansBoth = false;
  }

  /** Asks whether the bar reaches both a take-profit and a stop level that is armed now. */
  void span(final StateMachine machine) {
    final RuleBook rules = machine.rules();
    boolean takeProfit = false;
    boolean stop = false;
    for (int i = 0; i < waiting.size(); i++) {
      final int slot = rules.slotOf(waiting.get(i).ruleId);
      if (RuleBook.NULL_SLOT == slot || RuleState.LIVE != rules.state(slot)) {
        continue;
      }
      for (int leg = 0; leg < rules.legCount(slot); leg++) {
        final int level = rules.levelTicks(slot, leg);
        final boolean reached = 0 != level && level >= lowTicks && level <= highTicks;
        takeProfit |= reached && RuleKinds.isProfit(rules.kind(slot, leg));
        stop |= reached && !RuleKinds.isProfit(rules.kind(slot, leg));
      }
    }
    spansBoth = takeProfit && stop;
  }

  boolean spansBoth() {
    return spansBoth;
  }

  List<TrailStep> steps() {
    return steps;
  }

  /** The level a trailing leg had last; 0: never any. */
  int lastTrailLevel(final long ruleId, final int leg) {
    final Watched watched = all.get(ruleId);
    return null == watched ? 0 : watched.trailTicks[leg];
  }

  RuleRow.@Nullable NearestMiss nearestMiss(final long ruleId) {
    final Watched watched = all.get(ruleId);
    return null == watched || Long.MAX_VALUE == watched.missingTicks ? null
        : new RuleRow.NearestMiss(watched.missLeg, watched.missTimeNs, watched.missSequence, watched.missPriceTicks,
            watched.missLevelTicks, watched.missingTicks);
  }

  private void miss(
      final Watched watched, final RuleBook rules, final Marks marks, final int slot, final int leg) {
    final int level = rules.levelTicks(slot, leg);
    if (0 == level || rules.isWaitingRecross(slot, leg)) {
      return;
    }
    final int instrumentId = rules.instrumentId(slot);
    final PriceSource source = rules.source(slot, leg);
    // A sell take-profit and a buy stop wait for a rise, the others for a fall; prices are rounded against firing.
    final boolean rise = (Side.SELL == rules.side(slot)) == RuleKinds.isProfit(rules.kind(slot, leg));
    final int price = rise ? marks.floorTicks(instrumentId, source) : marks.ceilTicks(instrumentId, source);
    if (0 == price) {
      return;
    }
    final long missing = rise ? (long) level - price : (long) price - level;
    if (missing < watched.missingTicks) {
      watched.missingTicks = missing;
      watched.missLeg = leg;
      watched.missTimeNs = timeNs;
      watched.missSequence = marks.sequenceOf(instrumentId, source);
      watched.missPriceTicks = price;
      watched.missLevelTicks = level;
    }
  }
}
