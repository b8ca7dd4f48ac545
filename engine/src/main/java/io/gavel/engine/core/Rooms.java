package io.gavel.engine.core;

import io.gavel.codecs.Invariants;
import io.gavel.codecs.sbe.Side;
import io.gavel.codecs.sbe.Text32Decoder;
import io.gavel.engine.book.AuctionUncross;
import io.gavel.engine.book.FillBuffer;
import io.gavel.engine.book.OrderBook;
import io.gavel.engine.book.OrderPool;
import io.gavel.engine.condition.ConditionBook;
import io.gavel.engine.condition.Pools;
import io.gavel.engine.condition.RiskSignals;
import io.gavel.engine.timer.DeadlineQueue;
import io.gavel.engine.trigger.FiredBuffer;
import io.gavel.engine.trigger.RuleBook;
import io.gavel.risk.RiskEngine;
import io.gavel.risk.instrument.Instrument;
import io.gavel.risk.liquidation.BankruptLots;
import io.gavel.risk.liquidation.LiquidationTerms;
import io.gavel.risk.money.FixedPoint;
import io.gavel.risk.money.Rounding;
import org.jspecify.annotations.Nullable;

/** Every room the core has a door to; built once, shared by its handlers, changed by nobody else. */
final class Rooms {

  /** What a deadline is about; the queue breaks ties by it. */
  static final int ORDER_EXPIRY = 1;
  static final int RULE_START = 2;
  static final int RULE_END = 3;
  static final int RULE_DUE = 4;
  static final int CALL_END = 5;
  static final int COUNTDOWN = 6;
  static final int PROPOSAL = 7;
  static final int PRICE_DUE = 20;
  static final int FUNDING_DUE = 21;
  static final int INTEREST_DUE = 22;
  static final int MARGIN_STEP = 8;
  static final int EXPIRY = 9;
  static final int LIQUIDATION = 30;
  /** Liquidations go one by one, so one order of theirs is out at a time. */
  private static final int LIQUIDATION_ORDERS = 1;
  /** Hedges take at once and one by one, too. */
  private static final int HEDGE_ORDERS = 1;
  static final int CASCADE = 40;
  static final int CONDITION = 50;
  private static final int CONDITION_CLOCKS = 1;
  static final int COOLED_DOWN = 41;
  static final int TOKEN_DUE = 48;
  static final int ALGO_DUE = 55;

  final CoreConfig config;
  final CoreClock clock = new CoreClock();
  final Ids ids = new Ids();
  final RiskEngine risk;
  final OrderPool pool;
  final RuleBook rules;
  final ConditionBook conditions;
  final RiskSignals riskSignals = new RiskSignals();
  final Pools pools = new Pools();
  final DeadlineQueue deadlines;
  final OrderTable orders;
  final RuleTable ruleTable;
  final Relations relations;
  final ClientIds clientIds;
  final FollowUps followUps;
  final FillBuffer fills;
  final FiredBuffer fired;
  final Outbox outbox;
  final EventWriter events;
  final AnswerWindow window;
  final Answers answers;
  final Sessions sessions;
  final AuctionOrders auctionOrders;
  final Countdowns countdowns;
  final AccountLimits limits;
  final Principals principals;
  final Proposals proposals;
  final LiquidationTerms liquidationTerms;
  final BankruptLots bankruptLots;
  final LiquidationQueue liquidationQueue;
  final MarginGuard guard;
  final InstrumentDeadlines priceDeadlines;
  final InstrumentDeadlines fundingDeadlines;
  /** By asset. */
  final InstrumentDeadlines interestDeadlines;
  final InstrumentDeadlines tokenDeadlines;
  final FinalPrices finalPrices;
  final RuleActions actions;
  final Algos algos;
  final Hedges hedges;
  final Remedies remedies;
  final AuctionUncross auction = new AuctionUncross();
  private final @Nullable OrderBook[] books;
  private int ordersMax;
  private final RiskSignals.Expiry scoreExpired = this::scoreExpired;
  private int conditionsHandle = DeadlineQueue.NULL_HANDLE;
  private long conditionsDueNs = ConditionBook.NEVER;

