package io.gavel.engine.algo;

import io.gavel.codecs.Invariants;
import io.gavel.codecs.SnapshotSink;
import io.gavel.codecs.SnapshotSource;
import io.gavel.codecs.StateOwner;
import io.gavel.risk.price.Slots;

/**
 * All live parent orders, whatever their kind: what is filled, what is working, and what each wants to do next. It
 * places nothing itself. The core asks {@link #next} at {@link #nextNs}, after each fill and end of a child, and when
 * the market moves; it does what the {@link ChildSlice} says and reports back. Asking too often changes nothing.
 *
 * <p>Always on: a child is at most what is neither filled nor working (R1), the children of a parent never sum up to
 * more than its total, and nothing goes out before the start or at or after the end. One thread. Allocates nothing
 * after start.
 */
public final class AlgoTable implements StateOwner {

  public static final int NULL_SLOT = Slots.NULL_SLOT;
  public static final int COMPONENT_ID = 80;

  private final Slots slots;
  private final Parents parents;
  private final long[] sizes = new long[AlgoSpec.SCALE_MAX];
  private AlgoRefusal refusal = AlgoRefusal.NONE;

  public AlgoTable(final int capacity) {
    slots = new Slots(capacity);
    parents = new Parents(capacity);
  }

  public int capacity() {
    return slots.capacity();
  }

  public int size() {
    return slots.size();
  }

  /** Slot of the new parent, or NULL_SLOT with a {@link #refusal()}. */
  public int open(final AlgoSpec spec, final long nowNs) {
    refusal = slots.isFull() ? AlgoRefusal.TABLE_FULL : AlgoCheck.of(spec, nowNs);
    if (AlgoRefusal.NONE != refusal) {
      return NULL_SLOT;
    }
    final int slot = slots.claim();
    parents.store(slot, spec);
    switch (parents.kind(slot)) {
      case TWAP -> TwapOrder.open(parents, slot);
      case VWAP -> VwapOrder.open(parents, slot, spec);
      case SCALE -> ScaleOrder.open(parents, slot, spec, sizes);
      case LADDER -> EscalationLadder.open(parents, slot, spec);
      default -> parents.set(slot, Parents.LEGS, 0);
    }
    return slot;
  }

  /** Why a parent could not be opened at this time, room apart, or NONE. */
  public static AlgoRefusal check(final AlgoSpec spec, final long nowNs) {
    return AlgoCheck.of(spec, nowNs);
  }

  /** Why the last {@link #open} was refused. */
  public AlgoRefusal refusal() {
    return refusal;
  }

  /** What this parent does now. A child in the answer counts as working from here on. */
  public void next(final int slot, final long nowNs, final MarketView view, final ChildSlice out) {
    requireTaken(slot);
    if (0 == parents.unfilled(slot)) {
      out.finish(SliceReason.FILLED);
    } else if (nowNs >= parents.get(slot, Parents.END)) {
      out.finish(SliceReason.ENDED);
    } else if (nowNs < parents.get(slot, Parents.START)) {
      out.pause(SliceReason.NOT_STARTED, parents.get(slot, Parents.START));
    } else {
      plan(slot, nowNs, view, out);
      if (out.isPlaced()) {
        PacingGuard.apply(parents, slot, nowNs, view, out);
      }
      if (out.isPlaced()) {
        commit(slot, nowNs, out);
      }
    }
    parents.set(slot, Parents.NEXT_NS, out.wakeNs());
  }

  /** When to ask at the latest: the start, a leg, a retry or the end; ChildSlice.NEVER_NS once it is finished. */
  public long nextNs(final int slot) {
    requireTaken(slot);
    return parents.get(slot, Parents.NEXT_NS);
  }

  /** Whoever asks does so at another time than {@link #next} said. */
  public void nextNs(final int slot, final long timeNs) {
    requireTaken(slot);
    parents.set(slot, Parents.NEXT_NS, timeNs);
  }

