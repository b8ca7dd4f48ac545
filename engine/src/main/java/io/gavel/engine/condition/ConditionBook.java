package io.gavel.engine.condition;

import io.gavel.codecs.SnapshotSink;
import io.gavel.codecs.SnapshotSource;
import io.gavel.codecs.StateOwner;
import io.gavel.codecs.sbe.NodeOp;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.Signal;
import io.gavel.engine.trigger.RuleSpec;
import io.gavel.engine.trigger.RuleTrees;
import io.gavel.risk.price.MeldHeap;
import org.jspecify.annotations.Nullable;

/**
 * The trees of all rules that have one, by rule slot, and the one place that says which of them an event makes true. An
 * event is one change of one price, of the book, or of the time; the trees that it concerns are looked at once, after
 * all of its leaves have flipped. What became true is handed to the rule book, which fires it behind its own legs.
 *
 * <p>One thread. Allocates nothing after start but pages and lanes, see {@link #growths()}.
 */
public final class ConditionBook implements RuleTrees, StateOwner {

  public static final int COMPONENT_ID = 83;
  /** What {@link #nextNs()} says when no leaf waits for the time. */
  public static final long NEVER = TimeLeaf.NEVER;

  private static final int NULL_NODE = NodeTable.NULL_NODE;
  private static final int NULL_SLOT = -1;
  private static final byte LEAF = (byte) NodeOp.LEAF.value();
  private static final byte THEN = (byte) NodeOp.THEN.value();

  final NodeTable nodes = new NodeTable();
  final SignalLanes lanes;
  private final LeafHeap heap = new LeafHeap(nodes);
  private final TreePage[] pages;
  private final TreeLogic logic = new TreeLogic();
  private final ConditionCheck check;
  private final LeafTarget target;
  private @Nullable MeldHeap trails;
  private int clock = NULL_NODE;
  private long nextWindowNs = NEVER;
  private int dirty = NULL_SLOT;
  private int met = NULL_SLOT;
  private int trees;
  private long nowNs;
  private long sequence;
  private long examined;
  private long evaluations;

  public ConditionBook(final int instrumentsMax, final int rulesMax, final SignalView view) {
    pages = new TreePage[(rulesMax >>> TreePage.BITS) + 1];
    lanes = new SignalLanes(instrumentsMax, nodes, heap, this::flip, view);
    check = new ConditionCheck(view, logic);
    target = new LeafTarget(view);
  }

  /** What comes next happens at this time, in the frame of this sequence. */
  public void at(final long timeNs, final long frameSequence) {
    nowNs = timeNs;
    sequence = frameSequence;
  }

  public boolean isEmpty() {
    return 0 == trees;
  }

  @Override
  public ReasonCode check(final RuleSpec spec, final long timeNs) {
    if (0 == spec.nodeCount) {
      return ReasonCode.OK;
    }
    ReasonCode reason = check.check(spec, timeNs);
    for (int i = 0; ReasonCode.OK == reason && i < spec.nodeCount; i++) {
      if (NodeOp.LEAF == spec.nodeOps[i] && !isTime(spec.nodeSignals[i]) && null == laneOf(target.of(spec, i))
          && lanes.isFull(target.signal, target.instrumentId)) {
        reason = ReasonCode.CAPACITY_SIGNALS;
      }
    }
    return reason;
  }

  @Override
  public boolean isTrueNow(final RuleSpec spec, final long timeNs) {
    if (0 == spec.nodeCount) {
      return false;
    }
    int leaves = 0;
    for (int i = 0; i < spec.nodeCount; i++) {
      if (NodeOp.LEAF == spec.nodeOps[i] && isTrueNow(spec, i, timeNs)) {
        leaves |= 1 << i;
      }
    }
    ConditionCheck.fill(logic, spec);
    return 0 != (logic.evaluate(leaves, 0) & 1);
  }

  private boolean isTrueNow(final RuleSpec spec, final int i, final long timeNs) {
    final Signal signal = spec.nodeSignals[i];
    if (isTime(signal)) {
      return Signal.AFTER != signal
          && TimeLeaf.isTrue(signal, spec.nodeThresholds[i], spec.nodeSeconds[i], timeNs);
    }
    final LeafTarget leaf = target.of(spec, i);
    if (Signal.TRAILING == signal || leaf.compare > 1) {
      return false;
    }
    final SignalLane lane = laneOf(leaf);
    if (null == lane && (Signal.VOLATILITY == signal || Signal.VOLUME_RATE == signal)) {
      return false;
    }
    final long low =
        null == lane ? check.low(leaf.signal, leaf.instrumentId, leaf.source, leaf.second) : lane.low;
    final long high =
        null == lane ? check.high(leaf.signal, leaf.instrumentId, leaf.source, leaf.second) : lane.high;
    return SignalLane.holds(leaf.compare, leaf.threshold, low, high);
  }

