/**
 * Digests and snapshots of state from its one canonical encoding: sections of components, framed and checked, kept in a
 * {@link io.gavel.engine.snapshot.SnapshotStore}. Whoever writes one stands still; see the follower in replay.
 */
@NullMarked
package io.gavel.engine.snapshot;

import org.jspecify.annotations.NullMarked;
