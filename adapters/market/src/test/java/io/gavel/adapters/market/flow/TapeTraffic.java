package io.gavel.adapters.market.flow;

import java.util.ArrayList;
import java.util.List;

/** A tape written down by hand, message by message; sequences count from 0. */
final class TapeTraffic {

  private final List<long[]> messages = new ArrayList<>();

  TapeTraffic buy(final long orderId, final long ticks, final long lots) {
    return add(FlowTape.word(FlowTape.NEW, true, false, lots), orderId, ticks);
  }

  TapeTraffic sell(final long orderId, final long ticks, final long lots) {
    return add(FlowTape.word(FlowTape.NEW, false, false, lots), orderId, ticks);
  }

  TapeTraffic iocBuy(final long orderId, final long ticks, final long lots) {
    return add(FlowTape.word(FlowTape.NEW, true, true, lots), orderId, ticks);
  }

  TapeTraffic iocSell(final long orderId, final long ticks, final long lots) {
    return add(FlowTape.word(FlowTape.NEW, false, true, lots), orderId, ticks);
  }

  TapeTraffic cancel(final long orderId) {
    return add(FlowTape.word(FlowTape.CANCEL, true, false, 0), orderId, 0);
  }

  TapeTraffic modify(final boolean isBuy, final long orderId, final long ticks, final long lots) {
    return add(FlowTape.word(FlowTape.MODIFY, isBuy, false, lots), orderId, ticks);
  }

  TapeTraffic add(final long word, final long orderId, final long ticks) {
    messages.add(new long[] {word, messages.size(), orderId, ticks, 0});
    return this;
  }

  FlowTape tape() {
    return tape(0);
  }

  /** The last message alone, its sequence as it was. */
  FlowTape last() {
    return tape(messages.size() - 1);
  }

  private FlowTape tape(final int from) {
    final long[] words = new long[(messages.size() - from) * FlowTape.WORDS];
    for (int i = from; i < messages.size(); i++) {
      System.arraycopy(messages.get(i), 0, words, (i - from) * FlowTape.WORDS, FlowTape.WORDS);
    }
    return FlowTape.of(words, messages.size() - from);
  }
}
