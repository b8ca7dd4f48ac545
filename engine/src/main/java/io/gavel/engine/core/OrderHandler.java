package io.gavel.engine.core;

import io.gavel.codecs.sbe.AmendOrderDecoder;
import io.gavel.codecs.sbe.CancelOrderDecoder;
import io.gavel.codecs.sbe.Flag;
import io.gavel.codecs.sbe.OrdType;
import io.gavel.codecs.sbe.PlaceOrderDecoder;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.Side;
import io.gavel.codecs.sbe.Text32Decoder;
import io.gavel.codecs.sbe.TimeInForce;
import io.gavel.engine.book.OrderBook;
import io.gavel.engine.book.OrderPool;
import io.gavel.risk.OrderRequest;
import io.gavel.risk.RiskEngine;

/** Applies what people ask of orders: each method is a ladder of refusals, then the effects. */
final class OrderHandler {

  private static final long DISPLAY_PARTS_MAX = 100;

  private final Rooms rooms;
  private final RiskEngine risk;
  private final OrderPool pool;
  private final OrderTable orders;
  private final ClientIds clientIds;
  private final OrderEvents events;
  private final OrderLife life;
  private final Matching matching;
  private final PriceFlow prices;
  private final ReduceOnlyOrders reduceOnly;
  private final OrderRequest request = new OrderRequest();

  OrderHandler(final Rooms rooms, final OrderEvents events, final OrderLife life, final Matching matching,
      final PriceFlow prices, final ReduceOnlyOrders reduceOnly) {
    this.rooms = rooms;
    risk = rooms.risk;
    pool = rooms.pool;
    orders = rooms.orders;
    clientIds = rooms.clientIds;
    this.events = events;
    this.life = life;
    this.matching = matching;
    this.prices = prices;
    this.reduceOnly = reduceOnly;
  }

  ReasonCode place(final PlaceOrderDecoder command) {
    final long account = command.header().account();
    ReasonCode code = checkForm(command);
    if (ReasonCode.OK != code) {
      return code;
    }
    fill(command, account);
    code = checkAllowed(command, account);
    if (ReasonCode.OK != code) {
      return code;
    }
    final Text32Decoder id = command.clOrdId();
    final long w0 = id.w0();
    final long w1 = id.w1();
    final long w2 = id.w2();
    final long w3 = id.w3();
    if (clientIds.isTaken(account, w0, w1, w2, w3)) {
      return ReasonCode.DUPLICATE_CLIENT_ID;
    }
    code = life.hasRoom() ? checkBook(command, account) : ReasonCode.CAPACITY_ORDERS;
    if (ReasonCode.OK != code) {
      return code;
    }
    code = risk.reserve(request);
    if (ReasonCode.OK != code) {
      return code;
    }
    final int slot = open(command, account);
    orders.clientId(slot, w0, w1, w2, w3);
    clientIds.putOrder(slot);
    takeTokens(slot, PlaceOrderDecoder.TEMPLATE_ID);
    rooms.answers.accept(pool.orderId(slot));
    events.accepted(slot);
    reduceOnly.makeRoomFor(slot);
    final long budgetUnits = 0 == request.quoteAmountUnits ? Matching.NO_BUDGET : request.notionalBudgetUnits;
    matching.begin(slot, request.effectiveLimitTicks, budgetUnits, false);
    return ReasonCode.OK;
  }

  private void takeTokens(final int slot, final int templateId) {
    rooms.limits.takeTokens(orders.accountSlot(slot), rooms.clock.timeNs(), risk.limits().cost(templateId));
  }

  /** Whether risk, the market's session and what the order says of itself let it in. */
  private ReasonCode checkAllowed(final PlaceOrderDecoder command, final long account) {
    final ReasonCode code = risk.checkOrder(request);
    if (ReasonCode.OK != code) {
      return code;
    }
    final int instrumentId = command.instrumentId();
    final boolean reduces = risk.reduces(
        account, instrumentId, command.positionSide(), command.side(), command.quantityLots());
    if (Flag.YES == command.reduceOnly() && !reduces) {
      return ReasonCode.REDUCE_ONLY_INCREASES;
    }
    final ReasonCode session =
        rooms.sessions.check(instrumentId, command.timeInForce(), Flag.YES == command.postOnly(), reduces);
    if (ReasonCode.OK == session && request.reduceOnly && rooms.instrument(instrumentId).isContract()) {
      final ReasonCode count =
          reduceOnly.checkCount(risk.accountSlot(account), instrumentId, command.positionSide());
      if (ReasonCode.OK != count) {
        return count;
      }
    }
    return ReasonCode.OK == session
        ? rooms.limits.checkOrder(risk.accountSlot(account), rooms.clock.timeNs(),
            risk.limits().cost(PlaceOrderDecoder.TEMPLATE_ID)) : session;
  }

