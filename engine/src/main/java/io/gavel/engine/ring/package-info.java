/** The way in: one ring, one sequencer in front of it, and the only place that wires stages to threads. */
@NullMarked
package io.gavel.engine.ring;

import org.jspecify.annotations.NullMarked;
