package io.gavel.engine;

import io.gavel.codecs.sbe.ArmPolicy;
import io.gavel.codecs.sbe.ExpiryAction;
import io.gavel.codecs.sbe.PositionSide;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.ReserveMode;
import io.gavel.codecs.sbe.ReviewDefault;
import io.gavel.codecs.sbe.RuleAction;
import io.gavel.codecs.sbe.RuleAttach;
import io.gavel.codecs.sbe.Side;
import io.gavel.codecs.sbe.TargetUnit;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An auto-sell rule in the words of the trade. Each of take-profit, stop-loss, trailing stop and point in time that is
 * said becomes one leg; two or more are mutually exclusive over one quantity (OCO). The price source has no default.
 */
public final class RuleTicket extends Ticket<RuleTicket> {

  /** An order price of "-1" is a market order with protection. */
  public static final String MARKET = "-1";

  @Nullable String instId;
  Side side = Side.SELL;
  @Nullable String algoClOrdId;
  @Nullable String tpTriggerPx;
  String tpOrdPx = MARKET;
  @Nullable String slTriggerPx;
  String slOrdPx = MARKET;
  @Nullable String callbackRatio;
  @Nullable String callbackSpread;
  int callbackBps;
  @Nullable String activePx;
  String callbackOrdPx = MARKET;
  boolean atTime;
  String atTimeOrdPx = MARKET;
  @Nullable Condition when;
  String whenOrdPx = MARKET;
  @Nullable String profit;
  TargetUnit profitUnit = TargetUnit.AMOUNT;
  String profitOrdPx = MARKET;
  @Nullable String loss;
  TargetUnit lossUnit = TargetUnit.AMOUNT;
  String lossOrdPx = MARKET;
  @Nullable String callbackStep;
  RuleAttach attach = RuleAttach.NONE;
  PositionSide posSide = PositionSide.NET;
  long parentOrdId;
  int priority;
  Duration coolDown = Duration.ZERO;
  long updatesAlgoId;
  @Nullable String updatesPx;
  @Nullable PriceSource triggerPxType;
  @Nullable PriceSource tpTriggerPxType;
  @Nullable PriceSource slTriggerPxType;
  @Nullable String sz;
  @Nullable String closeFraction;
  ArmPolicy armPolicy = ArmPolicy.REJECT;
  long startTimeNs;
  long endTimeNs;
  ExpiryAction expiryAction = ExpiryAction.CANCEL;
  ReserveMode reserveMode = ReserveMode.RESERVE;
  int protectionBps;
  boolean now;
  final ActionTicket action = new ActionTicket();

  RuleTicket() {
  }

  public RuleTicket instId(final String symbol) {
    instId = symbol;
    return this;
  }

  /** SELL unless said otherwise. */
  public RuleTicket side(final Side value) {
    side = value;
    return this;
  }

  /** The host's own id, unique among the account's live rules. */
  public RuleTicket algoClOrdId(final String id) {
    algoClOrdId = id;
    return this;
  }

  public RuleTicket tpTriggerPx(final String decimal) {
    tpTriggerPx = decimal;
    return this;
  }

  /** Limit of the take-profit's order; "-1": market with protection, the default. */
  public RuleTicket tpOrdPx(final String decimal) {
    tpOrdPx = decimal;
    return this;
  }

  public RuleTicket slTriggerPx(final String decimal) {
    slTriggerPx = decimal;
    return this;
  }

  /** Limit of the stop-loss's order; "-1": market with protection, the default. */
  public RuleTicket slOrdPx(final String decimal) {
    slOrdPx = decimal;
    return this;
  }

  /** Trailing distance as a ratio: "0.01" is 1 %. */
  public RuleTicket callbackRatio(final String ratio) {
    callbackRatio = ratio;
    return this;
  }

  /** Trailing distance as a price: "150.5" in quote per base. */
  public RuleTicket callbackSpread(final String decimal) {
    callbackSpread = decimal;
    return this;
  }

