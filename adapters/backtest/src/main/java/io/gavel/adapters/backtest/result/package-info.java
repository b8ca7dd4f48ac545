/**
 * What a finished run hands to the report and to the exports: plain records, whole numbers, no engine types but the
 * enums of the schema.
 */
@NullMarked
package io.gavel.adapters.backtest.result;

import org.jspecify.annotations.NullMarked;
