package io.gavel.engine.replay;

import java.util.List;

/**
 * What a launch found.
 *
 * @param sequence         last sequence recovered; 1 for a new journal, which holds the configuration only
 * @param stateHash        state hash there
 * @param millis           how long it took
 * @param redelivered      events delivered again
 * @param snapshotSequence of the snapshot it began with; 0: with the first frame
 * @param frames           frames applied behind that
 * @param notices          snapshots that were damaged and passed over
 */
public record RecoveryReport(
    long sequence, String stateHash, long millis, long redelivered, long snapshotSequence, long frames,
    List<String> notices) {

  public RecoveryReport {
    notices = List.copyOf(notices);
  }

  @Override
  public String toString() {
    return "recovered to sequence " + sequence + ", hash " + stateHash + ", in " + millis + " ms"
        + (0 == snapshotSequence ? "" : " (snapshot of sequence " + snapshotSequence + ", " + frames
        + " frames behind it)");
  }
}
