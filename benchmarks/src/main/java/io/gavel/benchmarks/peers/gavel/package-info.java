/** The engine's own book, as shipped, under the driver that its peers run under. */
@NullMarked
package io.gavel.benchmarks.peers.gavel;

import org.jspecify.annotations.NullMarked;