  /** Trailing distance in 1/10,000: 100 is 1 %. */
  public RuleTicket callbackBps(final int bps) {
    callbackBps = bps;
    return this;
  }

  /** The trailing stop sleeps until the price has been here. */
  public RuleTicket activePx(final String decimal) {
    activePx = decimal;
    return this;
  }

  /** Limit of the trailing stop's order; "-1": market with protection, the default. */
  public RuleTicket callbackOrdPx(final String decimal) {
    callbackOrdPx = decimal;
    return this;
  }

  /** A leg that fires when {@link #startTime} comes, whatever the price. */
  public RuleTicket atStartTime() {
    atTime = true;
    return this;
  }

  /** Limit of the order sent at the start time, or now; "-1": market with protection, the default. */
  public RuleTicket atTimeOrdPx(final String decimal) {
    atTimeOrdPx = decimal;
    return this;
  }

  /** A leg that fires when a condition becomes true: {@code c -> c.all(c.price(MARK).atOrBelow("58000"), ...)}. */
  public RuleTicket when(final Function<Conditions, Condition> words) {
    return when(words.apply(new Conditions()));
  }

  /** The same of a condition that was read by {@link ConditionWords}. */
  public RuleTicket when(final Condition condition) {
    when = condition;
    return this;
  }

  /** Limit of the order sent when the condition becomes true; "-1": market with protection, the default. */
  public RuleTicket whenOrdPx(final String decimal) {
    whenOrdPx = decimal;
    return this;
  }

  /**
   * A leg that fires when the position has made so much, fees taken off: an amount of the settle asset, a share of the
   * entry ("0.05" is 5 %), or of the margin. The engine keeps the price that stands for it as the position changes.
   */
  public RuleTicket profit(final String decimal, final TargetUnit unit) {
    profit = decimal;
    profitUnit = unit;
    return this;
  }

  /** Limit of the order sent at the profit; "-1": market with protection, the default. */
  public RuleTicket profitOrdPx(final String decimal) {
    profitOrdPx = decimal;
    return this;
  }

  /** As {@link #profit}, when the position has lost so much. */
  public RuleTicket loss(final String decimal, final TargetUnit unit) {
    loss = decimal;
    lossUnit = unit;
    return this;
  }

  /** Limit of the order sent at the loss; "-1": market with protection, the default. */
  public RuleTicket lossOrdPx(final String decimal) {
    lossOrdPx = decimal;
    return this;
  }

  /** The trailing stop follows only what betters its extremum by so much at least. */
  public RuleTicket callbackStep(final String decimal) {
    callbackStep = decimal;
    return this;
  }

  /** Protects a position: follows its size down, ends when it is closed or turns round. NET in one-way mode. */
  public RuleTicket attachPosition(final PositionSide side) {
    attach = RuleAttach.POSITION;
    posSide = side;
    return this;
  }

  /**
   * Waits for an order and is as large as what that has brought: as it is filled (ORDER_INCREMENTAL), what its first
   * fill brings (ORDER_FIRST_FILL), or when it is done (ORDER_COMPLETE).
   */
  public RuleTicket attachOrder(final RuleAttach mode, final long ordId) {
    attach = mode;
    parentOrdId = ordId;
    return this;
  }

  /** Who goes first among the account's rules that fire in one step; the smaller. 0: as they fire. */
  public RuleTicket priority(final int value) {
    priority = value;
    return this;
  }

  /** How long it stays put after another rule of the account fired in the instrument. */
  public RuleTicket coolDown(final Duration duration) {
    coolDown = duration;
    return this;
  }

  /** When this rule fires that one gets another trigger price. */
  public RuleTicket updates(final long algoId, final String triggerPx) {
    updatesAlgoId = algoId;
    updatesPx = triggerPx;
    return this;
  }

  /** The price all legs listen to. Mandatory unless each leg names its own. */
  public RuleTicket triggerPxType(final PriceSource source) {
    triggerPxType = source;
    return this;
  }

