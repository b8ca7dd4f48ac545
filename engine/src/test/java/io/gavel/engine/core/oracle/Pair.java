package io.gavel.engine.core.oracle;

import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.Side;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** An instrument with its book and its prices. */
public final class Pair {

  final int id;
  final int baseAsset;
  final int quoteAsset;
  final BigInteger baseUnitsPerLot;
  final BigInteger quoteUnitsPerTickLot;
  final int markUnitsPerTick;
  final int protectionBps;
  final boolean feeInBase;
  int makerFeeE8;
  int takerFeeE8;
  int collarBps;
  long minLots;
  long maxLots;
  long minNotional;
  long maxNotional;
  boolean halted;
  long tapeBid;
  long tapeAsk;
  final TreeMap<Integer, ArrayDeque<Order>> bids = new TreeMap<>(Collections.reverseOrder());
  final TreeMap<Integer, ArrayDeque<Order>> asks = new TreeMap<>();
  /** In mark units; absent: undefined. */
  final Map<PriceSource, Long> prices = new EnumMap<>(PriceSource.class);

  public Pair(final int id, final int baseAsset, final int quoteAsset, final long baseUnitsPerLot,
      final long quoteUnitsPerTickLot, final int markUnitsPerTick, final int protectionBps, final boolean feeInBase) {
    this.id = id;
    this.baseAsset = baseAsset;
    this.quoteAsset = quoteAsset;
    this.baseUnitsPerLot = BigInteger.valueOf(baseUnitsPerLot);
    this.quoteUnitsPerTickLot = BigInteger.valueOf(quoteUnitsPerTickLot);
    this.markUnitsPerTick = markUnitsPerTick;
    this.protectionBps = protectionBps;
    this.feeInBase = feeInBase;
  }

  /** Fees and the smallest size in force from the start. */
  public Pair terms(final int makerE8, final int takerE8, final long smallestLots) {
    makerFeeE8 = makerE8;
    takerFeeE8 = takerE8;
    minLots = smallestLots;
    return this;
  }

  SortedMap<Integer, ArrayDeque<Order>> side(final Side side) {
    return Side.BUY == side ? bids : asks;
  }

  SortedMap<Integer, ArrayDeque<Order>> against(final Side side) {
    return Side.BUY == side ? asks : bids;
  }

  static boolean reaches(final Side taker, final int limitTicks, final int makerTicks) {
    return Side.BUY == taker ? makerTicks <= limitTicks : makerTicks >= limitTicks;
  }

  int best(final Side side) {
    return side(side).isEmpty() ? 0 : side(side).firstKey();
  }

  void rest(final Order order) {
    side(order.side).computeIfAbsent(order.limitTicks, k -> new ArrayDeque<>()).add(order);
    order.resting = true;
  }

  void unrest(final Order order) {
    final ArrayDeque<Order> level = side(order.side).get(order.limitTicks);
    level.remove(order);
    if (level.isEmpty()) {
      side(order.side).remove(order.limitTicks);
    }
    order.resting = false;
  }

  BigInteger notional(final int ticks, final long lots) {
    return quoteUnitsPerTickLot.multiply(BigInteger.valueOf(ticks)).multiply(BigInteger.valueOf(lots));
  }

  BigInteger base(final long lots) {
    return baseUnitsPerLot.multiply(BigInteger.valueOf(lots));
  }

  int floorTicks(final PriceSource source) {
    return (int) Math.floorDiv(prices.getOrDefault(source, 0L), (long) markUnitsPerTick);
  }

  int ceilTicks(final PriceSource source) {
    return (int) -Math.floorDiv(-prices.getOrDefault(source, 0L), (long) markUnitsPerTick);
  }

  int reference() {
    final int mark = floorTicks(PriceSource.MARK);
    return 0 != mark ? mark : floorTicks(PriceSource.LAST);
  }
}
