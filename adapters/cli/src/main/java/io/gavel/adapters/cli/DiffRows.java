package io.gavel.adapters.cli;

import io.gavel.engine.replay.RunDiff;
import io.gavel.engine.replay.RunFacts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What differs between two runs, laid side by side by name. Immutable. */
final class DiffRows {

  /** The same thing in both runs; null: that run has it not. */
  record Pair<T>(@Nullable T first, @Nullable T second) {

    T any() {
      final T one = first;
      final T two = second;
      if (null != one) {
        return one;
      }
      if (null != two) {
        return two;
      }
      throw new IllegalStateException("a pair of nothing");
    }
  }

  private final List<Pair<RunFacts.RuleFact>> rules;
  private final List<Pair<RunFacts.OrderFact>> orders;
  private final List<Pair<RunFacts.Holding>> holdings;
  private final List<Pair<RunFacts.Exposure>> exposures;
  private final int ordersCompared;

  /** @param onlyAccount whose rules and orders count; 0: everybody's */
  DiffRows(final RunDiff.Result result, final long onlyAccount) {
    rules = differing(of(result.first().rules(), onlyAccount, RunFacts.RuleFact::account),
        of(result.second().rules(), onlyAccount, RunFacts.RuleFact::account),
        rule -> rule.account() + " " + rule.name());
    final List<RunFacts.OrderFact> first =
        of(result.first().orders(), onlyAccount, RunFacts.OrderFact::account);
    orders = differing(first, of(result.second().orders(), onlyAccount, RunFacts.OrderFact::account),
        order -> order.account() + " " + order.name());
    ordersCompared = first.size();
    holdings = differing(result.first().holdings(), result.second().holdings(),
        holding -> holding.account() + " " + holding.assetId());
    exposures = differing(result.first().exposures(), result.second().exposures(),
        exposure -> exposure.account() + " " + exposure.instrumentId());
  }

  List<Pair<RunFacts.RuleFact>> rules() {
    return rules;
  }

  List<Pair<RunFacts.OrderFact>> orders() {
    return orders;
  }

  List<Pair<RunFacts.Holding>> holdings() {
    return holdings;
  }

  List<Pair<RunFacts.Exposure>> exposures() {
    return exposures;
  }

  /** Orders of the first run. */
  int ordersCompared() {
    return ordersCompared;
  }

  private static <T> List<T> of(final List<T> all, final long account, final Function<T, Long> owner) {
    return 0 == account ? all : all.stream().filter(one -> account == owner.apply(one)).toList();
  }

  private static <T> List<Pair<T>> differing(
      final List<T> first, final List<T> second, final Function<T, String> name) {
    final Map<String, T> rest = new LinkedHashMap<>();
    second.forEach(one -> rest.put(name.apply(one), one));
    final List<Pair<T>> pairs = new ArrayList<>();
    for (final T one : first) {
      final T other = rest.remove(name.apply(one));
      if (!one.equals(other)) {
        pairs.add(new Pair<>(one, other));
      }
    }
    rest.values().forEach(one -> pairs.add(new Pair<>(null, one)));
    return pairs;
  }
}
