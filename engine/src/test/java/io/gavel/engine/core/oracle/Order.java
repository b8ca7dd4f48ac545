package io.gavel.engine.core.oracle;

import io.gavel.codecs.sbe.OrdType;
import io.gavel.codecs.sbe.Side;
import io.gavel.codecs.sbe.StpMode;
import io.gavel.codecs.sbe.TimeInForce;
import org.jspecify.annotations.Nullable;

/** A live order. */
final class Order {

  long id;
  long account;
  Pair pair;
  Side side;
  int limitTicks;
  long quantity;
  long open;
  long filled;
  OrdType ordType = OrdType.LIMIT;
  TimeInForce timeInForce = TimeInForce.GTC;
  StpMode stpMode = StpMode.NONE;
  boolean postOnly;
  boolean tape;
  boolean resting;
  long expireTimeNs;
  String clientId = "";
  @Nullable Rule rule;
  Money.Reservation reservation;

  Order(final long id, final long account, final Pair pair, final Side side, final int limitTicks, final long lots,
      final Money.Reservation reservation) {
    this.id = id;
    this.account = account;
    this.pair = pair;
    this.side = side;
    this.limitTicks = limitTicks;
    this.reservation = reservation;
    quantity = lots;
    open = lots;
  }
}
