package io.gavel.benchmarks.engine;

import io.gavel.engine.core.StateMachine;
import io.gavel.engine.snapshot.StateHash;
import java.util.Locale;

/** Where a run ended: two runs that took the same commands agree on all of it, or one of them is wrong. */
public record EndState(String stateHash, long eventHash, long sequence) {

  /** As the machine stands now. */
  public static EndState of(final StateMachine machine) {
    return new EndState(StateHash.of(machine.businessState()), machine.eventHash(), machine.sequence());
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%s at sequence %d, event hash %016x", stateHash, sequence, eventHash);
  }
}
