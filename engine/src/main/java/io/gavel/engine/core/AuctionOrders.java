package io.gavel.engine.core;

import io.gavel.codecs.SnapshotSink;
import io.gavel.codecs.SnapshotSource;
import io.gavel.codecs.StateOwner;
import io.gavel.engine.book.OrderPool;

/** The live orders that are good for the next auction of their instrument only, in order of arrival. */
final class AuctionOrders implements StateOwner {

  private final OrderPool pool;
  private final SlotList ofInstrument;
  private final int instrumentsMax;
  private int size;

  AuctionOrders(final int ordersMax, final int instrumentsMax, final OrderPool pool) {
    this.pool = pool;
    this.instrumentsMax = instrumentsMax;
    ofInstrument = new SlotList(ordersMax, instrumentsMax + 1);
  }

  void grow(final int ordersMax) {
    ofInstrument.grow(ordersMax);
  }

  void add(final int instrumentId, final int slot) {
    ofInstrument.append(instrumentId, slot);
    size++;
  }

  /** Takes an order out that may be in here. */
  void remove(final int slot) {
    if (ofInstrument.contains(slot)) {
      ofInstrument.remove(slot);
      size--;
    }
  }

  /** The one that came first, or {@link SlotList#NULL_SLOT}. */
  int first(final int instrumentId) {
    return ofInstrument.first(instrumentId);
  }

  @Override
  public int componentId() {
    return 2004;
  }

  @Override
  public String componentName() {
    return "auction-orders";
  }

  @Override
  public void save(final SnapshotSink sink) {
    if (0 == size) {
      return;
    }
    sink.putInt(size);
    for (int instrumentId = 1; instrumentId <= instrumentsMax; instrumentId++) {
      for (int slot = first(instrumentId); SlotList.NULL_SLOT != slot; slot = ofInstrument.next(slot)) {
        sink.putInt(instrumentId);
        sink.putLong(pool.orderId(slot));
      }
    }
  }

  @Override
  public void load(final SnapshotSource source) {
    final int count = source.getInt();
    for (int i = 0; i < count; i++) {
      final int instrumentId = source.getInt();
      add(instrumentId, pool.slotOf(source.getLong()));
    }
  }
}
