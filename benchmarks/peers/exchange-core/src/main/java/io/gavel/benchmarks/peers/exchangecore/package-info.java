/** The direct order book of exchange-core, under the driver. */
@NullMarked
package io.gavel.benchmarks.peers.exchangecore;

import org.jspecify.annotations.NullMarked;
