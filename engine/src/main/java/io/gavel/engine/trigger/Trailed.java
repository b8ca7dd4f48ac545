package io.gavel.engine.trigger;

/** What {@link TrailingStops} knows of whoever trails: how far behind, and by which ticket it is found again. */
public interface Trailed {

  /** A ratio times 10^8, or ticks. */
  int distance(int leg);

  boolean isByRatio(int leg);

  /** Leaves with a leg that is reached what it had seen. */
  void extremumTicks(int leg, int ticks);

  long ticket(int leg);

  void ticket(int leg, long ticket);
}
