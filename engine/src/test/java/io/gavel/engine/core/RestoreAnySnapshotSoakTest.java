package io.gavel.engine.core;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** As {@link RestoreAnySnapshotTest}, with 100,000 snapshots. */
@Tag("soak")
class RestoreAnySnapshotSoakTest {

  private static final int SNAPSHOTS = Integer.getInteger("gavel.soakSnapshots", 100_000);

  @Test
  void shouldRestoreEverySnapshotOfALongRun() {
    new SnapshotTrial().run(SNAPSHOTS, 1_000, 20);
  }
}
