package io.gavel.adapters.backtest.result;

import java.util.List;

/**
 * Everything a finished run leaves behind, in order of time within each list. Prices are ticks, quantities lots and
 * amounts units: {@link RunHeader#instrument()} turns them into decimal text.
 *
 * @param prices   the tape, thinned to the extremes of each bucket
 * @param equity   all user accounts together, sampled on a clock
 * @param fills    fills of user accounts, rules' children included
 * @param orders   orders of user accounts, rules' children included
 * @param rules    in the order of the scenario, refused ones included
 * @param triggers evidence of each firing
 * @param trail    levels of trailing legs, one entry a change
 * @param rejects  refused commands, equal ones (command, code) counted together at their first appearance
 * @param fees     cumulative, one entry a fill that cost something
 * @param margin   what contracts and their margin did; {@link MarginRows#NONE} in spot
 * @param events   what happened to user accounts, in event order; tape prints and quotes are left out
 */
public record RunResult(
    RunHeader header,
    List<PricePoint> prices,
    List<EquityPoint> equity,
    List<AccountRow> accounts,
    List<OrderRow> orders,
    List<FillRow> fills,
    List<RuleRow> rules,
    List<TriggerRow> triggers,
    List<TrailStep> trail,
    List<RejectRow> rejects,
    List<FeePoint> fees,
    MarginRows margin,
    List<EventRow> events) {

  public RunResult {
    prices = List.copyOf(prices);
    equity = List.copyOf(equity);
    accounts = List.copyOf(accounts);
    orders = List.copyOf(orders);
    fills = List.copyOf(fills);
    rules = List.copyOf(rules);
    triggers = List.copyOf(triggers);
    trail = List.copyOf(trail);
    rejects = List.copyOf(rejects);
    fees = List.copyOf(fees);
    events = List.copyOf(events);
  }
}
