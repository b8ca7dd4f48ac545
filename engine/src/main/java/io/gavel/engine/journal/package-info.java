/**
 * Where committed frames live: written once, read back before anything is acknowledged, checked at every read.
 *
 * <p>A record of the queue holds the frames of one commit, up to 64 KiB of them, so that what a record costs is shared
 * by a few hundred. The frame stays the unit of everything else: sequence, CRC32C and chain are a frame's, and so is
 * what a crash leaves. A torn record is cut behind its last whole frame, not thrown away; a damaged frame names its own
 * sequence, wherever in a record it lies. Nothing of a record was acknowledged before all of it was read back, so what
 * a cut takes away nobody had been promised. Records of one frame read the same way.
 *
 * <p>A reader may begin behind any {@link io.gavel.engine.journal.JournalPosition}, which a snapshot notes; it checks
 * that the frame in front of it has the chain that was noted. Whole segments behind the oldest snapshot and the slowest
 * consumer may be dropped by {@link io.gavel.engine.journal.Retention}, never by themselves; the journal then says
 * where it begins, so that what was dropped is not mistaken for what was lost.
 *
 * <p>A frame at which the core throws is passed over only by a {@link io.gavel.engine.journal.Quarantine}: signed by an
 * operator, naming the frame by its chain, appended as the first record of a segment. Readers know of it before they
 * come to the frame, so every replay passes over it in the same way. Damage is never passed over.
 *
 * <p>{@link io.gavel.engine.journal.SpaceGuard} stands in front: it has new risk refused while there is still room for
 * what protects. Reading back what was written stands behind. A disk that fails a sync is never asked again.
 */
@NullMarked
package io.gavel.engine.journal;

import org.jspecify.annotations.NullMarked;
