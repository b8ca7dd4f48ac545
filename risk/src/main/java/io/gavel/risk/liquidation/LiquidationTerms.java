package io.gavel.risk.liquidation;

import io.gavel.codecs.SnapshotSink;
import io.gavel.codecs.SnapshotSource;
import io.gavel.codecs.StateOwner;
import io.gavel.codecs.sbe.ReductionPolicy;
import io.gavel.risk.liquidation.DeleverageRanking.Policy;

/**
 * How positions of each instrument are liquidated, and how much the insurance fund and the backstop have paid for them
 * against their caps. Amounts are settle units; a cap of 0 is none. One thread.
 */
public final class LiquidationTerms implements StateOwner {

  private static final int COLLAR_BPS = 0;
  private static final int DEPTH_SHARE_BPS = 1;
  private static final int PARTIAL_BPS = 2;
  private static final int ATTEMPTS_MAX = 3;
  private static final int RETRY_NS = 4;
  private static final int POLICY = 5;
  private static final int FUND_ACCOUNT_MAX = 6;
  private static final int FUND_INSTRUMENT_MAX = 7;
  private static final int FUND_INTERVAL_MAX = 8;
  private static final int INTERVAL_NS = 9;
  private static final int BACKSTOP_LOSS_MAX = 10;
  private static final int FUND_PAID = 11;
  private static final int FUND_INTERVAL_PAID = 12;
  private static final int INTERVAL_END_NS = 13;
  private static final int BACKSTOP_LOST = 14;
  private static final int REDUCTION = 15;
  private static final int INSURANCE_FEE_E6 = 16;
  private static final int STRIDE = 17;

  private final long[] terms;
  private long backstopAccount;

  public LiquidationTerms(final int instrumentsMax) {
    terms = new long[(instrumentsMax + 1) * STRIDE];
  }

  /** The account that takes positions over; 0 before one was named: nobody is liquidated. */
  public long backstopAccount() {
    return backstopAccount;
  }

  public void backstopAccount(final long account) {
    backstopAccount = account;
  }

  /** How liquidation orders are sized and priced, and how often they are tried before a takeover. */
  public void orders(final int instrumentId, final int collarBps, final int depthShareBps, final int partialBps,
      final ReductionPolicy reduction, final int attemptsMax, final long retryNs) {
    final int at = instrumentId * STRIDE;
    terms[at + COLLAR_BPS] = collarBps;
    terms[at + DEPTH_SHARE_BPS] = depthShareBps;
    terms[at + PARTIAL_BPS] = partialBps;
    terms[at + REDUCTION] = reduction.value();
    terms[at + ATTEMPTS_MAX] = attemptsMax;
    terms[at + RETRY_NS] = retryNs;
  }

  /** Caps on the fund by account, instrument and interval, and on the backstop; what was paid so far stays counted. */
  public void caps(final int instrumentId, final Policy policy, final long fundAccountMax, final long fundInstrumentMax,
      final long fundIntervalMax, final long intervalNs, final long backstopLossMax) {
    final int at = instrumentId * STRIDE;
    terms[at + POLICY] = policy.ordinal();
    terms[at + FUND_ACCOUNT_MAX] = fundAccountMax;
    terms[at + FUND_INSTRUMENT_MAX] = fundInstrumentMax;
    terms[at + FUND_INTERVAL_MAX] = fundIntervalMax;
    terms[at + INTERVAL_NS] = intervalNs;
    terms[at + BACKSTOP_LOSS_MAX] = backstopLossMax;
  }

  /** How far from the mark a liquidation order may trade, in 10^-4. */
  public int collarBps(final int instrumentId) {
    return (int) terms[instrumentId * STRIDE + COLLAR_BPS];
  }

  /** The share of the visible lots within the collar that one order may take, in 10^-4; 0: no orders are sent. */
  public int depthShareBps(final int instrumentId) {
    return (int) terms[instrumentId * STRIDE + DEPTH_SHARE_BPS];
  }

  /** The share of a position that one order closes at most, in 10^-4; 0: all of it. */
  public int partialBps(final int instrumentId) {
    return (int) terms[instrumentId * STRIDE + PARTIAL_BPS];
  }

  /** What insurance takes, in 10^-6 of the value closed, of what orders fetch above the bankruptcy price. */
  public void insuranceFee(final int instrumentId, final int feeE6) {
    terms[instrumentId * STRIDE + INSURANCE_FEE_E6] = feeE6;
  }

  public int insuranceFeeE6(final int instrumentId) {
    return (int) terms[instrumentId * STRIDE + INSURANCE_FEE_E6];
  }

