package io.gavel.engine;

import io.gavel.codecs.sbe.OrdType;
import io.gavel.codecs.sbe.PositionSide;
import io.gavel.codecs.sbe.Side;
import io.gavel.codecs.sbe.StpMode;
import io.gavel.codecs.sbe.TimeInForce;
import org.jspecify.annotations.Nullable;

/** An order in the words of the trade: decimals are text, checked against the instrument's tick and lot. */
public final class OrderTicket extends Ticket<OrderTicket> {

  @Nullable String instId;
  @Nullable Side side;
  @Nullable OrdType ordType;
  TimeInForce tif = TimeInForce.GTC;
  StpMode stpMode = StpMode.CANCEL_TAKER;
  boolean postOnly;
  boolean hidden;
  boolean reduceOnly;
  PositionSide posSide = PositionSide.NET;
  @Nullable String px;
  @Nullable String sz;
  @Nullable String quoteSz;
  @Nullable String displaySz;
  @Nullable String clOrdId;
  int protectionBps;
  long expireTimeNs;

  OrderTicket() {
  }

  public OrderTicket instId(final String symbol) {
    instId = symbol;
    return this;
  }

  public OrderTicket side(final Side value) {
    side = value;
    return this;
  }

  public OrderTicket ordType(final OrdType value) {
    ordType = value;
    return this;
  }

  /** Good till cancelled unless said otherwise; a market order is immediate in any case. */
  public OrderTicket tif(final TimeInForce value) {
    tif = value;
    return this;
  }

  /** Good till {@code timeNs} of engine time. */
  public OrderTicket gtd(final long timeNs) {
    tif = TimeInForce.GTD;
    expireTimeNs = timeNs;
    return this;
  }

  public OrderTicket postOnly(final boolean value) {
    postOnly = value;
    return this;
  }

  /** What happens when the order meets one of the same account; CANCEL_TAKER unless said otherwise. */
  public OrderTicket stpMode(final StpMode value) {
    stpMode = value;
    return this;
  }

  /** Limit price in quote per base. */
  public OrderTicket px(final String decimal) {
    px = decimal;
    return this;
  }

  /** Size in base. */
  public OrderTicket sz(final String decimal) {
    sz = decimal;
    return this;
  }

  /** Instead of a size, for a market buy: what may be spent in quote, fees included. */
  public OrderTicket quoteSz(final String decimal) {
    quoteSz = decimal;
    return this;
  }

  /** An iceberg: how much of the size is shown at a time; each new piece queues behind what is shown. */
  public OrderTicket displaySz(final String decimal) {
    displaySz = decimal;
    return this;
  }

  /** Shows nothing, and yields to everything shown at its price. */
  public OrderTicket hidden(final boolean value) {
    hidden = value;
    return this;
  }

  /** Refused where it would open or increase a position. */
  public OrderTicket reduceOnly(final boolean value) {
    reduceOnly = value;
    return this;
  }

  /** Contracts in hedge mode: which of the two positions; else NET. */
  public OrderTicket posSide(final PositionSide side) {
    posSide = side;
    return this;
  }

  /** How far from the reference a market order may trade, in 1/10,000; 0: the instrument's default. */
  public OrderTicket protectionBps(final int bps) {
    protectionBps = bps;
    return this;
  }

  /** The host's own id, unique among the account's live orders. */
  public OrderTicket clOrdId(final String id) {
    clOrdId = id;
    return this;
  }

  @Override
  OrderTicket self() {
    return this;
  }
}
