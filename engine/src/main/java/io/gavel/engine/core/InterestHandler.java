package io.gavel.engine.core;

import io.gavel.codecs.sbe.InterestSettledEncoder;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.SetInterestDecoder;
import io.gavel.risk.funding.InterestIndex;

/**
 * What borrowers of an asset pay and lenders receive: set by command, settled by the engine's clock at whole multiples
 * of the interval. A settlement moves two indexes and no money; accounts pay and receive when they are touched, and
 * what they owe counts at once.
 */
final class InterestHandler {

  private final InterestSettledEncoder settled = new InterestSettledEncoder();
  private final Rooms rooms;
  private final InterestIndex interest;

  InterestHandler(final Rooms rooms) {
    this.rooms = rooms;
    interest = rooms.risk.interest();
  }

  /** The time up to now is settled at the old terms. */
  ReasonCode setInterest(final SetInterestDecoder command) {
    final ReasonCode code = interest.check(command);
    if (ReasonCode.OK != code) {
      return code;
    }
    final int assetId = command.assetId();
    final boolean had = interest.has(assetId);
    rooms.answers.accept(0);
    if (had) {
      rooms.risk.settleInterest(assetId, rooms.clock.timeNs());
    }
    interest.set(command, rooms.clock.timeNs());
    final long nextNs = next(assetId);
    if (had) {
      tell(assetId, nextNs);
    }
    rooms.guard.interestChanged(assetId);
    return ReasonCode.OK;
  }

  /** An interval is over. */
  void due(final int assetId) {
    rooms.interestDeadlines.passed(assetId);
    rooms.risk.settleInterest(assetId, rooms.clock.timeNs());
    tell(assetId, next(assetId));
    rooms.guard.interestChanged(assetId);
  }

  private long next(final int assetId) {
    final long nextNs = interest.has(assetId) ? interest.nextNs(assetId, rooms.clock.timeNs()) : Long.MAX_VALUE;
    rooms.interestDeadlines.set(assetId, nextNs);
    return nextNs;
  }

  private void tell(final int assetId, final long nextNs) {
    settled.wrap(rooms.events.buffer(), rooms.events.begin(InterestSettledEncoder.SCHEMA_ID,
        InterestSettledEncoder.TEMPLATE_ID, InterestSettledEncoder.SCHEMA_VERSION,
        InterestSettledEncoder.BLOCK_LENGTH));
    rooms.events.header(settled.header(), 0);
    settled.rateE10(interest.rateE10(assetId)).borrowIndexE15(interest.borrowIndexE15(assetId))
        .depositIndexE15(interest.depositIndexE15(assetId)).borrowedUnits(rooms.risk.debts().totalUnits(assetId))
        .depositsUnits(rooms.risk.ledger().depositsUnits(assetId)).interestUnits(interest.interestUnits(assetId))
        .nextTimeNs(Long.MAX_VALUE == nextNs ? 0 : nextNs).assetId(assetId)
        .utilisationE8(interest.utilisationE8(assetId));
    rooms.events.end(settled.encodedLength());
  }
}