  private @Nullable SignalLane laneOf(final LeafTarget leaf) {
    return lanes.find(leaf.signal, leaf.instrumentId, leaf.source, leaf.second);
  }

  @Override
  public boolean isTrueNow(final int slot) {
    if (!has(slot)) {
      return false;
    }
    final TreePage tree = page(slot);
    final int at = slot & TreePage.MASK;
    int leaves = 0;
    for (int i = 0; i < tree.counts[at]; i++) {
      final int node = tree.runs[at] + i;
      final NodePage page = nodes.page(node);
      final int n = NodeTable.at(node);
      final Signal signal = Signal.get(page.signals[n]);
      if (LEAF != page.ops[n] || Signal.AFTER == signal || Signal.TRAILING == signal || page.compares[n] > 1) {
        continue;
      }
      if (isTime(signal) ? TimeLeaf.isTrue(signal, page.thresholds[n], page.seconds[n], nowNs) : holds(page, n)) {
        leaves |= 1 << i;
      }
    }
    fill(tree.runs[at], tree.counts[at]);
    return 0 != (logic.evaluate(leaves, 0) & 1);
  }

  private boolean holds(final NodePage page, final int n) {
    final Signal signal = Signal.get(page.signals[n]);
    final PriceSource source = PriceSource.get(page.sources[n]);
    final SignalLane lane = lanes.find(signal, page.instrumentIds[n], source, page.seconds[n]);
    if (null != lane) {
      return SignalLane.holds(page.compares[n], page.thresholds[n], lane.low, lane.high);
    }
    return Signal.VOLATILITY != signal && Signal.VOLUME_RATE != signal && SignalLane.holds(page.compares[n],
        page.thresholds[n], check.low(signal, page.instrumentIds[n], source, page.seconds[n]),
        check.high(signal, page.instrumentIds[n], source, page.seconds[n]));
  }

  @Override
  public void arm(final int slot, final RuleSpec spec) {
    if (0 == spec.nodeCount) {
      return;
    }
    final int run = claim(slot, spec.nodeCount);
    for (int i = 0; i < spec.nodeCount; i++) {
      final NodePage page = nodes.page(run + i);
      final int n = NodeTable.at(run + i);
      final boolean market = NodeOp.LEAF == spec.nodeOps[i] && !isTime(spec.nodeSignals[i]);
      target.of(spec, i);
      page.ops[n] = (byte) spec.nodeOps[i].value();
      page.parents[n] = spec.nodeParents[i];
      page.needs[n] = spec.nodeNeeds[i];
      page.signals[n] = (byte) target.signal.value();
      page.compares[n] = target.compare;
      page.sources[n] = (byte) spec.nodeSources[i].value();
      page.latched[n] = spec.nodeLatched[i];
      page.phases[n] = LeafPhase.OFF;
      page.instrumentIds[n] = market ? target.instrumentId : 0;
      page.thresholds[n] = target.threshold;
      page.seconds[n] = target.second;
      page.withinNs[n] = spec.nodeWithinNs[i];
      page.values[n] = 0;
      page.sequences[n] = 0;
      page.extrema[n] = 0;
    }
  }

  /** Makes a tree of so many nodes for a rule slot; returns the first. */
  int claim(final int slot, final int count) {
    TreePage tree = pages[slot >>> TreePage.BITS];
    if (null == tree) {
      tree = new TreePage();
      pages[slot >>> TreePage.BITS] = tree;
    }
    final int at = slot & TreePage.MASK;
    final int run = nodes.claim(count);
    tree.runs[at] = run;
    tree.counts[at] = (byte) count;
    tree.truths[at] = 0;
    tree.leaves[at] = 0;
    tree.flags[at] = 0;
    for (int i = 0; i < count; i++) {
      nodes.page(run + i).ruleSlots[NodeTable.at(run + i)] = slot;
    }
    trees++;
    return run;
  }

