package io.gavel.risk.margin;

import io.gavel.codecs.Invariants;
import io.gavel.codecs.SnapshotSink;
import io.gavel.codecs.SnapshotSource;
import io.gavel.codecs.StateOwner;
import io.gavel.codecs.sbe.InstrumentKind;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.SetOptionVolatilityDecoder;
import io.gavel.codecs.sbe.SetPortfolioMarginDecoder;
import io.gavel.risk.instrument.Instrument;
import io.gavel.risk.instrument.Instruments;
import io.gavel.risk.mark.Marks;
import io.gavel.risk.money.FixedPoint;
import io.gavel.risk.money.Rounding;
import io.gavel.risk.option.Inputs;
import io.gavel.risk.option.PortfolioParameter;
import io.gavel.risk.option.PortfolioParameters;
import io.gavel.risk.position.Contracts;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Portfolio margin of accounts: volatilities and parameters as they were set, which are its state, and what follows
 * from them, the positions and the marks. Positions on one underlying are one portfolio (F-40b), underlyings do not
 * offset one another. What the model cannot value (an inverse contract, an option without a volatility, a price that is
 * missing) needs what it would need by itself.
 *
 * <p>Open orders: each instrument's bought or sold in full, whichever needs more, margined by itself and added. Losses
 * of parts under their own worst scenarios are no less than that of the whole under one, as long as assets are
 * discounted at no more than debts.
 *
 * <p>A changed parameter, and the first volatility, rate or forward of an option, allocates; all else does not. One
 * thread.
 */
public final class PortfolioBook implements PortfolioRequirement, StateOwner {

  private static final int FIGURES = 3;
  private static final int VOLATILITY = 0;
  private static final int RATE = 1;
  private static final int FORWARD = 2;
  private static final int LEGS_MAX = 256;
  private static final double ONE_E8 = 1e8;
  private static final double YEAR_NS = 365 * 86_400e9;
  private static final PortfolioParameter[] PARAMETERS = PortfolioParameter.values();

  private final Instruments instruments;
  private final Contracts contracts;
  private final Marks marks;
  private final MarginRegister register;
  private final LegMargin leg;
  private final AccountCollateral collateral;
  private final int instrumentsMax;
  /** Volatility, rate and forward of each option, by its id. */
  private long[] options = {};
  /** Changed parameters of each underlying, by its id. */
  private final long[] @Nullable [] parameters;
  private final @Nullable PortfolioMarket[] markets;

  public PortfolioBook(final Instruments instruments, final Contracts contracts, final Marks marks,
      final MarginRegister register, final LegMargin leg, final AccountCollateral collateral,
      final int instrumentsMax) {
    this.instruments = instruments;
    this.contracts = contracts;
    this.marks = marks;
    this.register = register;
    this.leg = leg;
    this.collateral = collateral;
    this.instrumentsMax = instrumentsMax;
    parameters = new long[instrumentsMax + 1][];
    markets = new PortfolioMarket[instrumentsMax + 1];
  }

  static boolean isCall(final Instrument instrument) {
    return InstrumentKind.CALL_OPTION == instrument.kind();
  }

  /** Marks an option at a volatility, with the rate to its expiry and the instrument whose mark is its forward. */
  public ReasonCode setVolatility(final SetOptionVolatilityDecoder command) {
    final Instrument option = instruments.get(command.instrumentId());
    if (null == option) {
      return ReasonCode.UNKNOWN_INSTRUMENT;
    }
    if (!option.isOption() || !isForward(command.forwardInstrumentId(), option.indexInstrumentId())
        || !Inputs.isVolatility(command.volatilityE8() / ONE_E8) || !Inputs.isRate(command.rateE8() / ONE_E8)) {
      return ReasonCode.CONTRACT_TERMS_INVALID;
    }
    if (0 == options.length) {
      options = new long[(instrumentsMax + 1) * FIGURES];
    }
    options[option.id() * FIGURES + VOLATILITY] = command.volatilityE8();
    options[option.id() * FIGURES + RATE] = command.rateE8();
    options[option.id() * FIGURES + FORWARD] = command.forwardInstrumentId();
    final PortfolioMarket market = markets[option.indexInstrumentId()];
    if (null != market && market.holds(option.id(), command.rateE8(), command.forwardInstrumentId())) {
      market.volatility(option.id(), command.volatilityE8());
    } else {
      markets[option.indexInstrumentId()] = null;
    }
    return ReasonCode.OK;
  }