  /** A child of this parent has traded. */
  public void onFill(final int slot, final long lots) {
    requireTaken(slot);
    Invariants.check(lots > 0 && lots <= parents.get(slot, Parents.WORKING), "fill exceeds what is working", lots,
        parents.get(slot, Parents.WORKING));
    parents.add(slot, Parents.FILLED, lots);
    parents.add(slot, Parents.WORKING, -lots);
  }

  /** A child is through, filled or not; what it did not trade is free again. Not for one that was replaced. */
  public void onChildDone(final int slot, final long unfilledLots) {
    requireTaken(slot);
    Invariants.check(unfilledLots >= 0 && unfilledLots <= parents.get(slot, Parents.WORKING),
        "child gives back more than is working", unfilledLots, parents.get(slot, Parents.WORKING));
    Invariants.check(parents.get(slot, Parents.CHILDREN) > 0, "parent has no child", slot, unfilledLots);
    parents.add(slot, Parents.WORKING, -unfilledLots);
    parents.add(slot, Parents.CHILDREN, -1);
    Invariants.check(parents.get(slot, Parents.CHILDREN) > 0 || 0 == parents.get(slot, Parents.WORKING),
        "working without a child", slot, parents.get(slot, Parents.WORKING));
  }

  /** Self-trade prevention took lots away from a child that lives on; they are free again. */
  public void onReduced(final int slot, final long lots) {
    requireTaken(slot);
    Invariants.check(lots > 0 && lots <= parents.get(slot, Parents.WORKING), "child is reduced by more than is working",
        lots, parents.get(slot, Parents.WORKING));
    parents.add(slot, Parents.WORKING, -lots);
  }

  /** Whether the reason for waiting is another than the last one; from here on it is the last one. */
  public boolean waitsAnew(final int slot, final SliceReason reason) {
    requireTaken(slot);
    final boolean anew = reason.ordinal() != parents.get(slot, Parents.WAITS_FOR);
    parents.set(slot, Parents.WAITS_FOR, reason.ordinal());
    return anew;
  }

  /** When the window of a parent is over. */
  public long endNs(final int slot) {
    requireTaken(slot);
    return parents.get(slot, Parents.END);
  }

  /** Ends a parent, finished or cancelled; the slot is free. Returns what was not filled, working or not. */
  public long onCancel(final int slot) {
    requireTaken(slot);
    final long unfilled = parents.unfilled(slot);
    parents.clear(slot);
    slots.release(slot);
    return unfilled;
  }

  public long parentId(final int slot) {
    requireTaken(slot);
    return parents.get(slot, Parents.PARENT_ID);
  }

  public AlgoKind kind(final int slot) {
    requireTaken(slot);
    return parents.kind(slot);
  }

  public int instrumentId(final int slot) {
    requireTaken(slot);
    return parents.instrumentId(slot);
  }

  public long totalLots(final int slot) {
    requireTaken(slot);
    return parents.get(slot, Parents.TOTAL);
  }

  public long filledLots(final int slot) {
    requireTaken(slot);
    return parents.get(slot, Parents.FILLED);
  }

  public long workingLots(final int slot) {
    requireTaken(slot);
    return parents.get(slot, Parents.WORKING);
  }

  /** Open children of a parent. */
  public long children(final int slot) {
    requireTaken(slot);
    return parents.get(slot, Parents.CHILDREN);
  }

  /** The lowest live slot that is not below this one; NULL_SLOT when there is none. */
  public int nextSlot(final int from) {
    return slots.nextTaken(from);
  }

  @Override
  public int componentId() {
    return COMPONENT_ID;
  }

  @Override
  public String componentName() {
    return "algos";
  }

  @Override
  public void save(final SnapshotSink sink) {
    if (0 == slots.size()) {
      return;
    }
    sink.putInt(slots.size());
    for (int slot = slots.nextTaken(0); NULL_SLOT != slot; slot = slots.nextTaken(slot + 1)) {
      sink.putInt(slot);
      for (int column = 0; column < Parents.ROW; column++) {
        sink.putLong(parents.get(slot, column));
      }
      for (int i = 0; i < sideLength(slot); i++) {
        sink.putLong(parents.side(slot, i));
      }
    }
  }

