package io.gavel.engine.core;

import io.gavel.codecs.sbe.AmendOrderDecoder;
import io.gavel.codecs.sbe.DepositDecoder;
import io.gavel.codecs.sbe.Flag;
import io.gavel.codecs.sbe.HoldFundsDecoder;
import io.gavel.codecs.sbe.OrdType;
import io.gavel.codecs.sbe.PlaceOrderDecoder;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.SettleHoldDecoder;
import io.gavel.codecs.sbe.Side;
import io.gavel.codecs.sbe.SubscribeTokenDecoder;
import io.gavel.engine.book.OrderPool;
import io.gavel.risk.instrument.Instrument;
import io.gavel.risk.limit.OrderLimits;
import org.agrona.DirectBuffer;

/**
 * How much of which asset a command would move: the notional of an order at the worst price it can have, or the amount
 * of a payment. What cannot be found, because the thing that is named does not exist, moves
 * nothing: its handler refuses it.
 */
final class CommandAmount {

  private final Rooms rooms;
  private final PlaceOrderDecoder place = new PlaceOrderDecoder();
  private final AmendOrderDecoder amend = new AmendOrderDecoder();
  private final DepositDecoder deposit = new DepositDecoder();
  private final HoldFundsDecoder hold = new HoldFundsDecoder();
  private final SettleHoldDecoder settle = new SettleHoldDecoder();
  private final SubscribeTokenDecoder subscribe = new SubscribeTokenDecoder();
  private int assetId;
  private long units;

  CommandAmount(final Rooms rooms) {
    this.rooms = rooms;
  }

  /** Asset of the command measured last; 0: it moves nothing. */
  int assetId() {
    return assetId;
  }

  long units() {
    return units;
  }

  ReasonCode measure(final int templateId, final DirectBuffer buffer, final int body, final int block,
      final int version) {
    set(0, 0);
    return switch (templateId) {
      case PlaceOrderDecoder.TEMPLATE_ID -> placed(place.wrap(buffer, body, block, version));
      case AmendOrderDecoder.TEMPLATE_ID -> amended(amend.wrap(buffer, body, block, version));
      case DepositDecoder.TEMPLATE_ID -> {
        deposit.wrap(buffer, body, block, version);
        yield set(deposit.assetId(), deposit.amountUnits());
      }
      case HoldFundsDecoder.TEMPLATE_ID -> {
        hold.wrap(buffer, body, block, version);
        yield set(hold.assetId(), hold.amountUnits());
      }
      case SettleHoldDecoder.TEMPLATE_ID -> {
        settle.wrap(buffer, body, block, version);
        yield set(rooms.risk.holdAsset(settle.holdId()), settle.amountUnits());
      }
      case SubscribeTokenDecoder.TEMPLATE_ID -> subscribed(subscribe.wrap(buffer, body, block, version));
      default -> ReasonCode.OK;
    };
  }

  /** What it may cost: its own limit, or what it would cost now. */
  private ReasonCode subscribed(final SubscribeTokenDecoder command) {
    final Instrument instrument = rooms.risk.instrument(command.instrumentId());
    if (null == instrument) {
      return ReasonCode.OK;
    }
    final boolean isBacker = Flag.YES == command.backer();
    return set(instrument.quoteAssetId(), isBacker ? command.units() : 0 != command.limitUnits() ? command.limitUnits()
        : rooms.risk.tokens().costUnits(command.instrumentId(), command.units()));
  }

  private ReasonCode placed(final PlaceOrderDecoder order) {
    final Instrument instrument = rooms.risk.instrument(order.instrumentId());
    if (null == instrument) {
      return ReasonCode.OK;
    }
    if (0 != order.quoteAmountUnits()) {
      return set(instrument.quoteAssetId(), order.quoteAmountUnits());
    }
    return notional(instrument, order.side(),
        OrdType.MARKET == order.ordType() ? marketTicks(instrument, order) : order.limitPriceTicks(),
        order.quantityLots());
  }

  /** The most that a market order can cost: a purchase pays its protection price at the worst. */
  private int marketTicks(final Instrument instrument, final PlaceOrderDecoder order) {
    final int referenceTicks = rooms.risk.marks().referenceTicks(instrument.id());
    final int bps = 0 == order.protectionBps() ? instrument.protectionBps() : order.protectionBps();
    return 0 == referenceTicks || Side.SELL == order.side() ? referenceTicks
        : OrderLimits.protectionTicks(instrument, Side.BUY, bps, referenceTicks);
  }

  private ReasonCode amended(final AmendOrderDecoder order) {
    final int slot = rooms.orderSlot(order.header().account(), order.orderId(), order.clOrdId());
    if (OrderPool.NULL_SLOT == slot) {
      return ReasonCode.OK;
    }
    final long lots = 0 == order.newQuantityLots() ? rooms.orders.quantityLots(slot) : order.newQuantityLots();
    final int ticks = 0 == order.newLimitPriceTicks() ? rooms.pool.priceTicks(slot) : order.newLimitPriceTicks();
    return notional(rooms.instrument(rooms.orders.instrumentId(slot)), rooms.pool.side(slot), ticks, lots);
  }

  /** A purchase costs its price at most; a sale brings its price at least, and more where more is bid. */
  private ReasonCode notional(final Instrument instrument, final Side side, final int priceTicks, final long lots) {
    final int ticks = Side.SELL != side ? priceTicks
        : Math.max(Math.max(priceTicks, rooms.risk.marks().referenceTicks(instrument.id())),
            rooms.book(instrument.id()).bestBidTicks());
    if (0 == ticks) {
      return ReasonCode.NO_REFERENCE_PRICE;
    }
    return instrument.notionalFits(ticks, lots)
        ? set(instrument.quoteAssetId(), instrument.notionalUnits(ticks, lots)) : ReasonCode.NOTIONAL_OVERFLOW;
  }

  private ReasonCode set(final int asset, final long amountUnits) {
    assetId = asset;
    units = amountUnits;
    return ReasonCode.OK;
  }
}