  private int open(final PlaceOrderDecoder command, final long account) {
    final int slot = pool.claim(rooms.ids.next(), account, command.side(), request.effectiveLimitTicks,
        command.quantityLots());
    orders.open(slot, risk.accountSlot(account), command.instrumentId(), request.reservation);
    orders.quantityLots(slot, command.quantityLots());
    orders.quoteAmountUnits(slot, command.quoteAmountUnits());
    orders.kind(slot, command.ordType(), command.timeInForce(), command.stpMode(), Flag.YES == command.postOnly(),
        false);
    orders.reduceOnly(slot, risk.isReduceOnly(request.reservation) || Flag.YES == command.reduceOnly());
    rooms.group(slot);
    if (0 != command.displayLots()) {
      pool.display(slot, command.displayLots());
    } else if (Flag.YES == command.hidden()) {
      pool.hide(slot);
    }
    if (TimeInForce.GFA == command.timeInForce()) {
      rooms.auctionOrders.add(command.instrumentId(), slot);
    }
    if (TimeInForce.GTD == command.timeInForce()) {
      orders.expireTimeNs(slot, command.expireTimeNs());
      orders.expiryHandle(slot,
          rooms.deadlines.add(command.expireTimeNs(), pool.orderId(slot), Rooms.ORDER_EXPIRY, slot));
    }
    life.countOwn(slot);
    return slot;
  }

  private void fill(final PlaceOrderDecoder command, final long account) {
    request.account = account;
    request.instrumentId = command.instrumentId();
    request.side = command.side();
    request.market = OrdType.MARKET == command.ordType();
    request.limitPriceTicks = command.limitPriceTicks();
    request.protectionBps = command.protectionBps();
    request.quantityLots = command.quantityLots();
    request.quoteAmountUnits = command.quoteAmountUnits();
    request.newRisk = true;
    request.positionSide = command.positionSide();
    request.reduceOnly = Flag.YES == command.reduceOnly();
    request.rests = OrdType.LIMIT == command.ordType() && TimeInForce.IOC != command.timeInForce()
        && TimeInForce.FOK != command.timeInForce();
  }

  /** What is wrong with the order by itself, whatever the state of the house. */
  private ReasonCode checkForm(final PlaceOrderDecoder command) {
    final boolean isMarket = OrdType.MARKET == command.ordType();
    final TimeInForce timeInForce = command.timeInForce();
    final boolean atOnce = TimeInForce.IOC == timeInForce || TimeInForce.FOK == timeInForce;
    final boolean byQuote = 0 != command.quoteAmountUnits();
    final boolean waits = !isMarket && !atOnce;
    if (isMarket && 0 != command.limitPriceTicks()) {
      return ReasonCode.PRICE_NOT_ALLOWED;
    }
    if (!isMarket && command.limitPriceTicks() <= 0) {
      return ReasonCode.PRICE_NOT_POSITIVE;
    }
    if (byQuote && 0 != command.quantityLots()) {
      return ReasonCode.SIZE_AMBIGUOUS;
    }
    if (command.quantityLots() < 0 || command.quoteAmountUnits() < 0 || (!byQuote && 0 == command.quantityLots())) {
      return ReasonCode.SIZE_NOT_POSITIVE;
    }
    if ((isMarket && !atOnce && TimeInForce.GFA != timeInForce)
        || (Flag.YES == command.hidden() && (!waits || 0 != command.displayLots()))
        || (Flag.YES == command.postOnly() && (isMarket || atOnce))
        || (byQuote && (!isMarket || Side.BUY != command.side() || TimeInForce.IOC != timeInForce))
        || (!isMarket && 0 != command.protectionBps())) {
      return ReasonCode.FLAGS_CONFLICT;
    }
    if (0 != command.displayLots() && !(waits && isDisplayable(command.displayLots(), command.quantityLots()))) {
      return ReasonCode.DISPLAY_INVALID;
    }
    final long expireTimeNs = command.expireTimeNs();
    if (TimeInForce.GTD == timeInForce ? expireTimeNs <= rooms.clock.timeNs() : 0 != expireTimeNs) {
      return ReasonCode.EXPIRE_TIME_INVALID;
    }
    return ReasonCode.OK;
  }

