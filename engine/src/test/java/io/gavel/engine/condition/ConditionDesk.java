package io.gavel.engine.condition;

import io.gavel.codecs.SnapshotSink;
import io.gavel.codecs.SnapshotSource;
import io.gavel.codecs.StateOwner;
import io.gavel.codecs.sbe.Compare;
import io.gavel.codecs.sbe.NodeOp;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.Signal;
import io.gavel.engine.trigger.RuleSpec;
import java.util.ArrayList;
import java.util.List;

/** A market of two instruments that a test sets as it likes, and trees written down in one line. */
final class ConditionDesk implements SignalView {

  static final int PAIR = 1;
  static final int OTHER = 2;

  final int[] floors = new int[3 * 6];
  final int[] ceils = new int[3 * 6];
  final long[] depths = new long[3 * 2];
  /** Funding rates; {@code -NONE}: none is in force. */
  final long[] rates = {-NONE, -NONE, -NONE};
  final RuleSpec spec = new RuleSpec();

  @Override
  public boolean hasInstrument(final int instrumentId) {
    return PAIR == instrumentId || OTHER == instrumentId;
  }

  @Override
  public boolean hasFunding(final int instrumentId) {
    return PAIR == instrumentId;
  }

  @Override
  public long low(final Signal signal, final int instrumentId, final PriceSource source, final long second) {
    return value(signal, instrumentId, source, false);
  }

  @Override
  public long high(final Signal signal, final int instrumentId, final PriceSource source, final long second) {
    final long value = value(signal, instrumentId, source, true);
    return -NONE == value ? NONE : value;
  }

  private long value(final Signal signal, final int instrumentId, final PriceSource source, final boolean up) {
    if (Signal.DEPTH == signal) {
      return depths[instrumentId * 2 + source.value() - 1];
    }
    if (Signal.FUNDING_RATE == signal) {
      return rates[instrumentId];
    }
    if (Signal.SPREAD == signal) {
      final int bid = floors[at(instrumentId, PriceSource.BID)];
      final int ask = floors[at(instrumentId, PriceSource.ASK)];
      return 0 == bid || 0 == ask ? -NONE : ask - bid;
    }
    final int ticks = up ? ceils[at(instrumentId, source)] : floors[at(instrumentId, source)];
    return 0 == ticks ? -NONE : ticks;
  }

  static int at(final int instrumentId, final PriceSource source) {
    return instrumentId * 6 + source.value();
  }

  void set(final int instrumentId, final PriceSource source, final int floor, final int ceil) {
    floors[at(instrumentId, source)] = floor;
    ceils[at(instrumentId, source)] = ceil;
  }

  ConditionDesk begin() {
    spec.clear();
    spec.instrumentId = PAIR;
    return this;
  }

  ConditionDesk op(final NodeOp op, final int parent) {
    return op(op, parent, 0, 0);
  }

  ConditionDesk op(final NodeOp op, final int parent, final int need, final long withinNs) {
    final int i = spec.nodeCount++;
    spec.nodeOps[i] = op;
    spec.nodeParents[i] = (byte) parent;
    spec.nodeNeeds[i] = (byte) need;
    spec.nodeWithinNs[i] = withinNs;
    spec.nodeSignals[i] = Signal.PRICE;
    spec.nodeCompares[i] = Compare.AT_OR_ABOVE;
    spec.nodeSources[i] = PriceSource.LAST;
    spec.nodeInstrumentIds[i] = 0;
    spec.nodeThresholds[i] = 0;
    spec.nodeSeconds[i] = 0;
    spec.nodeLatched[i] = false;
    return this;
  }

  ConditionDesk leaf(final int parent, final Signal signal, final Compare compare, final long threshold,
      final long second, final boolean latched) {
    op(NodeOp.LEAF, parent);
    final int i = spec.nodeCount - 1;
    spec.nodeSignals[i] = signal;
    spec.nodeCompares[i] = compare;
    spec.nodeThresholds[i] = threshold;
    spec.nodeSeconds[i] = second;
    spec.nodeLatched[i] = latched;
    return this;
  }

  ConditionDesk price(final int parent, final Compare compare, final int ticks) {
    return leaf(parent, Signal.PRICE, compare, ticks, 0, false);
  }

  ConditionDesk of(final PriceSource source, final int instrumentId) {
    spec.nodeSources[spec.nodeCount - 1] = source;
    spec.nodeInstrumentIds[spec.nodeCount - 1] = instrumentId;
    return this;
  }

  ReasonCode check(final long nowNs) {
    return new ConditionBook(2, 16, this).check(spec, nowNs);
  }

  static List<Long> saved(final StateOwner owner) {
    final Saved saved = new Saved();
    owner.save(saved);
    return saved.values;
  }

  /** A fresh book that was loaded from what this one saves. */
  ConditionBook restarted(final ConditionBook book, final int rulesMax, final long nowNs, final long sequence) {
    final ConditionBook fresh = new ConditionBook(2, rulesMax, this);
    fresh.at(nowNs, sequence);
    if (!book.isEmpty()) {
      final Saved saved = new Saved();
      book.save(saved);
      fresh.load(saved);
    }
    return fresh;
  }

  /** Numbers in the order in which they were saved. */
  private static final class Saved implements SnapshotSink, SnapshotSource {
    final List<Long> values = new ArrayList<>();
    private int next;

    @Override
    public void putInt(final int value) {
      values.add((long) value);
    }

    @Override
    public void putLong(final long value) {
      values.add(value);
    }

    @Override
    public int getInt() {
      return (int) getLong();
    }

    @Override
    public long getLong() {
      return values.get(next++);
    }
  }
}
