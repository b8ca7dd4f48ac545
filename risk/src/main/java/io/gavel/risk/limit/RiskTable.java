package io.gavel.risk.limit;

import io.gavel.codecs.SnapshotSink;
import io.gavel.codecs.SnapshotSource;
import io.gavel.codecs.StateOwner;
import io.gavel.codecs.sbe.Flag;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.RiskLimitKind;
import io.gavel.codecs.sbe.SetRiskLimitsDecoder;
import io.gavel.codecs.sbe.Side;
import io.gavel.risk.instrument.Instrument;
import io.gavel.risk.instrument.Instruments;
import io.gavel.risk.mark.Marks;
import io.gavel.risk.money.FixedPoint;
import java.util.Arrays;

/**
 * Pre-trade risk as one table of at most 64 predicates over integers. It is compiled when it changes: for each
 * instrument and each kind a word with a bit for every row, so that the rows to look at are one AND, and the loop over
 * them is bounded. Rows change one by one or, staged, all together at one sequence. An order is let in when every row
 * that is about it holds; every figure is the worst one: the position with all open orders of that side filled.
 *
 * <p>Which of several rows refuses is the first by number. Ages are counted in engine time, which {@link #now} sets.
 * Allocates nothing after start. One thread.
 */
public final class RiskTable implements StateOwner {

  /** Rows are numbered from 1 to this. */
  public static final int ROWS_MAX = RiskRows.ROWS_MAX;
  /** What {@link #leverageMaxE2} says when no row is about the account. */
  public static final int NO_LEVERAGE_MAX = Integer.MAX_VALUE;
  /** The longest look-back and the longest pause: 366 days. */
  public static final long SPAN_NS_MAX = 366L * 86_400 * 1_000_000_000L;
  /** Stop-outs that a row can count to. */
  public static final int STOPS_MAX = CoolingOff.STOPS_MAX;
  /** Tokens that one command can cost. */
  public static final int COST_MAX = 1_000_000;

  private static final int KINDS = RiskLimitKind.values().length;
  private static final int TEMPLATES = 64;

  final RiskRows rows = new RiskRows();
  final AccountProfiles profiles;
  private final RiskRows staged = new RiskRows();
  private final Instruments instruments;
  private final ExposureView exposures;
  private final Marks marks;
  private final RiskTableCheck check;
  private final VolatilityHalts volatility = new VolatilityHalts();
  private final long[] rowsOfInstrument;
  private final long[] rowsOfKind = new long[KINDS];
  private final int[] costs = new int[TEMPLATES];
  private long orderRows;
  private long groupRows;
  private long positionRows;
  private long nowNs;

  public RiskTable(final int instrumentsMax, final Instruments instruments, final AccountProfiles profiles,
      final ExposureView exposures, final Marks marks) {
    this.instruments = instruments;
    this.profiles = profiles;
    this.exposures = exposures;
    this.marks = marks;
    check = new RiskTableCheck(instruments);
    rowsOfInstrument = new long[instrumentsMax + 1];
    compile();
  }

  /** How far the markets moved that rows watch. */
  public VolatilityHalts volatility() {
    return volatility;
  }

  /** Engine time moved. */
  public void now(final long timeNs) {
    nowNs = timeNs;
  }

  // ---- rows

  /**
   * Puts a row in, or takes it out.
   *
   * @param accountSlot whom the row is about; negative: anyone
   * @return OK, or why the row means nothing
   */
  public ReasonCode set(final SetRiskLimitsDecoder command, final int accountSlot) {
    final ReasonCode code = check.check(command, staged);
    if (ReasonCode.OK != code) {
      return code;
    }
    staged.set(command.row() - 1, command, Math.max(RiskRows.ANY_ACCOUNT, accountSlot));
    if (Flag.NO == command.staged()) {
      for (int row = 0; row < ROWS_MAX; row++) {
        if (!rows.isSame(row, staged)) {
          volatility.forget(row);
        }
      }
      rows.copyFrom(staged);
      compile();
    }
    return ReasonCode.OK;
  }

