package io.gavel.engine.core;

import io.gavel.codecs.Invariants;
import io.gavel.engine.book.AuctionUncross;
import io.gavel.engine.book.FillBuffer;
import io.gavel.engine.book.OrderBook;
import io.gavel.engine.book.OrderPool;
import io.gavel.engine.timer.DeadlineQueue;
import io.gavel.engine.trigger.FiredBuffer;
import io.gavel.engine.trigger.RuleBook;
import io.gavel.risk.RiskEngine;
import io.gavel.risk.instrument.Instrument;
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

  final CoreConfig config;
  final CoreClock clock = new CoreClock();
  final Ids ids = new Ids();
  final RiskEngine risk;
  final OrderPool pool;
  final RuleBook rules;
  final DeadlineQueue deadlines;
  final OrderTable orders;
  final RuleTable ruleTable;
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
  final AuctionUncross auction = new AuctionUncross();
  private final @Nullable OrderBook[] books;

  Rooms(final CoreConfig config, final int outboxCapacity) {
    this.config = config;
    // A fired rule must find room for its child, and the venue for its two quotes, however many orders people have.
    final int ordersMax = config.ordersMax() + config.rulesMax() + 2 * config.instrumentsMax();
    risk = new RiskEngine(config.accountsMax(), config.assetsMax(), config.instrumentsMax(), config.balancesMax(),
        ordersMax + config.rulesMax(), config.holdsMax());
    pool = new OrderPool(ordersMax);
    rules = new RuleBook(config.instrumentsMax(), config.rulesMax());
    deadlines = new DeadlineQueue(
        config.ordersMax() + 3 * config.rulesMax() + config.instrumentsMax() + config.accountsMax());
    orders = new OrderTable(ordersMax, config.accountsMax());
    auctionOrders = new AuctionOrders(ordersMax, config.instrumentsMax(), pool);
    sessions = new Sessions(config.instrumentsMax(), deadlines);
    countdowns = new Countdowns(config.accountsMax(), deadlines);
    ruleTable = new RuleTable(config.rulesMax(), config.accountsMax(), config.instrumentsMax());
    clientIds = new ClientIds(config.ordersMax() + config.rulesMax(), pool, orders, rules, ruleTable);
    followUps = new FollowUps(config.rulesMax());
    fills = new FillBuffer(config.fillsPerChunk());
    fired = new FiredBuffer(config.rulesMax());
    outbox = new Outbox(outboxCapacity);
    events = new EventWriter(outbox, clock);
    window = new AnswerWindow(config.sessionsMax(), config.answersPerSession());
    answers = new Answers(events, clock, window);
    books = new OrderBook[config.instrumentsMax() + 1];
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
