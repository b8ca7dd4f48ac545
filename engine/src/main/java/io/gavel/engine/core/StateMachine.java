package io.gavel.engine.core;

import io.gavel.codecs.EventDescriptor;
import io.gavel.codecs.FrameDescriptor;
import io.gavel.codecs.FrameFlyweight;
import io.gavel.codecs.Invariants;
import io.gavel.codecs.SnapshotSource;
import io.gavel.codecs.StateOwner;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.RuleState;
import io.gavel.codecs.sbe.SessionState;
import io.gavel.engine.book.OrderBook;
import io.gavel.engine.book.OrderPool;
import io.gavel.engine.condition.ConditionBook;
import io.gavel.engine.timer.DeadlineQueue;
import io.gavel.engine.trigger.RuleBook;
import io.gavel.risk.RiskEngine;
import io.gavel.risk.instrument.Instrument;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The deterministic core: a function of its state and the next frame. A frame is worked off in steps: every deadline
 * that is due, each at its own time; then the command; and after each of these whatever it made the core owe, in the
 * order in which it came to owe it. A step begins only with room in the outbox for the most it can tell. One thread.
 */
public final class StateMachine {

  /** A fill tells at most of itself, two positions, its maker's end and pause, and two steps of the maker's rule. */
  private static final int EVENTS_PER_FILL = 7;
  private static final int EVENTS_PER_STEP = 64;
  private static final int OUTBOX_CAPACITY_MIN = 1 << 18;
  /** Assets and instruments, the first of risk's state: the books of the instruments follow from them. */
  private static final int REGISTRIES = 2;

  private final Rooms rooms;
  private final CoreClock clock;
  private final DeadlineQueue deadlines;
  private final FollowUps followUps;
  private final Outbox outbox;
  private final Matching matching;
  private final OrderHandler orders;
  private final RuleHandler rules;
  private final RuleSender sender;
  private final TapeHandler tape;
  private final PriceFlow prices;
  private final PriceHandler priceHandler;
  private final FundingHandler funding;
  private final SessionHandler sessions;
  private final ConnectionHandler connections;
  private final MarginHandler margin;
  private final SettlementHandler settlement;
  private final ExpiryHandler expiries;
  private final TokenHandler tokens;
  private final CommandDispatcher dispatcher;
  private final OrderFacts orderFacts;
  private final RuleFacts ruleFacts;
  private final Capacity capacity;
  private final Cascade cascade;
  private final int stepRoom;
  private final UnsafeBuffer frameCopy =
      new UnsafeBuffer(ByteBuffer.allocateDirect(FrameDescriptor.FRAME_LENGTH_MAX));
  private final FrameFlyweight frame = new FrameFlyweight();
  private long frameTimeNs;
  private boolean commandDone = true;
  private boolean passOver;