  private boolean isForward(final int instrumentId, final int underlying) {
    if (0 == instrumentId) {
      return true;
    }
    final Instrument forward = instruments.get(instrumentId);
    return null != forward && forward.isContract() && !forward.isOption() && !forward.isInverse()
        && underlying == forward.indexInstrumentId();
  }

  /** Changes one parameter of an underlying. */
  public ReasonCode setParameter(final SetPortfolioMarginDecoder command) {
    final Instrument underlying = instruments.get(command.instrumentId());
    if (null == underlying) {
      return ReasonCode.UNKNOWN_INSTRUMENT;
    }
    if (command.parameter() >= PARAMETERS.length
        || !PARAMETERS[command.parameter()].permits(command.valueE8() / ONE_E8)) {
      return ReasonCode.CONTRACT_TERMS_INVALID;
    }
    changedParameters(underlying.id())[command.parameter()] = command.valueE8();
    markets[underlying.id()] = null;
    return ReasonCode.OK;
  }

  /** Those of an underlying that has its own; the first change begins with the published ones. */
  private long[] changedParameters(final int underlying) {
    final long[] before = parameters[underlying];
    if (null != before) {
      return before;
    }
    final long[] own = new long[PARAMETERS.length];
    for (int i = 0; i < own.length; i++) {
      own[i] = baseE8(i);
    }
    parameters[underlying] = own;
    return own;
  }

  private static long baseE8(final int parameter) {
    return StrictMath.round(PARAMETERS[parameter].base() * ONE_E8);
  }

  @Override
  public long initialUnits(final int accountSlot) {
    return requirement(accountSlot, true);
  }

  @Override
  public long maintenanceUnits(final int accountSlot) {
    return requirement(accountSlot, false);
  }

  /** Each underlying once, when its first position is met. */
  private long requirement(final int accountSlot, final boolean isInitial) {
    long sum = 0;
    for (int position = contracts.first(accountSlot); Contracts.NULL_POSITION != position;
        position = contracts.next(position)) {
      final Instrument instrument = instrument(position);
      if (isFirstOf(accountSlot, position, instrument.indexInstrumentId())) {
        sum = FixedPoint.addSaturating(sum, ofUnderlying(accountSlot, instrument.indexInstrumentId(), isInitial));
      }
    }
    return sum;
  }

  private boolean isFirstOf(final int accountSlot, final int position, final int underlying) {
    int each = contracts.first(accountSlot);
    while (each != position && instrument(each).indexInstrumentId() != underlying) {
      each = contracts.next(each);
    }
    return each == position;
  }

  private long ofUnderlying(final int accountSlot, final int underlying, final boolean isInitial) {
    final PortfolioMarket market = market(underlying);
    market.clear();
    long apart = 0;
    int settleAssetId = 0;
    for (int position = contracts.first(accountSlot); Contracts.NULL_POSITION != position;
        position = contracts.next(position)) {
      final Instrument instrument = instrument(position);
      if (underlying != instrument.indexInstrumentId()) {
        continue;
      }
      final boolean isHeldTogether = isHeldTogether(instrument);
      settleAssetId = isHeldTogether ? instrument.settleAssetId() : settleAssetId;
      if (!isHeldTogether || !market.add(instrument, contracts.lots(position))) {
        apart = FixedPoint.addSaturating(apart, byItself(instrument, position, isInitial));
      }
    }
    final long together = isInitial ? market.initialUnits() : market.maintenanceUnits();
    long sum = FixedPoint.addSaturating(apart, reference(settleAssetId, together));
    if (isInitial) {
      sum = FixedPoint.addSaturating(sum, ofOrders(market, accountSlot, underlying));
    }
    return sum;
  }