  @Override
  public void load(final SnapshotSource source) {
    Invariants.check(0 == slots.size(), "algos loaded twice", slots.size(), slots.capacity());
    final int count = source.getInt();
    for (int i = 0; i < count; i++) {
      final int slot = source.getInt();
      slots.claim(slot);
      for (int column = 0; column < Parents.ROW; column++) {
        parents.set(slot, column, source.getLong());
      }
      final int length = sideLength(slot);
      for (int j = 0; j < length; j++) {
        parents.side(slot, j, source.getLong());
      }
    }
  }

  /** How much of its side row a kind uses. */
  private int sideLength(final int slot) {
    return switch (parents.kind(slot)) {
      case VWAP, SCALE -> (int) parents.get(slot, Parents.LEGS);
      case LADDER -> 2 * (int) parents.get(slot, Parents.LEGS);
      default -> 0;
    };
  }

  private void plan(final int slot, final long nowNs, final MarketView view, final ChildSlice out) {
    switch (parents.kind(slot)) {
      case TWAP -> TwapOrder.plan(parents, slot, nowNs, view, out);
      case VWAP -> VwapOrder.plan(parents, slot, nowNs, out);
      case POV -> PovOrder.plan(parents, slot, nowNs, view, out);
      case ICEBERG -> IcebergSlicer.plan(parents, slot, nowNs, out);
      case CHASE -> ChaseOrder.plan(parents, slot, nowNs, view, out);
      case SCALE -> ScaleOrder.plan(parents, slot, out);
      case LADDER -> EscalationLadder.plan(parents, slot, nowNs, out);
      default -> out.pause(SliceReason.NOTHING_DUE, parents.get(slot, Parents.END));
    }
  }

  private void commit(final int slot, final long nowNs, final ChildSlice out) {
    final boolean replaces = SliceAction.REPLACE == out.action();
    final long room = replaces ? parents.unfilled(slot) : parents.free(slot);
    Invariants.check(out.lots() > 0 && out.lots() <= room, "child exceeds what is free", out.lots(), room);
    if (replaces) {
      parents.set(slot, Parents.WORKING, out.lots());
      parents.set(slot, Parents.CHILDREN, 1);
    } else {
      parents.add(slot, Parents.WORKING, out.lots());
      parents.add(slot, Parents.CHILDREN, 1);
    }
    parents.set(slot, Parents.LAST_NS, nowNs);
    sent(slot, out);
    if (SliceType.TAKE == out.type()) {
      PacingGuard.sent(parents, slot, nowNs, out.lots());
    }
    final long end = parents.get(slot, Parents.END);
    out.times(SliceType.TAKE == out.type() ? parents.retryNs(slot, nowNs) : end, wakeNs(slot, nowNs));
    Invariants.check(out.goodTilNs() > nowNs && out.goodTilNs() <= end, "child outlives its parent", out.goodTilNs(),
        end);
  }

  private void sent(final int slot, final ChildSlice out) {
    switch (parents.kind(slot)) {
      case TWAP -> TwapOrder.sent(parents, slot, out);
      case VWAP -> VwapOrder.sent(parents, slot, out);
      case ICEBERG -> IcebergSlicer.sent(parents, slot);
      case CHASE -> ChaseOrder.sent(parents, slot, out);
      case SCALE -> ScaleOrder.sent(parents, slot);
      case LADDER -> EscalationLadder.sent(parents, slot, out);
      default -> {
        // A POV counts by volume only.
      }
    }
  }

  private long wakeNs(final int slot, final long nowNs) {
    return switch (parents.kind(slot)) {
      case TWAP, VWAP -> parents.legWakeNs(slot);
      case POV -> PovOrder.wakeNs(parents, slot);
      case ICEBERG -> parents.get(slot, Parents.END);
      case CHASE -> ChaseOrder.quietNs(parents, slot);
      case SCALE -> ScaleOrder.wakeNs(parents, slot, nowNs);
      case LADDER -> EscalationLadder.wakeNs(parents, slot);
    };
  }

  private void requireTaken(final int slot) {
    Invariants.check(slots.isTaken(slot), "no such parent", slot, slots.capacity());
  }
}
