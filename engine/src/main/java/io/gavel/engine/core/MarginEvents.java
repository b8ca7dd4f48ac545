package io.gavel.engine.core;

import io.gavel.codecs.sbe.Flag;
import io.gavel.codecs.sbe.MarginChangedEncoder;
import io.gavel.codecs.sbe.PositionCause;
import io.gavel.codecs.sbe.PositionChangedEncoder;
import io.gavel.risk.position.Contracts;

/** Writes what happens to positions in contracts, and which margin terms hold for whom. */
final class MarginEvents {

  private final PositionChangedEncoder position = new PositionChangedEncoder();
  private final MarginChangedEncoder margin = new MarginChangedEncoder();
  private final Rooms rooms;
  private final EventWriter events;
  private final Contracts contracts;

  MarginEvents(final Rooms rooms) {
    this.rooms = rooms;
    events = rooms.events;
    contracts = rooms.risk.contracts();
  }

  /** Tells a position as it is now, after so many lots came in and so much was realised. */
  void positionChanged(final int slot, final long changeLots, final long realisedUnits, final PositionCause cause) {
    position.wrap(events.buffer(), events.begin(PositionChangedEncoder.SCHEMA_ID, PositionChangedEncoder.TEMPLATE_ID,
        PositionChangedEncoder.SCHEMA_VERSION, PositionChangedEncoder.BLOCK_LENGTH));
    events.header(position.header(), rooms.risk.accountAt(contracts.accountSlot(slot)));
    position.lots(contracts.lots(slot)).changeLots(changeLots).costUnits(contracts.costUnits(slot))
        .realisedUnits(realisedUnits).marginUnits(contracts.marginUnits(slot)).epoch(contracts.epoch(slot))
        .instrumentId(contracts.instrumentId(slot)).positionSide(contracts.side(slot)).cause(cause);
    events.end(position.encodedLength());
    rooms.relations.touched(contracts.accountSlot(slot));
  }

  void marginChanged(final int instrumentId, final int accounts, final long throughAccount, final Flag done) {
    margin.wrap(events.buffer(), events.begin(MarginChangedEncoder.SCHEMA_ID, MarginChangedEncoder.TEMPLATE_ID,
        MarginChangedEncoder.SCHEMA_VERSION, MarginChangedEncoder.BLOCK_LENGTH));
    events.header(margin.header(), 0);
    margin.throughAccount(throughAccount).instrumentId(instrumentId).accounts(accounts).done(done);
    events.end(margin.encodedLength());
  }
}
