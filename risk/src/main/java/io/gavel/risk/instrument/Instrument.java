package io.gavel.risk.instrument;

import io.gavel.codecs.SnapshotSink;
import io.gavel.codecs.SnapshotSource;
import io.gavel.codecs.sbe.CreateInstrumentDecoder;
import io.gavel.codecs.sbe.FeeAsset;
import io.gavel.risk.money.FixedPoint;

/**
 * What is traded: base for quote, in whole lots at whole ticks. A lot is a whole number of base units and a tick times
 * a lot a whole number of quote units, so no trade ever rounds. Fees and limits change by command, all else is for
 * life. Read by anyone on the engine's thread; changed through {@link Instruments} only.
 */
public final class Instrument {

  /** Protection of a market order that names none and whose instrument names none. */
  public static final int PROTECTION_BPS_DEFAULT = 1_000;

  private final int id;
  private final int baseAssetId;
  private final int quoteAssetId;
  private final int markUnitsPerTick;
  private final int protectionBps;
  private final long tickSizeE10;
  private final long lotSizeE10;
  private final long baseUnitsPerLot;
  private final long quoteUnitsPerTickLot;
  private final FeeAsset feeAsset;
  private final Name symbol;
  private int makerFeeE8;
  private int takerFeeE8;
  private int collarBps;
  private long minLots;
  private long maxLots;
  private long minNotionalUnits;
  private long maxNotionalUnits;

  Instrument(
      final CreateInstrumentDecoder command, final Name symbol,
      final long baseUnitsPerLot, final long quoteUnitsPerTickLot) {
    id = command.instrumentId();
    baseAssetId = command.baseAssetId();
    quoteAssetId = command.quoteAssetId();
    markUnitsPerTick = command.markUnitsPerTick();
    protectionBps = 0 == command.protectionBps() ? PROTECTION_BPS_DEFAULT : command.protectionBps();
    tickSizeE10 = command.tickSizeE10();
    lotSizeE10 = command.lotSizeE10();
    this.baseUnitsPerLot = baseUnitsPerLot;
    this.quoteUnitsPerTickLot = quoteUnitsPerTickLot;
    feeAsset = command.feeAsset();
    this.symbol = symbol;
    fees(command.makerFeeE8(), command.takerFeeE8());
    limits(command.collarBps(), command.minLots(), command.maxLots(),
        command.minNotionalUnits(), command.maxNotionalUnits());
  }

  Instrument(final SnapshotSource source) {
    id = source.getInt();
    baseAssetId = source.getInt();
    quoteAssetId = source.getInt();
    markUnitsPerTick = source.getInt();
    protectionBps = source.getInt();
    tickSizeE10 = source.getLong();
    lotSizeE10 = source.getLong();
    baseUnitsPerLot = source.getLong();
    quoteUnitsPerTickLot = source.getLong();
    feeAsset = FeeAsset.get((short) source.getInt());
    symbol = Name.load(source);
    fees(source.getInt(), source.getInt());
    limits(source.getInt(), source.getLong(), source.getLong(), source.getLong(), source.getLong());
  }

  void save(final SnapshotSink sink) {
    sink.putInt(id);
    sink.putInt(baseAssetId);
    sink.putInt(quoteAssetId);
    sink.putInt(markUnitsPerTick);
    sink.putInt(protectionBps);
    sink.putLong(tickSizeE10);
    sink.putLong(lotSizeE10);
    sink.putLong(baseUnitsPerLot);
    sink.putLong(quoteUnitsPerTickLot);
    sink.putInt(feeAsset.value());
    symbol.save(sink);
    sink.putInt(makerFeeE8);
    sink.putInt(takerFeeE8);
    sink.putInt(collarBps);
    sink.putLong(minLots);
    sink.putLong(maxLots);
    sink.putLong(minNotionalUnits);
    sink.putLong(maxNotionalUnits);
  }

  void fees(final int newMakerFeeE8, final int newTakerFeeE8) {
    makerFeeE8 = newMakerFeeE8;
    takerFeeE8 = newTakerFeeE8;
  }

  void limits(
      final int newCollarBps, final long newMinLots, final long newMaxLots,
      final long newMinNotionalUnits, final long newMaxNotionalUnits) {
    collarBps = newCollarBps;
    minLots = newMinLots;
    maxLots = newMaxLots;
    minNotionalUnits = newMinNotionalUnits;
    maxNotionalUnits = newMaxNotionalUnits;
  }

  /** Whether so many lots are an amount of base units that fits a long. */
  public boolean baseFits(final long lots) {
    return FixedPoint.productFits(lots, baseUnitsPerLot);
  }

  public long baseUnits(final long lots) {
    return FixedPoint.multiply(lots, baseUnitsPerLot);
  }

  /** Whether the notional fits a long: the check for what a user asks, before {@link #notionalUnits}. */
  public boolean notionalFits(final int priceTicks, final long lots) {
    return FixedPoint.productFits(priceTicks, lots, quoteUnitsPerTickLot);
  }

  /** Price times size in quote units, exact. */
  public long notionalUnits(final int priceTicks, final long lots) {
    return FixedPoint.multiply(priceTicks, lots, quoteUnitsPerTickLot);
  }

  public int id() {
    return id;
  }

  public Name symbol() {
    return symbol;
  }

  /** Word {@code index} (0 to 3) of the symbol. */
  public long symbolWord(final int index) {
    return symbol.word(index);
  }

  public int baseAssetId() {
    return baseAssetId;
  }

  public int quoteAssetId() {
    return quoteAssetId;
  }

  public long baseUnitsPerLot() {
    return baseUnitsPerLot;
  }

  public long quoteUnitsPerTickLot() {
    return quoteUnitsPerTickLot;
  }

  public long tickSizeE10() {
    return tickSizeE10;
  }

  public long lotSizeE10() {
    return lotSizeE10;
  }

  /** Marks and index prices come in this many parts of a tick. */
  public int markUnitsPerTick() {
    return markUnitsPerTick;
  }

  /** Maker rate of orders accepted from now on; negative is a rebate. */
  public int makerFeeE8() {
    return makerFeeE8;
  }

  public int takerFeeE8() {
    return takerFeeE8;
  }

  public FeeAsset feeAsset() {
    return feeAsset;
  }

  public boolean feeInBase() {
    return FeeAsset.BASE == feeAsset;
  }

  public int protectionBps() {
    return protectionBps;
  }

  /** How far a price may lie from the reference; 0: no collar. */
  public int collarBps() {
    return collarBps;
  }

  public long minLots() {
    return minLots;
  }

  /** 0: none. */
  public long maxLots() {
    return maxLots;
  }

  public long minNotionalUnits() {
    return minNotionalUnits;
  }

  /** 0: none. */
  public long maxNotionalUnits() {
    return maxNotionalUnits;
  }
}
