/** Single rooms under JMH: what one step costs, with nothing around it. */
@NullMarked
package io.gavel.benchmarks.micro;

import org.jspecify.annotations.NullMarked;
