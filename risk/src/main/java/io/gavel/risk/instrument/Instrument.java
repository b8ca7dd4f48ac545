package io.gavel.risk.instrument;

import io.gavel.codecs.SnapshotSink;
import io.gavel.codecs.SnapshotSource;
import io.gavel.codecs.sbe.CreateInstrumentDecoder;
import io.gavel.codecs.sbe.FeeAsset;
import io.gavel.codecs.sbe.InstrumentKind;
import io.gavel.risk.money.FixedPoint;
import io.gavel.risk.money.Rounding;

/**
 * What is traded, in whole lots at whole ticks: base for quote, or a contract on the price of one in the other. In spot
 * a lot is a whole number of base units and a tick times a lot a whole number of quote units, so no trade ever rounds.
 * The notional of a contract is in units of its settle asset: ticks x lots x multiplier, exact; of an inverse one its
 * face divided by the price, rounded down once and the same for both sides. Fees and limits change by command, all else
 * is for life. Read by anyone on the engine's thread; changed through {@link Instruments} only.
 */
public final class Instrument {

  /** Protection of a market order that names none and whose instrument names none. */
  public static final int PROTECTION_BPS_DEFAULT = 1_000;

  private static final int KIND_SHIFT = 8;
  private static final int FEE_ASSET_MASK = 0xFF;

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
  private final ContractTerms terms;
  private final boolean inverse;
  private int makerFeeE8;
  private int takerFeeE8;
  private int collarBps;
  private long minLots;
  private long maxLots;
  private long minNotionalUnits;
  private long maxNotionalUnits;

  Instrument(
      final CreateInstrumentDecoder command, final Name symbol,
      final long baseUnitsPerLot, final long quoteUnitsPerTickLot, final ContractTerms terms) {
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
    this.terms = terms;
    inverse = terms.isInverse();
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
    final int feeAssetAndKind = source.getInt();
    feeAsset = FeeAsset.get((short) (feeAssetAndKind & FEE_ASSET_MASK));
    symbol = Name.load(source);
    fees(source.getInt(), source.getInt());
    limits(source.getInt(), source.getLong(), source.getLong(), source.getLong(), source.getLong());
    final InstrumentKind kind = InstrumentKind.get((short) (feeAssetAndKind >> KIND_SHIFT));
    final ContractTerms spot = ContractTerms.spot(kind);
    terms = spot.isContract() ? ContractTerms.load(kind, source) : spot;
    inverse = terms.isInverse();
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
    sink.putInt(feeAsset.value() | terms.kind().value() << KIND_SHIFT);
    symbol.save(sink);
    sink.putInt(makerFeeE8);
    sink.putInt(takerFeeE8);
    sink.putInt(collarBps);
    sink.putLong(minLots);
    sink.putLong(maxLots);
    sink.putLong(minNotionalUnits);
    sink.putLong(maxNotionalUnits);
    if (isContract()) {
      terms.save(sink);
    }
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
    return inverse
        ? FixedPoint.mulDivFits(lots, terms.numerator(), priceTicks * terms.divisor(), Rounding.DOWN)
        : FixedPoint.productFits(priceTicks, lots, quoteUnitsPerTickLot);
  }

  /** Price times size in quote units, exact; of a contract in settle units, of an inverse one rounded down. */
  public long notionalUnits(final int priceTicks, final long lots) {
    return inverse
        ? FixedPoint.mulDiv(lots, terms.numerator(), priceTicks * terms.divisor(), Rounding.DOWN)
        : FixedPoint.multiply(priceTicks, lots, quoteUnitsPerTickLot);
  }

  /** What so many lots of a contract are worth at a price of a trade, in settle units; as {@link #notionalUnits}. */
  public long valueUnits(final int priceTicks, final long lots) {
    return notionalUnits(priceTicks, lots);
  }

  /** Whether {@link #markValueUnits} has an answer. */
  public boolean markValueFits(final long markUnits, final long lots) {
    if (inverse) {
      return FixedPoint.mulDivFits(lots, terms.numerator() * markUnitsPerTick, markUnits * terms.divisor(),
          Rounding.UP);
    }
    return FixedPoint.productFits(lots, quoteUnitsPerTickLot)
        && FixedPoint.mulDivFits(markUnits, lots * quoteUnitsPerTickLot, markUnitsPerTick, Rounding.UP);
  }