  @Override
  public boolean enter(final int slot, final boolean waits) {
    if (!has(slot)) {
      return false;
    }
    final TreePage tree = page(slot);
    final int at = slot & TreePage.MASK;
    tree.flags[at] = TreePage.LIVE;
    for (int i = 0; i < tree.counts[at]; i++) {
      final int node = tree.runs[at] + i;
      final NodePage page = nodes.page(node);
      final int n = NodeTable.at(node);
      if (LEAF == page.ops[n]) {
        enterLeaf(node, page, n);
      }
    }
    final boolean isTrue = 0 != (look(tree, at) & 1);
    if (isTrue && waits) {
      tree.flags[at] |= TreePage.WAITS;
    } else if (isTrue) {
      tree.flags[at] |= TreePage.FIRED;
    }
    return isTrue;
  }

  private void enterLeaf(final int node, final NodePage page, final int n) {
    final Signal signal = Signal.get(page.signals[n]);
    if (isTime(signal)) {
      if (Signal.AFTER == signal) {
        page.thresholds[n] += nowNs;
      }
      if (TimeLeaf.isTrue(signal, page.thresholds[n], page.seconds[n], nowNs)) {
        set(node, true, nowNs);
      }
      enterClock(node, page, n);
      return;
    }
    final SignalLane lane = join(page, n);
    if (Signal.TRAILING == signal) {
      final boolean fall = lane.isFall(node);
      final boolean known = fall ? lane.low > -SignalLane.INFINITE : lane.high < SignalLane.INFINITE;
      lane.track(node, known ? (int) (fall ? lane.low : lane.high) : 0, trails());
      return;
    }
    final byte phase = lane.firstPhase(node);
    if (LeafPhase.TRUE == phase || LeafPhase.DONE == phase) {
      set(node, true, SignalLane.isRising(page.compares[n]) ? lane.low : lane.high);
    }
    lane.enter(node, phase);
  }

  SignalLane join(final NodePage page, final int n) {
    final SignalLane lane = lanes.join(
        Signal.get(page.signals[n]), page.instrumentIds[n], PriceSource.get(page.sources[n]), page.seconds[n]);
    if (null != lane.window && lane.members == 1) {
      lane.window.advance(nowNs);
      measure(lane, lane.window);
    }
    return lane;
  }

  MeldHeap trails() {
    MeldHeap all = trails;
    if (null == all) {
      all = new MeldHeap(nodes.capacity());
      trails = all;
    } else if (all.capacity() < nodes.capacity()) {
      all.grow(Math.max(nodes.capacity(), 2 * all.capacity()));
    }
    return all;
  }

  /** A leaf about the time waits for the next moment at which it flips, or for none. */
  void enterClock(final int node, final NodePage page, final int n) {
    final boolean isTrue = 0 != (page(page.ruleSlots[n]).leaves[page.ruleSlots[n] & TreePage.MASK]
        >>> indexOf(node, page, n) & 1);
    final long next = TimeLeaf.nextNs(Signal.get(page.signals[n]), page.thresholds[n], page.seconds[n], nowNs);
    if (NEVER == next || (isTrue && page.latched[n])) {
      page.phases[n] = LeafPhase.DONE;
    } else {
      page.phases[n] = isTrue ? LeafPhase.TRUE : LeafPhase.FALSE;
      clock = heap.insert(clock, node, next);
    }
  }

  @Override
  public void leave(final int slot) {
    if (!has(slot)) {
      return;
    }
    final TreePage tree = page(slot);
    final int at = slot & TreePage.MASK;
    if (0 == (tree.flags[at] & TreePage.LIVE)) {
      return;
    }
    tree.flags[at] &= ~TreePage.LIVE;
    for (int i = 0; i < tree.counts[at]; i++) {
      final int node = tree.runs[at] + i;
      final NodePage page = nodes.page(node);
      final int n = NodeTable.at(node);
      if (LEAF == page.ops[n]) {
        leaveLeaf(node, page, n);
      }
    }
  }

  private void leaveLeaf(final int node, final NodePage page, final int n) {
    final Signal signal = Signal.get(page.signals[n]);
    if (!isTime(signal)) {
      final SignalLane lane =
          lanes.find(signal, page.instrumentIds[n], PriceSource.get(page.sources[n]), page.seconds[n]);
      if (null != lane) {
        lane.leave(node);
        lanes.part(lane);
      }
    } else if (LeafPhase.DONE != page.phases[n]) {
      clock = heap.remove(clock, node);
    }
    page.phases[n] = LeafPhase.OFF;
  }

