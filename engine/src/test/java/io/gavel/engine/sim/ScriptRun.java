package io.gavel.engine.sim;

import io.gavel.engine.core.EveryCommand;
import io.gavel.engine.journal.SimulatedDisk;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One client sends a script, command by command, each again until it is answered; the process dies at one boundary, and
 * perhaps at another while it recovers. Counts the boundaries that are passed.
 */
final class ScriptRun implements SimulatedDisk.Boundaries {

  static final int NEVER = 0;

  private final List<UnsafeBuffer> script;
  private final World world;
  private final int dieAt;
  private final int dieAgainAt;
  private final boolean power;
  private final List<String> passed = new ArrayList<>();
  private final List<Integer> commands = new ArrayList<>();
  private int recoveryPassed;
  private int deaths;
  private int current = 1;
  private long correlationId;

  /** Dies at the n-th boundary from 1, and at the m-th of the recovery behind it. */
  ScriptRun(final World.Settings settings, final List<UnsafeBuffer> script, final int dieAt, final int dieAgainAt,
      final boolean power) {
    this.script = script;
    this.dieAt = dieAt;
    this.dieAgainAt = dieAgainAt;
    this.power = power;
    world = new World(settings, new Coverage());
    world.disk().boundaries(this);
  }

  World world() {
    return world;
  }

  /** Names of the boundaries passed, up to the first death. */
  List<String> passed() {
    return passed;
  }

  /** The template that was underway at each. */
  List<Integer> commands() {
    return commands;
  }

  /** Boundaries passed by recoveries behind the first death. */
  int recoveryPassed() {
    return recoveryPassed;
  }

  int deaths() {
    return deaths;
  }

  @Override
  public boolean endsAt(final String name) {
    if (0 == deaths) {
      passed.add(name);
      commands.add(current);
      return dies(passed.size() == dieAt);
    }
    if (!world.isUp()) {
      recoveryPassed++;
      return dies(1 == deaths && recoveryPassed == dieAgainAt);
    }
    return false;
  }

  private boolean dies(final boolean now) {
    deaths += now ? 1 : 0;
    return now;
  }

  /** Sends everything; the business state at the end. */
  String run() {
    comeUp();
    for (final UnsafeBuffer frame : script) {
      current = io.gavel.codecs.FrameFlyweight.templateIdOf(frame, 0);
      send(frame);
    }
    world.compareStates();
    return world.stateHash();
  }

  private void send(final UnsafeBuffer frame) {
    world.apply(new Step.Clock(EveryCommand.timeNs(frame)));
    boolean answered = false;
    while (!answered) {
      final long id = ++correlationId;
      try {
        world.disk().pass("claim");
        world.apply(new Step.Offer(new UnsafeBuffer(Frames.again(frame.byteArray(), id))));
        world.disk().pass("publish");
        world.apply(new Step.Drive(Integer.MAX_VALUE));
      } catch (final SimulatedDisk.Death death) {
        world.apply(new Step.Kill(false, 0));
      }
      comeUp();
      answered = world.witness().answeredId() == id;
      // The outside party is up to date, so that a recovery tells again what was not heard, and no more.
      world.bank().save();
    }
  }

  private void comeUp() {
    while (!world.isUp()) {
      if (power) {
        world.apply(new Step.Kill(true, dieAt));
      }
      world.apply(new Step.Relaunch(0));
    }
  }
}