  public StateMachine(final CoreConfig config) {
    stepRoom = EventDescriptor.EVENT_LENGTH_MAX * (EVENTS_PER_FILL * config.fillsPerChunk() + EVENTS_PER_STEP);
    rooms = new Rooms(config, Math.max(OUTBOX_CAPACITY_MIN, 2 * stepRoom));
    clock = rooms.clock;
    deadlines = rooms.deadlines;
    followUps = rooms.followUps;
    outbox = rooms.outbox;
    final OrderEvents orderEvents = new OrderEvents(rooms);
    final RuleEvents ruleEvents = new RuleEvents(rooms);
    final MarketEvents marketEvents = new MarketEvents(rooms);
    final LimitWatch limitWatch = new LimitWatch(rooms, marketEvents);
    prices = new PriceFlow(rooms, marketEvents, limitWatch);
    priceHandler = new PriceHandler(rooms, marketEvents, prices);
    funding = new FundingHandler(rooms, prices);
    final RuleLife ruleLife = new RuleLife(rooms, ruleEvents);
    final OrderLife orderLife = new OrderLife(rooms, orderEvents, ruleLife);
    final MarginEvents marginEvents = new MarginEvents(rooms);
    final ReduceOnlyOrders reduceOnly = new ReduceOnlyOrders(rooms, orderEvents, orderLife);
    margin = new MarginHandler(rooms, marginEvents, marketEvents);
    tokens = new TokenHandler(rooms, marketEvents, prices);
    expiries = new ExpiryHandler(rooms, rooms.finalPrices, marketEvents, marginEvents, orderLife, ruleLife);
    matching = new Matching(rooms, orderEvents, marketEvents, marginEvents, orderLife, ruleLife, prices, limitWatch);
    orders = new OrderHandler(rooms, orderEvents, orderLife, matching, prices, reduceOnly);
    cascade = new Cascade(rooms, ruleEvents);
    sender = new RuleSender(rooms, ruleEvents, orderEvents, ruleLife, orderLife, matching, prices, reduceOnly, cascade);
    rules = new RuleHandler(rooms, ruleEvents, ruleLife, sender, orderLife, prices);
    tape = new TapeHandler(rooms, marketEvents, orderLife, matching, prices);
    sessions = new SessionHandler(rooms, marketEvents, orderLife, matching, prices);
    connections = new ConnectionHandler(rooms);
    final LiquidationEvents liquidationEvents = new LiquidationEvents(rooms);
    settlement = new SettlementHandler(rooms, orderLife, sessions, expiries, marginEvents, liquidationEvents);
    dispatcher = new CommandDispatcher(rooms, new RegistryHandler(rooms, marketEvents, expiries),
        new ControlHandler(rooms, marketEvents), orders, rules, tape, priceHandler, funding, sessions, connections,
        margin, new LiquidationCommands(rooms, liquidationEvents, settlement), tokens,
        new LimitHandler(rooms, marketEvents), new RemedyHandler(rooms, marginEvents, liquidationEvents, reduceOnly));
    guard(new LiquidationOrders(rooms, orderEvents, orderLife, matching), liquidationEvents, marginEvents, reduceOnly);
    orderFacts = new OrderFacts(rooms, orderLife);
    ruleFacts = new RuleFacts(rooms);
    capacity = new Capacity(rooms);
  }

  private void guard(final LiquidationOrders closing, final LiquidationEvents liquidationEvents,
      final MarginEvents marginEvents, final ReduceOnlyOrders reduceOnly) {
    rooms.guard.liquidators((watch, examiner) -> new LiquidationHandler(
        rooms, watch, examiner, closing, liquidationEvents, marginEvents, reduceOnly));
  }

  public CoreConfig config() {
    return rooms.config;
  }

  /**
   * Takes a verified, stamped frame and works until it is done or the outbox lacks room for the next step.
   *
   * @return true when the frame is done; false: drain the outbox, then {@link #resume()}
   */
  public boolean apply(final MutableDirectBuffer buffer, final int offset) {
    return apply(buffer, offset, false);
  }

  /**
   * As {@link #apply}, for a frame that a quarantine names: what is due happens, the command itself is answered as
   * quarantined and has no effect.
   */
  public boolean passOver(final MutableDirectBuffer buffer, final int offset) {
    return apply(buffer, offset, true);
  }

  private boolean apply(final MutableDirectBuffer buffer, final int offset, final boolean isPassedOver) {
    Invariants.check(commandDone, "a frame came before the last one was done: sequence", clock.sequence(), 0);
    frame.wrap(buffer, offset);
    clock.nextFrame(frame.sequence());
    frameTimeNs = frame.engineTimeNs();
    rooms.events.nextFrame();
    commandDone = false;
    passOver = isPassedOver;
    if (work()) {
      return true;
    }
    if (!commandDone) {
      // The shell may reuse the slot while it drains, so what is still to be dispatched moves to our own memory.
      frameCopy.putBytes(0, buffer, offset, frame.length());
      frame.wrap(frameCopy, 0);
    }
    return false;
  }

  /** Goes on with the frame that {@link #apply} left unfinished; the frame's bytes need not be there any more. */
  public boolean resume() {
    return work();
  }

  private boolean work() {
    while (outbox.hasRoom(stepRoom)) {
      rooms.followConditions();
      if (margin.moves().hasWork()) {
        margin.moves().step();
      } else if (matching.isActive()) {
        matching.step();
      } else if (!followUps.isEmpty()) {
        followUp();
      } else if (rooms.relations.hasWork()) {
        rules.relations().step();
      } else if (rooms.guard.hasWork()) {
        rooms.guard.step();
      } else if (commandDone) {
        return true;
      } else if (deadlines.nextNs() <= frameTimeNs) {
        deadlines.poll(frameTimeNs);
        clock.advanceTo(Math.max(clock.timeNs(), deadlines.deadlineNs()));
        rooms.risk.now(clock.timeNs());
        rooms.conditions.at(clock.timeNs(), clock.sequence());
        deadline(deadlines.kind(), deadlines.id());
      } else {
        clock.advanceTo(frameTimeNs);
        rooms.risk.now(frameTimeNs);
        rooms.conditions.at(frameTimeNs, clock.sequence());
        commandDone = true;
        dispatcher.dispatch(frame, passOver);
        margin.sample();
      }
    }
    return false;
  }