  @Override
  public void release(final int slot) {
    if (!has(slot)) {
      return;
    }
    leave(slot);
    unchain(slot);
    final TreePage tree = page(slot);
    final int at = slot & TreePage.MASK;
    nodes.release(tree.runs[at], tree.counts[at]);
    tree.counts[at] = 0;
    trees--;
  }

  /** A rule that is gone before what it met was fired. */
  private void unchain(final int slot) {
    final byte flags = page(slot).flags[slot & TreePage.MASK];
    if (0 == (flags & (TreePage.MET | TreePage.DIRTY))) {
      return;
    }
    int before = NULL_SLOT;
    for (int each = met; NULL_SLOT != each; each = chain(each)) {
      if (each == slot) {
        if (NULL_SLOT == before) {
          met = chain(slot);
        } else {
          page(before).chain[before & TreePage.MASK] = chain(slot);
        }
        return;
      }
      before = each;
    }
  }

  private int chain(final int slot) {
    return page(slot).chain[slot & TreePage.MASK];
  }

  @Override
  public int takeMet(final long[] slots) {
    int count = 0;
    while (NULL_SLOT != met) {
      final int slot = met;
      met = chain(slot);
      page(slot).flags[slot & TreePage.MASK] ^= TreePage.MET | TreePage.FIRED;
      slots[count++] = slot;
    }
    return count;
  }

  /** Whether the tree became true and was handed over to be fired. */
  public boolean hasFired(final int slot) {
    return has(slot) && 0 != (page(slot).flags[slot & TreePage.MASK] & TreePage.FIRED);
  }

  public boolean has(final int slot) {
    final TreePage tree = pages[slot >>> TreePage.BITS];
    return null != tree && 0 != tree.counts[slot & TreePage.MASK];
  }

  /** A price came into force; 0 is one that is not known. */
  public void onPrice(final int instrumentId, final PriceSource source, final int floorTicks, final int ceilTicks) {
    if (0 != trees) {
      price(instrumentId, source, floorTicks, ceilTicks);
      settle();
    }
  }

  /** Best bid and ask of a step, together: one event. */
  public void onQuotes(final int instrumentId, final int bidTicks, final int askTicks) {
    if (0 == trees) {
      return;
    }
    price(instrumentId, PriceSource.BID, bidTicks, bidTicks);
    price(instrumentId, PriceSource.ASK, askTicks, askTicks);
    refresh(Signal.SPREAD, instrumentId);
    settle();
  }

  /** So many lots were traded. */
  public void onVolume(final int instrumentId, final long lots) {
    if (0 == trees || null == lanes.chain(Signal.VOLUME_RATE, instrumentId)) {
      return;
    }
    for (SignalLane lane = lanes.chain(Signal.VOLUME_RATE, instrumentId); null != lane; lane = lane.next) {
      final SignalWindow window = lane.window;
      if (null != window) {
        window.advance(nowNs);
        window.traded(lots);
        measure(lane, window);
      }
    }
    settle();
  }

  /** A signal of an instrument may have another value: a depth, a funding rate. */
  public void onChange(final Signal signal, final int instrumentId) {
    if (0 != trees && null != lanes.chain(signal, instrumentId)) {
      refresh(signal, instrumentId);
      settle();
    }
  }

  /** A pool of an instrument holds something else: its reserves and its price are one event. */
  public void onPool(final int instrumentId, final long poolId) {
    if (0 != trees) {
      refresh(Signal.POOL_RESERVE, instrumentId, poolId);
      refresh(Signal.PRICE, instrumentId, poolId);
      settle();
    }
  }

  /** A score about an instrument, or about an account (0), was said or is not known any more. */
  public void onScore(final int instrumentId, final int slot) {
    if (0 != trees) {
      refresh(Signal.RISK_SIGNAL, instrumentId, slot);
      settle();
    }
  }

  private void refresh(final Signal signal, final int instrumentId, final long second) {
    for (SignalLane lane = lanes.chain(signal, instrumentId); null != lane; lane = lane.next) {
      if (lane.second == second) {
        final PriceSource source = PriceSource.get(lane.source);
        examined += lane.update(check.low(signal, instrumentId, source, second),
            check.high(signal, instrumentId, source, second));
      }
    }
  }

