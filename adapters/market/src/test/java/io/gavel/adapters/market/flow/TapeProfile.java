package io.gavel.adapters.market.flow;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What a tape is made of, in shares: of new orders, of those that are not immediate-or-cancel, of cancels. */
record TapeProfile(
    double buyShare,
    double iocShare,
    double modifiedShare,
    double cancelledShare,
    double repeatedCancelShare,
    double repeatedModifyShare,
    double repricedShare,
    double meanLots,
    double messagesPerOrder,
    double ordersInOnePiece,
    double walkStep) {

  static TapeProfile of(final FlowTape tape) {
    final Map<Long, int[]> requests = new HashMap<>();
    final Map<Long, Long> ticks = new HashMap<>();
    double buys = 0;
    double iocs = 0;
    double lots = 0;
    double repriced = 0;
    double modified = 0;
    for (int i = 0; i < tape.messages(); i++) {
      final int[] seen = requests.computeIfAbsent(tape.orderId(i), id -> new int[3]);
      seen[tape.type(i)]++;
      if (FlowTape.NEW == tape.type(i)) {
        buys += tape.isBuy(i) ? 1 : 0;
        iocs += tape.isIoc(i) ? 1 : 0;
        lots += tape.quantityLots(i);
        ticks.put(tape.orderId(i), tape.priceTicks(i));
      } else if (FlowTape.MODIFY == tape.type(i) && 1 == seen[FlowTape.MODIFY]) {
        modified++;
        repriced += ticks.get(tape.orderId(i)) == tape.priceTicks(i) ? 0 : 1;
      }
    }
    final double all = tape.newOrders();
    final double cancelled = requests.values().stream().filter(seen -> seen[FlowTape.CANCEL] > 0).count();
    final double again = requests.values().stream().filter(seen -> seen[FlowTape.CANCEL] > 1).count();
    final double both = requests.values().stream()
        .filter(seen -> seen[FlowTape.CANCEL] > 0 && seen[FlowTape.MODIFY] > 0).count();
    final double stale = requests.values().stream().filter(seen -> seen[FlowTape.MODIFY] > 1).count();
    final double inOnePiece = all - interleaved(tape);
    return new TapeProfile(buys / all, iocs / all, modified / (all - iocs), cancelled / (all - iocs),
        again / cancelled, stale / both, repriced / modified, lots / all, tape.messages() / all, inOnePiece / all,
        meanStep(ticks));
  }

  /** Orders between whose messages others stand. */
  private static long interleaved(final FlowTape tape) {
    final Map<Long, Integer> last = new HashMap<>();
    final Set<Long> interleaved = new HashSet<>();
    for (int i = 0; i < tape.messages(); i++) {
      final Integer before = last.put(tape.orderId(i), i);
      if (null != before && before != i - 1) {
        interleaved.add(tape.orderId(i));
      }
    }
    return interleaved.size();
  }

  /** Mean relative difference of the prices of neighbours by id: ids count along the walk. */
  private static double meanStep(final Map<Long, Long> ticks) {
    double sum = 0;
    for (long id = 2; id <= ticks.size(); id++) {
      sum += Math.abs(Math.log((double) ticks.get(id) / ticks.get(id - 1)));
    }
    return sum / ticks.size();
  }
}