  private void followUp() {
    final int payload = followUps.payload();
    switch (followUps.kind()) {
      case TAPE_BID -> {
        followUps.removeFirst();
        tape.quoteBid(payload);
      }
      case TAPE_ASK -> {
        followUps.removeFirst();
        tape.quoteAsk(payload);
      }
      case RULE_FIRED -> {
        final int leg = followUps.legIndex();
        final int referenceTicks = followUps.referenceTicks();
        final int levelTicks = followUps.levelTicks();
        final int extremumTicks = followUps.extremumTicks();
        followUps.removeFirst();
        if (rules.relations().firing(payload, 0 == referenceTicks)) {
          sender.fired(payload, leg, referenceTicks, levelTicks, extremumTicks, RuleState.LIVE);
          rules.relations().fired();
        }
      }
      case RULE_SEND, RULE_RESEND -> {
        followUps.removeFirst();
        sender.send(payload);
      }
      case RULE_LIFT -> {
        final int reason = followUps.referenceTicks();
        followUps.removeFirst();
        sender.lift(payload, ReasonCode.get((short) reason));
      }
      default -> longerFollowUp(payload);
    }
  }

  /** What takes several steps, or comes behind what does. */
  private void longerFollowUp(final int payload) {
    switch (followUps.kind()) {
      case MASS_CANCEL_ORDERS -> advance(orders.cancelAt(followUps.referenceTicks(), followUps.legIndex(),
          1 == payload, ReasonCode.get((short) followUps.levelTicks())));
      case MASS_CANCEL_RULES -> {
        final int cursor = followUps.referenceTicks();
        advance(rules.cancelAt(OrderTable.NULL_SLOT == cursor ? rooms.ruleTable.firstOf(payload) : cursor,
            followUps.legIndex(), ReasonCode.get((short) followUps.levelTicks())));
      }
      case EXPIRE_ORDERS -> advance(expiries.cancelFrom(payload, followUps.referenceTicks()));
      case EXPIRE_RULES -> advance(expiries.disarmFrom(payload, followUps.referenceTicks()));
      case EXPIRE_POSITIONS -> advance(expiries.settleFrom(payload, followUps.referenceTicks()));
      case BOOKS_CHANGED -> {
        followUps.removeFirst();
        prices.allBooksChanged();
      }
      case UNCROSS -> {
        if (sessions.step(payload)) {
          followUps.removeFirst();
        }
      }
      case DISCONNECT -> {
        followUps.removeFirst();
        connections.disconnected(payload);
      }
      case SETTLE_INSTRUMENT -> {
        if (settlement.step(payload, followUps.levelTicks())) {
          followUps.removeFirst();
        }
      }
      case TOKENS_FOLLOW -> advance(tokens.priceSaid(payload, followUps.referenceTicks()));
      case ALGO_STEP -> algoStep(payload);
      case HEDGE -> hedge(payload);
      case MARK_FOLLOWS -> {
        followUps.removeFirst();
        priceHandler.markFollows(payload);
      }
      default -> throw new IllegalStateException("unknown follow-up");
    }
  }

  private void algoStep(final int ruleSlot) {
    followUps.removeFirst();
    sender.algos().step(ruleSlot);
  }

  private void hedge(final int row) {
    followUps.removeFirst();
    sender.hedges().step(row);
  }

  private void advance(final int cursor) {
    if (OrderTable.NULL_SLOT == cursor) {
      followUps.removeFirst();
    } else {
      followUps.cursor(cursor);
    }
  }

