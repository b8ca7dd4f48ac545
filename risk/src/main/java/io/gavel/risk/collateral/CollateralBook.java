package io.gavel.risk.collateral;

import io.gavel.codecs.SnapshotSink;
import io.gavel.codecs.SnapshotSource;
import io.gavel.codecs.StateOwner;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.risk.instrument.Instrument;
import io.gavel.risk.instrument.Instruments;
import io.gavel.risk.ledger.Debts;
import io.gavel.risk.ledger.Ledger;
import io.gavel.risk.margin.AccountCollateral;
import io.gavel.risk.mark.Marks;
import io.gavel.risk.money.FixedPoint;
import io.gavel.risk.money.Rounding;
import org.jspecify.annotations.Nullable;

/**
 * Which assets back positions, at what price and at what weight. The reference asset is the one that needs no price;
 * any other has the index price of an instrument that quotes it in the reference asset. Only free balances count: what
 * is held for orders or on its way out backs nothing. Setting an asset allocates, nothing else does. One thread.
 */
public final class CollateralBook implements AccountCollateral, StateOwner {

  private static final int NO_ASSET = 0;

  private final Instruments instruments;
  private final Ledger ledger;
  private final Debts debts;
  private final Marks marks;
  private final @Nullable Haircuts[] haircuts;
  private final int[] priceInstrumentIds;
  private final long[] versions;
  private int referenceAssetId = NO_ASSET;

  public CollateralBook(
      final Instruments instruments, final Ledger ledger, final Debts debts, final Marks marks, final int assetsMax) {
    this.instruments = instruments;
    this.ledger = ledger;
    this.debts = debts;
    this.marks = marks;
    haircuts = new Haircuts[assetsMax + 1];
    priceInstrumentIds = new int[assetsMax + 1];
    versions = new long[assetsMax + 1];
  }

  /** The asset all is counted in; 0 before there is one. */
  public int referenceAssetId() {
    return referenceAssetId;
  }

  /** The instrument whose index prices the asset; 0: it is the reference, or no collateral. */
  public int priceInstrumentId(final int assetId) {
    return priceInstrumentIds[assetId];
  }

  /** Whether what an amount of the asset counts for falls as others deposit it, beyond some size. */
  public boolean isConcentrated(final int assetId) {
    final Haircuts weights = haircuts[assetId];
    return null != weights && weights.isConcentrated();
  }

  /**
   * OK, or why the asset cannot be collateral at the index price of the instrument, or as the reference when that is 0.
   */
  public ReasonCode check(final int assetId, final int priceInstrumentId) {
    if (0 == priceInstrumentId) {
      return NO_ASSET == referenceAssetId || assetId == referenceAssetId
          ? ReasonCode.OK : ReasonCode.MARGIN_NOT_SET;
    }
    final Instrument instrument = instruments.get(priceInstrumentId);
    if (null == instrument) {
      return ReasonCode.UNKNOWN_INSTRUMENT;
    }
    final boolean prices = !instrument.isContract() && assetId == instrument.baseAssetId()
        && NO_ASSET != referenceAssetId && referenceAssetId == instrument.quoteAssetId()
        && assetId != referenceAssetId;
    if (!prices) {
      return ReasonCode.MARGIN_NOT_SET;
    }
    return FixedPoint.productFits(instrument.baseUnitsPerLot(), instrument.markUnitsPerTick())
        ? ReasonCode.OK : ReasonCode.AMOUNT_OVERFLOW;
  }

  /** Sets an asset that {@link #check} found OK. */
  public void set(final int assetId, final int priceInstrumentId, final Haircuts newHaircuts) {
    if (0 == priceInstrumentId) {
      referenceAssetId = assetId;
    }
    haircuts[assetId] = newHaircuts;
    priceInstrumentIds[assetId] = priceInstrumentId;
    versions[assetId]++;
  }

  @Override
  public boolean counts(final int assetId) {
    return null != haircuts[assetId]
        && (assetId == referenceAssetId || 0 != marks.priceUnits(priceInstrumentIds[assetId], PriceSource.INDEX));
  }

