package io.gavel.engine;

import io.gavel.engine.replay.ReplayListener;
import io.gavel.engine.replay.ReplayResult;
import io.gavel.engine.replay.Replayer;
import java.nio.file.Path;

/** Journals, closes, recovers and replays once; exits 0 when all of it agreed. */
final class RoundTripChild {

  private RoundTripChild() {
  }

  public static void main(final String[] arguments) {
    final Path dir = Path.of(arguments[0]);
    for (int i = 0; i < 2; i++) {
      try (Gavel engine = Gavel.launch(new GavelContext().dir(dir).config(Scene.CONFIG), GavelEvents.NONE)) {
        if (1 == engine.recovery().sequence()) {
          Scene.open(engine);
        }
        engine.prices().mark(Scene.PAIR, "60000");
        Scene.drain(engine);
      }
    }
    if (ReplayResult.Comparison.SAME != Replayer.replay(dir, ReplayListener.NONE).comparison()) {
      throw new IllegalStateException("the replay differs");
    }
  }
}