  Rooms(final CoreConfig config, final int outboxCapacity) {
    this.config = config;
    ordersMax = config.ordersMax();
    risk = riskOf(config, slotsMax() + config.rulesMax());
    pool = new OrderPool(slotsMax());
    rules = new RuleBook(config.instrumentsMax(), config.rulesMax());
    conditions = new ConditionBook(config.instrumentsMax(), config.rulesMax(), new Signals(this));
    rules.trees(conditions);
    deadlines = new DeadlineQueue(deadlinesMax());
    orders = new OrderTable(slotsMax(), config.accountsMax());
    auctionOrders = new AuctionOrders(slotsMax(), config.instrumentsMax(), pool);
    sessions = new Sessions(config.instrumentsMax(), deadlines);
    countdowns = new Countdowns(config.accountsMax(), deadlines);
    limits = new AccountLimits(config.accountsMax());
    principals = new Principals(config.sessionsMax());
    proposals = new Proposals(deadlines);
    priceDeadlines = deadlines(2020, "price-deadlines", PRICE_DUE);
    fundingDeadlines = deadlines(2021, "funding-deadlines", FUNDING_DUE);
    interestDeadlines = new InstrumentDeadlines(45, "interest-deadlines", INTEREST_DUE, config.assetsMax(), deadlines);
    tokenDeadlines = deadlines(48, "token-deadlines", TOKEN_DUE);
    ruleTable = new RuleTable(config.rulesMax(), config.accountsMax(), config.instrumentsMax());
    clientIds = new ClientIds(ordersMax + config.rulesMax(), pool, orders, rules, ruleTable);
    followUps = new FollowUps(config.rulesMax() + algosMax() + hedgesMax(), config.instrumentsMax());
    actions = new RuleActions(rules);
    algos = new Algos(this, algosMax(), slotsMax());
    hedges = new Hedges(hedgesMax(), this);
    fills = new FillBuffer(config.fillsPerChunk());
    fired = new FiredBuffer(config.rulesMax());
    outbox = new Outbox(outboxCapacity);
    events = new EventWriter(outbox, clock);
    window = new AnswerWindow(config.sessionsMax(), config.answersPerSession());
    answers = new Answers(events, clock, window);
    finalPrices = new FinalPrices(this);
    remedies = new Remedies(config.assetsMax());
    books = new OrderBook[config.instrumentsMax() + 1];
    liquidationTerms = new LiquidationTerms(config.instrumentsMax());
    bankruptLots = new BankruptLots(config.instrumentsMax());
    liquidationQueue = new LiquidationQueue(config.accountsMax(), deadlines);
    guard = new MarginGuard(this);
    relations = new Relations(this);
  }

  private InstrumentDeadlines deadlines(final int componentId, final String componentName, final int kind) {
    return new InstrumentDeadlines(componentId, componentName, kind, config.instrumentsMax(), deadlines);
  }

  /** Orders that accounts may have alive, as configured or as grown to. */
  int ordersMax() {
    return ordersMax;
  }

  /** Makes room for more live orders. The one step after start that allocates; an operator asks for it. */
  void grow(final int newOrdersMax) {
    ordersMax = newOrdersMax;
    final int slotsMax = slotsMax();
    risk.grow(slotsMax + config.rulesMax());
    pool.grow(slotsMax);
    deadlines.grow(deadlinesMax());
    orders.grow(slotsMax);
    auctionOrders.grow(slotsMax);
    algos.children.grow(slotsMax);
    clientIds.grow(ordersMax + config.rulesMax());
  }

  private static RiskEngine riskOf(final CoreConfig config, final int reservationsMax) {
    return new RiskEngine(config.accountsMax(), config.assetsMax(), config.instrumentsMax(), config.balancesMax(),
        reservationsMax, config.holdsMax());
  }

  /** A fired rule must find room for its child, and the venue for its two quotes, however many orders people have. */
  private int slotsMax() {
    return ordersMax + config.rulesMax() + algosMax() + 2 * config.instrumentsMax() + LIQUIDATION_ORDERS
        + HEDGE_ORDERS;
  }

  private int algosMax() {
    return Math.min(Algos.ALGOS_MAX, config.rulesMax());
  }

  private int hedgesMax() {
    return Math.min(Hedges.HEDGES_MAX, config.rulesMax());
  }

  private int deadlinesMax() {
    return ordersMax + 3 * config.rulesMax() + 6 * config.instrumentsMax() + 2 * config.accountsMax()
        + config.assetsMax() + Proposals.PROPOSALS_MAX + CONDITION_CLOCKS + algosMax();
  }

