package io.gavel.engine.core;

import io.gavel.codecs.sbe.HouseFund;
import io.gavel.codecs.sbe.HouseFundChangedEncoder;
import io.gavel.codecs.sbe.InstrumentSettledEncoder;
import io.gavel.codecs.sbe.LiquidationStage;
import io.gavel.codecs.sbe.LiquidationStepEncoder;
import io.gavel.codecs.sbe.PositionSide;
import io.gavel.codecs.sbe.PriceSource;

/** Writes what liquidations do, step by step with the reason, and what happens to the funds of the house. */
final class LiquidationEvents {

  private final LiquidationStepEncoder step = new LiquidationStepEncoder();
  private final HouseFundChangedEncoder fund = new HouseFundChangedEncoder();
  private final InstrumentSettledEncoder settled = new InstrumentSettledEncoder();
  private final Rooms rooms;
  private final EventWriter events;

  /** What the next step says; the writer of each step sets what it knows, and all is zero again behind it. */
  long equityUnits;
  long requirementUnits;
  long lots;
  long valueUnits;
  long fundUnits;
  long backstopUnits;
  long shortfallUnits;

  LiquidationEvents(final Rooms rooms) {
    this.rooms = rooms;
    events = rooms.events;
  }

  /** {@code instrumentId} is 0 for the account as a whole. */
  void step(final LiquidationStage stage, final int accountSlot, final int instrumentId, final PositionSide side,
      final long causeSequence) {
    step.wrap(events.buffer(), events.begin(LiquidationStepEncoder.SCHEMA_ID, LiquidationStepEncoder.TEMPLATE_ID,
        LiquidationStepEncoder.SCHEMA_VERSION, LiquidationStepEncoder.BLOCK_LENGTH));
    events.header(step.header(), rooms.risk.accountAt(accountSlot));
    step.causeSequence(causeSequence).equityUnits(equityUnits).requirementUnits(requirementUnits)
        .markUnits(0 == instrumentId ? 0 : rooms.risk.marks().priceUnits(instrumentId, PriceSource.MARK))
        .lots(lots).valueUnits(valueUnits).fundUnits(fundUnits).backstopUnits(backstopUnits)
        .shortfallUnits(shortfallUnits).instrumentId(instrumentId).stage(stage).positionSide(side);
    events.end(step.encodedLength());
    lots = 0;
    valueUnits = 0;
    fundUnits = 0;
    backstopUnits = 0;
    shortfallUnits = 0;
  }

  void fundChanged(final HouseFund house, final int assetId, final long changeUnits, final long balanceUnits) {
    fund.wrap(events.buffer(), events.begin(HouseFundChangedEncoder.SCHEMA_ID, HouseFundChangedEncoder.TEMPLATE_ID,
        HouseFundChangedEncoder.SCHEMA_VERSION, HouseFundChangedEncoder.BLOCK_LENGTH));
    events.header(fund.header(), 0);
    fund.changeUnits(changeUnits).balanceUnits(balanceUnits).assetId(assetId).fund(house);
    events.end(fund.encodedLength());
  }

  void instrumentSettled(final int instrumentId, final long priceUnits, final long openInterestLots,
      final int positions) {
    settled.wrap(events.buffer(), events.begin(InstrumentSettledEncoder.SCHEMA_ID,
        InstrumentSettledEncoder.TEMPLATE_ID, InstrumentSettledEncoder.SCHEMA_VERSION,
        InstrumentSettledEncoder.BLOCK_LENGTH));
    events.header(settled.header(), 0);
    settled.priceUnits(priceUnits).openInterestLots(openInterestLots).positions(positions).instrumentId(instrumentId);
    events.end(settled.encodedLength());
  }
}
