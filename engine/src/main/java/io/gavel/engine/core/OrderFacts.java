package io.gavel.engine.core;

import io.gavel.codecs.SnapshotSink;
import io.gavel.codecs.SnapshotSource;
import io.gavel.codecs.StateOwner;
import io.gavel.codecs.sbe.OrdType;
import io.gavel.codecs.sbe.StpMode;
import io.gavel.codecs.sbe.TimeInForce;
import io.gavel.engine.book.OrderPool;

/** Saves and loads what the core knows of live orders: by account, each account's orders in order of arrival. */
final class OrderFacts implements StateOwner {

  private final Rooms rooms;
  private final OrderPool pool;
  private final OrderTable table;
  private final OrderLife life;

  OrderFacts(final Rooms rooms, final OrderLife life) {
    this.rooms = rooms;
    pool = rooms.pool;
    table = rooms.orders;
    this.life = life;
  }

  @Override
  public int componentId() {
    return 2000;
  }

  @Override
  public String componentName() {
    return "orders";
  }

  @Override
  public void save(final SnapshotSink sink) {
    if (0 == pool.size()) {
      return;
    }
    sink.putInt(pool.size());
    for (int accountSlot = 0; accountSlot < rooms.risk.accountCount(); accountSlot++) {
      for (int slot = table.firstOf(accountSlot); OrderTable.NULL_SLOT != slot; slot = table.nextOf(slot)) {
        save(sink, accountSlot, slot);
      }
    }
  }

  private void save(final SnapshotSink sink, final int accountSlot, final int slot) {
    sink.putLong(pool.orderId(slot));
    sink.putInt(accountSlot);
    sink.putInt(table.instrumentId(slot));
    sink.putInt(table.reservation(slot));
    sink.putLong(table.isRuleChild(slot) ? rooms.rules.ruleId(table.ruleSlot(slot)) : 0);
    sink.putLong(table.quantityLots(slot));
    sink.putLong(table.quoteAmountUnits(slot));
    sink.putLong(table.filledLots(slot));
    sink.putLong(table.filledNotionalUnits(slot));
    sink.putLong(table.feeUnits(slot));
    sink.putLong(table.expireTimeNs(slot));
    sink.putInt(table.ordType(slot).value());
    sink.putInt(table.timeInForce(slot).value());
    sink.putInt(table.stpMode(slot).value());
    sink.putInt((table.isPostOnly(slot) ? 1 : 0) + (table.isTape(slot) ? 2 : 0)
        + (table.isReduceOnly(slot) ? 4 : 0));
    for (int word = 0; word < 4; word++) {
      sink.putLong(table.clientWord(slot, word));
    }
  }

  @Override
  public void load(final SnapshotSource source) {
    final int count = source.getInt();
    for (int i = 0; i < count; i++) {
      load(source, pool.slotOf(source.getLong()));
    }
  }

  private void load(final SnapshotSource source, final int slot) {
    final int accountSlot = source.getInt();
    final int instrumentId = source.getInt();
    table.open(slot, accountSlot, instrumentId, source.getInt());
    final long ruleId = source.getLong();
    if (0 != ruleId) {
      table.ruleSlot(slot, rooms.rules.slotOf(ruleId));
      rooms.rules.childSlot(table.ruleSlot(slot), slot);
    }
    table.quantityLots(slot, source.getLong());
    table.quoteAmountUnits(slot, source.getLong());
    table.filledLots(slot, source.getLong());
    table.filledNotionalUnits(slot, source.getLong());
    table.feeUnits(slot, source.getLong());
    table.expireTimeNs(slot, source.getLong());
    final OrdType ordType = OrdType.get((short) source.getInt());
    final TimeInForce timeInForce = TimeInForce.get((short) source.getInt());
    final StpMode stpMode = StpMode.get((short) source.getInt());
    final int flags = source.getInt();
    table.kind(slot, ordType, timeInForce, stpMode, 0 != (flags & 1), 0 != (flags & 2));
    table.reduceOnly(slot, 0 != (flags & 4));
    table.clientId(slot, source.getLong(), source.getLong(), source.getLong(), source.getLong());
    rooms.clientIds.putOrder(slot);
    if (0 == ruleId && !table.isTape(slot)) {
      life.countOwn(slot);
    }
    if (0 != table.expireTimeNs(slot)) {
      table.expiryHandle(slot,
          rooms.deadlines.add(table.expireTimeNs(slot), pool.orderId(slot), Rooms.ORDER_EXPIRY, slot));
    }
  }
}