  /** What so many lots, none below zero, are worth at a mark above zero, in settle units. */
  public long markValueUnits(final long markUnits, final long lots, final Rounding rounding) {
    return inverse
        ? FixedPoint.mulDiv(lots, terms.numerator() * markUnitsPerTick, markUnits * terms.divisor(), rounding)
        : FixedPoint.mulDiv(markUnits, FixedPoint.multiply(lots, quoteUnitsPerTickLot), markUnitsPerTick, rounding);
  }

  /** The index price of {@code index} in this instrument's mark units, rounded down; -1 when it does not fit. */
  public long markUnitsOf(final Instrument index, final long indexUnits) {
    if (tickSizeE10 == index.tickSizeE10 && markUnitsPerTick == index.markUnitsPerTick) {
      return indexUnits;
    }
    final long above = index.tickSizeE10 * markUnitsPerTick;
    final long below = tickSizeE10 * index.markUnitsPerTick;
    return FixedPoint.mulDivFits(indexUnits, above, below, Rounding.DOWN)
        ? FixedPoint.mulDiv(indexUnits, above, below, Rounding.DOWN) : -1;
  }

  /** Whether {@link #markUnitsOf} can tell the one price by the other. */
  boolean canFollow(final Instrument index) {
    return quoteAssetId == index.quoteAssetId
        && FixedPoint.productFits(index.tickSizeE10, markUnitsPerTick)
        && FixedPoint.productFits(tickSizeE10, index.markUnitsPerTick);
  }

  public InstrumentKind kind() {
    return terms.kind();
  }

  /** Whether it is traded on margin, or, as an option, against a premium; else it is spot. */
  public boolean isContract() {
    return terms.isContract();
  }

  /** Whether its base asset is issued against a pool; it is traded as in spot. */
  public boolean isToken() {
    return terms.isToken();
  }

  /** Whether its value is its face divided by the price, in units of the base asset. */
  public boolean isInverse() {
    return inverse;
  }

  /** Whether longs and shorts pay one another funding, since nothing else ties the price to the index. */
  public boolean isPerpetual() {
    return InstrumentKind.LINEAR_PERPETUAL == terms.kind() || InstrumentKind.INVERSE_PERPETUAL == terms.kind();
  }

  /** Whether a lot at this mark times a rate fits; of a linear contract any does whose rate is at most 100 %. */
  public boolean fundingFits(final long markUnits, final long rateE10) {
    return !inverse || FixedPoint.mulDivFits(
        terms.numerator() * markUnitsPerTick, rateE10, markUnits * terms.divisor(), Rounding.DOWN);
  }

  /** What a lot of an inverse contract is worth at this mark times a rate, in 10^-10 settle units, towards zero. */
  public long inverseFunding(final long markUnits, final long rateE10) {
    return FixedPoint.mulDiv(
        terms.numerator() * markUnitsPerTick, rateE10, markUnits * terms.divisor(), Rounding.DOWN);
  }

  public boolean isOption() {
    return terms.isOption();
  }

  public boolean isFuture() {
    return terms.isFuture();
  }

  /** What a contract's profits, losses, premiums and fees are paid in; 0 in spot. */
  public int settleAssetId() {
    return terms.settleAssetId();
  }

  /** What a fee is paid in. */
  public int feeAssetId() {
    return isContract() ? terms.settleAssetId() : feeInBase() ? baseAssetId : quoteAssetId;
  }

  public long multiplierE10() {
    return terms.multiplierE10();
  }

  /** Engine time at which a future or an option is settled; 0: never. */
  public long expiryTimeNs() {
    return terms.expiryTimeNs();
  }

  /** Of an option, in its own ticks; else 0. */
  public int strikeTicks() {
    return terms.strikeTicks();
  }

  /** The instrument whose index price is a contract's underlying; 0 in spot. */
  public int indexInstrumentId() {
    return terms.indexInstrumentId();
  }

  /** The index is averaged over so long before expiry. */
  public long settlementWindowNs() {
    return terms.settlementWindowNs();
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
