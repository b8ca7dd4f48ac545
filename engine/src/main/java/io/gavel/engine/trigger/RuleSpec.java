package io.gavel.engine.trigger;

import io.gavel.codecs.CommandValidator;
import io.gavel.codecs.sbe.AlgoBasis;
import io.gavel.codecs.sbe.AlgoEnd;
import io.gavel.codecs.sbe.AlgoSizes;
import io.gavel.codecs.sbe.ArmPolicy;
import io.gavel.codecs.sbe.ArmRuleDecoder;
import io.gavel.codecs.sbe.Compare;
import io.gavel.codecs.sbe.ExpiryAction;
import io.gavel.codecs.sbe.Flag;
import io.gavel.codecs.sbe.NodeOp;
import io.gavel.codecs.sbe.PositionSide;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.ReserveMode;
import io.gavel.codecs.sbe.ReviewDefault;
import io.gavel.codecs.sbe.RuleAction;
import io.gavel.codecs.sbe.RuleAttach;
import io.gavel.codecs.sbe.RuleKind;
import io.gavel.codecs.sbe.Side;
import io.gavel.codecs.sbe.Signal;
import io.gavel.codecs.sbe.TargetUnit;
import java.util.Arrays;

/**
 * What somebody asks to be armed: a holder that is filled again for each command. Nothing has a default: what is not
 * given stays NULL_VAL and is refused. Units as in the command: ticks, lots, nanoseconds, ratios times 10^8.
 */
public final class RuleSpec {

  public static final int LEGS_MAX = CommandValidator.LEGS_MAX;
  public static final int NODES_MAX = CommandValidator.NODES_MAX;
  public static final int CURVE_MAX = CommandValidator.CURVE_MAX;

  /** Whose rule it is; a condition may look at what is said of the account. */
  public long account;
  public int instrumentId;
  public Side side = Side.NULL_VAL;
  public int shareE8;
  public long quantityLots;
  public long startTimeNs;
  public long endTimeNs;
  public ArmPolicy armPolicy = ArmPolicy.NULL_VAL;
  public ExpiryAction expiryAction = ExpiryAction.NULL_VAL;
  public ReserveMode reserveMode = ReserveMode.NULL_VAL;
  /** As given, also beyond LEGS_MAX: the check refuses it, the arrays hold the first LEGS_MAX. */
  public int legCount;
  public final RuleKind[] kinds = new RuleKind[LEGS_MAX];
  public final PriceSource[] sources = new PriceSource[LEGS_MAX];
  public final int[] levelTicks = new int[LEGS_MAX];
  public final int[] trailRatioE8 = new int[LEGS_MAX];
  public final int[] trailSpreadTicks = new int[LEGS_MAX];
  public final int[] activationTicks = new int[LEGS_MAX];
  public final int[] childLimitTicks = new int[LEGS_MAX];
  public final int[] protectionBps = new int[LEGS_MAX];
  public final long[] targets = new long[LEGS_MAX];
  public final int[] ratchetTicks = new int[LEGS_MAX];
  public final TargetUnit[] targetUnits = new TargetUnit[LEGS_MAX];

  // Relations to a position, to an order, to another rule.
  public PositionSide posSide = PositionSide.NET;
  public RuleAttach attach = RuleAttach.NONE;
  public long parentId;
  public long coolDownNs;
  public long updatesRuleId;
  public int priority;
  public int updatesLevelTicks;

  // Action: what firing does, and how; 0 is none.
  public RuleAction action = RuleAction.ORDER;
  public ReviewDefault reviewDefault = ReviewDefault.RELEASE;
  public AlgoEnd algoEnd = AlgoEnd.CANCEL;
  public AlgoBasis algoBasis = AlgoBasis.WITH_OWN;
  public AlgoSizes algoSizes = AlgoSizes.FLAT;
  public long reviewNs;
  public long durationNs;
  public long intervalNs;
  public long participationE8;
  public long collarE8;
  public long depthShareE8;
  public long toleranceE8;
  public long sliceLots;
  public long forecastLots;
  public long stepNs;
  public long hedgeRatioE8;
  public long holdId;
  public int firstTicks;
  public int lastTicks;
  public int orderCount;
  public int offsetTicks;
  public int repricesMax;
  public int widerBps;
  public int hedgeInstrumentId;
  public boolean hedgeByDelta;
  public int curveCount;
  public final int[] curve = new int[CURVE_MAX];

