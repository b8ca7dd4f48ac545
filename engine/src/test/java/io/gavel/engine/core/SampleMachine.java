package io.gavel.engine.core;

import io.gavel.codecs.sbe.FeeAsset;

/** A core with a little of everything in it, for tests of other rooms. */
public final class SampleMachine {

  private SampleMachine() {
  }

  /** After so many commands of seeded traffic; small: few capacities, so that many of them can be made. */
  public static StateMachine busy(final long seed, final int commands) {
    final CoreConfig standard = CoreConfig.standard();
    final CoreConfig config = new CoreConfig(standard.behaviourVersion(), 100, standard.clockJumpMaxNs(), 8, 2, 1, 64,
        16, 32, 8, 2, 4, 16);
    final Core core = new Core(config);
    core.openSpot(50_000, 100_000, FeeAsset.QUOTE);
    final RandomTraffic traffic = new RandomTraffic(seed);
    for (int i = 0; i < commands; i++) {
      traffic.next(core);
      core.events.clear();
    }
    return core.machine;
  }
}
