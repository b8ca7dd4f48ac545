package io.gavel.engine.core.oracle;

import io.gavel.codecs.sbe.OrdType;
import io.gavel.codecs.sbe.Side;
import io.gavel.codecs.sbe.StpMode;
import io.gavel.codecs.sbe.TimeInForce;

/** The command that places an order. */
public record NewOrder(
    long account,
    int pair,
    Side side,
    OrdType ordType,
    TimeInForce timeInForce,
    StpMode stpMode,
    boolean postOnly,
    int limitTicks,
    int protectionBps,
    long lots,
    long quoteAmount,
    long expireTimeNs,
    String clientId) { }
