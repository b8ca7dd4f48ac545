package io.gavel.engine.condition;

import io.gavel.codecs.SnapshotSink;
import io.gavel.codecs.SnapshotSource;
import io.gavel.codecs.sbe.NodeOp;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.Signal;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The canonical encoding of all trees, by rule slot, and of the windows that live. Indexes are not written: the phase
 * of a leaf says where it belongs.
 */
final class ConditionSnapshot {

  /** A node is never negative. */
  private static final int NODE_BITS = Integer.SIZE - 1;

  private ConditionSnapshot() {
  }

  static void save(final ConditionBook book, final int slots, final int trees, final SnapshotSink sink) {
    sink.putInt(trees);
    for (int slot = 0; slot < slots; slot++) {
      final int count = book.nodeCount(slot);
      if (count > 0) {
        final TreePage tree = book.page(slot);
        final int at = slot & TreePage.MASK;
        sink.putInt(slot);
        sink.putInt(count);
        sink.putInt(tree.flags[at]);
        sink.putInt(tree.truths[at]);
        sink.putInt(tree.leaves[at]);
        for (int i = 0; i < count; i++) {
          saveNode(book, tree.runs[at] + i, sink);
        }
      }
    }
    int windows = 0;
    for (int pass = 0; pass < 2; pass++) {
      if (1 == pass) {
        sink.putInt(windows);
      }
      for (int instrumentId = 1; instrumentId < book.lanes.instruments(); instrumentId++) {
        for (int signal = Signal.VOLATILITY.value(); signal <= Signal.VOLUME_RATE.value(); signal++) {
          windows += saveWindows(book, instrumentId, Signal.get((short) signal), 0 == pass ? null : sink);
        }
      }
    }
  }

  /** In the order of source and length, whatever the order of the chain. */
  private static int saveWindows(final ConditionBook book, final int instrumentId, final Signal signal,
      final @Nullable SnapshotSink sink) {
    int count = 0;
    SignalLane last = null;
    while (true) {
      SignalLane least = null;
      for (SignalLane lane = book.lanes.chain(signal, instrumentId); null != lane; lane = lane.next) {
        if ((null == last || isBefore(last, lane)) && (null == least || isBefore(lane, least))) {
          least = lane;
        }
      }
      if (null == least) {
        return count;
      }
      count++;
      last = least;
      final SignalWindow window = least.window;
      if (null != sink && null != window) {
        sink.putInt(instrumentId);
        sink.putInt(signal.value());
        sink.putInt(least.source);
        sink.putLong(least.second);
        sink.putLong(window.now);
        for (int i = 0; i < SignalWindow.BUCKETS; i++) {
          sink.putInt(window.highest[i]);
          sink.putInt(window.lowest[i]);
          sink.putLong(window.lots[i]);
        }
      }
    }
  }

  private static boolean isBefore(final SignalLane first, final SignalLane second) {
    return first.source == second.source ? first.second < second.second : first.source < second.source;
  }

  static void load(final ConditionBook book, final SnapshotSource source) {
    final int trees = source.getInt();
    final int[] slots = new int[trees];
    for (int i = 0; i < trees; i++) {
      slots[i] = source.getInt();
      final int count = source.getInt();
      final int run = book.claim(slots[i], count);
      final TreePage tree = book.page(slots[i]);
      final int at = slots[i] & TreePage.MASK;
      tree.flags[at] = (byte) source.getInt();
      tree.truths[at] = source.getInt();
      tree.leaves[at] = source.getInt();
      for (int j = 0; j < count; j++) {
        loadNode(book, run + j, source);
      }
    }
    enter(book, slots);
    final int windows = source.getInt();
    for (int i = 0; i < windows; i++) {
      final int instrumentId = source.getInt();
      final Signal signal = Signal.get((short) source.getInt());
      final PriceSource priceSource = PriceSource.get((short) source.getInt());
      final SignalLane lane = book.lanes.find(signal, instrumentId, priceSource, source.getLong());
      final SignalWindow window = null == lane ? null : lane.window;
      if (null == lane || null == window) {
        throw new IllegalStateException("a window that nobody watches: instrument " + instrumentId);
      }
      window.now = source.getLong();
      for (int j = 0; j < SignalWindow.BUCKETS; j++) {
        window.highest[j] = source.getInt();
        window.lowest[j] = source.getInt();
        window.lots[j] = source.getLong();
      }
      book.measure(lane, window);
    }
  }