  private void compile() {
    Arrays.fill(rowsOfKind, 0);
    Arrays.fill(rowsOfInstrument, 0);
    Arrays.fill(costs, 1);
    for (int row = 0; row < ROWS_MAX; row++) {
      if (!rows.isEmpty(row)) {
        rowsOfKind[rows.kinds[row].value()] |= 1L << row;
        placeRow(row);
      }
    }
    positionRows = of(RiskLimitKind.POSITION_LOTS) | of(RiskLimitKind.POSITION_NOTIONAL);
    groupRows = of(RiskLimitKind.GROUP_LOTS) | of(RiskLimitKind.GROUP_NOTIONAL);
    orderRows = positionRows | groupRows | of(RiskLimitKind.OPEN_INTEREST) | of(RiskLimitKind.VOLATILITY)
        | of(RiskLimitKind.ORDER_LOTS) | of(RiskLimitKind.ORDER_NOTIONAL);
    for (long left = of(RiskLimitKind.COMMAND_COST); 0 != left; left &= left - 1) {
      final int row = Long.numberOfTrailingZeros(left);
      costs[rows.templateIds[row]] = (int) rows.limits[row];
    }
  }

  private void placeRow(final int row) {
    final int only = rows.instrumentIds[row];
    for (int instrumentId = 0; instrumentId < rowsOfInstrument.length; instrumentId++) {
      if (0 == only || only == instrumentId) {
        rowsOfInstrument[instrumentId] |= 1L << row;
      }
    }
  }

  /** Bits of the rows of a kind that are in force. */
  long of(final RiskLimitKind kind) {
    return rowsOfKind[kind.value()];
  }

  /** Bits of the rows of a kind that can be about the instrument. */
  long of(final RiskLimitKind kind, final int instrumentId) {
    return rowsOfKind[kind.value()] & rowsOfInstrument[instrumentId];
  }

  /** Whether any row is about orders: the one branch of a house without limits. */
  public boolean isOn() {
    return 0 != orderRows;
  }

  /** Whether open orders have to be counted. */
  public boolean countsOpenLots() {
    return 0 != (positionRows | groupRows | of(RiskLimitKind.OPEN_INTEREST));
  }

  /** Whether positions have to be added up over all accounts. */
  public boolean countsTotals() {
    return 0 != of(RiskLimitKind.OPEN_INTEREST);
  }

  /** Whether losses and stop-outs have to be counted. */
  public boolean countsLosses() {
    return 0 != (of(RiskLimitKind.STOP_OUTS) | of(RiskLimitKind.LOSS));
  }

  /** Rows in force. */
  public int size() {
    return rows.count();
  }

  // ---- orders

  /** Whether every row about an order that takes new risk holds; else why not, and in the ask which row. */
  public ReasonCode check(final RiskAsk ask) {
    final long candidates = orderRows & rowsOfInstrument[ask.instrumentId];
    if (0 == candidates) {
      return ReasonCode.OK;
    }
    final Instrument instrument = instruments.get(ask.instrumentId);
    if (null == instrument) {
      return ReasonCode.UNKNOWN_INSTRUMENT;
    }
    final long worstLots = 0 == (candidates & positionRows) ? 0 : worstLots(ask.accountSlot, ask);
    final long groupLots = 0 == (candidates & groupRows) ? 0 : groupLots(ask);
    final int ticks = referenceTicks(ask);
    for (long left = candidates; 0 != left; left &= left - 1) {
      final int row = Long.numberOfTrailingZeros(left);
      if (isAbout(row, ask.accountSlot, instrument)) {
        final ReasonCode code = check(row, ask, instrument, ticks, worstLots, groupLots);
        if (ReasonCode.OK != code) {
          ask.row = row + 1;
          return code;
        }
      }
    }
    return ReasonCode.OK;
  }

