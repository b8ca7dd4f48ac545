package io.gavel.engine.replay;

/**
 * How far a recovery has come.
 *
 * @param phase           what it does
 * @param sequence        last frame applied
 * @param fromSequence    the snapshot it began with; 0: none
 * @param targetSequence  where it will end as far as is known; 0: not known
 * @param elapsedNs       since it began
 * @param framesPerSecond frames applied a second
 */
public record RecoveryProgress(
    Phase phase, long sequence, long fromSequence, long targetSequence, long elapsedNs, long framesPerSecond) {

  /** What a recovery does. */
  public enum Phase {
    /** A snapshot is being loaded. */
    LOADING,
    /** Frames are being applied. */
    REPLAYING,
    /** The state stands; it is being compared. */
    COMPARING,
    DONE
  }

  /** Share of the frames that is done in 1/1,000; less than all of it before the end. */
  public int permille() {
    if (Phase.DONE == phase) {
      return 1_000;
    }
    final long all = targetSequence - fromSequence;
    return all <= 0 ? 0 : (int) Math.min(999, 1_000 * (sequence - fromSequence) / all);
  }
}
