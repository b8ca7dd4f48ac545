/**
 * {@code gavel bench}: looks at the host, runs every benchmark in a process of its own, prints no figure whose run
 * ended elsewhere than it should, and writes what it found as a table, as JSON and as one page.
 */
@NullMarked
package io.gavel.benchmarks.suite;

import org.jspecify.annotations.NullMarked;
