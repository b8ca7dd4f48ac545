/** Where committed frames live: written once, read back before anything is acknowledged, checked at every read. */
@NullMarked
package io.gavel.engine.journal;

import org.jspecify.annotations.NullMarked;
