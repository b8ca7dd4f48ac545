package io.gavel.risk.instrument;

import io.gavel.codecs.SnapshotSink;
import io.gavel.codecs.SnapshotSource;
import io.gavel.codecs.StateOwner;
import io.gavel.codecs.sbe.CreateInstrumentDecoder;
import io.gavel.codecs.sbe.InstrumentKind;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.SetLimitsDecoder;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.api.set.MutableSet;
import org.eclipse.collections.impl.factory.Lists;
import org.eclipse.collections.impl.factory.Sets;
import org.jspecify.annotations.Nullable;

/** The registry of instruments and the only way to change one. Creating allocates, the rest does not. One thread. */
public final class Instruments implements StateOwner {

  /** 100 %: above it a fee could exceed what was traded. */
  public static final int FEE_E8_MAX = 100_000_000;
  /** A hundred times the reference. */
  public static final int COLLAR_BPS_MAX = 1_000_000;
  public static final int PROTECTION_BPS_MAX = 10_000;

  private final Assets assets;
  private final @Nullable Instrument[] byId;
  private final MutableList<Instrument> created = Lists.mutable.empty();
  private final MutableSet<Name> symbols = Sets.mutable.empty();

  public Instruments(final int instrumentsMax, final Assets assets) {
    byId = new Instrument[instrumentsMax + 1];
    this.assets = assets;
  }

  public ReasonCode create(final CreateInstrumentDecoder command) {
    final Name symbol = new Name(
        command.symbol().w0(), command.symbol().w1(), command.symbol().w2(), command.symbol().w3());
    final ReasonCode identity = checkIdentity(command, symbol);
    if (ReasonCode.OK != identity) {
      return identity;
    }
    final ReasonCode terms = checkTerms(command);
    if (ReasonCode.OK != terms) {
      return terms;
    }
    final Asset base = assets.get(command.baseAssetId());
    final Asset quote = assets.get(command.quoteAssetId());
    if (null == base || null == quote || base.id() == quote.id()) {
      return ReasonCode.UNKNOWN_ASSET;
    }
    return !ContractTerms.spot(command.kind()).isContract()
        ? createSpot(command, symbol, base, quote) : createContract(command, symbol, base, quote);
  }

  private ReasonCode createSpot(
      final CreateInstrumentDecoder command, final Name symbol, final Asset base, final Asset quote) {
    final long tickE10 = command.tickSizeE10();
    final long lotE10 = command.lotSizeE10();
    final long baseUnitsPerLot = WholeUnits.of(lotE10, 1, 10 - base.scale());
    final long quoteUnitsPerTickLot = WholeUnits.of(tickE10, lotE10, 20 - quote.scale());
    if (WholeUnits.NOT_WHOLE == baseUnitsPerLot || WholeUnits.NOT_WHOLE == quoteUnitsPerTickLot) {
      return ReasonCode.TICK_LOT_NOT_WHOLE;
    }
    if (WholeUnits.TOO_LARGE == quoteUnitsPerTickLot) {
      return ReasonCode.AMOUNT_OVERFLOW;
    }
    if (0 != command.settleAssetId() || 0 != command.multiplierE10() || 0 != command.expiryTimeNs()
        || 0 != command.strikeTicks() || 0 != command.indexInstrumentId() || 0 != command.settlementWindowNs()) {
      return ReasonCode.CONTRACT_TERMS_INVALID;
    }
    register(new Instrument(command, symbol, baseUnitsPerLot, quoteUnitsPerTickLot,
        ContractTerms.spot(command.kind())));
    return ReasonCode.OK;
  }

  /** A linear contract is worth a whole number of settle units a tick and lot, so that it never rounds either. */
  private ReasonCode createContract(
      final CreateInstrumentDecoder command, final Name symbol, final Asset base, final Asset quote) {
    ContractTerms terms = terms(command, base, quote);
    final Asset settle = assets.get(terms.settleAssetId());
    if (null == settle) {
      return ReasonCode.UNKNOWN_ASSET;
    }
    long unitsPerTickLot = 1;
    if (terms.isInverse()) {
      if (settle.id() != base.id()) {
        return ReasonCode.CONTRACT_TERMS_INVALID;
      }
      terms = terms.inverse(command.tickSizeE10(), command.lotSizeE10(), settle.scale());
    } else {
      unitsPerTickLot = WholeUnits.of(command.tickSizeE10(), command.lotSizeE10(), terms.multiplierE10(),
          30 - settle.scale());
      if (WholeUnits.NOT_WHOLE == unitsPerTickLot) {
        return ReasonCode.TICK_LOT_NOT_WHOLE;
      }
      if (WholeUnits.TOO_LARGE == unitsPerTickLot) {
        return ReasonCode.AMOUNT_OVERFLOW;
      }
    }
    final ReasonCode code = terms.check(command.markUnitsPerTick());
    if (ReasonCode.OK != code) {
      return code;
    }
    final Instrument instrument = new Instrument(command, symbol, 1, unitsPerTickLot, terms);
    final Instrument index = terms.indexInstrumentId() == instrument.id() ? instrument : get(terms.indexInstrumentId());
    if (null == index) {
      return ReasonCode.UNKNOWN_INSTRUMENT;
    }
    if (instrument.feeInBase() || !instrument.canFollow(index)) {
      return ReasonCode.CONTRACT_TERMS_INVALID;
    }
    register(instrument);
    return ReasonCode.OK;
  }

