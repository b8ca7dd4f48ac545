package io.gavel.engine.core;

import org.junit.jupiter.api.Test;

/**
 * Goal: a snapshot and the frames behind it give what the live core gave, wherever the snapshot was taken. Method:
 * seeded traffic of every kind is recorded; every so many commands a snapshot is written. Each of them is restored and
 * run to the next one, where state, control state and, through the running hash, every event must be the live core's;
 * one of each run, drawn by its seed, is run to the end. What the core was busy with at the snapshots is counted, so
 * that the test cannot quietly become an easy one.
 */
class RestoreAnySnapshotTest {

  private static final int SNAPSHOTS = Integer.getInteger("gavel.snapshots", 480);

  @Test
  void shouldRestoreEverySnapshotAndComeToTheNextOne() {
    new SnapshotTrial().run(SNAPSHOTS, 1, 50);
  }
}
