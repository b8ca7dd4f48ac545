/** How fast the core plays a recorded market. */
@NullMarked
package io.gavel.benchmarks.tape;

import org.jspecify.annotations.NullMarked;
