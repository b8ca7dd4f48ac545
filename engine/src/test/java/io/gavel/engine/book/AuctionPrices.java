package io.gavel.engine.book;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * The price of an auction as one would find it by hand: each candidate tick is asked for its volume and surplus, and
 * the rules are applied one after the other. Every tick is a candidate where they are few; where they are many, the
 * levels, their neighbours and the reference.
 */
final class AuctionPrices {

  private record Row(int ticks, long lots) {
  }

  private static final int TICKS_MAX = 200;

  private final List<Row> bids = new ArrayList<>();
  private final List<Row> asks = new ArrayList<>();
  private int priceTicks;
  private long volumeLots;
  private long surplusLots;

  void bid(final int ticks, final long lots) {
    bids.add(new Row(ticks, lots));
  }

  void ask(final int ticks, final long lots) {
    asks.add(new Row(ticks, lots));
  }

  void choose(final int referenceTicks) {
    priceTicks = 0;
    volumeLots = 0;
    surplusLots = 0;
    for (final int ticks : candidates(referenceTicks)) {
      final long demand = demandAt(ticks);
      final long supply = supplyAt(ticks);
      final long volume = Math.min(demand, supply);
      final long surplus = demand - supply;
      if (volume > 0 && (0 == priceTicks || isBetter(ticks, volume, surplus, referenceTicks))) {
        priceTicks = ticks;
        volumeLots = volume;
        surplusLots = surplus;
      }
    }
  }

  int priceTicks() {
    return priceTicks;
  }

  long volumeLots() {
    return volumeLots;
  }

  long surplusLots() {
    return surplusLots;
  }

  private boolean isBetter(final int ticks, final long volume, final long surplus, final int referenceTicks) {
    if (volume != volumeLots) {
      return volume > volumeLots;
    }
    if (Math.abs(surplus) != Math.abs(surplusLots)) {
      return Math.abs(surplus) < Math.abs(surplusLots);
    }
    final int distance = 0 == referenceTicks ? 0 : Math.abs(ticks - referenceTicks);
    final int distanceSoFar = 0 == referenceTicks ? 0 : Math.abs(priceTicks - referenceTicks);
    return distance != distanceSoFar ? distance < distanceSoFar : ticks < priceTicks;
  }

  private Iterable<Integer> candidates(final int referenceTicks) {
    final TreeSet<Integer> levels = new TreeSet<>();
    bids.forEach(row -> levels.add(row.ticks()));
    asks.forEach(row -> levels.add(row.ticks()));
    if (levels.isEmpty() || levels.last() - levels.first() <= TICKS_MAX) {
      return levels.isEmpty() ? levels
          : IntStream.rangeClosed(levels.first(), levels.last()).boxed().toList();
    }
    final TreeSet<Integer> candidates = new TreeSet<>(levels);
    levels.forEach(ticks -> {
      candidates.add(ticks - 1);
      candidates.add(ticks + 1);
    });
    candidates.add(referenceTicks);
    return candidates;
  }

  private long demandAt(final int ticks) {
    return bids.stream().filter(row -> row.ticks() >= ticks).mapToLong(Row::lots).sum();
  }

  private long supplyAt(final int ticks) {
    return asks.stream().filter(row -> row.ticks() <= ticks).mapToLong(Row::lots).sum();
  }
}
