/**
 * Recorded markets as streams of rows: text in, ticks and lots out, one reused row at a time, so that memory does not
 * grow with the tape.
 */
@NullMarked
package io.gavel.adapters.backtest.tape;

import org.jspecify.annotations.NullMarked;
