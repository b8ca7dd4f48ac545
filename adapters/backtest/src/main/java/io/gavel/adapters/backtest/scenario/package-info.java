/**
 * The scenario file: YAML whose scalars are read as the text that was written, checked in one go, every mistake with
 * its place.
 */
@NullMarked
package io.gavel.adapters.backtest.scenario;

import org.jspecify.annotations.NullMarked;
