package io.gavel.engine.replay;

import org.agrona.DirectBuffer;

/** The port through which a reader of journals learns names while they come into being, and says them and decimals. */
public interface JournalNames {

  /** The frame named an asset, an instrument or an account, or was refused. */
  void onFrame(DirectBuffer buffer, int offset, boolean accepted);

  /** Symbol of the asset; something printable when unknown, as everywhere here. */
  String assetName(int assetId);

  String instrumentName(int instrumentId);

  String accountName(long account);

  String priceText(int instrumentId, long priceTicks);

  String sizeText(int instrumentId, long quantityLots);

  /** A price in 1/markUnitsPerTick of a tick. */
  String markText(int instrumentId, long priceUnits);

  String amountText(int assetId, long amountUnits);
}