  private ReasonCode check(final int row, final RiskAsk ask, final Instrument instrument, final int ticks,
      final long worstLots, final long groupLots) {
    final long limit = rows.limits[row];
    return switch (rows.kinds[row]) {
      case ORDER_LOTS -> ask.lots > limit ? ReasonCode.SIZE_ABOVE_MAX : ReasonCode.OK;
      case ORDER_NOTIONAL -> notionalUnits(instrument, Math.max(ticks, ask.priceTicks), ask.lots) > limit
          ? ReasonCode.NOTIONAL_ABOVE_MAX : ReasonCode.OK;
      case POSITION_LOTS -> worstLots > limit ? ReasonCode.POSITION_ABOVE_MAX : ReasonCode.OK;
      case POSITION_NOTIONAL -> notionalUnits(instrument, ticks, worstLots) > limit
          ? ReasonCode.POSITION_ABOVE_MAX : ReasonCode.OK;
      case GROUP_LOTS -> groupLots > limit ? ReasonCode.POSITION_ABOVE_MAX : ReasonCode.OK;
      case GROUP_NOTIONAL -> notionalUnits(instrument, ticks, groupLots) > limit
          ? ReasonCode.POSITION_ABOVE_MAX : ReasonCode.OK;
      case OPEN_INTEREST -> openInterestLots(ask) > limit ? ReasonCode.OPEN_INTEREST_ABOVE_MAX : ReasonCode.OK;
      case VOLATILITY -> checkVolatility(row, ask);
      default -> ReasonCode.OK;
    };
  }

  private ReasonCode checkVolatility(final int row, final RiskAsk ask) {
    if (volatility.untilNs(row) <= nowNs) {
      return ReasonCode.OK;
    }
    ask.untilTimeNs = volatility.untilNs(row);
    return ReasonCode.VOLATILITY_HALT;
  }

  /** The account's worst position on the side of the ask, the ask included; never below zero. */
  private long worstLots(final int accountSlot, final RiskAsk ask) {
    final long openLots = exposures.worstLots(accountSlot, ask.instrumentId, ask.side);
    return accountSlot == ask.accountSlot
        ? Math.max(0, FixedPoint.addSaturating(openLots, ask.lots - ask.replacedLots)) : Math.max(0, openLots);
  }

  /** Accounts of a group are added up, never set off against each other. */
  private long groupLots(final RiskAsk ask) {
    final int groupId = profiles.groupId(ask.accountSlot);
    if (0 == groupId) {
      return 0;
    }
    long lots = 0;
    for (int member = profiles.first(groupId); AccountProfiles.NULL_SLOT != member; member = profiles.next(member)) {
      lots = FixedPoint.addSaturating(lots, worstLots(member, ask));
    }
    return lots;
  }

  /**
   * The most that can be open on both sides when every open order is filled. What is bought long is sold short, so the
   * smaller of the two sides bounds it.
   */
  private long openInterestLots(final RiskAsk ask) {
    final long before = Math.max(0, exposures.worstLots(ask.accountSlot, ask.instrumentId, ask.side));
    final Side other = Side.BUY == ask.side ? Side.SELL : Side.BUY;
    final long sameLots = FixedPoint.addSaturating(
        exposures.worstTotalLots(ask.instrumentId, ask.side), worstLots(ask.accountSlot, ask) - before);
    return Math.min(sameLots, exposures.worstTotalLots(ask.instrumentId, other));
  }

  /** What a position is worth is measured by the mark, rounded up; without one by the last price, or the order's. */
  private int referenceTicks(final RiskAsk ask) {
    final int markTicks = marks.ceilTicks(ask.instrumentId, PriceSource.MARK);
    if (0 != markTicks) {
      return markTicks;
    }
    final int lastTicks = marks.ceilTicks(ask.instrumentId, PriceSource.LAST);
    return 0 != lastTicks ? lastTicks : ask.priceTicks;
  }

  private static long notionalUnits(final Instrument instrument, final int ticks, final long lots) {
    return instrument.notionalFits(ticks, lots) ? instrument.notionalUnits(ticks, lots) : Long.MAX_VALUE;
  }

  // ---- accounts

  /** Whether the row is about the account in the instrument; the row's instrument was looked at already. */
  private boolean isAbout(final int row, final int accountSlot, final Instrument instrument) {
    return (0 == rows.assetIds[row] || rows.assetIds[row] == moneyOf(instrument)) && isAbout(row, accountSlot);
  }

  private static int moneyOf(final Instrument instrument) {
    return instrument.isContract() ? instrument.settleAssetId() : instrument.quoteAssetId();
  }