  /** When time alone may flip something; {@link #NEVER}: not as things stand. */
  public long nextNs() {
    return Math.min(NULL_NODE == clock ? NEVER : heap.key(clock), nextWindowNs);
  }

  /** The time of {@link #at} has come: windows open and close, and what is too old is dropped. */
  public void onTime() {
    while (NULL_NODE != clock && heap.key(clock) <= nowNs) {
      final int node = clock;
      clock = heap.remove(clock, node);
      examined++;
      final NodePage page = nodes.page(node);
      final int n = NodeTable.at(node);
      set(node, TimeLeaf.isTrue(Signal.get(page.signals[n]), page.thresholds[n], page.seconds[n], nowNs), nowNs);
      enterClock(node, page, n);
    }
    if (nextWindowNs <= nowNs) {
      nextWindowNs = NEVER;
      for (int instrumentId = 1; instrumentId < lanes.instruments(); instrumentId++) {
        age(lanes.chain(Signal.VOLATILITY, instrumentId));
        age(lanes.chain(Signal.VOLUME_RATE, instrumentId));
      }
    }
    settle();
  }

  private void age(final @Nullable SignalLane first) {
    for (SignalLane lane = first; null != lane; lane = lane.next) {
      final SignalWindow window = lane.window;
      if (null != window) {
        window.advance(nowNs);
        measure(lane, window);
      }
    }
  }

  private void price(final int instrumentId, final PriceSource source, final int floorTicks, final int ceilTicks) {
    final SignalLane lane = lanes.price(instrumentId, source);
    if (null != lane) {
      examined += lane.update(floorTicks > 0 ? floorTicks : -SignalLane.INFINITE,
          ceilTicks > 0 ? ceilTicks : SignalLane.INFINITE);
    }
    for (SignalLane each = lanes.chain(Signal.VOLATILITY, instrumentId); null != each; each = each.next) {
      final SignalWindow window = each.window;
      if (each.source == source.value() && null != window) {
        window.advance(nowNs);
        if (floorTicks > 0) {
          window.price(floorTicks);
        }
        measure(each, window);
      }
    }
  }

  /** The value of a window lane from its ring; unknown while no price fell into it. */
  void measure(final SignalLane lane, final SignalWindow window) {
    final long value = Signal.VOLATILITY.value() == lane.signal ? window.rangeE8() : window.lots();
    examined += lane.update(value, -SignalLane.INFINITE == value ? SignalLane.INFINITE : value);
    nextWindowNs = Math.min(nextWindowNs, window.nextNs());
  }

  private void refresh(final Signal signal, final int instrumentId) {
    for (SignalLane lane = lanes.chain(signal, instrumentId); null != lane; lane = lane.next) {
      final PriceSource source = PriceSource.get(lane.source);
      examined += lane.update(check.low(signal, instrumentId, source, lane.second),
          check.high(signal, instrumentId, source, lane.second));
    }
  }

  private void flip(final int node, final boolean isTrue, final long value) {
    set(node, isTrue, value);
  }

  /** A leaf becomes true or false, for this reason; its tree will be looked at. */
  private void set(final int node, final boolean isTrue, final long value) {
    final NodePage page = nodes.page(node);
    final int n = NodeTable.at(node);
    final int slot = page.ruleSlots[n];
    final TreePage tree = page(slot);
    final int at = slot & TreePage.MASK;
    final int bit = 1 << (node - tree.runs[at]);
    tree.leaves[at] = isTrue ? tree.leaves[at] | bit : tree.leaves[at] & ~bit;
    page.values[n] = value;
    page.sequences[n] = sequence;
    if (0 == (tree.flags[at] & (TreePage.DIRTY | TreePage.MET))) {
      tree.flags[at] |= TreePage.DIRTY;
      tree.chain[at] = dirty;
      dirty = slot;
    }
  }

  /** Ends an event: looks once at every tree of which a leaf flipped. */
  private void settle() {
    while (NULL_SLOT != dirty) {
      final int slot = dirty;
      final TreePage tree = page(slot);
      final int at = slot & TreePage.MASK;
      dirty = tree.chain[at];
      tree.flags[at] &= ~TreePage.DIRTY;
      final boolean isTrue = 0 != (look(tree, at) & 1);
      if (!isTrue) {
        tree.flags[at] &= ~TreePage.WAITS;
      } else if (0 == (tree.flags[at] & TreePage.WAITS)) {
        tree.flags[at] |= TreePage.MET;
        tree.chain[at] = met;
        met = slot;
      }
    }
  }

