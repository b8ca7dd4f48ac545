package io.gavel.engine.marketdata;

import org.agrona.DirectBuffer;

/** Where market data goes: an SBE message with its header, valid during the call only. */
@FunctionalInterface
public interface MarketDataSink {

  void onMarketData(DirectBuffer buffer, int offset, int length);
}