  /** What an order wants to close. */
  public ReductionPolicy reduction(final int instrumentId) {
    return ReductionPolicy.get((short) terms[instrumentId * STRIDE + REDUCTION]);
  }

  /** Orders after which the rest is taken over. */
  public int attemptsMax(final int instrumentId) {
    return (int) terms[instrumentId * STRIDE + ATTEMPTS_MAX];
  }

  /** How long a liquidation pauses when the depth is not enough. */
  public long retryNs(final int instrumentId) {
    return terms[instrumentId * STRIDE + RETRY_NS];
  }

  public Policy policy(final int instrumentId) {
    return 0 == terms[instrumentId * STRIDE + POLICY] ? Policy.PRO_RATA : Policy.GREEDY;
  }

  /** What the fund has paid for the instrument. */
  public long fundPaidUnits(final int instrumentId) {
    return terms[instrumentId * STRIDE + FUND_PAID];
  }

  /** What the fund has paid for the instrument in the interval of that time. */
  public long fundIntervalPaidUnits(final int instrumentId, final long timeNs) {
    final int at = instrumentId * STRIDE;
    return timeNs < terms[at + INTERVAL_END_NS] ? terms[at + FUND_INTERVAL_PAID] : 0;
  }

  /** What the backstop has paid for the instrument. */
  public long backstopLostUnits(final int instrumentId) {
    return terms[instrumentId * STRIDE + BACKSTOP_LOST];
  }

  /** What the fund may pay of a shortfall of one account, with so much in it. */
  long fundGrant(final int instrumentId, final long wantedUnits, final long fundUnits, final long timeNs) {
    final int at = instrumentId * STRIDE;
    long grant = Math.min(wantedUnits, Math.max(0, fundUnits));
    grant = Math.min(grant, left(terms[at + FUND_ACCOUNT_MAX], 0));
    grant = Math.min(grant, left(terms[at + FUND_INSTRUMENT_MAX], terms[at + FUND_PAID]));
    return Math.min(grant, left(terms[at + FUND_INTERVAL_MAX], fundIntervalPaidUnits(instrumentId, timeNs)));
  }

  /** What the fund pays of a shortfall of one account outside of a takeover; counted against the caps. */
  public long grant(final int instrumentId, final long wantedUnits, final long fundUnits, final long timeNs) {
    final long granted = fundGrant(instrumentId, wantedUnits, fundUnits, timeNs);
    paid(instrumentId, granted, 0, timeNs);
    return granted;
  }

  /** What the backstop may lose of a shortfall, with so much in it. */
  long backstopGrant(final int instrumentId, final long wantedUnits, final long backstopUnits) {
    final int at = instrumentId * STRIDE;
    return Math.min(Math.min(wantedUnits, Math.max(0, backstopUnits)),
        left(terms[at + BACKSTOP_LOSS_MAX], terms[at + BACKSTOP_LOST]));
  }

  private static long left(final long max, final long used) {
    return 0 == max ? Long.MAX_VALUE : Math.max(0, max - used);
  }

  /** Counts what was paid against the caps. An interval begins with its first payment. */
  void paid(final int instrumentId, final long fundUnits, final long backstopUnits, final long timeNs) {
    final int at = instrumentId * STRIDE;
    terms[at + BACKSTOP_LOST] += backstopUnits;
    if (0 == fundUnits) {
      return;
    }
    if (timeNs >= terms[at + INTERVAL_END_NS]) {
      terms[at + INTERVAL_END_NS] = timeNs + terms[at + INTERVAL_NS];
      terms[at + FUND_INTERVAL_PAID] = 0;
    }
    terms[at + FUND_PAID] += fundUnits;
    terms[at + FUND_INTERVAL_PAID] += fundUnits;
  }

  @Override
  public int componentId() {
    return 50;
  }

  @Override
  public String componentName() {
    return "liquidation-terms";
  }

  @Override
  public void save(final SnapshotSink sink) {
    int count = 0;
    for (final long each : terms) {
      count += 0 == each ? 0 : 1;
    }
    if (0 == count && 0 == backstopAccount) {
      return;
    }
    sink.putLong(backstopAccount);
    sink.putInt(count);
    for (int at = 0; at < terms.length; at++) {
      if (0 != terms[at]) {
        sink.putInt(at / STRIDE);
        sink.putInt(at % STRIDE);
        sink.putLong(terms[at]);
      }
    }
  }

  @Override
  public void load(final SnapshotSource source) {
    backstopAccount = source.getLong();
    final int count = source.getInt();
    for (int i = 0; i < count; i++) {
      final int at = source.getInt() * STRIDE;
      terms[at + source.getInt()] = source.getLong();
    }
  }
}
