package io.gavel.engine.core.oracle;

import io.gavel.codecs.sbe.BalanceCause;
import io.gavel.codecs.sbe.CancelScope;
import io.gavel.codecs.sbe.DegradedCause;
import io.gavel.codecs.sbe.ExpiryAction;
import io.gavel.codecs.sbe.HaltScope;
import io.gavel.codecs.sbe.OrdType;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.ReserveMode;
import io.gavel.codecs.sbe.RuleKind;
import io.gavel.codecs.sbe.RuleState;
import io.gavel.codecs.sbe.Side;
import io.gavel.codecs.sbe.TimeInForce;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Predicts the core. A command is a method; {@link #run} works off what fell due, then the command, then what it owes,
 * and returns the lines that the real machine must tell. Every method is a ladder of refusals, then the effects.
 */
public final class Oracle {

  private record Hold(long account, int asset, BigInteger units) { }

  private record Due(long timeNs, long id, Runnable action) { }

  private final Story story;
  private final Money money;
  private final int ordersMax;
  private final int rulesMax;
  private final int holdsMax;
  private final TreeMap<Long, Boolean> tapeAccounts = new TreeMap<>();
  private final TreeMap<Long, Hold> holds = new TreeMap<>();
  private final Set<DegradedCause> degradedBy = EnumSet.noneOf(DegradedCause.class);
  private long acceptedId;

  /** What may be alive at once, and how long an activated child waits. */
  public Oracle(final long activationDelayNs, final int ordersMax, final int rulesMax, final int holdsMax) {
    this.holdsMax = holdsMax;
    story = new Story(activationDelayNs);
    money = story.money;
    this.ordersMax = ordersMax;
    this.rulesMax = rulesMax;
  }

  /** One frame, sent for {@code account}. */
  public Tale run(final long timeNs, final long account, final Supplier<ReasonCode> command) {
    story.told.tale.clear();
    story.told.caller = account;
    story.sequence++;
    for (Due due = earliest(); null != due && due.timeNs <= timeNs; due = earliest()) {
      story.now(Math.max(story.nowNs, due.timeNs));
      due.action.run();
      story.drain();
    }
    story.now(timeNs);
    final ReasonCode code = command.get();
    if (ReasonCode.OK != code) {
      story.told.answer(code, 0);
    }
    story.drain();
    return story.told.tale;
  }

  public List<String> balances() {
    return money.lines();
  }

  /** Ids of the account's live orders and rules, in order of birth. */
  public List<Long> liveIds(final long account, final boolean ofRules) {
    final List<Long> ids = new ArrayList<>();
    if (ofRules) {
      story.rules.values().stream().filter(r -> r.spec.account() == account).forEach(r -> ids.add(r.id));
    } else {
      story.orders.values().stream().filter(o -> o.account == account && !o.tape).forEach(o -> ids.add(o.id));
    }
    return ids;
  }

  /** As one of {@link #liveIds}, found without a list of them; 1 without one. */
  public long liveId(final long account, final boolean ofRules, final int pick) {
    int count = 0;
    for (int round = 0; round < 2; round++) {
      int left = 0 == round ? Integer.MAX_VALUE : pick % Math.max(1, count);
      if (ofRules) {
        for (final Rule rule : story.rules.values()) {
          if (rule.spec.account() == account && left-- == 0) {
            return rule.id;
          }
          count += rule.spec.account() == account ? 1 : 0;
        }
      } else {
        for (final Order order : story.orders.values()) {
          final boolean own = order.account == account && !order.tape;
          if (own && left-- == 0) {
            return order.id;
          }
          count += own ? 1 : 0;
        }
      }
    }
    return 1;
  }

  public long freeUnits(final long account, final int asset) {
    return money.free(account, asset).longValueExact();
  }

  public List<Long> holdIds() {
    return List.copyOf(holds.keySet());
  }

  /** A price at which something waits, for traffic that wants to be near; 0 without one. */
  public int someLevel(final int pair, final PriceSource source, final int pick) {
    final List<Integer> levels = new ArrayList<>();
    for (final Rule rule : story.rules.values()) {
      for (final Rule.Leg leg : rule.legs) {
        final int level = Rule.Phase.DORMANT == leg.phase ? leg.activation : leg.level();
        if (rule.armed && rule.pair.id == pair && leg.source == source && level > 0) {
          levels.add(level);
        }
      }
    }
    return levels.isEmpty() ? 0 : levels.get(pick % levels.size());
  }

  private @Nullable Due earliest() {
    final List<Due> dues = new ArrayList<>();
    for (final Order order : story.orders.values()) {
      if (TimeInForce.GTD == order.timeInForce) {
        dues.add(new Due(order.expireTimeNs, order.id, () -> {
          story.cancel(order, ReasonCode.EXPIRED_GTD);
          story.bookChanged(order.pair);
          story.endStep();
        }));
      }
    }
    for (final Rule rule : story.rules.values()) {
      if (RuleState.PENDING == rule.state) {
        dues.add(new Due(rule.spec.startTimeNs(), rule.id, () -> start(rule)));
      }
      if (Triggers.WAITING_STATES.contains(rule.state) && 0 != rule.spec.endTimeNs()) {
        dues.add(new Due(rule.spec.endTimeNs(), rule.id, () -> endWindow(rule)));
      }
      if (0 != rule.dueTimeNs) {
        dues.add(new Due(rule.dueTimeNs, rule.id, () -> {
          rule.dueTimeNs = 0;
          story.owed.add(() -> story.send(rule));
        }));
      }
    }
    return dues.stream().min(Comparator.comparingLong(Due::timeNs).thenComparingLong(Due::id)).orElse(null);
  }

  private void start(final Rule rule) {
    final boolean atTime = rule.legs.stream().anyMatch(l -> RuleKind.AT_TIME == l.kind);
    if (!atTime && io.gavel.codecs.sbe.ArmPolicy.REJECT == rule.spec.policy() && null != Triggers.crossedLeg(rule)) {
      story.end(rule, RuleState.SUPPRESSED, ReasonCode.ALREADY_CROSSED);
      return;
    }
    story.state(rule, RuleState.LIVE, ReasonCode.WINDOW_STARTED);
    if (atTime) {
      story.triggers.fireAtTime(rule);
    } else {
      story.triggers.goLive(rule);
    }
    story.endStep();
  }

  private void endWindow(final Rule rule) {
    if (ExpiryAction.SUBMIT == rule.spec.expiryAction()) {
      story.triggers.fireAtTime(rule);
      story.endStep();
    } else {
      story.end(rule, RuleState.EXPIRED, ReasonCode.WINDOW_ENDED);
    }
  }

  /** A command that was answered before: the same answer, and nothing else. */
  void repeat(final ReasonCode code, final long id, final long answeredSequence) {
    story.told.repeated(code, id, answeredSequence);
  }

  /** A refusal that names what was expected. */
  ReasonCode refuseNaming(final ReasonCode code, final long expected) {
    story.told.answer(code, expected);
    return ReasonCode.OK;
  }

  /** Id in the last acceptance. */
  long answeredId() {
    return acceptedId;
  }

  private ReasonCode accept(final long id) {
    acceptedId = id;
    story.told.answer(ReasonCode.OK, id);
    return ReasonCode.OK;
  }

  // ---- registry and money

  public ReasonCode pair(final Pair pair) {
    story.pairs.put(pair.id, pair);
    return accept(pair.id);
  }

  public ReasonCode account(final long account, final boolean tape) {
    tapeAccounts.put(account, tape);
    return accept(account);
  }

  public ReasonCode created(final long id) {
    return accept(id);
  }

  private void balance(final long account, final int asset, final BalanceCause cause, final BigInteger change,
      final long holdId) {
    story.told.balance(account, asset, cause, change, money.free(account, asset), money.held(account, asset), holdId);
  }

  public ReasonCode deposit(final long account, final int asset, final long units) {
    money.addFree(account, asset, BigInteger.valueOf(units));
    accept(0);
    balance(account, asset, BalanceCause.DEPOSIT, BigInteger.valueOf(units), 0);
    return ReasonCode.OK;
  }

  public ReasonCode hold(final long account, final int asset, final long units) {
    final BigInteger amount = BigInteger.valueOf(units);
    if (amount.signum() <= 0) {
      return ReasonCode.AMOUNT_NOT_POSITIVE;
    }
    if (holds.size() >= holdsMax) {
      return ReasonCode.CAPACITY_HOLDS;
    }
    if (!money.hold(account, asset, amount)) {
      return ReasonCode.INSUFFICIENT_BALANCE;
    }
    final long id = story.nextId();
    holds.put(id, new Hold(account, asset, amount));
    accept(id);
    balance(account, asset, BalanceCause.HOLD, amount.negate(), id);
    return ReasonCode.OK;
  }

  public ReasonCode settle(final long account, final long id, final long units) {
    final Hold hold = holds.get(id);
    if (null == hold || hold.account != account) {
      return ReasonCode.UNKNOWN_HOLD;
    }
    final BigInteger amount = BigInteger.valueOf(units);
    if (amount.signum() <= 0) {
      return ReasonCode.AMOUNT_NOT_POSITIVE;
    }
    if (amount.compareTo(hold.units) > 0) {
      return ReasonCode.INSUFFICIENT_BALANCE;
    }
    holds.remove(id);
    money.addHeld(account, hold.asset, hold.units.negate());
    money.addFree(account, hold.asset, hold.units.subtract(amount));
    accept(id);
    balance(account, hold.asset, BalanceCause.SETTLE, amount.negate(), id);
    return ReasonCode.OK;
  }

  public ReasonCode release(final long account, final long id) {
    final Hold hold = holds.get(id);
    if (null == hold || hold.account != account) {
      return ReasonCode.UNKNOWN_HOLD;
    }
    holds.remove(id);
    money.addHeld(account, hold.asset, hold.units.negate());
    money.addFree(account, hold.asset, hold.units);
    accept(id);
    balance(account, hold.asset, BalanceCause.RELEASE, hold.units, id);
    return ReasonCode.OK;
  }

  // ---- controls

  public ReasonCode fees(final int pair, final int makerE8, final int takerE8) {
    final int all = 100_000_000;
    if (Math.abs(makerE8) > all || Math.abs(takerE8) > all || makerE8 + takerE8 < 0) {
      return ReasonCode.FEE_OUT_OF_RANGE;
    }
    story.pairs.get(pair).makerFeeE8 = makerE8;
    story.pairs.get(pair).takerFeeE8 = takerE8;
    return accept(0);
  }

  public ReasonCode limits(final int id, final int collarBps, final long minLots, final long maxLots,
      final long minNotional, final long maxNotional) {
    final Pair pair = story.pairs.get(id);
    pair.collarBps = collarBps;
    pair.minLots = minLots;
    pair.maxLots = maxLots;
    pair.minNotional = minNotional;
    pair.maxNotional = maxNotional;
    return accept(0);
  }

  public ReasonCode degraded(final boolean on) {
    return degraded(DegradedCause.OPERATOR, on);
  }

  /** Each cause is set and lifted by itself. */
  public ReasonCode degraded(final DegradedCause cause, final boolean on) {
    degradedBy.remove(cause);
    if (on) {
      degradedBy.add(cause);
    }
    return accept(0);
  }

  public ReasonCode halt(final HaltScope scope, final long account, final int pair, final boolean on) {
    switch (scope) {
      case ENGINE -> story.engineHalted = on;
      case INSTRUMENT -> story.pairs.get(pair).halted = on;
      default -> {
        story.haltedAccounts.remove(account);
        if (on) {
          story.haltedAccounts.add(account);
        }
      }
    }
    accept(0);
    story.told.halt(account, pair, scope, on);
    if (!on) {
      story.held.forEach(rule -> story.owed.add(() -> story.lift(rule)));
    }
    return ReasonCode.OK;
  }

  public ReasonCode time() {
    return accept(0);
  }

  // ---- prices

  public ReasonCode price(final int id, final PriceSource source, final long units) {
    if (PriceSource.MARK != source && PriceSource.INDEX != source) {
      return ReasonCode.PRICE_NOT_ALLOWED;
    }
    if (units <= 0) {
      return ReasonCode.PRICE_NOT_POSITIVE;
    }
    final Pair pair = story.pairs.get(id);
    accept(0);
    story.told.price(story.told.caller, pair, source, units, 0);
    pair.prices.put(source, units);
    story.triggers.onPrice(pair, source);
    story.endStep();
    return ReasonCode.OK;
  }

  public ReasonCode print(final long account, final int id, final int ticks, final long lots, final int shareE8,
      final int slippage) {
    if (!Boolean.TRUE.equals(tapeAccounts.get(account))) {
      return ReasonCode.ACCOUNT_KIND_WRONG;
    }
    final Pair pair = story.pairs.get(id);
    accept(0);
    story.told.price(account, pair, PriceSource.LAST, (long) ticks * pair.markUnitsPerTick, lots);
    for (final long quote : new long[] {pair.tapeBid, pair.tapeAsk}) {
      final Order order = story.orders.get(quote);
      if (null != order) {
        story.cancel(order, ReasonCode.CANCELLED_TAPE_QUOTE);
      }
    }
    pair.tapeBid = 0;
    pair.tapeAsk = 0;
    final long quoted = BigInteger.valueOf(lots).multiply(BigInteger.valueOf(shareE8)).divide(Money.E8).longValue();
    story.owed.add(() -> pair.tapeBid = story.quote(pair, account, Side.BUY, (long) ticks - slippage, quoted));
    story.owed.add(() -> pair.tapeAsk = story.quote(pair, account, Side.SELL, ticks + 1L + slippage, quoted));
    story.printed(pair, ticks);
    story.endStep();
    return ReasonCode.OK;
  }

  // ---- orders

  public ReasonCode place(final NewOrder c) {
    final Pair pair = story.pairs.get(c.pair());
    ReasonCode code = Gate.checkForm(c, story.nowNs);
    final int limit = OrdType.MARKET == c.ordType() ? 0 : c.limitTicks();
    if (ReasonCode.OK == code) {
      code = Gate.checkOrder(pair, story.halt(c.account(), pair), !degradedBy.isEmpty(), limit, c.protectionBps(),
          c.lots(),
          c.quoteAmount());
    }
    if (ReasonCode.OK == code && null != byClientId(c.account(), c.clientId())) {
      code = ReasonCode.DUPLICATE_CLIENT_ID;
    }
    if (ReasonCode.OK == code && story.orders.values().stream().filter(o -> !o.tape && null == o.rule).count()
        >= ordersMax) {
      code = ReasonCode.CAPACITY_ORDERS;
    }
    if (ReasonCode.OK != code) {
      return code;
    }
    final int worst = 0 == limit ? Gate.protection(pair, c.side(), c.protectionBps(), pair.reference()) : limit;
    if (c.postOnly() && Gate.crosses(pair, c.side(), worst)) {
      return ReasonCode.POST_ONLY_WOULD_CROSS;
    }
    if (TimeInForce.FOK == c.timeInForce() && !Gate.isFillable(pair, c, worst)) {
      return ReasonCode.FOK_NOT_FILLABLE;
    }
    final boolean byAmount = 0 != c.quoteAmount();
    final BigInteger budget = byAmount ? Money.budget(pair, c.quoteAmount()) : null;
    final Money.Reservation reservation = byAmount ? money.reserveAmount(c.account(), pair, c.quoteAmount())
        : money.reserve(c.account(), pair, c.side(), worst, c.lots());
    if (null == reservation) {
      return ReasonCode.INSUFFICIENT_BALANCE;
    }
    final Order order = new Order(story.nextId(), c.account(), pair, c.side(), worst, c.lots(), reservation);
    order.ordType = c.ordType();
    order.timeInForce = c.timeInForce();
    order.stpMode = c.stpMode();
    order.postOnly = c.postOnly();
    order.expireTimeNs = c.expireTimeNs();
    order.clientId = c.clientId();
    accept(order.id);
    story.accepted(order);
    story.take(order, worst, budget, false);
    return ReasonCode.OK;
  }

  private @Nullable Object byClientId(final long account, final String clientId) {
    if (clientId.isEmpty()) {
      return null;
    }
    for (final Order order : story.orders.values()) {
      if (order.account == account && order.clientId.equals(clientId)) {
        return order;
      }
    }
    for (final Rule rule : story.rules.values()) {
      if (rule.spec.account() == account && rule.spec.clientId().equals(clientId)) {
        return rule;
      }
    }
    return null;
  }

  private @Nullable Order order(final long account, final long id, final String clientId) {
    if (0 == id) {
      return byClientId(account, clientId) instanceof Order order ? order : null;
    }
    final Order order = story.orders.get(id);
    return null != order && order.account == account ? order : null;
  }

  public ReasonCode cancel(final long account, final long id, final String clientId) {
    final Order order = order(account, id, clientId);
    if (null == order) {
      return ReasonCode.UNKNOWN_ORDER;
    }
    accept(order.id);
    story.cancel(order, ReasonCode.CANCELLED_BY_USER);
    story.bookChanged(order.pair);
    story.endStep();
    return ReasonCode.OK;
  }

  public ReasonCode massCancel(final long account, final int pairId, final CancelScope scope) {
    accept(0);
    if (CancelScope.RULES != scope) {
      for (final Order order : List.copyOf(story.orders.values())) {
        if (order.account == account && !order.tape && (0 == pairId || order.pair.id == pairId)) {
          story.cancel(order, ReasonCode.CANCELLED_MASS);
        }
      }
    }
    if (CancelScope.ORDERS != scope) {
      for (final Rule rule : List.copyOf(story.rules.values())) {
        if (rule.spec.account() == account && (0 == pairId || rule.pair.id == pairId)) {
          cancel(rule, ReasonCode.CANCELLED_MASS, ReasonCode.CANCELLED_MASS);
        }
      }
    }
    story.pairs.values().forEach(story::bookChanged);
    story.endStep();
    return ReasonCode.OK;
  }

  public ReasonCode amend(final long account, final long id, final long newLots, final int newTicks) {
    final Order order = order(account, id, "");
    if (null == order) {
      return ReasonCode.UNKNOWN_ORDER;
    }
    if (null != order.rule || order.tape) {
      return ReasonCode.AMEND_NOT_ALLOWED;
    }
    final int ticks = 0 == newTicks ? order.limitTicks : newTicks;
    final long lots = 0 == newLots ? order.quantity : newLots;
    final long open = lots - order.filled;
    if (ticks == order.limitTicks && lots == order.quantity) {
      return ReasonCode.AMEND_NOTHING;
    }
    if (open <= 0) {
      return ReasonCode.AMEND_BELOW_FILLED;
    }
    final boolean keeps = ticks == order.limitTicks && lots < order.quantity;
    if (!keeps) {
      final ReasonCode code = 0 == ticks ? ReasonCode.PRICE_NOT_POSITIVE
          : Gate.checkOrder(order.pair, story.halt(account, order.pair), !degradedBy.isEmpty(), ticks, 0,
          lots, 0);
      if (ReasonCode.OK != code) {
        return code;
      }
      if (order.postOnly && Gate.crosses(order.pair, order.side, ticks)) {
        return ReasonCode.POST_ONLY_WOULD_CROSS;
      }
    }
    if (!money.resize(order.reservation, ticks, open)) {
      return ReasonCode.INSUFFICIENT_BALANCE;
    }
    accept(order.id);
    order.quantity = lots;
    if (keeps) {
      order.open = open;
      story.told.amended(order, true, ReasonCode.OK);
    } else {
      order.pair.unrest(order);
      order.open = open;
      order.limitTicks = ticks;
      story.told.amended(order, false, ReasonCode.OK);
      story.take(order, ticks, null, false);
    }
    return ReasonCode.OK;
  }

  // ---- rules

  public ReasonCode arm(final NewRule c) {
    final Pair pair = story.pairs.get(c.pair());
    ReasonCode code = story.halt(c.account(), pair);
    if (ReasonCode.OK == code) {
      code = Triggers.check(c, pair, story.nowNs);
    }
    if (ReasonCode.OK == code && story.rules.size() >= rulesMax) {
      code = ReasonCode.CAPACITY_RULES;
    }
    if (ReasonCode.OK == code && null != byClientId(c.account(), c.clientId())) {
      code = ReasonCode.DUPLICATE_CLIENT_ID;
    }
    if (ReasonCode.OK != code) {
      return code;
    }
    final long lots = 0 != c.shareE8() ? story.shareLots(c.account(), pair, c.shareE8()) : c.lots();
    code = checkSize(pair, lots);
    if (ReasonCode.OK != code) {
      return code;
    }
    final Rule draft = new Rule(0, pair, c, lots);
    final Money.Reservation reservation = ReserveMode.NONE == c.reserveMode() ? null
        : money.reserve(c.account(), pair, c.side(), draft.dearestLimit(), lots);
    if (null == reservation && ReserveMode.RESERVE == c.reserveMode()) {
      return ReasonCode.INSUFFICIENT_BALANCE;
    }
    final Rule rule = new Rule(story.nextId(), pair, c, lots);
    rule.reservation = reservation;
    story.rules.put(rule.id, rule);
    if (c.startTimeNs() <= story.nowNs) {
      story.triggers.goLive(rule);
    }
    accept(rule.id);
    story.told.armed(rule);
    story.endStep();
    return ReasonCode.OK;
  }

  private static ReasonCode checkSize(final Pair pair, final long lots) {
    if (0 == lots) {
      return ReasonCode.RULE_SIZE_ZERO;
    }
    if (lots < pair.minLots) {
      return ReasonCode.SIZE_BELOW_MIN;
    }
    return 0 != pair.maxLots && lots > pair.maxLots ? ReasonCode.SIZE_ABOVE_MAX : ReasonCode.OK;
  }

  private @Nullable Rule rule(final long account, final long id) {
    final Rule rule = story.rules.get(id);
    return null != rule && rule.spec.account() == account ? rule : null;
  }

  public ReasonCode cancelRule(final long account, final long id) {
    final Rule rule = rule(account, id);
    if (null == rule) {
      return ReasonCode.UNKNOWN_RULE;
    }
    accept(id);
    cancel(rule, ReasonCode.CANCELLED_BY_USER, ReasonCode.CANCELLED_WITH_RULE);
    story.bookChanged(rule.pair);
    story.endStep();
    return ReasonCode.OK;
  }

  private void cancel(final Rule rule, final ReasonCode ruleReason, final ReasonCode childReason) {
    if (null == rule.child) {
      story.end(rule, RuleState.CANCELLED, ruleReason);
    } else {
      story.cancel(rule.child, childReason);
    }
  }

  private ReasonCode shrinkChild(final Rule rule, final long lots) {
    final Order child = rule.child;
    if (null == child || OrdType.LIMIT != child.ordType || lots <= 0 || lots >= child.open) {
      return ReasonCode.RULE_NOT_LIVE;
    }
    final ReasonCode code = checkSize(rule.pair, lots);
    if (ReasonCode.OK == code) {
      accept(rule.id);
      child.quantity -= child.open - lots;
      child.open = lots;
      money.resize(child.reservation, child.reservation.limitTicks, lots);
      story.told.amended(child, true, ReasonCode.RULE_AMENDED);
      rule.remaining = lots;
      rule.version++;
      story.told.state(rule, rule.state, ReasonCode.RULE_AMENDED);
    }
    return code;
  }

  public ReasonCode amendRule(final long account, final long id, final int leg, final long newLots,
      final int level, final int ratio, final int spread, final int childLimit) {
    final Rule rule = rule(account, id);
    if (null == rule) {
      return ReasonCode.UNKNOWN_RULE;
    }
    if (!Triggers.WAITING_STATES.contains(rule.state)) {
      return 0 == (level | ratio | spread | childLimit) ? shrinkChild(rule, newLots) : ReasonCode.RULE_NOT_LIVE;
    }
    if (leg < 0 || leg >= rule.legs.size()) {
      return ReasonCode.LEGS_MISSING;
    }
    final long oldLots = rule.remaining;
    final long lots = 0 == newLots ? oldLots : newLots;
    ReasonCode code = checkSize(rule.pair, lots);
    if (ReasonCode.OK != code) {
      return code;
    }
    final int oldDearest = rule.dearestLimit();
    final int oldChild = rule.legs.get(leg).childLimit;
    rule.legs.get(leg).childLimit = 0 == childLimit ? oldChild : childLimit;
    final int newDearest = rule.dearestLimit();
    rule.legs.get(leg).childLimit = oldChild;
    if (null != rule.reservation && !money.resize(rule.reservation, newDearest, lots)) {
      return ReasonCode.INSUFFICIENT_BALANCE;
    }
    code = story.triggers.amend(rule, leg, level, ratio, spread, childLimit);
    if (ReasonCode.OK != code) {
      if (null != rule.reservation) {
        money.resize(rule.reservation, oldDearest, oldLots);
      }
      return code;
    }
    rule.remaining = lots;
    accept(id);
    story.told.armed(rule);
    story.endStep();
    return ReasonCode.OK;
  }
}