  private void deadline(final int kind, final long id) {
    switch (kind) {
      case Rooms.ORDER_EXPIRY -> orders.expire(rooms.pool.slotOf(id));
      case Rooms.CALL_END -> sessions.callEnds((int) id);
      case Rooms.COUNTDOWN -> connections.ranOut((int) id);
      case Rooms.PROPOSAL -> dispatcher.proposalDue(id);
      case Rooms.PRICE_DUE -> priceHandler.due((int) id);
      case Rooms.FUNDING_DUE -> funding.due((int) id);
      case Rooms.INTEREST_DUE -> funding.interest().due((int) id);
      case Rooms.EXPIRY -> expiries.expire((int) id);
      case Rooms.MARGIN_STEP -> margin.step((int) id);
      case Rooms.LIQUIDATION -> rooms.guard.retry((int) id);
      case Rooms.CASCADE -> cascade.due((int) id);
      case Rooms.CONDITION -> {
        rooms.conditionsDue();
        prices.queueFired();
      }
      case Rooms.TOKEN_DUE -> tokens.due((int) id);
      default -> ruleDeadline(kind, id);
    }
  }

  private void ruleDeadline(final int kind, final long id) {
    final int slot = rooms.rules.slotOf(id);
    Invariants.check(RuleBook.NULL_SLOT != slot, "deadline of a rule that is gone: kind, rule", kind, id);
    switch (kind) {
      case Rooms.RULE_START -> rules.start(slot);
      case Rooms.RULE_END -> rules.endWindow(slot);
      case Rooms.COOLED_DOWN -> rules.relations().cooledDown(slot);
      case Rooms.ALGO_DUE -> rooms.algos.due(slot);
      case Rooms.RULE_DUE -> {
        rooms.ruleTable.dueHandles[slot] = RuleTable.NULL_SLOT;
        rooms.ruleTable.dueTimesNs[slot] = 0;
        if (!sender.reviews().lapsed(slot)) {
          followUps.add(FollowUps.Kind.RULE_SEND, slot);
        }
      }
      default -> throw new IllegalStateException("unknown deadline " + kind);
    }
  }

  public Outbox outbox() {
    return outbox;
  }

  /** Sequence of the last frame taken; 0 before the first. */
  public long sequence() {
    return clock.sequence();
  }

  public long engineTimeNs() {
    return clock.timeNs();
  }

  /** Hash over every event since the first frame. */
  public long eventHash() {
    return rooms.events.runningHash();
  }

  /** When the shell must inject an AdvanceTime at the latest; Long.MAX_VALUE: never. */
  public long nextDeadlineNs() {
    return deadlines.nextNs();
  }

  public RiskEngine risk() {
    return rooms.risk;
  }

  /** The book of an instrument, or null. */
  public @Nullable OrderBook book(final int instrumentId) {
    return rooms.bookOrNull(instrumentId);
  }

  /** What the market of an instrument does now. */
  public SessionState session(final int instrumentId) {
    return rooms.sessions.state(instrumentId);
  }

  /** Whether the liquidation of an account pauses until the book bears more. */
  public boolean isLiquidationPaused(final int accountSlot) {
    return rooms.liquidationQueue.isPaused(accountSlot);
  }

  /** Accounts examined for a breach since this machine was built; a figure, no state. */
  public long marginExaminations() {
    return rooms.guard.examined();
  }

  /** How many commands wait for a second person, or for their delay. */
  public int proposalCount() {
    return rooms.proposals.size();
  }

  /** The proposal at {@code index}, oldest first. */
  public long proposalId(final int index) {
    return rooms.proposals.id(index);
  }

  /** Whether commands need a key. */
  public boolean needsKeys() {
    return rooms.principals.isOn();
  }

  /** What signatures are bound to; 0 before anybody said. */
  public long engineId() {
    return rooms.principals.engineId();
  }

  public OrderPool orderPool() {
    return rooms.pool;
  }

  public OrderTable orders() {
    return rooms.orders;
  }

  /** The trees of the rules that have one. */
  public ConditionBook conditions() {
    return rooms.conditions;
  }

  public RuleBook rules() {
    return rooms.rules;
  }

  /** What ties rules to positions, to orders and to one another. */
  Relations relations() {
    return rooms.relations;
  }

  public RuleTable ruleTable() {
    return rooms.ruleTable;
  }

  /** The live order or rule that an account's client id names, or 0. */
  public long idOf(final long account, final long w0, final long w1, final long w2, final long w3) {
    return rooms.clientIds.idOf(account, w0, w1, w2, w3);
  }

