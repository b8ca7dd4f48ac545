/**
 * The driver that plays one order flow through one order book and times it: the same for the engine's book and for its
 * peers. It needs the JDK alone, because each peer's build compiles it beside that peer and nothing else.
 */
@NullMarked
package io.gavel.benchmarks.peers;

import org.jspecify.annotations.NullMarked;
