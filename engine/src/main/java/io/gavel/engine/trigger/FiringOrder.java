package io.gavel.engine.trigger;

import io.gavel.codecs.sbe.PriceSource;
import java.util.Arrays;

/**
 * Who goes first among the rules of one account that fired in one step and share a balance by priority: the smaller
 * priority, then the larger share, then who was armed earlier. They change places with one another only: those without
 * a priority, and those of other accounts, stay where they fired. Grows, counted, when more such rules fire at once
 * than ever before. One thread.
 */
public final class FiringOrder {

  /** The priority of a rule by its slot; 0: it has none. */
  public interface Priorities {
    int of(int slot);
  }

  private static final int INITIAL_CAPACITY = 16;

  private final RuleBook rules;
  private final FiredBuffer fired;
  private final Priorities priorities;
  private final HeapSort.Order byPlace = this::isPlaceBefore;
  private final HeapSort.Order byRank = this::isRankBefore;
  private long[] places = new long[INITIAL_CAPACITY];
  private long[] ranked = new long[INITIAL_CAPACITY];
  private int[] facts = new int[FiredBuffer.FACTS * INITIAL_CAPACITY];
  private PriceSource[] sources = new PriceSource[INITIAL_CAPACITY];
  private int growths;

  public FiringOrder(final RuleBook rules, final FiredBuffer fired, final Priorities priorities) {
    this.rules = rules;
    this.fired = fired;
    this.priorities = priorities;
  }

  public int growths() {
    return growths;
  }

  /** Brings what fired in this step into order. */
  public void arrange() {
    int count = 0;
    for (int i = 0; i < fired.size(); i++) {
      if (0 != priorities.of(fired.ruleSlot(i))) {
        if (count == places.length) {
          grow();
        }
        places[count] = i;
        ranked[count] = i;
        count++;
      }
    }
    if (count < 2) {
      return;
    }
    HeapSort.sort(places, 0, count, byPlace);
    HeapSort.sort(ranked, 0, count, byRank);
    for (int i = 0; i < count; i++) {
      sources[i] = fired.read((int) ranked[i], facts, i * FiredBuffer.FACTS);
    }
    for (int i = 0; i < count; i++) {
      fired.write((int) places[i], facts, i * FiredBuffer.FACTS, sources[i]);
    }
  }

  private boolean isPlaceBefore(final long first, final long second) {
    final long firstAccount = rules.account(fired.ruleSlot((int) first));
    final long secondAccount = rules.account(fired.ruleSlot((int) second));
    return firstAccount == secondAccount ? first < second : firstAccount < secondAccount;
  }

  private boolean isRankBefore(final long first, final long second) {
    final int one = fired.ruleSlot((int) first);
    final int other = fired.ruleSlot((int) second);
    if (rules.account(one) != rules.account(other)) {
      return rules.account(one) < rules.account(other);
    }
    if (priorities.of(one) != priorities.of(other)) {
      return priorities.of(one) < priorities.of(other);
    }
    return rules.shareE8(one) == rules.shareE8(other)
        ? rules.armSequence(one) < rules.armSequence(other) : rules.shareE8(one) > rules.shareE8(other);
  }

  private void grow() {
    growths++;
    final int capacity = 2 * places.length;
    places = Arrays.copyOf(places, capacity);
    ranked = Arrays.copyOf(ranked, capacity);
    facts = new int[FiredBuffer.FACTS * capacity];
    sources = Arrays.copyOf(sources, capacity);
  }
}
