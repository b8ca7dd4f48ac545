/** From a journal back to state: recovery, replay and verification. */
@NullMarked
package io.gavel.engine.replay;

import org.jspecify.annotations.NullMarked;
