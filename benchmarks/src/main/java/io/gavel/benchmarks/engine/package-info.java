/**
 * How fast the whole engine is: validation, ledger, holds, fees, book, rules and events, from frames that were encoded
 * beforehand. A figure stands only when the run ends on the state that the same commands gave a plain core.
 */
@NullMarked
package io.gavel.benchmarks.engine;

import org.jspecify.annotations.NullMarked;
