/** The order book of a textbook, under the driver. */
@NullMarked
package io.gavel.benchmarks.peers.treemap;

import org.jspecify.annotations.NullMarked;