  public RuleTicket tpTriggerPxType(final PriceSource source) {
    tpTriggerPxType = source;
    return this;
  }

  public RuleTicket slTriggerPxType(final PriceSource source) {
    slTriggerPxType = source;
    return this;
  }

  /** Size in base; or say {@link #closeFraction}. */
  public RuleTicket sz(final String decimal) {
    sz = decimal;
    return this;
  }

  /** Share of the balance: "0.5" is half of it, resolved when the rule is armed. */
  public RuleTicket closeFraction(final String ratio) {
    closeFraction = ratio;
    return this;
  }

  /** What to do when the price has already crossed; REJECT unless said otherwise. */
  public RuleTicket armPolicy(final ArmPolicy policy) {
    armPolicy = policy;
    return this;
  }

  /** First instant of the window, inclusive; 0: at once. */
  public RuleTicket startTime(final long timeNs) {
    startTimeNs = timeNs;
    return this;
  }

  /** End of the window, exclusive; 0: none. */
  public RuleTicket endTime(final long timeNs) {
    endTimeNs = timeNs;
    return this;
  }

  /** What happens at the end of the window; CANCEL unless said otherwise. */
  public RuleTicket expiryAction(final ExpiryAction action) {
    expiryAction = action;
    return this;
  }

  /** Whether the quantity is put aside while the rule is armed; RESERVE unless said otherwise. */
  public RuleTicket reserveMode(final ReserveMode mode) {
    reserveMode = mode;
    return this;
  }

  /** How far from the reference a market child may trade, in 1/10,000; 0: the instrument's default. */
  public RuleTicket protectionBps(final int bps) {
    protectionBps = bps;
    return this;
  }

  /** Fires when it is armed, or when its window begins: an order that is worked without a condition. */
  public RuleTicket now() {
    now = true;
    return this;
  }

  /** Equal legs over time. */
  public RuleTicket twap(final Consumer<ActionTicket> how) {
    return work(RuleAction.TWAP, how);
  }

  /** Legs by a volume curve. */
  public RuleTicket vwap(final Consumer<ActionTicket> how) {
    return work(RuleAction.VWAP, how);
  }

  /** A share of what the market trades. */
  public RuleTicket pov(final Consumer<ActionTicket> how) {
    return work(RuleAction.POV, how);
  }

  /** A small part shown at the limit, refilled when it has traded. */
  public RuleTicket iceberg(final Consumer<ActionTicket> how) {
    return work(RuleAction.ICEBERG, how);
  }

  /** Rests at the best price and follows it towards the market. */
  public RuleTicket chase(final Consumer<ActionTicket> how) {
    return work(RuleAction.CHASE, how);
  }

  /** Evenly spaced resting orders. */
  public RuleTicket scale(final Consumer<ActionTicket> how) {
    return work(RuleAction.SCALE, how);
  }

  /** A limit, a wider one, then the market. */
  public RuleTicket ladder(final Consumer<ActionTicket> how) {
    return work(RuleAction.LADDER, how);
  }

  private RuleTicket work(final RuleAction kind, final Consumer<ActionTicket> how) {
    action.action = kind;
    how.accept(action);
    return this;
  }

  /** A fired rule waits so long for a person to release or cancel it; then this is done. */
  public RuleTicket review(final long ns, final ReviewDefault otherwise) {
    action.reviewNs = ns;
    action.reviewDefault = otherwise;
    return this;
  }

  /** Instead of trading, lets held money leave to whom it was held for. */
  public RuleTicket releaseHold(final long holdId) {
    action.action = RuleAction.RELEASE_HOLD;
    action.holdId = holdId;
    return this;
  }

  /** Instead of trading, makes held money the account's own again. */
  public RuleTicket refundHold(final long holdId) {
    action.action = RuleAction.REFUND_HOLD;
    action.holdId = holdId;
    return this;
  }

  @Override
  RuleTicket self() {
    return this;
  }
}
