package io.gavel.engine.sim;

import io.gavel.engine.journal.SimulatedDisk;
import org.agrona.concurrent.UnsafeBuffer;

/** One thing that happens to a {@link World}: a run is a list of these, and a failing list can be made shorter. */
sealed interface Step {

  /** Somebody sends a frame. */
  record Offer(UnsafeBuffer frame) implements Step { }

  /** The outside party says something, through its port. */
  record Answer(UnsafeBuffer frame) implements Step { }

  /** The host drives the engine, so many turns or until nothing is left to do. */
  record Drive(int turns) implements Step { }

  /** The clock shows another time. */
  record Clock(long timeNs) implements Step { }

  /** The n-th disk operation from now on goes wrong. */
  record DiskFault(SimulatedDisk.Fault fault, int operations, long seed) implements Step { }

  /** The process is killed between two turns; with power, what was not synced may be gone. */
  record Kill(boolean power, long seed) implements Step { }

  /** The process dies while it hands on the n-th event from now on. */
  record KillAtEvent(int events) implements Step { }

  /** The engine is launched again; the host asks for events again from so many before the last it saw. */
  record Relaunch(int forgotten) implements Step { }

  /** As {@link Relaunch}, but a disk operation of the recovery goes wrong. */
  record RelaunchInto(SimulatedDisk.Fault fault, int operations, int forgotten) implements Step { }

  /** A snapshot is taken between two turns. */
  record Snapshot() implements Step { }

  /** A bit of the newest snapshot is changed. */
  record SnapshotDamage(long seed) implements Step { }

  /** A bit of what was committed is changed while nothing runs; the launch must refuse; then it is changed back. */
  record Damage(long seed) implements Step { }
}
