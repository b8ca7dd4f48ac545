/** The order book of Parity, under the driver. */
@NullMarked
package io.gavel.benchmarks.peers.parity;

import org.jspecify.annotations.NullMarked;
