package io.gavel.benchmarks.engine;

import io.gavel.engine.core.CoreConfig;

/**
 * How large a house the commands are for.
 *
 * @param accounts       funded accounts that trade
 * @param restingOrders  orders that rest, about
 * @param sessions       sessions that number their commands; 0: no answer window
 * @param warmUpCommands sent before the clock starts
 * @param commands       sent while it runs
 */
public record Scale(int accounts, int restingOrders, int sessions, long warmUpCommands, long commands) {

  private static final int ORDERS_MIN = 1 << 11;
  private static final int RULES_MAX = 1 << 10;

  /** Refuses what is too small to run. */
  public Scale {
    if (accounts < 1 || restingOrders < 10 || sessions < 0 || warmUpCommands < 0 || commands < 1) {
      throw new IllegalArgumentException("accounts and commands from 1, resting orders from 10: " + accounts + ", "
          + commands + ", " + restingOrders);
    }
  }

  /** Room for it, and as much again. */
  public CoreConfig config() {
    return CoreConfig.standard().withCapacities(
        accounts + 1, Math.max(ORDERS_MIN, 2 * restingOrders), RULES_MAX, 2 * accounts + 2);
  }
}
