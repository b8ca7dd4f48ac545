package io.gavel.engine.snapshot;

/**
 * A snapshot that was published.
 *
 * @param sequence    last frame in it
 * @param stateHash   business state there
 * @param controlHash control state there
 * @param length      bytes
 * @param place       what it is called
 */
public record SnapshotSummary(long sequence, String stateHash, String controlHash, long length, String place) {
}