  @Override
  public long version(final int assetId) {
    final int instrumentId = priceInstrumentIds[assetId];
    return versions[assetId] + (0 == instrumentId ? 0 : marks.version(instrumentId));
  }

  @Override
  public long valueUnits(final int assetId, final long amountUnits, final Rounding rounding) {
    if (assetId == referenceAssetId) {
      return Math.min(UNITS_MAX, amountUnits);
    }
    final Instrument instrument = instruments.get(priceInstrumentIds[assetId]);
    final long priceUnits =
        null == instrument ? 0 : marks.priceUnits(priceInstrumentIds[assetId], PriceSource.INDEX);
    final boolean credit = Rounding.DOWN == rounding || Rounding.FLOOR == rounding;
    if (null == instrument || 0 == priceUnits || 0 == amountUnits
        || !FixedPoint.productFits(priceUnits, instrument.quoteUnitsPerTickLot())) {
      return credit || 0 == amountUnits ? 0 : UNITS_MAX;
    }
    final long above = priceUnits * instrument.quoteUnitsPerTickLot();
    final long below = instrument.baseUnitsPerLot() * instrument.markUnitsPerTick();
    return FixedPoint.mulDivFits(amountUnits, above, below, rounding)
        ? Math.min(UNITS_MAX, FixedPoint.mulDiv(amountUnits, above, below, rounding)) : UNITS_MAX;
  }

  @Override
  public long profitUnits(final int assetId, final long amountUnits) {
    final Haircuts weights = haircuts[assetId];
    return null == weights ? 0 : FixedPoint.mulDiv(valueUnits(assetId, amountUnits, Rounding.DOWN),
        weights.weightMaxE8(), HaircutTable.ONE_E8, Rounding.DOWN);
  }

  /** What an amount of the asset counts for. */
  public long creditUnits(final int assetId, final long amountUnits) {
    final Haircuts weights = haircuts[assetId];
    if (null == weights || 0 == amountUnits) {
      return 0;
    }
    final long depositsUnits = valueUnits(assetId, Math.max(0, ledger.issuedUnits(assetId)), Rounding.UP);
    return weights.creditUnits(valueUnits(assetId, amountUnits, Rounding.DOWN), amountUnits, depositsUnits);
  }

  /** What a debt in the asset counts against. */
  public long debtUnits(final int assetId, final long owedUnits) {
    if (0 == owedUnits) {
      return 0;
    }
    final Haircuts weights = haircuts[assetId];
    final long valueUnits = valueUnits(assetId, owedUnits, Rounding.UP);
    return null == weights ? valueUnits : Math.min(UNITS_MAX, weights.debtUnits(valueUnits, owedUnits));
  }

  @Override
  public long netUnits(final int accountSlot) {
    long netUnits = 0;
    for (int balance = ledger.first(accountSlot); Ledger.NULL_BALANCE != balance; balance = ledger.next(balance)) {
      final int assetId = ledger.assetId(balance);
      netUnits = FixedPoint.addSaturating(netUnits, creditUnits(assetId, ledger.freeUnits(balance))
          - debtUnits(assetId, debts.units(balance)));
    }
    return netUnits;
  }

  @Override
  public int componentId() {
    return 35;
  }

  @Override
  public String componentName() {
    return "collateral";
  }

  @Override
  public void save(final SnapshotSink sink) {
    if (NO_ASSET == referenceAssetId) {
      return;
    }
    sink.putInt(referenceAssetId);
    int count = 0;
    for (final Haircuts weights : haircuts) {
      count += null == weights ? 0 : 1;
    }
    sink.putInt(count);
    for (int assetId = 1; assetId < haircuts.length; assetId++) {
      final Haircuts weights = haircuts[assetId];
      if (null != weights) {
        sink.putInt(assetId);
        sink.putInt(priceInstrumentIds[assetId]);
        weights.save(sink);
      }
    }
  }

  @Override
  public void load(final SnapshotSource source) {
    referenceAssetId = source.getInt();
    final int count = source.getInt();
    for (int i = 0; i < count; i++) {
      final int assetId = source.getInt();
      priceInstrumentIds[assetId] = source.getInt();
      haircuts[assetId] = Haircuts.load(source);
    }
  }
}
