package io.gavel.benchmarks.engine;

/** What every run is given, and the state it must end on. */
public record Workload(Scale scale, FrameTape tape, EndState expected) {

  /** Encodes the commands while a plain core runs along. */
  public static Workload of(final Scale scale, final long seed) {
    final FrameTape tape = new FrameTape();
    final EndState expected = EndState.of(new OrderMix(scale, seed, tape).write().machine());
    tape.seal();
    return new Workload(scale, tape, expected);
  }

  /** Frames before those that are timed. */
  public long untimedFrames() {
    return tape.frames() - scale.commands();
  }

  /** Throws when a run ended elsewhere: a figure of a wrong run is no figure. */
  public void verify(final String run, final EndState ended) {
    if (!expected.equals(ended)) {
      throw new IllegalStateException(
          "no figure for " + run + ": it ended on " + ended + ", the plain core on " + expected);
    }
  }
}