  // Condition: the nodes of a tree, each parent before its children.
  public int nodeCount;
  public final NodeOp[] nodeOps = new NodeOp[NODES_MAX];
  public final byte[] nodeParents = new byte[NODES_MAX];
  public final byte[] nodeNeeds = new byte[NODES_MAX];
  public final long[] nodeWithinNs = new long[NODES_MAX];
  public final Signal[] nodeSignals = new Signal[NODES_MAX];
  public final Compare[] nodeCompares = new Compare[NODES_MAX];
  public final PriceSource[] nodeSources = new PriceSource[NODES_MAX];
  public final int[] nodeInstrumentIds = new int[NODES_MAX];
  public final long[] nodeThresholds = new long[NODES_MAX];
  public final long[] nodeSeconds = new long[NODES_MAX];
  public final boolean[] nodeLatched = new boolean[NODES_MAX];

  public RuleSpec() {
    clear();
  }

  public void clear() {
    account = 0;
    instrumentId = 0;
    side = Side.NULL_VAL;
    shareE8 = 0;
    quantityLots = 0;
    startTimeNs = 0;
    endTimeNs = 0;
    armPolicy = ArmPolicy.NULL_VAL;
    expiryAction = ExpiryAction.NULL_VAL;
    reserveMode = ReserveMode.NULL_VAL;
    legCount = 0;
    Arrays.fill(kinds, RuleKind.NULL_VAL);
    Arrays.fill(sources, PriceSource.NULL_VAL);
    Arrays.fill(levelTicks, 0);
    Arrays.fill(trailRatioE8, 0);
    Arrays.fill(trailSpreadTicks, 0);
    Arrays.fill(activationTicks, 0);
    Arrays.fill(childLimitTicks, 0);
    Arrays.fill(protectionBps, 0);
    Arrays.fill(targets, 0);
    Arrays.fill(ratchetTicks, 0);
    Arrays.fill(targetUnits, TargetUnit.AMOUNT);
    clearRelations();
    clearAction();
  }

  private void clearRelations() {
    posSide = PositionSide.NET;
    attach = RuleAttach.NONE;
    parentId = 0;
    coolDownNs = 0;
    updatesRuleId = 0;
    priority = 0;
    updatesLevelTicks = 0;
  }

  private void clearAction() {
    action = RuleAction.ORDER;
    reviewDefault = ReviewDefault.RELEASE;
    algoEnd = AlgoEnd.CANCEL;
    algoBasis = AlgoBasis.WITH_OWN;
    algoSizes = AlgoSizes.FLAT;
    reviewNs = 0;
    durationNs = 0;
    intervalNs = 0;
    participationE8 = 0;
    collarE8 = 0;
    depthShareE8 = 0;
    toleranceE8 = 0;
    sliceLots = 0;
    forecastLots = 0;
    stepNs = 0;
    hedgeRatioE8 = 0;
    holdId = 0;
    firstTicks = 0;
    lastTicks = 0;
    orderCount = 0;
    offsetTicks = 0;
    repricesMax = 0;
    widerBps = 0;
    hedgeInstrumentId = 0;
    hedgeByDelta = false;
    curveCount = 0;
    nodeCount = 0;
  }

  /** Whether the rule begins with what fills an order, and not before. */
  public boolean waitsForOrder() {
    return attach.value() >= RuleAttach.ORDER_INCREMENTAL.value();
  }

  /** Whether the level of a leg follows from what a position has made or lost. */
  public boolean isTarget(final int leg) {
    return RuleKind.PROFIT == kinds[leg] || RuleKind.LOSS == kinds[leg];
  }

