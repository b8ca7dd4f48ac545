package io.gavel.engine.condition;

import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.Signal;
import org.jspecify.annotations.Nullable;

/**
 * The lanes that have leaves: a lane is made for the first leaf about its signal and forgotten with the last. Prices
 * are found by instrument and source, other signals in a short chain for each kind and instrument.
 */
final class SignalLanes {

  /** Lanes of one kind about one instrument: windows of different length, for instance. */
  static final int CHAIN_MAX = 64;
  /** The same of scores about accounts. */
  static final int ACCOUNTS_MAX = 4_096;

  static final int SOURCES = PriceSource.POOL.value() + 1;

  private final int instruments;
  private final @Nullable SignalLane[] prices;
  private final @Nullable SignalLane[] chains;
  private final NodeTable nodes;
  private final LeafHeap heap;
  private final SignalLane.Flips flips;
  private final SignalView view;

  SignalLanes(final int instrumentsMax, final NodeTable nodes, final LeafHeap heap, final SignalLane.Flips flips,
      final SignalView view) {
    instruments = instrumentsMax + 1;
    prices = new SignalLane[instruments * SOURCES];
    chains = new SignalLane[instruments * (Signal.POOL_BALANCE.value() + 1)];
    this.nodes = nodes;
    this.heap = heap;
    this.flips = flips;
    this.view = view;
  }

  @Nullable SignalLane price(final int instrumentId, final PriceSource source) {
    return prices[instrumentId * SOURCES + source.value()];
  }

  /** The first lane of a kind about an instrument, or null; the others follow by {@code next}. */
  @Nullable SignalLane chain(final Signal signal, final int instrumentId) {
    return chains[signal.value() * instruments + instrumentId];
  }

  @Nullable SignalLane find(final Signal signal, final int instrumentId, final PriceSource source,
      final long second) {
    if (isPrice(signal, source)) {
      return price(instrumentId, source);
    }
    SignalLane lane = chain(signal, instrumentId);
    while (null != lane && (lane.source != source.value() || lane.second != second)) {
      lane = lane.next;
    }
    return lane;
  }

  /** Whether another lane of this kind about this instrument would be one too many. */
  boolean isFull(final Signal signal, final int instrumentId) {
    int length = 0;
    for (SignalLane lane = chain(signal, instrumentId); null != lane; lane = lane.next) {
      length++;
    }
    return length >= (0 == instrumentId ? ACCOUNTS_MAX : CHAIN_MAX);
  }

  /** The lane of a signal for one more leaf, with the value of now. */
  SignalLane join(final Signal signal, final int instrumentId, final PriceSource source, final long second) {
    SignalLane lane = find(signal, instrumentId, source, second);
    if (null == lane) {
      final boolean isPrice = isPrice(signal, source);
      lane = new SignalLane(isPrice ? Signal.PRICE.value() : signal.value(), instrumentId, source.value(),
          isPrice ? 0 : second, nodes, heap, flips);
      if (Signal.VOLATILITY == signal || Signal.VOLUME_RATE == signal) {
        lane.window = new SignalWindow(second);
      } else {
        lane.low = view.low(signal, instrumentId, source, second);
        lane.high = view.high(signal, instrumentId, source, second);
      }
      if (isPrice) {
        prices[instrumentId * SOURCES + source.value()] = lane;
      } else {
        final int at = signal.value() * instruments + instrumentId;
        lane.next = chains[at];
        chains[at] = lane;
      }
    }
    lane.members++;
    return lane;
  }

  /** One leaf fewer; the lane of none is forgotten. */
  void part(final SignalLane lane) {
    lane.members--;
    if (lane.members > 0) {
      return;
    }
    if (Signal.PRICE.value() == lane.signal && PriceSource.POOL.value() != lane.source) {
      prices[lane.instrumentId * SOURCES + lane.source] = null;
      return;
    }
    final int at = lane.signal * instruments + lane.instrumentId;
    if (chains[at] == lane) {
      chains[at] = lane.next;
      return;
    }
    SignalLane before = chains[at];
    while (null != before && before.next != lane) {
      before = before.next;
    }
    if (null != before) {
      before.next = lane.next;
    }
  }

  int instruments() {
    return instruments;
  }

  private static boolean isPrice(final Signal signal, final PriceSource source) {
    return (Signal.PRICE == signal || Signal.TRAILING == signal) && PriceSource.POOL != source;
  }
}
