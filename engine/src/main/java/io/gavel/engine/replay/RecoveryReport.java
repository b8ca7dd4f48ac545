package io.gavel.engine.replay;

/**
 * What a launch found.
 *
 * @param sequence    last sequence recovered; 1 for a new journal, which holds the configuration only
 * @param stateHash   state hash there
 * @param millis      how long it took
 * @param redelivered events delivered again
 */
public record RecoveryReport(long sequence, String stateHash, long millis, long redelivered) {

  @Override
  public String toString() {
    return "recovered to sequence " + sequence + ", hash " + stateHash + ", in " + millis + " ms";
  }
}
