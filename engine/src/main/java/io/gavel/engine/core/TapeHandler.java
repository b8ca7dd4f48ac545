package io.gavel.engine.core;

import io.gavel.codecs.SnapshotSink;
import io.gavel.codecs.SnapshotSource;
import io.gavel.codecs.StateOwner;
import io.gavel.codecs.sbe.AccountKind;
import io.gavel.codecs.sbe.OrdType;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.Side;
import io.gavel.codecs.sbe.StpMode;
import io.gavel.codecs.sbe.TapePrintDecoder;
import io.gavel.codecs.sbe.TimeInForce;
import io.gavel.engine.book.OrderBook;
import io.gavel.engine.book.OrderPool;
import io.gavel.risk.OrderRequest;
import io.gavel.risk.RiskEngine;
import io.gavel.risk.money.FixedPoint;
import io.gavel.risk.money.Rounding;

/**
 * The prints of a tape. A print takes the venue's old quotes away,
 * sets last, and quotes anew, bid = print and ask = print + 1 tick, each less favourable by the slippage; the quotes
 * are ordinary orders of the TAPE account without self-trade prevention and without events of their own. A quote that
 * the TAPE account cannot fund is left out.
 */
final class TapeHandler implements StateOwner {

  private static final long E8 = 100_000_000L;

  private final Rooms rooms;
  private final RiskEngine risk;
  private final OrderPool pool;
  private final OrderTable orders;
  private final MarketEvents events;
  private final OrderLife life;
  private final Matching matching;
  private final PriceFlow prices;
  private final OrderRequest request = new OrderRequest();
  private final long[] bidOrderIds;
  private final long[] askOrderIds;
  private long account;
  private int bidTicks;
  private long askTicks;
  private long quoteLots;

  TapeHandler(final Rooms rooms, final MarketEvents events, final OrderLife life, final Matching matching,
      final PriceFlow prices) {
    this.rooms = rooms;
    risk = rooms.risk;
    pool = rooms.pool;
    orders = rooms.orders;
    this.events = events;
    this.life = life;
    this.matching = matching;
    this.prices = prices;
    bidOrderIds = new long[rooms.config.instrumentsMax() + 1];
    askOrderIds = new long[rooms.config.instrumentsMax() + 1];
  }

  ReasonCode print(final TapePrintDecoder command) {
    final ReasonCode code = check(command);
    if (ReasonCode.OK != code) {
      return code;
    }
    final int instrumentId = command.instrumentId();
    final int priceTicks = command.priceTicks();
    final long sizeLots = command.sizeLots();
    account = command.header().account();
    bidTicks = priceTicks - command.slippageTicks();
    askTicks = (long) priceTicks + 1 + command.slippageTicks();
    quoteLots = FixedPoint.mulDiv(sizeLots, command.shareE8(), E8, Rounding.FLOOR);
    rooms.answers.accept(0);
    events.priceChanged(account, instrumentId, PriceSource.LAST,
        (long) priceTicks * rooms.instrument(instrumentId).markUnitsPerTick(), sizeLots);
    bidOrderIds[instrumentId] = withdraw(bidOrderIds[instrumentId]);
    askOrderIds[instrumentId] = withdraw(askOrderIds[instrumentId]);
    rooms.followUps.add(FollowUps.Kind.TAPE_BID, instrumentId);
    rooms.followUps.add(FollowUps.Kind.TAPE_ASK, instrumentId);
    rooms.algos.market.traded(instrumentId, sizeLots);
    prices.printed(instrumentId, priceTicks);
    prices.traded(instrumentId, sizeLots);
    prices.queueFired();
    return ReasonCode.OK;
  }