  /** An iceberg shows at least a hundredth of itself, so that the steps of trading through it are bounded. */
  private static boolean isDisplayable(final long displayLots, final long quantityLots) {
    return displayLots <= quantityLots && displayLots >= quantityLots / DISPLAY_PARTS_MAX
        + (0 == quantityLots % DISPLAY_PARTS_MAX ? 0 : 1);
  }

  private ReasonCode checkBook(final PlaceOrderDecoder command, final long account) {
    final OrderBook book = rooms.book(command.instrumentId());
    request.bestTicks = 0 == request.quoteAmountUnits ? 0 : book.bestAskTicks();
    if (Flag.YES == command.postOnly() && book.wouldCross(command.side(), request.effectiveLimitTicks)) {
      return ReasonCode.POST_ONLY_WOULD_CROSS;
    }
    if (TimeInForce.FOK == command.timeInForce()
        && book.fillableLots(command.side(),
            rooms.sessions.guardedTicks(command.instrumentId(), command.side(), request.effectiveLimitTicks),
            rooms.owner(account), command.stpMode(), command.quantityLots()) < command.quantityLots()) {
      return ReasonCode.FOK_NOT_FILLABLE;
    }
    return ReasonCode.OK;
  }

  ReasonCode cancel(final CancelOrderDecoder command) {
    final int slot = find(command.header().account(), command.orderId(), command.clOrdId());
    if (OrderPool.NULL_SLOT == slot) {
      return ReasonCode.UNKNOWN_ORDER;
    }
    rooms.answers.accept(pool.orderId(slot));
    final int instrumentId = orders.instrumentId(slot);
    life.cancel(slot, ReasonCode.CANCELLED_BY_USER);
    endStep(instrumentId);
    return ReasonCode.OK;
  }

  ReasonCode amend(final AmendOrderDecoder command) {
    final long account = command.header().account();
    final int slot = find(account, command.orderId(), command.clOrdId());
    if (OrderPool.NULL_SLOT == slot) {
      return ReasonCode.UNKNOWN_ORDER;
    }
    if (orders.isRuleChild(slot) || orders.isTape(slot)) {
      return ReasonCode.AMEND_NOT_ALLOWED;
    }
    final int oldTicks = pool.priceTicks(slot);
    final int newTicks = 0 == command.newLimitPriceTicks() ? oldTicks : command.newLimitPriceTicks();
    final long oldLots = orders.quantityLots(slot);
    final long newLots = 0 == command.newQuantityLots() ? oldLots : command.newQuantityLots();
    if (newTicks == oldTicks && newLots == oldLots) {
      return ReasonCode.AMEND_NOTHING;
    }
    final long newOpenLots = newLots - orders.filledLots(slot);
    if (newOpenLots <= 0) {
      return ReasonCode.AMEND_BELOW_FILLED;
    }
    if (newTicks == oldTicks && newLots < oldLots) {
      reduce(slot, newLots, newOpenLots);
      return ReasonCode.OK;
    }
    return replace(slot, account, newTicks, newLots, newOpenLots);
  }

  private void reduce(final int slot, final long newLots, final long newOpenLots) {
    rooms.answers.accept(pool.orderId(slot));
    final int instrumentId = orders.instrumentId(slot);
    rooms.book(instrumentId).reduce(slot, newOpenLots);
    risk.reduce(orders.reservation(slot), newOpenLots);
    orders.quantityLots(slot, newLots);
    events.amended(slot, newOpenLots, pool.priceTicks(slot), true, ReasonCode.OK);
  }

