/**
 * Open loop: commands are sent when they are due, whether or not the engine is ready, and each is timed from when it
 * was due to when its answer came out. What a queue adds is in the figure.
 */
@NullMarked
package io.gavel.benchmarks.latency;

import org.jspecify.annotations.NullMarked;