  private static ContractTerms terms(final CreateInstrumentDecoder command, final Asset base, final Asset quote) {
    final InstrumentKind kind = command.kind();
    final boolean isInverse = InstrumentKind.INVERSE_PERPETUAL == kind || InstrumentKind.INVERSE_FUTURE == kind;
    final int settleAssetId =
        0 != command.settleAssetId() ? command.settleAssetId() : isInverse ? base.id() : quote.id();
    final long multiplierE10 = 0 == command.multiplierE10() ? ContractTerms.ONE_E10 : command.multiplierE10();
    final int indexInstrumentId =
        0 == command.indexInstrumentId() ? command.instrumentId() : command.indexInstrumentId();
    return new ContractTerms(kind, settleAssetId, multiplierE10, command.expiryTimeNs(), command.strikeTicks(),
        indexInstrumentId, command.settlementWindowNs(), 0, 1);
  }

  private ReasonCode checkIdentity(final CreateInstrumentDecoder command, final Name symbol) {
    final int instrumentId = command.instrumentId();
    if (instrumentId < 1) {
      return ReasonCode.OUT_OF_RANGE;
    }
    if (instrumentId >= byId.length) {
      return ReasonCode.CAPACITY_INSTRUMENTS;
    }
    if (null != byId[instrumentId]) {
      return ReasonCode.DUPLICATE_INSTRUMENT;
    }
    if (!symbol.isValid()) {
      return ReasonCode.NAME_INVALID;
    }
    return symbols.contains(symbol) ? ReasonCode.DUPLICATE_NAME : ReasonCode.OK;
  }

  private static ReasonCode checkTerms(final CreateInstrumentDecoder command) {
    final InstrumentKind kind = command.kind();
    if (InstrumentKind.NULL_VAL == kind || kind.value() > InstrumentKind.SYNTHETIC.value()) {
      return ReasonCode.UNKNOWN_ENUM;
    }
    if (command.multiplierE10() < 0 || command.expiryTimeNs() < 0) {
      return ReasonCode.CONTRACT_TERMS_INVALID;
    }
    if (command.tickSizeE10() <= 0 || command.lotSizeE10() <= 0 || command.markUnitsPerTick() <= 0) {
      return ReasonCode.OUT_OF_RANGE;
    }
    if (command.protectionBps() < 0 || command.protectionBps() > PROTECTION_BPS_MAX) {
      return ReasonCode.PROTECTION_OUT_OF_RANGE;
    }
    if (!feesValid(command.makerFeeE8(), command.takerFeeE8())) {
      return ReasonCode.FEE_OUT_OF_RANGE;
    }
    return limitsValid(command.collarBps(), command.minLots(), command.maxLots(),
        command.minNotionalUnits(), command.maxNotionalUnits()) ? ReasonCode.OK : ReasonCode.LIMITS_INVALID;
  }

  /** Rates for orders accepted from now on; orders that are open keep theirs. */
  public ReasonCode setFees(final int instrumentId, final int makerFeeE8, final int takerFeeE8) {
    final Instrument instrument = get(instrumentId);
    if (null == instrument) {
      return ReasonCode.UNKNOWN_INSTRUMENT;
    }
    if (!feesValid(makerFeeE8, takerFeeE8)) {
      return ReasonCode.FEE_OUT_OF_RANGE;
    }
    instrument.fees(makerFeeE8, takerFeeE8);
    return ReasonCode.OK;
  }

  public ReasonCode setLimits(final SetLimitsDecoder command) {
    final Instrument instrument = get(command.instrumentId());
    if (null == instrument) {
      return ReasonCode.UNKNOWN_INSTRUMENT;
    }
    if (!limitsValid(command.collarBps(), command.minLots(), command.maxLots(),
        command.minNotionalUnits(), command.maxNotionalUnits())) {
      return ReasonCode.LIMITS_INVALID;
    }
    instrument.limits(command.collarBps(), command.minLots(), command.maxLots(),
        command.minNotionalUnits(), command.maxNotionalUnits());
    return ReasonCode.OK;
  }

  private static boolean feesValid(final int makerFeeE8, final int takerFeeE8) {
    return makerFeeE8 >= -FEE_E8_MAX && makerFeeE8 <= FEE_E8_MAX
        && takerFeeE8 >= -FEE_E8_MAX && takerFeeE8 <= FEE_E8_MAX
        && makerFeeE8 + takerFeeE8 >= 0;
  }

  private static boolean limitsValid(
      final int collarBps, final long minLots, final long maxLots,
      final long minNotionalUnits, final long maxNotionalUnits) {
    return collarBps >= 0 && collarBps <= COLLAR_BPS_MAX
        && minLots >= 0 && (0 == maxLots || maxLots >= Math.max(1, minLots))
        && minNotionalUnits >= 0 && (0 == maxNotionalUnits || maxNotionalUnits >= Math.max(1, minNotionalUnits));
  }

  /** The instrument, or null when there is none of this id. */
  public @Nullable Instrument get(final int instrumentId) {
    return instrumentId < 1 || instrumentId >= byId.length ? null : byId[instrumentId];
  }

  public int count() {
    return created.size();
  }

  /** The instrument created as number {@code index}, from 0. */
  public Instrument at(final int index) {
    return created.get(index);
  }

  private void register(final Instrument instrument) {
    byId[instrument.id()] = instrument;
    created.add(instrument);
    symbols.add(instrument.symbol());
  }

  @Override
  public int componentId() {
    return 11;
  }

  @Override
  public String componentName() {
    return "instruments";
  }

  @Override
  public void save(final SnapshotSink sink) {
    if (created.isEmpty()) {
      return;
    }
    sink.putInt(created.size());
    for (int i = 0; i < created.size(); i++) {
      created.get(i).save(sink);
    }
  }

  @Override
  public void load(final SnapshotSource source) {
    final int count = source.getInt();
    for (int i = 0; i < count; i++) {
      register(new Instrument(source));
    }
  }
}
