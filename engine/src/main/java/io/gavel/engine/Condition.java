package io.gavel.engine;

import io.gavel.codecs.CommandValidator;
import io.gavel.codecs.sbe.ArmRuleEncoder;
import io.gavel.codecs.sbe.Compare;
import io.gavel.codecs.sbe.Flag;
import io.gavel.codecs.sbe.NodeOp;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.Signal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When a rule fires: a leaf about one signal, or an operation over others. Made by {@link Conditions}, or from a map by
 * {@link ConditionWords}. Levels are decimals of the leaf's own instrument, which is the rule's unless it says another.
 */
public final class Condition {

  /** In what a level is counted. */
  enum Unit { PRICE, SIZE, RATIO, BASE, WHOLE, NONE }

  final NodeOp op;
  final List<Condition> children;
  int need;
  long withinNs;
  Signal signal = Signal.PRICE;
  PriceSource source = PriceSource.LAST;
  Compare compare = Compare.AT_OR_ABOVE;
  Unit unit = Unit.NONE;
  @Nullable String level;
  @Nullable String spread;
  long threshold;
  long second;
  private @Nullable String instId;
  private boolean latched;

  Condition(final NodeOp op, final List<Condition> children) {
    this.op = op;
    this.children = children;
  }

  /** Looks at another instrument than the rule's. */
  public Condition instId(final String symbol) {
    instId = symbol;
    return this;
  }

  /** Once true, true for good; without it a leaf is as true as its signal. */
  public Condition latched() {
    latched = true;
    return this;
  }

  public Condition atOrAbove(final String decimal) {
    return level(Compare.AT_OR_ABOVE, decimal);
  }

  public Condition atOrBelow(final String decimal) {
    return level(Compare.AT_OR_BELOW, decimal);
  }

  /** True once the value comes over the level from below, until it goes back. */
  public Condition crossesUp(final String decimal) {
    return level(Compare.CROSSES_UP, decimal);
  }

  public Condition crossesDown(final String decimal) {
    return level(Compare.CROSSES_DOWN, decimal);
  }

  private Condition level(final Compare how, final String decimal) {
    if (Unit.NONE == unit) {
      throw new RefusedException(ReasonCode.CONDITION_MALFORMED, "when", decimal, "is a level of what has none");
    }
    compare = how;
    level = decimal;
    return this;
  }

  /** Writes the tree behind the legs of a rule; {@code own} is the rule's instrument. */
  public void encode(
      final ArmRuleEncoder rule, final Directory directory, final Directory.InstrumentEntry own) {
    final List<Condition> nodes = new ArrayList<>();
    final List<Integer> parents = new ArrayList<>();
    flatten(nodes, parents, -1);
    if (nodes.size() > CommandValidator.NODES_MAX) {
      throw new RefusedException(ReasonCode.CONDITION_MALFORMED, "when", nodes.size() + " nodes",
          "are more than " + CommandValidator.NODES_MAX);
    }
    final ArmRuleEncoder.NodesEncoder group = rule.nodesCount(nodes.size());
    for (int i = 0; i < nodes.size(); i++) {
      nodes.get(i).encode(group.next().parent(parents.get(i).byteValue()), directory, own);
    }
  }

  private long whole() {
    try {
      return null == level ? 0 : Long.parseLong(level);
    } catch (final NumberFormatException ex) {
      throw new RefusedException(ReasonCode.OUT_OF_RANGE, "when", String.valueOf(level), "is no whole number");
    }
  }

  private void flatten(final List<Condition> nodes, final List<Integer> parents, final int parent) {
    final int self = nodes.size();
    nodes.add(this);
    parents.add(parent);
    children.forEach(child -> child.flatten(nodes, parents, self));
  }

  private void encode(final ArmRuleEncoder.NodesEncoder node, final Directory directory,
      final Directory.InstrumentEntry own) {
    final Directory.InstrumentEntry instrument = null == instId ? own : directory.requireInstrument(instId);
    final long levelUnits = switch (unit) {
      case PRICE -> Facade.ticks(instrument.tick(), level, "when");
      case SIZE -> Facade.steps(instrument.lot(), level, "when");
      case RATIO -> Facade.ratioE8(level, "when");
      case BASE -> null == level ? 0 : Facade.units(directory.baseOf(instrument), level, "when");
      case WHOLE -> whole();
      default -> threshold;
    };
    if (Unit.NONE != unit && null == level && null == spread) {
      throw new RefusedException(ReasonCode.LEVEL_REQUIRED, "when", signal.name(), "has no level");
    }
    node.withinNs(withinNs).threshold(levelUnits)
        .second(null == spread ? second : Facade.ticks(instrument.tick(), spread, "when"))
        .instrumentId(null == instId ? 0 : instrument.id()).need((short) need).op(op).signal(signal).compare(compare)
        .source(source).latched(latched ? Flag.YES : Flag.NO);
  }
}