  boolean isAbout(final int row, final int accountSlot) {
    final int only = rows.accountSlots[row];
    if (RiskRows.ANY_ACCOUNT != only && only != accountSlot) {
      return false;
    }
    final int groupId = rows.groupIds[row];
    if (0 != groupId && groupId != profiles.groupId(accountSlot)) {
      return false;
    }
    final int region = rows.regions[row];
    return (0 == region || region == profiles.region(accountSlot)) && isOfAge(row, accountSlot);
  }

  private boolean isOfAge(final int row, final int accountSlot) {
    final long fromNs = rows.agesFromNs[row];
    final long belowNs = rows.agesBelowNs[row];
    if (0 == (fromNs | belowNs)) {
      return true;
    }
    final long ageNs = profiles.ageNs(accountSlot, nowNs);
    return ageNs >= fromNs && (0 == belowNs || ageNs < belowNs);
  }

  /**
   * The largest leverage, times 100, that the account may use for a position of this notional: the smallest of all
   * rows that are about it, and of the row its profile names; {@link #NO_LEVERAGE_MAX} when there is none.
   */
  public int leverageMaxE2(final int accountSlot, final int instrumentId, final long notionalUnits) {
    final long candidates = of(RiskLimitKind.LEVERAGE, instrumentId);
    final Instrument instrument = 0 == candidates ? null : instruments.get(instrumentId);
    if (null == instrument) {
      return NO_LEVERAGE_MAX;
    }
    final int own = profiles.leverageRow(accountSlot) - 1;
    int leverageE2 = NO_LEVERAGE_MAX;
    for (long left = candidates; 0 != left; left &= left - 1) {
      final int row = Long.numberOfTrailingZeros(left);
      final boolean above = 0 == rows.thresholdsUnits[row] || notionalUnits > rows.thresholdsUnits[row];
      if (row == own || (above && isAbout(row, accountSlot, instrument))) {
        leverageE2 = (int) Math.min(leverageE2, rows.limits[row]);
      }
    }
    return leverageE2;
  }

  /** Tokens of the rate that a command takes. */
  public int cost(final int templateId) {
    return templateId < TEMPLATES ? costs[templateId] : 1;
  }

  // ---- prices

  /** Whether a price of the instrument has to be told to {@link #marked}. */
  public boolean watches(final int instrumentId) {
    return 0 != of(RiskLimitKind.VOLATILITY, instrumentId);
  }

  /**
   * The price positions are measured by has moved.
   *
   * @return the row, from 1, whose pause begins or lasts longer now; 0: none
   */
  public int marked(final int instrumentId, final long priceUnits) {
    int tripped = 0;
    for (long left = of(RiskLimitKind.VOLATILITY, instrumentId); 0 != left; left &= left - 1) {
      final int row = Long.numberOfTrailingZeros(left);
      if (volatility.marked(row, priceUnits, nowNs, rows) && 0 == tripped) {
        tripped = row + 1;
      }
    }
    return tripped;
  }

  /** Until when the row's pause lasts; 0: it never began. */
  public long pausedUntilNs(final int row) {
    return volatility.untilNs(row - 1);
  }

  // ---- cascades

  /** The row that paces fired rules of the instrument, from 0; negative: none. */
  int cascadeRow(final int instrumentId) {
    final long candidates = of(RiskLimitKind.CASCADE, instrumentId);
    return 0 == candidates ? -1 : Long.numberOfTrailingZeros(candidates);
  }

  // ---- state

  @Override
  public int componentId() {
    return 60;
  }

  @Override
  public String componentName() {
    return "risk-table";
  }

  @Override
  public void save(final SnapshotSink sink) {
    boolean same = true;
    for (int row = 0; row < ROWS_MAX; row++) {
      same &= rows.isSame(row, staged);
    }
    if (same && 0 == rows.count()) {
      return;
    }
    rows.save(sink);
    sink.putInt(same ? 1 : 0);
    if (!same) {
      staged.save(sink);
    }
  }

  @Override
  public void load(final SnapshotSource source) {
    rows.load(source);
    if (0 == source.getInt()) {
      staged.load(source);
    } else {
      staged.copyFrom(rows);
    }
    compile();
  }
}
