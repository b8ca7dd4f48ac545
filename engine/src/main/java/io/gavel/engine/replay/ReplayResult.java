package io.gavel.engine.replay;

import org.jspecify.annotations.Nullable;

/**
 * Where a replay arrived.
 *
 * @param sequence    last sequence applied
 * @param engineTimeNs engine time there
 * @param stateHash   business state there
 * @param controlHash control state there
 * @param events      events that came out
 * @param millis      how long it took
 * @param stored      what the engine was when it was last closed; null: never closed
 * @param comparison  whether the replay passed the stored sequence with the same hashes
 * @param tornTail    what lies behind the last frame and is no frame; null: nothing
 */
public record ReplayResult(
    long sequence, long engineTimeNs, String stateHash, String controlHash, long events, long millis,
    @Nullable StoredHash stored, Comparison comparison, @Nullable String tornTail) {

  /** Outcome of the comparison with the stored hashes. */
  public enum Comparison {
    /** Nothing was stored, or the replay ended before it. */
    NONE,
    SAME,
    DIFFERENT
  }
}
