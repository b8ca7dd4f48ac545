package io.gavel.adapters.backtest.run;

import io.gavel.adapters.backtest.scenario.Scenario;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Orders and rules by the time at which they are sent; of one time, orders first, each in the order of the file. */
final class Schedule {

  private final List<Entry> entries = new ArrayList<>();
  private int next;

  private record Entry(long timeNs, Runnable send) {
  }

  Schedule(final Scenario scenario, final Setup setup) {
    for (final Scenario.OrderSpec order : scenario.orders()) {
      entries.add(new Entry(order.atNs(), () -> setup.place(order)));
    }
    for (final Scenario.RuleSpec rule : scenario.rules()) {
      entries.add(new Entry(rule.armAtNs(), () -> setup.arm(rule)));
    }
    entries.sort(Comparator.comparingLong(Entry::timeNs));
  }

  /** When the next entry is due; Long.MAX_VALUE: none is left. */
  long nextNs() {
    return next < entries.size() ? entries.get(next).timeNs : Long.MAX_VALUE;
  }

  void sendNext() {
    entries.get(next++).send.run();
  }
}
