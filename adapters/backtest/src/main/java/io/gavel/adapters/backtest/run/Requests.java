package io.gavel.adapters.backtest.run;

import io.gavel.adapters.backtest.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The commands a run has sent besides tape prints, by correlation id, so that an answer finds its question. */
final class Requests {

  /** Correlation id of tape prints. */
  static final long NULL_REQUEST = 0;

  /**
   * One command.
   *
   * @param command template name
   * @param subject client id or name
   * @param rule    the rule to arm; null: another command
   */
  record Request(String command, String subject, Scenario.@Nullable RuleSpec rule) {
  }

  private final List<Request> requests = new ArrayList<>();

  /** Takes note of a command; its correlation id. */
  long add(final String command, final String subject, final Scenario.@Nullable RuleSpec rule) {
    requests.add(new Request(command, subject, rule));
    return requests.size();
  }

  @Nullable Request get(final long correlationId) {
    return correlationId < 1 || correlationId > requests.size() ? null : requests.get((int) correlationId - 1);
  }
}