  /** Only what settles in the quote asset is a decimal price times an amount of it. */
  private static boolean isHeldTogether(final Instrument instrument) {
    return !instrument.isInverse() && instrument.settleAssetId() == instrument.quoteAssetId();
  }

  /** What a position needs without a model, its open orders at their worst when to open. In the reference asset. */
  private long byItself(final Instrument instrument, final int position, final boolean isInitial) {
    return reference(instrument.settleAssetId(), isInitial
        ? leg.initialOf(instrument, register.terms(contracts.accountSlot(position), instrument.id()),
            worstLots(instrument, position), contracts.leverageE2(position))
        : leg.maintenanceOf(position));
  }

  private long worstLots(final Instrument instrument, final int position) {
    final long lots = contracts.lots(position);
    final long afterSales = lots - contracts.openSellLots(position);
    return instrument.isOption() ? Math.max(0, Math.max(-lots, -afterSales))
        : Math.max(Math.abs(lots + contracts.openBuyLots(position)), Math.abs(afterSales));
  }

  private long ofOrders(final PortfolioMarket market, final int accountSlot, final int underlying) {
    long sum = 0;
    for (int position = contracts.first(accountSlot); Contracts.NULL_POSITION != position;
        position = contracts.next(position)) {
      final Instrument instrument = instrument(position);
      if (underlying == instrument.indexInstrumentId() && isHeldTogether(instrument)) {
        final long worst = Math.max(ofOrder(market, instrument, contracts.openBuyLots(position)),
            ofOrder(market, instrument, -contracts.openSellLots(position)));
        sum = FixedPoint.addSaturating(sum, reference(instrument.settleAssetId(), worst));
      }
    }
    return sum;
  }

  /** What cannot be valued has been margined with its orders already. */
  private static long ofOrder(final PortfolioMarket market, final Instrument instrument, final long lots) {
    if (0 == lots) {
      return 0;
    }
    market.clear();
    return market.add(instrument, lots) ? market.initialUnits() : 0;
  }

  private long reference(final int settleAssetId, final long settleUnits) {
    return 0 == settleUnits ? 0 : collateral.valueUnits(settleAssetId, settleUnits, Rounding.UP);
  }

  /**
   * What the maintenance margin of the account's portfolio on an underlying can lose, at most, for each mark unit that
   * the index moves while all its prices follow in proportion: settle units, rounded up. What is margined by itself is
   * not in it.
   */
  public long lossBoundPerMarkUnit(final int accountSlot, final int underlying) {
    ofUnderlying(accountSlot, underlying, false);
    return market(underlying).lossPerMarkUnit();
  }

  /** Whose mark is the forward of an option; 0: the index is, or the option has no volatility. */
  public int forwardInstrumentId(final int optionId) {
    return 0 == options.length ? 0 : (int) options[optionId * FIGURES + FORWARD];
  }

  /**
   * A bound on what the value of an option depends on the time that is left to it, in 10^-8 of its notional:
   * {@code sigma sqrt(T) + r T}, at most one; 0 without a volatility.
   */
  public long timeValueE8(final int optionId, final long leftNs) {
    if (0 == options.length || 0 == options[optionId * FIGURES + VOLATILITY]) {
      return 0;
    }
    final double years = Math.max(0, leftNs) / YEAR_NS;
    final double share = options[optionId * FIGURES + VOLATILITY] * StrictMath.sqrt(years)
        + StrictMath.abs(options[optionId * FIGURES + RATE] * years);
    return (long) StrictMath.ceil(StrictMath.min(ONE_E8, share));
  }