  /** Puts every leaf where its phase belongs; who has seen the most stands at the bottom of a stack and goes first. */
  private static void enter(final ConditionBook book, final int[] slots) {
    int trailing = 0;
    for (int pass = 0; pass < 2; pass++) {
      final long[] order = new long[trailing];
      trailing = 0;
      for (final int slot : slots) {
        final TreePage tree = book.page(slot);
        final int at = slot & TreePage.MASK;
        for (int i = 0; i < tree.counts[at]; i++) {
          final int node = tree.runs[at] + i;
          final NodePage page = book.nodes.page(node);
          final int n = NodeTable.at(node);
          if (NodeOp.LEAF.value() == page.ops[n] && 0 != (tree.flags[at] & TreePage.LIVE)) {
            if (LeafPhase.TRACKING == page.phases[n]) {
              if (1 == pass) {
                final boolean fall = !SignalLane.isRising(page.compares[n]);
                final long seen = fall ? page.extrema[n] : -page.extrema[n];
                final long travelled = 0 == page.extrema[n] ? Integer.MIN_VALUE : seen;
                order[trailing] = ((Integer.MAX_VALUE - travelled) << NODE_BITS) | node;
              }
              trailing++;
            } else if (0 == pass) {
              enterLeaf(book, node, page, n);
            }
          }
        }
      }
      Arrays.sort(order);
      for (final long each : order) {
        final int node = (int) each & Integer.MAX_VALUE;
        final NodePage page = book.nodes.page(node);
        final int n = NodeTable.at(node);
        book.join(page, n).track(node, page.extrema[n], book.trails());
      }
    }
  }

  private static void enterLeaf(final ConditionBook book, final int node, final NodePage page, final int n) {
    if (ConditionBook.isTime(Signal.get(page.signals[n]))) {
      if (LeafPhase.DONE != page.phases[n]) {
        book.enterClock(node, page, n);
      }
    } else {
      book.join(page, n).enter(node, page.phases[n]);
    }
  }

  private static void saveNode(final ConditionBook book, final int node, final SnapshotSink sink) {
    final NodePage page = book.nodes.page(node);
    final int n = NodeTable.at(node);
    sink.putInt(page.ops[n]);
    sink.putInt(page.parents[n]);
    sink.putInt(page.needs[n]);
    sink.putInt(page.signals[n]);
    sink.putInt(page.compares[n]);
    sink.putInt(page.sources[n]);
    sink.putInt(page.latched[n] ? 1 : 0);
    sink.putInt(page.phases[n]);
    sink.putInt(page.instrumentIds[n]);
    sink.putLong(page.thresholds[n]);
    sink.putLong(page.seconds[n]);
    sink.putLong(page.withinNs[n]);
    sink.putLong(page.values[n]);
    sink.putLong(page.sequences[n]);
    sink.putInt(book.extremumTicks(node));
  }

  private static void loadNode(final ConditionBook book, final int node, final SnapshotSource source) {
    final NodePage page = book.nodes.page(node);
    final int n = NodeTable.at(node);
    page.ops[n] = (byte) source.getInt();
    page.parents[n] = (byte) source.getInt();
    page.needs[n] = (byte) source.getInt();
    page.signals[n] = (byte) source.getInt();
    page.compares[n] = (byte) source.getInt();
    page.sources[n] = (byte) source.getInt();
    page.latched[n] = 1 == source.getInt();
    page.phases[n] = (byte) source.getInt();
    page.instrumentIds[n] = source.getInt();
    page.thresholds[n] = source.getLong();
    page.seconds[n] = source.getLong();
    page.withinNs[n] = source.getLong();
    page.values[n] = source.getLong();
    page.sequences[n] = source.getLong();
    page.extrema[n] = source.getInt();
  }
}
