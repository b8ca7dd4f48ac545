package io.gavel.engine;

import io.gavel.codecs.sbe.FeeAsset;
import io.gavel.codecs.sbe.InstrumentKind;
import org.jspecify.annotations.Nullable;

/** An instrument in the words of the trade. Tick and lot are mandatory; a symbol BASE-QUOTE names its two assets. */
public final class InstrumentTicket {

  @Nullable String baseCcy;
  @Nullable String quoteCcy;
  @Nullable String tickSz;
  @Nullable String lotSz;
  String makerFee = "0";
  String takerFee = "0";
  @Nullable String minSz;
  @Nullable String maxSz;
  @Nullable String minNotional;
  @Nullable String maxNotional;
  @Nullable String settleCcy;
  @Nullable String indexInstId;
  InstrumentKind kind = InstrumentKind.SPOT;
  String multiplier = "0";
  @Nullable String strikePx;
  long expiryTimeNs;
  long settlementWindowNs;
  FeeAsset feeAsset = FeeAsset.QUOTE;
  int protectionBps = 1_000;
  int collarBps;
  int markUnitsPerTick = 100;

  InstrumentTicket() {
  }

  public InstrumentTicket baseCcy(final String symbol) {
    baseCcy = symbol;
    return this;
  }

  public InstrumentTicket quoteCcy(final String symbol) {
    quoteCcy = symbol;
    return this;
  }

  /** Smallest step of a price. */
  public InstrumentTicket tickSz(final String decimal) {
    tickSz = decimal;
    return this;
  }

  /** Smallest step of a size. */
  public InstrumentTicket lotSz(final String decimal) {
    lotSz = decimal;
    return this;
  }

  /** "0.0002" is 2 bps of the notional; may be negative (a rebate). */
  public InstrumentTicket makerFee(final String ratio) {
    makerFee = ratio;
    return this;
  }

  public InstrumentTicket takerFee(final String ratio) {
    takerFee = ratio;
    return this;
  }

  public InstrumentTicket minSz(final String decimal) {
    minSz = decimal;
    return this;
  }

  public InstrumentTicket maxSz(final String decimal) {
    maxSz = decimal;
    return this;
  }

  /** In quote. */
  public InstrumentTicket minNotional(final String decimal) {
    minNotional = decimal;
    return this;
  }

  public InstrumentTicket maxNotional(final String decimal) {
    maxNotional = decimal;
    return this;
  }

  /** SPOT unless said otherwise. */
  public InstrumentTicket kind(final InstrumentKind instrumentKind) {
    kind = instrumentKind;
    return this;
  }

  /** What a contract's profits, losses and fees are paid in. */
  public InstrumentTicket settleCcy(final String symbol) {
    settleCcy = symbol;
    return this;
  }

  /** A contract's size times the lot; "1" unless said otherwise. */
  public InstrumentTicket multiplier(final String decimal) {
    multiplier = decimal;
    return this;
  }

  /** Futures and options: engine time of the last settlement, and over how long before it the index is averaged. */
  public InstrumentTicket expiry(final long timeNs, final long windowNs) {
    expiryTimeNs = timeNs;
    settlementWindowNs = windowNs;
    return this;
  }

  /** Options only. */
  public InstrumentTicket strikePx(final String decimal) {
    strikePx = decimal;
    return this;
  }

  /** Whose index a contract follows; its own unless said otherwise. */
  public InstrumentTicket indexInstId(final String instId) {
    indexInstId = instId;
    return this;
  }

  /** QUOTE unless said otherwise. */
  public InstrumentTicket feeAsset(final FeeAsset asset) {
    feeAsset = asset;
    return this;
  }

  /** Default protection of market orders, in 1/10,000 of the reference; 1,000 unless said otherwise. */
  public InstrumentTicket protectionBps(final int bps) {
    protectionBps = bps;
    return this;
  }

  /** How far a limit price may be from the reference, in 1/10,000; 0: anywhere. */
  public InstrumentTicket collarBps(final int bps) {
    collarBps = bps;
    return this;
  }

  /** How much finer than a tick mark and index prices are; 100 unless said otherwise. */
  public InstrumentTicket markUnitsPerTick(final int units) {
    markUnitsPerTick = units;
    return this;
  }
}
