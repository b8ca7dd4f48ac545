package io.gavel.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.codecs.sbe.Side;
import io.gavel.engine.core.CoreConfig;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A house so large that a launch loads it by several threads: nothing of it may depend on that. */
class LargeHouseTest {

  private static final int ACCOUNTS = 190_000;

  @TempDir
  private Path dir;

  @Test
  void shouldLoadSideBySideWhatWasSaved() {
    final CoreConfig config = Scene.CONFIG.withCapacities(ACCOUNTS + 64, 4_096, 1_024, 2 * ACCOUNTS + 256);
    final String hash;
    final long bytes;
    try (Gavel engine = Gavel.launch(new GavelContext().dir(dir).clock(new TestClock()).config(config),
        GavelEvents.NONE)) {
      Scene.open(engine);
      final Admin admin = engine.admin();
      for (int i = 0; i < ACCOUNTS; i++) {
        admin.account("house-" + i).deposit("house-" + i, "USDT", "10").deposit("house-" + i, "BTC", "1");
      }
      Scene.limit(engine, "house-77", Side.BUY, "1", "1");
      Scene.drain(engine);
      bytes = admin.snapshot().length();
      hash = engine.stateHash();
    }
    assertTrue(bytes > 16 << 20, "too small to be loaded side by side: " + bytes);

    try (Gavel engine = Gavel.launch(new GavelContext().dir(dir).clock(new TestClock()).compareSnapshot(true),
        GavelEvents.NONE)) {
      assertEquals(hash, engine.recovery().stateHash());
      assertEquals(hash, engine.stateHash());
      assertEquals(0, engine.recovery().frames());
      assertEquals("house-" + (ACCOUNTS - 1), engine.directory().accountName(
          engine.directory().accountId("house-" + (ACCOUNTS - 1))));
      assertTrue(Scene.limit(engine, "house-1", Side.BUY, "1", "1") >= 0);
      Scene.drain(engine);
    }
  }
}
