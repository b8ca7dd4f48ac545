package io.gavel.engine.sim;

import java.util.ArrayList;
import java.util.List;

/** One seed from beginning to end: commands under faults, then calm, in which everything must come to rest. */
final class Simulation {

  private static final int CALM_COMMANDS = 300;
  private static final int COMPARE_EVERY = 4_096;

  private final long seed;
  private final int commands;
  private final Swarm swarm;
  private final Coverage coverage = new Coverage();
  private final List<Step> steps = new ArrayList<>();
  private final boolean recording;

  Simulation(final long seed, final int commands, final boolean recording) {
    this.seed = seed;
    this.commands = commands;
    this.recording = recording;
    swarm = Swarm.of(seed);
  }

  Coverage coverage() {
    return coverage;
  }

  Swarm swarm() {
    return swarm;
  }

  List<Step> steps() {
    return steps;
  }

  /** Runs; throws what is wrong. */
  void run() {
    final World world = new World(swarm.settings(), coverage);
    final Traffic traffic = new Traffic(seed, swarm, world);
    long next = COMPARE_EVERY;
    while (coverage.commands() < commands) {
      take(world, traffic.next());
      if (world.witness().lastSequence() >= next) {
        next += COMPARE_EVERY;
        world.compareStates();
      }
    }
    traffic.calm();
    final long end = coverage.commands() + CALM_COMMANDS;
    int patience = 100 * CALM_COMMANDS;
    while (coverage.commands() < end || !traffic.isAllAnswered() || !world.bank().open().isEmpty()) {
      Witness.check(patience-- > 0, "no rest: all answered " + traffic.isAllAnswered() + ", open holds "
          + world.bank().open());
      take(world, traffic.next());
    }
    take(world, new Step.Drive(Integer.MAX_VALUE));
    world.compareStates();
    take(world, new Step.Kill(false, 0));
    take(world, new Step.Relaunch(0));
    Witness.check(world.isUp(), "does not come up at the end");
  }

  private void take(final World world, final Step step) {
    if (recording) {
      steps.add(step);
    }
    world.apply(step);
  }
}