  private Instrument instrument(final int position) {
    return known(contracts.instrumentId(position));
  }

  private Instrument known(final int instrumentId) {
    final Instrument instrument = instruments.get(instrumentId);
    Invariants.check(null != instrument, "no instrument", instrumentId, 0);
    return Objects.requireNonNull(instrument);
  }

  private PortfolioMarket market(final int underlying) {
    final PortfolioMarket market = markets[underlying];
    return null == market ? build(underlying) : market;
  }

  /** From the state alone, options in the order of the registry, so that it is the same after a snapshot. */
  private PortfolioMarket build(final int underlying) {
    final PortfolioParameters.Builder builder = PortfolioParameters.builder();
    final long[] own = parameters[underlying];
    for (int i = 0; null != own && i < own.length; i++) {
      builder.set(PARAMETERS[i], own[i] / ONE_E8);
    }
    int count = 0;
    for (int i = 0; i < instruments.count(); i++) {
      count += isMarked(instruments.at(i), underlying) ? 1 : 0;
    }
    final PortfolioMarket market = new PortfolioMarket(instruments, marks, known(underlying), builder.build(), count,
        instrumentsMax, LEGS_MAX);
    for (int i = 0; i < instruments.count(); i++) {
      final Instrument option = instruments.at(i);
      if (isMarked(option, underlying)) {
        final int at = option.id() * FIGURES;
        market.add(option, options[at + VOLATILITY], options[at + RATE], (int) options[at + FORWARD]);
      }
    }
    markets[underlying] = market;
    return market;
  }

  private boolean isMarked(final Instrument instrument, final int underlying) {
    return options.length > 0 && instrument.isOption() && underlying == instrument.indexInstrumentId()
        && 0 != options[instrument.id() * FIGURES + VOLATILITY];
  }

  @Override
  public int componentId() {
    return 70;
  }

  @Override
  public String componentName() {
    return "portfolio margin";
  }

  @Override
  public void save(final SnapshotSink sink) {
    int marked = 0;
    int changed = 0;
    for (int id = 1; id <= instrumentsMax; id++) {
      marked += options.length > 0 && 0 != options[id * FIGURES + VOLATILITY] ? 1 : 0;
      changed += null != parameters[id] ? 1 : 0;
    }
    if (0 == marked + changed) {
      return;
    }
    sink.putInt(marked);
    for (int id = 1; id <= instrumentsMax; id++) {
      if (options.length > 0 && 0 != options[id * FIGURES + VOLATILITY]) {
        sink.putInt(id);
        sink.putLong(options[id * FIGURES + VOLATILITY]);
        sink.putLong(options[id * FIGURES + RATE]);
        sink.putInt((int) options[id * FIGURES + FORWARD]);
      }
    }
    sink.putInt(changed);
    for (int id = 1; id <= instrumentsMax; id++) {
      final long[] own = parameters[id];
      if (null != own) {
        sink.putInt(id);
        sink.putInt(own.length);
        for (final long valueE8 : own) {
          sink.putLong(valueE8);
        }
      }
    }
  }

  @Override
  public void load(final SnapshotSource source) {
    options = new long[(instrumentsMax + 1) * FIGURES];
    final int marked = source.getInt();
    for (int i = 0; i < marked; i++) {
      final int at = source.getInt() * FIGURES;
      options[at + VOLATILITY] = source.getLong();
      options[at + RATE] = source.getLong();
      options[at + FORWARD] = source.getInt();
    }
    final int changed = source.getInt();
    for (int i = 0; i < changed; i++) {
      final long[] own = changedParameters(source.getInt());
      final int count = source.getInt();
      Invariants.check(count <= own.length, "parameters of a later version", count, own.length);
      for (int parameter = 0; parameter < count; parameter++) {
        own[parameter] = source.getLong();
      }
    }
  }
}
