package io.gavel.engine.core;

import io.gavel.codecs.SnapshotSink;
import io.gavel.codecs.SnapshotSource;
import io.gavel.codecs.StateOwner;
import io.gavel.codecs.sbe.ReasonCode;

/**
 * What single accounts may have open and how fast they may ask, and how many orders each has open of its own. The rate
 * is a token bucket kept as one time: the moment at which the bucket would be full again. Only what is accepted takes
 * tokens, so that a refusal changes nothing. Accounts are slots; one without limits is not part of the saved state.
 */
final class AccountLimits implements StateOwner {

  private static final long SECOND_NS = 1_000_000_000L;

  private final long[] stpGroups;
  private final int[] openOrders;
  private final int[] openRules;
  private final int[] openOrdersMax;
  private final int[] openRulesMax;
  private final int[] ratesPerSecond;
  private final int[] rateBursts;
  private final long[] fullTimesNs;
  /** Of a nanosecond, the part behind that time, in parts of the rate. */
  private final int[] fullParts;
  private int limited;

  AccountLimits(final int accountsMax) {
    stpGroups = new long[accountsMax];
    openOrders = new int[accountsMax];
    openRules = new int[accountsMax];
    openOrdersMax = new int[accountsMax];
    openRulesMax = new int[accountsMax];
    ratesPerSecond = new int[accountsMax];
    rateBursts = new int[accountsMax];
    fullTimesNs = new long[accountsMax];
    fullParts = new int[accountsMax];
  }

  void set(final int accountSlot, final long stpGroup, final int orders, final int rules, final int ratePerSecond,
      final int rateBurst) {
    limited -= isLimited(accountSlot) ? 1 : 0;
    stpGroups[accountSlot] = stpGroup;
    openOrdersMax[accountSlot] = orders;
    openRulesMax[accountSlot] = rules;
    ratesPerSecond[accountSlot] = ratePerSecond;
    rateBursts[accountSlot] = 0 == ratePerSecond ? 0 : Math.max(1, rateBurst);
    fullTimesNs[accountSlot] = 0;
    fullParts[accountSlot] = 0;
    limited += isLimited(accountSlot) ? 1 : 0;
  }

  /** Accounts whose orders do not trade with each other; 0: the account stands alone. */
  long stpGroup(final int accountSlot) {
    return 0 == limited ? 0 : stpGroups[accountSlot];
  }

  private boolean isLimited(final int accountSlot) {
    return 0 != stpGroups[accountSlot] || 0 != openOrdersMax[accountSlot] || 0 != openRulesMax[accountSlot]
        || 0 != ratesPerSecond[accountSlot];
  }

  /** Whether the account may place one more order now. */
  ReasonCode checkOrder(final int accountSlot, final long nowNs, final int tokens) {
    if (0 == limited) {
      return ReasonCode.OK;
    }
    final int most = openOrdersMax[accountSlot];
    return 0 != most && openOrders[accountSlot] >= most
        ? ReasonCode.OPEN_ORDERS_ABOVE_MAX : checkRate(accountSlot, nowNs, tokens);
  }

  /** Whether the account may arm one more rule now. */
  ReasonCode checkRule(final int accountSlot, final long nowNs, final int tokens) {
    if (0 == limited) {
      return ReasonCode.OK;
    }
    final int most = openRulesMax[accountSlot];
    return 0 != most && openRules[accountSlot] >= most
        ? ReasonCode.OPEN_RULES_ABOVE_MAX : checkRate(accountSlot, nowNs, tokens);
  }

  /**
   * Whether the bucket has the tokens. It is kept exactly: as the time at which it would be full again, and what is
   * missing of the next nanosecond in parts of the rate, so no rate is ever a little more than it says.
   */
  ReasonCode checkRate(final int accountSlot, final long nowNs, final int tokens) {
    if (0 == limited || 0 == ratesPerSecond[accountSlot]) {
      return ReasonCode.OK;
    }
    final long missing = missing(accountSlot, nowNs);
    return missing + tokens * SECOND_NS > rateBursts[accountSlot] * SECOND_NS
        ? ReasonCode.RATE_LIMITED : ReasonCode.OK;
  }

  /** What was checked has been accepted. */
  void takeTokens(final int accountSlot, final long nowNs, final int tokens) {
    if (0 != limited && 0 != ratesPerSecond[accountSlot]) {
      final long missing = missing(accountSlot, nowNs) + tokens * SECOND_NS;
      final int rate = ratesPerSecond[accountSlot];
      fullTimesNs[accountSlot] = nowNs + missing / rate;
      fullParts[accountSlot] = (int) (missing % rate);
    }
  }

  /** What the bucket lacks, in billionths of a token: at most the burst. */
  private long missing(final int accountSlot, final long nowNs) {
    final long waitNs = fullTimesNs[accountSlot] - nowNs;
    return waitNs < 0 ? 0 : waitNs * ratesPerSecond[accountSlot] + fullParts[accountSlot];
  }

  /** Counts an order of the account's own that came, or went. */
  void countOrder(final int accountSlot, final int change) {
    openOrders[accountSlot] += change;
  }

  void countRule(final int accountSlot, final int change) {
    openRules[accountSlot] += change;
  }

  @Override
  public int componentId() {
    return 2007;
  }

  @Override
  public String componentName() {
    return "account-limits";
  }

  /** The counts are found again from the orders and rules. */
  @Override
  public void save(final SnapshotSink sink) {
    if (0 == limited) {
      return;
    }
    sink.putInt(limited);
    for (int slot = 0; slot < stpGroups.length; slot++) {
      if (isLimited(slot)) {
        sink.putInt(slot);
        sink.putLong(stpGroups[slot]);
        sink.putInt(openOrdersMax[slot]);
        sink.putInt(openRulesMax[slot]);
        sink.putInt(ratesPerSecond[slot]);
        sink.putInt(rateBursts[slot]);
        sink.putLong(fullTimesNs[slot]);
        sink.putInt(fullParts[slot]);
      }
    }
  }

  @Override
  public void load(final SnapshotSource source) {
    final int count = source.getInt();
    for (int i = 0; i < count; i++) {
      final int slot = source.getInt();
      final long group = source.getLong();
      final int orders = source.getInt();
      final int rules = source.getInt();
      final int rate = source.getInt();
      set(slot, group, orders, rules, rate, source.getInt());
      fullTimesNs[slot] = source.getLong();
      fullParts[slot] = source.getInt();
    }
  }
}
