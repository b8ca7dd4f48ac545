package io.gavel.engine.core;

import io.gavel.codecs.Invariants;
import io.gavel.codecs.SnapshotSink;
import io.gavel.codecs.SnapshotSource;
import io.gavel.codecs.StateOwner;

/** How many orders the house was grown to hold; not part of the state while it is as record 1 built it. */
final class Capacity implements StateOwner {

  private final Rooms rooms;

  Capacity(final Rooms rooms) {
    this.rooms = rooms;
  }

  @Override
  public int componentId() {
    return 2006;
  }

  @Override
  public String componentName() {
    return "capacity";
  }

  @Override
  public void save(final SnapshotSink sink) {
    if (rooms.ordersMax() != rooms.config.ordersMax()) {
      sink.putInt(rooms.ordersMax());
    }
  }

  /** Comes before every room whose size it says. */
  @Override
  public void load(final SnapshotSource source) {
    final int ordersMax = source.getInt();
    Invariants.check(ordersMax >= rooms.config.ordersMax() && ordersMax <= CoreConfig.ORDERS_MAX,
        "no capacity to grow to: saved, configured", ordersMax, rooms.config.ordersMax());
    rooms.grow(ordersMax);
  }
}