  /** Price or size up: checked and paid for as a whole, then to the back of the queue, possibly trading. */
  private ReasonCode replace(
      final int slot, final long account, final int newTicks, final long newLots, final long newOpenLots) {
    final int instrumentId = orders.instrumentId(slot);
    final OrderBook book = rooms.book(instrumentId);
    request.account = account;
    request.instrumentId = instrumentId;
    request.side = pool.side(slot);
    request.market = false;
    request.limitPriceTicks = newTicks;
    request.protectionBps = 0;
    request.quantityLots = newLots;
    request.quoteAmountUnits = 0;
    request.newRisk = true;
    request.positionSide = risk.positionSide(orders.reservation(slot));
    request.reduceOnly = orders.isReduceOnly(slot);
    request.rests = true;
    ReasonCode code = risk.checkAmend(request, orders.reservation(slot));
    if (ReasonCode.OK == code) {
      code = checkReplaced(slot, instrumentId, account, newOpenLots);
    }
    if (ReasonCode.OK != code) {
      return code;
    }
    if (rooms.sessions.isTrading(instrumentId) && orders.isPostOnly(slot)
        && book.wouldCross(pool.side(slot), newTicks)) {
      return ReasonCode.POST_ONLY_WOULD_CROSS;
    }
    code = risk.resize(orders.reservation(slot), newTicks, newOpenLots);
    if (ReasonCode.OK != code) {
      return code;
    }
    takeTokens(slot, AmendOrderDecoder.TEMPLATE_ID);
    rooms.answers.accept(pool.orderId(slot));
    orders.quantityLots(slot, newLots);
    reduceOnly.makeRoomFor(slot);
    final boolean rests = move(book, slot, newTicks, newOpenLots);
    events.amended(slot, newOpenLots, newTicks, false, ReasonCode.OK);
    if (rests) {
      matching.moved(book);
    } else {
      matching.begin(slot, newTicks, Matching.NO_BUDGET, false);
    }
    return ReasonCode.OK;
  }

  /** Returns whether the order rests again; else it is out of the book and takes, or finds its place in the call. */
  private boolean move(final OrderBook book, final int slot, final int newTicks, final long newOpenLots) {
    if (rooms.sessions.isTrading(book.instrumentId())) {
      return book.move(slot, newTicks, newOpenLots);
    }
    book.remove(slot);
    pool.reprice(slot, newTicks, newOpenLots);
    return false;
  }

  /** In a call phase even a post-only order may move: it cannot take before the uncrossing, where nobody does. */
  private ReasonCode checkReplaced(final int slot, final int instrumentId, final long account,
      final long newOpenLots) {
    final long displayLots = pool.displayLots(slot);
    if (0 != displayLots && !isDisplayable(Math.min(displayLots, newOpenLots), newOpenLots)) {
      return ReasonCode.DISPLAY_INVALID;
    }
    final TimeInForce timeInForce =
        rooms.sessions.isTrading(instrumentId) ? TimeInForce.GTC : orders.timeInForce(slot);
    final ReasonCode session = rooms.sessions.check(instrumentId, timeInForce, false,
        risk.reduces(account, instrumentId, request.positionSide, pool.side(slot), newOpenLots));
    return ReasonCode.OK == session
        ? rooms.limits.checkRate(orders.accountSlot(slot), rooms.clock.timeNs(),
            risk.limits().cost(AmendOrderDecoder.TEMPLATE_ID)) : session;
  }

  /** A deadline passed. */
  void expire(final int slot) {
    final int instrumentId = orders.instrumentId(slot);
    orders.expiryHandle(slot, OrderTable.NULL_SLOT);
    life.cancel(slot, ReasonCode.EXPIRED_GTD);
    endStep(instrumentId);
  }

  /**
   * One step of a mass cancel: closes the order at the cursor when it matches. A mass cancel is one act: rules see the
   * books when all of it is done.
   *
   * @param sparesChildren whether the orders of fired rules live on
   * @return the next cursor, or -1 when the account's list is at its end
   */
  int cancelAt(final int cursor, final int instrumentId, final boolean sparesChildren, final ReasonCode reason) {
    int slot = cursor;
    while (OrderTable.NULL_SLOT != slot
        && (orders.isTape(slot) || (0 != instrumentId && instrumentId != orders.instrumentId(slot))
        || (sparesChildren && orders.isRuleChild(slot)))) {
      slot = orders.nextOf(slot);
    }
    if (OrderTable.NULL_SLOT == slot) {
      return OrderTable.NULL_SLOT;
    }
    final int next = orders.nextOf(slot);
    life.cancel(slot, reason);
    return next;
  }

  private void endStep(final int instrumentId) {
    prices.bookChanged(rooms.book(instrumentId), instrumentId);
    prices.queueFired();
  }

  private int find(final long account, final long orderId, final Text32Decoder clientId) {
    if (0 == orderId) {
      return clientIds.orderSlot(account, clientId.w0(), clientId.w1(), clientId.w2(), clientId.w3());
    }
    final int slot = pool.slotOf(orderId);
    return OrderPool.NULL_SLOT != slot && pool.account(slot) == account ? slot : OrderPool.NULL_SLOT;
  }
}