  /** Takes every field of the command; the decoder stands behind its groups afterwards. */
  public void from(final ArmRuleDecoder command) {
    clear();
    account = command.header().account();
    instrumentId = command.instrumentId();
    side = command.side();
    shareE8 = command.shareE8();
    quantityLots = command.quantityLots();
    startTimeNs = command.startTimeNs();
    endTimeNs = command.endTimeNs();
    armPolicy = command.armPolicy();
    expiryAction = command.expiryAction();
    reserveMode = command.reserveMode();
    relationsFrom(command);
    actionFrom(command);
    final ArmRuleDecoder.LegsDecoder legs = command.legs();
    legCount = legs.count();
    for (int i = 0; i < legCount && i < LEGS_MAX; i++) {
      final ArmRuleDecoder.LegsDecoder leg = legs.next();
      kinds[i] = leg.kind();
      sources[i] = leg.source();
      levelTicks[i] = leg.levelTicks();
      trailRatioE8[i] = leg.trailRatioE8();
      trailSpreadTicks[i] = leg.trailSpreadTicks();
      activationTicks[i] = leg.activationTicks();
      childLimitTicks[i] = leg.childLimitTicks();
      protectionBps[i] = leg.protectionBps();
      targets[i] = leg.target();
      ratchetTicks[i] = leg.ratchetTicks();
      targetUnits[i] = leg.targetUnit();
    }
    nodesFrom(command.nodes());
    final ArmRuleDecoder.CurveDecoder weights = command.curve();
    curveCount = Math.min(weights.count(), CURVE_MAX);
    for (int i = 0; i < curveCount; i++) {
      curve[i] = weights.next().weight();
    }
  }

  private void relationsFrom(final ArmRuleDecoder command) {
    posSide = command.posSide();
    attach = command.attach();
    parentId = command.parentId();
    coolDownNs = command.coolDownNs();
    updatesRuleId = command.updatesRuleId();
    priority = command.priority();
    updatesLevelTicks = command.updatesLevelTicks();
  }

  private void actionFrom(final ArmRuleDecoder command) {
    action = command.action();
    reviewDefault = command.reviewDefault();
    algoEnd = command.algoEnd();
    algoBasis = command.algoBasis();
    algoSizes = command.algoSizes();
    reviewNs = command.reviewNs();
    durationNs = command.durationNs();
    intervalNs = command.intervalNs();
    participationE8 = command.participationE8();
    collarE8 = command.collarE8();
    depthShareE8 = command.depthShareE8();
    toleranceE8 = command.toleranceE8();
    sliceLots = command.sliceLots();
    forecastLots = command.forecastLots();
    stepNs = command.stepNs();
    hedgeRatioE8 = command.hedgeRatioE8();
    holdId = command.holdId();
    firstTicks = command.firstTicks();
    lastTicks = command.lastTicks();
    orderCount = command.orderCount();
    offsetTicks = command.offsetTicks();
    repricesMax = command.repricesMax();
    widerBps = command.widerBps();
    hedgeInstrumentId = command.hedgeInstrumentId();
    hedgeByDelta = Flag.YES == command.hedgeByDelta();
  }

  private void nodesFrom(final ArmRuleDecoder.NodesDecoder nodes) {
    nodeCount = Math.min(nodes.count(), NODES_MAX);
    for (int i = 0; i < nodeCount; i++) {
      final ArmRuleDecoder.NodesDecoder node = nodes.next();
      nodeOps[i] = node.op();
      nodeParents[i] = node.parent();
      nodeNeeds[i] = (byte) node.need();
      nodeWithinNs[i] = node.withinNs();
      nodeSignals[i] = node.signal();
      nodeCompares[i] = node.compare();
      nodeSources[i] = node.source();
      nodeInstrumentIds[i] = node.instrumentId();
      nodeThresholds[i] = node.threshold();
      nodeSeconds[i] = node.second();
      nodeLatched[i] = Flag.YES == node.latched();
    }
  }
}
