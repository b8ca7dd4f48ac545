/**
 * A second, slow and obvious core for spot, written from the specification: sorted maps, queues, big integers, and
 * lists that are scanned anew at every price. It predicts every answer, event and balance of the real one.
 */
@NullMarked
package io.gavel.engine.core.oracle;

import org.jspecify.annotations.NullMarked;
