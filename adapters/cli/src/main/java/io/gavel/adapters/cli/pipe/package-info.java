/** Drives an engine from lines of JSON: one command a line in, one acknowledgement a line and the events out. */
@NullMarked
package io.gavel.adapters.cli.pipe;

import org.jspecify.annotations.NullMarked;
