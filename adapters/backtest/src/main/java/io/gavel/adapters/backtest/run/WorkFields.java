package io.gavel.adapters.backtest.run;

import io.gavel.adapters.backtest.scenario.Scenario;
import io.gavel.engine.ActionTicket;
import io.gavel.engine.RuleTicket;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Says to the engine how the order of a fired rule is to be worked. */
final class WorkFields {

  private WorkFields() {
  }

  static void fill(final RuleTicket ticket, final Scenario.Work work) {
    ticket.review(work.reviewNs(), work.reviewDefault());
    final Consumer<ActionTicket> how = action -> fill(action, work);
    switch (work.action()) {
      case TWAP -> ticket.twap(how);
      case VWAP -> ticket.vwap(how);
      case POV -> ticket.pov(how);
      case ICEBERG -> ticket.iceberg(how);
      case CHASE -> ticket.chase(how);
      case SCALE -> ticket.scale(how);
      case LADDER -> ticket.ladder(how);
      default -> {
        // One order, after the review.
      }
    }
  }

  private static void fill(final ActionTicket action, final Scenario.Work work) {
    action.duration(work.durationNs()).interval(work.intervalNs()).step(work.stepNs()).reprices(work.reprices())
        .wider(work.widerBps()).end(work.end()).basis(work.basis()).sizes(work.sizes())
        .curve(work.curve().stream().mapToInt(Integer::intValue).toArray());
    ifSaid(work.participation(), action::participation);
    ifSaid(work.collar(), action::collar);
    ifSaid(work.depthShare(), action::depthShare);
    ifSaid(work.tolerance(), action::tolerance);
    ifSaid(work.displaySz(), action::displaySz);
    ifSaid(work.forecastSz(), action::forecastSz);
    ifSaid(work.offsetPx(), action::offsetPx);
    if (null != work.firstPx() && null != work.lastPx()) {
      action.scale(work.firstPx(), work.lastPx(), work.orderCount());
    }
  }

  private static void ifSaid(final @Nullable String value, final Consumer<String> field) {
    if (null != value) {
      field.accept(value);
    }
  }
}
