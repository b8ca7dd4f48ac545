package io.gavel.engine.snapshot;

import io.gavel.codecs.sbe.SectionKind;

/**
 * One component in a snapshot.
 *
 * @param firstBlock position of its first block's message
 * @param length     bytes of state
 */
record Section(int componentId, String name, SectionKind kind, long firstBlock, long length) {
}
