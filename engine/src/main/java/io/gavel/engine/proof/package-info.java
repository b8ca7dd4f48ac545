/**
 * Proof of history, for who was not there: SHA-256 over every frame of a journal, gathered range by range into signed
 * checkpoints that each name the one before, and a root over the balances of all accounts with a short proof for any
 * one of them. A checksum in a frame tells of accidents; who rewrites a frame writes a new checksum too, and does not
 * have the key.
 *
 * <p>{@link io.gavel.engine.proof.HistoryFollower} replays a journal beside the engine or after it and writes
 * {@link io.gavel.engine.proof.Checkpoint}s to its stores, one of which should be out of the reach of who can write to
 * the first. {@link io.gavel.engine.proof.HistoryVerifier} holds a journal against them and names the first sequence
 * that is not what was signed. Nothing here is on the way of a command.
 *
 * <pre>
 *   leaf of a frame     SHA-256(0x00, all bytes of the frame)
 *   node                SHA-256(0x01, left, right)                 both as in RFC 9162, section 2.1
 *   leaf of an account  SHA-256(0x00, account, balances, then for each asset: asset, free, held)
 *   checkpoint          a header of fixed length, its SHA-256 signed, then 16 bytes of each leaf, by which a frame is
 *                       named that is not as it was: they are covered by the header as well
 * </pre>
 */
@NullMarked
package io.gavel.engine.proof;

import org.jspecify.annotations.NullMarked;