  /** Works out a tree and remembers it. */
  private int look(final TreePage tree, final int at) {
    evaluations++;
    final int run = tree.runs[at];
    final int count = tree.counts[at];
    final boolean then = fill(run, count);
    final int truth =
        then ? logic.next(tree.leaves[at], tree.truths[at], nowNs) : logic.evaluate(tree.leaves[at], 0);
    for (int i = 0; then && i < count; i++) {
      final NodePage page = nodes.page(run + i);
      final int n = NodeTable.at(run + i);
      if (THEN == page.ops[n]) {
        page.values[n] = logic.risenNs[i];
        page.sequences[n] = logic.risen[i] ? 1 : 0;
      }
    }
    tree.truths[at] = truth;
    return truth;
  }

  private boolean fill(final int run, final int count) {
    boolean then = false;
    final NodePage page = nodes.page(run);
    final int first = NodeTable.at(run);
    logic.count = count;
    for (int i = 0; i < count; i++) {
      final int n = first + i;
      logic.ops[i] = page.ops[n];
      logic.parents[i] = page.parents[n];
      logic.needs[i] = page.needs[n];
      if (THEN == page.ops[n]) {
        then = true;
        logic.withinNs[i] = page.withinNs[n];
        logic.risenNs[i] = page.values[n];
        logic.risen[i] = 0 != page.sequences[n];
      }
    }
    return then;
  }

  TreePage page(final int slot) {
    final TreePage tree = pages[slot >>> TreePage.BITS];
    if (null == tree) {
      throw new IllegalStateException("no tree in slot " + slot);
    }
    return tree;
  }

  private int indexOf(final int node, final NodePage page, final int n) {
    return node - page(page.ruleSlots[n]).runs[page.ruleSlots[n] & TreePage.MASK];
  }

  static boolean isTime(final Signal signal) {
    return signal.value() >= Signal.WINDOW.value() && signal.value() <= Signal.AFTER.value();
  }

  /** Leaves and heaps looked at so far: an event that flips nothing adds a constant for each lane it changes. */
  public long examined() {
    return examined;
  }

  /** Trees worked out so far. */
  public long evaluations() {
    return evaluations;
  }

  /** Pages made so far. */
  public int growths() {
    return nodes.growths();
  }

  /** Nodes of the tree of a rule; 0: it has none. */
  public int nodeCount(final int slot) {
    return has(slot) ? page(slot).counts[slot & TreePage.MASK] : 0;
  }

  /** Whether a node was true when its tree was looked at last. */
  public boolean isTrue(final int slot, final int index) {
    return 0 != (page(slot).truths[slot & TreePage.MASK] >>> index & 1);
  }

  public boolean isLeaf(final int slot, final int index) {
    final int node = page(slot).runs[slot & TreePage.MASK] + index;
    return LEAF == nodes.page(node).ops[NodeTable.at(node)];
  }

  /** The value at which a leaf flipped last. */
  public long value(final int slot, final int index) {
    final int node = page(slot).runs[slot & TreePage.MASK] + index;
    return nodes.page(node).values[NodeTable.at(node)];
  }

  /** The sequence at which a leaf flipped last; 0: never. */
  public long sequence(final int slot, final int index) {
    final int node = page(slot).runs[slot & TreePage.MASK] + index;
    return nodes.page(node).sequences[NodeTable.at(node)];
  }

  /** The extremum of a trailing leaf in ticks, in an index or not; 0: none. */
  int extremumTicks(final int node) {
    final NodePage page = nodes.page(node);
    final int n = NodeTable.at(node);
    final SignalLane lane = LeafPhase.TRACKING != page.phases[n] ? null
        : lanes.price(page.instrumentIds[n], PriceSource.get(page.sources[n]));
    return null == lane ? page.extrema[n] : lane.extremumTicks(node);
  }

  @Override
  public int componentId() {
    return COMPONENT_ID;
  }

  @Override
  public String componentName() {
    return "conditions";
  }

  @Override
  public void save(final SnapshotSink sink) {
    if (0 != trees) {
      ConditionSnapshot.save(this, pages.length << TreePage.BITS, trees, sink);
    }
  }

  @Override
  public void load(final SnapshotSource source) {
    ConditionSnapshot.load(this, source);
  }
}