  /** Owners of business state, by component id: what the state hash is made of. */
  public List<StateOwner> businessState() {
    final List<StateOwner> owners = new ArrayList<>(rooms.risk.state());
    owners.add(rooms.ids);
    owners.add(rooms.rules);
    forEachBook(owners::add);
    owners.add(orderFacts);
    owners.add(ruleFacts);
    owners.add(rooms.relations);
    owners.add(tape);
    owners.add(rooms.sessions);
    owners.add(rooms.auctionOrders);
    owners.add(rooms.countdowns);
    owners.add(capacity);
    owners.add(rooms.limits);
    owners.add(rooms.principals);
    owners.add(rooms.proposals);
    owners.add(rooms.finalPrices);
    owners.add(rooms.priceDeadlines);
    owners.add(rooms.fundingDeadlines);
    owners.add(rooms.interestDeadlines);
    owners.add(rooms.tokenDeadlines);
    owners.add(rooms.liquidationTerms);
    owners.add(rooms.bankruptLots);
    owners.add(rooms.liquidationQueue);
    owners.add(cascade);
    owners.add(rooms.riskSignals);
    owners.add(rooms.pools);
    owners.add(rooms.conditions);
    owners.add(rooms.actions);
    owners.add(rooms.algos.table);
    owners.add(rooms.algos.market);
    owners.add(rooms.remedies);
    owners.add(rooms.hedges);
    return owners;
  }

  /** Fills a fresh machine with what another of the same configuration saved. */
  public void load(final StateSource source) {
    loadSteps(source).forEach(steps -> steps.forEach(LoadStep::load));
  }

  /**
   * What {@link #load} does, in groups that follow one another. The steps of a group fill rooms that do not know each
   * other: the shell may run them side by side, before anybody else has this machine.
   */
  public List<List<LoadStep>> loadSteps(final StateSource source) {
    final List<StateOwner> risk = rooms.risk.state();
    final List<StateOwner> rest =
        businessState().stream().skip(risk.size()).filter(owner -> owner != capacity && owner != rooms.rules
            && !(owner instanceof OrderBook)).toList();
    return List.of(
        List.of(() -> {
          load(capacity, source);
          load(controlState(), source);
          load(risk.subList(0, REGISTRIES), source);
          rooms.risk.registriesLoaded();
          openBooks();
        }),
        List.of(
            () -> load(risk.subList(REGISTRIES + 1, risk.size()), source),
            () -> {
              // Accounts: balances and reservations know them by their number alone, so they may come at any time.
              load(risk.subList(REGISTRIES, REGISTRIES + 1), source);
              forEachBook(book -> load(book, source));
              load(rooms.rules, source);
            }),
        List.of(() -> {
          rooms.conditions.at(clock.timeNs(), clock.sequence());
          load(rest, source);
          sender.algos().resume();
          margin.resume();
          expiries.resume();
          for (int accountSlot = 0; accountSlot < rooms.risk.accountCount(); accountSlot++) {
            rooms.groupAll(accountSlot);
          }
          rooms.guard.restore();
        }));
  }

  private void openBooks() {
    for (int instrumentId = 1; instrumentId <= rooms.config.instrumentsMax(); instrumentId++) {
      final Instrument instrument = rooms.risk.instrument(instrumentId);
      if (null != instrument) {
        rooms.openBook(instrumentId, instrument.quoteUnitsPerTickLot());
      }
    }
  }

  private void forEachBook(final Consumer<OrderBook> action) {
    for (int instrumentId = 1; instrumentId <= rooms.config.instrumentsMax(); instrumentId++) {
      final OrderBook book = rooms.bookOrNull(instrumentId);
      if (null != book) {
        action.accept(book);
      }
    }
  }

  private static void load(final List<StateOwner> owners, final StateSource source) {
    owners.forEach(owner -> load(owner, source));
  }

  private static void load(final StateOwner owner, final StateSource source) {
    final SnapshotSource component = source.component(owner.componentId());
    if (null != component) {
      owner.load(component);
    }
  }

  /** A look ahead at this machine's memory, for who has several frames at hand. */
  public FrameOutlook outlook() {
    return new FrameOutlook(rooms);
  }

  /** Owners of control state: sequence, time, answer window, running event hash. */
  public List<StateOwner> controlState() {
    return List.of(clock, rooms.window, rooms.events);
  }
}