  /** One deadline serves all conditions: the next moment at which a leaf about the time flips. */
  void followConditions() {
    final long nextNs = Math.min(conditions.nextNs(), riskSignals.nextNs());
    if (nextNs != conditionsDueNs) {
      if (DeadlineQueue.NULL_HANDLE != conditionsHandle) {
        deadlines.cancel(conditionsHandle);
      }
      conditionsDueNs = nextNs;
      conditionsHandle = ConditionBook.NEVER == nextNs
          ? DeadlineQueue.NULL_HANDLE : deadlines.add(nextNs, 0, CONDITION, 0);
    }
  }

  private void scoreExpired(final int slot) {
    conditions.onScore(riskSignals.instrumentId(slot), slot);
  }

  /** That deadline has come. */
  void conditionsDue() {
    conditionsHandle = DeadlineQueue.NULL_HANDLE;
    conditionsDueNs = ConditionBook.NEVER;
    riskSignals.expire(clock.timeNs(), scoreExpired);
    conditions.onTime();
  }

  /** Lots that an order has brought: a fee taken in the base asset is not among them, R-10. */
  long netLots(final int slot) {
    final Instrument instrument = instrument(orders.instrumentId(slot));
    final long lots = orders.filledLots(slot);
    final long feeUnits = orders.feeUnits(slot);
    if (instrument.isContract() || !instrument.feeInBase() || Side.BUY != pool.side(slot) || feeUnits <= 0) {
      return lots;
    }
    return Math.max(0, lots - FixedPoint.divide(feeUnits, instrument.baseUnitsPerLot(), Rounding.CEILING));
  }

  /** Whom an account counts as in self-trade prevention. */
  long owner(final long account) {
    return OrderPool.owner(account, limits.stpGroup(risk.accountSlot(account)));
  }

  /** Puts an order just opened among those of its account's group, if there is one. */
  void group(final int slot) {
    final long stpGroup = limits.stpGroup(orders.accountSlot(slot));
    if (0 != stpGroup) {
      pool.group(slot, stpGroup);
    }
  }

  /** Carries an account's group to every live order of it. */
  void groupAll(final int accountSlot) {
    final long stpGroup = limits.stpGroup(accountSlot);
    for (int slot = orders.firstOf(accountSlot); OrderTable.NULL_SLOT != slot; slot = orders.nextOf(slot)) {
      pool.group(slot, stpGroup);
    }
  }

  /** The order of an account by the engine's id or, where that is 0, by the account's; or no slot. */
  int orderSlot(final long account, final long orderId, final Text32Decoder clientId) {
    if (0 == orderId) {
      return clientIds.orderSlot(account, clientId.w0(), clientId.w1(), clientId.w2(), clientId.w3());
    }
    final int slot = pool.slotOf(orderId);
    return OrderPool.NULL_SLOT != slot && pool.account(slot) == account ? slot : OrderPool.NULL_SLOT;
  }

  /** The rule of an account by the engine's id or, where that is 0, by the account's; or no slot. */
  int ruleSlot(final long account, final long ruleId, final Text32Decoder clientId) {
    if (0 == ruleId) {
      return clientIds.ruleSlot(account, clientId.w0(), clientId.w1(), clientId.w2(), clientId.w3());
    }
    final int slot = rules.slotOf(ruleId);
    return RuleBook.NULL_SLOT != slot && rules.account(slot) == account ? slot : RuleBook.NULL_SLOT;
  }

  /** The book of an instrument that exists. */
  OrderBook book(final int instrumentId) {
    final OrderBook book = books[instrumentId];
    if (null == book) {
      throw new IllegalStateException("no book for instrument " + instrumentId);
    }
    return book;
  }

  /** An instrument that exists. */
  Instrument instrument(final int instrumentId) {
    final Instrument instrument = risk.instrument(instrumentId);
    if (null == instrument) {
      throw new IllegalStateException("no instrument " + instrumentId);
    }
    return instrument;
  }

  @Nullable OrderBook bookOrNull(final int instrumentId) {
    return instrumentId > 0 && instrumentId < books.length ? books[instrumentId] : null;
  }

  void openBook(final int instrumentId, final long quoteUnitsPerTickLot) {
    Invariants.check(null == books[instrumentId], "book opened twice", instrumentId, 0);
    books[instrumentId] = new OrderBook(instrumentId, pool, quoteUnitsPerTickLot);
  }
}
