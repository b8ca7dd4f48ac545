package io.gavel.engine.snapshot;

/**
 * What a snapshot says of itself.
 *
 * @param sequence     last frame in it
 * @param engineTimeNs engine time of that frame
 * @param chain        chain of the journal behind that frame
 * @param eventHash    running hash over all events up to there
 * @param configDigest over the configuration
 * @param stateHash    business state there
 * @param controlHash  control state there
 * @param length       bytes
 */
public record SnapshotFacts(
    long sequence, long engineTimeNs, long chain, long eventHash, long configDigest, String stateHash,
    String controlHash, long length) {
}