  private ReasonCode check(final TapePrintDecoder command) {
    final long tapeAccount = command.header().account();
    if (!risk.hasAccount(tapeAccount)) {
      return ReasonCode.UNKNOWN_ACCOUNT;
    }
    if (AccountKind.TAPE != risk.accountKind(tapeAccount)) {
      return ReasonCode.ACCOUNT_KIND_WRONG;
    }
    if (null == risk.instrument(command.instrumentId())) {
      return ReasonCode.UNKNOWN_INSTRUMENT;
    }
    if (command.priceTicks() <= 0) {
      return ReasonCode.PRICE_NOT_POSITIVE;
    }
    if (command.sizeLots() <= 0) {
      return ReasonCode.SIZE_NOT_POSITIVE;
    }
    if (command.shareE8() < 0 || command.shareE8() > E8) {
      return ReasonCode.SHARE_OUT_OF_RANGE;
    }
    return command.slippageTicks() < 0 ? ReasonCode.OUT_OF_RANGE : ReasonCode.OK;
  }

  private long withdraw(final long orderId) {
    final int slot = 0 == orderId ? OrderPool.NULL_SLOT : pool.slotOf(orderId);
    if (OrderPool.NULL_SLOT != slot) {
      life.cancel(slot, ReasonCode.CANCELLED_TAPE_QUOTE);
    }
    return 0;
  }

  void quoteBid(final int instrumentId) {
    if (bidTicks > 0) {
      bidOrderIds[instrumentId] = quote(instrumentId, Side.BUY, bidTicks, true);
    }
  }

  void quoteAsk(final int instrumentId) {
    if (askTicks < Integer.MAX_VALUE) {
      askOrderIds[instrumentId] = quote(instrumentId, Side.SELL, (int) askTicks, false);
    }
    if (!matching.isActive()) {
      final OrderBook book = rooms.book(instrumentId);
      prices.bookChanged(book, instrumentId);
      prices.queueFired();
    }
  }

  private long quote(final int instrumentId, final Side side, final int priceTicks, final boolean quietAfter) {
    if (0 == quoteLots || !rooms.sessions.isTrading(instrumentId)
        || ReasonCode.OK != risk.haltReason(account, instrumentId)) {
      return 0;
    }
    request.account = account;
    request.instrumentId = instrumentId;
    request.side = side;
    request.market = false;
    request.limitPriceTicks = priceTicks;
    request.effectiveLimitTicks = priceTicks;
    request.protectionBps = 0;
    request.quantityLots = quoteLots;
    request.quoteAmountUnits = 0;
    request.newRisk = true;
    if (ReasonCode.OK != risk.reserve(request)) {
      return 0;
    }
    final long orderId = rooms.ids.next();
    final int slot = pool.claim(orderId, account, side, priceTicks, quoteLots);
    orders.open(slot, risk.accountSlot(account), instrumentId, request.reservation);
    orders.quantityLots(slot, quoteLots);
    orders.kind(slot, OrdType.LIMIT, TimeInForce.GTC, StpMode.NONE, false, true);
    matching.begin(slot, priceTicks, Matching.NO_BUDGET, quietAfter);
    return orderId;
  }

  @Override
  public int componentId() {
    return 2002;
  }

  @Override
  public String componentName() {
    return "tape";
  }

  @Override
  public void save(final SnapshotSink sink) {
    int count = 0;
    for (int i = 0; i < bidOrderIds.length; i++) {
      count += 0 != bidOrderIds[i] || 0 != askOrderIds[i] ? 1 : 0;
    }
    if (0 == count) {
      return;
    }
    sink.putInt(count);
    for (int i = 0; i < bidOrderIds.length; i++) {
      if (0 != bidOrderIds[i] || 0 != askOrderIds[i]) {
        sink.putInt(i);
        sink.putLong(bidOrderIds[i]);
        sink.putLong(askOrderIds[i]);
      }
    }
  }

  @Override
  public void load(final SnapshotSource source) {
    final int count = source.getInt();
    for (int i = 0; i < count; i++) {
      final int instrumentId = source.getInt();
      bidOrderIds[instrumentId] = source.getLong();
      askOrderIds[instrumentId] = source.getLong();
    }
  }
}
