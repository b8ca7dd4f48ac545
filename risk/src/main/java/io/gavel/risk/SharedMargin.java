package io.gavel.risk;

import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.risk.margin.MarginModel;

/**
 * No credit: what is set aside must be free in full. Where an account's free money backs its contracts, what is set
 * aside backs nothing any more, so that enough of it must stay; a profit that is not realised does not help.
 */
final class SharedMargin implements MarginModel {

  private final MarginRooms rooms;

  SharedMargin(final MarginRooms rooms) {
    this.rooms = rooms;
  }

  @Override
  public ReasonCode check(
      final int accountSlot, final int assetId, final long freeUnits, final long neededUnits) {
    if (neededUnits > freeUnits) {
      return ReasonCode.INSUFFICIENT_BALANCE;
    }
    if (!rooms.modes.isShared(accountSlot)) {
      return ReasonCode.OK;
    }
    final long creditUnits = rooms.collateral.creditUnits(assetId, freeUnits)
        - rooms.collateral.creditUnits(assetId, freeUnits - neededUnits);
    return 0 == creditUnits || creditUnits <= rooms.book.payableUnits(accountSlot)
        ? ReasonCode.OK : ReasonCode.MARGIN_INSUFFICIENT;
  }
}
